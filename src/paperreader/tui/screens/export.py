"""The dialog that writes papers down: which papers, in which format, into which file or onto the clipboard."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.getters import query_one
from textual.timer import Timer
from textual.widgets import Input

from paperreader.errors import ExportError, PaperReaderError
from paperreader.exports.whole_file import put_in_place
from paperreader.plain import folded, printable
from paperreader.tui.content import cut, styled
from paperreader.tui.panes.field import Field
from paperreader.tui.panes.pick_list import Pick, PickList
from paperreader.tui.screens.dialog import Dialog, Line

if TYPE_CHECKING:
    from paperreader.exports import Format
    from paperreader.library import Library

_MEMORY = "export"
"""The name under which the library keeps the format and the folder of the last export."""
_AROUND = 14
# Lines of the sheet and around it that are no formats.
_LONGEST_NAME = 40
"""Characters of a file's name that is made of a title."""
_LONGEST_SCOPE = 48
# Cells for what the papers are: their number stands beside.
_TELL_EVERY = 0.1


class Scope(NamedTuple):
    """Some papers that can be written down."""

    name: str
    """What they are: "3 chosen papers"."""
    title: str
    """Their heading in the file; its name is made of it."""
    rids: Sequence[int]


class _Ended(ExportError):
    """The person ended it."""


