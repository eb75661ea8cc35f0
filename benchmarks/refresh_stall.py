"""Does a big refresh hold up the screen? 5,000 papers over HTTP on this machine into the real app, keys being pressed.

    python -m benchmarks.refresh_stall [PAPERS]

A month of papers, as much as is asked of one (30 pages of 100), is served in Hugging Face's form, and the rest by RSS
feeds of 100 papers each, all asked side by side. The server is a process of its own, so that what it works is not taken
for the app's. `R` is pressed in the month's window, then `j` every 20 ms.

Late is how much later than asked for a timer of the event loop fires, by the clock; own is the loop's own work
between two of them, in CPU time of its thread, which a busy machine does not change; others is the work of the app's
other threads meanwhile. Late and not own is waiting: for them, or for the machine. Told are the worst and the 99th per
cent, and the same while nothing is refreshed, keys being pressed too. The index is built by a child process, as ever.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from paperreader.library import Library
from paperreader.library.following import World as Places
from paperreader.paths import Paths
from paperreader.settings import RefreshTimes, Settings, SourceSettings, WorldSettings
from paperreader.tui.app import PaperReader
from paperreader.tui.messages import RefreshEnded
from tests.feeds.hub import entry, serve
from tests.feeds.world import World, tagged

PAPERS = 5_000
MONTH = 3_000
FEED = 100
STEP = 0.005
QUIET = 5.0
PATIENCE = 300.0
KEY = 0.02


class Tick(NamedTuple):
    """One round of the event loop's timer, in seconds."""

    late: float
    own: float
    others: float


async def ticks(until: asyncio.Event) -> list[Tick]:
    """How late a timer of 5 ms was each time, and who worked."""
    found = []
    while not until.is_set():
        began, own, whole = time.perf_counter(), time.thread_time(), time.process_time()
        await asyncio.sleep(STEP)
        late, mine = time.perf_counter() - began - STEP, time.thread_time() - own
        found.append(Tick(late, mine, time.process_time() - whole - mine))
    return found


def told(what: str, found: Sequence[Tick]) -> None:
    """Print the worst and the 99th per cent of each."""
    print(f"{what:18} {len(found):5} ticks", end="")
    for name in Tick._fields:
        each = sorted(getattr(tick, name) for tick in found)
        print(f"   {name} worst {each[-1] * 1000:6.1f} p99 {each[int(len(each) * 0.99)] * 1000:6.1f} ms", end="")
    print(
        f"   over 50 ms: {sum(tick.late > 0.05 for tick in found)} late, {sum(tick.own > 0.05 for tick in found)} own"
    )


async def measured(app: PaperReader) -> None:
    """Press keys at rest, then while refreshing, then until the index knows all."""
    ended: list[RefreshEnded] = []

    def heard(message: object) -> None:
        if isinstance(message, RefreshEnded):
            ended.append(message)

    async def pressed(until: float) -> None:
        await asyncio.sleep(KEY)
        app.last_touch = time.monotonic()  # as a key does: what waits until nobody touches anything goes on waiting
        app.reading.papers.action_down()
        if time.perf_counter() > until:
            sys.exit("it did not end")

    async with app.run_test(size=(140, 40), message_hook=heard) as pilot:
        await pilot.press("4")
        end, over = time.perf_counter() + QUIET, asyncio.Event()
        looking = asyncio.create_task(ticks(over))
        while time.perf_counter() < end:
            await pressed(end + PATIENCE)
        over.set()
        told("at rest", await looking)
        await pilot.press("1", "w", "w")
        over = asyncio.Event()
        looking = asyncio.create_task(ticks(over))
        began = time.perf_counter()
        app.action_refresh()
        while not ended:
            await pressed(began + PATIENCE)
        stored = time.perf_counter() - began
        over.set()
        told("while refreshing", await looking)
        over = asyncio.Event()
        looking = asyncio.create_task(ticks(over))
        while app.library.index_state().lag != 0:
            await pressed(began + PATIENCE)
        over.set()
        told("while indexing", await looking)
        print(f"stored in {stored:.1f} s, indexed after {time.perf_counter() - began:.1f} s: {ended[0].sentence}")
        app.exit()


def _rss(feed: int, papers: int) -> bytes:
    items = "".join(
        f"<item><title>Paper {feed} {at} of a feed</title><link>https://journal.example/{feed}/{at}</link>"
        f"<guid>journal-{feed}-{at}</guid><description>{'About what it found. ' * 40}</description></item>"
        for at in range(papers)
    )
    return f'<rss version="2.0"><channel><title>Journal {feed}</title>{items}</channel></rss>'.encode()


def _feeds(number: int) -> list[int]:
    """How many papers each feed has."""
    rest = max(0, number - MONTH)
    return [min(FEED, rest - at) for at in range(0, rest, FEED)]


def _serving(number: int, told: Connection) -> None:
    """In a process of its own: be the world, until told to end."""
    day = datetime.now(UTC).date().isoformat()
    world = World()
    month = range(1, min(number, MONTH) + 1)
    text = "About what it found. " * 60
    serve(world, {day: [entry(f"2608.{at:05}", day=day, upvotes=at % 97, summary=text) for at in month]})
    for feed, papers in enumerate(_feeds(number)):
        world.says(f"/feed/{feed}", tagged(_rss(feed, papers)))
    told.send(world.url)
    told.recv()
    world.close()


@contextmanager
def served(number: int) -> Iterator[str]:
    """The address of a world with so many papers."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serving, args=(number, there))
    process.start()
    try:
        yield str(here.recv())
    finally:
        here.send("end")
        process.join()


def main(number: int) -> None:
    """Serve, refresh, print."""
    with tempfile.TemporaryDirectory() as folder, served(number) as url:
        paths = Paths.under(Path(folder))
        library = Library.open(paths)
        for _ in library.reindex():
            pass
        world = WorldSettings(huggingface=SourceSettings(base_url=url))
        following = library.following(Places.of(world))
        for feed in range(len(_feeds(number))):
            following.follow(f"{url}/feed/{feed}")
        settings = Settings(file=paths.settings, refresh=RefreshTimes(on_start_hours=0), world=world)
        asyncio.run(measured(PaperReader(library, settings)))
        library.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PAPERS)
