"""The index is brought up to date behind the screen: a few papers in a thread, many in a child process."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator, Callable, Sequence

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

Post = Callable[[Message], object]


async def bring_up(library: Library, paths: Paths, post: Post, stop: Callable[[], bool]) -> None:
    """Bring the index up to date and tell how far it is; returns at once where it is.

    `stop` is asked between steps. Ended by cancelling, it ends its child.
    """
    try:
        await _brought_up(library, paths, post, stop)
    except LibraryUnusable as error:
        post(LibraryLost(error))
    except PaperReaderError as error:
        post(IndexFailed(str(error)))


async def _brought_up(library: Library, paths: Paths, post: Post, stop: Callable[[], bool]) -> None:
    if not library.writable:
        return
    told = False
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
                await _by_child(paths, post)
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
    """The child ended without an index; says why."""


async def _by_child(paths: Paths, post: Post) -> None:
    child = await asyncio.create_subprocess_exec(
        *command(paths),
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
        raise ChildFailed(said[-_LAST_LINES:] or f"`paperreader reindex` ended with code {code}.")


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


def command(paths: Paths) -> Sequence[str]:
    """How this very program builds the index in another process."""
    home = ["--home", str(paths.home)] if paths.home is not None else []
    return [sys.executable, "-m", "paperreader", *home, "reindex", "--progress-lines"]
