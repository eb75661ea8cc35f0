from pathlib import Path

import pytest
from rich.color import ColorSystem
from textual.app import App, ComposeResult
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme
from textual.widgets import Static

from paperreader.errors import SettingsError
from paperreader.settings import Settings
from paperreader.tui import themes
from paperreader.tui.contrast import ENOUGH, contrast, readable
from paperreader.tui.glyphs import ASCII, UNICODE, bar, choose, sparkline
from paperreader.tui.themes import DARK, LIGHT, PLANES, THEMES, Depth, chosen, depth, first_theme, variables

NEAR = ("bar", "cursor-blurred", "cursor")
TEXTS = ("foreground", "muted-near", "link", "yours", "rising", "wrong")
OTHERS = [theme for theme in BUILTIN_THEMES.values() if not theme.ansi]


def colours(theme: Theme) -> dict[str, str]:
    """What CSS gets, as App.get_css_variables puts it together."""
    return {**variables(theme), **theme.to_color_system().generate(), **theme.variables}


def too_faint(theme: Theme, texts: tuple[str, ...], planes: tuple[str, ...]) -> list[tuple[str, str, float]]:
    known = {name: Color.parse(value) for name, value in colours(theme).items() if name in {*texts, *planes}}
    pairs = [(text, plane, contrast(known[text], known[plane])) for text in texts for plane in planes]
    return [(text, plane, round(ratio, 2)) for text, plane, ratio in pairs if ratio < ENOUGH]


def test_the_contrast_formula_agrees_with_known_values() -> None:
    black, white, grey = Color.parse("#000"), Color.parse("#fff"), Color.parse("#767676")
    assert contrast(black, white) == pytest.approx(21)
    assert contrast(white, grey) == pytest.approx(4.54, abs=0.005)  # the grey that WCAG's own examples call enough
    assert contrast(grey, grey) == 1


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_in_our_themes_whatever_must_be_read_can_be_read_on_every_plane(theme: Theme) -> None:
    assert too_faint(theme, TEXTS, PLANES) == []
    assert too_faint(theme, ("muted",), ("background", "surface")) == []


@pytest.mark.parametrize("theme", OTHERS, ids=lambda theme: theme.name)
def test_in_textuals_themes_our_own_colours_can_be_read(theme: Theme) -> None:
    assert too_faint(theme, TEXTS[1:], PLANES) == []
    assert too_faint(theme, ("muted",), ("background", "surface")) == []


@pytest.mark.parametrize("theme", [*THEMES, *OTHERS], ids=lambda theme: theme.name)
def test_the_cursor_row_is_another_plane_than_the_list(theme: Theme) -> None:
    known = colours(theme)
    assert Color.parse(known["cursor"]) != Color.parse(known["background"])
    assert "bold" in known["cursor-style"]


def rounded(theme: Theme, name: str) -> Color:
    """The colour that a terminal of 256 colours shows."""
    rich = Color.parse(colours(theme)[name]).rich_color.downgrade(ColorSystem.EIGHT_BIT)
    return Color.from_rich_color(rich)


def test_with_256_colours_planes_stay_apart_and_keep_their_tint() -> None:
    assert len({rounded(DARK, name) for name in ("background", "surface", "bar", "cursor")}) == 4
    assert all(rounded(DARK, name).hsl.s == 0 for name in PLANES)
    assert {rounded(LIGHT, name) for name in PLANES} == {Color.parse("#ffffff"), Color.parse("#ffffd7")}
    assert rounded(LIGHT, "cursor") != rounded(LIGHT, "background")


def test_our_colours_are_those_of_the_design() -> None:
    dark, light = colours(DARK), colours(LIGHT)
    names = ("background", "surface", "foreground", "muted", "link", "yours", "rising")
    wanted_dark = ("#14161a", "#191c21", "#cfd3da", "#7d8590", "#8fb4e3", "#e3b76b", "#8fbf7f")
    wanted_light = ("#fbf9f4", "#f5f1e8", "#2b2d31", "#6b675f", "#2f5d9b", "#8f5a00", "#3b7731")
    assert tuple(dark[name].lower() for name in names) == wanted_dark
    assert tuple(light[name].lower() for name in names) == wanted_light


def test_a_colour_that_is_readable_already_is_not_changed() -> None:
    amber, black, white = Color.parse("#e3b76b"), Color.parse("#14161a"), Color.parse("#ffffff")
    assert readable(amber, [black], white) == amber
    assert contrast(readable(black, [black], white), black) >= ENOUGH


@pytest.mark.parametrize(
    ("environ", "wanted"),
    [
        ({"TERM": "xterm-256color"}, Depth.MANY),
        ({"TERM": "tmux-256color"}, Depth.MANY),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, Depth.MANY),
        ({"TERM": "linux"}, Depth.FEW),
        ({"TERM": "screen"}, Depth.FEW),
        ({"TERM": "dumb"}, Depth.NONE),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, Depth.NONE),
    ],
)
def test_the_number_of_colours_is_read_from_the_environment(environ: dict[str, str], wanted: Depth) -> None:
    assert depth(environ) is wanted


