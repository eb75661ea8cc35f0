"""What the help tells beside keys: the list's signs, Trending's formula with its weights, search by meaning. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from paperreader.trending import Weights
from paperreader.tui.glyphs import Glyphs

SIGNS = "The signs of the list"
FORMULA = "How Trending is ordered"
FINDING = "How papers are found"


def told_beside(weights: Weights, glyphs: Glyphs, missing: str = "") -> Mapping[str, Sequence[tuple[str, str]]]:
    """The sections, each with (sign or name, sentence); `missing` is what to do for search by meaning, if anything."""
    meaning = f"Not now: {missing.rstrip('.')}." if missing else "Too: what says the same in other words."
    return {
        SIGNS: signs(glyphs),
        FORMULA: formula(weights),
        FINDING: [("by words", "Always, misspelt or abbreviated ones too."), ("by meaning", meaning)],
    }


def signs(glyphs: Glyphs) -> list[tuple[str, str]]:
    """What stands before a title."""
    return [
        (glyphs.chosen, "You have chosen it: the next action is about all that are chosen."),
        (glyphs.unread, "You have not read it."),
        (glyphs.reading, "You are reading it."),
        (glyphs.dismissed, "You have dismissed it."),
        (glyphs.star, "You have bookmarked it."),
        (glyphs.revised, "A newer version of your bookmark has come."),
        (glyphs.noted, "You have written a note on it."),
        (f"{glyphs.rising} {glyphs.falling}", "It stands higher, or lower, than a day ago."),
    ]


def formula(weights: Weights) -> list[tuple[str, str]]:
    """As `paperreader.trending` computes it; the names are those of [trending] in settings.toml."""
    v, g, c, s = (f"{number:g}" for number in (weights.votes, weights.gained, weights.comments, weights.stars))
    h, p = f"{weights.half_age:g}", f"{weights.power:g}"
    above = f"votes x {v} + votes gained an hour x {g} + comments x {c} + log2(1 + code stars) x {s}"
    return [
        ("heat", f"({above}) / (1 + days / {h}) ^ {p}; the hottest first."),
        (f"votes = {v}", "For each vote."),
        (f"gained = {g}", "For each vote an hour gained over the last 24 hours; with one refresh only, none."),
        (f"comments = {c}", "For each comment."),
        (f"stars = {s}", "For each doubling of the stars of its code."),
        (f"half_age = {h}", "Days since it was listed that count as one step of age."),
        (f"power = {p}", "How fast the old gives way. All six are set under [trending] in settings.toml."),
    ]
