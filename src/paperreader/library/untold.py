"""The answer while there is no index: what titles, and conditions on what the library knows, can say."""

from __future__ import annotations

import time
from array import array
from collections.abc import Sequence

from paperreader.library.filtering import Filtering
from paperreader.search.finding import Found
from paperreader.search.highlighting import Marker, Marks
from paperreader.search.question import Bag, Every, Filter, Node, Question, Where, Word, nodes
from paperreader.store import papers
from paperreader.store.database import Database

FROM_TITLES = "no index yet: found in titles only"
"""The remark of an answer that the index had no part in."""


def from_titles(
    database: Database, question: Question, filtering: Filtering, among: Sequence[int], *, limit: int, began: float
) -> Found:
    """The papers of `among`, in their order, that meet the conditions and have every word in their titles.

    Conditions inside of OR are passed over: that is for the index to answer.
    """
    root = question.root
    leaves = [] if root is None else list(nodes(root))
    asked = list(dict.fromkeys(w for leaf in leaves for w in ([leaf.text] if isinstance(leaf, Word) else leaf.words)))
    wanted, unwanted = _conditions(root)
    allowed = set(among)
    if asked:
        allowed.intersection_update(papers.titled(database, asked, len(among) or 1))
    for condition in wanted:
        allowed.intersection_update(filtering.ids(condition))
    for condition in unwanted:
        allowed.difference_update(filtering.ids(condition))
    hits = array("q", (rid for rid in among if rid in allowed))
    marker = Marker((Marks(Where.TITLE, beginnings=tuple(asked)),)) if asked else Marker()
    remarks = (FROM_TITLES, *question.remarks)
    seconds = time.perf_counter() - began
    return Found(question.text, hits[:limit], len(hits), len(hits), seconds, remarks, marker, every=hits, whole=hits)


def _conditions(node: Node | None) -> tuple[list[Filter], list[Filter]]:
    """The conditions that every paper must meet, and those that none may."""
    match node:
        case Filter():
            return [node], []
        case Every(parts):
            told = [_conditions(part) for part in parts]
            return [f for wanted, _ in told for f in wanted], [f for _, unwanted in told for f in unwanted]
        case Bag(items):
            wanted = [item.node for item in items if isinstance(item.node, Filter) and not item.excluded]
            return wanted, [item.node for item in items if isinstance(item.node, Filter) and item.excluded]
        case _:
            return [], []
