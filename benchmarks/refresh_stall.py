"""Does a big refresh hold up the screen? 5,000 papers over HTTP on this machine into the real app, keys being pressed.

    python -m benchmarks.refresh_stall [PAPERS]

A month of papers is served by the loopback hub of the tests; `R` is pressed in its window, then `j` every 20 ms. The
stall is how much later than asked for a timer of the event loop fires; told are the worst, the 99th per cent, and what
the same loop does while nothing is refreshed (the machine's own share). The index is built by a child process, as ever.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from paperreader.library import Library
from paperreader.paths import Paths
from paperreader.settings import RefreshTimes, Settings, SourceSettings, WorldSettings
from paperreader.tui.app import PaperReader
from paperreader.tui.messages import RefreshEnded
from tests.feeds.hub import entry, serve
from tests.feeds.world import World

PAPERS = 5_000
STEP = 0.005
QUIET = 5.0
PATIENCE = 300.0
KEY = 0.02


async def stalls(until: asyncio.Event) -> list[float]:
    """How late, in seconds, a timer of 5 ms was each time."""
    late = []
    while not until.is_set():
        began = time.perf_counter()
        await asyncio.sleep(STEP)
        late.append(time.perf_counter() - began - STEP)
    return late


def told(what: str, late: list[float]) -> None:
    late.sort()
    print(
        f"{what:24} worst {late[-1] * 1000:6.1f} ms   p99 {late[int(len(late) * 0.99)] * 1000:6.1f} ms   n {len(late)}"
    )


async def measured(app: PaperReader, number: int) -> None:
    ended: list[RefreshEnded] = []
    hook = lambda message: ended.append(message) if isinstance(message, RefreshEnded) else None  # noqa: E731 - one line
    async with app.run_test(size=(140, 40), message_hook=hook) as pilot:
        await pilot.press("1", "w", "w")
        quiet = asyncio.Event()
        asyncio.get_running_loop().call_later(QUIET, quiet.set)
        told("at rest", await stalls(quiet))
        over = asyncio.Event()
        looking = asyncio.create_task(stalls(over))
        began = time.perf_counter()
        app.action_refresh()
        while not ended and time.perf_counter() - began < PATIENCE:
            await asyncio.sleep(KEY)
            app.reading.papers.action_down()
        stored = time.perf_counter() - began
        while app.library.index_state().lag != 0 and time.perf_counter() - began < PATIENCE:
            await asyncio.sleep(KEY)
            app.reading.papers.action_down()
        over.set()
        told("while refreshing", await looking)
        print(f"{number} papers: stored in {stored:.1f} s, indexed after {time.perf_counter() - began:.1f} s")
        print(ended[0].sentence if ended else "it did not end")
        app.exit()


def main(number: int) -> None:
    day = datetime.now(UTC).date().isoformat()
    world = World()
    serve(world, {day: [entry(f"2608.{at:05}", day=day, upvotes=at % 97) for at in range(1, number + 1)]})
    with tempfile.TemporaryDirectory() as folder:
        paths = Paths.under(Path(folder))
        library = Library.open(paths)
        for _ in library.reindex():
            pass
        base = SourceSettings(base_url=world.url)
        settings = Settings(
            file=paths.settings, refresh=RefreshTimes(on_start_hours=0), world=WorldSettings(huggingface=base)
        )
        asyncio.run(measured(PaperReader(library, settings), number))
        library.close()
    world.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PAPERS)
