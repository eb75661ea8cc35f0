"""A large file over HTTP from a loopback server: whole and right or not at all, gone on with after a break."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from paperreader.errors import FeedRefused, FeedUnreachable, FeedUnreadable
from paperreader.feeds.download import RemoteFile, download

CONTENT = bytes(range(256)) * 5000


class Server(ThreadingHTTPServer):
    """Serves CONTENT in the ways that the address names."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, str]] = []
        """Path and Range header of each request."""

    def file(self, way: str, content: bytes = CONTENT) -> RemoteFile:
        return RemoteFile(
            f"http://127.0.0.1:{self.server_port}/{way}", hashlib.sha256(content).hexdigest(), len(content)
        )


class Handler(BaseHTTPRequestHandler):
    server: Server

    def log_message(self, *_: object) -> None:
        """Nothing on standard error."""

    def do_GET(self) -> None:
        ranged = self.headers.get("Range", "")
        self.server.asked.append((self.path, ranged))
        way = self.path.strip("/")
        if way == "moved":
            self.send_response(302)
            self.send_header("Location", "/whole")
            self.end_headers()
            return
        if way in ("circle", "away"):
            self.send_response(302)
            self.send_header("Location", "/circle" if way == "circle" else "ftp://127.0.0.1/file")
            self.end_headers()
            return
        if way == "gone":
            self.send_error(404)
            return
        start = int(ranged.removeprefix("bytes=").removesuffix("-")) if ranged and way != "anew" else 0
        body = CONTENT[start:] + (b"more" if way == "long" else b"")
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if way == "torn" else body)


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def bring(file: RemoteFile, path: Path) -> list[int]:
    return list(download(file, path, agent="test/1"))


@pytest.mark.parametrize("way", ["whole", "moved"])
def test_a_file_comes_whole_and_says_how_far_it_is(way: str, server: Server, tmp_path: Path) -> None:
    path = tmp_path / "file"
    steps = bring(server.file(way), path)
    assert path.read_bytes() == CONTENT
    assert steps == sorted(steps)
    assert steps[-1] == len(CONTENT)
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


def test_one_that_is_there_is_not_asked_for_again(server: Server, tmp_path: Path) -> None:
    bring(server.file("whole"), tmp_path / "file")
    bring(server.file("whole"), tmp_path / "file")
    assert len(server.asked) == 1


@pytest.mark.parametrize("way", ["whole", "anew"])
def test_after_a_break_it_goes_on_from_there_or_from_the_beginning(way: str, server: Server, tmp_path: Path) -> None:
    path = tmp_path / "file"
    with pytest.raises(FeedUnreachable):
        bring(server.file("torn"), path)
    assert not path.exists()
    there = (tmp_path / "file.part").stat().st_size
    assert there
    bring(server.file(way), path)
    assert server.asked[-1] == (f"/{way}", f"bytes={there}-")
    assert path.read_bytes() == CONTENT


def test_other_bytes_than_those_that_are_known_are_thrown_away(server: Server, tmp_path: Path) -> None:
    other = server.file("whole", content=CONTENT[::-1])
    with pytest.raises(FeedUnreadable, match="SHA-256"):
        bring(other, tmp_path / "file")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("way", "error"), [("gone", FeedRefused), ("circle", FeedRefused), ("away", FeedRefused), ("long", FeedUnreadable)]
)
def test_what_a_server_does_wrong_is_said(way: str, error: type[Exception], server: Server, tmp_path: Path) -> None:
    with pytest.raises(error):
        bring(server.file(way), tmp_path / "file")
    assert not (tmp_path / "file").exists()
