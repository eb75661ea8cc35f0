"""Bytes from the world, understood as sightings: what a feed is, and which there are.

    huggingface      Hugging Face Daily Papers: days, weeks, months, and what is trending
    arxiv CATEGORY   arXiv's announcements of a category; of earlier days, its query API
    arxiv QUERY      arXiv's query API, in its own words: "au:bengio AND ti:attention"
    https://...      any RSS or Atom feed

A feed is asked with a `Client` and yields news (`Asking`, `Sighted`, `Unchanged`, `NotAsked`); what goes wrong is a
FeedError, and what was yielded before it stays good. Beside the feeds: `detail` and `complete` for one paper or a
few, `enrich` for citation counts, `discover` for an address that may be a feed.

Importing this loads neither httpx (85 ms) nor feedparser (40 ms); asking does.
"""

from paperreader.feeds.arxiv import complete
from paperreader.feeds.clock import Clock, Stop, WallClock, never
from paperreader.feeds.discovery import Discovered, discover
from paperreader.feeds.evidence import Evidence
from paperreader.feeds.feed import Asking, Feed, FeedNews, NotAsked, Sighted, Unchanged, Understood
from paperreader.feeds.fetch import Client
from paperreader.feeds.huggingface_detail import Detail, detail
from paperreader.feeds.manners import Limits
from paperreader.feeds.naming import Places, feed, host
from paperreader.feeds.patience import Patience
from paperreader.feeds.remembered import Hosts, HostsInMemory, KnownPages, KnownPapers, PagesInMemory, Validators, Visit
from paperreader.feeds.semantic_scholar import enrich
from paperreader.feeds.when import Day, Latest, Month, Week, When
from paperreader.feeds.who import Key, hugging_face_key, semantic_scholar_key, user_agent

DEFAULT = ("huggingface",)
"""The feeds of who has chosen none."""

__all__ = [
    "DEFAULT",
    "Asking",
    "Client",
    "Clock",
    "Day",
    "Detail",
    "Discovered",
    "Evidence",
    "Feed",
    "FeedNews",
    "Hosts",
    "HostsInMemory",
    "Key",
    "KnownPages",
    "KnownPapers",
    "Latest",
    "Limits",
    "Month",
    "NotAsked",
    "PagesInMemory",
    "Patience",
    "Places",
    "Sighted",
    "Stop",
    "Unchanged",
    "Understood",
    "Validators",
    "Visit",
    "WallClock",
    "Week",
    "When",
    "complete",
    "detail",
    "discover",
    "enrich",
    "feed",
    "host",
    "hugging_face_key",
    "never",
    "semantic_scholar_key",
    "user_agent",
]
