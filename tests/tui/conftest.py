"""The real app over a real library in tmp_path, in a terminal that is not there."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import pytest
from textual.events import Key
from textual.keys import _character_to_key
from textual.message import Message
from textual.pilot import Pilot

from paperreader.library import Library
from paperreader.paper import Row
from paperreader.paths import Paths
from paperreader.settings import RefreshTimes, Settings
from paperreader.tui.app import PaperReader
from paperreader.tui.screens.reading import ReadingScreen

Kind = TypeVar("Kind", bound=Message)

WIDE, MEDIUM, NARROW = (140, 40), (80, 24), (60, 20)
_PATIENCE = 20.0


@dataclass
class Reader:
    """The app while it runs, and short ways to ask of it what a person would see."""

    app: PaperReader
    pilot: Pilot[None]
    messages: list[Message] = field(default_factory=list)
    """What was posted, in order."""

    @property
    def screen(self) -> ReadingScreen:
        return self.app.reading

    @property
    def library(self) -> Library:
        return self.app.library

    def pane(self) -> str:
        """Which pane has the focus."""
        return self.screen.pane

    def row(self) -> Row:
        """The line under the cursor."""
        row = self.screen.papers.listing.row_at(self.screen.papers.cursor)
        assert row is not None
        return row

    async def burst(self, *keys: str) -> None:
        """Press keys as a terminal hands them over that was busy: all at once; words letter by letter."""
        for name in keys:
            for key in [name] if name in _NAMED or "+" in name or len(name) == 1 else name:
                character = key if len(key) == 1 else None
                self.app.post_message(Key(_character_to_key(key) if character else key, character))
        await self.calm()

    async def calm(self) -> None:
        """Wait until every key was obeyed, every answer has come and the text has followed."""
        await self.pilot.pause()
        await self.until(
            lambda: not [work for work in self.app.workers if work.group in _ANSWERING and work.is_running]
        )
        await self.until(lambda: self.screen._following is None or self.app._exit)
        await self.pilot.pause()

    async def until(self, happened: Callable[[], object]) -> None:
        """Wait for something that threads bring; fails when it does not come."""
        end = time.monotonic() + _PATIENCE
        while not happened():
            assert time.monotonic() < end, "it did not happen"
            await self.pilot.pause()
            await asyncio.sleep(0.001)

    def shown(self) -> list[str]:
        """The lines of the screen."""
        strips = self.app.screen._compositor.render_strips()
        return [strip.text for strip in strips]

    def of_kind(self, kind: type[Kind]) -> list[Kind]:
        """The messages of one kind, each once, though the hook hears them at every widget that they come through."""
        return list({id(message): message for message in self.messages if isinstance(message, kind)}.values())


_NAMED = {"enter", "escape", "tab", "up", "down", "backspace", "home", "end", "pagedown", "pageup"}
_NAMED |= {"right", "left", "space", "delete", "f2", "f3", "f4", "f7", "f8"}
_ANSWERING = {"find", "count", "reread", "act"}

Open = Callable[..., AbstractAsyncContextManager[Reader]]


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """A home of its own."""
    return Paths.under(tmp_path / "home")


@pytest.fixture
def indexed(paths: Paths) -> Paths:
    """The home of a starter library whose index is built."""
    library = Library.open(paths)
    for _ in library.reindex():
        pass
    library.close()
    return paths


@pytest.fixture
def reading() -> Open:
    """`async with reading(paths, size=(140, 40)) as reader:`: the app, its list on the screen."""

    @asynccontextmanager
    async def opened(
        paths: Paths, size: tuple[int, int] = WIDE, *, read_after: float = 0.0, keys: dict[str, str] | None = None
    ) -> AsyncIterator[Reader]:
        library = Library.open(paths)
        app = PaperReader(
            library,
            Settings(file=paths.settings, refresh=RefreshTimes(on_start_hours=0))._replace(read_after=read_after),
            keys,
        )
        messages: list[Message] = []
        # Threads of its own, which `asyncio.run` would join: no thread may use a library that is closed.
        threads = ThreadPoolExecutor(8)
        asyncio.get_running_loop().set_default_executor(threads)
        try:
            async with app.run_test(size=size, notifications=True, message_hook=messages.append) as pilot:
                reader = Reader(app, pilot, messages)
                await reader.until(lambda: app.screen is app.reading and bool(app.reading.counts))
                await reader.calm()
                yield reader
                app.exit()
        finally:
            threads.shutdown()
            library.close()

    return opened
