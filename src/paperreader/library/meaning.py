"""Search by meaning, as a library has it: whether it can be had, how far its vectors are, and making them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from paperreader.catching_up import Indexed, documents
from paperreader.errors import ModelUnusable, PaperReaderError
from paperreader.library.model_files import model_folder
from paperreader.paper import Sort, View
from paperreader.stop import Stop, never
from paperreader.store import changes, meta, papers

if TYPE_CHECKING:
    from paperreader.paths import Paths
    from paperreader.search.meaning import Meaning
    from paperreader.store.database import Database

INSTALL = "pip install 'paperreader[semantic]' adds search by meaning"
"""How to get it, in one line."""
FETCH = "`paperreader model get` fetches a model (23 MB) for search by meaning"
MAKE = "`paperreader model make` lets it read the papers"


@dataclass(frozen=True, slots=True)
class MeaningState:
    """What there is for search by meaning."""

    installed: bool
    """Whether the extra is there."""
    model: Path | None
    """The model's folder."""
    problem: str
    """What is wrong with the model, if anything."""
    up_to_date: bool
    """Whether the model has read every paper as it is now."""

    @property
    def hint(self) -> str:
        """What to do to have it, in one line; empty where it is there."""
        if not self.installed:
            return INSTALL
        if self.problem:
            return self.problem
        if self.model is None:
            return FETCH
        return "" if self.up_to_date else MAKE

    @property
    def wants_making(self) -> bool:
        """Whether there is a model that has papers to read."""
        return self.installed and self.model is not None and not self.problem and not self.up_to_date


class MeaningCare:
    """The part of a library that looks after the meanings of its papers."""

    def __init__(self, database: Database, paths: Paths) -> None:
        self._database = database
        self._paths = paths
        self.folder = paths.cache / "meaning"
        """Where the vectors are: like the index, always safe to delete."""
        self._vectors = self.folder / "vectors"
        self._told = self.folder / "read.json"

    def state(self) -> MeaningState:
        """What there is; some milliseconds, and nothing is loaded."""
        from paperreader.search.installed import has_runtime

        if not has_runtime():
            return MeaningState(installed=False, model=None, problem="", up_to_date=False)
        try:
            model = self._model()
        except PaperReaderError as error:
            return MeaningState(installed=True, model=None, problem=str(error), up_to_date=False)
        return MeaningState(
            installed=True, model=model, problem="", up_to_date=model is not None and self._read() == self._now(model)
        )

    def opened(self) -> Meaning | None:
        """The model with what it has read, to search by (0.4 s); None where one of the two is not there.

        Raises ModelUnusable and SettingsError.
        """
        from paperreader.search.installed import has_runtime

        if not self._vectors.exists() or not has_runtime() or (model := self._model()) is None:
            return None
        from paperreader.search.meaning import Meaning

        return Meaning(model, self._vectors)

    def count(self) -> int:
        """How many papers the model has read."""
        model = self._model()
        if model is None:
            return 0
        from paperreader.search.sentence_model import fingerprint
        from paperreader.search.vectors import Stored

        stored = Stored(self._vectors, fingerprint(model))
        stored.refresh()
        return len(stored.rids)

    def make(self, stop: Stop = never) -> Iterator[Indexed]:
        """Let the model read the papers that are new or changed, the newest first: 11 a second.

        Ending early keeps what was read. Raises ModelUnusable, IndexBusy while another process is at it, SearchError,
        StoreError, SettingsError.
        """
        from paperreader.search import understanding

        model = self._model()
        if model is None:
            raise ModelUnusable("There is no model to read the papers with.", f"{FETCH}.")
        now = self._now(model)
        everything = papers.listing(self._database, View.ALL, Sort.NEWEST)
        wanted = understanding.stale(self._vectors, model, documents(self._database, everything))
        making = understanding.make(self._vectors, model, documents(self._database, wanted), keep=everything)
        with closing(making):
            for done in making:
                yield Indexed(done, len(wanted))
                if stop():
                    return
        with suppress(OSError):  # then the papers are only looked through again the next time
            self._told.write_text(json.dumps(now), "utf-8")

    def forget(self) -> int:
        """Remove what the model has read; how many bytes that was. Raises IndexBusy while a process is reading."""
        from paperreader.search.locking import writing

        if not self.folder.exists():
            return 0
        with writing(self.folder):
            freed = self._vectors.stat().st_size if self._vectors.exists() else 0
            self._told.unlink(missing_ok=True)
            self._vectors.unlink(missing_ok=True)
        return freed

    def _model(self) -> Path | None:
        from paperreader.settings import Settings

        return model_folder(self._paths, Settings.read(self._paths.settings).search.model)

    def _now(self, model: Path) -> dict[str, object]:
        """What `make` would write down if it had read everything that there is now."""
        made = changes.span(self._database)[1]
        return {"library": meta.library_id(self._database), "change": made, "model": str(model)}

    def _read(self) -> object:
        try:
            return json.loads(self._told.read_bytes()) if self._vectors.exists() else None
        except (OSError, ValueError):
            return None
