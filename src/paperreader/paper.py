"""What a paper is, at each stage of its way: a sighting, a recorded paper, a line of the list; and the views."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote

from paperreader.bibliography import Bibliography
from paperreader.identity import Identity, doi, is_arxiv_id, preprint_of, title_id
from paperreader.names import family_key
from paperreader.plain import shown_title
from paperreader.views import Sort, State, View

__all__ = ["IMPORT", "MERGED", "STARTER", "Owned", "Paper", "Row", "Sighting", "Sort", "State", "View"]

STARTER = "starter"
"""The source of the papers that come with the program."""
IMPORT = "import"
"""The source of what the person brought with their own hands."""
MERGED = "merge"
"""The source of papers that are made of what another machine's events tell about them."""


class Owned(NamedTuple):
    """What a file of the person's says that they keep of a paper."""

    lists: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    rating: int | None = None
    state: State | None = None
    note: str = ""
    bookmarked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """What one source said of a paper at one time; empty means that it said nothing."""

    source: str
    """Who said so: "starter", "import", or a feed's name."""
    title: str = ""
    """The title on one line."""
    arxiv_id: str = ""
    """The bare arXiv id, without version."""
    doi: str = ""
    """The bare DOI."""
    id: str = ""
    """An id of another collection: any string."""
    authors: tuple[str, ...] = ()
    """Names in the paper's order."""
    published: str = ""
    """YYYY, YYYY-MM or YYYY-MM-DD: as much as is known."""
    abstract: str = ""
    """The paper's own abstract."""
    summary: str = ""
    """A note about the paper in other words than its own."""
    keywords: tuple[str, ...] = ()
    """Words that somebody filed it under."""
    categories: tuple[str, ...] = ()
    """Subject classes such as cs.CL, or a venue."""
    code: str = ""
    """Link to the code."""
    url: str = ""
    """Link to the paper where it is not on arXiv."""
    votes: int | None = None
    """Upvotes, where the source counts them."""
    comments: int | None = None
    """Comments made on it where the source lets people talk."""
    rank: int | None = None
    """Its place in the source's own order of what is trending, from 1."""
    listed: str = ""
    """The day that the source lists it under, YYYY-MM-DD: not when it was written."""
    announcement: str = ""
    """How arXiv announced it: new, cross, replace or replace-cross."""
    version: int | None = None
    """The arXiv version that was spoken of, from 1."""
    stars: int | None = None
    """Stars of its code repository."""
    project: str = ""
    """Link to the project's page."""
    organisation: str = ""
    """Whose work it is, as the source names them: a laboratory, a company."""
    submitter: str = ""
    """Who put it on the source's list."""
    thumbnail: str = ""
    """Link to a small picture of it."""
    remark: str = ""
    """The authors' comment on arXiv: pages, figures, where it was accepted."""
    journal: str = ""
    """Where it appeared, as its authors told arXiv: a journal reference."""
    venue: str = ""
    """Where it appeared, as Semantic Scholar says: a conference or a journal."""
    licence: str = ""
    """Link to the licence of its text."""
    citations: int | None = None
    """How many papers cite it."""
    influential_citations: int | None = None
    """How many of those rest on it, as Semantic Scholar judges."""
    tldr: str = ""
    """Semantic Scholar's one sentence on it, apart from `summary` so that two sources do not replace each other's."""
    citation_key: str = ""
    """What the person's own bibliography cites it by."""
    bibliography: Bibliography = ()
    """Kind, volume, pages and the like, as bibliographies tell them."""
    owned: Owned | None = None
    """What the person kept of it; of imports only."""

    def __post_init__(self) -> None:
        """A DOI is bare, whoever told it; the one that arXiv gave names its preprint."""
        if self.doi:
            object.__setattr__(self, "doi", doi(self.doi))
            if not self.arxiv_id:
                object.__setattr__(self, "arxiv_id", preprint_of(self.doi))

    @property
    def identities(self) -> tuple[Identity, ...]:
        """Its names, the strongest first; made of the title where there is no other; empty without a title too."""
        made = title_id(self.title) if self.title else ""
        named = [Identity("arxiv", self.arxiv_id), Identity("doi", self.doi)]
        if made and self.id.startswith("title-") and self.id == self.authored_id:
            made = self.id
        elif self.id != made:
            named.append(Identity("id", self.id))
        known = tuple(name for name in named if name.value)
        return known or ((Identity("title", made),) if made else ())

    @property
    def authored_id(self) -> str:
        """The id made of title and first author, for a paper whose title another one has; empty where none is known."""
        family = family_key(self.authors[0]) if self.authors else ""
        return title_id(self.title, family) if family else ""


