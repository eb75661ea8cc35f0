"""What Hugging Face links to one paper: models, datasets and Spaces. Asked when somebody looks at the paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from paperreader.errors import FeedRefused, FeedUnreadable
from paperreader.feeds import clean, safe_json
from paperreader.feeds.clock import Stop
from paperreader.feeds.fetch import Client, Same
from paperreader.feeds.huggingface import BASE, LABEL, NAME, sighting_of
from paperreader.linked import Kind, Linked, Links
from paperreader.paper import Sighting

_LISTS: Final[tuple[tuple[Kind, str, str, str], ...]] = (
    ("model", "linkedModels", "numTotalModels", ""),
    ("dataset", "linkedDatasets", "numTotalDatasets", "datasets/"),
    ("space", "linkedSpaces", "numTotalSpaces", "spaces/"),
)
_MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Detail:
    """A paper's own page."""

    sighting: Sighting
    """What is said of the paper there, its votes as they are now."""
    links: Links


def detail(client: Client, arxiv_id: str, stop: Stop, *, base_url: str = BASE) -> Detail | None:
    """The paper's page; None where Hugging Face does not have the paper. Raises FeedError."""
    url = f"{base_url.rstrip('/')}/api/papers/{quote(arxiv_id, safe='')}"
    try:
        fetched = client.get(url, stop=stop, accept="application/json", conditional=False)
    except FeedRefused as error:
        if error.status == 404:
            return None
        raise
    assert not isinstance(fetched, Same)  # asked without conditions
    return client.understand(NAME, fetched, parse)


def parse(body: bytes) -> Detail:
    """The page as values. Raises FeedUnreadable."""
    page = safe_json.parsed(body, LABEL)
    sighting = sighting_of(page, source=NAME)
    if sighting is None:
        raise FeedUnreadable(f"{LABEL} sent JSON that is no paper.")
    linked: list[Linked] = []
    totals: dict[Kind, int] = {}
    for kind, name, total, folder in _LISTS:
        given = page.get(name)
        found = [_linked(kind, folder, item) for item in (given[:_MOST] if isinstance(given, list) else [])]
        known = [item for item in found if item is not None]
        linked += known
        totals[kind] = max(clean.count(page.get(total)) or 0, len(known))
    return Detail(sighting, Links(tuple(linked), totals))


def _linked(kind: Kind, folder: str, item: Any) -> Linked | None:
    if not isinstance(item, dict) or not (name := clean.line(item.get("id"), 200)):
        return None
    about = item.get("shortDescription") if kind == "space" else item.get("pipeline_tag")
    return Linked(
        kind,
        name,
        f"{BASE}/{folder}{quote(name, safe='/')}",
        clean.count(item.get("likes")),
        clean.count(item.get("downloads")),
        clean.line(about, 200),
    )
