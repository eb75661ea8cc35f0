"""The scenes of the pictures: the real app on the real starter papers, brought to a state that is worth seeing.

Votes, bookmarks and read marks of the scenes that are `lived_in` are made up (see `_live_in`), and so is the time that
a search took (`SEARCHED`), which no two runs have in common. All else is what anybody gets who presses the keys.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from rich.segment import Segment
from textual._compositor import LayoutUpdate
from textual.pilot import Pilot
from textual.scrollbar import ScrollBar
from textual.widgets import Input

from paperreader.library import Library
from paperreader.library.opening import starter_sightings
from paperreader.paper import Sighting, State, View
from paperreader.paths import Paths
from paperreader.settings import RefreshTimes, Settings
from paperreader.store import recording
from paperreader.store.database import Database
from paperreader.tui.app import PaperReader
from paperreader.tui.glyphs import is_ascii
from paperreader.tui.messages import PapersFound, RefreshMoved
from paperreader.tui.plain_terminal import PlainScrollBar

WIDE, MEDIUM, NARROW = (140, 40), (80, 24), (60, 20)

NOW = 1_735_732_800.0
"""When everything happens: noon of 1 January 2025, UTC, in seconds since 1970."""

_DAY = 86_400.0

SEARCHED = 0.002
"""Seconds that every search is said to have taken: about the median of a starter library."""

_PATIENCE = 60.0
# Seconds after which a screen that still changes is given up.

_TERMINAL = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}
_DECIDES = ("NO_COLOR", "COLORTERM", "COLORFGBG", "TERM", "LANG", "LC_", "TEXTUAL", "PAPERREADER_", "SSH_", "TMUX")
# Beginnings of the variables by which a screen could differ from machine to machine.


_BY_HAND = RefreshTimes(on_start_hours=0)
"""No scene asks the world for anything."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture."""

    name: str
    """Its file is screenshots/NAME.svg."""
    shows: str
    """What there is to see, in a sentence."""
    size: tuple[int, int]
    """Columns and rows."""
    keys: tuple[str, ...] = ()
    """What is pressed before the picture is taken, by Textual's names."""
    voted: bool = False
    """Whether feeds were asked for two days, as `_be_voted_for` makes up."""
    kept: bool = False
    """Whether it is lived in and has lists, tags, ratings and notes, as `_keep_there` makes up."""
    lived_in: bool = False
    """Whether the library has the made-up votes and marks, or is as at a first start."""
    asking: str = ""
    """How far a refresh is that nobody began: what its news would say."""
    theme: str = ""
    """The one that settings.toml names; empty: the app's own choice for this terminal."""
    terminal: Mapping[str, str] = field(default_factory=dict)
    """Environment variables by which this terminal differs from one that can do everything."""


SCENES = (
    Scene("wide", "The list, the text and the search side by side.", WIDE, ("s", "s", "s", "g"), lived_in=True),
    Scene("search", "A question, its hits and why they are hits.", WIDE, ("/", *"bootstrap track"), lived_in=True),
    Scene(
        "facets",
        "A question narrowed to a year; beside it what else narrows it.",
        WIDE,
        ("/", *"boot", "enter", "f", "j", "enter"),
        lived_in=True,
    ),
    Scene(
        "similar",
        "Papers like one, and the terms that say so.",
        WIDE,
        ("/", *"bootstap", "enter", "m", "f", "j", "j", "enter", "j", "plus"),
        lived_in=True,
    ),
    Scene(
        "lists",
        "A reading list in the person's own order; lists and tags in the search pane.",
        WIDE,
        ("f", "g", "j", "enter", "j"),
        kept=True,
    ),
    Scene(
        "choosing",
        "Many papers chosen, some of them as a range.",
        WIDE,
        ("space", "j", "space", "j", "v", *"jjj"),
        kept=True,
    ),
    Scene("undo", "What was done to three papers, undone.", WIDE, ("space", "space", "space", "b", "u"), kept=True),
    Scene("tags", "Tags for the chosen papers.", WIDE, (*"jjj", "space", "space", "space", "t"), kept=True),
    Scene("note", "A note being written below the text.", WIDE, (*"jjjjjjj", "n"), kept=True),
    Scene("note-medium", "The same in 80 columns.", MEDIUM, (*"jjjjjjj", "n"), kept=True, theme="paperreader-light"),
    Scene("export", "The chosen papers on their way into a file.", WIDE, ("space", "space", "space", "E"), kept=True),
    Scene("trending", "What people vote for this week, and why.", WIDE, ("1", "w", "j", "j"), voted=True),
    Scene("trending-medium", "The same for a day, in 80 columns.", MEDIUM, ("1", "j"), voted=True),
    Scene("digest", "What the next digest would have, in its sections.", WIDE, ("d", "j"), voted=True),
    Scene("digest-medium", "The same in 80 columns.", MEDIUM, ("d", "j"), voted=True),
    Scene(
        "refreshing",
        "Feeds being asked, each with its own progress.",
        MEDIUM,
        ("1", "j", "j"),
        voted=True,
        asking="Hugging Face 1/2  arXiv cs.CL 2/3",
    ),
    Scene("medium", "A first start in 80 columns and 24 lines.", MEDIUM, ("j", "j")),
    Scene("help", "The keys, found by typing.", WIDE, ("?", *"paper"), lived_in=True),
    Scene("light", "Like paper.", WIDE, ("j",) * 6, lived_in=True, theme="paperreader-light"),
    Scene("narrow", "One pane at a time in a narrow window: the text.", NARROW, ("j", "enter"), lived_in=True),
    Scene("narrow-list", "One pane at a time in a narrow window: the list.", NARROW, ("j", "j"), lived_in=True),
    Scene("first-start", "Before anything was done.", WIDE),
    Scene("nothing-found", "A question without an answer.", WIDE, ("5", "/", *"zyzzyva"), lived_in=True),
    Scene("no-bookmarks", "A view with nothing in it.", WIDE, ("6",)),
    Scene("no-refresh", "A view that waits for the first refresh.", MEDIUM, ("1",)),
    Scene("keys", "All keys.", MEDIUM, ("?",)),
    Scene("palette", "Any command by its name.", WIDE, ("ctrl+p", *"book"), lived_in=True),
    Scene(
        "plain",
        "A terminal without colours and with ASCII only.",
        MEDIUM,
        ("/", *"attention", "enter"),
        lived_in=True,
        terminal={"TERM": "vt100", "COLORTERM": "", "NO_COLOR": "1", "PAPERREADER_ASCII": "1"},
    ),
)