class Paper(NamedTuple):
    """A paper as the library has it, with the person's marks."""

    rid: int
    """Its row: what the list and the index name it by, on this machine only; never used again."""
    title: str
    arxiv_id: str = ""
    doi: str = ""
    other_id: str = ""
    """Its id in another collection, or the one made of its title."""
    authors: tuple[str, ...] = ()
    published: str = ""
    abstract: str = ""
    summary: str = ""
    keywords: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    code: str = ""
    url: str = ""
    votes: int | None = None
    comments: int | None = None
    stars: int | None = None
    version: int | None = None
    """The newest arXiv version that a feed has told of, from 1."""
    citations: int | None = None
    influential_citations: int | None = None
    project: str = ""
    organisation: str = ""
    submitter: str = ""
    thumbnail: str = ""
    remark: str = ""
    """The authors' comment on arXiv."""
    journal: str = ""
    venue: str = ""
    licence: str = ""
    tldr: str = ""
    sources: tuple[str, ...] = ()
    """Who has told us of it, the first one first."""
    bookmarked: float | None = None
    """When the person bookmarked it, in seconds since 1970."""
    read: float | None = None
    """When the person read it, likewise."""
    added: float = 0.0
    """When the library first heard of it, likewise."""
    key: str = ""
    """The canonical key, "arxiv:2401.01234"."""
    state: State = State.UNREAD
    rating: int | None = None
    """The person's, 1 to 5."""
    tags: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    """Names of the lists that it is in."""
    note: str = ""
    """The person's, in Markdown."""
    citation_key: str = ""
    """What it is cited by, where that was asked for: "doersch2024bootstap"."""
    bibliography: Bibliography = ()
    """Kind, volume, pages and the like, as a file of the person's told them."""
    told_apart: str = ""
    """Its id in a longer form ("id:2401.01234"), where the bare one means another paper or cannot be printed."""
    removed: float | None = None
    """When the person removed it: it is in no view and no answer."""

    @property
    def id(self) -> str:
        """The id that every command takes and prints: bare arXiv id, else DOI, else the other one."""
        return self.told_apart or self.bare_id

    @property
    def bare_id(self) -> str:
        """The same as its source wrote it, whatever that is."""
        return self.arxiv_id or self.doi or self.other_id

    @property
    def text(self) -> str:
        """The abstract, else the summary."""
        return self.abstract or self.summary

    @property
    def whole_text(self) -> str:
        """The abstract and the summary, a line apart: what is searched."""
        return "\n".join(part for part in (self.abstract, self.summary) if part)

    @property
    def text_is_summary(self) -> bool:
        """Whether `text` is somebody's note and not the abstract."""
        return not self.abstract and bool(self.summary)

    @property
    def shown_title(self) -> str:
        """The title as the screen shows it."""
        return shown_title(self.title, self.text)

    @property
    def link(self) -> str:
        """Where the paper is on the web; empty where we know no place."""
        if is_arxiv_id(self.arxiv_id):
            return f"https://arxiv.org/abs/{self.arxiv_id}"
        return web_address(self.url) or (f"https://doi.org/{_quoted(self.doi)}" if self.doi.startswith("10.") else "")

    @property
    def pdf_link(self) -> str:
        """Where the PDF is; empty where we know no place."""
        if is_arxiv_id(self.arxiv_id):
            return f"https://arxiv.org/pdf/{self.arxiv_id}"
        url = web_address(self.url)
        return url if url.lower().split("?")[0].endswith(".pdf") else ""

    @property
    def code_link(self) -> str:
        """Where the code is, if that is a web address."""
        return web_address(self.code)

    @property
    def project_link(self) -> str:
        """Where the project's page is, if that is a web address."""
        return web_address(self.project)


class Row(NamedTuple):
    """One line of the list."""

    rid: int
    title: str
    """As the screen shows it."""
    first_author: str
    """Empty where none is known."""
    year: str
    """YYYY, or empty."""
    votes: int | None
    read: bool
    bookmarked: bool
    revised: bool = False
    """A bookmarked paper of which a newer version has come since, not read again yet."""
    state: State = State.UNREAD
    rating: int | None = None
    noted: bool = False
    """Whether the person wrote a note."""
    tags: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    """Names of the lists that it is in."""


_WEB_ADDRESS = re.compile(r"https?://[^\s/?#]+(?:[/?#]\S*)?", re.IGNORECASE)


def _quoted(name: str) -> str:
    """An id as part of an address: ids from outside may hold anything."""
    return quote(name, safe="/:;()", errors="replace")


def web_address(link: str) -> str:
    """The link if it is http or https and on one line, else nothing: a link from outside may be any text."""
    link = link.strip()
    return link if link.isprintable() and _WEB_ADDRESS.fullmatch(link) else ""
