"""The model for search by meaning reads the papers that are new, behind the screen, in a process that gives way."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from paperreader.errors import PaperReaderError
from paperreader.library import Library
from paperreader.tui.index_work import ChildFailed, Post, by_child, command
from paperreader.tui.messages import MeaningMoved, MeaningReady


async def read_papers(library: Library, post: Post, stop: Callable[[], bool]) -> None:
    """Where there is a model with papers to read, have it read them, and tell how far it is.

    It may take hours; ended by cancelling, it ends its child, and what was read stays read.
    """
    try:
        state = await asyncio.to_thread(library.search.meaning.state)
    except PaperReaderError:
        return  # of the library: whatever reads it next says so
    if stop() or not library.writable or not state.wants_making:
        return
    post(MeaningMoved(0, 0))
    try:
        reading = command(library.paths, "model", "make")
        await by_child(reading, lambda step: post(MeaningMoved(step.done, step.total)))
    except ChildFailed:
        return  # `paperreader model make` says what is the matter; words find as before
    finally:
        post(MeaningReady())
