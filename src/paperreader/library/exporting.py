"""Papers handed out: in the formats of exports, by templates, as one citation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from paperreader.errors import ExportError, StoreError
from paperreader.store import citation_keys, papers
from paperreader.store.database import Database

if TYPE_CHECKING:
    from array import array

    from paperreader.exports import Document, Format
    from paperreader.library.keeping import Keeping
    from paperreader.paper import Paper

_CHUNK: Final = 200
"""Papers whose keys are given in one transaction: 5 ms, for which a bookmark waits."""
_SUFFIXES: Final = ("", *"bcdefghijklmnopqrstuvwxyz")


class Exporting:
    """The part of a library that hands its papers out."""

    writable: bool
    keeping: Keeping
    _database: Database
    _now: Callable[[], float]

    def formats(self) -> dict[str, Format]:
        """The formats by name, each with a label for people and the suffix of its files."""
        from paperreader.exports import FORMATS

        return dict(FORMATS)

    def export(
        self,
        rids: Iterable[int],
        form: str,
        *,
        title: str = "Papers",
        by_list: bool = False,
        template: Path | None = None,
    ) -> Iterator[str]:
        """These papers in a format of `formats()`, or by a template, in pieces and in bounded memory.

        `title` is the heading: what these papers are. `by_list` puts a heading over the papers of each list, in the
        list's order, where the format has headings; a paper stands under each of its lists. Raises ExportError for an
        unknown format or a bad template.
        """
        from paperreader.exports import known, templates

        if template is None:
            written = known(form)
            cut = by_list and written.has_headings
            return written.write(self._document(rids, title, cites=written.cites, by_list=cut))
        source, escape = templates.read(template)
        return templates.write(
            source, self._document(rids, title, cites=True, by_list=by_list), escape=escape, name=template.name
        )

    def cite(self, rid: int, style: str = "bibtex") -> str:
        """One paper as a citation, in a style of `citation_styles()`; empty where the paper is gone.

        Raises ExportError for an unknown style.
        """
        from paperreader.exports.citation import STYLES

        if style not in STYLES:
            raise ExportError(f"There is no citation style {style!r}.", f"Known are {', '.join(STYLES)}.")
        return "".join(map(STYLES[style].write, self._cited(papers.papers(self._database, [rid]))))

    def citation_styles(self) -> dict[str, str]:
        """What `cite` can make: a label for each style by its name."""
        from paperreader.exports.citation import STYLES

        return {name: style.label for name, style in STYLES.items()}

    def in_lasting_order(self, rids: Iterable[int]) -> array[int]:
        """These papers newest first, those of one day by their keys: an export of them compares well with the next."""
        return papers.in_lasting_order(self._database, rids)

    def _document(self, rids: Iterable[int], title: str, *, cites: bool, by_list: bool) -> Document:
        from paperreader.exports import Document, Section

        def read(some: Iterable[int]) -> Iterator[Paper]:
            coming = papers.papers(self._database, some)
            return self._cited(coming) if cites else coming

        cut = self._by_list(list(rids)) if by_list else [("", rids)]
        return Document((Section(name, read(some)) for name, some in cut), title, self._now())

    def _by_list(self, rids: Sequence[int]) -> list[tuple[str, Sequence[int]]]:
        """The papers of each list that has some of these, then those that are in none."""
        wanted = set(rids)
        cut: list[tuple[str, Sequence[int]]] = []
        for kept in self.keeping.lists():
            some = [rid for rid in self.keeping.listed(kept.name) if rid in wanted]
            if some:
                cut.append((kept.name, some))
        enlisted = {rid for _, some in cut for rid in some}
        rest = [rid for rid in rids if rid not in enlisted]
        return [*cut, *([("In no list" if cut else "", rest)] if rest else [])]

    def _cited(self, coming: Iterable[Paper]) -> Iterator[Paper]:
        """The papers with their citation keys. Those that are given now are kept, if the library lets us."""
        keys = _Keys(self._database, keeps=self.writable)
        rest = iter(coming)
        while chunk := list(islice(rest, _CHUNK)):
            given = keys.of(chunk)
            yield from (paper._replace(citation_key=given[paper.rid]) for paper in chunk)


class _Keys:
    """Gives papers their keys. The first one with a key has it bare, the next gets a b."""

    def __init__(self, database: Database, *, keeps: bool) -> None:
        self._database = database
        self._keeps = keeps
        self._are_kept = citation_keys.are_kept(database)
        self._given: set[str] = set()
        """In lower case: those given by this export, should they not be kept."""

    def of(self, chunk: Sequence[Paper]) -> dict[int, str]:
        """A key for each of these papers, no two alike."""
        from paperreader.exports.citation_key import citation_key

        rids = [paper.rid for paper in chunk]
        keys = citation_keys.known(self._database, rids) if self._are_kept else {}
        new = {paper.rid: self._free(citation_key(paper)) for paper in chunk if paper.rid not in keys}
        if not new or not self._kept(new):
            return keys | new
        kept = citation_keys.known(self._database, list(new))  # another process may have been quicker
        missing = {rid: self._free(key) for rid, key in new.items() if rid not in kept}
        if missing and self._kept(missing):
            kept |= citation_keys.known(self._database, list(missing))
        return keys | missing | kept

    def _free(self, base: str) -> str:
        used = citation_keys.taken(self._database, base) if self._are_kept else set()
        used |= self._given
        key = next((base + suffix for suffix in _SUFFIXES if base + suffix not in used), "")
        number = len(_SUFFIXES)
        while not key or key in used:
            number += 1
            key = f"{base}-{number}"
        self._given.add(key)
        return key

    def _kept(self, keys: dict[int, str]) -> bool:
        """Keep the keys, if we may: an export of a library that nobody can write is an export all the same."""
        if not (self._keeps and self._are_kept):
            return False
        try:
            citation_keys.keep(self._database, keys)
        except StoreError:
            self._keeps = False
        return self._keeps