@dataclass(frozen=True, slots=True)
class Picture:
    """What was on the screen."""

    scene: Scene
    lines: tuple[tuple[Segment, ...], ...]
    """From above to below, each as wide as the screen."""


class Studio:
    """Four libraries to take pictures of, made once; every scene gets a copy."""

    def __init__(self, folder: Path) -> None:
        """`folder` is empty, or not there yet; it may be deleted afterwards."""
        self._folder = folder
        _first_start(folder / "new")
        shutil.copytree(folder / "new", folder / "lived-in")
        _live_in(folder / "lived-in")
        shutil.copytree(folder / "lived-in", folder / "kept")
        _keep_there(folder / "kept")
        shutil.copytree(folder / "new", folder / "voted")
        _be_voted_for(folder / "voted")

    async def take(self, scene: Scene) -> Picture:
        """Play the scene and take its picture. Raises TimeoutError if the screen never comes to rest."""
        home = self._folder / scene.name
        kinds = {"voted": scene.voted, "kept": scene.kept, "lived-in": scene.lived_in}
        kind = next((kind for kind, wanted in kinds.items() if wanted), "new")
        shutil.copytree(self._folder / kind, home)
        paths = Paths.under(home)
        with _in_terminal(scene.terminal):
            library = Library.open(paths, now=lambda: NOW)
            try:
                settings = Settings(file=paths.settings, read_after=0.0, theme=scene.theme, refresh=_BY_HAND)
                app = PaperReader(library, settings)
                async with app.run_test(size=scene.size, notifications=True) as pilot:
                    lines = await _played(app, pilot, scene)
                    app.exit()
            finally:
                library.close()
        return Picture(scene, lines)


def _first_start(home: Path) -> None:
    """A library as it is after its first start, indexed."""
    library = Library.open(Paths.under(home), now=lambda: NOW)
    for _ in library.reindex():
        pass
    library.close()


def _live_in(home: Path) -> None:
    """Make up what a refresh and a few weeks of reading would have left: votes for all papers, bookmarks, read marks.

    The votes fall off from 318 as those of a day's trending papers do; 89 has no factor in common with 247, so that
    `place` takes each value once, and the years are well mixed.
    """
    paths = Paths.under(home)
    papers = list(starter_sightings())
    votes = {paper.arxiv_id: round(318 / (1 + 0.12 * (at * 89 % len(papers)))) for at, paper in enumerate(papers)}
    database = Database(paths.database)
    seen = [Sighting(source="huggingface", arxiv_id=name, votes=number) for name, number in votes.items()]
    for _ in recording.record(database, seen, NOW + _DAY, revive=False):
        pass
    database.close()
    library = Library.open(paths, now=lambda: NOW)
    rids = [library.resolve(paper.arxiv_id) for paper in papers]
    library.mark_read(rids[3::6])
    library.bookmark(rids[2::11])
    library.close()


def _keep_there(home: Path) -> None:
    """Make up what somebody keeps who has used lists, tags, ratings and notes for a while, and where they export to."""
    library = Library.open(Paths.under(home), now=lambda: NOW)
    rids, keeping = list(library.listing(View.ALL)), library.keeping
    keeping.add(rids[5:60:7], "to read")
    keeping.add(rids[2:40:5], "diffusion survey")
    keeping.add(rids[1:30:9], "reading group")
    for first, step, tag in ((2, 5, "diffusion"), (3, 11, "rl"), (7, 17, "baseline"), (4, 23, "theory")):
        keeping.tag(rids[first::step], tag)
    keeping.set_state(rids[7:40:10], State.READING)
    for stars in (3, 4, 5):
        keeping.rate(rids[stars + 4 : 60 : 13], stars)
    for rid in rids[7:60:15]:
        keeping.annotate(rid, _NOTE)
    library.remember("export", json.dumps({"folder": "~/papers", "format": "bibtex"}))
    library.close()


