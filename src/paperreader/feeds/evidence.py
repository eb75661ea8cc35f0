"""Answers that could not be understood, kept for a bug report: a few files, of a bounded size."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_KEPT: Final = 10
"""Files. A source that changed its form fails the same way each time; the newest say as much as all."""
_MOST: Final = 1024 * 1024
"""Bytes of each: the beginning shows what came."""
_PATTERN: Final = "answer-*.bin"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A folder for such answers."""

    folder: Path
    """Made when the first one comes."""

    def keep(self, feed: str, body: bytes) -> Path | None:
        """Write the answer's beginning; where it was written, None where the folder cannot be written.

        The same answer of the same feed is the same file, so failing each hour fills nothing.
        """
        slug = re.sub(r"[^a-z0-9]+", "-", feed.lower()).strip("-")[:40] or "feed"
        file = self.folder / f"answer-{slug}-{hashlib.sha256(body).hexdigest()[:12]}.bin"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            file.write_bytes(body[:_MOST])
            self._forget_oldest()
        except OSError:
            return None
        return file

    def _forget_oldest(self) -> None:
        files = sorted(self.folder.glob(_PATTERN), key=lambda file: file.stat().st_mtime_ns, reverse=True)
        for file in files[_KEPT:]:
            file.unlink(missing_ok=True)
