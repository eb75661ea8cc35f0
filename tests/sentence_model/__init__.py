"""A sentence model small enough to make for a test, in the layout of real ones: it means what it is told.

A real ONNX file that the real runtime runs: one node looks up a vector for each word piece. Words with the same
meaning have the same vector.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from pathlib import Path

MEANINGS = (
    ("small", "tiny", "little", "compact", "efficient"),
    ("automobile", "car", "vehicle", "driving"),
    ("picture", "image", "photo", "visual"),
    ("disease", "illness", "sickness", "medical"),
)
"""Each line of words means one thing."""
_SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")


def make_model(folder: Path, *, size: int = 8, inputs: Sequence[str] = ("input_ids", "attention_mask")) -> Path:
    """A folder with onnx/model.onnx and vocab.txt; vectors of `size` numbers."""
    words = [word for line in MEANINGS for word in line]
    vocabulary = [
        *_SPECIAL,
        *words,
        *"abcdefghijklmnopqrstuvwxyz",
        *(f"##{sign}" for sign in "abcdefghijklmnopqrstuvwxyz"),
    ]
    (folder / "onnx").mkdir(parents=True)
    (folder / "vocab.txt").write_text("\n".join(vocabulary) + "\n", "utf-8")
    (folder / "sentence_bert_config.json").write_text(json.dumps({"max_seq_length": 64}), "utf-8")
    table = [_vector(piece, size) for piece in vocabulary]
    (folder / "onnx" / "model.onnx").write_bytes(_onnx(table, inputs))
    return folder


def _vector(piece: str, size: int) -> list[float]:
    vector = [0.0] * size
    for number, line in enumerate(MEANINGS):
        if piece in line:
            vector[number] = 1.0
    if not any(vector) and piece not in _SPECIAL[2:]:
        vector[-1] = 0.02  # all else means a thing of its own, and hardly counts beside what means more
    return vector


# The file, as https://github.com/onnx/onnx/blob/main/onnx/onnx.proto numbers its fields.
_FLOAT, _INT64 = 1, 7


def _onnx(table: Sequence[Sequence[float]], inputs: Sequence[str]) -> bytes:
    rows, size = len(table), len(table[0])
    weights = _number(1, rows) + _number(1, size) + _number(2, _FLOAT) + _text(8, "table")
    weights += _field(9, struct.pack(f"<{rows * size}f", *(value for row in table for value in row)))
    node = _text(1, "table") + _text(1, "input_ids") + _text(2, "last_hidden_state") + _text(4, "Gather")
    graph = _field(1, node) + _text(2, "words") + _field(5, weights)
    for name in inputs:
        graph += _field(11, _value(name, _INT64, ("batch", "length")))
    graph += _field(12, _value("last_hidden_state", _FLOAT, ("batch", "length", "size")))
    return _number(1, 8) + _field(7, graph) + _field(8, _text(1, "") + _number(2, 13))


def _value(name: str, kind: int, shape: Sequence[str]) -> bytes:
    dimensions = b"".join(_field(1, _text(2, each)) for each in shape)
    return _text(1, name) + _field(2, _field(1, _number(1, kind) + _field(2, dimensions)))


def _varint(value: int) -> bytes:
    found = bytearray()
    while True:
        value, low = value >> 7, value & 0x7F
        found.append(low | (0x80 if value else 0))
        if not value:
            return bytes(found)


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _field(field: int, content: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(content)) + content


def _text(field: int, content: str) -> bytes:
    return _field(field, content.encode())
