"""The full-screen program: owns the library, the themes, and the work that goes on behind the screen."""

from __future__ import annotations

import gc
import threading
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.console import RenderableType
from textual.command import Provider
from textual.filter import LineFilter
from textual.screen import Screen
from textual.theme import BUILTIN_THEMES, Theme

from paperreader.errors import LibraryUnusable, PaperReaderError, SettingsError
from paperreader.library import Library
from paperreader.paths import Paths
from paperreader.plain import printable
from paperreader.session import heed_terminal
from paperreader.settings import Settings
from paperreader.tui import glyphs, themes
from paperreader.tui.keys import bindings
from paperreader.tui.lifeline import Lifeline
from paperreader.tui.place import MEMORY, Memory
from paperreader.tui.screens.reading import ReadingScreen
from paperreader.tui.tending import TendingApp

_THEMES = {**BUILTIN_THEMES, **{theme.name: theme for theme in themes.THEMES}}

if TYPE_CHECKING:
    from paperreader.tui.interrupt import Interrupt
    from paperreader.tui.messages import LibraryLost, RefreshEnded


def run(paths: Paths, settings: Settings) -> int:
    """Open the library, show the screen, return the exit code.

    Raises StoreError and its kinds where the library cannot be opened, is damaged or replaced; SettingsError for a key
    or theme.
    """
    keys = _keymap(settings)
    _check_theme(settings)
    heed_terminal()
    if glyphs.is_ascii():
        from paperreader.tui.plain_terminal import make_plain

        make_plain()
    library = Library.open(paths)
    try:
        app = PaperReader(library, settings, keys)
        with Lifeline(app) as life:
            app.lifeline = life
            app.run()
        if app.damage is not None:
            raise app.damage
        if app.bug is not None:
            raise app.bug
        return life.exit_code
    finally:
        library.close()


def _check_theme(settings: Settings) -> None:
    if settings.theme and settings.theme not in _THEMES:
        line = settings.lines.get("theme", 1)
        known = ", ".join(sorted(_THEMES))
        raise SettingsError(settings.file, line, f"there is no theme {printable(settings.theme)!r}; known are {known}.")


def _keymap(settings: Settings) -> dict[str, str]:
    if not settings.keys:
        return {}
    from paperreader.tui.remapping import keymap

    return keymap(settings)


def _commands() -> type[Provider]:
    from paperreader.tui.palette import KeyCommands  # when the palette is wanted

    return KeyCommands


class PaperReader(TendingApp):
    """The app; everything that is about papers is on its screen."""

    TITLE = "paperreader"
    BINDINGS = bindings("app")
    ENABLE_COMMAND_PALETTE = True
    COMMANDS: ClassVar = {_commands}
    CSS_PATH = "screens/reading.tcss"  # here and not on the screen: Textual loads no CSS of a default screen

    def __init__(self, library: Library, settings: Settings, keys: Mapping[str, str] | None = None) -> None:
        self.colours = themes.depth()  # before Textual takes NO_COLOR out of the environment
        self.library = library
        self.settings = settings
        self.lifeline: Lifeline | None = None
        self.damage: LibraryUnusable | None = None
        library.trends.weights = settings.trending.weights
        library.trends.by_source = settings.trending.by_source
        self._plain = self._plain_signs()
        self._memory = Memory.load(self._recalled())
        # Before Textual's own beginning: a theme set after it costs a second parsing of all CSS, 11 ms of the start.
        self.set_reactive(PaperReader.theme, self._first_theme())
        super().__init__()
        self.animation_level = "none"  # over ssh each frame of an animation comes late, and nothing here needs one
        self._interrupt: Interrupt | None = None
        self.ending = threading.Event()
        self.set_keymap(dict(keys or {}))
        self.reading = ReadingScreen(library, self._memory, glyphs.choose(), settings, dict(keys or {}))

    def _plain_signs(self) -> Sequence[LineFilter]:
        if not glyphs.is_ascii():
            return ()
        from paperreader.tui.plain_terminal import PlainSigns

        return (PlainSigns(),)

    def _recalled(self) -> str | None:
        try:
            return self.library.recall(MEMORY)
        except PaperReaderError:
            return None

    def _first_theme(self) -> str:
        chosen = (name for name in (self._memory.theme, self.settings.theme) if name in _THEMES)
        return next(chosen, themes.first_theme(self.colours))

    @property
    def available_themes(self) -> dict[str, Theme]:
        """Textual's themes and ours; asked for at every line that is drawn."""
        return _THEMES

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's own, and where the terminal has only ASCII ours."""
        return [*super().get_line_filters(), *self._plain]

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own colours in any theme."""
        return themes.variables(self.current_theme, self.colours)

    def get_default_screen(self) -> Screen[None]:
        """The one that one reads on."""
        return self.reading

    # Beginning and end

    def on_load(self) -> None:
        """From here on a signal ends the app in order."""
        if self.lifeline is not None:
            self.lifeline.attach()

    def on_mount(self) -> None:
        """What is not needed for the first paint begins after it."""
        self.call_after_refresh(self._begin_work)

    def _begin_work(self) -> None:
        from paperreader.tui.suspension import Suspension

        gc.freeze()
        gc.enable()
        if self.ending.is_set():  # a signal came with the first paint: nothing begins any more
            return
        Suspension(self).attach()
        for notice in self.library.notices:
            self.notify(notice, severity="warning", markup=False, timeout=8)
        self.reading.count_views()
        self.begin_tending()
        self.begin_visit()

    def exit(self, result: None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """However the end comes, the place is kept and threads stop at their next step."""
        if not self.ending.is_set():
            self.ending.set()
            self.reading.remember_now()
            self.end_visit()
        super().exit(result, return_code, message)

    def on_refresh_ended(self, event: RefreshEnded) -> None:
        """New papers are in the lists now, the cursor's paper where it was; the index follows."""
        self.refresh_ended(event)
        self.reading.look_again()
        self.reading.count_views()
        self.work_on_index()

    def first_touch(self) -> None:
        """From now on, resting is reading."""
        self.reading.watch_reading()

    def on_library_lost(self, event: LibraryLost) -> None:
        """Nothing can be read any more: end in order, so that it can be said, and the last backup offered."""
        if self.damage is None:
            self.damage = event.error
            self.exit(return_code=1)

    def on_ready(self) -> None:
        """From now on a theme that changes was chosen, and is remembered."""
        if not self.ending.is_set():
            self.theme_changed_signal.subscribe(self, self._theme_chosen)

    def _theme_chosen(self, theme: Theme) -> None:
        self.reading.memory = self.reading.memory._replace(theme=theme.name)
        self.reading.remember_soon()

    # Keys

    def action_interrupt(self) -> None:
        """Ctrl+C: clear the field; twice: quit."""
        from paperreader.tui.interrupt import Interrupt  # 4 ms, with the clipboard

        self._interrupt = self._interrupt or Interrupt(self)
        self._interrupt.press()

    def action_suspend_process(self) -> None:
        """Ctrl+Z: in a field that can take back what was typed it does that; else back to the shell."""
        undo = getattr(self.focused, "action_undo", None)
        if undo is None:
            super().action_suspend_process()
        else:
            undo()

    async def action_help(self) -> None:
        """All keys."""
        from paperreader.tui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            await self.push_screen(HelpScreen(weights=self.library.trends.weights, missing=self.library.search.missing))

    def action_command_palette(self) -> None:
        """Every command by its name, in our colours."""
        from paperreader.tui.palette import LOOK

        self.stylesheet.add_source(LOOK, read_from=("palette.py", "LOOK"))
        super().action_command_palette()
