"""One polite client: who it says it is, what it asks again, what it never does."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

import httpx
import pytest

from paperreader.errors import FeedError, FeedRefused, FeedTimeout, FeedUnreadable
from paperreader.feeds import (
    Evidence,
    PagesInMemory,
    Validators,
    hugging_face_key,
    never,
    semantic_scholar_key,
    user_agent,
)
from paperreader.feeds.fetch import Fetched, Same
from tests.feeds.conftest import MakeClient, QuickClock, streamed
from tests.feeds.world import Answer, World, redirect, tagged, text, zipped

SECRET = "hf_secret"


def test_it_says_who_asks_and_that_it_understands_gzip(world: World, make_client: MakeClient) -> None:
    make_client().get(world.says("/page", text("[]")), stop=never, accept="application/json")
    headers = world.asked[0].headers
    assert headers["user-agent"] == "paperreader/test"
    assert headers["accept"] == "application/json"
    assert headers["accept-encoding"] == "gzip, deflate"
    assert "cookie" not in headers


def test_the_user_agent_holds_the_version_and_a_contact_in_plain_signs() -> None:
    assert user_agent("1.2") == "paperreader/1.2"
    assert user_agent("1.2", "mailto:me@example.org") == "paperreader/1.2 (mailto:me@example.org)"
    assert user_agent("1.2", "x)\r\nCookie: é(") == "paperreader/1.2 (xCookie:)"


def test_a_page_that_is_known_and_unchanged_costs_no_body(world: World, make_client: MakeClient) -> None:
    url = world.says("/page", tagged(b"[1, 2]"))
    pages = PagesInMemory()
    client = make_client(pages=pages)
    first = client.get(url, stop=never)
    assert isinstance(first, Fetched)
    pages.put(url, first.visit.counting(2).validators)
    second = client.get(url, stop=never)
    assert isinstance(second, Same)
    assert second.asked
    assert second.visit.validators.entries == 2
    assert [asked.status for asked in world.asked] == [200, 304]
    assert world.asked[1].sent == 0


def test_a_page_is_not_remembered_by_the_one_who_fetches_it(world: World, make_client: MakeClient) -> None:
    """A kill between fetching and recording must not lose what was fetched."""
    url = world.says("/page", tagged(b"[1]"))
    client = make_client(pages=PagesInMemory())
    assert isinstance(client.get(url, stop=never), Fetched)
    assert isinstance(client.get(url, stop=never), Fetched)
    assert world.asked[1].status == 200


def test_last_modified_will_do_where_there_is_no_etag(world: World, make_client: MakeClient) -> None:
    when = "Fri, 21 Aug 2026 04:00:00 GMT"
    url = world.says("/page", text("[]", last_modified=when))
    pages = PagesInMemory()
    client = make_client(pages=pages)
    first = client.get(url, stop=never)
    assert isinstance(first, Fetched)
    pages.put(url, first.visit.validators)
    client.get(url, stop=never)
    assert world.asked[1].headers["if-modified-since"] == when
    assert "if-none-match" not in world.asked[1].headers


def test_a_page_that_is_fresh_is_not_asked_for_at_all(world: World, make_client: MakeClient, clock: QuickClock) -> None:
    url = world.says("/page", tagged(b"[]", cache_control="max-age=600"))
    pages = PagesInMemory()
    client = make_client(pages=pages)
    first = client.get(url, stop=never)
    assert isinstance(first, Fetched)
    pages.put(url, first.visit.validators)
    clock.time += 599
    same = client.get(url, stop=never)
    assert isinstance(same, Same)
    assert not same.asked
    assert len(world.asked) == 1
    clock.time += 2
    assert isinstance(client.get(url, stop=never), Same)
    assert len(world.asked) == 2
    assert isinstance(client.get(url, stop=never, conditional=False), Fetched)


def test_a_freshness_that_a_wrong_clock_wrote_is_not_believed(world: World, make_client: MakeClient) -> None:
    url = world.says("/page", text("[]"))
    pages = PagesInMemory()
    pages.put(url, Validators(fresh_until=9e9))
    assert isinstance(make_client(pages=pages).get(url, stop=never), Fetched)


def test_unchanged_without_being_asked_is_refused(world: World, make_client: MakeClient) -> None:
    url = world.says("/page", lambda exchange: exchange.head(304, {}))
    with pytest.raises(FeedUnreadable, match="nobody had asked"):
        make_client().get(url, stop=never)


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(b"[1]", mtime=0)),
        ("x-gzip", gzip.compress(b"[", mtime=0) + gzip.compress(b"1]", mtime=0) + b"\0\0"),
        ("deflate", zlib.compress(b"[1]")),
        ("deflate", zlib.compressobj(wbits=-15).compress(b"") + zlib.compress(b"[1]", wbits=-15)),
        ("identity", b"[1]"),
    ],
)
def test_compressed_bodies_come_out_whole(world: World, make_client: MakeClient, encoding: str, packed: bytes) -> None:
    fetched = make_client().get(world.says("/page", zipped(b"", encoding, packed)), stop=never)
    assert isinstance(fetched, Fetched)
    assert fetched.body == b"[1]"


def test_an_answer_of_400_tells_its_reason(world: World, make_client: MakeClient) -> None:
    url = world.says("/page", text('{"error": "Invalid date"}', status=400))
    with pytest.raises(FeedRefused, match="says 400: Invalid date") as caught:
        make_client().get(url, stop=never)
    assert caught.value.status == 400
    assert len(world.asked) == 1


@pytest.mark.parametrize("answer", [zipped(b"", packed=b"\x1f\x8bbroken"), zipped(b"", "br", packed=b"brotli")])
def test_what_cannot_be_unpacked_is_kept_as_it_came(
    world: World, make_client: MakeClient, tmp_path: Path, answer: Answer
) -> None:
    with pytest.raises(FeedUnreadable, match="cannot be unpacked") as caught:
        make_client(evidence=Evidence(tmp_path)).get(world.says("/page", answer), stop=never)
    assert caught.value.file is not None and str(caught.value.file) in caught.value.hint
    assert caught.value.file.read_bytes() in (b"\x1f\x8bbroken", b"brotli")


def test_redirects_are_followed_and_counted(world: World, make_client: MakeClient) -> None:
    world.says("/there", text("[]"))
    fetched = make_client().get(world.says("/here", redirect("/there", 301)), stop=never)
    assert isinstance(fetched, Fetched)
    assert fetched.url == f"{world.url}/there"
    assert fetched.visit.url == f"{world.url}/here"
    with pytest.raises(FeedRefused, match="more than 5 times"):
        make_client().get(world.says("/loop", redirect("/loop")), stop=never)
    assert sum(asked.path == "/loop" for asked in world.asked) == 6


@pytest.mark.parametrize("target", ["file:///etc/passwd", "http://[", "gopher://x/", "//", "javascript:1", "http:///x"])
def test_a_redirect_to_no_web_address_is_refused(world: World, make_client: MakeClient, target: str) -> None:
    with pytest.raises(FeedRefused):
        make_client().get(world.says("/here", redirect(target)), stop=never)


def _moves(request: httpx.Request) -> httpx.Response:
    """Each host sends on to the next."""
    seen.append(request)
    targets = {"huggingface.co": "https://elsewhere.example/", "elsewhere.example": "http://plain.example/"}
    return streamed(302, location=targets[request.url.host])


seen: list[httpx.Request] = []


def test_encrypted_never_leads_to_plain_and_secrets_stay_at_home(make_client: MakeClient) -> None:
    seen.clear()
    keys = [hugging_face_key(f" {SECRET}\n"), semantic_scholar_key("s2")]
    client = make_client(transport=httpx.MockTransport(_moves), keys=keys)
    with pytest.raises(FeedRefused, match="not encrypted"):
        client.get("https://huggingface.co/api/daily_papers", stop=never)
    first, second = seen
    assert first.headers["authorization"] == f"Bearer {SECRET}"
    assert "x-api-key" not in first.headers
    assert second.url.host == "elsewhere.example"
    assert "authorization" not in second.headers


def test_not_even_a_redirect_back_home_carries_the_secret(make_client: MakeClient) -> None:
    hops: list[str | None] = []

    def answer(request: httpx.Request) -> httpx.Response:
        hops.append(request.headers.get("authorization"))
        return streamed(302, location="https://huggingface.co/b") if len(hops) == 1 else _empty()

    client = make_client(transport=httpx.MockTransport(answer), keys=[hugging_face_key(SECRET)])
    client.get("https://huggingface.co/a", stop=never)
    assert hops == [f"Bearer {SECRET}", None]


def _empty() -> httpx.Response:
    return streamed(200)


@pytest.mark.parametrize(
    "url",
    [
        "https://huggingface.co.evil.example/api",
        "https://evil.example/huggingface.co",
        "https://huggingface.co:8443/api",
        "https://huggingface.co@evil.example/api",
    ],
)
def test_the_token_goes_to_no_place_that_looks_like_home(make_client: MakeClient, url: str) -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return _empty()

    client = make_client(transport=httpx.MockTransport(answer), keys=[hugging_face_key(SECRET)])
    client.get(url, stop=never)
    assert SECRET not in str(asked[0].headers.raw)


def test_the_token_does_not_go_to_a_server_on_this_machine(world: World, make_client: MakeClient) -> None:
    client = make_client(keys=[hugging_face_key(SECRET)])
    client.get(world.says("/api/daily_papers", text("[]")), stop=never)
    assert SECRET not in str(world.asked[0].headers)


@pytest.mark.parametrize("token", ["", "  ", "two words", "line\nbreak", "é"])
def test_a_token_that_can_be_none_stops_its_own_host_only_and_is_not_shown(make_client: MakeClient, token: str) -> None:
    keys = [hugging_face_key(token), semantic_scholar_key("")]
    client = make_client(transport=httpx.MockTransport(lambda request: _empty()), keys=keys)
    client.get("https://export.arxiv.org/", stop=never)
    with pytest.raises(FeedRefused, match="HF_TOKEN") as caught:
        client.get("https://huggingface.co/api/daily_papers", stop=never)
    assert not token.strip() or token not in str(caught.value)
    assert SECRET not in repr(hugging_face_key(SECRET))


def test_a_redirect_leads_to_plain_http_only_where_the_person_named_it(make_client: MakeClient) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        home = request.url.host == "127.0.0.1"
        return streamed(302, location="http://plain.example/") if home else _empty()

    client = make_client(transport=httpx.MockTransport(answer))
    with pytest.raises(FeedRefused, match=r"plain\.example/ is not encrypted"):
        client.get("http://127.0.0.1/api/daily_papers", stop=never)
    assert isinstance(client.get("http://127.0.0.1/feed", stop=never, named=True), Fetched)


def test_plain_http_is_for_feeds_that_the_person_named(make_client: MakeClient) -> None:
    client = make_client(transport=httpx.MockTransport(lambda request: _empty()))
    with pytest.raises(FeedRefused, match="not encrypted"):
        client.get("http://huggingface.co/api/daily_papers", stop=never)
    assert isinstance(client.get("http://blog.example/feed", stop=never, named=True), Fetched)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "feed",
        "file:///etc/passwd",
        "ftp://x/y",
        "http://",
        "http://a b/",
        "http://x/\n",
        "http://[::1",
        "https://x:99999/",
    ],
)
def test_what_is_no_web_address_is_not_asked(make_client: MakeClient, url: str) -> None:
    with pytest.raises(FeedRefused):
        make_client().get(url, stop=never, named=True)


@pytest.mark.parametrize("url", ["https://" + "a" * 70 + ".example/", "https://xn--\u00e4.example/", "https://a..b/"])
def test_an_address_that_only_looks_sound_is_refused_in_words(make_client: MakeClient, url: str) -> None:
    with pytest.raises(FeedError) as caught:
        make_client().get(url, stop=never)
    assert not isinstance(caught.value, FeedTimeout)


def test_a_feed_out_there_may_not_send_us_to_this_machine(make_client: MakeClient) -> None:
    move = streamed(302, location="http://127.0.0.1:8080/admin")
    client = make_client(transport=httpx.MockTransport(lambda request: move))
    with pytest.raises(FeedRefused, match="this machine"):
        client.get("http://blog.example/feed", stop=never, named=True)


def test_a_password_in_an_address_is_not_in_the_message(world: World, make_client: MakeClient) -> None:
    url = world.url.replace("http://", "http://me:hush@") + "/nothing"
    with pytest.raises(FeedRefused) as caught:
        make_client().get(url, stop=never, named=True)
    assert "hush" not in str(caught.value)


def test_what_cannot_be_understood_is_kept_and_named(world: World, make_client: MakeClient, tmp_path: Path) -> None:
    def parse(body: bytes) -> None:
        raise FeedUnreadable("This is no list.")

    client = make_client(evidence=Evidence(tmp_path / "answers"))
    fetched = client.get(world.says("/page", text("<oops>")), stop=never)
    assert isinstance(fetched, Fetched)
    with pytest.raises(FeedUnreadable) as caught:
        client.understand("arxiv cs.CL", fetched, parse)
    assert caught.value.file is not None
    assert caught.value.file.read_bytes() == b"<oops>"
    assert caught.value.file.name.startswith("answer-arxiv-cs-cl-")
    assert str(caught.value.file) in str(caught.value)


def test_the_answers_that_are_kept_are_few_and_bounded(tmp_path: Path) -> None:
    evidence = Evidence(tmp_path)
    for number in range(30):
        kept = evidence.keep("../../x\n", b"%d" % number * 2_000_000)
    assert kept is not None
    assert kept.parent == tmp_path
    assert len(list(tmp_path.iterdir())) == 10
    assert kept in set(tmp_path.iterdir())
    assert kept.stat().st_size == 1024 * 1024


def test_a_folder_that_cannot_be_written_keeps_nothing_and_breaks_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert Evidence(tmp_path / "file" / "answers").keep("x", b"y") is None
