"""What tests share: where the data that is not ours to copy can be read."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

_BESIDE_THE_PROJECT = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Callable[[str], Path]:
    """`shared("seed/trending-page.txt")` is that file; the test is skipped, saying so, where it is absent."""
    root = Path(os.environ.get("PAPERREADER_SHARED") or _BESIDE_THE_PROJECT)

    def place(name: str) -> Path:
        if not (root / name).exists():
            pytest.skip(f"{name} is not in {root}; set PAPERREADER_SHARED to the folder that has it")
        return root / name

    return place
