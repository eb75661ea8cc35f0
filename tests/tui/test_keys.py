import re
from collections.abc import Sequence
from pathlib import Path
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.widgets import Input

from paperreader.errors import SettingsError
from paperreader.paper import View
from paperreader.settings import KeySetting, Settings
from paperreader.tui.hints import FOOTERS, footer
from paperreader.tui.keynames import as_meant, character, is_known, normal, shown
from paperreader.tui.keys import BY_ID, GROUPS, KEYS, Focus, bindings, drawn, remapped, told
from paperreader.tui.remapping import clashes, keymap

FOCI: tuple[Focus, ...] = ("list", "detail", "search")


def chosen(*lines: tuple[str, str]) -> Settings:
    """Settings whose [keys] has these lines, the first on line 2."""
    keys = tuple(KeySetting(id_, key, line) for line, (id_, key) in enumerate(lines, 2))
    return Settings(file=Path("settings.toml"), keys=keys)


def test_every_id_is_used_once_and_names_its_owner() -> None:
    assert len(BY_ID) == len(KEYS)
    assert {key.owner for key in KEYS} == {"app", "reading", "list", "detail", "search", "shelf"}


def test_every_key_says_what_it_does_in_one_sentence_in_a_known_group() -> None:
    for key in KEYS:
        assert key.label and key.help.endswith(".") and key.help[0].isupper(), key.id
        assert key.group in GROUPS


def test_every_key_has_a_name_that_textual_knows() -> None:
    assert [name for key in KEYS for name in key.each if not is_known(name)] == []


def test_no_two_keys_clash_where_both_are_heard() -> None:
    assert list(clashes(KEYS)) == []


def test_no_key_that_types_text_is_taken_from_a_field() -> None:
    taken = [key.id for key in KEYS if key.priority or key.owner == "search" for name in key.each if character(name)]
    assert taken == []


def test_every_view_has_its_digit() -> None:
    digits = {key.action: key.keys for key in KEYS if key.action.startswith("view(")}
    assert digits == {f"view('{view.value}')": view.digit for view in View}


def test_the_habits_of_other_readers_are_met() -> None:
    habits = {
        "list.down": "j", "list.up": "k", "list.top": "g", "list.bottom": "G", "list.open": "enter",
        "reading.back": "escape", "app.quit": "q", "reading.search": "slash", "reading.next_pane": "tab",
        "reading.bookmark": "b", "reading.toggle_read": "r", "reading.browse": "o", "reading.pdf": "P",
        "reading.copy_link": "y", "reading.undo": "u", "app.help": "question_mark", "app.palette": "colon",
    }  # fmt: skip
    assert {id_: BY_ID[id_].each[0] for id_ in habits} == habits


@pytest.mark.parametrize("focus", FOCI)
def test_the_footer_teaches_six_to_eight_keys_that_work_there(focus: Focus) -> None:
    hints = footer(focus)
    assert 6 <= len(hints) <= 8
    assert len(hints) == len(FOOTERS[focus])
    reach = {focus, "reading", "app"}
    assert all(BY_ID[id_].owner in reach for hint in hints for id_ in hint.ids)


@pytest.mark.parametrize("focus", FOCI)
def test_the_footer_fits_into_eighty_columns(focus: Focus) -> None:
    text = "  ".join(f"{' '.join(hint.keys)} {hint.label}" for hint in footer(focus))
    assert len(text) <= 80


def test_the_footer_shows_the_persons_own_keys() -> None:
    hints = footer("list", {"reading.bookmark": "m"})
    assert ("m",) in [hint.keys for hint in hints if "reading.bookmark" in hint.ids]


def test_in_the_search_field_only_keys_that_type_nothing_are_shown() -> None:
    assert drawn(BY_ID["app.help"], "search") == ("F1",)
    assert drawn(BY_ID["app.help"], "list") == ("?", "F1")


def test_keys_are_drawn_as_keyboards_have_them() -> None:
    names = ("ctrl+d", "down", "pagedown", "full_stop", "/", "shift+tab", "enter", "escape", "f1", "G", "ctrl+pageup")
    assert [shown(name) for name in names] == [
        "Ctrl+D", "↓", "PgDn", ".", "/", "Shift+Tab", "Enter", "Esc", "F1", "G", "Ctrl+PgUp",
    ]  # fmt: skip
    assert shown("ctrl+down", ascii_only=True) == "Ctrl+Down"


def test_names_that_people_use_are_understood() -> None:
    written = ("Ctrl+D", "PgDn", "shift+a", "Esc", "?", "ctrl+i", "Return", "F5", " b ")
    meant = ["ctrl+d", "pagedown", "A", "escape", "question_mark", "tab", "enter", "f5", "b"]
    assert [as_meant(name) for name in written] == meant


@given(st.text(max_size=12))
def test_any_text_for_a_key_is_a_key_or_refused_with_file_and_line(written: str) -> None:
    try:
        result = keymap(chosen(("reading.sort", written)))
    except SettingsError as error:
        assert str(error).startswith("settings.toml, line 2: ")
        assert not any(category(letter) == "Cc" for letter in str(error))
    else:
        assert all(is_known(name) for name in result["reading.sort"].split(","))


def test_a_key_of_ones_own_is_handed_to_textual_in_its_names() -> None:
    assert keymap(chosen(("reading.bookmark", "N"), ("list.down", "a,ctrl+j"))) == {
        "reading.bookmark": "N",
        "list.down": "a,ctrl+j",
    }


