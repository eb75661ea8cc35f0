"""One question at a time to each host, and a pause after it, whoever wants to ask at once and looked at which time."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

from paperreader.library import Library
from paperreader.paths import Paths

GAP = 0.02
THREADS = 3
TURNS = 3
PROCESSES = 2

_ASKER = f"""
import random, sys, threading, time
from pathlib import Path
from paperreader.feeds import WallClock, never
from paperreader.feeds.manners import Manners
from paperreader.feeds.throttle import turn
from paperreader.library.remembering import Turns
from paperreader.store.database import Database

class Late(Turns):
    # whoever waits for the database looked at the clock before
    def take(self, host, now, until, gap=0.0):
        ago = random.uniform(0.0, 0.3)
        return super().take(host, now - ago, until - ago, gap)

database = Database(Path(sys.argv[1]))
hosts, clock, manners = Late(database), WallClock(), Manners("arxiv.org", {GAP})
asked = []
answer = threading.Event()  # one that takes its time

def ask():
    for _ in range({TURNS}):
        with turn(hosts, manners, clock, hold=35.0, stop=never):
            begun = time.time()
            answer.wait(0.05)
            asked.append((begun, time.time()))

print("ready", flush=True)
sys.stdin.readline()
threads = [threading.Thread(target=ask) for _ in range({THREADS})]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
for begun, ended in asked:
    print(begun, ended)
database.close()
"""


def test_threads_and_processes_that_ask_at_once_never_ask_together(tmp_path: Path) -> None:
    paths = Paths.under(tmp_path / "home")
    Library.open(paths, starter=False).close()
    command = [sys.executable, "-c", _ASKER, str(paths.database)]
    askers = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(PROCESSES)
    ]
    for asker in askers:
        assert asker.stdout is not None and asker.stdout.readline() == "ready\n"
    for asker in askers:
        assert asker.stdin is not None
        asker.stdin.write("go\n")
        asker.stdin.flush()
    told = [asker.communicate()[0] for asker in askers]
    assert [asker.returncode for asker in askers] == [0] * PROCESSES
    asked = sorted(tuple(map(float, line.split())) for lines in told for line in lines.splitlines())
    assert len(asked) == PROCESSES * THREADS * TURNS
    assert min(begun - ended for (_, ended), (begun, _) in pairwise(asked)) >= GAP
