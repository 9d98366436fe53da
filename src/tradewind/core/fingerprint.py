"""Which failures are the same one.  Called by `store.reads.home` to group what needs people.

Two failures of one task are the same when the class of the exception is, and its text but for what changes from run to
run: numbers, ids, dates, quoted values, paths.
"""

from __future__ import annotations

import hashlib
import re

_CHANGING = re.compile(
    r"""'[^']*'|"[^"]*"|`[^`]*`"""  # quoted values
    r"""|(?:[A-Za-z]:)?(?:[/\\][^\s/\\:,;]+)+"""  # paths
    r"""|\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b"""
    r"""|\b0x[0-9a-fA-F]+\b"""
    r"""|[-+]?\d[\d.,:TZ+-]*"""
)


def normal(text: str) -> str:
    """The first line of a message without what changes from run to run, at most 300 characters."""
    first = text.strip().split("\n", 1)[0]
    return " ".join(_CHANGING.sub("#", first).split())[:300]


def message_of(error_type: str | None, error: str | None) -> str:
    """What an exception said, on one line, without the name of its class in front."""
    text = (error or "").strip().split("\n", 1)[0]
    if error_type and text.startswith(error_type):
        text = text[len(error_type) :].lstrip(": ")
    return text


def fingerprint(dag_id: str, task_id: str | None, error_type: str | None, error: str | None) -> str:
    """16 hexadecimal digits, equal for failures that are the same."""
    said = "\0".join((dag_id, task_id or "", error_type or "", normal(message_of(error_type, error))))
    return hashlib.sha256(said.encode("utf-8", "backslashreplace")).hexdigest()[:16]
