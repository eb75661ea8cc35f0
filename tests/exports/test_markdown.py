from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from paperreader.exports import write
from paperreader.paper import Paper
from paperreader.plain import printable
from tests.exports.papers import BARE, FULL

HOSTILE = [
    "[CLS] is all you need",
    "On [/foo] and [bar]",
    "![x](y) [a](b) <b>bold</b> <script>",
    "# 1. Not * a _ heading_ `code` ~~no~~ | a | b |",
    "- no list",
    "1. no list",
    "12) no list",
    "2024.01 is no list",
    "+ no list",
    "=== no underline",
    "--- no rule",
    "*** no rule",
    "> no quote",
    "&amp; &lt; &#35;",
    "a\\b \\* \\",
    "trailing #",
    "$x_1$ and $$y$$ and C# and F_1@k",
    "[x]: https://example.org",
    "\x1b[31mred\x07",
]


def text(*papers: Paper) -> str:
    return "".join(write("markdown", papers))


def parsed(markdown: str) -> list[Token]:
    """What another program reads in it: tables and struck words are meant by many, so they are on."""
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)


def plain(inline: Token) -> str:
    """The text of a piece whose every token is text or our own link and emphasis."""
    kinds = {child.type for child in inline.children or []}
    assert kinds <= {"text", "text_special", "link_open", "link_close", "em_open", "em_close"}, kinds
    return "".join(child.content for child in inline.children or [])


def test_a_full_paper_reads_well() -> None:
    assert text(FULL) == (
        "# Papers\n"
        "\n"
        "## [Graphs \\[and\\] \\*trees\\*](https://arxiv.org/abs/2401.01234)\n"
        "\n"
        "Ana Lopez, 李 雷 · 2024-01-02 · 2401.01234\n"
        "\n"
        "First.\n"
        "\n"
        "Second.\n"
        "\n"
        "[PDF](https://arxiv.org/pdf/2401.01234) · [Code](https://example.org/code) · Keywords: graphs, trees\n"
    )


def test_a_paper_of_which_little_is_known_is_still_a_section() -> None:
    assert text(BARE) == "# Papers\n\n## (untitled)\n\nonly an id\n"


def test_no_papers_are_a_heading_only() -> None:
    assert text() == "# Papers\n"


def test_a_summary_is_marked_as_one() -> None:
    assert "\n*Summary, not the abstract:* In short.\n" in text(Paper(rid=1, title="T", summary="In short."))


def test_many_authors_do_not_drown_the_text() -> None:
    names = tuple(f"Author {n}" for n in range(664))
    assert "Author 5 and 658 more\n" in text(Paper(rid=1, title="T", authors=names))
    assert "Author 6\n" in text(Paper(rid=1, title="T", authors=names[:7]))


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words_in_every_place(words: str) -> None:
    paper = Paper(rid=1, title=words, authors=(words,), other_id=words, abstract=words, keywords=(words,))
    inlines = [token for token in parsed(text(paper)) if token.type == "inline"]
    shown = " ".join(printable(words).split())
    assert [plain(inline) for inline in inlines] == [
        "Papers",
        shown,
        f"{shown} · {shown}",
        shown,
        f"Keywords: {shown}",
    ]


@given(
    st.text(st.characters(exclude_categories=["Cs"])).filter(lambda words: words.strip() and printable(words).strip())
)
def test_whatever_a_title_says_another_program_reads_the_same(words: str) -> None:
    linked = Paper(rid=1, title=words, arxiv_id="2401.01234", abstract=words)
    title, abstract = [token for token in parsed(text(linked)) if token.type == "inline"][1:4:2]
    assert plain(title).split() == printable(words).split()
    assert plain(abstract).split() == printable(words).split()


@pytest.mark.parametrize(
    "link", ["https://example.org/a(b)", "https://example.org/a)[x](y", "https://example.org/é?q=[1]"]
)
def test_a_link_ends_where_it_ends(link: str) -> None:
    tokens = parsed(text(Paper(rid=1, title="T", url=link)))
    opened = [child for token in tokens for child in token.children or [] if child.type == "link_open"]
    assert len(opened) == 1
    assert str(opened[0].attrs["href"]).startswith("https://example.org/")
