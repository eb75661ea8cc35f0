"""Bodies and who is to understand them: all real ones that are here, and some made by hand where there are none."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from paperreader.feeds import arxiv_atom, arxiv_rss, feed_body, huggingface, huggingface_detail, semantic_scholar
from paperreader.paper import Sighting
from tests.feeds.hub import entry
from tests.feeds.preprints import Preprint, error_body, query_body, rss_body

Parse = Callable[[bytes], tuple[Sighting, ...]]

URL = "https://f.example/"


def _counts(body: bytes) -> tuple[Sighting, ...]:
    """As if so many papers had been asked for as the answer has."""
    try:
        number = len(json.loads(body))
    except (ValueError, TypeError, RecursionError):
        number = 1
    return semantic_scholar.parse(body, [f"2608.{place % 90_000:05}" for place in range(number)]).sightings


PARSES: dict[str, Parse] = {
    "huggingface": lambda body: huggingface.parse(body, listed="2026-08-21", first_rank=1).sightings,
    "detail": lambda body: (huggingface_detail.parse(body).sighting,),
    "query": lambda body: arxiv_atom.parse(body).understood.sightings,
    "announcements": lambda body: arxiv_rss.parse(body).sightings,
    "syndication": lambda body: feed_body.parse(body, source=URL, url=URL).understood.sightings,
    "semantic scholar": _counts,
}

FOLDERS = {
    "hf_daily": "huggingface",
    "arxiv_api": "query",
    "arxiv_rss": "announcements",
    "arxiv_rss_generated": "announcements",
    "feeds_generic": "syndication",
    "feedparser_suite": "syndication",
    "semantic_scholar": "semantic scholar",
}


def real(root: Path) -> Iterator[tuple[Path, bytes, str]]:
    """Each real body with its file and the name of its parse; recordings are unpacked."""
    for folder, parse in FOLDERS.items():
        for file in sorted((root / folder).rglob("*")):
            if file.is_file():
                yield from ((file, body, parse) for body in _unpacked(file))


def cassette(file: Path) -> list[bytes]:
    """The bodies of a recorded conversation: YAML's single-quoted strings, folded."""
    found = re.findall(r"^      string: '(.*?)'\n    headers:", file.read_text(encoding="utf-8"), re.S | re.M)
    return [re.sub(r"\n\s*", " ", body.replace("''", "'")).strip().encode() for body in found]


def _unpacked(file: Path) -> list[bytes]:
    if file.suffix == ".yaml":
        return cassette(file)
    if file.parent.name == "arxiv_api":
        return [json.loads(file.read_bytes())["body"].encode("latin-1")]
    return [file.read_bytes()]


def by_hand() -> list[tuple[bytes, str]]:
    """A body for each parse."""
    daily = [entry("2608.00001", ai_summary="It works.", githubRepo="https://github.com/a/b"), entry("2608.00002")]
    page = {**daily[0]["paper"], "linkedModels": [{"id": "a/b", "likes": 1}], "numTotalModels": 1}
    papers = [Preprint("2608.00001", r"On $x$ and P\'erez"), Preprint("astro-ph/0601001", kind="replace", version=2)]
    counts = [{"externalIds": {"ArXiv": "2608.00001"}, "citationCount": 1, "tldr": {"text": "It works."}}, None]
    return [
        (json.dumps(daily).encode(), "huggingface"),
        (json.dumps(page).encode(), "detail"),
        (query_body(papers), "query"),
        (error_body("no such thing"), "query"),
        (rss_body(papers), "announcements"),
        (rss_body(papers), "syndication"),
        (json.dumps(counts).encode(), "semantic scholar"),
    ]
