"""What the person keeps of a paper, on its page: rating, state, lists, tags; below the text the note. Values in."""

from __future__ import annotations

from textual.content import Content

from paperreader.paper import Paper, State
from paperreader.tui.content import joined, styled
from paperreader.tui.glyphs import Glyphs

_STATES = {State.READING: "reading", State.DISMISSED: "dismissed"}


def stars(rating: int | None, glyphs: Glyphs) -> str:
    """A rating as signs; nothing where there is none."""
    return glyphs.rated * (rating or 0)


def kept(paper: Paper, glyphs: Glyphs) -> Content:
    """On one line: how far one is, the rating, the lists, the tags; empty where nothing is kept."""
    parts = []
    if rating := stars(paper.rating, glyphs):
        parts.append(Content.styled(rating, "$yours"))
    if state := _STATES.get(paper.state):
        parts.append(Content.styled(state, "$yours"))
    if paper.lists:
        names = [styled(name, style="$yours", tex=False) for name in paper.lists]
        parts.append(Content.assemble(("in ", "$muted"), joined(names, ", ", "$muted")))
    parts += [styled(f"#{tag}", style="$yours", tex=False) for tag in paper.tags]
    return Content("  ").join(parts) if parts else Content("")


def note(paper: Paper, glyphs: Glyphs) -> list[Content]:
    """The note below a heading, an empty line before it; nothing where there is none."""
    if not paper.note.strip():
        return []
    from paperreader.tui.panes import note_page  # few papers have one

    return [Content(""), Content.styled("Your note", "$yours"), *note_page.lines(paper.note.strip("\n"), glyphs)]
