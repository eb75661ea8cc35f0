from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.errors import SettingsError
from paperreader.settings import (
    READ_AFTER,
    KeySetting,
    RefreshTimes,
    Settings,
    SourceSettings,
    TrendingOrder,
    WorldSettings,
)
from paperreader.trending import Weights


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


def test_refresh_feeds_and_trending_are_heard_too(file: Path) -> None:
    file.write_text(
        '[refresh]\non_start_hours = 0\nevery_hours = 1.5\n\n[feeds]\ncontact = "https://me.example.org"\n'
        '[feeds.huggingface]\non = false\n[feeds.arxiv]\nbase_url = "http://127.0.0.1:8000"\n'
        'rss_base_url = "https://rss.example.org/"\n[feeds.semantic_scholar]\non = true\n\n'
        '[trending]\ngained = 0\nhalf_age = 7\norder = "huggingface"\n'
    )
    settings = Settings.read(file)
    assert settings.refresh == RefreshTimes(on_start_hours=0, every_hours=1.5)
    assert settings.world == WorldSettings(
        contact="https://me.example.org",
        huggingface=SourceSettings(on=False),
        arxiv=SourceSettings(base_url="http://127.0.0.1:8000", rss_base_url="https://rss.example.org/"),
        semantic_scholar=SourceSettings(on=True),
    )
    assert settings.trending == TrendingOrder(weights=Weights(gained=0, half_age=7), by_source=True)
    assert (settings.lines["refresh.every_hours"], settings.lines["feeds.arxiv.base_url"]) == (3, 10)


def test_without_a_word_semantic_scholar_is_off_and_the_app_refreshes_after_six_hours(file: Path) -> None:
    settings = Settings.read(file)
    assert (settings.refresh.on_start_hours, settings.refresh.every_hours) == (6.0, 0.0)
    assert (settings.world.huggingface.on, settings.world.arxiv.on, settings.world.semantic_scholar.on) == (
        True,
        True,
        False,
    )
    assert settings.trending == TrendingOrder()


@pytest.mark.parametrize(
    "address",
    [
        "http://huggingface.co",
        "http://127.0.0.1.evil.example",
        "ftp://huggingface.co",
        "huggingface.co",
        "https://",
        "https://user:secret@huggingface.co",
        "https://huggingface.co?x=1",
        "https://huggingface.co/ x",
        "",
    ],
)
def test_a_source_is_https_or_on_this_machine(file: Path, address: str) -> None:
    refused = refusal(file, f'\n[feeds.huggingface]\nbase_url = "{address}"')
    assert refused.line == 3
    assert "begins with https:// (http:// for this machine only)" in refused.message


@pytest.mark.parametrize(
    "address", ["https://hub.example.org", "http://localhost:1", "http://[::1]:8/", "http://127.9.9.9"]
)
def test_addresses_that_a_source_may_have(file: Path, address: str) -> None:
    file.write_text(f'feeds.huggingface.base_url = "{address}"')
    assert Settings.read(file).world.huggingface.base_url == address


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
        ("refresh = 6", 1, "refresh must be a table: [refresh], and below it on_start_hours = ..."),
        (
            "[refresh]\non_start_hours = -1",
            2,
            "refresh.on_start_hours must be a number of hours from 0 to 8760, not -1",
        ),
        ("[refresh]\nevery_hours = 0.01", 2, "must be 0, or a number of hours from 0.25 to 8760"),
        ("[refresh]\nevery_hours = false", 2, "not false"),
        (
            "[refresh]\non_start_hour = 1",
            2,
            'there is no setting "on_start_hour" in [refresh]; did you mean on_start_hours?',
        ),
        ("[feeds.hugingface]\non = true", 1, "did you mean huggingface?"),
        ("[feeds]\nsemantic_scholar = true", 2, "must be a table: [feeds.semantic_scholar], and below it on = ..."),
        ("[feeds.arxiv]\non = 'no'", 2, 'feeds.arxiv.on must be true or false, not "no"'),
        ("[feeds]\n\ncontact = 3", 3, "feeds.contact must be a mail or web address in quotes"),
        ("[feeds]\ncontact = '" + "x" * 201 + "'", 2, "of at most 200 characters"),
        ("[trending]\nvotes = nan", 2, "trending.votes must be a number from 0"),
        ("[trending]\nhalf_age = 0", 2, "a number of days from 0.01"),
        ("[trending]\norder = 'theirs'", 2, 'trending.order must be either "ours" or "huggingface", not "theirs"'),
        ("[trending]\nweight = 1", 2, "known are votes, gained, comments, stars, half_age, power, order."),
        ("[[trending]]\nvotes = 1", 1, "trending must be a table"),
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
