"""Feeds by their names: what a person writes, and the feed that it means."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit

from paperreader.errors import FeedUnknown
from paperreader.feeds import arxiv, arxiv_atom, arxiv_rss, huggingface, semantic_scholar
from paperreader.feeds.addresses import checked, host_of
from paperreader.feeds.arxiv import ArxivQuery
from paperreader.feeds.arxiv_rss import ArxivListing
from paperreader.feeds.feed import Feed
from paperreader.feeds.huggingface import HuggingFace
from paperreader.feeds.manners import manners_of
from paperreader.feeds.syndication import Syndication
from paperreader.plain import printable

# https://arxiv.org/category_taxonomy
ARCHIVES: Final = (
    *("astro-ph", "cond-mat", "cs", "econ", "eess", "gr-qc", "hep-ex", "hep-lat", "hep-ph", "hep-th", "math"),
    *("math-ph", "nlin", "nucl-ex", "nucl-th", "physics", "q-bio", "q-fin", "quant-ph", "stat"),
)
_FORMS: Final = 'Feeds are named huggingface, "arxiv cs.CL", "arxiv au:bengio AND ti:attention", or by a web address.'
_CATEGORY: Final = re.compile(r"(?P<archive>[a-z-]+)(?:\.(?P<subject>[A-Za-z]{2}|[a-z-]{3,12}))?", re.IGNORECASE)
_FIELD: Final = re.compile(r"\b(?:ti|au|abs|co|jr|cat|rn|id|all|submittedDate):")
_LISTING_PATH: Final = re.compile(r"/(?:rss|atom)/([^/?#]+)/?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where the sources are: their base addresses, without a path."""

    huggingface: str = huggingface.BASE
    arxiv: str = arxiv.API
    """Its query API."""
    arxiv_rss: str = arxiv_rss.RSS
    semantic_scholar: str = semantic_scholar.BASE


def feed(name: str, places: Places | None = None, *, title: str = "") -> Feed:
    """The feed that this name means; its `.name` is the canonical one. `title` is what the person calls an address.

    "huggingface" (or "hf"); "arxiv cs.CL", or the category alone; "arxiv QUERY" with arXiv's own fields; an address.
    Raises FeedUnknown, FeedRefused.
    """
    places = places or Places()
    text = " ".join(name.split())
    lower = text.lower()
    if lower in (huggingface.NAME, "hf", "hugging face"):
        return HuggingFace(places.huggingface)
    if "://" in text:
        return _at(text, places, title)
    if lower.startswith(f"{arxiv_atom.NAME} "):
        return _of_arxiv(text[len(arxiv_atom.NAME) + 1 :], places)
    if _FIELD.search(text) or _categories(text):
        return _of_arxiv(text, places)
    raise _unknown(text)


def host(feed: Feed) -> str:
    """Whose turns the feed waits for: feeds of one host are asked one after the other in any case."""
    if feed.name.partition(" ")[0] == arxiv_atom.NAME:
        return manners_of(arxiv.API).host
    return manners_of(feed.name).host if "://" in feed.name else feed.name


def _at(url: str, places: Places, title: str) -> Feed:
    """The feed at an address; arXiv's and Hugging Face's own are read as what they are."""
    checked(url, named=True)
    host, path = host_of(url), urlsplit(url).path
    if host == "huggingface.co" and path.split("/")[1:2] == ["papers"]:
        return HuggingFace(places.huggingface)
    listing = _LISTING_PATH.fullmatch(unquote(path)) if host in ("rss.arxiv.org", "export.arxiv.org") else None
    if listing and _categories(listing[1]):
        return _of_arxiv(listing[1], places)
    return Syndication(url, title)


def _of_arxiv(text: str, places: Places) -> Feed:
    if _FIELD.search(text):
        label = f"{arxiv_atom.LABEL} {printable(text)}"
        return ArxivQuery(text, f"{arxiv_atom.NAME} {text}", label, places.arxiv)
    categories = _categories(text)
    if not categories:
        raise _unknown(text)
    category = "+".join(categories)
    name, label = f"{arxiv_atom.NAME} {category}", f"{arxiv_atom.LABEL} {category}"
    return ArxivListing(category, name, label, places.arxiv, places.arxiv_rss)


def _categories(text: str) -> list[str]:
    """The categories of "cs.CL" or "cs.CL+cs.CV", as arXiv writes them; empty where one is none."""
    matches = [_CATEGORY.fullmatch(part) for part in re.split(r"[+,]| ", text) if part]
    known = [match for match in matches if match and match["archive"].lower() in ARCHIVES]
    return [_written(match) for match in known] if len(known) == len(matches) else []


def _written(match: re.Match[str]) -> str:
    """Two letters are capitals, as cs.CL; longer subjects are not, as physics.optics."""
    subject = match["subject"] or ""
    cased = subject.upper() if len(subject) == 2 else subject.lower()
    return f"{match['archive'].lower()}{'.' if cased else ''}{cased}"


def _unknown(text: str) -> FeedUnknown:
    archive = text.lower().split(".")[0].removeprefix("arxiv ")
    near = difflib.get_close_matches(archive, (huggingface.NAME, *ARCHIVES), 1, 0.75)
    guess = f" Did you mean {near[0]}?" if near else ""
    return FeedUnknown(f'There is no feed "{printable(text[:80])}".{guess}', _FORMS)
