"""What can go wrong, drawn as a tree.

PaperReaderError(message, hint)
 ├─ StoreError                 the database cannot be read or written now
 │   ├─ LibraryBusy            another process holds it longer than we wait
 │   ├─ LibraryReadOnly        the folder or the file cannot be written
 │   ├─ DiskFull               nothing was written
 │   ├─ LibraryTooNew          made by a newer paperreader
 │   ├─ KeepingError           a list, tag or saved search cannot be called or changed so
 │   └─ LibraryUnusable        nothing can be read from it any more
 │       ├─ LibraryDamaged     the file is not a sound database
 │       └─ LibraryReplaced    another file stands where it was opened
 ├─ SearchError                the index cannot be opened, read or written
 │   ├─ IndexDamaged           rebuild it, nothing is lost
 │   ├─ IndexBusy              another process is writing it
 │   └─ ModelUnusable          the model for search by meaning is missing or broken
 ├─ FeedError                  a source did not give what it was asked for
 │   ├─ FeedUnreachable        no connection, or one that broke
 │   │   └─ FeedOffline        this machine is not on the network
 │   ├─ FeedTimeout            no whole answer in the time it has
 │   ├─ FeedRefused            an answer that says no, or one that we must not follow (status)
 │   ├─ FeedCoolingDown        asked too often; not asked again before a time (until)
 │   ├─ FeedUnreadable         an answer that cannot be understood (file)
 │   ├─ FeedUnknown            no feed has that name
 │   └─ FeedStopped            the person ended the asking; nothing is wrong
 ├─ UnreadableInput            a file that cannot be understood (file, line)
 ├─ ExportError                a file that cannot be written
 ├─ MailError                  a digest did not go out, or cannot (step)
 │   └─ MailUnclear            whether it went out cannot be known
 ├─ DigestBusy                 another process is sending one
 ├─ ScheduleError              the machine's timer cannot be set
 ├─ UnknownPaper               no paper has that id
 └─ SettingsError(file, line)  settings.toml says something we cannot do

Each layer wraps what it expects from its library at its own edge; bugs pass through and are seen.
"""

from pathlib import Path


class PaperReaderError(Exception):
    """An expected failure, told to the person: `message` says who and what, `hint` what to do next."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class StoreError(PaperReaderError):
    """The library's database cannot be read or written now."""


class LibraryBusy(StoreError):
    """Another process holds the database longer than we wait."""


class LibraryReadOnly(StoreError):
    """The database or its folder cannot be written."""


class DiskFull(StoreError):
    """There was no room; nothing of this step was written."""


class LibraryUnusable(StoreError):
    """Nothing can be read from the library any more, and nothing may be written to it."""


class LibraryDamaged(LibraryUnusable):
    """The file is there and is not a sound database."""


class LibraryReplaced(LibraryUnusable):
    """Another file, or none, stands where the library was when it was opened."""


class LibraryTooNew(StoreError):
    """The database was written by a newer paperreader, which may mean things this one would spoil."""


class KeepingError(StoreError):
    """A list, a tag, a rating or a saved search cannot be so: no such name, a name taken, too long or empty."""


class SearchError(PaperReaderError):
    """The search index cannot be opened, read or written."""


class IndexDamaged(SearchError):
    """The index is missing, of another shape, or broken: it wants building anew, and nothing is lost."""


class IndexBusy(SearchError):
    """Another process is writing the index."""


class ModelUnusable(SearchError):
    """The model for search by meaning, or what runs it, is missing or broken; words still find."""


class FeedError(PaperReaderError):
    """A source did not give what it was asked for; the other sources are not concerned."""


class FeedUnreachable(FeedError):
    """There is no connection to the source, or it broke; `passing` says whether asking again soon may help."""

    def __init__(self, message: str, hint: str = "", *, passing: bool = False) -> None:
        super().__init__(message, hint)
        self.passing = passing


class FeedOffline(FeedUnreachable):
    """The source's name or network cannot be found: this machine is most likely offline."""


class FeedTimeout(FeedError):
    """The source did not answer, or not wholly, within the time that it has."""


class FeedRefused(FeedError):
    """The source says no, or sends us where we must not go; `status` is the HTTP status, 0 where there is none."""

    def __init__(self, message: str, hint: str = "", *, status: int = 0) -> None:
        super().__init__(message, hint)
        self.status = status


class FeedCoolingDown(FeedError):
    """The source was asked too often; it is not asked again before `until`, in seconds since 1970.

    `clock` is that time as one says it, "14:05"; `asked` says whether it has just been asked and said so.
    """

    def __init__(self, message: str, hint: str = "", *, until: float, clock: str, asked: bool = False) -> None:
        super().__init__(message, hint)
        self.until = until
        self.clock = clock
        self.asked = asked


class FeedUnreadable(FeedError):
    """The source's answer cannot be understood; `file` is where it was kept, None where it was not."""

    def __init__(self, message: str, hint: str = "", *, file: Path | None = None) -> None:
        super().__init__(message, hint)
        self.file = file


class FeedUnknown(FeedError):
    """No feed has this name."""


class FeedStopped(FeedError):
    """The person ended the asking; what came before is whole."""


class UnreadableInput(PaperReaderError):
    """A file to import cannot be understood; `message` names the file and the line."""


class ExportError(PaperReaderError):
    """An export cannot be written."""


class MailError(PaperReaderError):
    """A digest did not go out; `step` is what failed: name, connection, TLS, login, address, message, or settings.

    `lasting`: trying again in ten minutes cannot help.
    """

    def __init__(self, message: str, hint: str = "", *, step: str = "", lasting: bool = False) -> None:
        super().__init__(message, hint)
        self.step = step
        self.lasting = lasting


class MailUnclear(MailError):
    """The whole mail was handed over and no answer came: it may have gone out."""


class DigestBusy(PaperReaderError):
    """Another process is sending a digest of this library."""


class ScheduleError(PaperReaderError):
    """The timer that sends the digest cannot be set or removed."""


class UnknownPaper(PaperReaderError):
    """No paper of the library has this id."""


class SettingsError(PaperReaderError):
    """settings.toml asks for something that cannot be; `message` names file, line and what was expected."""

    def __init__(self, file: Path, line: int, message: str) -> None:
        super().__init__(f"{file}, line {line}: {message}")
        self.file = file
        self.line = line
