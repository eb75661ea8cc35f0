"""What is linked to a paper on Hugging Face: the models, datasets and Spaces that name it. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["model", "dataset", "space"]
KINDS: tuple[Kind, ...] = ("model", "dataset", "space")


@dataclass(frozen=True, slots=True)
class Linked:
    """A repository that names the paper."""

    kind: Kind
    id: str
    """Owner and name, "google/bert"."""
    url: str
    likes: int | None = None
    downloads: int | None = None
    """In the last month, as Hugging Face counts; Spaces have none."""
    about: str = ""
    """What it is for: a model's task, a Space's short description."""


@dataclass(frozen=True, slots=True)
class Links:
    """All that is linked to one paper."""

    linked: tuple[Linked, ...]
    """Models, then datasets, then Spaces; of each the first that Hugging Face gives."""
    totals: dict[Kind, int]
    """How many of each kind there are."""
