"""A page as a browser draws it: headless Chromium, where it is installed."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
from html import escape, unescape
from pathlib import Path
from typing import Any

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
_PATIENCE = 120.0
_FRAME = """<!DOCTYPE html><meta name="color-scheme" content="light dark"><title>nothing</title>
<iframe width="{width}" height="800" style="border:0" srcdoc="{page}"></iframe>
<script>
const frame = document.querySelector('iframe');
frame.onload = () => {{ document.title = JSON.stringify(frame.contentWindow.eval({script})) }};
</script>
"""
"""A window of a browser is at least 500 wide, a frame as narrow as one likes."""


def chromium() -> str | None:
    """Its path; None where it is not installed."""
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


def take(page: str, picture: Path, *, width: int, height: int, dark: bool = False) -> None:
    """Write a picture (PNG) of the page's top. Raises RuntimeError where the browser makes none."""
    picture.unlink(missing_ok=True)
    _run(page, width, height, dark, f"--screenshot={picture}")
    if not picture.exists():
        raise RuntimeError(f"Chromium made no picture {picture}")


def measure(page: str, script: str, *, width: int, dark: bool = False) -> Any:
    """What the body of a JavaScript function returns in the page once it is loaded."""
    asked = f"(() => {{{script}}})()"
    asking = _FRAME.format(width=width, page=escape(page), script=json.dumps(asked))
    told = re.search(r"<title>(.*?)</title>", _run(asking, 1000, 900, dark, "--dump-dom"), re.DOTALL)
    assert told is not None, "the page has no title"
    return json.loads(unescape(told[1]))


def _run(page: str, width: int, height: int, dark: bool, *words: str) -> str:
    browser = chromium()
    if browser is None:
        raise RuntimeError("Chromium is not installed")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.html"
        file.write_text(page, encoding="utf-8")
        command = [
            browser,
            "--headless=new",
            "--no-sandbox",  # in a container the browser cannot make its own; the page is ours
            "--disable-gpu",
            "--hide-scrollbars",
            f"--user-data-dir={folder}/profile",
            f"--blink-settings=preferredColorScheme={0 if dark else 1}",
            f"--window-size={width},{height}",
            *words,
            file.as_uri(),
        ]
        done = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE, check=False)
    return done.stdout
