"""The starter library, switched on and off; what the person marked of it stays, whatever the switch says."""

from __future__ import annotations

from paperreader.paper import STARTER
from paperreader.store.database import Database

_ONLY_STARTER = f"""
SELECT paper FROM sighting GROUP BY paper HAVING count(*) = 1 AND min(source) = '{STARTER}'
"""


def withhold(database: Database) -> int:
    """Hide the papers that only the starter library has told of, but for kept ones; returns how many went."""
    with database.write() as connection:
        return connection.execute(
            f"INSERT OR IGNORE INTO withheld SELECT paper FROM ({_ONLY_STARTER}) "
            "WHERE paper NOT IN (SELECT paper FROM kept)"
        ).rowcount


def show(database: Database) -> int:
    """Show them again; returns how many came."""
    with database.write() as connection:
        return connection.execute("DELETE FROM withheld").rowcount


def delete(database: Database) -> int:
    """Delete those hidden papers that the person never touched; returns how many. The rest stays hidden."""
    with database.write() as connection:
        return connection.execute(
            "DELETE FROM paper WHERE rid IN (SELECT paper FROM withheld) AND rid NOT IN (SELECT paper FROM touched)"
        ).rowcount
