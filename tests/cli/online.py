"""The real program with a world of the test's own to ask."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.cli.conftest import Program
from tests.feeds.world import World

__all__ = ["MakeWorld", "make_world", "settled"]

MakeWorld = Callable[[], World]


@pytest.fixture
def make_world(monkeypatch: pytest.MonkeyPatch) -> Iterator[MakeWorld]:
    """Servers, each a host of its own; no proxy of this machine stands between."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "HF_TOKEN", "SEMANTIC_SCHOLAR_API_KEY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    made: list[World] = []

    def make() -> World:
        made.append(World())
        return made[-1]

    yield make
    for world in made:
        world.close()


def settled(program: Program, hub: str, arxiv: str | None = None, more: str = "") -> None:
    """Write settings.toml: Hugging Face is at `hub`, and everything else at `arxiv`, or there too."""
    elsewhere = arxiv or hub
    program.home.mkdir(parents=True, exist_ok=True)
    (program.home / "settings.toml").write_text(
        f'[feeds.huggingface]\nbase_url = "{hub}"\n'
        f'[feeds.arxiv]\nbase_url = "{elsewhere}"\nrss_base_url = "{elsewhere}"\n'
        f'[feeds.semantic_scholar]\nbase_url = "{elsewhere}"\n{more}',
        encoding="utf-8",
    )
