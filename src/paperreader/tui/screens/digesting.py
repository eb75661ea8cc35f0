"""The digest opened as a view: what the next one would have, and those that went out before."""

from __future__ import annotations

import asyncio
from array import array
from datetime import datetime
from typing import TYPE_CHECKING

from paperreader.errors import PaperReaderError
from paperreader.paper import Paper, View
from paperreader.tui.keys import told
from paperreader.tui.listing import Listing
from paperreader.tui.nothing import nothing_in_digest
from paperreader.tui.panes.collections import Collection
from paperreader.tui.panes.detail_more import More
from paperreader.tui.place import Place
from paperreader.tui.screens.collected import CollectedScreen

if TYPE_CHECKING:
    from paperreader.library import Library
    from paperreader.library.digests.editions import Edition
    from paperreader.tui.glyphs import Glyphs
    from paperreader.tui.panes.status_line import Showing
    from paperreader.tui.place import Memory

NEXT = Collection("digest", "")
"""What the next digest would have."""


class DigestingScreen(CollectedScreen):
    """Knows which digest is open, as a list or a tag would be. It is composed in a thread, and entered nowhere."""

    def __init__(self, library: Library, memory: Memory, glyphs: Glyphs) -> None:
        super().__init__(library, memory, glyphs)
        self.edition: Edition | None = None

    @property
    def digesting(self) -> bool:
        """Whether the list is a digest's, and no answer from it."""
        return self.collection is not None and self.collection.kind == "digest" and self.answer is None

    async def action_digest(self) -> None:
        """What the next digest would have; where that is open already, that of the next reader."""
        step = self.digesting and self.edition is not None and not self.edition.number
        await self.open_collection(_next(self.edition, 1 if step else 0))
        self.go("list")

    # Which papers

    def _read(self, view: View) -> Listing:
        if self.collection is None or self.collection.kind != "digest":
            return super()._read(view)
        from paperreader.library.digests.editions import edition

        name = self.collection.name
        number, reader = (int(name), "") if name.isdecimal() else (0, name)
        self.edition = edition(self.library, self.settings.digest, number, reader)
        return _listed(self.edition, self.library, self._whose())

    async def _read_collection_again(self) -> None:
        """A digest is what it was, whatever is done to its papers."""
        if self.collection is None or self.collection.kind != "digest":
            await super()._read_collection_again()

    # Those before

    async def action_earlier(self) -> None:
        """The digest before."""
        if self.digesting:
            await self._step_digest(-1)
        else:
            await super().action_earlier()

    async def action_later(self) -> None:
        """The one after it; behind the last one that went out is the next."""
        if self.digesting:
            await self._step_digest(1)
        else:
            await super().action_later()

    async def _step_digest(self, by: int) -> None:
        from paperreader.library.digests.editions import beside

        if self.edition is None:
            return
        try:
            other = await asyncio.to_thread(beside, self.library, self.edition, by)
        except PaperReaderError as error:
            self.refuse(error)
            return
        if other is None:
            self.status.say(
                "No digest is known before this one." if by < 0 else "This is what the next one would have."
            )
        else:
            await self.open_collection(Collection("digest", str(other)) if other else _next(self.edition, 0))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Digests have those before and after."""
        if action in ("earlier", "later") and self.collection is not None and self.collection.kind == "digest":
            return True if self.digesting else None
        return super().check_action(action, parameters)

    # What is said

    def _whose(self) -> str:
        """Whose digest it is, and how to see the other's; empty where there is one reader."""
        edition = self.edition
        if edition is None or len(edition.readers) < 2:
            return ""
        others = "" if edition.number else told("; {reading.digest} shows the next reader's", self.keymap)
        return f"To {edition.reader}{others}."

    def _show_base(self, place: Place) -> None:
        super()._show_base(place)
        if self.digesting and self.edition is not None:
            edition = self.edition
            self.papers.nothing = nothing_in_digest(
                _moment(edition.at) if edition.at is not None else "",
                edition.due,
                (*([whose] if (whose := self._whose()) else []), *edition.remarks),
                fed=edition.fed,
                keymap=self.keymap,
            )

    def _showing(self) -> Showing:
        showing = super()._showing()
        if not self.digesting or self.edition is None or self.everywhere:
            return showing
        size = len(self.base)
        papers = f"{size:,} {'paper' if size == 1 else 'papers'}" if size else "nothing new"
        return showing._replace(part=f"{_when(self.edition)} {self.glyphs.dot} {papers}", order="")

    def more(self, paper: Paper) -> More:
        """With why the digest holds it."""
        return super().more(paper)._replace(why=self.papers.listing.why.get(paper.rid, ""))


def _next(edition: Edition | None, by: int) -> Collection:
    """The next digest of the same reader as that one, or `by` readers further; of the first where there was none."""
    if edition is None:
        return NEXT
    readers = edition.readers
    reader = readers[(readers.index(edition.reader) + by) % len(readers)]
    return NEXT if reader == readers[0] else Collection("digest", reader)


def _listed(edition: Edition, library: Library, whose: str) -> Listing:
    """Its papers in order, its headings above them; what else is to be said stands above all."""
    rids, headings = array("q"), [(0, remark) for remark in (whose, *edition.remarks) if remark]
    for section in edition.digest.sections:
        left = f", {section.left:,} more left out" if section.left else ""
        headings.append((len(rids), f"{section.title} ({len(section.items):,}{left})"))
        rids.extend(item.paper.rid for item in section.items)
    why = {item.paper.rid: item.why for item in edition.digest.items}
    return Listing(rids, library.rows, None, tuple(headings) if rids else (), why)


def _when(edition: Edition) -> str:
    if edition.at is None:
        return "of the last 7 days"
    if edition.number:
        said = f"mail {edition.number} sent" if edition.mailed else "shown"  # `digest --again` goes by that number
        return f"{said} {_moment(edition.at)}"
    return f"since {_moment(edition.at).rpartition(' ')[0]}"


def _moment(at: float) -> str:
    """ "Fri 20 Nov 08:00", in the machine's own time zone; `at` in seconds since 1970."""
    moment = datetime.fromtimestamp(at).astimezone()
    return f"{moment:%a} {moment.day} {moment:%b %H:%M}"
