"""Which process holds something, written down so that others can tell whether it has ended."""

from __future__ import annotations

import os
import platform
from contextlib import suppress
from pathlib import Path


def own_name() -> str:
    """This process's name: "host pid-namespace pid". Numbers of another host or container mean nothing here."""
    return f"{_place()} {os.getpid()}"


def has_ended(name: str) -> bool:
    """Whether the process of that name is known to have ended; False where it cannot be known from here."""
    place, _, pid = name.rpartition(" ")
    return place == _place() and pid.isdecimal() and not is_alive(int(pid))


def is_alive(pid: int) -> bool:
    """Whether there is a process of that number; a number that was given anew counts as the old one."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:  # somebody else's
        return True
    return True


def _place() -> str:
    namespace = "-"
    with suppress(OSError):  # Linux; elsewhere one kernel has one numbering
        namespace = str(Path("/proc/self/ns/pid").readlink())
    return f"{platform.node().replace(' ', '-')} {namespace}"
