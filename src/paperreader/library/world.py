"""What the person decided about asking the world, as feeds understand it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from paperreader.feeds import Places

if TYPE_CHECKING:
    from paperreader.settings import WorldSettings

HUGGING_FACE, ARXIV = "huggingface", "arxiv"


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What settings.toml says about asking the world."""

    contact: str = ""
    """Where the person can be reached, told to every server in the User-Agent."""
    places: Places = field(default_factory=Places)
    semantic_scholar: bool = False
    """Whether citation counts are asked for, one call a refresh."""
    off: frozenset[str] = frozenset()
    """What is followed and not asked: sources ("arxiv" is all of arXiv), or feeds by name."""

    @classmethod
    def of(cls, settings: WorldSettings) -> Self:
        """The world of the table [feeds]."""
        given = {
            "huggingface": settings.huggingface.base_url,
            "arxiv": settings.arxiv.base_url,
            "arxiv_rss": settings.arxiv.rss_base_url,
            "semantic_scholar": settings.semantic_scholar.base_url,
        }
        switches = {HUGGING_FACE: settings.huggingface.on, ARXIV: settings.arxiv.on}
        return cls(
            contact=settings.contact,
            places=Places(**{name: url for name, url in given.items() if url}),
            semantic_scholar=settings.semantic_scholar.on,
            off=frozenset(name for name, on in switches.items() if not on),
        )

    def asks(self, name: str) -> bool:
        """Whether the feed of this name is asked when all are."""
        return name not in self.off and name.partition(" ")[0] not in self.off
