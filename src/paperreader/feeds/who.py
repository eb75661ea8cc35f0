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
    value: str = field(repr=False)

    def fits(self, url: str) -> bool:
        """Whether this address may have it."""
        parts = urlsplit(url)
        return parts.scheme == "https" and host_of(url) == self.host and parts.port in (None, 443)


def hugging_face_key(token: str) -> Key:
    """The person's HF_TOKEN, for huggingface.co alone. Raises FeedRefused where it cannot be one."""
    return Key("huggingface.co", "Authorization", f"Bearer {_sound(token, 'HF_TOKEN')}")


def semantic_scholar_key(key: str) -> Key:
    """The person's key for api.semanticscholar.org alone. Raises FeedRefused where it cannot be one."""
    return Key("api.semanticscholar.org", "x-api-key", _sound(key, "The Semantic Scholar key"))


def _sound(secret: str, name: str) -> str:
    secret = secret.strip()
    if not re.fullmatch(r"[\x21-\x7e]+", secret):
        raise FeedRefused(f"{name} is empty or holds signs that no key has.", "Copy it again, as one line.")
    return secret
