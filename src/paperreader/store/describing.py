"""A paper in an event: enough of it for another machine that has not heard of it to make one."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

_THESE = "SELECT value FROM json_each(?)"
_LISTS = ("authors", "keywords", "categories")
_TEXTS = ("arxiv_id", "doi", "title", "published", "code", "url", "project", "journal", "venue")
_OWN_TEXTS = ("abstract", "summary")
"""Told of papers without an arXiv id only: of the others arXiv tells them."""


def described(connection: sqlite3.Connection, rids: Sequence[int]) -> dict[str, Any]:
    """What those of the papers are that no event has described yet, by key; from now on one has.

    Inside the transaction that writes the event.
    """
    if not rids:
        return {}
    these = json.dumps(list(dict.fromkeys(rids)))
    columns = ("other_id", *_TEXTS, *_LISTS, *_OWN_TEXTS)
    rows = connection.execute(
        f"SELECT key, {', '.join(columns)} FROM paper WHERE rid IN ({_THESE}) "
        "AND NOT EXISTS (SELECT 1 FROM touched WHERE paper = rid AND described) ORDER BY rid",
        (these,),
    ).fetchall()
    connection.execute(
        "INSERT INTO touched (paper, described) SELECT value, 1 FROM json_each(?) WHERE value IN "
        "(SELECT rid FROM paper) ON CONFLICT (paper) DO UPDATE SET described = 1",
        (these,),
    )
    return {key: _about(dict(zip(columns, values, strict=True)), key) for key, *values in rows}


def _about(known: dict[str, Any], key: str) -> dict[str, Any]:
    told = {name: known[name] for name in _TEXTS if known[name]}
    if not key.startswith("title:") and known["other_id"]:
        told["id"] = known["other_id"]
    told |= {name: json.loads(known[name]) for name in _LISTS if known[name] != "[]"}
    if not known["arxiv_id"]:
        told |= {name: known[name] for name in _OWN_TEXTS if known[name]}
    return told