class ExportDialog(Dialog[str]):
    """Ends with a sentence about what was written. The field has the focus: typing is about the file's name."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape", "back", "close"),
        ("enter", "write", "write"),
        ("down", "format(1)", "down"),
        ("up", "format(-1)", "up"),
        ("tab", "scope(1)", "which papers"),
        ("shift+tab", "scope(-1)", "which papers"),
        ("ctrl+y", "copy", "to the clipboard"),
    ]
    DEFAULT_CSS = """
    ExportDialog {
        & Field { margin: 1 0 0 0; padding: 0 1; background: $surface; }
        & Field:focus { background: $surface; }
        & #scope { margin: 0 0 1 0; }
        & #said { margin: 0; color: $muted-near; }
        &.-small Field, &.-small #scope { margin: 0; }
    }
    """

    field = query_one(Field)
    formats = query_one(PickList)

    def __init__(self, library: Library, scopes: Sequence[Scope], scope: int) -> None:
        """`scope` is the place of the papers that it opens with."""
        super().__init__(Content("Export"))
        self.library = library
        self.scopes = scopes
        self.scope = scope
        self._known: Mapping[str, Format] = library.formats()
        self._suggested = ""
        self._asked_about = ""
        self._done = 0
        self._writing: Timer | None = None
        self._ended = False
        self._folder, self._last = self._recalled()

    def inside(self) -> ComposeResult:
        """Which papers, the formats, the file."""
        yield Line(Content(""), id="scope")
        yield PickList()
        yield Field(placeholder="file; Ctrl+Y copies instead")
        yield Line(Content(""), id="said")

    def on_mount(self) -> None:
        """With the format of the last time, and a name for the file."""
        picks = [
            Pick(form.name, Content.assemble(f"{form.name:<9}  ", (form.label, "$muted-near")))
            for form in self._known.values()
        ]
        self.formats.show(picks, self._last)
        self.teach(("Enter", "write"), ("Ctrl+Y", "copy"), ("↑ ↓", "format"), ("Tab", "papers"), ("Esc", "close"))
        self._suggest()
        self.call_after_refresh(self._show_end)

    def _show_end(self) -> None:
        """Of a long path the file's name is to be seen; the field scrolls only once it knows its width."""
        self.field.cursor_position = 0
        self.field.cursor_position = len(self.field.value)

    def on_resize(self) -> None:
        """As many formats as there is room for."""
        super().on_resize()
        self.formats.most = max(2, min(12, self.app.size.height - _AROUND + 4 * self.small))

    # What is chosen

    @property
    def form(self) -> Format:
        """The format under the cursor."""
        pick = self.formats.current
        assert pick is not None
        return self._known[pick.key]

    @property
    def target(self) -> Path:
        """The file that is named."""
        return Path(self.field.value.strip()).expanduser()

    def action_format(self, by: int) -> None:
        """Another format; the name follows."""
        self.formats.move(by)
        self._suggest()

    def on_pick_list_picked(self, event: PickList.Picked) -> None:
        """A click chooses a format."""
        self._suggest()

    def action_scope(self, by: int) -> None:
        """Other papers."""
        self.scope = (self.scope + by) % len(self.scopes)
        self._suggest()

    def _suggest(self) -> None:
        """Show what is chosen, and name the file after it, unless the person has named it."""
        scope = self.scopes[self.scope]
        number = f"  {len(scope.rids):,}" if len(scope.rids) != 1 else ""
        others = f"{self.scope + 1} of {len(self.scopes)}" if len(self.scopes) > 1 else ""
        self.query_one("#scope", Line).say(
            Content.assemble(
                cut(styled(scope.name, style="$yours"), _LONGEST_SCOPE),
                (f"{number}   ", "$muted-near"),
                (others, "$faint"),
            )
        )
        written = self.field.value
        if written in ("", self._suggested):
            self._suggested = str(Path(self._folder) / (_file_name(scope.title) + self.form.suffix))
            self.field.value = self._suggested
        else:
            known = {form.suffix for form in self._known.values()}
            if Path(written).suffix in known:
                self.field.value = str(Path(written).with_suffix(self.form.suffix))
        self.field.cursor_position = len(self.field.value)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Another file: nothing was asked about it yet."""
        event.stop()
        if self.field.value != self._asked_about:
            self._asked_about = ""
            self._say("")

    # What is done

    async def action_write(self) -> None:
        """Write the file; one that exists is replaced when this is pressed twice."""
        if self._writing is not None:
            return
        if not self.field.value.strip():
            self._say("Name a file, or Ctrl+Y copies.", "$wrong")
            return
        target = self.target
        if target.is_file() and self._asked_about != self.field.value:
            self._asked_about = self.field.value
            self._say(f"{target.name} exists. Enter again replaces it.", "$yours")
            return
        scope, form = self.scopes[self.scope], self.form
        replace = bool(self._asked_about)
        text = self.library.export(self._counted(scope.rids), form.name, title=scope.title)
        if await self._carried_out(lambda: put_in_place(target, text, replace=replace)):
            self._remember(target)
            self.dismiss(f"Wrote {_papers(len(scope.rids))} to {_short(target)}.")

    async def action_copy(self) -> None:
        """Onto the clipboard."""
        from paperreader.tui.clipboard import copy

        if self._writing is not None:
            return
        scope, form = self.scopes[self.scope], self.form
        parts: list[str] = []
        text = self.library.export(self._counted(scope.rids), form.name, title=scope.title)
        if await self._carried_out(lambda: parts.extend(text)):
            copied = await copy(self.app, "".join(parts))
            if not copied.ways:
                self._say("That is more than the terminal’s clipboard takes: write a file.", "$wrong")
                return
            self.dismiss(f"{_papers(len(scope.rids))} as {form.name}. {copied.how}")

    async def _carried_out(self, work: object) -> bool:
        """Do it in a thread, telling how far it is; False where it failed or was ended, which is said."""
        assert callable(work)
        self._done, self._ended = 0, False
        self._writing = self.set_interval(_TELL_EVERY, self._tell)
        try:
            await asyncio.to_thread(work)
        except PaperReaderError as error:
            self._say(error.message if isinstance(error, _Ended) else str(error), "$wrong")
            return False
        finally:
            self._writing.stop()
            self._writing = None
        return True

    def _counted(self, rids: Iterable[int]) -> Iterator[int]:
        """In a thread: the papers, counted as they are taken."""
        for rid in rids:
            if self._ended:
                raise _Ended("Ended; no file was written.")
            self._done += 1
            yield rid

    def _tell(self) -> None:
        self._say(f"Writing {self._done:,} of {len(self.scopes[self.scope].rids):,}…  Esc ends it")

    def action_back(self) -> None:
        """End the writing; where nothing is written, close."""
        if self._writing is not None:
            self._ended = True
        else:
            self.dismiss(None)

    def on_unmount(self) -> None:
        """The app ends: so does the writing, and no half file is left."""
        self._ended = True

    def _say(self, what: str, style: str = "$muted-near") -> None:
        self.query_one("#said", Line).say(styled(what, style=style, tex=False))

    # What the next export begins with

    def _recalled(self) -> tuple[str, str]:
        kept: object = None
        with suppress(PaperReaderError, ValueError):
            kept = json.loads(self.library.recall(_MEMORY) or "{}")
        known = kept if isinstance(kept, dict) else {}
        folder = str(known.get("folder") or _short(Path.cwd()))
        return folder, str(known.get("format") or "bibtex")

    def _remember(self, target: Path) -> None:
        folder = _short(target.parent.absolute())
        with suppress(PaperReaderError):
            self.library.remember(_MEMORY, json.dumps({"folder": folder, "format": self.form.name}))


def _papers(count: int) -> str:
    return f"{count:,} paper{'' if count == 1 else 's'}"


def _file_name(title: str) -> str:
    """A name without anything that a shell or a file system minds: letters, digits, hyphens; cut between words."""
    words = "".join(letter if letter.isalnum() else " " for letter in folded(printable(title))).split()
    name = "-".join(words)
    cut = name[:_LONGEST_NAME] if len(name) <= _LONGEST_NAME else name[:_LONGEST_NAME].rpartition("-")[0]
    return cut or name[:_LONGEST_NAME] or "papers"


def _short(path: Path) -> str:
    """With ~ for the home folder."""
    with suppress(ValueError, RuntimeError):
        return str(Path("~") / path.relative_to(Path.home()))
    return str(path)
