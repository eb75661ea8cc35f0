"""The questions that were asked before: kept across starts, stepped through, forgotten at a key."""

from __future__ import annotations

import json
from collections.abc import Callable
from threading import Lock

from paperreader.errors import PaperReaderError

MOST = 500
"""Questions that are kept, the latest."""
NAME = "questions"
"""The name under which the library keeps them."""


class History:
    """Knows the questions, and which of them stands in the field. Writing is for a thread."""

    def __init__(self, recall: Callable[[str], str | None], remember: Callable[[str, str | None], None]) -> None:
        self._recall = recall
        self._remember = remember
        self._lock = Lock()
        self._known: list[str] | None = None
        self._at: int | None = None
        self._draft = ""

    @property
    def questions(self) -> list[str]:
        """The earliest first; read when they are first wanted."""
        if self._known is None:
            self._known = self._kept()
        return self._known

    def _kept(self) -> list[str]:
        try:
            kept = json.loads(self._recall(NAME) or "[]")
        except (PaperReaderError, ValueError):
            return []  # nobody asked for it; what another version wrote is not understood
        if not isinstance(kept, list):
            return []
        return [question for question in kept if isinstance(question, str) and question.strip()][-MOST:]

    def is_shown(self, value: str) -> bool:
        """Whether this is the question that was stepped to, as it was asked."""
        return self._at is not None and self._at < len(self.questions) and self.questions[self._at] == value

    def step(self, way: int, value: str) -> str | None:
        """The question before (-1) the one in the field or after it (1); after the last what was being typed.

        None where there is no other.
        """
        if not self.is_shown(value):
            self._at, self._draft = len(self.questions), value
        assert self._at is not None
        at = self._at + way
        if way < 0 and 0 <= at < len(self.questions) and self.questions[at] == value:
            at -= 1
        if not 0 <= at <= len(self.questions) or (at == len(self.questions) and way < 0):
            return None
        self._at = at
        return self._draft if at == len(self.questions) else self.questions[at]

    def add(self, question: str) -> bool:
        """A question was asked; False where nothing changes by that. It is to be written then."""
        question = question.strip()
        if not question or self.questions[-1:] == [question]:
            return False
        self._known = [*(other for other in self.questions if other != question), question][-MOST:]
        self._at = None
        return True

    def forget(self, question: str | None) -> None:
        """Forget this one; None: all. It is to be written then."""
        self._known = [] if question is None else [other for other in self.questions if other != question]
        self._at = None

    def write(self, added: str | None = None) -> None:
        """Keep them; one that was `added` behind those that another app has kept meanwhile. For a thread."""
        with self._lock:
            kept = self.questions if added is None else [*(one for one in self._kept() if one != added), added][-MOST:]
            try:
                self._remember(NAME, json.dumps(kept, ensure_ascii=False) if kept else None)
            except PaperReaderError:
                return  # a library that is locked or full forgets a question, and nobody is bothered
