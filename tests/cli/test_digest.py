"""`paperreader digest`: the real program, asking a server and mailing to servers of the test's own."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Program
from tests.cli.online import MakeWorld, make_world, settled
from tests.feeds.hub import Entry, entry
from tests.feeds.hub import serve as hub

__all__ = ["make_world"]

DAY = "2026-08-21"
TWO_DAYS = ("2026-08-20", "2026-08-21")


@pytest.fixture
def real_days(shared: Callable[[str], Path]) -> dict[str, list[Entry]]:
    return {day: json.loads(shared(f"payloads/hf_daily/{day}.json").read_bytes()) for day in TWO_DAYS}


def arxiv_links(text: str) -> list[str]:
    return [line.split("/abs/")[1] for line in text.splitlines() if "/abs/" in line]


def test_real_days_on_a_terminal_repeat_nothing(
    paperreader: Program, make_world: MakeWorld, real_days: dict[str, list[Entry]]
) -> None:
    world = make_world()
    settled(paperreader, world.url)
    days: dict[str, list[Entry]] = {}
    seen: list[str] = []
    for day, entries in real_days.items():
        days[day] = entries
        hub(world, days)
        assert paperreader("refresh").code == 0
        answer = paperreader("digest")
        assert answer.code == 0, answer.err
        assert len(arxiv_links(answer.out)) == 10
        assert all(len(line) <= 72 or line.startswith("https://") for line in answer.lines)
        again = paperreader("digest")
        assert again.out == answer.out
        assert "Nothing new since" in again.err
        seen += arxiv_links(answer.out)
    assert len(seen) == len(set(seen)) == 20


def test_a_library_without_a_refresh_says_that_nothing_is_new(paperreader: Program, tmp_path: Path) -> None:
    answer = paperreader("digest")
    assert answer.code == 0
    assert "Nothing new since the last digest." in answer.out
    target = tmp_path / "digest.txt"
    assert paperreader("digest", "-o", target).code == 0
    assert target.read_text(encoding="utf-8").split("\n", 1)[1] == answer.out.split("\n", 1)[1]
    assert paperreader("digest", "-o", target).code == 1


def test_every_format_is_written_to_a_file(paperreader: Program, make_world: MakeWorld, tmp_path: Path) -> None:
    world = make_world()
    settled(paperreader, world.url)
    hub(world, {DAY: [entry("2608.00001", title="A title")]})
    paperreader("refresh")
    begins = {
        "text": "paperreader, ",
        "markdown": "# paperreader, ",
        "html": "<!DOCTYPE",
        "eml": "Date: ",
        "atom": "<?xml",
    }
    for form, beginning in begins.items():
        target = tmp_path / f"digest.{form}"
        answer = paperreader("digest", "--format", form, "-o", target)
        assert (answer.code, answer.out) == (0, "")
        assert f"Wrote 1 paper to {target}." in answer.err
        written = target.read_text(encoding="utf-8")
        assert written.startswith(beginning) and "A title" in written
    assert paperreader("digest", "--format", "html", "-o", target, "--force").code == 0
    assert target.read_text(encoding="utf-8").startswith("<!DOCTYPE")
    assert paperreader("digest", "--format", "pdf").code == 2


def test_what_a_paper_says_cannot_steer_the_terminal(paperreader: Program, make_world: MakeWorld) -> None:
    world = make_world()
    settled(paperreader, world.url)
    hub(world, {DAY: [entry("2608.00001", title="A\x1b[31m \u202etitle", ai_summary="One.\x07 Two.")]})
    paperreader("refresh")
    answer = paperreader("digest")
    assert "\x1b" not in answer.out
    assert "\u202e" not in answer.out
    assert "\x07" not in answer.out
