"""A web server on this machine that answers as told: also slowly, brokenly, endlessly. Nothing here sleeps."""

from __future__ import annotations

import gzip
import hashlib
import socket
import struct
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

Answer = Callable[["Exchange"], None]


@dataclass
class Asked:
    """A request that came."""

    method: str
    path: str
    """Without the query."""
    query: dict[str, str]
    headers: dict[str, str]
    """Names in lower case."""
    body: bytes
    status: int = 0
    """What was answered, 0 while nothing was."""
    sent: int = 0
    """Bytes of the answer's body."""


@dataclass
class Exchange:
    """One request, being answered."""

    world: World
    asked: Asked
    handler: BaseHTTPRequestHandler = field(repr=False)

    def reply(
        self, body: bytes, status: int = 200, headers: Mapping[str, str] | None = None, *, length: int | None = None
    ) -> None:
        """Send a whole answer; `length` is what Content-Length claims, where it lies."""
        given = {"Content-Type": "application/json", **(headers or {})}
        self.head(status, {**given, "Content-Length": str(len(body) if length is None else length)})
        self.send(body)

    def head(self, status: int, headers: Mapping[str, str]) -> None:
        self.asked.status = status
        self.handler.send_response(status)
        for name, value in headers.items():
            self.handler.send_header(name, value)
        self.handler.end_headers()

    def send(self, data: bytes) -> None:
        self.asked.sent += len(data)
        self.handler.wfile.write(data)
        self.handler.wfile.flush()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until the world ends, or so long; whether it ended."""
        return self.world.ending.wait(seconds)

    def reset(self) -> None:
        """Break the connection so that the other side sees a reset."""
        connection = self.handler.connection
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()


class World:
    """The server: `says` tells it what to answer, `asked` is what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.ending = threading.Event()
        self.busy = 0
        self.busiest = 0
        """The most requests that were under way at once."""
        self.came = threading.Event()
        """Set once a request is there."""
        self._answers: dict[str, list[Answer]] = {}
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=lambda: self._server.serve_forever(poll_interval=0.01), daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def wrap(self, context: Any) -> None:
        """Speak TLS from now on."""
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)

    def says(self, path: str, *answers: Answer) -> str:
        """Answer this path so, one after the other, the last one for ever; the path's address."""
        self._answers[path] = list(answers)
        return self.url + path

    def close(self) -> None:
        self.ending.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, exchange: Exchange) -> None:
        with self._lock:
            self.asked.append(exchange.asked)
            self.busy += 1
            self.busiest = max(self.busy, self.busiest)
            known = self._answers.get(exchange.asked.path, [text("there is nothing here", status=404)])
            answer = known.pop(0) if len(known) > 1 else known[0]
        self.came.set()
        try:
            answer(exchange)
        finally:
            with self._lock:
                self.busy -= 1


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """The other side went away, as it may."""


def _handler(world: World) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("content-length", "0")))
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(self.command, parts.path, dict(parse_qsl(parts.query)), headers, body)
            self.close_connection = True
            with suppress(OSError):
                world.answer(Exchange(world, asked, self))

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class names it so
            pass

    return Handler


def text(body: bytes | str, *, status: int = 200, **headers: str) -> Answer:
    """A whole answer; `retry_after="5"` is the header Retry-After."""
    data = body.encode() if isinstance(body, str) else body
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda exchange: exchange.reply(data, status, named)


def tagged(body: bytes, **headers: str) -> Answer:
    """An answer with an ETag, and 304 to who has it."""
    etag = f'W/"{hashlib.sha256(body).hexdigest()[:16]}"'
    named = {name.replace("_", "-"): value for name, value in headers.items()} | {"ETag": etag}

    def answer(exchange: Exchange) -> None:
        if exchange.asked.headers.get("if-none-match") == etag:
            exchange.head(304, named)
        else:
            exchange.reply(body, 200, named)

    return answer


def redirect(to: str, status: int = 302) -> Answer:
    return lambda exchange: exchange.reply(b"", status, {"Location": to})


def silence(exchange: Exchange) -> None:
    """Take the question and say nothing."""
    exchange.wait()


def half_heads(exchange: Exchange) -> None:
    """Begin a header and never end it, a byte every 20 ms."""
    exchange.handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not exchange.wait(0.02):
        exchange.send(b"x")


def drip(exchange: Exchange) -> None:
    """A body that never ends, a byte every 20 ms."""
    exchange.head(200, {"Content-Type": "application/json"})
    while not exchange.wait(0.02):
        exchange.send(b" ")


def flood(exchange: Exchange) -> None:
    """A body that never ends, as fast as it is taken."""
    exchange.head(200, {"Content-Type": "application/json"})
    while not exchange.world.ending.is_set():
        exchange.send(b" " * 65_536)


def reset(exchange: Exchange) -> None:
    exchange.reset()


def cut(body: bytes) -> Answer:
    """Half of a body, and then the end."""
    return lambda exchange: exchange.reply(body[: len(body) // 2], length=len(body))


def zipped(body: bytes, encoding: str = "gzip", packed: bytes | None = None) -> Answer:
    data = gzip.compress(body) if packed is None else packed
    return lambda exchange: exchange.reply(data, 200, {"Content-Encoding": encoding})


def nonsense(exchange: Exchange) -> None:
    """Something that is not HTTP."""
    exchange.handler.wfile.write(b"SSH-2.0-OpenSSH_9.9\r\n")
