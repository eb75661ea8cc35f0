"""One question and its answer over HTTP, in a thread that can be left behind.

A blocking read ends when the far end speaks, or never: DNS, a proxy, headers that drip. So the asking runs in a thread
of its own, and the one who wants the answer waits for it with an eye on the clock and on `stop`.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any, Final
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx

from paperreader.errors import FeedError, FeedRefused, FeedTimeout, FeedUnreachable, FeedUnreadable
from paperreader.feeds.addresses import host_of
from paperreader.feeds.clock import Stop, heed
from paperreader.feeds.decoding import Body, Garbled, TooLarge, Undecodable
from paperreader.feeds.faults import told
from paperreader.feeds.manners import MIB, Limits

_LOOK: Final = 0.05
"""Seconds between two looks whether to stop."""


@dataclass(frozen=True, slots=True)
class Request:
    """What goes out."""

    method: str
    url: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Response:
    """What came back, whole."""

    status: int
    headers: Mapping[str, str]
    """Names in lower case; of several with one name, the values with commas between."""
    body: bytes


class Wire:
    """Asks; any thread may use it, several at once too."""

    def __init__(self, limits: Limits, transport: httpx.BaseTransport | None = None) -> None:
        """`transport` takes the network's place; the environment's proxies are not asked then."""
        self._limits = limits
        self._transport = transport
        self._client: httpx.Client | None = None
        self._lock = threading.Lock()

    def ask(self, request: Request, stop: Stop) -> Response:
        """The answer, whatever its status; redirects are answers.

        Raises FeedUnreachable, FeedTimeout, FeedUnreadable (too large, wrongly compressed), FeedRefused, FeedStopped.
        """
        heed(stop)
        job = _Job(self._opened(), request, self._limits)
        threading.Thread(target=job.run, name="paperreader-feed", daemon=True).start()
        ends = time.monotonic() + self._limits.whole
        while not job.done.wait(_LOOK):
            late = time.monotonic() >= ends
            if late or stop():
                job.abandon()
                heed(stop)
                raise FeedTimeout(f"{job.host} did not give its answer within {self._limits.whole:g} s.", _LATER)
        return job.answer()

    def close(self) -> None:
        """Let go of the connections; asking again opens new ones."""
        with self._lock:
            if self._client is not None:
                self._client.close()
                self._client = None

    def _opened(self) -> httpx.Client:
        with self._lock:
            if self._client is None:
                self._client = _client(self._limits, self._transport)
            return self._client


class _Job:
    """One exchange: run in its own thread, awaited in another."""

    def __init__(self, client: httpx.Client, request: Request, limits: Limits) -> None:
        self.done = threading.Event()
        self.host = host_of(request.url)
        self._client = client
        self._request = request
        self._limits = limits
        self._abandoned = False
        self._stream: Any = None
        self._body: Body | None = None
        self._response: Response | None = None
        self._error: BaseException | None = None

    def run(self) -> None:
        """Ask; what comes of it, expected or not, is for `answer` to tell."""
        try:
            self._response = self._exchange()
        except Exception as error:  # handed over to the thread that waits, bugs too
            self._error = error
        finally:
            self.done.set()

    def answer(self) -> Response:
        """The answer; raises what went wrong."""
        if self._error is not None:
            expected = self._told(self._error)
            raise expected or self._error from self._error
        assert self._response is not None  # the thread is done and nothing went wrong
        return self._response

    def abandon(self) -> None:
        """Break the connection, so that the thread ends too. The plain socket's method: TLS' own asks nobody."""
        self._abandoned = True
        sock = self._stream.get_extra_info("socket") if self._stream is not None else None
        if isinstance(sock, socket.socket):
            with suppress(OSError):  # it may be closed already
                socket.socket.shutdown(sock, socket.SHUT_RDWR)

    def _exchange(self) -> Response:
        request = self._request
        asking = self._client.stream(
            request.method,
            request.url,
            headers=dict(request.headers),
            content=request.body or None,
            extensions={"trace": self._trace},
        )
        with asking as response:
            headers = {name.lower(): response.headers[name] for name in response.headers}
            return Response(response.status_code, headers, self._read(response, headers))

    def _read(self, response: httpx.Response, headers: Mapping[str, str]) -> bytes:
        length = headers.get("content-length", "")
        if length.isdigit() and len(length) < 19 and int(length) > self._limits.body:
            raise TooLarge
        self._body = body = Body(headers.get("content-encoding", ""), self._limits.body)
        for chunk in response.iter_raw():
            body.add(chunk)
        return body.whole()

    def _trace(self, event: str, info: Mapping[str, Any]) -> None:
        """Note the connection as soon as there is one; end where nobody waits any more."""
        if event.endswith((".connect_tcp.complete", ".start_tls.complete")):
            self._stream = info.get("return_value")
        if self._abandoned:
            raise httpx.ReadError("nobody waits for it")

    def _told(self, error: BaseException) -> FeedError | None:
        if isinstance(error, TooLarge):
            most = self._limits.body
            size = f"{most // MIB} MiB" if most >= MIB else f"{most:,} bytes"
            return FeedUnreadable(f"{self.host} sent more than {size}; no list of papers is that long.")
        if isinstance(error, Undecodable):
            if error.cut:
                return FeedUnreachable(f"The answer of {self.host} was cut short.", _LATER, passing=True)
            received = b"" if self._body is None else self._body.received
            return Garbled(f"The answer of {self.host} cannot be unpacked: {error}.", received)
        return told(error, self.host, self._limits, proxy=_proxy_to(self._request.url))


_LATER: Final = "Try again later."


def _proxy_to(url: str) -> str:
    """The proxy that the environment sets between us and an address; empty where there is none."""
    parts = urlsplit(url)
    named = getproxies()
    return "" if proxy_bypass(parts.netloc) else named.get(parts.scheme, named.get("all", ""))


def _client(limits: Limits, transport: httpx.BaseTransport | None) -> httpx.Client:
    """Proxies, SSL_CERT_FILE and SSL_CERT_DIR come from the environment; certificates are always verified.

    No cookies: nobody logs in. No kept connections: we ask one host a few times a day, and one that was kept too long
    is the commonest fault of all.
    """
    try:
        return httpx.Client(
            transport=transport,
            timeout=httpx.Timeout(limits.whole, connect=limits.connect),
            limits=httpx.Limits(max_keepalive_connections=0),
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            follow_redirects=False,
        )
    except ImportError as error:
        text = "The environment names a SOCKS proxy, and there is no support for those here."
        raise FeedRefused(text, "Install httpx[socks] beside paperreader, or name an http proxy.") from error
    except (OSError, ValueError, httpx.InvalidURL) as error:  # ssl.SSLError is an OSError
        text = f"The environment's proxy or certificates cannot be used: {error}."
        raise FeedRefused(text, "Look at HTTPS_PROXY, ALL_PROXY, SSL_CERT_FILE and SSL_CERT_DIR.") from error
