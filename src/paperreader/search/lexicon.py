"""All words of one segment: their frequencies, their stems, their beginnings.

Whoosh can look up a word; it cannot say which words share a stem, or which are the most frequent that begin so, in
the time of a keystroke. So each segment has a lexicon beside it, written before the segment is committed and never
changed. In memory it is a few arrays over one run of bytes (11 MB for 238,291 words), never a string a word.
"""

from __future__ import annotations

import heapq
import struct
import zlib
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from paperreader.search.stems import stem

_MAGIC = b"paperreader words 1\n"
_HEAD = struct.Struct("<II")
Numbers = NDArray[np.uint32]


class Lexicon:
    """The words of one segment, read from its file. Raises ValueError or struct.error where that is damaged."""

    def __init__(self, path: Path, fields: Sequence[str]) -> None:
        sections = _read(path)
        self._words, self._stems = sections[0], sections[2]
        self._word_ends, self._stem_ends, self._groups, self._members = (
            np.frombuffer(sections[i], "<u4") for i in (1, 3, 4, 5)
        )
        self._frequencies = {
            name: np.frombuffer(section, "<u4") for name, section in zip(fields, sections[6:], strict=True)
        }

    def __len__(self) -> int:
        return len(self._word_ends)

    def word(self, number: int) -> str:
        """The word with this number (numbers follow the order of code points)."""
        return _entry(self._words, self._word_ends, number).decode()

    def find(self, word: str) -> int | None:
        """The number of a word, None where the segment does not have it."""
        key = word.encode()
        number = self._first_from(self._words, self._word_ends, key)
        if number < len(self) and _entry(self._words, self._word_ends, number) == key:
            return number
        return None

    def forms(self, word: str) -> list[int]:
        """The numbers of the word and all others with its stem."""
        root = stem(word)
        key = root.encode()
        row = self._first_from(self._stems, self._stem_ends, key)
        if row < len(self._stem_ends) and _entry(self._stems, self._stem_ends, row) == key:
            begin = int(self._groups[row - 1]) if row else 0
            return [int(number) for number in self._members[begin : self._groups[row]]]
        number = self.find(root)
        return [] if number is None else [number]

    def beginning(self, start: str, field: str, most: int) -> list[tuple[int, int]]:
        """Of the words that begin so, the most frequent of the field: (frequency, number), at most `most`."""
        key = start.encode()
        low = self._first_from(self._words, self._word_ends, key)
        # U+10FFFF is no character, so no word has it: the first word behind all that begin so.
        high = self._first_from(self._words, self._word_ends, key + b"\xf4\x8f\xbf\xbf")
        frequencies = self._frequencies[field][low:high]
        if len(frequencies) > most:
            rows = np.argpartition(frequencies, len(frequencies) - most)[-most:]
        else:
            rows = np.arange(len(frequencies))
        return [(int(frequencies[row]), low + int(row)) for row in rows if frequencies[row]]

    def all_of(self, field: str, least: int) -> Iterator[tuple[str, int]]:
        """Every word that stands in at least so many papers of the field, with its frequency, in order."""
        frequencies = self._frequencies[field]
        numbers = np.flatnonzero(frequencies >= least)
        ends = self._word_ends
        columns = np.where(numbers > 0, ends[numbers - 1], 0), ends[numbers], frequencies[numbers]
        for begin, end, frequency in zip(*(column.tolist() for column in columns), strict=True):
            yield self._words[begin:end].decode(), frequency

    def frequency(self, field: str, number: int) -> int:
        """In how many papers of the segment the word stands, removed ones counted."""
        return int(self._frequencies[field][number])

    @staticmethod
    def _first_from(blob: bytes, ends: Numbers, key: bytes) -> int:
        return bisect_left(range(len(ends)), key, key=lambda number: _entry(blob, ends, number))


def most_frequent(found: Mapping[str, int], most: int) -> list[str]:
    """The words with the highest frequencies, equal ones by the alphabet: the same however segments lie."""
    return heapq.nsmallest(most, found, key=lambda word: (-found[word], word))


def write(path: Path, frequencies: Sequence[Mapping[str, int]]) -> None:
    """Write the lexicon of a segment from the frequencies of its words, field by field. Raises OSError."""
    every = sorted(set().union(*frequencies))
    forms: dict[str, list[int]] = {}
    for number, word in enumerate(every):
        root = stem(word)
        if root != word or word.isalpha():
            forms.setdefault(root, []).append(number)
    # A stem with one word is found by that word only where the two are equal; those lines need not be kept.
    kept = sorted(root for root, numbers in forms.items() if len(numbers) > 1 or every[numbers[0]] != root)
    members = [number for root in kept for number in forms[root]]
    groups = np.cumsum([len(forms[root]) for root in kept], dtype="<u4") if kept else np.zeros(0, "<u4")
    sections = [*_packed(every), *_packed(kept), groups.tobytes(), np.array(members, "<u4").tobytes()]
    sections += [np.fromiter((counts.get(word, 0) for word in every), "<u4").tobytes() for counts in frequencies]
    body = b"".join([struct.pack("<Q", len(section)) + section for section in sections])
    with path.open("wb") as file:
        file.write(_MAGIC + _HEAD.pack(len(sections), zlib.crc32(body)))
        file.write(body)


def _read(path: Path) -> list[bytes]:
    content = path.read_bytes()
    start = len(_MAGIC) + _HEAD.size
    if not content.startswith(_MAGIC):
        raise ValueError(f"{path.name} is no lexicon")
    count, crc = _HEAD.unpack_from(content, len(_MAGIC))
    if zlib.crc32(memoryview(content)[start:]) != crc:
        raise ValueError(f"{path.name} has changed")
    sections: list[bytes] = []
    for _ in range(count):
        (length,) = struct.unpack_from("<Q", content, start)
        sections.append(content[start + 8 : start + 8 + length])
        start += 8 + length
    return sections


def _packed(entries: Sequence[str]) -> tuple[bytes, bytes]:
    """The entries one after another, and where each ends."""
    encoded = [entry.encode() for entry in entries]
    ends = np.cumsum(np.fromiter(map(len, encoded), "<u4", len(encoded)), dtype="<u4")
    return b"".join(encoded), ends.tobytes()


def _entry(blob: bytes, ends: Numbers, number: int) -> bytes:
    return blob[int(ends[number - 1]) if number else 0 : int(ends[number])]
