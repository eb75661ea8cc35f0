"""Every key, once: footer, palette, help, README's table and the person's remapping come from here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

from textual.binding import Binding, BindingType

from paperreader.tui.keynames import character, normal, shown

Owner = Literal["app", "reading", "list", "detail", "search", "shelf"]
Focus = Literal["list", "detail", "search", "shelf"]
Group = Literal["Move", "Find", "Keep", "Read", "Look", "Program"]

GROUPS: tuple[Group, ...] = ("Move", "Read", "Find", "Keep", "Look", "Program")
"""What a person wants to do, in the order of the help screen."""


class Key(NamedTuple):
    """One thing that a key does."""

    id: str
    """Its name in settings.toml: the owner, a dot, a word."""
    keys: str
    """Comma list of keys as Textual names them; the first is the one that is shown where there is room for one."""
    action: str
    """The owner's method without `action_`, with its arguments."""
    label: str
    """One word or two, for the footer and the palette."""
    help: str
    """One sentence for the help screen."""
    group: Group
    """What a person wants to do with it."""
    priority: bool = False
    """Heard before a field that has the focus: only for keys that type nothing."""

    @property
    def owner(self) -> Owner:
        """Who has the action."""
        owner = self.id.partition(".")[0]
        assert owner in ("app", "reading", "list", "detail", "search", "shelf")
        return owner  # type: ignore[return-value]  # the assertion above says what mypy cannot see in a str

    @property
    def each(self) -> tuple[str, ...]:
        """Its keys one by one, in Textual's normal form."""
        return tuple(normal(key) for key in self.keys.split(","))


