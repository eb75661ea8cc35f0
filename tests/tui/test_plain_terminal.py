import os
import subprocess
import sys

import pytest
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.scrollbar import ScrollBar
from textual.widgets import Static

from paperreader.tui.plain_terminal import make_plain


class Tall(App[None]):
    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Static("\n".join(map(str, range(37))))


async def test_scroll_bars_are_drawn_with_spaces_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ScrollBar, "renderer", ScrollBar.renderer)  # so that it is put back
    make_plain()
    app = Tall()
    async with app.run_test(size=(20, 10)) as pilot:
        for _ in range(5):
            await pilot.press("down")
            await pilot.pause()
            lines = [strip.text for strip in app.screen._compositor.render_strips()]
            assert all(line.isascii() for line in lines)
            backgrounds = {str(list(strip)[-1].style) for strip in app.screen._compositor.render_strips()}
            assert len(backgrounds) > 1  # the bar is there all the same


@pytest.mark.parametrize(("encoding", "written"), [("latin-1", b"caf\xe9 ? ?"), ("utf-8", "café → 漢".encode())])
def test_what_the_encoding_has_not_takes_one_cell(encoding: str, written: bytes) -> None:
    program = "import sys; from paperreader.tui.plain_terminal import make_plain; make_plain(); "
    program += "sys.__stderr__.write('caf\\xe9 \\u2192 \\u6f22')"
    environ = {**os.environ, "PYTHONIOENCODING": encoding}
    done = subprocess.run([sys.executable, "-c", program], env=environ, capture_output=True, check=True)
    assert done.stderr == written
