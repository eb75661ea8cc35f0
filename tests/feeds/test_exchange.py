"""The wire at its worst: silence, drips, floods, bombs, resets; and the person who does not want to wait."""

from __future__ import annotations

import gzip
import io
import os
import shutil
import socket
import ssl
import subprocess
import threading
import time
import tracemalloc
from pathlib import Path

import httpx
import pytest

from paperreader.errors import (
    FeedError,
    FeedOffline,
    FeedRefused,
    FeedStopped,
    FeedTimeout,
    FeedUnreachable,
    FeedUnreadable,
)
from paperreader.feeds import Limits, never
from paperreader.feeds.decoding import Body, TooLarge
from paperreader.feeds.fetch import Fetched
from tests.feeds.conftest import MakeClient
from tests.feeds.world import Answer, Exchange, World, drip, flood, half_heads, nonsense, reset, silence, text, zipped

SHORT = Limits(connect=0.3, whole=0.4)
MIB = 1024 * 1024


def bomb(size: int) -> bytes:
    """Zeros, gzipped a thousandfold."""
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb") as file:
        for _ in range(size // MIB):
            file.write(bytes(MIB))
    return packed.getvalue()


@pytest.mark.parametrize("answer", [silence, half_heads, drip])
def test_the_whole_answer_has_a_deadline_however_it_comes(
    world: World, make_client: MakeClient, answer: Answer
) -> None:
    begun = time.monotonic()
    with pytest.raises(FeedTimeout, match=r"within 0\.4 s"):
        make_client(limits=SHORT).get(world.says("/page", answer), stop=never)
    assert time.monotonic() - begun < 1.5
    assert len(world.asked) == 1


@pytest.mark.parametrize("answer", [silence, half_heads, drip])
def test_stopping_takes_less_than_half_a_second(world: World, make_client: MakeClient, answer: Answer) -> None:
    url = world.says("/page", answer)
    begun: list[float] = []

    def stop() -> bool:
        if world.came.is_set() and not begun:
            begun.append(time.monotonic())
        return bool(begun)

    with pytest.raises(FeedStopped):
        make_client().get(url, stop=stop)
    assert time.monotonic() - begun[0] < 0.5


def test_who_was_stopped_leaves_no_connection_behind(world: World, make_client: MakeClient) -> None:
    gone = threading.Event()

    def watched(exchange: Exchange) -> None:
        try:
            drip(exchange)
        except OSError:
            gone.set()

    url = world.says("/page", watched)
    with pytest.raises(FeedStopped):
        make_client().get(url, stop=world.came.is_set)
    assert gone.wait(5)


def test_stopped_before_it_began_it_asks_nothing(world: World, make_client: MakeClient) -> None:
    with pytest.raises(FeedStopped):
        make_client().get(world.says("/page", text("[]")), stop=lambda: True)
    assert not world.asked


@pytest.mark.parametrize(
    "answer",
    [
        flood,
        zipped(b"", packed=bomb(64 * MIB)),
        zipped(b"", "deflate", bomb(64 * MIB)),
        lambda exchange: exchange.reply(b"[]", length=17 * MIB),
    ],
    ids=["flood", "gzip bomb", "deflate bomb", "announced"],
)
def test_no_answer_is_larger_than_the_limit(world: World, make_client: MakeClient, answer: Answer) -> None:
    with pytest.raises(FeedUnreadable, match="more than 16 MiB"):
        make_client().get(world.says("/page", answer), stop=never)
    assert len(world.asked) == 1


def test_a_bomb_does_not_fill_the_memory_before_it_is_noticed() -> None:
    packed = bomb(256 * MIB)
    tracemalloc.start()
    try:
        body = Body("gzip", 4 * MIB)
        with pytest.raises(TooLarge):
            body.add(packed)
        assert tracemalloc.get_traced_memory()[1] < 12 * MIB
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "compress", "\x7f"])
def test_an_encoding_that_nobody_asked_for_is_refused(world: World, make_client: MakeClient, encoding: str) -> None:
    with pytest.raises(FeedUnreadable, match="nobody asked for"):
        make_client().get(world.says("/page", zipped(b"[]", encoding)), stop=never)


