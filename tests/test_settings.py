from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.errors import SettingsError
from paperreader.settings import READ_AFTER, KeySetting, Settings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def refusal(file: Path, text: str | bytes) -> SettingsError:
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(SettingsError) as refused:
        Settings.read(file)
    assert refused.value.message.startswith(f"{file}, line {refused.value.line}: ")
    return refused.value


def test_without_a_file_everything_has_its_default(file: Path) -> None:
    assert Settings.read(file) == Settings(file=file, read_after=READ_AFTER, theme="", browser="", keys=())
    assert Settings.read(file / "below a file that is none") == Settings(file=file / "below a file that is none")


def test_an_empty_file_says_nothing(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf# nothing yet\r\n")
    assert Settings.read(file) == Settings(file=file)


def test_everything_that_is_said_is_heard_with_its_line(file: Path) -> None:
    file.write_text(
        '# mine\nread_after = 0\n\ntheme = "nord"\nbrowser = "firefox --new-tab"\n\n'
        '[keys]\nreading.bookmark = "B"\n"list.open" = ["o",\n  "enter"]\n[keys.app]\nhelp = " H "\n'
    )
    assert Settings.read(file) == Settings(
        file=file,
        read_after=0,
        theme="nord",
        browser="firefox --new-tab",
        keys=(
            KeySetting("reading.bookmark", "B", 8),
            KeySetting("list.open", "o,enter", 9),
            KeySetting("app.help", "H", 12),
        ),
        lines={"read_after": 2, "theme": 4, "browser": 5},
    )


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("\nread_afer = 3", 2, "did you mean read_after?"),
        ("\n[kyes]\na = 1", 2, "did you mean keys?"),
        ("zzz = 1", 1, "known are read_after, theme, browser, keys"),
        ('read_after = "2"', 1, 'must be a number of seconds from 0 to 3600, not "2"'),
        ("read_after = true", 1, "not true"),
        ("read_after = nan", 1, "not nan"),
        ("read_after = inf", 1, "not inf"),
        ("read_after = -1", 1, "not -1"),
        ("theme = 3", 1, "a theme's name in quotes, not 3"),
        ("\n\ntheme = ''", 3, "a theme's name in quotes"),
        ('browser = ["firefox"]', 1, "a command in quotes, not a list"),
        ('browser = """a\nb"""', 1, "a command in quotes"),
        ("keys = 3", 1, "must be a table"),
        ("\n[[keys]]\na = 'b'", 2, "must be a table"),
        ("[keys]\n\nreading.bookmark = 3", 3, "the key of reading.bookmark must be a string"),
        ("[keys]\nreading.bookmark = ''", 2, "the key of reading.bookmark must be a string"),
        ("[keys]\nreading.bookmark = ['a', 1]", 2, "the key of reading.bookmark must be a string"),
        ("[keys]\nreading = {}", 2, "the key of reading must be a string"),
        ("\nkeys = {reading = {sort = 1}}", 2, "the key of reading.sort must be a string"),
        ("theme = 'a'\ntheme = 'b'", 2, "not TOML"),
        ("theme = 'a'\n\ntheme is b", 3, "not TOML"),
        ("theme = 'a'\nkeys = [", 2, "not TOML"),
        ("theme = 'a'\nx = " + "9" * 5000, 1, "a number too long"),
        ("theme = 'a'\nx = " + "[" * 5000, 1, "nested too deeply"),
    ],
)
def test_what_cannot_be_is_refused_with_its_line_and_what_was_expected(
    file: Path, text: str, line: int, words: str
) -> None:
    refused = refusal(file, text)
    assert words in refused.message
    assert (refused.file, refused.line) == (file, line)


def test_bytes_that_are_no_text_are_refused_with_their_line(file: Path) -> None:
    assert refusal(file, b"theme = 'a'\n# caf\xe9\n").line == 2


def test_a_file_that_cannot_be_read_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="the file cannot be read: Is a directory"):
        Settings.read(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_of_somebody_else_is_said_to_be_so(file: Path) -> None:
    file.touch(mode=0o000)
    with pytest.raises(SettingsError, match="Permission denied"):
        Settings.read(file)


@given(raw=st.binary(max_size=120))
def test_whatever_bytes_stand_in_the_file_it_is_read_or_refused(
    raw: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.getbasetemp() / "settings.toml"
    file.write_bytes(raw)
    try:
        Settings.read(file)
    except SettingsError as refused:
        assert 1 <= refused.line <= raw.count(b"\n") + 1
