"""Which addresses may be asked, and where a redirect may lead."""

from __future__ import annotations

import ipaddress
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from paperreader.errors import FeedRefused
from paperreader.plain import printable

LONGEST = 4_000
"""Characters of an address; browsers and servers take no longer ones either."""


def host_of(url: str) -> str:
    """The host in lower case, without port; empty where there is none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def is_loopback(host: str) -> bool:
    """Whether the host is this machine: localhost, 127.0.0.0/8 or ::1."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def shown(url: str) -> str:
    """The address for a message: without user and password, on one line, not longer than a line."""
    try:
        parts = urlsplit(url)
        bare = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    except ValueError:
        bare = url
    return printable(bare if len(bare) <= 120 else bare[:119] + "…")


def checked(url: str, *, named: bool) -> str:
    """The address, if it may be asked: https, or http on this machine or where the person `named` it.

    Raises FeedRefused.
    """
    parts = _parts(url)
    if parts.scheme == "https" or (parts.scheme == "http" and (named or is_loopback(host_of(url)))):
        return url
    if parts.scheme == "http":
        hint = "Write https:// instead; only feeds that you name yourself may be http."
        raise FeedRefused(f"{shown(url)} is not encrypted and is not asked.", hint)
    raise FeedRefused(f"{shown(url)} is no web address.", "An address begins with https:// or http://.")


def followed(url: str, location: str) -> str:
    """Where a redirect from `url` leads. Raises FeedRefused where it must not be followed."""
    try:
        target = urljoin(url, location.strip())
    except ValueError:
        target = ""
    parts = _parts(target)
    if parts.scheme not in ("http", "https"):
        raise FeedRefused(f"{shown(url)} redirects to {shown(location)}, which is no web address.")
    if urlsplit(url).scheme == "https" and parts.scheme == "http":
        text = f"{shown(url)} redirects to {shown(target)}, which is not encrypted."
        raise FeedRefused(text, "Such a redirect is never followed.")
    if is_loopback(host_of(target)) and not is_loopback(host_of(url)):
        raise FeedRefused(f"{shown(url)} redirects to this machine, {shown(target)}; that is not followed.")
    return target


def _parts(url: str) -> SplitResult:
    """The parts of an address that has a host; raises FeedRefused where it is none."""
    try:
        parts = urlsplit(url)
        sound = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        sound = False
    if not sound or len(url) > LONGEST or not url.isprintable() or " " in url:
        raise FeedRefused(f"{shown(url)} is no web address.", "An address begins with https:// or http://.")
    return urlsplit(url)
