"""A link into the person's browser, or the reason why it is better shown and copied.

Nothing is ever started that would draw into the terminal: over ssh, without a display, and where only a browser for
the terminal would answer, the link is shown instead.
"""

from __future__ import annotations

import asyncio
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from paperreader.plain import web_address
from paperreader.session import Session, session

TEXT_BROWSERS = frozenset(
    (
        "w3m",
        "lynx",
        "links",
        "links2",
        "elinks",
        "browsh",
        "carbonyl",
        "chawan",
        "cha",
        "netrik",
        "retawq",
        "www-browser",
    )
)
"""Programs that draw into the terminal."""
_CANDIDATES = ("x-www-browser", "firefox", "chromium", "chromium-browser", "google-chrome", "brave-browser", "epiphany")
"""Where there is no xdg-open."""
_PATIENCE = 1.0
"""Seconds in which a command that cannot open the link says so; what runs longer has opened it."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What became of a link."""

    url: str
    """The address as it was handed on; empty where it is no web address."""
    started: bool
    """Whether a browser was started; if not, show the link and copy it."""
    reason: str = ""
    """Why not."""

    @property
    def sentence(self) -> str:
        """For the toast."""
        return f"Opened {self.url}" if self.started else self.reason


async def open_link(url: str, command: str = "", environ: Mapping[str, str] | None = None) -> Opened:
    """Open the link with `command` (settings.toml), $BROWSER or what the system has; never raises, never waits long.

    `environ` is for tests: the environment that decides what there is.
    """
    return await asyncio.to_thread(_opened, url, command, environ)


def open_page(page: Path, command: str = "", environ: Mapping[str, str] | None = None) -> Opened:
    """Open a page of this machine in the same way."""
    return _shown(page.as_uri(), command, environ, sys.platform)


def _opened(url: str, command: str, environ: Mapping[str, str] | None, platform: str = sys.platform) -> Opened:
    target = web_address(url)
    if not target:
        return Opened("", False, "This paper has no link to the web.")
    return _shown(target, command, environ, platform)


def _shown(target: str, command: str, environ: Mapping[str, str] | None, platform: str) -> Opened:
    here = session(environ, platform)
    if here.over_ssh:
        return Opened(target, False, "You are here by ssh: open the link at your own machine.")
    if not here.display:
        return Opened(target, False, "There is no display for a browser here.")
    tried = ""
    for words in commands(command, here, platform):
        if _is_text_browser(words[0], here.environ):
            tried = tried or f"{Path(words[0]).name} would draw into this terminal."
        elif _started(words, target, here.environ):
            return Opened(target, True)
        else:
            tried = f"{Path(words[0]).name} could not open it."
    return Opened(target, False, tried or "No browser was found.")


def commands(command: str, here: Session, platform: str = sys.platform) -> Iterator[list[str]]:
    """What may open a link, the person's own choice first and, where there is one, alone."""
    own = [
        words
        for each in ([command] if command else here.environ.get("BROWSER", "").split(":"))
        if (words := _words(each))
    ]
    if own:
        yield from own
        return
    if platform == "darwin":
        yield ["open"]
    elif here.environ.get("WSL_DISTRO_NAME"):
        yield ["wslview"]
        yield ["explorer.exe"]
    elif _desktop_has_browser(here.environ):
        yield ["xdg-open"]
    else:
        yield from ([name] for name in _CANDIDATES if shutil.which(name, path=here.environ.get("PATH")))


def with_link(words: list[str], url: str) -> list[str]:
    """The command with the link as one argument: in the place of %s, else at its end."""
    if any("%s" in word for word in words[1:]):
        return [words[0], *(word.replace("%s", url) for word in words[1:])]
    return [*words, url]


def _words(command: str) -> list[str]:
    try:
        return shlex.split(command)
    except ValueError:  # a quotation mark that is never closed
        return []


def _is_text_browser(program: str, environ: Mapping[str, str]) -> bool:
    """By its name, and by the name of what a link such as /etc/alternatives/www-browser leads to."""
    found = shutil.which(program, path=environ.get("PATH"))
    names = {Path(program).name, Path(found).resolve().name if found else ""}
    return bool(names & TEXT_BROWSERS)


def _desktop_has_browser(environ: Mapping[str, str]) -> bool:
    """Whether xdg-open is there and the desktop's default browser is not one for the terminal."""
    path = environ.get("PATH")
    if not shutil.which("xdg-open", path=path):
        return False
    settings = shutil.which("xdg-settings", path=path)
    if not settings:
        return any(shutil.which(name, path=path) for name in _CANDIDATES)
    try:
        asked = [settings, "get", "default-web-browser"]
        answer = subprocess.run(
            asked, env=dict(environ), stdin=subprocess.DEVNULL, capture_output=True, timeout=_PATIENCE, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return True
    name = answer.stdout.decode("utf-8", "replace").strip().removesuffix(".desktop").lower()
    return name not in TEXT_BROWSERS if name else any(shutil.which(each, path=path) for each in _CANDIDATES)


def _started(words: list[str], url: str, environ: Mapping[str, str]) -> bool:
    """Start it in a session of its own, with no terminal to draw into, and wait a moment whether it fails."""
    program = shutil.which(words[0], path=environ.get("PATH"))
    if program is None:
        return False
    try:
        process = subprocess.Popen(
            with_link([program, *words[1:]], url),
            env=dict(environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return False
    try:
        return process.wait(_PATIENCE) == 0
    except subprocess.TimeoutExpired:
        threading.Thread(target=process.wait, name="browser", daemon=True).start()  # so that it leaves no zombie
        return True
