"""How long work is asked to stop: it calls `stop()` between its steps and ends where nothing is half done."""

from collections.abc import Callable

Stop = Callable[[], bool]
"""True when the work shall end."""


def never() -> bool:
    """The `stop` of work that nobody ends."""
    return False
