"""How the authoring layer tells an author what is wrong: error classes, notes for later, places in the DAG file.

Used by every module of `authoring`.  An error stops the DAG; a `Note` becomes a `DagWarning` when the DAG is compiled.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from tradewind.errors import DagAuthoringError

E = TypeVar("E", bound=BaseException)

_KEY = re.compile(r"^[\w.-]+$")
_GROUP_KEY = re.compile(r"^[\w-]+$")
_OURS = ("tradewind.", "airflow.")


class ArgumentTypeError(DagAuthoringError, TypeError):
    """An argument is unknown, missing, or of a type that cannot be used."""


class ArgumentValueError(DagAuthoringError, ValueError):
    """An argument has a value that cannot be used."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something the author should know that does not stop the DAG."""

    kind: str
    """Short machine word."""
    message: str
    """What is wrong and the fix."""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where user code made an object."""

    file: str
    line: int
    module_file: str
    """File whose module-level code was running: it differs from `file` inside a helper function."""


def place_of_caller() -> Place:
    """The nearest frame that is not Tradewind's, Airflow's or a provider's own code."""
    frame = sys._getframe(1)
    here = None
    while frame is not None:
        if not f"{frame.f_globals.get('__name__', '')}.".startswith(_OURS):
            if here is None:
                here = (frame.f_code.co_filename, frame.f_lineno)
            if frame.f_code.co_name == "<module>":
                return Place(*here, module_file=frame.f_code.co_filename)
        if frame.f_back is None:
            break
        frame = frame.f_back
    file, line = here or (frame.f_code.co_filename, frame.f_lineno)
    return Place(file, line, module_file=file)


def located(error: E, place: Place | None) -> E:
    """The same error, marked with the line of the DAG file that it is about (see `import_errors`)."""
    if place is not None:
        error.__dict__.setdefault("authoring_place", place)
    return error


def nearest(name: str, known: Iterable[str], cutoff: float = 0.72) -> str | None:
    """The known name that the author most likely meant, or None."""
    import difflib  # only after a mistake

    found = difflib.get_close_matches(name, list(known), n=1, cutoff=cutoff)
    return found[0] if found else None


def unknown_argument(where: str, name: str, known: Iterable[str]) -> ArgumentTypeError:
    """The error for a keyword argument that nobody takes."""
    guess = nearest(name, known, cutoff=0.6)
    fix = f"write {guess!r}" if guess else "remove it"
    return ArgumentTypeError(f"{where} got an unknown argument {name!r}", fix=fix)


def check_key(kind: str, key: object, *, dots: bool = True, length: int = 250) -> str:
    """A dag, task or group id that is fit to be one.  Raises `ArgumentTypeError` or `ArgumentValueError`."""
    if not isinstance(key, str):
        raise ArgumentTypeError(
            f"the {kind} must be a string, not {type(key).__name__}: {key!r}", fix=f"give the {kind} as text"
        )
    if not key:
        raise ArgumentValueError(f"the {kind} is empty", fix=f"give a {kind}")
    if len(key) > length:
        raise ArgumentValueError(
            f"the {kind} {key[:40]!r}... has {len(key)} characters; at most {length} are allowed",
            fix="shorten it",
        )
    if not (_KEY if dots else _GROUP_KEY).match(key):
        allowed = "letters, digits, dashes, dots and underscores" if dots else "letters, digits, dashes and underscores"
        bad = re.sub(r"[\w.-]" if dots else r"[\w-]", "", key)
        raise ArgumentValueError(
            f"the {kind} {key!r} contains {''.join(dict.fromkeys(bad))!r}; only {allowed} are allowed",
            fix=f"for example {re.sub(r'[^A-Za-z0-9_]+', '_', key).strip('_') or 'my_id'!r}",
        )
    return key
