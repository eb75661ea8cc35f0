"""A pane with the field of the question, which remembers what was asked in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.getters import query_one
from textual.message import Message
from textual.widget import Widget

from paperreader.tui.panes.question import Question

if TYPE_CHECKING:
    from paperreader.tui.history import History


class RecallingPane(Widget):
    """Steps through earlier questions, keeps new ones, forgets them."""

    question = query_one(Question)

    history: History | None = None
    """The questions asked before; None: nothing is remembered."""
    _forgetting = False

    @dataclass(eq=False)
    class Said(Message):
        """Something was done that does not show."""

        sentence: str

    def touched(self) -> None:
        """Another question stands in the field."""
        self._forgetting = False

    def steps(self, way: str) -> bool:
        """Whether up or down stepped to another question: where an earlier one stands in the field, or (up) nothing."""
        value = self.question.value
        if self.history is None or way not in ("up", "down"):
            return False
        stepping = self.history.is_shown(value) or (way == "up" and not value)
        return stepping and self.action_recall(-1 if way == "up" else 1)

    def action_recall(self, way: int) -> bool:
        """An earlier question (-1) or a later one (1); False where there is none."""
        other = self.history.step(way, self.question.value) if self.history is not None else None
        if other is None:
            return False
        self.question.value = other
        self.question.cursor_position = len(other)
        return True

    def action_forget(self) -> None:
        """Forget the earlier question that stands in the field; in an empty field, at the second time, all."""
        if self.history is None:
            return
        value = self.question.value
        if value and self.history.is_shown(value):
            self.history.forget(value)
            self.question.value = ""
            self._say_forgotten("This question is forgotten.")
        elif not value and self.history.questions:
            count = len(self.history.questions)
            if self._forgetting:
                self.history.forget(None)
                self._say_forgotten(f"{count:,} questions are forgotten.")
            else:
                self._forgetting = True
                self.post_message(self.Said(f"Again: forget all {count:,} questions."))

    def _say_forgotten(self, sentence: str) -> None:
        self._forgetting = False
        history = self.history
        assert history is not None
        self.run_worker(history.write, thread=True, group="history")
        self.post_message(self.Said(sentence))

    def on_question_left(self, event: Question.Left) -> None:
        """What was asked can be had again."""
        event.stop()
        self.keep(event.question)

    def keep(self, question: str) -> None:
        """Remember the question."""
        history = self.history
        if history is not None and history.add(question):
            self.run_worker(lambda: history.write(question.strip()), thread=True, group="history")
