"""How each host wants to be asked, and how long we let it answer."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from paperreader.feeds.addresses import host_of, is_loopback

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one request may take."""

    connect: float = 10.0
    """Seconds until there is a connection."""
    whole: float = 30.0
    """Seconds from the question to the answer's last byte, however it drips."""
    body: int = 16 * MIB
    """Bytes of an answer, before and after decompression."""
    reading: float = 30.0
    """Seconds for understanding a feed that anybody may have made."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How to ask one host: one connection at a time, and a pause after each answer."""

    host: str
    """The name under which turns are taken; several hosts of one owner share one."""
    gap: float
    """Seconds between an answer and the next question."""


# https://info.arxiv.org/help/api/tou.html: at most one request every three seconds, over API, RSS and OAI together.
_ARXIV = Manners("arxiv.org", 3.0)
# https://www.semanticscholar.org/product/api: one request a second.
_SEMANTIC_SCHOLAR = Manners("api.semanticscholar.org", 1.0)
_GAP = 1.0
"""Seconds between two questions to a host of which we know nothing: several feeds may live on one."""


def manners_of(url: str) -> Manners:
    """How the host of this address wants to be asked. Hugging Face counts per 5 minutes and is asked a few times."""
    host = host_of(url)
    if host == "arxiv.org" or host.endswith(".arxiv.org"):
        return _ARXIV
    if host == "huggingface.co":
        return Manners(host, 0.0)
    if host == _SEMANTIC_SCHOLAR.host:
        return _SEMANTIC_SCHOLAR
    if is_loopback(host):
        return Manners(urlsplit(url).netloc, 0.0)
    return Manners(host, _GAP)
