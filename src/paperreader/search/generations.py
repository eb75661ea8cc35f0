"""Where the index in use lies, and what it holds: a pointer, a stamp, checksums.

    index/              private (0700): Whoosh's table of contents is a pickle, so it is never taken from elsewhere
      lock              see `locking`
      current           the name of the folder in use; replaced in one atomic step
      g-1a2b3c4d/       one generation: Whoosh's files, a lexicon beside each segment, and
        stamp.json      whose library this is, how much of it was heard, sizes and checksums of the files

Everything here works without Whoosh and numpy.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
import shutil
import zlib
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from paperreader.errors import IndexDamaged
from paperreader.search import words

# What the index's shape is: raise the first number with every change of fields, weights or files.
SHAPE = f"3.{words.VERSION}"

_POINTER = "current"
_STAMP = "stamp.json"
_GENERATION = re.compile(r"g-[0-9a-f]{8}")
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an index says of itself."""

    library: str
    """The uuid of the database whose papers these are."""
    heard: int
    """The number of the database's last change that is in."""
    papers: int
    """How many papers can be found."""
    segments: int
    """In how many pieces they lie; questions slow down beyond about twelve."""
    gone: int = 0
    """How many replaced and removed papers still take room."""
    commit: int = 0
    """The number of Whoosh's commit that this describes."""
    shape: str = SHAPE
    files: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Size in bytes and CRC-32 of each file, by name."""


def damaged(folder: Path, why: str) -> IndexDamaged:
    """The error for an index that must be built anew."""
    return IndexDamaged(f"The search index in {folder} cannot be used: {why}.", "It is built anew; nothing is lost.")


def current(folder: Path) -> Path:
    """The generation in use; IndexDamaged where there is none."""
    try:
        name = (folder / _POINTER).read_text("ascii").strip()
    except FileNotFoundError:
        raise damaged(folder, "there is none yet") from None
    except (OSError, UnicodeDecodeError) as error:
        raise damaged(folder, f"its pointer is unreadable ({error})") from error
    if not _GENERATION.fullmatch(name):
        raise damaged(folder, "its pointer names no generation")
    return folder / name


def stamp_of(generation: Path) -> Stamp:
    """The stamp of a generation; IndexDamaged where it is missing, unreadable or of another shape."""
    try:
        told = json.loads((generation / _STAMP).read_bytes())
        files = {str(name): (int(size), int(crc)) for name, (size, crc) in told.pop("files").items()}
        stamp = Stamp(**told, files=files)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise damaged(generation.parent, f"its stamp is unreadable ({type(error).__name__})") from error
    if stamp.shape != SHAPE:
        raise damaged(generation.parent, f"it has shape {stamp.shape}, this version wants {SHAPE}")
    return stamp


def identity(generation: Path) -> tuple[str, int, int]:
    """What changes whenever another process committed: compare it to know whether to open anew."""
    try:
        status = (generation / _STAMP).stat()
    except OSError as error:
        raise damaged(generation.parent, "its stamp is missing") from error
    return generation.name, status.st_ino, status.st_mtime_ns


def check(folder: Path, *, library: str) -> Stamp:
    """The stamp of the index in use, in well under a millisecond.

    Raises IndexDamaged where there is none, where it is of another shape or another library, and where a file is
    missing or of another size. Contents are checked when they are read, and by `verify`.
    """
    generation, stamp = _sound(folder, _wrong_size)
    if stamp.library != library:
        raise damaged(generation.parent, "it belongs to another library")
    return stamp


def verify(folder: Path) -> None:
    """Read every file and compare its checksum (some 0.2 s for 95,311 papers); IndexDamaged where one differs."""
    _sound(folder, _changed)


def _sound(folder: Path, fault: Callable[[Path, tuple[int, int]], str]) -> tuple[Path, Stamp]:
    """The generation in use and its stamp, when no file of it has the fault; a commit meanwhile begins it anew."""
    while True:
        generation = current(folder)
        before = identity(generation)
        stamp = stamp_of(generation)
        faults = [told for name, want in stamp.files.items() if (told := fault(generation / name, want))]
        if not faults:
            return generation, stamp
        if before == identity(current(folder)):
            raise damaged(folder, faults[0])


def _wrong_size(path: Path, want: tuple[int, int]) -> str:
    try:
        size = path.stat().st_size
    except OSError:
        return f"{path.name} is missing"
    return "" if size == want[0] else f"{path.name} has {size} bytes instead of {want[0]}"


def _changed(path: Path, want: tuple[int, int]) -> str:
    try:
        return "" if checksum(path) == want else f"{path.name} has changed"
    except OSError:
        return f"{path.name} is missing"


def checksum(path: Path) -> tuple[int, int]:
    """The size of a file in bytes, and its CRC-32."""
    size, crc = 0, 0
    with path.open("rb") as file:
        while block := file.read(_CHUNK):
            size += len(block)
            crc = zlib.crc32(block, crc)
    return size, crc


def write_stamp(generation: Path, stamp: Stamp) -> None:
    """Put the stamp in place of the former one, in one step. Raises OSError."""
    _replace(generation / _STAMP, json.dumps(asdict(stamp)).encode())


def begin(folder: Path) -> Path:
    """A new generation's folder, empty and not yet in use. Raises OSError."""
    generation = folder / f"g-{secrets.token_hex(4)}"
    generation.mkdir(mode=0o700)
    return generation


def use(generation: Path) -> None:
    """Make this the generation in use, in one atomic step. Raises OSError."""
    _replace(generation.parent / _POINTER, generation.name.encode())


def put_out_of_use(folder: Path) -> None:
    """There is no index from now on, so that it is built anew. A folder that cannot be written keeps its index."""
    with contextlib.suppress(OSError):
        (folder / _POINTER).unlink()


def sweep(folder: Path) -> None:
    """Remove generations that are not in use: old ones, and what killed rebuilds left. Only under `writing`.

    Readers that have their files open go on reading them.
    """
    used = ""
    with contextlib.suppress(IndexDamaged):
        used = current(folder).name
    for path in list(folder.iterdir()) if folder.is_dir() else []:
        if _GENERATION.fullmatch(path.name) and path.name != used:
            shutil.rmtree(path, ignore_errors=True)
        elif path.name.startswith(f"{_POINTER}."):
            path.unlink(missing_ok=True)


@contextlib.contextmanager
def unless_finished(generation: Path) -> Iterator[None]:
    """Remove the generation when its making ends in any exception (a closed generator's too)."""
    try:
        yield
    except BaseException:
        shutil.rmtree(generation, ignore_errors=True)
        raise


def _replace(path: Path, content: bytes) -> None:
    """Write a file beside its place, make it durable, and move it there."""
    beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
