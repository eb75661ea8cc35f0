"""What other programs' files say that the person keeps: notes, and in our own exports tags, lists, rating and state."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from typing import Final

from paperreader.imports.gleaned import Gleaned
from paperreader.paper import Owned
from paperreader.plain import storable
from paperreader.views import State

RATINGS: Final[Mapping[object, int]] = {str(stars): stars for stars in range(1, 6)}
STATES: Final[Mapping[object, State]] = {state.value: state for state in State if state is not State.UNREAD}

_MARKUP: Final = re.compile(r"</?(?:p|div|br|b|strong|i|em|h[1-6]|ul|ol|li|span|a|u|code|blockquote)\b[^<>]*>", re.I)
_MARKDOWN: Final = (
    (re.compile(r"<(b|strong)\b[^<>]*>(.*?)</\1>", re.I | re.S), r"**\2**"),
    (re.compile(r"<(i|em)\b[^<>]*>(.*?)</\1>", re.I | re.S), r"*\2*"),
    (re.compile(r"<li\b[^<>]*>", re.I), "\n- "),
    (re.compile(r"<br\b[^<>]*>", re.I), "\n"),
    (re.compile(r"</?(?:p|div|h[1-6]|ul|ol|blockquote)\b[^<>]*>", re.I), "\n\n"),
)
_IDENTITY: Final = re.compile(r"(?:arxiv(?:\s+preprint)?(?:\s+arxiv)?\s*:\s*\S+)(?:\s*\[[\w.,\s-]*\])?", re.I)


def text(note: str, *, is_html: bool = True) -> str:
    """A note as Markdown: Zotero's are HTML where the format has text (RIS, CSL-JSON).

    Empty where it only says an arXiv id, which is kept as such.
    """
    note = note.strip("\n")
    if is_html and _MARKUP.search(note):
        for pattern, meant in _MARKDOWN:
            note = pattern.sub(meant, note)
        note = re.sub(r"\n{3,}", "\n\n", _unescaped(_MARKUP.sub("", note))).strip()
    return "" if _IDENTITY.fullmatch(note.strip()) else storable(note)


def _unescaped(text: str) -> str:
    """What is indented by spaces that do not break is indented by spaces."""
    return re.sub(r"^\xa0+", lambda indent: " " * len(indent[0]), html.unescape(text), flags=re.MULTILINE)


def joined(notes: Iterable[str], *, is_html: bool = True) -> str:
    """Several notes as one, each once, an empty line apart."""
    return "\n\n".join(dict.fromkeys(said for note in notes if (said := text(note, is_html=is_html)).strip()))


def owned(
    note: str,
    gleaned: Gleaned,
    *,
    tags: Iterable[str] = (),
    lists: Iterable[str] = (),
    rating: str = "",
    state: str = "",
) -> Owned | None:
    """What is the person's; None where there is nothing. A rating or a state that is none is counted."""
    stars, reading = RATINGS.get(rating.strip()), STATES.get(state.strip().lower())
    if rating.strip() and stars is None:
        gleaned.misread["rating"] += 1
    if reading is None and state.strip().lower() not in ("", State.UNREAD.value):
        gleaned.misread["state"] += 1
    kept = Owned(tuple(lists), tuple(tags), stars, reading, note)
    return kept if any(kept) else None


def apart(words: tuple[str, ...], tags: tuple[str, ...]) -> tuple[str, ...]:
    """The paper's own keywords of those that stand in a file together with the person's tags, which are known.

    Our exports put the tags last, so that a word that is both stays both.
    """
    if tags and words[-len(tags) :] == tags:
        return words[: -len(tags)]
    return tuple(word for word in words if word not in tags)
