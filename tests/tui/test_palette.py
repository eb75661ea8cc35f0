import re

import pytest
from textual.app import App, ComposeResult
from textual.command import CommandPalette
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import OptionList

from paperreader.paper import Sort, View
from paperreader.tui import themes
from paperreader.tui.content import MATCH
from paperreader.tui.keys import KEYS, bindings
from paperreader.tui.palette import LOOK, KeyCommands, commands


class Papers(Widget, can_focus=True):
    BINDINGS = bindings("list")


class Reading(Screen[None]):
    BINDINGS = bindings("reading")

    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []

    def compose(self) -> ComposeResult:
        yield Papers()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return None if action == "undo" or parameters == ("relevance",) else True

    def action_view(self, view: str) -> None:
        self.done.append(view)

    def action_order(self, order: str) -> None:
        self.done.append(order)


class Program(App[None]):
    BINDINGS = bindings("app")
    COMMANDS = {KeyCommands}  # noqa: RUF012  # as Textual has it: a set on the class
    CSS = LOOK

    def __init__(self) -> None:
        super().__init__()
        self.reading = Reading()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return themes.variables(self.current_theme)

    def get_default_screen(self) -> Screen[None]:
        return self.reading


def shown(app: App[None]) -> str:
    return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())


async def test_every_key_that_can_work_now_is_a_command() -> None:
    app = Program()
    async with app.run_test():
        told = {command.text for command in commands(app.reading)}
        missing = {key.id for key in KEYS if key.help not in told}
        others = {key.id for key in KEYS if key.owner in ("detail", "search", "shelf")}
        assert missing == others | {"app.palette", "reading.undo"}


async def test_views_and_orders_are_commands_by_name() -> None:
    app = Program()
    async with app.run_test():
        names = {command.name for command in commands(app.reading)}
        assert {f"View: {view.label}" for view in View} <= names
        assert {f"Sort: {sort.label}" for sort in Sort if sort is not Sort.RELEVANCE} <= names
        assert f"Sort: {Sort.RELEVANCE.label}" not in names  # nothing is asked now
        assert "Theme" in names


async def test_a_command_found_by_typing_is_done_by_enter() -> None:
    app = Program()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("colon", *"unread pap")
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("backspace", "backspace", "backspace", "backspace")
        await pilot.press("ctrl+u", *"view: unread")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "Show the papers you have not read." in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        assert app.screen is app.reading
        assert app.reading.done == ["unread"]


async def test_an_order_is_chosen_by_name() -> None:
    app = Program()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("ctrl+p", *"oldest first")
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert app.reading.done == ["oldest"]


async def test_before_typing_what_one_does_to_papers_is_listed_and_movement_is_not() -> None:
    app = Program()
    async with app.run_test(size=(100, 50)) as pilot:
        await pilot.press("ctrl+p")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, CommandPalette)
        assert app.screen.query_one(OptionList).option_count > 10
        assert "Bookmark the paper" in shown(app)
        assert "Go to the next paper." not in shown(app)


async def test_a_key_that_looks_like_markup_is_shown_as_it_is() -> None:
    app = Program()
    app.set_keymap({"reading.sort": "[", "reading.pdf": "]"})
    async with app.run_test(size=(100, 90)) as pilot:
        await pilot.press("ctrl+p")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert re.search(r"Order the list in another way\. +\[ *$", shown(app), re.MULTILINE)
        assert re.search(r"Open the PDF\. +\] *$", shown(app), re.MULTILINE)


@pytest.mark.parametrize("size", [(140, 40), (60, 20)])
async def test_keys_stand_in_one_column_at_the_right(size: tuple[int, int]) -> None:
    app = Program()
    async with app.run_test(size=size) as pilot:
        await pilot.press("ctrl+p", *"paper")
        await app.workers.wait_for_complete()
        await pilot.pause()
        lines = [line for line in shown(app).splitlines() if re.search(r"\.  +\S+$|…  +\S+$", line)]
        assert len(lines) > 4
        assert len({len(line) for line in lines}) == 1


async def test_scattered_letters_are_no_match() -> None:
    app = Program()
    async with app.run_test():
        found = {command.name for command in commands(app.reading) if command.score("book")}
        assert found == {"Bookmark", "View: Bookmarks"}  # Back: "Go One step back; what was typed is Kept" was one
        best = sorted(commands(app.reading), key=lambda command: -command.score("sort"))[0]
        assert best.name.startswith("Sort")


async def test_what_was_typed_is_marked_in_name_and_sentence() -> None:
    app = Program()
    async with app.run_test():
        (command,) = [command for command in commands(app.reading) if command.name == "View: Bookmarks"]
        line = command.line(80, "bookmarks")
        marked = [line.plain[span.start : span.end] for span in line.spans if span.style == MATCH]
        assert marked == ["Bookmarks", "bookmarks"]
        assert line.cell_length == 80


async def test_only_the_name_of_a_command_is_bold() -> None:
    app = Program()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("ctrl+p", *"pdf")
        await app.workers.wait_for_complete()
        await pilot.pause()
        segments = [segment for strip in app.screen._compositor.render_strips() for segment in strip]
        sentence = next(segment for segment in segments if "Open the" in segment.text)
        assert sentence.style is not None
        assert not sentence.style.bold
