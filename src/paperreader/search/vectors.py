"""The file of the papers' vectors, beside the index: like it, always safe to delete.

    header   "PRVECTOR", the model's SHA-256, the size of a vector                           64 bytes
    record   row of the paper, BLAKE2b of its text, scale, the vector in whole numbers       20 bytes + the size

Records are only ever appended, so whoever is killed leaves at most half a record behind; of one paper's records the
last one counts. 95,311 papers with vectors of 384 are 38 MB. A vector is its whole numbers (-127 to 127) times its
scale: as good as 32-bit numbers to a cosine of .9999.
"""

from __future__ import annotations

import os
import secrets
import struct
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from paperreader.search.document import Document
from paperreader.search.sentence_model import Vectors

_MAGIC = b"PRVECTOR"
_HEADER = struct.Struct("<8s32sI20x")
_LARGEST = 8192
# So many vectors are turned into 32-bit numbers at once: those stay in the processor's cache (16,384: 5 times slower).
_BLOCK = 512


def record_type(size: int) -> np.dtype[Any]:
    """How one paper's vector lies in the file."""
    return np.dtype([("rid", "<i8"), ("text", "S8"), ("scale", "<f4"), ("numbers", "i1", (size,))])


def digest(document: Document) -> bytes:
    """Changes when the text does that the vector was made of."""
    # The end is marked: NumPy takes zeros at a string's end for filling.
    return blake2b(meant(document).encode("utf-8", "replace"), digest_size=7).digest() + b"\1"


def meant(document: Document) -> str:
    """The text of a paper that is turned into a vector."""
    return f"{document.title}. {document.text}"


class Stored:
    """The vectors that are in the file; `refresh` reads on what was appended since."""

    def __init__(self, path: Path, model: str) -> None:
        self._path = path
        self._model = bytes.fromhex(model)
        self._identity: tuple[int, int] | None = None
        self._size = 0
        self._records: list[NDArray[Any]] = []
        self.rids: NDArray[np.int64] = np.zeros(0, np.int64)
        """Which papers have a vector, each once, ascending."""
        self.version = 0
        """Changes when `rids` does."""
        self._where: NDArray[np.int64] = self.rids
        self._all: NDArray[Any] | None = None

    def refresh(self) -> None:
        """Read what is new. A missing file, another model's and a damaged one have no vectors."""
        try:
            with self._path.open("rb") as file:
                status = os.fstat(file.fileno())
                read_on = self._identity is not None and self._identity[0] == status.st_ino
                if read_on and self._identity == (status.st_ino, status.st_size):
                    return
                if not read_on or status.st_size < (self._identity or (0, 0))[1]:
                    self._forget()
                    self._size = _size_in(file.read(_HEADER.size), self._model)
                self._read(file, status.st_ino, status.st_size)
        except OSError:
            self._forget()

    def _read(self, file: Any, inode: int, length: int) -> None:
        if not self._size:
            self._identity = (inode, length)
            return
        kind = record_type(self._size)
        known = sum(map(len, self._records))
        file.seek(_HEADER.size + known * kind.itemsize)
        found = np.fromfile(file, kind, max(0, (length - _HEADER.size) // kind.itemsize - known))
        self._identity = (inode, length)
        if len(found):
            self._records.append(found)
            rids = np.concatenate([records["rid"] for records in self._records])[::-1]
            self.rids, first = np.unique(rids, return_index=True)
            self._where = len(rids) - 1 - first
            self._all = None
            self.version += 1

    def _forget(self) -> None:
        self._identity, self._size, self._records, self._all = None, 0, [], None
        self.rids, self._where = np.zeros(0, np.int64), np.zeros(0, np.int64)
        self.version += 1

    def texts(self) -> dict[int, bytes]:
        """Of each paper that has a vector the digest of the text that it was made of."""
        return dict(zip(self.rids.tolist(), self._together()["text"][self._where].tolist(), strict=True))

    def cosines(self, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """How near each paper of `rids` is to this vector of length 1: 11 ms for 95,311 papers of size 384."""
        if not len(self.rids) or len(vector) != self._size:
            return np.zeros(len(self.rids), np.float32)
        records = self._together()
        found = np.empty(len(records), np.float32)
        block = np.empty((min(_BLOCK, len(records)), self._size), np.float32)
        for low in range(0, len(records), _BLOCK):
            part = records["numbers"][low : low + _BLOCK]
            np.copyto(block[: len(part)], part)
            np.dot(block[: len(part)], vector, out=found[low : low + len(part)])
        found *= records["scale"]
        return np.clip(np.nan_to_num(found[self._where], nan=0.0, posinf=0.0, neginf=0.0), -1.0, 1.0)

    def kept(self) -> NDArray[Any]:
        """The records that count."""
        return self._together()[self._where]

    @property
    def superseded(self) -> int:
        """How many records of the file count no more."""
        return sum(map(len, self._records)) - len(self.rids)

    def _together(self) -> NDArray[Any]:
        if self._all is None:
            self._all = np.concatenate(self._records or [np.zeros(0, record_type(self._size or 1))])
            self._records = [self._all] if len(self._all) else []
        return self._all


class Appending:
    """The file, open for more records; one process at a time. Raises OSError."""

    def __init__(self, path: Path, model: str, size: int) -> None:
        """Begins the file anew where it is missing, damaged or another model's; cuts half a record off."""
        self._kind = record_type(size)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._file = os.fdopen(descriptor, "r+b")
        length = os.fstat(descriptor).st_size
        if _size_in(self._file.read(_HEADER.size), bytes.fromhex(model)) != size:
            self._file.seek(0)
            self._file.truncate()
            self._file.write(_header(model, size))
            self._file.flush()
            length = _HEADER.size
        whole = (length - _HEADER.size) // self._kind.itemsize
        self._file.seek(_HEADER.size + whole * self._kind.itemsize)
        self._file.truncate()

    def add(self, rids: Iterable[int], texts: Iterable[bytes], vectors: Vectors) -> None:
        """Append a vector for each of these papers; they count when this returns."""
        records = np.zeros(len(vectors), self._kind)
        scales = np.maximum(np.abs(vectors).max(1), 1e-12) / 127
        records["rid"], records["text"] = list(rids), list(texts)
        records["scale"] = scales
        records["numbers"] = np.rint(vectors / scales[:, None]).astype(np.int8)
        self._file.write(records.tobytes())
        self._file.flush()

    def close(self) -> None:
        """Make what was added durable."""
        os.fsync(self._file.fileno())
        self._file.close()


def rewrite(path: Path, model: str, size: int, records: NDArray[Any]) -> None:
    """Put a file with only these records in the place of the former one, in one step. Raises OSError."""
    beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600), "wb") as file:
            file.write(_header(model, size))
            file.write(records.tobytes())
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise


def _header(model: str, size: int) -> bytes:
    return _HEADER.pack(_MAGIC, bytes.fromhex(model), size)


def _size_in(header: bytes, model: bytes) -> int:
    """The size of the vectors; 0 where this is no file of this model's."""
    if len(header) < _HEADER.size:
        return 0
    magic, of, size = _HEADER.unpack(header)
    return int(size) if magic == _MAGIC and of == model and 0 < size <= _LARGEST else 0
