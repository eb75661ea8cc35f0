"""A large file from the web, whole and unchanged or not at all: streamed to the disk, resumed, checked."""

from __future__ import annotations

import hashlib
from collections.abc import Generator
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path
from typing import Final

import httpx

from paperreader.errors import FeedRefused, FeedUnreachable, FeedUnreadable
from paperreader.feeds.addresses import checked, followed, host_of
from paperreader.feeds.faults import told
from paperreader.feeds.manners import Limits

_REDIRECTS: Final = 5
_REDIRECTING: Final = frozenset({301, 302, 303, 307, 308})
_RANGE: Final = 206
_PIECE: Final = 256 * 1024
_LIMITS: Final = Limits(connect=10.0, whole=60.0)
"""Of `whole`, the seconds between two pieces: a slow line may take as long as it takes."""


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file whose every byte is known beforehand."""

    url: str
    sha256: str
    size: int
    """Bytes."""


def download(file: RemoteFile, path: Path, *, agent: str) -> Generator[int]:
    """Bring the file to `path`; yields how many bytes are there. One that is there already is only checked.

    What came before a break lies in `path` with `.part` behind it, and is gone on with the next time. Nothing is in
    `path` until its SHA-256 is right. Raises FeedError, and OSError where the disk says no.
    """
    if path.exists() and path.stat().st_size == file.size and _sha256(path) == file.sha256:
        yield file.size
        return
    part = path.with_name(f"{path.name}.part")
    if not part.exists() or part.stat().st_size != file.size:
        yield from _streamed(file, part, agent)
    if _sha256(part) != file.sha256:
        part.unlink()
        text = f"What {host_of(file.url)} sent is not the file that was asked for: its SHA-256 is another."
        raise FeedUnreadable(text, "It was thrown away. Try again; should it happen again, tell us.")
    part.replace(path)
    yield file.size


def _streamed(file: RemoteFile, part: Path, agent: str) -> Generator[int]:
    there = part.stat().st_size if part.exists() else 0
    there = there if there < file.size else 0
    headers = {"User-Agent": agent, "Accept-Encoding": "identity"} | ({"Range": f"bytes={there}-"} if there else {})
    url = checked(file.url, named=True)
    try:
        with _client() as client:
            for _ in range(_REDIRECTS + 1):
                with client.stream("GET", url, headers=headers) as response:
                    if response.status_code in _REDIRECTING:
                        url = followed(url, response.headers.get("location", ""))
                        continue
                    yield from _kept(file, response, part, there)
                    return
    except httpx.HTTPError as error:
        raise told(error, host_of(url), _LIMITS) or error from error
    raise FeedRefused(f"{host_of(file.url)} redirects more than {_REDIRECTS} times.")


def _kept(file: RemoteFile, response: httpx.Response, part: Path, there: int) -> Generator[int]:
    """Write what comes behind what is there; from the beginning where the server does not go on."""
    host = response.url.host
    if response.status_code not in (200, _RANGE):
        raise FeedRefused(f"{host} says no to {file.url} ({response.status_code}).", status=response.status_code)
    going_on = response.status_code == _RANGE and there > 0
    done = there if going_on else 0
    with part.open("ab" if going_on else "wb") as kept:
        for piece in response.iter_raw(_PIECE):
            done += len(piece)
            if done > file.size:
                raise FeedUnreadable(f"{host} sends more than the {file.size:,} bytes that the file has.")
            kept.write(piece)
            yield done
    if done < file.size:
        raise FeedUnreachable(f"The answer of {host} was cut short.", "Try again: it goes on from there.", passing=True)


def _client() -> httpx.Client:
    """Proxies and certificates come from the environment, as for feeds."""
    return httpx.Client(
        timeout=httpx.Timeout(_LIMITS.whole, connect=_LIMITS.connect),
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        follow_redirects=False,
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
