from __future__ import annotations

from pathlib import Path

import pytest

from paperreader.paths import HOME_VARIABLE, Paths

NAMES = {"data", "settings", "database", "index", "cache", "log"}


def test_one_folder_holds_everything_that_is_of_a_home(tmp_path: Path) -> None:
    paths = Paths.under(tmp_path / "home")
    assert paths.named().keys() == NAMES
    assert all(Path(place).is_relative_to(tmp_path / "home") for place in paths.named().values())
    assert paths.backups.is_relative_to(paths.data)


def test_asking_makes_nothing(tmp_path: Path) -> None:
    Paths.under(tmp_path / "home").named()
    assert not list(tmp_path.iterdir())


def test_folders_are_made_once_and_for_their_owner_only(tmp_path: Path) -> None:
    paths = Paths.under(tmp_path / "home")
    paths.ensure()
    paths.ensure()
    for folder in (paths.data, paths.cache):
        assert folder.stat().st_mode & 0o777 == 0o700


def test_places_are_absolute_whatever_was_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "me"))
    for name in ("here", "./here/../here", "~/there", str(tmp_path)):
        places = Paths.under(Path(name)).named().values()
        assert all(Path(place).is_absolute() and ".." not in Path(place).parts for place in places)
    assert Paths.under(Path("~/there")).home == tmp_path / "me" / "there"


def test_a_link_stays_as_the_person_named_it(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "disk")
    assert Paths.under(tmp_path / "link").home == tmp_path / "link"


def test_the_home_that_is_named_counts_more_than_that_of_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "environment"))
    assert Paths.chosen(str(tmp_path / "named")).home == tmp_path / "named"
    assert Paths.chosen(None).home == tmp_path / "environment"


def test_without_a_home_the_places_are_the_systems(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(HOME_VARIABLE, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    paths = Paths.chosen(None)
    assert paths.home is None
    assert all(Path(place).is_relative_to(tmp_path) for place in paths.named().values())
    assert not paths.index.is_relative_to(paths.data)