KEYS: tuple[Key, ...] = (
    # The list
    Key("list.down", "j,down", "down", "move", "Go to the next paper.", "Move"),
    Key("list.up", "k,up", "up", "move", "Go to the paper before.", "Move"),
    Key("list.half_down", "ctrl+d", "half_down", "half page down", "Go down by half a screen.", "Move"),
    Key("list.half_up", "ctrl+u", "half_up", "half page up", "Go up by half a screen.", "Move"),
    Key("list.page_down", "pagedown,ctrl+f", "page_down", "page down", "Go down by a screen.", "Move"),
    Key("list.page_up", "pageup,ctrl+b", "page_up", "page up", "Go up by a screen.", "Move"),
    Key("list.top", "g,home", "top", "first paper", "Go to the first paper.", "Move"),
    Key("list.bottom", "G,end", "bottom", "last paper", "Go to the last paper.", "Move"),
    Key("list.lower", "J,shift+down", "screen.move_paper(1)", "reorder", "In a list of yours: move it down.", "Keep"),
    Key("list.higher", "K,shift+up", "screen.move_paper(-1)", "higher", "In a list of yours: move it up.", "Keep"),
    Key("list.open", "enter", "open", "read", "Read the paper: the text gets the keys.", "Read"),
    Key("list.choose", "space", "choose", "choose", "Choose the paper, or let it go, and move on.", "Keep"),
    Key("list.range", "v", "range", "range", "Choose from here to where you go; again: done.", "Keep"),
    # The text of a paper
    Key("detail.down", "j,down", "down", "scroll", "Scroll the text down by a line.", "Read"),
    Key("detail.up", "k,up", "up", "scroll", "Scroll the text up by a line.", "Read"),
    Key("detail.half_down", "ctrl+d", "half_down", "half page down", "Scroll down by half a screen.", "Read"),
    Key("detail.half_up", "ctrl+u", "half_up", "half page up", "Scroll up by half a screen.", "Read"),
    Key("detail.page_down", "pagedown,ctrl+f,space", "page_down", "page down", "Scroll down by a screen.", "Read"),
    Key("detail.page_up", "pageup,ctrl+b", "page_up", "page up", "Scroll up by a screen.", "Read"),
    Key("detail.top", "g,home", "top", "start of the text", "Go to the start of the text.", "Read"),
    Key("detail.bottom", "G,end", "bottom", "end of the text", "Go to the end of the text.", "Read"),
    Key("detail.next_link", "right,l", "next_link", "links", "Choose the next link of the paper.", "Read"),
    Key("detail.previous_link", "left,h", "previous_link", "links", "Choose the link before.", "Read"),
    Key("detail.follow", "enter", "follow", "open link", "Open the link that is chosen.", "Read"),
    # The search field
    Key("search.down", "down,ctrl+n", "move('down')", "move", "Go down in what was found, and go on typing.", "Find"),
    Key("search.up", "up", "move('up')", "move", "Go up in what was found, and go on typing.", "Find"),
    Key(
        "search.page_down",
        "pagedown",
        "move('page_down')",
        "page down",
        "Go down in what was found by a screen.",
        "Find",
    ),
    Key("search.page_up", "pageup", "move('page_up')", "page up", "Go up in the hits by a screen.", "Find"),
    Key("search.earlier", "ctrl+up", "recall(-1)", "earlier", "An earlier question; ↑ too in an empty field.", "Find"),
    Key("search.later", "ctrl+down", "recall(1)", "later", "A later question again.", "Find"),
    Key(
        "search.forget",
        "shift+delete",
        "forget",
        "forget",
        "Forget the earlier question; twice in an empty field: all.",
        "Find",
    ),
    Key("search.accept", "enter", "accept", "results", "Keep the question and go to what was found.", "Find"),
    # What stands below the views
    Key("shelf.down", "j,down", "down", "move", "Go down in what narrows the list.", "Find"),
    Key("shelf.up", "k,up", "up", "move", "Go up in what narrows the list.", "Find"),
    Key("shelf.top", "g,home", "top", "top", "Go to the first line.", "Find"),
    Key("shelf.bottom", "G,end", "bottom", "bottom", "Go to the last line.", "Find"),
    Key("shelf.choose", "enter,space", "choose", "narrow", "Narrow the list by it, or no longer.", "Find"),
    Key("shelf.more", "plus,equals_sign", "weigh(1)", "weightier", "Similar papers: weigh the term more.", "Find"),
    Key("shelf.less", "minus", "weigh(-1)", "lighter", "Similar papers: weigh the term less.", "Find"),
    # The screen: wherever the focus is
    Key("reading.search", "/", "search", "search", "Type a question; the list narrows as you type.", "Find"),
    Key("reading.everywhere", "ctrl+g", "everywhere", "everywhere", "Ask all papers what you asked of a view.", "Find"),
    Key("reading.narrow", "f", "narrow", "narrow", "Narrow by year, category, source, code and more.", "Find"),
    Key("reading.similar", "m", "similar", "similar", "List papers like this one, or like those chosen.", "Find"),
    Key("reading.unlike", "M", "unlike", "fewer like it", "Of similar papers: fewer like this one.", "Find"),
    Key(
        "reading.save_search",
        "ctrl+s",
        "save_search",
        "save",
        "Save the question, or change a saved one.",
        "Find",
    ),
    Key("reading.saved_7", "7", "saved(7)", "saved search 7", "Ask the saved search 7.", "Find"),
    Key("reading.saved_8", "8", "saved(8)", "saved search 8", "Ask the saved search 8.", "Find"),
    Key("reading.saved_9", "9", "saved(9)", "saved search 9", "Ask the saved search 9.", "Find"),
    Key("reading.literal", "f2", "literal", "as typed", "Take the words as typed, or corrected again.", "Find"),
    Key("reading.expand", "f3", "expand", "long forms", "Seek abbreviations alone, or long forms too.", "Find"),
    Key("reading.back", "escape", "back", "back", "Go one step back; what was typed is kept.", "Move"),
    Key("reading.next_pane", "tab", "next_pane", "next pane", "Take the word shown; else: to the next pane.", "Move"),
    Key("reading.previous_pane", "shift+tab", "previous_pane", "previous pane", "Go to the pane before.", "Move"),
    Key("reading.next_unread", ".", "next_unread", "next unread", "Go to the next paper that is unread.", "Move"),
    Key("reading.bookmark", "b", "bookmark", "bookmark", "Bookmark the paper, or take the bookmark away.", "Keep"),
    Key("reading.toggle_read", "r", "toggle_read", "read/unread", "Mark the paper read, or unread again.", "Keep"),
    Key("reading.mark_all", "A", "mark_all", "mark all read", "Mark every paper of the list read.", "Keep"),
    Key("reading.remove", "D", "remove", "remove", "Remove the paper from the library.", "Keep"),
    Key("reading.dismiss", "x", "dismiss_paper", "dismiss", "Dismiss the paper: it leaves the feeds' views.", "Keep"),
    Key("reading.reading", "i", "reading", "reading", "Say that you are reading it, or no longer.", "Keep"),
    Key("reading.lists", "B", "lists", "lists", "Choose the lists it is in, or make one.", "Keep"),
    Key("reading.tags", "t", "tags", "tags", "Put tags on it; rename tags, or make two one.", "Keep"),
    Key("list.more_stars", "+", "screen.rate(1)", "stars", "Give it a star more, of five.", "Keep"),
    Key("list.fewer_stars", "-", "screen.rate(-1)", "fewer stars", "Take a star away.", "Keep"),
    Key("detail.more_stars", "+", "screen.rate(1)", "stars", "Give the paper a star more, of five.", "Keep"),
    Key("detail.fewer_stars", "-", "screen.rate(-1)", "fewer stars", "Take a star away from it.", "Keep"),
    Key("reading.note", "n", "note", "note", "Write your note on it, in Markdown.", "Keep"),
    Key("reading.undo", "u", "undo", "undo", "Undo the last thing you did, on an earlier day too.", "Keep"),
    Key("reading.redo", "ctrl+r", "redo", "redo", "Do again what was undone.", "Keep"),
    Key("reading.browse", "o", "browse", "browser", "Open the paper's page in the browser.", "Read"),
    Key("reading.pdf", "P", "pdf", "PDF", "Open the PDF.", "Read"),
    Key("reading.copy_link", "y", "copy_link", "copy link", "Copy the paper's link.", "Read"),
    Key("reading.cite", "c", "cite", "cite", "Copy its citation.", "Read"),
    Key("reading.cite_as", "C", "cite_as", "cite as", "Choose how it is cited, and copy that.", "Read"),
    Key("reading.export", "E", "export", "export", "Write papers into a file, in any of twelve formats.", "Keep"),
    Key("reading.authors", "e", "authors", "all authors", "Show all authors, or only the first again.", "Read"),
    Key("reading.linked", "L", "linked", "models, datasets, Spaces", "Ask what is linked on Hugging Face.", "Read"),
    Key("reading.sort", "s", "sort", "sort", "Order the list in another way.", "Look"),
    Key("reading.sidebar", "z", "sidebar", "search pane", "Hide the search pane, or show it again.", "Look"),
    Key("reading.narrower", "<", "narrower", "narrower", "Make the pane narrower.", "Look"),
    Key("reading.wider", ">", "wider", "wider", "Make the pane wider.", "Look"),
    Key("reading.view_trending", "1", "view('trending')", "Trending", "Show the papers people vote for now.", "Look"),
    Key("reading.view_new", "2", "view('new')", "New", "Show what came since your last visit.", "Look"),
    Key("reading.view_rising", "3", "view('rising')", "Rising", "Show the papers that gain votes fastest.", "Look"),
    Key("reading.digest", "d", "digest", "digest", "Show the next digest; again: another reader's.", "Look"),
    Key("reading.earlier", "[", "earlier", "days", "Go to an earlier day, week or month; or digest.", "Look"),
    Key("reading.later", "]", "later", "later", "Go to a later day, week or month; or digest.", "Look"),
    Key("reading.window", "w", "window", "week", "Trending by day, by week or by month.", "Look"),
    Key("reading.view_all", "4", "view('all')", "All", "Show every paper.", "Look"),
    Key("reading.view_unread", "5", "view('unread')", "Unread", "Show the papers you have not read.", "Look"),
    Key("reading.view_bookmarks", "6", "view('bookmarks')", "Bookmarks", "Show your bookmarks.", "Look"),
    # The program
    Key("app.refresh", "R", "refresh", "refresh", "Ask the feeds for new papers; while it runs: end it.", "Program"),
    Key("app.help", "?,f1", "help", "all keys", "Show all keys, found by typing.", "Program"),
    Key("app.palette", ":,ctrl+p", "command_palette", "commands", "Find any command by its name.", "Program"),
    Key(
        "app.suspend",
        "ctrl+z",
        "suspend_process",
        "suspend",
        "Go back to the shell; `fg` returns.",
        "Program",
        True,
    ),
    Key("app.interrupt", "ctrl+c", "interrupt", "clear", "Clear the field; twice: quit.", "Program", True),
    Key("app.quit", "q", "quit", "quit", "Quit.", "Program"),
    Key("app.quit_now", "ctrl+q", "quit", "quit", "Quit, out of a field or a dialog too.", "Program", True),
)
"""Free for what is to come: N a 0."""

