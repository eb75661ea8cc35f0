import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.content import Content
from textual.widgets import Static

from paperreader.plain import printable, web_address
from paperreader.tui import themes
from paperreader.tui.content import as_shown, cut, joined, kept_characters, link, paragraph, styled

HOSTILE = [
    "[CLS] is all you need",
    "On [/foo] and [bar]",
    "[Clinical study on the therapeutic effect of acupuncture in the treatment of post-stroke depression].",
    "[@click=app.quit]press[/]",
    "[link=file:///etc/passwd]x[/link]",
    "$primary [bold red]",
    "\x1b[2J\x1b]0;title\x07gone",
    "\u202egnp.exe\u202c",
    "漢字とかな 混じり文",
    "e\u0301a\u0308 combining",
    "👩‍👩‍👧‍👦 family",
    "a\x00b\x7fc\x9bd",
    "\\[not markup\\]",
]


class Shown(App[None]):
    def __init__(self, content: Content) -> None:
        super().__init__()
        self.content = content

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return themes.variables(self.current_theme)

    def compose(self) -> ComposeResult:
        yield Static(self.content)


async def first_line(content: Content) -> list[tuple[str, str]]:
    """(text, style) of the pieces of the first line, as they reach the terminal."""
    app = Shown(content)
    async with app.run_test(size=(130, 3)) as pilot:
        await pilot.pause()
        return [(piece.text, str(piece.style)) for piece in app.screen._compositor.render_strips()[0]]


@pytest.mark.parametrize("hostile", HOSTILE)
async def test_hostile_text_is_shown_as_text(hostile: str) -> None:
    pieces = await first_line(styled(hostile, tex=False))
    shown = "".join(text for text, _ in pieces).rstrip()
    assert shown == printable(hostile).rstrip()
    assert "\x1b" not in shown and "\u202e" not in shown


async def test_hits_are_styled_and_their_neighbours_are_not() -> None:
    pieces = dict(await first_line(styled("graph attention", [(6, 15)], style="$muted")))
    assert "bold" in pieces["attention"]
    assert "bold" not in pieces["graph "]


@pytest.mark.parametrize(
    ("text", "span", "marked"),
    [
        ("plain words", (6, 11), "words"),
        ("\u200fhidden before", (8, 14), "before"),
        (r"\emph{very deep} nets", (11, 15), "deep"),
        (r"the $\alpha$ of it", (4, 12), "α"),
        (r"the $\alpha$ of it", (6, 9), "α"),
        (r"the $\alpha$ of it", (13, 15), "of"),
        ("n^2 operations", (4, 14), "operations"),
        ("漢字 and kanji", (7, 12), "kanji"),
    ],
)
def test_a_hit_stays_on_its_word_when_showing_changes_the_text(text: str, span: tuple[int, int], marked: str) -> None:
    shown, [(start, end)] = as_shown(text, [span])
    assert shown[start:end] == marked


@given(
    st.text(alphabet=st.sampled_from("ab \\${}^2\u202e\u200f\x1béx'\"é漢`emph"), max_size=40),
    st.integers(0, 40),
    st.integers(0, 40),
)
def test_spans_always_lie_inside_the_shown_text(text: str, start: int, end: int) -> None:
    start, end = min(start, len(text)), min(end, len(text))
    shown, spans = as_shown(text, [(start, end)])
    assert shown == printable(shown)
    assert all(0 <= begin < finish <= len(shown) for begin, finish in spans)


@given(st.text(max_size=60))
def test_text_without_tex_is_shown_as_printable(text: str) -> None:
    assert as_shown(text, tex=False)[0] == printable(text)


@given(st.text(alphabet=st.sampled_from("ab 漢字e\u0301…👩"), max_size=30), st.integers(0, 20))
def test_what_is_cut_fits_and_is_a_beginning(text: str, width: int) -> None:
    content = cut(Content(text), width)
    assert cell_len(content.plain) <= width
    assert content.plain == text or text.startswith(content.plain.removesuffix("…").rstrip())


def test_what_fits_is_not_cut_and_what_does_not_ends_in_the_sign() -> None:
    assert cut(Content("attention"), 9).plain == "attention"
    assert cut(Content("attention"), 8).plain == "attenti…"
    assert cut(Content("attention is all"), 11).plain == "attention…"
    assert cut(Content("漢字漢字"), 6).plain == "漢字…"
    assert cut(Content("attention"), 8, "~").plain == "attenti~"
    assert cut(Content("attention"), 0).plain == ""


@given(st.text(alphabet=st.sampled_from("ab漢e\u0301"), max_size=20), st.integers(0, 12))
def test_as_many_characters_are_kept_as_fit(text: str, width: int) -> None:
    kept = kept_characters(text, width)
    assert cell_len(text[:kept]) <= width
    assert kept == len(text) or cell_len(text[: kept + 1]) >= width


def test_a_paragraph_is_broken_between_words_at_the_measure() -> None:
    lines = paragraph(styled("one two three four five", [(4, 7)]), 10)
    assert [line.plain.rstrip() for line in lines] == ["one two", "three four", "five"]
    assert all(line.cell_length <= 10 for line in paragraph(Content("x" * 95), 10))


async def test_a_link_reaches_the_terminal_as_a_hyperlink() -> None:
    pieces = await first_line(link("arXiv 2402.00847", "https://arxiv.org/abs/2402.00847"))
    assert "link https://arxiv.org/abs/2402.00847" in pieces[0][1]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "ftp://x",
        "",
        "https://a b",
        "https://a\x1b\\x",
        "mailto:a@b",
        "//x",
    ],
)
async def test_what_is_no_web_address_is_no_hyperlink(url: str) -> None:
    assert web_address(url) == ""
    assert "link http" not in "".join(style for _, style in await first_line(link("text", url)))


def test_an_address_is_handed_on_as_ascii() -> None:
    assert web_address(" https://example.org/é?q=漢#x ") == "https://example.org/%C3%A9?q=%E6%BC%A2#x"
    assert web_address("HTTPS://example.org/a%20b") == "HTTPS://example.org/a%20b"


def test_pieces_are_joined_by_a_separator() -> None:
    assert joined([Content("a"), Content("b")], " · ", "$faint").plain == "a · b"
