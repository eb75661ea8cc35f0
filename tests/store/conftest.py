"""A real database in a folder of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from paperreader.paper import Sighting
from paperreader.store import recording
from paperreader.store.database import Database
from paperreader.store.recording import Recorded
from paperreader.store.schema import MIGRATIONS

NOW = 1_700_000_000.0


def opened(path: Path) -> Database:
    database = Database(path)
    database.migrate(MIGRATIONS, "test")
    return database


def record(database: Database, *sightings: Sighting, revive: bool = False, now: float = NOW) -> Recorded:
    *_, sums = recording.record(database, sightings, now, revive=revive)
    return sums


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = opened(tmp_path / "library.db")
    yield database
    database.close()
