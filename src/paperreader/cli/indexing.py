"""Waiting until the search index has heard of every paper, and helping it along."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeVar

from paperreader.cli.progress import Progress
from paperreader.cli.streams import say
from paperreader.errors import IndexBusy, SearchError

if TYPE_CHECKING:
    from paperreader.library import Indexed, Library

Answer = TypeVar("Answer")

_PAUSE = 0.2
"""Seconds between two looks at another process that is at work: a look costs a millisecond."""


def bring_up(library: Library) -> None:
    """Return when the index has caught up: wait for a process that is at it, then do what is left.

    An index that cannot be written is only told of: papers are still found by their titles.
    """
    lag = library.index_lag()
    while lag:
        try:
            _wait(library)
            with Progress() as progress:
                show(progress, library.catch_up())
        except IndexBusy:
            continue  # somebody was quicker
        except SearchError as error:
            say(str(error))
            return
        before, lag = lag, library.index_lag()
        if lag >= before:
            say(f"The search index still lacks {lag:,} papers. `paperreader reindex` builds it anew.")
            return


def answer(library: Library, ask: Callable[[], Answer]) -> Answer:
    """What is asked of the index; asked again where it turns out to be damaged, once it is built anew."""
    told = ask()
    if not library.search.spoilt:
        return told
    library.search.spoilt = False
    bring_up(library)
    return ask()


def show(progress: Progress, steps: Iterable[Indexed]) -> None:
    """Go through the steps and show how far they are."""
    for step in steps:
        if step.writing:
            progress.tell("Writing the search index ...")
        else:
            progress.show("Indexing", step.done, step.total)


def _wait(library: Library) -> None:
    if not library.index_busy():
        return
    say("Another paperreader is writing the search index; waiting for it. Ctrl+C ends the waiting.")
    while library.index_busy():
        time.sleep(_PAUSE)
