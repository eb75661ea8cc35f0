"""The digest opened as a view: the next one, those before, and what is said where there is none."""

from __future__ import annotations

import sys
from datetime import time
from pathlib import Path

import pytest

from paperreader.digest.timers import systemd
from paperreader.digest.timers.job import Job, name
from paperreader.library import Library
from paperreader.library.digests.editions import beside
from paperreader.paper import Sighting
from paperreader.paths import Paths
from paperreader.settings import DigestSettings
from paperreader.store import ledger, recording
from paperreader.store.ledger import State
from paperreader.tui.messages import ListChanged
from paperreader.tui.panes.paper_list import PaperList
from paperreader.tui.screens.digesting import NEXT
from tests.tui.conftest import MEDIUM, NARROW, WIDE, Open, Reader

ME = "me@example.org"
WISHES = DigestSettings(to=(ME,))


@pytest.fixture(autouse=True)
def nobody_schedules(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The person who runs the tests may have a timer."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("HOME", str(tmp_path))


def told(library: Library, *numbers: int) -> None:
    """A feed lists these papers today, the first with most votes; a search finds the odd ones."""
    today = library.trends.today.isoformat()
    seen = [
        Sighting(
            source="huggingface",
            arxiv_id=f"2608.{number:05}",
            title=f"Paper {number} {'zyzzyva' if number % 2 else ''}",
            votes=1000 - number,
            listed=today,
        )
        for number in numbers
    ]
    for _ in recording.record(library._database, seen, library._now(), revive=False):
        pass


def send(library: Library, state: State = State.SENT, said: str = "") -> int:
    """The next digest of ME, entered."""
    draft = library.digests.draft(WISHES, ME)
    number = ledger.enter(library._database, draft.entry(state), draft.lines)
    ledger.settle(library._database, number, state, said)
    return number


def filled(paths: Paths) -> int:
    """A library with one digest sent, of papers 1 to 3, and fourteen papers that came after it, a search of them."""
    library = Library.open(paths)
    library.saved.save("odd", "zyzzyva")
    told(library, 1, 2, 3)
    number = send(library)
    told(library, *range(11, 25))
    for _ in library.reindex():
        pass
    library.close()
    return number


def shown_in_list(reader: Reader) -> list[str]:
    papers = reader.screen.papers
    return [papers.render_line(y).text for y in range(papers.size.height)]


async def opened(reader: Reader) -> None:
    reader.screen.settings = reader.screen.settings._replace(digest=WISHES)
    await reader.burst("d")
    await reader.until(lambda: reader.screen.collection == NEXT)
    await reader.calm()


@pytest.mark.parametrize("size", [WIDE, MEDIUM, NARROW])
async def test_the_next_digest_opens_as_a_list_in_its_sections_and_says_why(
    paths: Paths, reading: Open, size: tuple[int, int]
) -> None:
    filled(paths)
    async with reading(paths, size) as reader:
        before = len(reader.library.digests.history(ME))
        await opened(reader)
        papers = reader.screen.papers
        draft = reader.library.digests.draft(WISHES, ME).digest
        assert tuple(papers.listing.rids) == draft.rids
        assert [section.kind for section in draft.sections] == ["trending", "saved"]
        assert f"{len(draft.rids)} papers" in reader.shown()[0]
        assert "Digest" in reader.shown()[0] and "since " in reader.shown()[0]
        assert any("Trending" in line and "(10" in line for line in reader.shown())
        assert reader.of_kind(PaperList.CursorMoved)[-1].rid == draft.rids[0]
        assert reader.screen.more(draft.items[0].paper).why == draft.items[0].why
        if size != NARROW:
            assert any("4th of 17" in line for line in reader.shown())
        await reader.burst("G")
        assert any("Your search: odd" in line for line in reader.shown())
        assert papers.rid == draft.rids[-1]
        assert len(reader.library.digests.history(ME)) == before  # reading is not being sent


async def test_headings_are_stepped_over_clicked_without_effect_and_seen_at_the_top(
    paths: Paths, reading: Open
) -> None:
    filled(paths)
    async with reading(paths, MEDIUM) as reader:
        await opened(reader)
        papers = reader.screen.papers
        first = papers.listing.headings[1][0]
        for index in range(len(papers.listing)):
            line = papers.line_of(index)
            assert papers.item_at(line) == (index, 0)
            if index in papers.heads:
                assert papers.item_at(line - 1) == (index, -1)
        assert await reader.pilot.click(papers, offset=(9, 0))
        assert papers.cursor == 0
        assert await reader.pilot.click(papers, offset=(9, 2))
        assert papers.cursor == 1
        await reader.burst(*"j" * (first - 1))
        assert papers.cursor == first
        await reader.burst("G", "g")
        assert "Trending" in papers.render_line(0).text


async def test_what_is_done_to_its_papers_moves_none_but_removed_ones(paths: Paths, reading: Open) -> None:
    filled(paths)
    async with reading(paths) as reader:
        await opened(reader)
        papers = reader.screen.papers
        rids = list(papers.listing.rids)
        headings = papers.listing.headings
        await reader.burst("j", "b", "r", "space", "x")
        assert list(papers.listing.rids) == rids
        await reader.burst("escape", "g", "D")
        await reader.until(lambda: list(papers.listing.rids) == rids[1:])
        assert papers.listing.headings == ((0, headings[0][1]), (headings[1][0] - 1, headings[1][1]))
        await reader.burst("u")
        await reader.until(lambda: rids[0] in papers.listing.rids)


async def test_the_digests_before_are_shown_as_they_were_and_esc_goes_back(paths: Paths, reading: Open) -> None:
    number = filled(paths)
    async with reading(paths) as reader:
        await opened(reader)
        new = list(reader.screen.papers.listing.rids)
        await reader.burst("[")
        await reader.calm()
        assert reader.screen.edition is not None and reader.screen.edition.number == number
        assert tuple(reader.screen.papers.listing.rids) == reader.library.digests.entered(number).rids
        assert "sent " in reader.shown()[0] and "3 papers" in reader.shown()[0]
        await reader.burst("[")
        await reader.until(lambda: "No digest is known before this one" in reader.shown()[0])
        await reader.burst("]")
        await reader.calm()
        assert list(reader.screen.papers.listing.rids) == new
        await reader.burst("/", "zyzzyva", "enter")
        await reader.until(lambda: reader.screen.answer is not None)
        assert set(reader.screen.papers.listing.rids) <= set(new)
        assert not reader.screen.papers.heads
        await reader.burst("escape")
        await reader.calm()
        await reader.burst("escape")
        await reader.calm()
        assert reader.screen.collection is None and not reader.screen.papers.heads


async def test_an_empty_digest_says_so_and_when_the_next_is_due(paths: Paths, reading: Open, tmp_path: Path) -> None:
    filled(paths)
    library = Library.open(paths)
    send(library)
    library.close()
    async with reading(paths) as reader:
        await opened(reader)
        screen = " ".join(" ".join(line.strip("│ ") for line in shown_in_list(reader)).split())
        assert "nothing new" in reader.shown()[0]
        assert "Nothing is new since the digest of" in screen and "--schedule 08:00" in screen
        job = Job(name(paths.home), ("/bin/paperreader", "digest", "--send"), time(8))
        units = tmp_path / "config/systemd/user"
        units.mkdir(parents=True)
        for file, text in systemd.units(job).items():
            (units / file).write_text(text, encoding="utf-8")
        await reader.burst("d")
        await reader.calm()
        assert sys.platform == "darwin" or "is due at 08:00" in " ".join(shown_in_list(reader))
        await reader.burst("[")
        await reader.calm()
        assert len(reader.screen.papers.listing) > 10


async def test_new_papers_come_into_the_open_digest(paths: Paths, reading: Open) -> None:
    filled(paths)
    async with reading(paths) as reader:
        await opened(reader)
        before = set(reader.screen.papers.listing.rids)
        told(reader.library, 5)
        reader.screen.look_again()
        await reader.until(lambda: set(reader.screen.papers.listing.rids) != before)
        assert reader.of_kind(ListChanged)


async def test_a_mail_that_failed_and_one_whose_fate_is_unknown_are_told_of(paths: Paths, reading: Open) -> None:
    filled(paths)
    library = Library.open(paths)
    send(library, State.FAILED, "The server refused the login.")
    library.close()
    async with reading(paths) as reader:
        await opened(reader)
        assert any("did not go out" in line for line in reader.shown())
        unclear = send(reader.library, State.UNCLEAR, "the line broke")
        await reader.burst("d")
        await reader.calm()
        assert any("arrived is not known" in line for line in reader.shown())
        assert reader.screen.edition is not None
        assert beside(reader.library, reader.screen.edition, -1) == unclear


async def test_a_long_sentence_on_trouble_is_read_to_its_end_at_any_width(paths: Paths, reading: Open) -> None:
    filled(paths)
    library = Library.open(paths)
    unclear = send(library, State.UNCLEAR, "mail.example.org:587 was given the whole mail and then hung up")
    told(library, 31, 32)
    library.close()
    async with reading(paths, NARROW) as reader:
        await opened(reader)
        papers = reader.screen.papers
        sentence = f"`paperreader digest --again {unclear}` sends it as it was."
        above = papers.line_of(0)
        said = " ".join(" ".join(papers.render_line(y).text for y in range(above)).split())
        assert sentence in said and said.endswith("Trending (2)")
        assert papers.item_at(above) == (0, 0) and papers.cursor == 0
        await reader.pilot.resize_terminal(160, 40)
        await reader.calm()
        assert papers.line_of(0) < above
        said = " ".join(" ".join(papers.render_line(y).text for y in range(papers.line_of(0))).split())
        assert sentence in said
        assert await reader.pilot.click(papers, offset=(9, papers.line_of(1)))
        assert papers.cursor == 1


async def test_with_several_readers_each_ones_digest_is_shown_and_each_ones_trouble_told(
    paths: Paths, reading: Open
) -> None:
    filled(paths)
    library = Library.open(paths)
    number = ledger.enter(library._database, library.digests.draft(WISHES, "bo@example.org").entry(State.SENDING), [])
    ledger.settle(library._database, number, State.FAILED, "The server refused bo.")
    library.close()
    wishes = DigestSettings(to=(ME, "Bo <bo@example.org>"))
    async with reading(paths, WIDE) as reader:
        reader.screen.settings = reader.screen.settings._replace(digest=wishes)
        await reader.burst("d")
        await reader.until(lambda: reader.screen.collection == NEXT)
        await reader.calm()
        papers = reader.screen.papers
        assert "To me@example.org; d shows the next reader's." in papers.render_line(0).text
        above = " ".join(" ".join(papers.render_line(y).text for y in range(papers.line_of(0))).split())
        assert "to bo@example.org did not go out: The server refused bo." in above
        mine = set(papers.listing.rids)
        await reader.burst("d")
        await reader.calm()
        assert "To bo@example.org" in papers.render_line(0).text
        assert set(papers.listing.rids) - mine  # who got nothing yet gets the first ones too
        await reader.burst("[")
        await reader.until(lambda: "No digest is known before this one" in reader.shown()[0])
        await reader.burst("d")
        await reader.calm()
        await reader.burst("[")
        await reader.calm()
        assert "sent " in reader.shown()[0] and "To me@example.org." in papers.render_line(0).text
        await reader.burst("]")
        await reader.calm()
        assert reader.screen.collection == NEXT
