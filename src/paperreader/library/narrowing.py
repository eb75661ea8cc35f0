"""A question's words as a person edits them: conditions put in, found, and taken out. Pure."""

from __future__ import annotations

import re

_WORDS = re.compile(r'(?:[^\s"]|"[^"]*(?:"|$))+')


def has(question: str, condition: str) -> bool:
    """Whether the condition stands in the question, as a word of its own."""
    return any(word.casefold() == condition.casefold() for word in _WORDS.findall(question))


def toggled(question: str, condition: str) -> str:
    """The question with the condition, or without it where it has it.

    It is put first: the last word of a question counts as a beginning, and stays the last.
    """
    if not has(question, condition):
        return f"{condition} {question.lstrip()}"
    kept = [word for word in _WORDS.findall(question) if word.casefold() != condition.casefold()]
    return " ".join(kept) + (" " if kept and question[-1:].isspace() else "")
