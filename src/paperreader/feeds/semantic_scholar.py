"""Semantic Scholar's citation counts and one-sentence summaries: one call for a whole refresh. Opt-in.

https://api.semanticscholar.org/api-docs/graph#tag/Paper-Data/operation/post_graph_get_papers
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from paperreader.errors import FeedUnreadable
from paperreader.feeds import clean, safe_json
from paperreader.feeds.clock import Stop
from paperreader.feeds.feed import Understood
from paperreader.feeds.fetch import Client
from paperreader.paper import Sighting

NAME: Final = "semantic scholar"
LABEL: Final = "Semantic Scholar"
BASE: Final = "https://api.semanticscholar.org"
MOST: Final = 500
"""Papers of one call, as its documentation says."""
_FIELDS: Final = "externalIds,title,citationCount,influentialCitationCount,tldr,venue"


def enrich(client: Client, ids: Sequence[str], stop: Stop, *, base_url: str = BASE) -> Understood:
    """What it knows of the first 500 of these arXiv ids, in one call. Raises FeedError."""
    known = list(dict.fromkeys(filter(None, (clean.arxiv_name(name)[0] for name in ids))))[:MOST]
    if not known:
        return Understood((), 0)
    url = f"{base_url.rstrip('/')}/graph/v1/paper/batch?fields={_FIELDS}"
    body = json.dumps({"ids": [f"ARXIV:{name}" for name in known]}).encode()
    return client.understand(NAME, client.post(url, body, stop=stop), lambda answer: parse(answer, known))


def parse(body: bytes, asked: Sequence[str], *, source: str = NAME) -> Understood:
    """The sightings of an answer, which has an entry, or null, for each id asked for. Raises FeedUnreadable."""
    entries = safe_json.parsed(body, LABEL)
    if not isinstance(entries, list):
        raise FeedUnreadable(f"{LABEL} sent JSON that is no list.")
    in_order = asked if len(asked) == len(entries) else [""] * len(entries)
    given = [(name, entry) for name, entry in zip(in_order, entries, strict=True) if entry is not None]
    found = tuple(filter(None, (_sighting(entry, name, source) for name, entry in given)))
    if given and not found:
        raise FeedUnreadable(f"{LABEL} sent a list of {len(given):,} things that are no papers asked for.")
    return Understood(found, len(given))


def _sighting(entry: Any, asked: str, source: str) -> Sighting | None:
    """What it says of a paper; the title only names it, ours is not replaced by one that it may have abridged."""
    if not isinstance(entry, dict):
        return None
    others = entry.get("externalIds")
    said = clean.arxiv_name(others.get("ArXiv"))[0] if isinstance(others, dict) else ""
    arxiv_id = said or asked
    tldr = entry.get("tldr")
    if not arxiv_id:
        return None
    return Sighting(
        source=source,
        arxiv_id=arxiv_id,
        citations=clean.count(entry.get("citationCount")),
        influential_citations=clean.count(entry.get("influentialCitationCount")),
        tldr=clean.paragraphs(tldr.get("text")) if isinstance(tldr, dict) else "",
        venue=clean.line(entry.get("venue"), 300),
    )