def test_where_colours_are_few_the_terminals_own_are_used_and_the_cursor_is_reversed() -> None:
    assert first_theme(Depth.MANY) == "paperreader"
    theme = BUILTIN_THEMES[first_theme(Depth.FEW)]
    assert theme.ansi
    assert "reverse" in variables(theme, Depth.FEW)["cursor-style"]
    assert "reverse" in variables(DARK, Depth.FEW)["cursor-style"]  # a theme that was chosen at another terminal


def test_a_theme_that_is_none_is_named_with_file_line_and_the_nearest(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('read_after = 1\ntheme = "grubox"\n')
    with pytest.raises(
        SettingsError, match=r'settings\.toml, line 2: there is no theme "grubox"; did you mean gruvbox\?'
    ):
        chosen(Settings.read(file))
    assert chosen(Settings(file=file, theme="nord")) == "nord"
    assert chosen(Settings(file=file)) == ""


class Rows(App[None]):
    """A row under the cursor, and one that is not, as the list draws them."""

    CSS = """
    #cursor { background: $cursor; text-style: $cursor-style; color: $foreground; }
    #other { background: $background; color: $muted; }
    #match { color: $yours; text-style: $match-style; background: $bar; }
    """

    def __init__(self, colours: Depth) -> None:
        self.colours = colours
        super().__init__(ansi_color=True if colours is Depth.NONE else None)
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = first_theme(colours)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return themes.variables(self.current_theme, self.colours)

    def compose(self) -> ComposeResult:
        yield Static("here", id="cursor")
        yield Static("there", id="other")
        yield Static("hit", id="match")


def styles(app: App[None]) -> dict[str, str]:
    """The words of the screen with the style that reaches the terminal, filters included."""
    found = {}
    for strip in app.screen._compositor.render_strips():
        for segment in strip.apply_filter(app._filters[-1], Color.parse("black")) if app.no_color else strip:
            if segment.text.strip():
                found[segment.text.strip()] = str(segment.style)
    return found


@pytest.mark.parametrize("name", [theme.name for theme in (*THEMES, *BUILTIN_THEMES.values())])
async def test_every_theme_knows_all_of_our_variables(name: str) -> None:
    app = Rows(Depth.MANY)
    async with app.run_test(size=(20, 5)) as pilot:
        app.theme = name
        await pilot.pause()
        assert "bold" in styles(app)["here"]


async def test_without_colour_the_cursor_and_the_match_are_still_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = Rows(Depth.NONE)
    async with app.run_test(size=(20, 5)) as pilot:
        await pilot.pause()
        found = styles(app)
    assert "#" not in "".join(found.values())
    assert "reverse" in found["here"] and "reverse" not in found["there"]
    assert "underline" in found["hit"]


@pytest.mark.parametrize(
    ("environ", "wanted"),
    [
        ({"LANG": "en_US.UTF-8"}, UNICODE),
        ({"LANG": "C", "LC_ALL": "C.utf8"}, UNICODE),
        ({"LANG": "en_US.UTF-8", "PAPERREADER_ASCII": "1"}, ASCII),
        ({"LANG": "POSIX"}, ASCII),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "de_DE.ISO-8859-1"}, ASCII),
        ({"LANG": "C", "PAPERREADER_ASCII": "0"}, UNICODE),
    ],
)
def test_signs_are_ascii_where_it_is_asked_for_or_the_locale_has_no_others(
    environ: dict[str, str], wanted: object
) -> None:
    assert choose(environ) is wanted


def test_ascii_signs_are_ascii_and_every_sign_is_one_cell_wide() -> None:
    from rich.cells import cell_len

    for name in ASCII._fields:
        ascii_sign, sign = getattr(ASCII, name), getattr(UNICODE, name)
        assert ascii_sign.isascii()
        assert all(cell_len(each) == 1 for each in sign + ascii_sign), name


def test_a_bar_grows_with_its_part_and_shows_a_trace_of_the_least() -> None:
    assert [bar(part, 4, ASCII) for part in (0, 0.01, 0.5, 1, 7)] == ["", "#", "##", "####", "####"]
    assert [bar(part, 4, UNICODE) for part in (0, 0.01, 0.5, 0.55, 1)] == ["", "▏", "██", "██▎", "████"]


def test_a_sparkline_reaches_from_the_lowest_to_the_highest() -> None:
    assert sparkline([1, 5, 9], UNICODE) == "▁▄█"
    assert sparkline((3, 3), UNICODE) == "▁▁"
    assert sparkline([], UNICODE) == ""
