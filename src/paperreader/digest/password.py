"""Where the password is: an environment variable, a command, or the system's keyring; never settings.toml."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Callable, Mapping
from typing import Final

from paperreader.errors import MailError
from paperreader.plain import printable

Password = Callable[[], str]
"""Fetches it when it is needed, and not before. Raises MailError."""

SERVICE: Final = "paperreader"
"""What the keyring knows us by."""
_PATIENCE: Final = 120.0
"""Seconds for the command: it may ask the person for a passphrase."""


def from_environment(name: str, environment: Mapping[str, str] = os.environ) -> Password:
    """The value of a variable."""

    def fetch() -> str:
        found = environment.get(name, "")
        if not found:
            raise _missing(
                f"The environment has no {printable(name)}.",
                "A timer does not see what your shell exports; password_command works there too.",
            )
        return _one_line(found, printable(name), _SET)

    return fetch


def from_command(command: str) -> Password:
    """The first line that a command prints; it is run without a shell."""

    def fetch() -> str:
        words = split(command, "password_command")
        try:
            done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, timeout=_PATIENCE, check=False)
        except subprocess.TimeoutExpired as error:
            raise _missing(f"password_command did not end within {_PATIENCE:.0f} s.", _WAITS) from error
        except OSError as error:
            raise _missing(f"password_command cannot be run: {error.strerror}.", _TRY) from error
        said = printable(done.stderr.decode("utf-8", "replace").strip()[:200])
        if done.returncode:
            raise _missing(
                f"password_command failed ({done.returncode}): {(said or 'it says nothing').rstrip('.')}.", _TRY
            )
        lines = done.stdout.decode("utf-8", "replace").splitlines()
        return _one_line(lines[0] if lines else "", "password_command", _TRY)

    return fetch


def from_keyring(username: str) -> Password:
    """The keyring's entry for "paperreader" and this user name; needs the extra `paperreader[keyring]`."""

    def fetch() -> str:
        try:
            import keyring
            import keyring.errors
        except ModuleNotFoundError as error:
            if error.name != "keyring":
                raise _broken(error) from error
            raise _missing(
                f"There is no password for {printable(username)}.",
                "Set password_command or password_env in [digest]; or use the system's keyring: "
                "pip install 'paperreader[keyring]'.",
            ) from None
        except Exception as error:  # its backends are other people's programs, and one may be named that is not there
            raise _broken(error) from error
        hint = f"Put it there with `keyring set {SERVICE} {shlex.quote(printable(username))}`."
        try:
            found = keyring.get_password(SERVICE, username)
        except keyring.errors.NoKeyringError:
            raise _missing("This machine has no keyring that can be used.", _ELSEWHERE) from None
        except keyring.errors.KeyringError as error:
            advice = f"Unlock it and try again. {_ELSEWHERE}"  # the password may be there
            raise _missing(f"The keyring cannot be read: {printable(str(error))[:200]}", advice) from error
        except Exception as error:
            raise _broken(error) from error
        if not found:
            raise _missing(f"The keyring has no password of {printable(username)} for {SERVICE}.", hint)
        return _one_line(found, "the keyring", hint)

    return fetch


def split(command: str, name: str) -> list[str]:
    """A command's words, by a shell's rules of quoting. Raises MailError."""
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise MailError(
            f"{name} in [digest] cannot be read: {error}.", "Close its quotes.", step="settings", lasting=True
        ) from error
    if not words:
        raise MailError(f"{name} in [digest] is empty.", "", step="settings", lasting=True)
    return [os.path.expanduser(words[0]), *words[1:]]  # noqa: PTH111 - a command is a word, not a path


_TRY: Final = "Run it by hand and see; it has to print the password and nothing before it."
_SET: Final = "Set it to the password and nothing else."
_ELSEWHERE: Final = "Set password_command or password_env in [digest] and say where the password is."
_WAITS: Final = "Perhaps it waits for a passphrase that nobody is asked for."


def _one_line(found: str, place: str, hint: str) -> str:
    if not found.strip():
        raise _missing(f"The password from {place} is empty.", hint)
    if any(c in found for c in "\r\n\0"):
        raise _missing(f"The password from {place} has a line break.", hint)
    return found


def _broken(error: Exception) -> MailError:
    said = printable(f"{type(error).__name__}: {error}")[:200]
    return _missing(f"The keyring cannot be used: {said.rstrip('.')}.", f"`keyring diagnose` says which. {_ELSEWHERE}")


def _missing(message: str, hint: str) -> MailError:
    return MailError(message, hint, step="login")
