"""Which settings there are, what fits each of them, and how that is said to the person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from paperreader.settings import digest
from paperreader.trending import Weights

LONGEST_REST: Final = 3600.0
_LONGEST_HOURS: Final = 8760.0
_SHORTEST_HOURS: Final = 0.25
"""A quarter of an hour: the lists change once an hour at most, and each source counts who asks."""
_LONGEST_TEXT: Final = 200

KEYS: Final = "keys"
"""The table whose names are the screen's to know."""


CITATIONS: Final = ("bibtex", "biblatex", "text", "markdown", "key")
"""Ways of citing, by the names of `exports.citation.STYLES`."""


class Expected(NamedTuple):
    """What a setting wants."""

    fits: Callable[[Any], bool]
    wanted: str
    """In words, after "must be"."""


def _number(least: float, most: float) -> Callable[[Any], bool]:
    """Not so: true and false, which Python counts as numbers, and nan, which is not at least 0."""
    return lambda value: isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip()) and value.isprintable()


def _is_contact(value: Any) -> bool:
    return _is_text(value) and len(value) <= _LONGEST_TEXT


def _is_pause(value: Any) -> bool:
    return value is not False and (value == 0 or _number(_SHORTEST_HOURS, _LONGEST_HOURS)(value))


def _is_base(value: Any) -> bool:
    """An address to which paths can be added, and that a feed of ours may ask."""
    from paperreader.errors import FeedRefused
    from paperreader.feeds.addresses import checked  # not at a start without such a setting

    if not isinstance(value, str) or any(sign in value for sign in "?#@"):
        return False
    try:
        checked(value, named=False)
    except FeedRefused:
        return False
    return True


_SWITCH: Final = Expected(lambda value: isinstance(value, bool), "true or false")
_BASE: Final = Expected(_is_base, "an address in quotes that begins with https:// (http:// for this machine only)")
_WEIGHT: Final = Expected(_number(0.0, 1e6), "a number from 0 to 1000000")

_WEIGHTS: Final[Mapping[str, Expected]] = {
    **dict.fromkeys(Weights._fields, _WEIGHT),
    "half_age": Expected(_number(0.01, 3650.0), "a number of days from 0.01 to 3650"),
    "power": Expected(_number(0.0, 10.0), "a number from 0 to 10"),
}

KNOWN: Final[Mapping[tuple[str, ...], Expected]] = {
    ("read_after",): Expected(_number(0.0, LONGEST_REST), f"a number of seconds from 0 to {LONGEST_REST:.0f}"),
    ("theme",): Expected(_is_text, "a theme's name in quotes"),
    ("browser",): Expected(_is_text, "a command in quotes"),
    ("template",): Expected(_is_text, "a file's name in quotes"),
    ("citation",): Expected(
        lambda value: value in CITATIONS, f"one of {', '.join(f'{name!r}' for name in CITATIONS)}".replace("'", '"')
    ),
    ("search", "model"): Expected(_is_text, "a folder in quotes, or the name of a package that carries a model"),
    ("refresh", "on_start_hours"): Expected(
        _number(0.0, _LONGEST_HOURS), f"a number of hours from 0 to {_LONGEST_HOURS:.0f}"
    ),
    ("refresh", "every_hours"): Expected(
        _is_pause, f"0, or a number of hours from {_SHORTEST_HOURS:g} to {_LONGEST_HOURS:.0f}"
    ),
    ("feeds", "contact"): Expected(
        _is_contact, f"a mail or web address in quotes, of at most {_LONGEST_TEXT} characters"
    ),
    ("feeds", "huggingface", "on"): _SWITCH,
    ("feeds", "huggingface", "base_url"): _BASE,
    ("feeds", "arxiv", "on"): _SWITCH,
    ("feeds", "arxiv", "base_url"): _BASE,
    ("feeds", "arxiv", "rss_base_url"): _BASE,
    ("feeds", "semantic_scholar", "on"): _SWITCH,
    ("feeds", "semantic_scholar", "base_url"): _BASE,
    **{("trending", name): expected for name, expected in _WEIGHTS.items()},
    ("trending", "order"): Expected(lambda value: value in ("ours", "huggingface"), 'either "ours" or "huggingface"'),
    **{("digest", name): Expected(fits, wanted) for name, (fits, wanted) in digest.FITS.items()},
}
"""Each setting by its path."""

TABLES: Final = frozenset(path[:depth] for path in KNOWN for depth in range(1, len(path)))
"""The paths that are tables."""


def siblings(table: tuple[str, ...]) -> list[str]:
    """The names that a table may have; the outermost one is ()."""
    depth = len(table)
    names = [path[depth] for path in KNOWN if path[:depth] == table and len(path) > depth]
    known = list(dict.fromkeys(names))
    return [*known[:3], KEYS, *known[3:]] if not table else known
