"""A paper in an event: enough of it for another machine that has not heard of it to make one; told and read."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from paperreader.bibliography import ordered
from paperreader.paper import MERGED, Sighting
from paperreader.plain import storable

_THESE = "SELECT value FROM json_each(?)"
_LISTS = ("authors", "keywords", "categories")
_TEXTS = ("arxiv_id", "doi", "title", "published", "code", "url", "project", "journal", "venue")
_OWN_TEXTS = ("abstract", "summary", "remark", "licence", "tldr", "organisation")
"""Told of papers without an arXiv id only: of the others feeds tell them."""
_OBJECT = "bibliography"


def described(connection: sqlite3.Connection, rids: Sequence[int]) -> dict[str, Any]:
    """What those of the papers are that no event has described yet, by key; from now on one has.

    Inside the transaction that writes the event.
    """
    if not rids:
        return {}
    these = json.dumps(list(dict.fromkeys(rids)))
    columns = ("other_id", *_TEXTS, *_LISTS, *_OWN_TEXTS, _OBJECT)
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
    if known[_OBJECT]:
        told[_OBJECT] = json.loads(known[_OBJECT])
    if not known["arxiv_id"]:
        told |= {name: known[name] for name in _OWN_TEXTS if known[name]}
    return told


def sighting(told: Mapping[str, Any]) -> Sighting:
    """What an event tells about a paper, as a source would; what is no text is left out."""
    texts: dict[str, Any] = {name: storable(text) for name, text in _texts_of(told).items() if name in _ALL_TEXTS}
    lists: dict[str, Any] = {
        name: tuple(storable(word) for word in told[name] if isinstance(word, str))
        for name in _LISTS
        if isinstance(told.get(name), list)
    }
    known = told.get(_OBJECT)
    bibliography = ordered(_texts_of(known)) if isinstance(known, dict) else ()
    return Sighting(source=MERGED, **texts, **lists, bibliography=bibliography)


def _texts_of(values: Mapping[str, Any]) -> dict[str, str]:
    return {name: text for name, text in values.items() if isinstance(text, str)}


_ALL_TEXTS = frozenset(("id", *_TEXTS, *_OWN_TEXTS))
