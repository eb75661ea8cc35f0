"""The sentence model of search by meaning: where it is, and fetching it when the person says so, never otherwise."""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from paperreader import __version__
from paperreader.errors import ModelUnusable, SearchError

if TYPE_CHECKING:
    from paperreader.feeds.download import RemoteFile
    from paperreader.paths import Paths

NAME: Final = "all-MiniLM-L6-v2"
LICENCE: Final = "Apache-2.0"
_HUB: Final = "https://huggingface.co"
HUB_VARIABLE: Final = "HF_ENDPOINT"
"""Where a mirror of the hub is, in the environment: by this name other programs know it too."""

# The int8 export (sentence-transformers' own weights) at one commit: 23 MB, and the bytes are pinned.
_PLACE: Final = "Xenova/all-MiniLM-L6-v2/resolve/751bff37182d3f1213fa05d7196b954e230abad9"
_FILES: Final = {
    "vocab.txt": (231_508, "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"),
    "onnx/model_quantized.onnx": (22_972_370, "afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1"),
}


class Fetching(NamedTuple):
    """How far it is, in bytes."""

    done: int
    total: int


def remote_files(environ: Mapping[str, str] | None = None) -> dict[str, RemoteFile]:
    """What `fetch` brings, by its place in the model's folder."""
    from paperreader.feeds.download import RemoteFile

    hub = (os.environ if environ is None else environ).get(HUB_VARIABLE, "").rstrip("/") or _HUB
    return {name: RemoteFile(f"{hub}/{_PLACE}/{name}", sha256, size) for name, (size, sha256) in _FILES.items()}


def fetched_folder(paths: Paths) -> Path:
    """Where a fetched model lies: with the person's data, as who is offline cannot fetch it again."""
    return paths.data / "models" / NAME


def fetch(paths: Paths, files: Mapping[str, RemoteFile] | None = None) -> Iterator[Fetching]:
    """Bring the model into its folder. Raises FeedError, and SearchError where it cannot be written.

    Broken off, it goes on from there the next time.
    """
    from paperreader.feeds.download import download
    from paperreader.feeds.who import user_agent

    wanted = remote_files() if files is None else files
    total, before = sum(file.size for file in wanted.values()), 0
    folder = fetched_folder(paths)
    try:
        for name, file in wanted.items():
            (folder / name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            for done in download(file, folder / name, agent=user_agent(__version__)):
                yield Fetching(before + done, total)
            before += file.size
    except OSError as error:
        reason = error.strerror or str(error)
        raise SearchError(f"The model cannot be written to {folder}: {reason}.", "Words find as before.") from error


def forget(paths: Paths) -> bool:
    """Remove a fetched model, and what is there of one; whether there was any."""
    folder = fetched_folder(paths)
    there = any(path.is_file() for path in folder.rglob("*"))
    shutil.rmtree(folder, ignore_errors=True)
    return there


def model_folder(paths: Paths, named: str) -> Path | None:
    """The folder of the model: what settings.toml names (a folder, or an installed package that carries one), else the
    fetched one; None where there is none.

    Raises ModelUnusable where what is named is not there.
    """
    if named:
        return _named(paths, named)
    folder = fetched_folder(paths)
    return folder if all((folder / name).exists() for name in _FILES) else None


def _named(paths: Paths, named: str) -> Path:
    folder = paths.settings.parent / Path(named).expanduser()
    if folder.is_dir():
        return folder
    package = named.replace("-", "_")
    if package.isidentifier() and (spec := importlib.util.find_spec(package)) is not None:
        for place in spec.submodule_search_locations or ():
            for weights in sorted(Path(place).rglob("*.onnx")):
                return weights.parent.parent if weights.parent.name == "onnx" else weights.parent
        raise ModelUnusable(f"The package {named} carries no model: it has no .onnx file.", "Name a folder instead.")
    hint = "[search] model in settings.toml names a folder that has onnx/model.onnx and vocab.txt."
    raise ModelUnusable(f"There is no folder {folder}, and no package {named} is installed.", hint)
