"""Whether what runs sentence models is installed: asked at each start, so it loads nothing."""

from __future__ import annotations

import importlib.util

_RUNTIME = "onnxruntime"


def has_runtime() -> bool:
    """Whether the extra `semantic` is there."""
    return importlib.util.find_spec(_RUNTIME) is not None
