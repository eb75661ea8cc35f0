"""Titles, authors and texts that would be markup, steer the terminal or turn the line: shown as text, in every pane."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from paperreader.library import Library
from paperreader.paper import View
from paperreader.paths import Paths
from tests.tui.conftest import MEDIUM, NARROW, WIDE, Open

CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")

WORDS = " long words"

TITLES = {
    "brackets": "[CLS] is all you need",
    "closing": "On [/foo] and [bar]",
    "whole": "[Clinical study on the therapeutic effect of acupuncture in the treatment of post-stroke depression].",
    "action": "[@click=app.quit]press me[/] and [bold red]be bold[/bold red]",
    "escape": "Red \x1b[31malert\x1b[0m and a bell\x07 and \x1b]0;owned\x07 a title",
    "c1": "C1 \x9b31m and \x84 controls",
    "override": "Right \u202eot tfel\u202c and \u2067isolated\u2069 text",
    "cjk": "大規模言語モデルにおける注意機構の再検討：日本語と中文的比較研究",
    "combining": "Z\u0351\u036b\u0343a\u0321\u030al\u0334g\u0323o " * 8,
    "newline": "A title\nof two\r\nlines\tand a tab",
    "rich": "$yours and :smile: and {braces} and \\[escaped]",
    "tex": r"On $\alpha$-divergence and \textit{unclosed { $",
    "emoji": "👩\u200d👩\u200d👧 families of models",
}


@pytest.fixture
def hostile(paths: Paths, tmp_path: Path) -> Paths:
    """A library of nothing but such papers."""
    authors = ["[red]Mallory[/red]", "Eve \x1b[2J Adams", "Li \u202eevil"]
    lines = [
        {
            "id": name,
            "title": title,
            "authors": authors,
            "published": "2024-05-0" + str(1 + number % 9),
            "abstract": f"Zebra text of {title} [/] [link=x]y[/link] \x1b[5m" + WORDS * (3 if number else 900),
            "keywords": [title, "[/]"],
            "url": "https://example.org/[/x]?\x1b[31m",
            "code": "https://example.org/ok[1]",
        }
        for number, (name, title) in enumerate(TITLES.items())
    ]
    lines.append({"id": "nothing"})
    lines.append({"id": "many", "title": "Many", "authors": [f"[b]A{n}[/b]" for n in range(664)], "abstract": ""})
    file = tmp_path / "hostile.jsonl"
    file.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    library = Library.open(paths, starter=False)
    for _ in library.import_files([file]):
        pass
    for _ in library.reindex():
        pass
    library.close()
    return paths


@pytest.mark.parametrize("size", [WIDE, MEDIUM, NARROW, (40, 10)])
async def test_every_hostile_title_is_only_text_in_every_pane(
    hostile: Paths, reading: Open, size: tuple[int, int]
) -> None:
    async with reading(hostile, size) as reader:
        count = len(TITLES) + 2
        assert len(reader.screen.papers.listing) == count
        seen = set()
        for _ in range(count):
            seen.add(reader.row().rid)
            await reader.burst("enter", "e", "G", "g", "escape", "b", "j")
            lines = reader.shown()
            assert not [line for line in lines if CONTROL.search(line)]
            assert len(lines) == size[1]
        assert len(seen) == count
        assert reader.library.counts()[View.BOOKMARKS] == count


async def test_brackets_are_shown_in_list_and_text(hostile: Paths, reading: Open) -> None:
    async with reading(hostile, (200, 50)) as reader:
        text = "\n".join(reader.shown())
        for title in ("[CLS] is all you need", "On [/foo] and [bar]", "[@click=app.quit]press me[/]", "$yours and"):
            assert title in text
        assert "␛[31malert" in text
        assert "(untitled)" in text


async def test_hostile_questions_are_only_questions(hostile: Paths, reading: Open) -> None:
    async with reading(hostile) as reader:
        for question in ("[/foo]", "[bold", "[@click=app.quit]", "$yours", "zebra"):
            await reader.burst("/", *question)
            assert reader.screen.search.question.value == question
            assert question in reader.shown()[2]
            await reader.burst("escape", "/", "right")
            assert reader.screen.search.question.value == question
            await reader.burst("escape")
        assert reader.app.is_running


async def test_hits_are_marked_in_hostile_text(hostile: Paths, reading: Open) -> None:
    async with reading(hostile) as reader:
        await reader.burst("/", "zebra", "enter")
        for _ in range(len(TITLES)):
            await reader.burst("j")
            assert not [line for line in reader.shown() if CONTROL.search(line)]


async def test_what_is_done_to_hostile_papers_is_told_as_text(hostile: Paths, reading: Open) -> None:
    async with reading(hostile) as reader:
        for _ in range(len(TITLES)):
            await reader.burst("b")
            assert not CONTROL.search(reader.shown()[0])
            await reader.burst("D", "u", "j")
        assert reader.app.is_running


async def test_what_is_pasted_steers_nothing(hostile: Paths, reading: Open) -> None:
    from textual.events import Paste

    async with reading(hostile) as reader:
        await reader.burst("/")
        reader.app.post_message(Paste("zebra \x1b[31m\nsecond line"))
        await reader.calm()
        assert reader.screen.search.question.value == "zebra ␛[31m second line"


async def test_a_text_of_ten_thousand_characters_is_read_to_its_end(hostile: Paths, reading: Open) -> None:
    async with reading(hostile, MEDIUM) as reader:
        rid = reader.library.resolve(next(iter(TITLES)))
        index = reader.screen.papers.listing.index_of(rid)
        assert index is not None
        reader.screen.papers.move_to(index)
        await reader.calm()
        await reader.burst("enter", "G")
        assert "#[/]" in "\n".join(reader.shown())
