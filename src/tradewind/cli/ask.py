"""Asks before something that cannot be undone."""

from __future__ import annotations

import sys


def confirm(question: str, yes: bool) -> bool:
    """Whether to go on; says how to go on without being asked when nobody can answer."""
    if yes:
        return True
    if not sys.stdin.isatty():
        print(f"error: {question} Nobody can answer here.\n  fix: add --yes to go on.", file=sys.stderr)
        return False
    try:
        answer = input(f"{question} [y/N] ")
    except EOFError:
        answer = ""
    if answer.strip().lower() in ("y", "yes"):
        return True
    print("Nothing was changed.")
    return False
