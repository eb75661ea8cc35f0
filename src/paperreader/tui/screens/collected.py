"""Lists and tags opened as views: from the shelf, with their own order, and the way back."""

from __future__ import annotations

from array import array
from collections.abc import Hashable
from contextlib import suppress
from typing import TYPE_CHECKING

from paperreader.errors import KeepingError, PaperReaderError
from paperreader.library.telling import Done
from paperreader.paper import View
from paperreader.tui.listing import Listing
from paperreader.tui.nothing import nothing_collected
from paperreader.tui.panes import collections
from paperreader.tui.panes.collections import Collection, Kind, UnfoldAll
from paperreader.tui.panes.saved import OpenSaved
from paperreader.tui.panes.shelf import Entry
from paperreader.tui.place import Memory, Place
from paperreader.tui.screens.saving import SavingScreen

if TYPE_CHECKING:
    from paperreader.library import Library
    from paperreader.library.keeping import Kept
    from paperreader.tui.glyphs import Glyphs
    from paperreader.tui.messages import FacetsCounted
    from paperreader.tui.panes.status_line import Showing


class CollectedScreen(SavingScreen):
    """Knows which list or tag is open. While one is, the view is All, whose place it keeps for later."""

    def __init__(self, library: Library, memory: Memory, glyphs: Glyphs) -> None:
        super().__init__(library, memory, glyphs)
        self._headed = False
        self.collection = memory.collection
        self.lists: tuple[Kept, ...] = ()
        self.tags: tuple[Kept, ...] = ()
        self._opened_from = memory.view
        if self.collection is not None:
            self.set_reactive(CollectedScreen.view, View.ALL)
        self._spread: set[Kind] = set()
        self._collected_places: dict[Collection, Place] = {}

    def _first_painted(self) -> None:
        super()._first_painted()
        self.read_collections()

    def read_collections(self) -> None:
        """Which there are, and how large they are."""
        try:
            lists, tags = self.library.keeping.lists(), self.library.keeping.tags()
        except PaperReaderError as error:
            self.overlook(error)
            return
        if (lists, tags) != (self.lists, self.tags):
            self.lists, self.tags = lists, tags
            self.lay_shelf()

    def _marked(self) -> None:
        super()._marked()
        self.read_collections()

    # Which papers

    def _first_listing(self) -> Listing:
        """The list or tag that was open; where it is no more, the view that it was opened from."""
        if self.collection is not None:
            with suppress(KeepingError):
                listing = self._read(self.view)
                if listing.rids or self.collection.kind == "list":
                    self.search.views.elsewhere = True
                    return listing
            self.collection, self.view = None, self._opened_from
            self.memory = self.memory._replace(place=Place())
        return super()._first_listing()

    def _read(self, view: View) -> Listing:
        if self.collection is None:
            return super()._read(view)
        return Listing(self._collected(self.collection), self.library.rows)

    def _collected(self, what: Collection) -> array[int]:
        """The papers of a list in its order, of a tag the newest first. Raises KeepingError where it is no more."""
        keeping = self.library.keeping
        return keeping.listed(what.name) if what.kind == "list" else keeping.tagged(what.name)

    async def open_view(self, view: View) -> None:
        """Leave the list or tag that is open."""
        if self.collection is None:
            await super().open_view(view)
            return
        self._leave()
        left, self.collection = self.collection, None
        base = await self._fetched(view)
        if base is None:
            self.collection = left
        else:
            await self._put(view, base, self._places.get(view, Place()))

    async def open_collection(self, what: Collection) -> None:
        """Show a list, or the papers with a tag; a question on is asked of it."""
        self._leave()
        left, self.collection = self.collection, what
        base = await self._fetched(View.ALL)
        if base is None:
            self.collection = left
            return
        if left is None:
            self._opened_from = self.view
        await self._put(View.ALL, base, self._collected_places.get(what, Place()))

    async def _put(self, view: View, base: Listing, place: Place) -> None:
        self._end_likeness()
        self.view, self.base, self.everywhere = view, base, False
        self.search.views.elsewhere = self.collection is not None
        if self.search.question.value.strip():
            self._back = (view, place)
            self.search.ask()
            await self.search.answered()
        else:
            self._show_base(place)
        self.lay_shelf()
        self.refresh_bindings()
        self.remember_soon()

    def _leave(self) -> None:
        if self.collection is None:
            super()._leave()
        elif self.answer is None:
            self._collected_places[self.collection] = self.papers.place

    def follow_name(self, name: str, to: str) -> None:
        """What is open is called otherwise now."""
        if self.collection is not None and self.collection.name == name:
            self.collection = self.collection._replace(
                name=to.strip().lstrip("#" if self.collection.kind == "tag" else "")
            )

    async def close_collection(self) -> bool:
        """Back to the view that it was opened from; False where none is open."""
        if self.collection is None or self.answer is not None:
            return False
        await self.open_view(self._opened_from)
        return True

    @property
    def is_everything(self) -> bool:
        """Whether the list under a question is all papers."""
        return super().is_everything and self.collection is None

    @property
    def list_name(self) -> str:
        """What the list under a question is called."""
        return self.collection.name if self.collection is not None else self.view.label

    @property
    def kept(self) -> Memory:
        """The next start opens the list or tag that is open now; of a digest the view that it was opened from."""
        known = super().kept
        if self.collection is None:
            return known._replace(collection=None)
        known = known._replace(view=self._opened_from, size=0, page=(), page_at=0)
        if self.collection.kind == "digest":
            return known._replace(collection=None, place=self._places.get(self._opened_from, Place()))
        return known._replace(collection=self.collection)

    # The order of a list

    async def action_move_paper(self, by: int) -> None:
        """Move the papers down the list, or up; the cursor goes with them."""
        rids = self.chosen_or_current()
        if rids and self.collection is not None:
            name = self.collection.name
            await self._act(lambda: self.library.keeping.move(name, rids, by))

    async def _show_done(self, done: Done | None, hint: str, nothing: str) -> None:
        await super()._show_done(done, hint, nothing)
        if done is not None and done.changed and self.collection is not None:
            await self._read_collection_again()

    async def _read_collection_again(self) -> None:
        """It has other papers now, or another order; or is no more."""
        try:
            base = self._read(self.view)
        except KeepingError:
            await self.open_view(self._opened_from)
            return
        except PaperReaderError as error:
            self.refuse(error)
            return
        if base.rids == self.base.rids:
            self._tell()  # it may have got another name
            return
        self.base = base
        if self.answer is None:
            self._show_base(self.papers.place)
            self._follow(again=True)
        else:
            self.search.ask()

    async def action_sort(self) -> None:
        """A list has the person's own order."""
        if self.collection is None or self.answer is not None:
            await super().action_sort()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a list has an order of the person's."""
        listed = self.collection is not None and self.answer is None
        if action == "move_paper":
            movable = listed and self.collection is not None and self.collection.kind == "list"
            return True if movable and self.library.writable else None
        if action in ("sort", "order") and listed:
            return None
        return super().check_action(action, parameters)

    # What is said

    def _show_base(self, place: Place) -> None:
        super()._show_base(place)
        if self.collection is not None:
            self.papers.nothing = nothing_collected(
                self.collection.label, listed=self.collection.kind == "list", keymap=self.keymap
            )

    def _showing(self) -> Showing:
        showing = super()._showing()
        if self.collection is None or self.everywhere or self.likeness is not None:
            return showing
        order = "your order" if self.collection.kind == "list" else "newest first"
        return showing._replace(label=self.collection.label, order=showing.order if self.answer else order)

    # The shelf

    def shelf_entries(self, room: int) -> list[Entry]:
        """They stand first on the shelf, but for the terms of similar papers."""
        if self.likeness is not None:
            return super().shelf_entries(room)
        told = collections.entries(self.lists, self.tags, self.collection, self._spread)
        rest = super().shelf_entries(room - len(told) - bool(told))
        return [*told, Entry(""), *rest] if told and rest else [*told, *rest]

    def action_narrow(self) -> None:
        """To what narrows; saved searches, lists and tags stand above it."""
        super().action_narrow()
        self._headed = True
        self._to_what_narrows()

    def on_facets_counted(self, event: FacetsCounted) -> None:
        """What narrows may only be known now that one has gone there. (It is shown by who counted, below.)"""
        self.call_next(self._to_what_narrows)

    def _to_what_narrows(self) -> None:
        shelf = self.search.shelf
        headed, self._headed = self._headed, False
        if self.pane != "shelf" or not headed or not isinstance(shelf.what, OpenSaved | Collection | UnfoldAll):
            return
        above = (OpenSaved, Collection, UnfoldAll, type(None))
        first = next((at for at, entry in enumerate(shelf.entries) if not isinstance(entry.what, above)), None)
        if first is not None:
            shelf.move_to(first)
        self._headed = first is None

    async def take_from_shelf(self, what: Hashable) -> None:
        """Open it."""
        if isinstance(what, Collection):
            await self.open_collection(what)
            self.go("list")
        elif isinstance(what, UnfoldAll):
            self._spread.add(what.kind)
            self.lay_shelf()
        else:
            await super().take_from_shelf(what)
