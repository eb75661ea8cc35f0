"""Text, Markdown, HTML and Atom: what a paper says is shown, and never means anything."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import feedparser
import pytest

from paperreader.digest import FORMATS, atom, html, markdown, text, wording
from paperreader.digest.content import REVISED, Digest, Item, Section
from paperreader.wrapping import width
from tests.digest.digests import AT, HOSTILE, digest, envelope, full, paper, payloads


class Page(NamedTuple):
    tags: set[tuple[str, tuple[str, ...]]]
    """Each tag with the names of its attributes."""
    links: list[str]
    words: str


def page(source: str) -> Page:
    found = Page(set(), [], "")
    words: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.tags.add((tag, tuple(sorted(name for name, _ in attrs))))
            found.links.extend(value or "" for name, value in attrs if name in ("href", "src", "action", "background"))

        def handle_data(self, data: str) -> None:
            words.append(data)

    reader = Reader()
    reader.feed(source)
    reader.close()
    return found._replace(words="".join(words))


OURS = page(html.write(full())).tags | page(html.write(digest(paper(arxiv_id="", code="", sources=())))).tags


def hostile(said: str, number: int) -> Any:
    return paper(
        number,
        title=said,
        abstract=said,
        summary="",
        authors=(said,),
        organisation=said,
        arxiv_id=said if number % 2 else "",
        doi=said,
        code=said,
        url=said,
    )


def batches(suite: Path) -> list[Digest]:
    texts = list(payloads(suite))
    return [
        digest(
            *(hostile(said, number) for number, said in enumerate(texts[start : start + 40])),
            remarks=tuple(texts[start : start + 2]),
        )
        for start in range(0, len(texts), 40)
    ]


def test_bad_company_makes_no_tag_no_attribute_and_no_other_link(shared: Callable[[str], Path]) -> None:
    for each in batches(shared("payloads/feedparser_suite")):
        written = page(html.write(each))
        assert written.tags <= OURS
        assert all(link.startswith(("https://", "http://")) for link in written.links)
        for item in each.items:
            assert wording.title(item.paper) in " ".join(written.words.split())


def test_bad_company_makes_no_control_and_no_long_line_of_text(shared: Callable[[str], Path]) -> None:
    for each in batches(shared("payloads/feedparser_suite")):
        for line in text.write(each).splitlines():
            assert line.isprintable()
            assert width(line) <= 72 or re.fullmatch(r"https?://\S+", line)


def test_bad_company_makes_no_element_of_a_feed(shared: Callable[[str], Path]) -> None:
    for each in batches(shared("payloads/feedparser_suite")):
        root = ElementTree.fromstring(atom.write(each))
        names = {element.tag.rpartition("}")[2] for element in root.iter()}
        assert names <= {
            "feed",
            "id",
            "title",
            "subtitle",
            "updated",
            "author",
            "name",
            "entry",
            *("category", "link", "summary"),
        }
        assert len(root.findall("{*}entry")) == len(each.items)


def test_markdown_keeps_brackets_stars_and_tags_as_text() -> None:
    written = markdown.write(
        digest(*(paper(number, title=said, abstract=said, summary="") for number, said in enumerate(HOSTILE)))
    )
    assert "[x](" not in written
    assert r"\[x\](javascript:alert(1)) \`code\` \<b\>\*bold\*\</b\> \# not a heading" in written
    assert "\n# " not in written.replace("# paperreader", "", 1)
    written = markdown.write(digest(*(paper(authors=(), summary=said) for said in ("1. One", "- two", "+ three", "="))))
    assert {r"1\. One", r"\- two", r"\+ three", r"\="} <= set(written.splitlines())


def test_text_is_72_columns_in_a_digest_of_a_thousand_papers() -> None:
    many = digest(*(paper(number, title="word " * 60) for number in range(1, 1001)))
    lines = text.write(many).splitlines()
    assert max(width(line) for line in lines if "://" not in line) <= 72
    assert any(line.startswith("1000. word") for line in lines)


def test_text_is_72_columns_even_of_wide_letters_and_long_words() -> None:
    many = digest(
        *(paper(number, title=said, summary=said, authors=(said,) * 5) for number, said in enumerate(HOSTILE))
    )
    link = "https://example.org/" + "x" * 100
    for line in text.write(digest(*(item.paper for item in many.items), paper(99, code=link))).splitlines():
        assert width(line) <= 72 or line == link


def test_text_says_everything_of_a_paper() -> None:
    assert text.write(full()) == (
        "paperreader, Friday, 21 August 2026\n"
        "3 papers; 3 days, 19 August to 21 August.\n"
        "\n"
        "!   The refresh before this digest failed: this machine was offline.\n"
        "\n"
        "\n"
        "Trending on Thursday, 20 August 2026\n"
        "------------------------------------\n"
        "\n"
        " 1. Paper 1\n"
        "    Ann Lee, Bo Xu\n"
        "    What paper 1 says, in a sentence.\n"
        "    41 votes · 1st of 2 on 20 August\n"
        "    arXiv: https://arxiv.org/abs/2608.00001\n"
        "    PDF: https://arxiv.org/pdf/2608.00001\n"
        "    Hugging Face: https://huggingface.co/papers/2608.00001\n"
        "    Code: https://github.com/ann/code\n"
        "\n"
        "    and 3 more in the app\n"
        "\n"
        "\n"
        "Your search: rl\n"
        "---------------\n"
        "\n"
        " 2. Paper 2\n"
        "    Ann Lee, Bo Xu\n"
        "    What paper 2 says, in a sentence.\n"
        "    41 votes · matches your search “rl”\n"
        "    arXiv: https://arxiv.org/abs/2608.00002\n"
        "    PDF: https://arxiv.org/pdf/2608.00002\n"
        "    Hugging Face: https://huggingface.co/papers/2608.00002\n"
        "    Code: https://github.com/ann/code\n"
        "\n"
        "\n"
        "New versions of your bookmarks\n"
        "------------------------------\n"
        "\n"
        " 3. Paper 3\n"
        "    Ann Lee, Bo Xu\n"
        "    What paper 3 says, in a sentence.\n"
        "    version 2\n"
        "    arXiv: https://arxiv.org/abs/2608.00003\n"
        "    PDF: https://arxiv.org/pdf/2608.00003\n"
        "    Hugging Face: https://huggingface.co/papers/2608.00003\n"
        "    Code: https://github.com/ann/code\n"
        "\n"
        "-- \n"
        "paperreader: trending research papers, read in the terminal\n"
    )


def atom_said(source: str) -> str:
    """What a feed reader shows of the feed, with the links of each paper."""
    feed = feedparser.parse(source.encode())
    told = [feed.feed.subtitle]
    for entry in feed.entries:
        summary = page(entry.summary)
        authors = ", ".join(author.name for author in entry.authors)
        told += [entry.title, authors, entry.tags[0].term, summary.words, *summary.links]
    return "\n".join(told)


def html_said(source: str) -> str:
    found = page(source)
    return "\n".join([found.words, *found.links])


SAID: dict[str, Callable[[str], str]] = {
    "markdown": lambda source: source.replace("\\", ""),
    "html": html_said,
    "atom": atom_said,
}


@pytest.mark.parametrize("form", SAID)
def test_every_form_says_everything_of_a_paper_and_what_else_is_to_be_said(form: str) -> None:
    said = SAID[form](FORMATS[form].write(full(), envelope()))
    for number, why in enumerate(("41 votes · 1st of 2 on 20 August", "matches your search “rl”", "version 2"), 1):
        assert f"Paper {number}" in said and why in said
        assert f"What paper {number} says, in a sentence." in said
        for link in ("https://arxiv.org/abs/", "https://arxiv.org/pdf/", "https://huggingface.co/papers/"):
            assert f"{link}2608.0000{number}" in said
    assert said.count("Ann Lee, Bo Xu") == said.count("https://github.com/ann/code") == 3
    for section in full().sections:
        assert section.title in said
    assert "3 papers; 3 days, 19 August to 21 August." in said
    assert "The refresh before this digest failed: this machine was offline." in said
    assert form == "atom" or "and 3 more in the app" in said  # a feed is told from its entries, and has no rest


def test_html_has_its_styles_where_mail_programs_that_drop_style_sheets_keep_them() -> None:
    assert ("table", ("border", "cellpadding", "cellspacing", "class", "role", "style", "width")) in OURS
    assert all("style" in names for _, names in OURS if "class" in names)  # classes are for dark mode only
    bare = {tag for tag, names in OURS if "style" not in names}
    assert bare <= {"html", "head", "meta", "title", "style", "tr", "table", "td", "div"}


def test_a_line_of_authors_and_one_of_counts_are_short() -> None:
    names = tuple("ABCDEF")
    assert wording.byline(paper(authors=names, organisation="Lab")) == "A, B, C and 3 more · Lab"
    assert wording.byline(paper(authors=names[:4])) == "A, B, C, D"
    counted = Item(paper(votes=1, comments=2, stars=3000), "version 2")
    assert wording.standing(counted) == "1 vote, 2 comments, 3,000 stars · version 2"


def test_html_fetches_nothing_and_tracks_nobody() -> None:
    source = html.write(full())
    assert not re.search(r"<(img|link|script|iframe|form|object|embed|video)\b|@import|url\(|srcset", source)
    assert {link.split("/")[2] for link in page(source).links} == {"arxiv.org", "huggingface.co", "github.com"}
    assert "?utm" not in source


def test_html_stays_below_what_gmail_cuts_whatever_there_is() -> None:
    long = {"summary": "Ein längerer Satz über alles. " * 20, "title": "Über " * 30}
    for number in (10, 60, 200, 900):
        source = html.in_mail(digest(*(paper(each, **long) for each in range(number))))
        assert html.encoded_size(source) < 100_000
        assert "Paper" not in source or number  # titles are ours
        left = re.search(r"(\d+) more papers are in the text part", source)
        assert page(source).words.count("Über Über") >= 1
        if number == 900:
            assert left is not None
            assert text.write(digest(*(paper(each, **long) for each in range(number)))).count("PDF: ") == 900
        if number == 60:
            assert left is None


def test_a_digest_of_usual_length_has_all_its_text() -> None:
    source = html.in_mail(digest(*(paper(number) for number in range(1, 31))))
    assert source.count("in a sentence.") == 30


def test_a_page_that_is_no_mail_has_everything() -> None:
    source = html.write(digest(*(paper(number) for number in range(1, 1001))))
    assert source.count("in a sentence.") == source.count(">PDF</a>") == 1000
    assert "text part" not in source


def test_atom_is_read_by_others() -> None:
    feed = feedparser.parse(atom.write(full()).encode())
    assert not feed.bozo
    assert [entry.title for entry in feed.entries] == ["Paper 1", "Paper 2", "Paper 3"]
    assert feed.entries[0].link == "https://arxiv.org/abs/2608.00001"
    assert feed.entries[0].id == "urn:paperreader:arxiv:2608.00001"
    assert [author.name for author in feed.entries[0].authors] == ["Ann Lee", "Bo Xu"]
    assert feed.feed.updated == "2026-08-21T08:00:00+00:00"


def test_a_new_version_is_an_entry_of_its_own_in_a_feed() -> None:
    revised = Section(REVISED, "New versions of your bookmarks", (Item(paper(1, version=2), "version 2"),))
    before = digest(paper(1), at=AT - timedelta(days=1))
    feed = feedparser.parse(atom.write(Digest(at=AT, sections=(revised,), before=(before,))).encode())
    assert [entry.id for entry in feed.entries] == [
        "urn:paperreader:arxiv:2608.00001v2",
        "urn:paperreader:arxiv:2608.00001",
    ]


def test_atom_has_the_papers_of_earlier_digests_once() -> None:
    before = digest(paper(2), paper(9), at=AT - timedelta(days=1))
    feed = feedparser.parse(atom.write(digest(paper(1), paper(2), before=(before,))).encode())
    assert [(entry.title, entry.updated[:10]) for entry in feed.entries] == [
        ("Paper 1", "2026-08-21"),
        ("Paper 2", "2026-08-21"),
        ("Paper 9", "2026-08-20"),
    ]


@pytest.mark.parametrize("form", FORMATS.values(), ids=lambda form: form.name)
def test_every_form_says_that_nothing_is_new(form: Any) -> None:
    assert "othing new since the last digest" in form.write(digest(), envelope())


@pytest.mark.parametrize(
    ("said", "excerpt"),
    [
        ({"summary": "A summary.", "abstract": "An abstract."}, "A summary."),
        ({"summary": "", "abstract": "An abstract."}, "An abstract."),
        ({"summary": "", "tldr": "In short.", "abstract": "An abstract."}, "In short."),
        (
            {"summary": "", "abstract": "We follow Lee et al. (2024) and show that it works. " + "More of it. " * 20},
            "We follow Lee et al. (2024) and show that it works." + " More of it." * 12,
        ),
        (
            {"summary": "", "abstract": f"{'word ' * 18}as shown by Lee et al. (2024) {'word ' * 40}"},
            f"{'word ' * 18}as shown by Lee et al. (2024) {'word ' * 16}".strip() + " …",
        ),
        ({"summary": "", "abstract": "word " * 80}, " ".join(["word"] * 40) + " …"),
        ({"summary": "", "abstract": ""}, ""),
    ],
)
def test_an_excerpt_is_two_or_three_lines_of_whole_sentences(said: dict[str, Any], excerpt: str) -> None:
    assert wording.excerpt(paper(**said)) == excerpt