BY_ID: Mapping[str, Key] = {key.id: key for key in KEYS}

_NAMED_KEY = re.compile(r"\{([a-z]+\.[a-z0-9_]+)\}")


def bindings(owner: Owner) -> list[BindingType]:
    """What the owner puts into its BINDINGS; we draw the footer ourselves."""
    return [
        Binding(key.keys, key.action, key.label, show=False, tooltip=key.help, id=key.id, priority=key.priority)
        for key in KEYS
        if key.owner == owner
    ]


def remapped(keymap: Mapping[str, str] | None = None) -> tuple[Key, ...]:
    """All keys as they are after the person's own choice (`remapping.keymap` checks it first)."""
    chosen = keymap or {}
    return tuple(key._replace(keys=chosen.get(key.id, key.keys)) for key in KEYS)


def told(sentence: str, keymap: Mapping[str, str] | None = None) -> str:
    """The sentence with the key in place of each id in braces: "{reading.undo} undoes it" is "u undoes it"."""
    mine = keymap or {}

    def first(name: re.Match[str]) -> str:
        key = BY_ID.get(name[1])
        if key is None:  # braces in a text from outside
            return name[0]
        return next(iter(drawn(key._replace(keys=mine.get(key.id, key.keys)))), key.label)

    return _NAMED_KEY.sub(first, sentence)


def drawn(key: Key, focus: Focus = "list", *, ascii_only: bool = False) -> tuple[str, ...]:
    """Its keys as drawn: in the search field only those that type nothing."""
    usable = (name for name in key.each if focus != "search" or character(name) is None)
    return tuple(shown(name, ascii_only=ascii_only) for name in usable)
