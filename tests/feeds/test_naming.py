"""Feeds by their names."""

from __future__ import annotations

import subprocess
import sys

import pytest

from paperreader.errors import FeedRefused, FeedUnknown
from paperreader.feeds import DEFAULT, feed
from paperreader.feeds.arxiv import ArxivQuery
from paperreader.feeds.arxiv_rss import ArxivListing
from paperreader.feeds.huggingface import HuggingFace
from paperreader.feeds.syndication import Syndication


@pytest.mark.parametrize(
    ("written", "name", "kind"),
    [
        ("huggingface", "huggingface", HuggingFace),
        (" HF ", "huggingface", HuggingFace),
        ("https://huggingface.co/papers", "huggingface", HuggingFace),
        ("arxiv cs.CL", "arxiv cs.CL", ArxivListing),
        ("cs.cl", "arxiv cs.CL", ArxivListing),
        ("arXiv  CS.CV+stat.ml", "arxiv cs.CV+stat.ML", ArxivListing),
        ("hep-th", "arxiv hep-th", ArxivListing),
        ("physics.optics", "arxiv physics.optics", ArxivListing),
        ("cond-mat.dis-nn", "arxiv cond-mat.dis-nn", ArxivListing),
        ("https://rss.arxiv.org/rss/cs.CL", "arxiv cs.CL", ArxivListing),
        ("http://export.arxiv.org/rss/cs.CL+cs.LG", "arxiv cs.CL+cs.LG", ArxivListing),
        ("arxiv au:bengio AND ti:attention", "arxiv au:bengio AND ti:attention", ArxivQuery),
        ("all:quantum", "arxiv all:quantum", ArxivQuery),
        ("https://blog.example/feed", "https://blog.example/feed", Syndication),
        ("http://blog.example/feed", "http://blog.example/feed", Syndication),
    ],
)
def test_a_name_means_a_feed_and_the_feeds_own_name_means_it_again(written: str, name: str, kind: type) -> None:
    found = feed(written)
    assert type(found) is kind
    assert found.name == name
    assert feed(found.name) == found


@pytest.mark.parametrize("written", ["", "cz.CL", "arxiv", "arxiv everything", "cs.CL+nope", "blog.example/feed"])
def test_another_name_is_refused_with_the_forms_that_there_are(written: str) -> None:
    with pytest.raises(FeedUnknown, match=r"arxiv cs\.CL"):
        feed(written)


def test_a_slip_of_the_finger_is_guessed() -> None:
    with pytest.raises(FeedUnknown, match="Did you mean huggingface"):
        feed("hugingface")


def test_an_address_that_is_no_web_address_is_refused() -> None:
    with pytest.raises(FeedRefused):
        feed("file:///etc/passwd")


def test_feeds_without_encryption_are_marked() -> None:
    assert feed("http://blog.example/feed").plain_http
    assert not feed("https://blog.example/feed").plain_http
    assert not any(feed(name).plain_http for name in (*DEFAULT, "cs.CL", "all:x"))


def test_labels_are_what_the_screen_can_show() -> None:
    assert feed("cs.CL").label == "arXiv cs.CL"
    assert feed("https://www.blog.example/feed").label == "blog.example"
    assert feed("https://www.blog.example/feed", title="My blog").label == "My blog"


def test_naming_feeds_loads_no_network() -> None:
    script = "import sys, paperreader.feeds; print({'httpx', 'feedparser', 'ssl'} & set(sys.modules))"
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "set()"