def test_the_last_word_of_an_id_is_enough_where_only_one_ends_so() -> None:
    assert keymap(chosen(("bookmark", "N"))) == {"reading.bookmark": "N"}


def test_two_actions_can_swap_their_keys() -> None:
    assert keymap(chosen(("bookmark", "r"), ("toggle_read", "b"))) == {
        "reading.bookmark": "r",
        "reading.toggle_read": "b",
    }


def test_panes_that_never_have_the_focus_together_may_share_a_key() -> None:
    assert keymap(chosen(("list.down", "a"), ("detail.down", "a"))) == {"list.down": "a", "detail.down": "a"}


REFUSED: Sequence[tuple[tuple[tuple[str, str], ...], str]] = [
    ((("reading.bokmark", "B"),), 'line 2: no action has the id "reading.bokmark"; did you mean reading.bookmark?'),
    ((("bokmark", "B"),), 'line 2: no action has the id "bokmark"; did you mean reading.bookmark?'),
    ((("zzzzzz", "B"),), "line 2: .*README names? them all|line 2: .*name them all"),
    ((("down", "n"),), 'line 2: "down" may be list.down, detail.down, search.down or shelf.down: write which.'),
    ((("sort", "pagdown"),), 'line 2: "pagdown" is no key; did you mean pagedown?'),
    ((("sort", "hyperspace+q"),), 'line 2: "hyperspace\\+q" is no key; a key is one character'),
    ((("sort", "b"),), "line 2: b cannot be reading.sort, it is reading.bookmark \\(bookmark\\)"),
    ((("sort", "f9"), ("undo", "f9")), "line 3: F9 cannot be reading.undo, it is reading.sort"),
    ((("list.down", "q"),), "line 2: q cannot be list.down, it is app.quit"),
    ((("app.interrupt", "x"),), "line 2: app.interrupt needs a key that types nothing"),
    ((("search.down", "n"),), "line 2: search.down needs a key that types nothing"),
    ((("sort", "f9"), ("reading.sort", "x")), "line 3: reading.sort has its key on line 2 already"),
]


@pytest.mark.parametrize(("lines", "message"), REFUSED)
def test_what_cannot_be_is_named_with_file_line_and_what_was_expected(
    lines: tuple[tuple[str, str], ...], message: str
) -> None:
    with pytest.raises(SettingsError) as raised:
        keymap(chosen(*lines))
    assert re.search(message.replace("?", "\\?"), str(raised.value))
    assert str(raised.value).startswith("settings.toml, ")


class Reading(Screen[None]):
    """A screen with a field and the real bindings, that writes down which actions ran."""

    BINDINGS = bindings("reading")

    def __init__(self) -> None:
        super().__init__()
        self.ran: list[str] = []

    def compose(self) -> ComposeResult:
        yield Input()

    def action_bookmark(self) -> None:
        self.ran.append("bookmark")

    def action_redo(self) -> None:
        self.ran.append("redo")

    def action_view(self, view: str) -> None:
        self.ran.append(view)


class Program(App[None]):
    BINDINGS = bindings("app")

    def on_mount(self) -> None:
        self.push_screen(Reading())


def reading(app: App[None]) -> Reading:
    assert isinstance(app.screen, Reading)
    return app.screen


async def test_typed_letters_land_in_the_field_whatever_keys_they_are() -> None:
    app = Program()
    async with app.run_test() as pilot:
        app.set_keymap(keymap(chosen(("reading.redo", "U"), ("bookmark", "X"))))
        reading(app).query_one(Input).focus()
        await pilot.press(*"bmUq4.", "question_mark", "colon", "slash")
        assert reading(app).query_one(Input).value == "bmUq4.?:/"
        assert reading(app).ran == []


async def test_outside_a_field_the_persons_key_works_and_the_old_one_does_not() -> None:
    app = Program()
    async with app.run_test() as pilot:
        app.set_keymap(keymap(chosen(("reading.redo", "U"), ("bookmark", "X"))))
        reading(app).set_focus(None)
        await pilot.press("X", "b", "U", "ctrl+r", "4")
        assert reading(app).ran == ["bookmark", "redo", "all"]


async def test_swapped_keys_do_each_others_work() -> None:
    app = Program()
    async with app.run_test() as pilot:
        app.set_keymap(keymap(chosen(("bookmark", "4"), ("view_all", "b"))))
        reading(app).set_focus(None)
        await pilot.press("4", "b")
        assert reading(app).ran == ["bookmark", "all"]


def test_the_table_after_remapping_keeps_everything_else() -> None:
    mine = {key.id: key for key in remapped({"reading.sort": "f9"})}
    assert mine["reading.sort"].each == ("f9",)
    assert [key for key in mine.values() if key.id != "reading.sort"] == [
        key for key in KEYS if key.id != "reading.sort"
    ]


def test_normal_forms_are_stable() -> None:
    assert all(normal(normal(name)) == normal(name) for key in KEYS for name in key.each)


def test_a_sentence_names_the_key_as_it_is_now() -> None:
    assert told("{reading.undo} undoes it, {reading.literal} too.") == "u undoes it, F2 too."
    assert told("{reading.undo} undoes it.", {"reading.undo": "ctrl+u,z"}) == "Ctrl+U undoes it."
    assert told("Braces {of} others {stay}.") == "Braces {of} others {stay}."
