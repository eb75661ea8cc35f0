"""The dialog of lists, and that of tags: typing filters, Enter puts the papers in or takes them out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Input

from paperreader.errors import PaperReaderError
from paperreader.library import Done
from paperreader.tui.content import styled
from paperreader.tui.glyphs import Glyphs
from paperreader.tui.membership import Entry, Membership, is_among, matching
from paperreader.tui.panes.field import Field
from paperreader.tui.panes.pick_list import Pick, PickList
from paperreader.tui.screens.dialog import Dialog, Line

Perform = Callable[[Callable[[], Done | None]], Awaitable[Done | None]]
"""Does something to the library, says what was done, and returns when it is."""
_NEW = "new:"
_OLD = "old:"
_AROUND = 10
# Lines of the sheet and around it that are no entries.


class MembershipDialog(Dialog[None]):
    """Stays open until Esc, so that a paper gets several tags in one go."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape", "back", "close"),
        ("enter", "put_or_take", "in or out"),
        ("down,ctrl+n", "move(1)", "down"),
        ("up,ctrl+p", "move(-1)", "up"),
        ("tab", "complete", "complete"),
        ("f2", "rename", "rename"),
        ("f8", "delete", "delete"),
    ]
    DEFAULT_CSS = """
    MembershipDialog {
        & Field { margin: 0 0 1 0; padding: 0 1; background: $surface; }
        & Field:focus { background: $surface; }
        &.-small Field { margin: 0; }
    }
    """

    field = query_one(Field)
    listed = query_one(PickList)

    def __init__(
        self, membership: Membership, rids: Sequence[int], about: str, perform: Perform, glyphs: Glyphs
    ) -> None:
        """`about` says which papers these are: a title, "3 papers", or nothing where there are none."""
        named = Content.assemble("  ", styled(about, style="not bold $muted-near")) if about else Content("")
        super().__init__(Content.assemble(membership.heading, named))
        self.membership = membership
        self.rids = rids
        self.perform = perform
        self.glyphs = glyphs
        self.renaming = ""
        """The name that is being changed."""
        self._entries: Sequence[Entry] = ()

    def inside(self) -> ComposeResult:
        """A field and what there is."""
        noun = self.membership.noun
        several = ", or several with commas" if noun == "tag" else ""
        yield Field(placeholder=f"type a {noun}{several}")
        yield PickList()
        yield Line(Content(""), id="none")

    async def on_mount(self) -> None:
        """Ready for typing."""
        await self._reload(None)

    def on_resize(self) -> None:
        """As many lines as there is room for."""
        super().on_resize()
        self.listed.most = max(2, min(12, self.app.size.height - _AROUND))

    # What is shown

    async def _reload(self, name: str | None) -> None:
        """Read all anew, those that were here before in the order in which they were; the cursor goes to `name`."""
        try:
            fresh = await asyncio.to_thread(self.membership.entries, self.rids)
        except PaperReaderError as error:
            self.app.notify(str(error), severity="error", markup=False)
            return
        order = {entry.name: at for at, entry in enumerate(self._entries)}
        self._entries = sorted(fresh, key=lambda entry: order.get(entry.name, len(order)))
        self._draw(name)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Only what matches."""
        event.stop()
        self._draw()

    @property
    def _parted(self) -> tuple[str, str]:
        """What stands before the last comma, and what is being typed; a list's name may have commas of its own."""
        if self.membership.noun != "tag":
            return "", self.field.value
        before, _, typed = self.field.value.rpartition(",")
        return before, typed

    @property
    def _needle(self) -> str:
        return "" if self.renaming else self._parted[1].strip()

    def _draw(self, name: str | None = None) -> None:
        needle = self._needle
        current = self.listed.current
        keep = name or (current.key.removeprefix(_OLD) if current and not needle else None)
        picks = [self._pick(entry) for entry in matching(self._entries, needle)]
        if needle and not is_among(self._entries, needle) and self.rids:
            noun = "Make the list" if self.membership.noun == "list" else "New tag"
            picks.append(Pick(_NEW + needle, styled(f"{noun} “{needle}”", style="$link", tex=False)))
        self.listed.show(picks, None if keep is None else _OLD + keep)
        none = f"No {self.membership.noun} yet: type its name." if not self._entries and not needle else ""
        self.query_one("#none", Line).say(Content.styled(none, "$muted-near"))
        self.query_one("#none").display = bool(none)
        self._teach()

    def _pick(self, entry: Entry) -> Pick:
        whole = bool(self.rids) and entry.held == len(self.rids)
        mark = self.glyphs.tick if whole else "-" if entry.held else " "
        held = f"{entry.held:,} of {len(self.rids):,} " if entry.held and not whole else ""
        text = Content.assemble((mark, "$yours"), " ", styled(entry.name, tex=False))
        return Pick(_OLD + entry.name, text, Content.styled(f"{held}{entry.size:,}", "$muted-near"))

    def _teach(self) -> None:
        if self.renaming:
            self.teach(("Enter", "rename"), ("Esc", "leave it"))
            return
        changes = [("F2", "rename"), ("F8", "delete")] if self._entries else []
        acts = [("Enter", "in or out")] if self.rids else []
        self.teach(*acts, ("Tab", "complete"), *changes, ("Esc", "close"))

    # What is done

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self.listed.move(by)

    async def on_pick_list_picked(self, event: PickList.Picked) -> None:
        """A click does what Enter does."""
        await self.action_put_or_take()

    async def action_put_or_take(self) -> None:
        """Put the papers into what the cursor is on, or take them out; with names before a comma put all of them on."""
        if self.renaming:
            await self._renamed(self.field.value.strip())
            return
        pick = self.listed.current
        before = [name for part in self._parted[0].split(",") if (name := part.strip())]
        if not self.rids or (pick is None and not before):
            return
        name = ""
        if pick is not None and (self._needle or not before):
            name = pick.key.removeprefix(_NEW).removeprefix(_OLD)
        entry = next((entry for entry in self._entries if entry.name == name), None)
        if entry is not None and entry.held == len(self.rids) and not before:
            done = await self.perform(lambda: self.membership.take(self.rids, name))
        else:
            names = [*before, name] if name else before
            done = await self.perform(lambda: self.membership.put(self.rids, *names))
        if done is None:
            return  # refused: what was typed can be mended
        self.field.value = ""
        await self._reload(name or None)

    def action_complete(self) -> None:
        """Take the name that the cursor is on into the field."""
        pick = self.listed.current
        if pick is not None and not self.renaming:
            before = self._parted[0]
            name = pick.key.removeprefix(_NEW).removeprefix(_OLD)
            self.field.value = f"{before}, {name}" if before else name
            self.field.cursor_position = len(self.field.value)

    def action_rename(self) -> None:
        """Change the name that the cursor is on."""
        pick = self.listed.current
        if pick is not None and pick.key.startswith(_OLD):
            name = pick.key.removeprefix(_OLD)
            self.renaming = name
            self.field.value = name
            self.field.cursor_position = len(name)
            self.heading.say(Content.assemble("Rename ", styled(f"“{name}”", style="$yours", tex=False)))
            self._draw(name)

    async def _renamed(self, to: str) -> None:
        name = self.renaming
        self._leave_renaming()
        if to and to != name:
            await self.perform(lambda: self.membership.rename(name, to))
        await self._reload(to or name)

    def _leave_renaming(self) -> None:
        self.renaming = ""
        self.field.value = ""
        self.heading.say(self._heading)

    async def action_delete(self) -> None:
        """Let go of what the cursor is on; its papers stay, and u undoes it."""
        pick = self.listed.current
        if pick is not None and pick.key.startswith(_OLD) and not self.renaming:
            name = pick.key.removeprefix(_OLD)
            await self.perform(lambda: self.membership.delete(name))
            await self._reload(None)

    def action_back(self) -> None:
        """One step back: from renaming, from what was typed, out of the dialog."""
        if self.renaming:
            name = self.renaming
            self._leave_renaming()
            self._draw(name)
        elif self.field.value:
            self.field.value = ""
        else:
            self.dismiss(None)
