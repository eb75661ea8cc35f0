"""What each paper is cited by: given once and kept, so that a document which cites it compiles for good."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from paperreader.store.database import Database

_CHUNK = 500


def known(database: Database, rids: Sequence[int]) -> dict[int, str]:
    """The keys of those papers that have one, by row."""
    found: dict[int, str] = {}
    for start in range(0, len(rids), _CHUNK):
        chunk = list(rids[start : start + _CHUNK])
        with database.read() as connection:
            statement = f"SELECT paper, key FROM citation_key WHERE paper IN ({','.join('?' * len(chunk))})"
            found.update(connection.execute(statement, chunk).fetchall())
    return found


def taken(database: Database, beginning: str) -> set[str]:
    """The keys that begin so, in lower case: to BibTeX, case makes no other key."""
    with database.read() as connection:
        rows = connection.execute(
            "SELECT key FROM citation_key WHERE key >= ? COLLATE NOCASE AND key < ? COLLATE NOCASE",
            (beginning, beginning + "\x7f"),  # keys are printable ASCII
        )
        return {key.lower() for (key,) in rows}


def keep(database: Database, keys: Mapping[int, str]) -> None:
    """Give these papers these keys; one that has a key keeps it. Raises StoreError."""
    with database.write() as connection:
        connection.executemany("INSERT OR IGNORE INTO citation_key VALUES (?, ?)", keys.items())


def are_kept(database: Database) -> bool:
    """Whether there is a place for them: a read-only library of an older version has none."""
    with database.read() as connection:
        return connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'citation_key'").fetchone() is not None
