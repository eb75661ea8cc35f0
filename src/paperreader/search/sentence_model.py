"""A folder with a sentence model -> vectors that tell what texts mean.

The folder has the layout of a model's repository: `onnx/model*.onnx` (or `model*.onnx`), `vocab.txt` (or
`tokenizer.json`), and where they differ from all-MiniLM-L6-v2 `sentence_bert_config.json` (how many pieces it reads)
and `1_Pooling/config.json`. onnxruntime runs it: the extra `paperreader[semantic]`. Nothing here asks the network.

The only file that touches onnxruntime.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from paperreader.errors import ModelUnusable
from paperreader.search.wordpiece import WordPieces

Vectors = NDArray[np.float32]

# The first that is there: the small ones are as good (cosine .999) and three times faster. `_O4` is for GPUs.
_PREFERRED = ("model_quantized.onnx", "model_int8.onnx", "model_quint8_avx2.onnx", "model_uint8.onnx", "model.onnx")
_PIECES = 256
_LONGEST = 512


class SentenceModel:
    """An open model. Encoding one question takes some 10 ms, a paper 90 ms on one core."""

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        """Raises ModelUnusable, saying what is missing."""
        self._folder = folder
        weights = weights_in(folder)
        self._pieces = _vocabulary(folder)
        self._longest = min(_LONGEST, int(_config(folder, "sentence_bert_config.json").get("max_seq_length", _PIECES)))
        self._first_only = bool(_config(folder, "1_Pooling/config.json").get("pooling_mode_cls_token", False))
        self._session = _session(weights, threads)
        self._inputs = {each.name for each in self._session.get_inputs()}
        self.size = self.encode(["size"]).shape[1]
        """Numbers of a vector."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """A vector of length 1 for each text. Raises ModelUnusable where the model cannot be run."""
        cut = [self._pieces.numbers(text, self._longest) for text in texts]
        width = max(map(len, cut), default=0)
        numbers = np.zeros((len(cut), width), np.int64)
        mask = np.zeros((len(cut), width), np.int64)
        for row, found in enumerate(cut):
            numbers[row, : len(found)] = found
            mask[row, : len(found)] = 1
        given = {"input_ids": numbers, "attention_mask": mask, "token_type_ids": np.zeros_like(numbers)}
        try:
            told = self._session.run(None, {name: given[name] for name in self._inputs})[0]
        except Exception as error:  # onnxruntime's own classes come from C++ and share no base of their own
            raise _unusable(self._folder, f"it cannot be run ({type(error).__name__}: {error})") from error
        return _unit(self._pooled(np.asarray(told, np.float32), mask))

    def _pooled(self, told: Vectors, mask: NDArray[np.int64]) -> Vectors:
        if told.ndim == 2:
            return told
        if self._first_only:
            return told[:, 0]
        weights = mask[:, :, None].astype(np.float32)
        return np.asarray((told * weights).sum(1) / weights.sum(1), np.float32)


def weights_in(folder: Path) -> Path:
    """The file of the model's weights. Raises ModelUnusable where there is none."""
    there = {path.name: path for place in (folder, folder / "onnx") for path in sorted(place.glob("*.onnx"))}
    for name in _PREFERRED:
        if name in there:
            return there[name]
    if there:
        return next(iter(there.values()))
    raise _unusable(folder, "it has no onnx/model.onnx")


def fingerprint(folder: Path) -> str:
    """Tells one model from another, by the bytes of its weights: vectors of different ones cannot be compared.

    Raises ModelUnusable.
    """
    weights = weights_in(folder)
    try:
        with weights.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise _unusable(folder, f"{weights.name} cannot be read ({error.strerror})") from error


def _unusable(folder: Path, why: str) -> ModelUnusable:
    return ModelUnusable(
        f"The model in {folder} cannot be used: {why}.", "`paperreader model` says which folders would do."
    )


def _session(weights: Path, threads: int) -> Any:
    try:
        import onnxruntime
    except ImportError as error:
        raise ModelUnusable(
            "Search by meaning needs an extra that is not installed.", "pip install 'paperreader[semantic]' brings it."
        ) from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 4  # what is wrong is raised; the rest is no talk for a terminal
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # an idle thread must not burn a core
    try:
        return onnxruntime.InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # as above
        raise _unusable(weights.parent, f"{weights.name} cannot be read ({type(error).__name__})") from error


def _vocabulary(folder: Path) -> WordPieces:
    try:
        if (folder / "vocab.txt").exists():
            return WordPieces((folder / "vocab.txt").read_text("utf-8").split("\n"))
        known = _config(folder, "tokenizer.json")["model"]["vocab"]
        return WordPieces(sorted(known, key=known.__getitem__))
    except (OSError, UnicodeDecodeError) as error:
        raise _unusable(folder, "its vocab.txt cannot be read") from error
    except (KeyError, TypeError) as error:
        raise _unusable(folder, "it has no vocab.txt of word pieces, as BERT's uncased models have") from error


def _config(folder: Path, name: str) -> dict[str, Any]:
    """What a file of the folder says; nothing where there is none."""
    try:
        told = json.loads((folder / name).read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise _unusable(folder, f"{name} cannot be read") from error
    return told if isinstance(told, dict) else {}


def _unit(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), np.float32)
