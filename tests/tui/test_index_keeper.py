"""What failed to be indexed is tried again by itself, and the line above says so only while it is true."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Coroutine
from typing import Any

from textual.message import Message

from paperreader.paths import Paths
from paperreader.tui.index_work import IndexKeeper, Post
from paperreader.tui.messages import IndexFailed, IndexReady
from tests.tui.conftest import MEDIUM, Open


class Scene:
    """A keeper whose work fails as often as told; what it asks for later is done by hand."""

    def __init__(self, failures: int) -> None:
        self.failures = failures
        self.news: list[Message] = []
        self.told: list[bool] = []
        self.later: list[tuple[float, Callable[[], None]]] = []
        self.begun: list[Coroutine[Any, Any, None]] = []
        self.keeper = IndexKeeper(self.work, self.news.append, self.begun.append, self.note)

    async def work(self, post: Post, told: bool) -> None:
        self.told.append(told)
        self.failures -= 1
        post(IndexFailed("The database is locked.") if self.failures >= 0 else IndexReady())

    def note(self, seconds: float, again: Callable[[], None]) -> None:
        self.later.append((seconds, again))

    async def run(self) -> None:
        while self.begun:
            await self.begun.pop()


async def test_what_failed_is_tried_again_ever_later_and_told_aloud_once() -> None:
    scene = Scene(failures=3)
    scene.keeper.bring_up()
    scene.keeper.bring_up()
    assert len(scene.begun) == 1
    await scene.run()
    for _ in range(3):
        scene.later[-1][1]()
        await scene.run()
    assert [seconds for seconds, _ in scene.later] == [5.0, 10.0, 20.0]
    assert [news.again for news in scene.news if isinstance(news, IndexFailed)] == [False, True, True]
    assert isinstance(scene.news[-1], IndexReady)
    assert scene.told == [False, True, True, True]
    scene.failures = 1
    scene.keeper.bring_up()
    await scene.run()
    assert scene.later[-1][0] == 5.0


async def test_the_pauses_have_an_end() -> None:
    scene = Scene(failures=20)
    scene.keeper.bring_up()
    await scene.run()
    for _ in range(12):
        scene.later[-1][1]()
        await scene.run()
    assert scene.later[-1][0] == 600.0


async def test_titles_only_is_said_until_the_index_is_there(paths: Paths, reading: Open) -> None:
    paths.ensure()
    paths.index.parent.mkdir(parents=True, exist_ok=True)
    paths.index.write_text("a file where the folder should be")
    async with reading(paths, MEDIUM) as reader:
        await reader.until(lambda: "not indexed: titles only" in reader.shown()[0])
        await asyncio.to_thread(os.remove, paths.index)
        reader.app.work_on_index()
        await reader.until(lambda: reader.of_kind(IndexReady))
        await reader.calm()
        assert "not indexed" not in reader.shown()[0]
        assert len(reader.of_kind(IndexFailed)) == 1