_NOTE = """## For the survey

- the **ablation** in section 5 is what we need
- compare with our `baseline.py`, in runs/7

> Ask whether the code has the second stage.
"""


def _be_voted_for(home: Path) -> None:
    """Make up what six refreshes within two days would have left for 60 papers, the quicker ones listed today."""
    paths = Paths.under(home)
    papers = list(starter_sightings())[::4][:60]
    database = Database(paths.database)
    for hours in (44, 32, 26, 14, 6, 1):
        seen = [
            Sighting(
                source="huggingface",
                arxiv_id=paper.arxiv_id,
                votes=_votes_after(at, 48 - hours),
                comments=at % 7,
                stars=at * 41 % 900 if paper.code else None,
                listed="2024-12-31" if at % 3 else "2025-01-01",
                organisation="Example Lab" if at % 4 == 0 else "",
                submitter="ada" if at % 5 == 0 else "",
            )
            for at, paper in enumerate(papers)
        ]
        for _ in recording.record(database, seen, NOW - hours * 3600, revive=False):
            pass
    database.close()
    library = Library.open(paths, now=lambda: NOW)
    rids = [library.resolve(paper.arxiv_id) for paper in papers]
    library.mark_read(rids[3::6])
    library.bookmark(rids[2::11])
    library.close()


def _votes_after(at: int, hours: int) -> int:
    """Some begin early and slow down, others the other way round; 23 has no factor in common with 60."""
    most = 260 / (1 + 0.15 * (at * 23 % 60))
    return round(most * float((hours / 48) ** (0.4 + at % 5)))


@contextmanager
def _in_terminal(differs: Mapping[str, str]) -> Iterator[None]:
    """An environment that says of the terminal what the scene wants, whatever machine this is."""
    before = dict(os.environ)
    for name in before:
        if name.startswith(_DECIDES):
            del os.environ[name]
    os.environ.update({**_TERMINAL, **differs})
    renderer = ScrollBar.renderer
    if is_ascii():
        ScrollBar.renderer = PlainScrollBar  # as the program's entry does, for good
    try:
        yield
    finally:
        ScrollBar.renderer = renderer
        os.environ.clear()
        os.environ.update(before)


async def _played(app: PaperReader, pilot: Pilot[None], scene: Scene) -> tuple[tuple[Segment, ...], ...]:
    await _at_rest(app, pilot)
    for key in scene.keys:
        await pilot.press(key)
    if scene.asking:
        app.reading.post_message(RefreshMoved(scene.asking))
    lines = await _at_rest(app, pilot)
    answer = app.reading.answer
    if answer is not None and app.reading.likeness is not None:
        app.reading.search.tell(replace(answer, seconds=SEARCHED))
        lines = await _at_rest(app, pilot)
    elif answer is not None:
        told = PapersFound(app.reading.search.question.value, replace(answer, seconds=SEARCHED), app.reading.search.how)
        app.reading.search.on_papers_found(told)
        lines = await _at_rest(app, pilot)
    return lines


async def _at_rest(app: PaperReader, pilot: Pilot[None]) -> tuple[tuple[Segment, ...], ...]:
    """The screen, once nothing is at work behind it and it is the same at two looks in a row."""
    end = time.monotonic() + _PATIENCE
    before = None
    while time.monotonic() < end:
        await pilot.pause()
        _keep_cursor(app)
        now = _screen(app) if _is_done(app) else None
        if now is not None and now == before:
            return now
        before = now
        await asyncio.sleep(0)
    raise TimeoutError("the screen does not come to rest")


def _is_done(app: PaperReader) -> bool:
    """Whether views are counted, workers through, the question answered, and the text there with similar papers."""
    screen = app.reading
    shown = screen.detail.paper.rid if screen.detail.paper is not None else None
    asked = bool(screen.search.question.value.strip())
    return (
        bool(screen.counts)
        and all(worker.is_finished for worker in app.workers)
        and shown == screen.papers.rid
        and screen._resting is None  # similar papers are sought once the text was looked at for a moment
        and (asked or screen.likeness is not None) == (screen.answer is not None)
        and not screen.counting
    )


def _keep_cursor(app: PaperReader) -> None:
    """A cursor that blinks is on one picture and not on the next."""
    for each in app.screen.query(Input):
        if each.has_focus:
            each.cursor_blink = False
            each._pause_blink(visible=True)


def _screen(app: PaperReader) -> tuple[tuple[Segment, ...], ...]:
    update = app.screen._compositor.render_update(full=True, screen_stack=app._background_screens, simplify=True)
    assert isinstance(update, LayoutUpdate)
    return tuple(tuple(segment for strip in line for segment in strip) for line in update.strips)
