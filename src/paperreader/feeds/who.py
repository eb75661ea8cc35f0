"""Who asks: the name that everybody hears, and the secrets that one host each may have."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from paperreader.errors import FeedRefused
from paperreader.feeds.addresses import host_of


def user_agent(version: str, contact: str = "") -> str:
    """The honest name under which we ask: program, version, and where its person can be reached, if they say so."""
    plain = re.sub(r"[^\x21-\x27\x2a-\x7e ]", "", contact).strip()[:200]
    return f"paperreader/{version} ({plain})" if plain else f"paperreader/{version}"


@dataclass(frozen=True, slots=True)
class Key:
    """A secret that one host gets, in one header, over https, and never along a redirect."""

    host: str
    header: str
    secret: str = field(repr=False)
    name: str
    """What the person calls it."""
    before: str = ""
    """What stands before it in the header."""

    @property
    def value(self) -> str:
        """What the header says. Raises FeedRefused where the secret cannot be one: that stops its own host only."""
        if not re.fullmatch(r"[\x21-\x7e]+", self.secret):
            raise FeedRefused(f"{self.name} is empty or holds signs that no key has.", "Copy it again, as one line.")
        return f"{self.before}{self.secret}"

    def fits(self, url: str) -> bool:
        """Whether this address may have it."""
        parts = urlsplit(url)
        return parts.scheme == "https" and host_of(url) == self.host and parts.port in (None, 443)


def hugging_face_key(token: str) -> Key:
    """The person's HF_TOKEN, for huggingface.co alone."""
    return Key("huggingface.co", "Authorization", token.strip(), "HF_TOKEN", "Bearer ")


def semantic_scholar_key(key: str) -> Key:
    """The person's key for api.semanticscholar.org alone."""
    return Key("api.semanticscholar.org", "x-api-key", key.strip(), "SEMANTIC_SCHOLAR_API_KEY")
