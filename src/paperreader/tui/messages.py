"""News from workers, in the past tense; what a pane asks for is nested in the pane."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from paperreader.errors import LibraryUnusable, PaperReaderError
from paperreader.paper import Row, Sort, View
from paperreader.tui.listing import Listing
from paperreader.tui.panes.question_line import AS_MEANT, How

if TYPE_CHECKING:
    from paperreader.library.facets import Facet
    from paperreader.linked import Links
    from paperreader.search.finding import Found


@dataclass(eq=False)
class LibraryLost(Message):
    """The database turned out to be damaged, or was replaced: nothing can be read any more."""

    error: LibraryUnusable
    """What is the matter."""


@dataclass
class PapersFound(Message):
    """A question was answered."""

    question: str
    """What was asked; by now another question may stand in the field."""
    found: Found
    """The answer."""
    how: How = AS_MEANT
    """How it was understood."""
    order: Sort = Sort.RELEVANCE
    """The order of `ids`."""
    ids: array[int] | None = None
    """What to list: by relevance the best, else all that answer; None: nobody has ordered it yet."""
    meaning: bool = True
    """False where nothing was found, and it could be sought by meaning too."""


@dataclass
class QuestionCompleted(Message):
    """It is known what a question may become."""

    question: str
    """What was typed."""
    full: str
    """It with its last word whole."""


@dataclass
class FacetsCounted(Message):
    """What is listed was counted."""

    source: Found | array[int]
    """What was counted: an answer, or the papers of a view."""
    facets: tuple[Facet, ...]
    """How many papers have each value."""


@dataclass
class SimilarFound(Message):
    """It is known which papers are like one."""

    rid: int
    """Which one."""
    rows: tuple[Row, ...]
    """The likest, at most three."""


@dataclass
class SavedCounted(Message):
    """It was counted what a saved search finds."""

    id: str
    """Which one."""
    counts: tuple[int, int]
    """Papers, and those of them that came since it was looked at."""


@dataclass
class FindFailed(Message):
    """A question could not be answered."""

    question: str
    """What was asked."""
    error: PaperReaderError
    """Why."""


@dataclass
class PapersCounted(Message):
    """The views were counted."""

    counts: dict[View, int]
    """How many papers each has."""


@dataclass
class ListChanged(Message):
    """Somebody else changed the library: this is the list as it is now."""

    view: View
    """Which view was read."""
    before: Listing
    """Its papers as the screen knew them."""
    listing: Listing
    """Its papers."""


@dataclass
class IndexMoved(Message):
    """The index is being brought up to date."""

    done: int
    """Papers that are in."""
    total: int
    """Papers that there are to put in."""
    writing: bool = False
    """Whether the last, silent step is on."""

    @property
    def part(self) -> float:
        """How far it is, from 0 to 1."""
        return min(1.0, self.done / self.total) if self.total else 0.0


@dataclass
class IndexWaits(Message):
    """Another process is writing the index."""


@dataclass
class IndexReady(Message):
    """The index knows every paper."""


@dataclass
class IndexFailed(Message):
    """The index could not be brought up to date."""

    reason: str
    """A sentence for the person."""
    again: bool = False
    """Whether it failed before: that is known already."""


@dataclass
class MeaningMoved(Message):
    """The model for search by meaning is reading the papers that are new."""

    done: int
    """Papers that it has read."""
    total: int
    """Papers that it has to read."""


@dataclass
class MeaningReady(Message):
    """It has read all, or as many as could be."""


@dataclass
class RefreshMoved(Message):
    """The feeds are being asked."""

    progress: str
    """Each one's own: "Hugging Face 1/2  arXiv cs.CL 2/3"."""


@dataclass
class RefreshEnded(Message):
    """All feeds were asked, or as many as could be."""

    sentence: str
    """What came of it."""
    offline: bool
    """Whether this machine is not on the network."""
    state: str = ""
    """What is wrong until the next time, in a few words: "2 feeds failed"; empty where nothing is."""
    failures: tuple[str, ...] = ()
    """Each feed that failed, with what to do next."""
    complete: bool = True
    """Whether every feed has told all."""


@dataclass
class LinkedFound(Message):
    """Hugging Face was asked what is linked to a paper."""

    rid: int
    """Which paper."""
    links: Links | None
    """What it told; None where it does not know the paper, or could not be asked."""
    error: str = ""
    """Why it could not be asked; empty where it answered."""
