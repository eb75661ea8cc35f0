"""`paperreader feeds`: what is followed, tried out and exchanged with other readers."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.cli.conftest import Program
from tests.cli.online import MakeWorld, make_world, settled
from tests.feeds.hub import entry
from tests.feeds.hub import serve as hub
from tests.feeds.preprints import Preprint, rss_body
from tests.feeds.preprints import serve as preprints
from tests.feeds.world import World, text
from tests.terminal.pty import Terminal

__all__ = ["make_world"]

DAY = "2026-08-21"


@pytest.fixture
def world(make_world: MakeWorld, paperreader: Program) -> World:
    made = make_world()
    settled(paperreader, hub(made, {DAY: [entry("2608.00001"), entry("2608.00002")]}))
    preprints(made, [Preprint("2608.00003")])
    return made


def followed(program: Program) -> list[str]:
    return [one["name"] for one in program("feeds", "--json").objects]


def page(*feeds: tuple[str, str]) -> str:
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="{url}" title="{t}">' for url, t in feeds)
    return f"<!doctype html><html><head>{links}</head><body>Welcome</body></html>"


def test_a_new_library_follows_hugging_face_and_was_never_refreshed(paperreader: Program) -> None:
    assert paperreader("feeds").lines == ["huggingface\tHugging Face\tnever asked"]
    assert paperreader("feeds", "list", "--json").objects == [
        {
            "name": "huggingface",
            "title": "",
            "label": "Hugging Face",
            "asked": None,
            "said": "",
            "on": True,
            "plain_http": False,
        }
    ]


def test_the_list_tells_when_each_was_asked_and_what_came_of_it(paperreader: Program, world: World) -> None:
    paperreader("feeds", "add", "cs.CL")
    paperreader("feeds", "add", "--no-check", "--title", "My blog", "http://blog.example.org/feed")
    paperreader("refresh", "huggingface")
    first, second, third = (line.split("\t") for line in paperreader("feeds").lines)
    assert first[:2] == ["huggingface", "Hugging Face"]
    assert first[2].endswith(", 2 new, 0 changed")
    assert second == ["arxiv cs.CL", "arXiv cs.CL", "not encrypted, never asked"]  # the test's world is http
    assert third == ["http://blog.example.org/feed", "My blog", "not encrypted, never asked"]
    asked = paperreader("feeds", "--json").objects[0]["asked"]
    assert datetime.fromisoformat(asked).tzinfo is not None


def test_on_a_terminal_the_list_is_in_columns(paperreader: Program) -> None:
    paperreader("feeds", "add", "--no-check", "quant-ph")
    with Terminal.of_paperreader(paperreader.home, "feeds") as terminal:
        assert terminal.wait() == 0
        assert "huggingface     Hugging Face" in terminal.text
        assert "arxiv quant-ph  arXiv quant-ph  never asked" in terminal.text


def test_a_category_is_checked_and_followed_and_a_second_time_it_is_said(paperreader: Program, world: World) -> None:
    answer = paperreader("feeds", "add", "CS.cl")
    assert (answer.code, answer.out) == (0, "")
    assert answer.err.startswith("arXiv cs.CL is followed now;")
    assert "already" in paperreader("feeds", "add", "arxiv", "cs.CL").err
    assert followed(paperreader) == ["huggingface", "arxiv cs.CL"]
    assert "1 new" in paperreader("refresh", "arxiv", "cs.CL").err


def test_a_query_needs_no_quotes(paperreader: Program, world: World) -> None:
    assert paperreader("feeds", "add", "au:bengio", "AND", "ti:attention").code == 0
    assert followed(paperreader)[1:] == ["arxiv au:bengio AND ti:attention"]
    assert world.asked[-1].query["search_query"] == "au:bengio AND ti:attention"


def test_what_cannot_be_read_is_not_followed_unless_one_says_so(paperreader: Program, world: World) -> None:
    for name in (f"{world.url}/nothing", world.says("/odd", text("hello")), "cs.CV", "no such feed"):
        answer = paperreader("feeds", "add", name)
        assert answer.code == 1
        assert answer.err.startswith("paperreader: ")
    assert followed(paperreader) == ["huggingface"]
    assert paperreader("feeds", "add", "--no-check", f"{world.url}/nothing").code == 0
    assert followed(paperreader) == ["huggingface", f"{world.url}/nothing"]
    assert paperreader("feeds", "add", "--no-check", "no such feed").code == 1


def test_the_feed_of_a_page_is_found_with_its_title(paperreader: Program, world: World) -> None:
    world.says("/feed.xml", text(rss_body([Preprint("2608.00009")]), Content_Type="application/rss+xml"))
    answer = paperreader(
        "feeds", "add", world.says("/blog", text(page(("/feed.xml", "The blog")), Content_Type="text/html"))
    )
    assert answer.code == 0, answer.err
    assert "The blog is followed now" in answer.err and "not encrypted" in answer.err
    (_, found) = paperreader("feeds", "--json").objects
    assert (found["name"], found["title"]) == (f"{world.url}/feed.xml", "The blog")
    assert paperreader("refresh", "the BLOG").err == "1 new, 0 changed.\n"


def test_a_feed_tells_its_title_itself_and_the_persons_one_is_stronger(paperreader: Program, world: World) -> None:
    url = world.says("/feed", text(rss_body([])))
    paperreader("feeds", "add", url)
    assert paperreader("feeds", "--json").objects[1]["title"] == "cs.CL updates on arXiv.org"
    paperreader("feeds", "add", url, "--title", "Mine")
    paperreader("feeds", "add", url)
    assert paperreader("feeds", "--json").objects[1]["title"] == "Mine"


def test_of_several_feeds_of_a_page_the_person_chooses(paperreader: Program, world: World) -> None:
    both = page(("/news.xml", "News"), ("https://other.example/talks.xml", ""))
    answer = paperreader("feeds", "add", world.says("/lab", text(both, Content_Type="text/html")))
    assert answer.code == 1
    assert "2 feeds. Name the one you want" in answer.err
    assert answer.lines == [f"{world.url}/news.xml  News", "https://other.example/talks.xml"]
    assert followed(paperreader) == ["huggingface"]


def test_a_feed_is_followed_no_longer_and_its_papers_stay(paperreader: Program, world: World) -> None:
    paperreader("refresh")
    answer = paperreader("feeds", "remove", "hf")
    assert (answer.code, followed(paperreader)) == (0, [])
    assert len(paperreader("find").lines) == 2
    assert paperreader("feeds", "remove", "hf").code == 1
    assert paperreader("feeds").err.startswith("No feed is followed.")


def test_feeds_are_tried_out_without_recording_anything(paperreader: Program, world: World) -> None:
    paperreader("feeds", "add", "--no-check", f"{world.url}/nothing")
    answer = paperreader("feeds", "test")
    assert answer.code == 3
    hugging, nothing = answer.lines
    assert hugging == "huggingface: 2 papers; first: Paper 2608.00001"
    assert nothing.startswith(f"{world.url}/nothing: ") and "says 404" in nothing
    assert paperreader("feeds", "test", "arxiv", "cs.CL", "hf").code == 0
    assert paperreader("feeds", "--json").objects[0]["asked"] is None
    assert paperreader("refresh", "hf").err == "2 new, 0 changed.\n"


def test_the_list_goes_out_as_opml_and_comes_back_into_another_library(paperreader: Program, tmp_path: Path) -> None:
    names = ["arxiv cs.CL", "arxiv au:bengio AND ti:attention", "https://a.example/feed?x=1&y=2"]
    for name in names:
        paperreader("feeds", "add", "--no-check", name)
    paperreader("feeds", "add", "--no-check", "--title", 'Ünïcode <&> "q"', "https://b.example/feed")
    answer = paperreader("feeds", "export", environment={"PYTHONIOENCODING": "ascii"})
    assert ElementTree.fromstring(answer.out).get("version") == "2.0"
    file = tmp_path / "feeds.opml"
    file.write_text(answer.out, encoding="utf-8")
    other = Program(tmp_path / "other")
    assert other("feeds", "import", file).err == "Followed now: 4; already: 1.\n"
    assert followed(other) == ["huggingface", *names, "https://b.example/feed"]
    assert other("feeds", "export").out == paperreader("feeds", "export").out
    assert other("feeds", "import", "-", stdin=file.read_bytes()).err == "Followed now: 0; already: 5.\n"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<rss/>", "no list of feeds in OPML"),
        ('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><opml><body>&a;</body></opml>', "no list of feeds"),
        ("not xml", "no list of feeds"),
    ],
)
def test_a_file_that_is_no_list_is_refused(paperreader: Program, tmp_path: Path, body: str, told: str) -> None:
    file = tmp_path / "feeds.opml"
    file.write_text(body)
    answer = paperreader("feeds", "import", file)
    assert (answer.code, answer.out) == (1, "")
    assert told in answer.err


def test_of_a_list_the_feeds_that_are_none_are_named_and_the_others_followed(
    paperreader: Program, tmp_path: Path
) -> None:
    file = tmp_path / "feeds.opml"
    file.write_text(
        '<opml><body><outline text="x" xmlUrl="javascript:alert(1)"/>'
        '<outline text="A" xmlUrl="https://a.example/feed"/></body></opml>'
    )
    answer = paperreader("feeds", "import", file)
    assert answer.code == 0
    assert 'There is no feed "javascript:alert(1)"' in answer.err
    assert answer.err.endswith("Followed now: 1; already: 0; not understood: 1.\n")
    assert paperreader("feeds", "import", tmp_path / "absent.opml").code == 1


def test_feeds_that_are_set_up_first_begin_no_library(paperreader: Program, world: World) -> None:
    paperreader("feeds", "add", "cs.CL")
    paperreader("refresh")
    assert len(paperreader("find").lines) == 3


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["follow", "x"], "'follow' is nothing to do with feeds; known are list, add, remove, test, import, export"),
        (["add"], "add wants the name of a feed"),
        (["remove"], "remove wants the name of a feed"),
        (["list", "x"], "list takes no names"),
        (["export", "x"], "export takes no names"),
        (["import"], "import wants one file"),
        (["import", "a", "b"], "import wants one file"),
        (["remove", "hf", "--title", "x"], "--title and --no-check belong to add"),
        (["add", "hf", "--json"], "--json belongs to list"),
    ],
)
def test_misuse_says_what_was_expected(paperreader: Program, words: list[str], told: str) -> None:
    answer = paperreader("feeds", *words)
    assert (answer.code, answer.out) == (2, "")
    assert told in answer.err
    assert not (paperreader.home / "data").exists()


def test_titles_from_outside_cannot_steer_the_terminal(paperreader: Program, world: World) -> None:
    url = world.says("/blog", text(page(("/f", "\x1b[31mRed\x07")), Content_Type="text/html"))
    world.says("/f", text(rss_body([Preprint("2608.00009", title="\x9b31mowned")])))
    for words in (["add", url], [], ["test", f"{world.url}/f"], ["export"]):
        answer = paperreader("feeds", *words)
        assert not any(ord(sign) < 32 and sign not in "\t\n" for sign in answer.out + answer.err)
