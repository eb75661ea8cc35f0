"""What went wrong on the wire, as the person should hear it: httpx's errors made ours."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator
from typing import Final

import httpx

from paperreader.errors import FeedError, FeedOffline, FeedRefused, FeedTimeout, FeedUnreachable
from paperreader.feeds.addresses import shown
from paperreader.feeds.manners import Limits
from paperreader.plain import one_line, printable

_NO_NETWORK: Final = {errno.ENETUNREACH, errno.ENETDOWN, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL}
_CONNECTION: Final = "Look at the network; everything but refreshing works without it."
_LATER: Final = "Try again later."
_PROXIES: Final = "Look at HTTPS_PROXY, HTTP_PROXY and NO_PROXY."


def told(error: BaseException, host: str, limits: Limits, *, proxy: str = "") -> FeedError | None:
    """The expected failure that this is; None where it is a bug of ours. `proxy` is what stands between, if any."""
    if isinstance(error, FeedError):
        return error
    if isinstance(error, httpx.TimeoutException):
        return _late(error, host, limits)
    if isinstance(error, httpx.LocalProtocolError | httpx.UnsupportedProtocol | httpx.InvalidURL | UnicodeError):
        return FeedRefused(f"{host} cannot be asked: the address or a header is no sound HTTP.")
    if proxy and isinstance(error, httpx.ConnectError) and not _is_mistrusted(error):
        text = f"The proxy on the way to {host}, {shown(proxy)}, takes no connection: {_words(error)}."
        return FeedUnreachable(text, _PROXIES)
    return _broken(error, host) if isinstance(error, httpx.TransportError) else None


def _late(error: httpx.TimeoutException, host: str, limits: Limits) -> FeedError:
    if isinstance(error, httpx.ConnectTimeout):
        return FeedTimeout(f"{host} could not be reached within {limits.connect:g} s.", _CONNECTION)
    return FeedTimeout(f"{host} did not give its answer within {limits.whole:g} s.", _LATER)


def _broken(error: httpx.TransportError, host: str) -> FeedError:
    if isinstance(error, httpx.ProxyError):
        text = f"The proxy on the way to {host} says no: {_words(error)}."
        return FeedUnreachable(text, _PROXIES)
    if isinstance(error, httpx.ConnectError):
        return _unconnected(error, host)
    return FeedUnreachable(f"The connection to {host} broke: {_words(error)}.", _LATER, passing=True)


def _unconnected(error: httpx.ConnectError, host: str) -> FeedError:
    for cause in _chain(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            text = f"The certificate of {host} is not to be trusted: {cause.verify_message or cause.reason}."
            hint = "If your network has an authority of its own, name its file in SSL_CERT_FILE."
            return FeedUnreachable(text, hint)
        if isinstance(cause, socket.gaierror):
            return FeedOffline(f"There is no way to {host}: its name cannot be looked up.", _CONNECTION)
        if isinstance(cause, OSError) and cause.errno in _NO_NETWORK:
            return FeedOffline(f"There is no way to {host}: {_words(cause)}.", _CONNECTION)
    return FeedUnreachable(f"{host} takes no connection: {_words(error)}.", _LATER, passing=True)


def _is_mistrusted(error: httpx.ConnectError) -> bool:
    """Whether there was a connection, to one whose certificate is not to be trusted."""
    return any(isinstance(cause, ssl.SSLError) for cause in _chain(error))


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what it came of, at most so many steps."""
    current: BaseException | None = error
    for _ in range(10):
        if current is None:
            return
        yield current
        current = current.__cause__ or current.__context__


def _words(error: BaseException) -> str:
    """The error's own words, for the middle of a sentence."""
    text = printable(one_line(str(error))).rstrip(".") or type(error).__name__
    return text[:200]
