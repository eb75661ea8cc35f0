"""The index is brought up to date behind the screen: a few papers in a thread, many in a child process."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from typing import Any

from textual.message import Message

from paperreader.errors import IndexBusy, IndexDamaged, LibraryUnusable, PaperReaderError
from paperreader.library import Library
from paperreader.paths import Paths
from paperreader.tui.messages import IndexFailed, IndexMoved, IndexReady, IndexWaits, LibraryLost

FEW = 100
"""Papers that a thread beside the screen puts in: a commit of 1,200 froze the screen for 356 ms, a child for 18 ms."""
_MORE_POLITE = 2.0
"""Seconds between two looks at whether another process is through."""
_LAST_LINES = 400
# Characters of what the child complained of that are told.

_AGAIN = 5.0
"""Seconds after which is tried again what failed; twice as long after each failure, since most of them pass by
themselves (a database that another program held, a disk that was full)."""
_AGAIN_AT_MOST = 600.0

Post = Callable[[Message], object]


class IndexKeeper:
    """Brings the index up to date whenever it is asked to, once at a time; what failed it tries again by itself."""

    def __init__(
        self,
        work: Callable[[Post, bool], Coroutine[Any, Any, None]],
        post: Post,
        begin: Callable[[Coroutine[Any, Any, None]], object],
        later: Callable[[float, Callable[[], None]], object],
    ) -> None:
        """`work` is `bring_up` of a library, told whether to say that nothing is left to do; `begin` starts it beside
        the screen; `later` calls after so many seconds; `post` gets the news."""
        self._work, self._news, self._begin, self._later = work, post, begin, later
        self._busy = False
        self._failures = 0

    def bring_up(self) -> None:
        """Bring it up to date, unless that is under way."""
        if not self._busy:
            self._busy = True
            self._begin(self._once())

    async def _once(self) -> None:
        before = self._failures
        try:
            await self._work(self._post, before > 0)
        finally:
            self._busy = False
        if self._failures == before:
            self._failures = 0
        else:
            self._later(min(_AGAIN * 2**before, _AGAIN_AT_MOST), self.bring_up)

    def _post(self, news: Message) -> None:
        if isinstance(news, IndexFailed):
            news.again = self._failures > 0
            self._failures += 1
        self._news(news)


async def bring_up(library: Library, post: Post, stop: Callable[[], bool], *, told: bool = False) -> None:
    """Bring the index up to date and tell how far it is; where nothing was to do only if `told` of trouble before.

    `stop` is asked between steps. Ended by cancelling, it ends its child.
    """
    try:
        await _brought_up(library, post, stop, told=told)
    except LibraryUnusable as error:
        post(LibraryLost(error))
    except PaperReaderError as error:
        post(IndexFailed(str(error)))


async def _brought_up(library: Library, post: Post, stop: Callable[[], bool], *, told: bool) -> None:
    if not library.writable:
        return
    while not stop():
        if await asyncio.to_thread(library.index_busy):
            post(IndexWaits())
            told = True
            await asyncio.sleep(_MORE_POLITE)
            continue
        state = await asyncio.to_thread(library.index_state)
        if state.lag == 0:
            break
        told = True
        try:
            if state.usable and state.lag <= FEW:
                await asyncio.to_thread(_commit, library, post, stop)
            else:
                await by_child(command(library.paths, "reindex"), post)
        except (IndexBusy, IndexDamaged):
            await asyncio.sleep(_MORE_POLITE / 10)  # another process was quicker: look again what is left to do
        except ChildFailed as failure:
            post(IndexFailed(str(failure)))
            return
    if told:
        post(IndexReady())


def _commit(library: Library, post: Post, stop: Callable[[], bool]) -> None:
    for step in library.commit_changes(stop):
        post(IndexMoved(step.done, step.total, step.writing))


class ChildFailed(Exception):
    """The child did not do it; says why."""


async def by_child(words: Sequence[str], post: Callable[[IndexMoved], object]) -> None:
    """Have another process do it, and tell how far it is. Raises ChildFailed; cancelled, it ends the process."""
    child = await asyncio.create_subprocess_exec(
        *words,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert child.stdout is not None and child.stderr is not None
    complaint = asyncio.create_task(child.stderr.read())
    try:
        async for step in _steps(child.stdout):
            post(step)
        code = await child.wait()
    finally:
        if child.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                child.terminate()
            await child.wait()
        said = (await complaint).decode("utf-8", "replace").strip()
    if code:
        raise ChildFailed(said[-_LAST_LINES:] or f"`{' '.join(words)}` ended with code {code}.")


async def _steps(lines: asyncio.StreamReader) -> AsyncIterator[IndexMoved]:
    """What the child tells: "DONE TOTAL", or "writing"."""
    last = IndexMoved(0, 0)
    async for line in lines:
        words = line.decode("ascii", "replace").split()
        if words == ["writing"]:
            last = IndexMoved(last.total, last.total, writing=True)
        elif len(words) == 2 and all(word.isdigit() for word in words):
            last = IndexMoved(int(words[0]), int(words[1]))
        else:
            continue
        yield last


def command(paths: Paths, *words: str) -> Sequence[str]:
    """How this very program does something in another process, and tells how far it is."""
    home = ["--home", str(paths.home)] if paths.home is not None else []
    return [sys.executable, "-m", "paperreader", *home, *words, "--progress-lines"]