def test_broken_compression_is_told_and_a_cut_one_tried_again(world: World, make_client: MakeClient) -> None:
    with pytest.raises(FeedUnreadable, match="compression is broken"):
        make_client().get(world.says("/page", zipped(b"", packed=b"not gzip at all")), stop=never)
    half = gzip.compress(os.urandom(1000))[:500]
    with pytest.raises(FeedUnreachable, match="cut short"):
        make_client().get(world.says("/cut", zipped(b"", packed=half)), stop=never)
    assert sum(asked.path == "/cut" for asked in world.asked) == 3


@pytest.mark.parametrize("answer", [reset, nonsense])
def test_a_broken_connection_is_told_in_words(world: World, make_client: MakeClient, answer: Answer) -> None:
    with pytest.raises(FeedUnreachable, match=r"127\.0\.0\.1") as caught:
        make_client().get(world.says("/page", answer), stop=never)
    assert caught.value.hint


def test_a_port_where_nobody_listens_is_told_in_words(make_client: MakeClient) -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{bound.getsockname()[1]}/"
        with pytest.raises(FeedUnreachable, match="takes no connection") as caught:
            make_client().get(url, stop=never)
    assert not isinstance(caught.value, FeedOffline)


@pytest.mark.parametrize("cause", [socket.gaierror(-2, "Name or service not known"), OSError(101, "unreachable")])
def test_being_offline_is_known_and_not_tried_again(make_client: MakeClient, cause: OSError) -> None:
    attempts: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        attempts.append(request)
        raise httpx.ConnectError(str(cause)) from cause

    with pytest.raises(FeedOffline, match=r"no way to huggingface\.co"):
        make_client(transport=httpx.MockTransport(answer)).get("https://huggingface.co/", stop=never)
    assert len(attempts) == 1


def test_a_bug_of_ours_passes_through(make_client: MakeClient) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        make_client(transport=httpx.MockTransport(answer)).get("https://huggingface.co/", stop=never)


@pytest.fixture
def authority(tmp_path: Path) -> Path:
    """A certificate for this machine that nobody signed, and its key."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed; it makes the certificate")
    file = tmp_path / "authority.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    command += ["-days", "2", "-subj", "/CN=paperreader test", "-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run([*command, "-keyout", str(tmp_path / "key.pem"), "-out", str(file)], check=True, capture_output=True)
    return file


def test_certificates_are_verified_and_an_authority_can_be_named(
    world: World, make_client: MakeClient, authority: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority, authority.with_name("key.pem"))
    world.wrap(context)
    url = world.says("/page", text("[]")).replace("http://", "https://")
    with pytest.raises(FeedUnreachable, match="not to be trusted") as caught:
        make_client().get(url, stop=never)
    assert not caught.value.passing
    assert "SSL_CERT_FILE" in caught.value.hint
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    assert isinstance(make_client().get(url, stop=never), Fetched)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SSL_CERT_FILE", "/nowhere/authority.pem"),
        ("HTTPS_PROXY", "gopher://proxy.example"),
        ("ALL_PROXY", "socks5://127.0.0.1:1"),
    ],
)
def test_an_environment_that_cannot_be_used_is_told(
    make_client: MakeClient, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(FeedError) as caught:
        make_client(limits=SHORT).get("https://huggingface.co/", stop=never)
    assert caught.value.hint
    assert isinstance(caught.value, FeedRefused | FeedUnreachable)


def test_a_dead_proxy_is_named(make_client: MakeClient, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        gone = server.getsockname()[1]
    monkeypatch.setenv("HTTPS_PROXY", f"http://me:secret@127.0.0.1:{gone}")
    with pytest.raises(FeedUnreachable, match=f"proxy on the way to huggingface.co, http://127.0.0.1:{gone}") as caught:
        make_client().get("https://huggingface.co/", stop=never)
    assert "HTTPS_PROXY" in caught.value.hint and "secret" not in str(caught.value)


def test_the_proxy_of_the_environment_is_used(
    world: World, make_client: MakeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", world.url)
    world.says("/feed", text("[]"))
    fetched = make_client().get("http://blog.example/feed", stop=never, named=True)
    assert isinstance(fetched, Fetched)
    assert world.asked[0].headers["host"] == "blog.example"
