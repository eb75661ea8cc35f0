import pytest
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from paperreader.search.parsing import parse
from paperreader.tui import themes
from paperreader.tui.acting import act, actor, works
from paperreader.tui.key_table import SYNTAX, table
from paperreader.tui.keys import BY_ID, KEYS, Key, bindings, remapped
from paperreader.tui.screens.help import HelpScreen


class Papers(Widget, can_focus=True):
    BINDINGS = bindings("list")

    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []

    def action_top(self) -> None:
        self.done.append("top")


class Reading(Screen[None]):
    BINDINGS = bindings("reading")

    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []

    def compose(self) -> ComposeResult:
        yield Papers()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return None if action == "undo" or parameters == ("rising",) else True

    def action_view(self, view: str) -> None:
        self.done.append(view)


class Program(App[None]):
    BINDINGS = bindings("app")

    def __init__(self, keymap: dict[str, str] | None = None) -> None:
        super().__init__()
        self.set_keymap(keymap or {})
        self.reading = Reading()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return themes.variables(self.current_theme)

    def get_default_screen(self) -> Screen[None]:
        return self.reading

    async def action_help(self) -> None:
        await self.push_screen(HelpScreen())


def text(keys: tuple[Key, ...] = KEYS, query: str = "", width: int = 76, works: bool = True) -> str:
    return "\n".join(line.plain for line in table(keys, query, width, works=lambda key: works))


def shown(app: App[None]) -> str:
    return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())


def test_without_a_question_every_key_is_told_with_its_sentence() -> None:
    whole = text(width=200)
    assert [key.id for key in KEYS if key.help not in whole or key.id not in whole] == []


def test_keys_are_found_by_words_of_their_sentence_in_any_order_and_case() -> None:
    found = text(query="PDF open")
    assert "Open the PDF." in found
    assert "bookmark" not in found.lower()


def test_a_typed_key_is_told_first() -> None:
    assert text(query="D").splitlines()[:2] == ["The key D", "D".ljust(26) + "Remove the paper from the library."]
    assert text(query="ctrl+r").splitlines()[1].endswith("Do again what was undone.")


def test_the_persons_own_key_is_told_in_place_of_ours() -> None:
    lines = text(remapped({"reading.bookmark": "m"}), "bookmark the paper").splitlines()
    assert any(line.startswith("m  ") for line in lines)
    assert not any(line.startswith("b  ") for line in lines)


def test_a_key_that_cannot_work_now_says_so_in_words() -> None:
    assert "Open the PDF. (not now)" in text(query="pdf", works=False)


def test_examples_of_questions_stand_in_the_column_of_the_keys() -> None:
    lines = text(query="unread", width=76).splitlines() + text(query="phrase words", width=76).splitlines()
    lines += [line for line in text(width=76).splitlines() if line.startswith(("graph attention", "Shift+Tab"))]
    starts = {len(line) - len(line.partition("  ")[2].lstrip()) for line in lines if "  " in line}
    assert starts == {26}


def test_the_name_for_the_settings_is_told_where_there_is_room() -> None:
    assert "reading.pdf" in text(width=100)
    assert "reading.pdf" not in text(width=76)
    assert "reading.pdf" in text(query="open the pdf", width=76)


@pytest.mark.parametrize("width", [8, 20, 36, 56, 76, 104, 200])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    lines = table(KEYS, "", width, works=lambda key: False)
    assert [line.plain for line in lines if line.cell_length > width] == []


def test_what_the_help_says_of_searching_is_what_the_search_understands() -> None:
    for head, _ in SYNTAX:
        if head != "title: author: abstract:":
            assert parse(head, finished=True).root is not None, head
            assert parse(head, finished=True).remarks == (), head


@pytest.mark.parametrize("size", [(140, 40), (80, 24), (40, 10)])
async def test_help_opens_filters_scrolls_and_closes_on_any_size(size: tuple[int, int]) -> None:
    app = Program()
    async with app.run_test(size=size) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        assert "Go to the next paper." in shown(app)
        await pilot.press("pagedown")
        await pilot.pause()
        assert "Go to the next paper." not in shown(app)
        await pilot.press(*"undo")
        await pilot.pause()
        assert "Undo the last" in shown(app)
        assert "Go to the next paper." not in shown(app)
        await pilot.press("escape")
        assert app.screen is app.reading


@pytest.mark.parametrize("size", [(140, 40), (200, 50)])
async def test_the_sheet_is_as_high_as_what_it_tells_and_nothing_looks_out_behind_it(size: tuple[int, int]) -> None:
    app = Program()
    async with app.run_test(size=size) as pilot:
        await pilot.press("f1", *"undo the")
        await pilot.pause()
        lines = [line.strip() for line in shown(app).splitlines() if line.strip()]
        assert lines[0] == "All keys"
        assert [lines[1], lines[-1]] == ["› undo the", "↑ ↓ scroll   Esc close"]
        assert app.screen.query_one("#help").size.height < 15
        assert app.screen.styles.background.a == 1
        filled = app.screen.query_one("#line").region.y
        await pilot.press(*["backspace"] * 8)
        await pilot.pause()
        assert app.screen.query_one("#help").size.height > 30
        assert app.screen.query_one("#line").region.y == filled


async def test_no_line_of_the_help_touches_the_scroll_bar() -> None:
    app = Program()
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        keys = app.screen.query_one("#keys", VerticalScroll)
        assert keys.show_vertical_scrollbar
        column = keys.vertical_scrollbar.region.x - 1
        for _ in range(12):
            assert all(line[column : column + 1] in ("", " ") for line in shown(app).splitlines())
            await pilot.press("pagedown")
            await pilot.pause()


async def test_what_cannot_work_now_is_told_by_the_screen_below() -> None:
    app = Program()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("f1", *"undo the")
        await pilot.pause()
        assert "now)" in shown(app)
        await pilot.press("f1")
        assert app.screen is app.reading


async def test_help_tells_the_keys_that_the_person_chose() -> None:
    app = Program({"reading.bookmark": "m"})
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("question_mark", *"bookmark the")
        await pilot.pause()
        assert any(line.split()[:2] == ["m", "Bookmark"] for line in shown(app).splitlines())


async def test_nothing_found_says_where_else_to_look() -> None:
    app = Program()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("question_mark", *"qqqq")
        await pilot.pause()
        assert "No key does that." in shown(app)


async def test_a_key_is_done_by_whoever_has_it() -> None:
    app = Program()
    async with app.run_test():
        papers = app.reading.query_one(Papers)
        assert actor(app.reading, BY_ID["list.top"]) is papers
        assert actor(app.reading, BY_ID["app.quit"]) is app
        assert actor(app.reading, BY_ID["detail.top"]) is None
        assert not works(app.reading, BY_ID["detail.top"])
        assert not works(app.reading, BY_ID["reading.view_rising"])
        assert works(app.reading, BY_ID["reading.view_all"])
        assert await act(app.reading, BY_ID["list.top"])
        assert await act(app.reading, BY_ID["reading.view_all"])
        assert not await act(app.reading, BY_ID["reading.view_rising"])
        assert (papers.done, app.reading.done) == (["top"], ["all"])


async def test_help_fits_where_the_screen_shrinks_while_it_is_open() -> None:
    app = Program()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("question_mark")
        await pilot.resize_terminal(40, 10)
        await pilot.pause()
        await pilot.pause()
        assert "Go to the next paper." in shown(app)
        assert isinstance(app.screen.query_one("#text"), Static)
