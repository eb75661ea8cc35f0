import shlex
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from paperreader.browser import Opened, commands, open_link, with_link
from paperreader.session import session

LINK = "https://arxiv.org/abs/2402.00847"
Install = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "bin"
    made.mkdir()
    return made


@pytest.fixture
def install(folder: Path, tmp_path: Path) -> Install:
    """`install("firefox")` puts a program of that name on the path that writes its arguments down, one a line."""

    def made(name: str, script: str | None = None) -> Path:
        told = tmp_path / f"{name}.arguments"
        program = folder / name
        lines = script or f'printf "%s\\n" "$@" > {shlex.quote(str(told))}'
        program.write_text(f"#!/bin/sh\nPATH=/usr/bin:/bin\n{lines}\n")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        return told

    return made


def at_a_desk(folder: Path, **more: str) -> dict[str, str]:
    return {"PATH": str(folder), "DISPLAY": ":0", **more}


async def test_the_persons_command_gets_the_link_as_one_argument(install: Install, folder: Path) -> None:
    told = install("firefox")
    link = "https://example.org/a?b=1&c=$(id);d'e\"f"
    opened = await open_link(link, "firefox --new-tab", at_a_desk(folder))
    assert opened == Opened(link, True)
    assert told.read_text().splitlines() == ["--new-tab", link]


async def test_the_place_of_the_link_can_be_chosen(install: Install, folder: Path) -> None:
    told = install("open-it")
    await open_link(LINK, "open-it --url=%s --raise", at_a_desk(folder))
    assert told.read_text().splitlines() == [f"--url={LINK}", "--raise"]


async def test_over_ssh_nothing_is_started(install: Install, folder: Path) -> None:
    told = install("firefox")
    opened = await open_link(LINK, "firefox", at_a_desk(folder, SSH_CONNECTION="1 2 3 4"))
    assert (opened.url, opened.started) == (LINK, False)
    assert "ssh" in opened.sentence
    assert not told.exists()


async def test_without_a_display_nothing_is_started(install: Install, folder: Path) -> None:
    told = install("xdg-open")
    opened = await open_link(LINK, environ={"PATH": str(folder)})
    assert not opened.started and "display" in opened.reason
    assert not told.exists()


@pytest.mark.parametrize("name", ["w3m", "lynx", "links", "elinks", "www-browser"])
async def test_a_browser_for_the_terminal_is_never_started(name: str, install: Install, folder: Path) -> None:
    told = install(name)
    for command, environ in ((name, at_a_desk(folder)), ("", at_a_desk(folder, BROWSER=name))):
        opened = await open_link(LINK, command, environ)
        assert not opened.started and name in opened.reason
    assert not told.exists()


async def test_a_link_that_leads_to_a_browser_for_the_terminal_is_found_out(install: Install, folder: Path) -> None:
    told = install("w3m")
    (folder / "my-browser").symlink_to(folder / "w3m")
    assert not (await open_link(LINK, "my-browser", at_a_desk(folder))).started
    assert not told.exists()


async def test_where_the_desktops_browser_is_one_for_the_terminal_it_is_not_started(
    install: Install, folder: Path
) -> None:
    told = install("xdg-open")
    install("xdg-settings", "echo w3m.desktop")
    opened = await open_link(LINK, environ=at_a_desk(folder))
    assert not opened.started
    assert not told.exists()


async def test_the_desktops_browser_is_opened_by_xdg_open(install: Install, folder: Path) -> None:
    told = install("xdg-open")
    install("xdg-settings", "echo firefox.desktop")
    assert (await open_link(LINK, environ=at_a_desk(folder))).started
    assert told.read_text().splitlines() == [LINK]


async def test_of_several_browsers_the_first_that_can_is_taken(install: Install, folder: Path) -> None:
    install("lynx")
    install("broken", "exit 3")
    told = install("chromium")
    environ = at_a_desk(folder, BROWSER="lynx:missing:broken:chromium %s:firefox")
    assert (await open_link(LINK, environ=environ)).started
    assert told.read_text().splitlines() == [LINK]


async def test_a_browser_that_stays_open_keeps_nobody_waiting(
    install: Install, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("paperreader.browser._PATIENCE", 0.05)
    install("firefox", "exec sleep 3")
    assert (await open_link(LINK, "firefox", at_a_desk(folder))).started


async def test_a_browser_gets_no_terminal_to_draw_into(install: Install, folder: Path, tmp_path: Path) -> None:
    report = tmp_path / "report"
    checks = f"[ -t 0 ] || [ -t 1 ] || [ -t 2 ] || (: < /dev/tty) 2> /dev/null || echo none > {report}"
    install("firefox", checks)
    await open_link(LINK, "firefox", at_a_desk(folder))
    assert report.read_text() == "none\n"


@pytest.mark.parametrize(
    "url", ["", "file:///etc/passwd", "javascript:alert(1)", "-version", "https://a b", "arxiv.org"]
)
async def test_only_web_addresses_are_handed_on(url: str, install: Install, folder: Path) -> None:
    told = install("firefox")
    opened = await open_link(url, "firefox", at_a_desk(folder))
    assert opened == Opened("", False, "This paper has no link to the web.")
    assert not told.exists()


async def test_a_command_that_is_missing_or_malformed_is_named_or_passed_over(folder: Path) -> None:
    assert (await open_link(LINK, "nowhere", at_a_desk(folder))).reason == "nowhere could not open it."
    assert not (await open_link(LINK, 'firefox "', at_a_desk(folder))).started
    assert (await open_link(LINK, environ=at_a_desk(folder))).reason == "No browser was found."


def test_each_system_has_its_own_command() -> None:
    def first(platform: str, **environ: str) -> list[str]:
        return next(iter(commands("", session(environ, platform), platform)))

    assert first("darwin") == ["open"]
    assert first("linux", WSL_DISTRO_NAME="Debian") == ["wslview"]
    assert first("linux", BROWSER="firefox -P work") == ["firefox", "-P", "work"]


def test_a_percent_sign_in_the_link_is_not_a_place_for_it() -> None:
    assert with_link(["firefox"], "https://a/%s") == ["firefox", "https://a/%s"]
    assert with_link(["x", "%s"], "https://a/%s") == ["x", "https://a/%s"]
