"""A frame draws what has changed and no more."""

from __future__ import annotations

import asyncio

import pytest
from textual.strip import Strip

from paperreader.paths import Paths
from paperreader.tui.panes.paper_list import PaperList
from tests.tui.conftest import Open


async def test_a_changed_line_is_painted_without_drawing_the_list(
    indexed: Paths, reading: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(indexed) as reader:
        drawn: list[int] = []
        draw = PaperList.render_line

        def render_line(pane: PaperList, y: int) -> Strip:
            drawn.append(y)
            return draw(pane, y)

        monkeypatch.setattr(PaperList, "render_line", render_line)
        painted = asyncio.Event()
        reader.screen.status.say("Only the line above says this.")
        reader.screen.call_after_refresh(painted.set)
        await painted.wait()
        assert not drawn
        assert any("Only the line above says this." in line for line in reader.shown())
