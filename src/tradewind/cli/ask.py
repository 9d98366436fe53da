"""Asks before something that cannot be undone, or that makes many runs."""

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


UNASKED = 20
"""So many runs are made without a question."""
UNANSWERED = 1000
"""So many are made without a question where nobody can answer it: scripts written for Airflow go on."""


def confirm_runs(question: str, runs: int, yes: bool) -> bool:
    """Whether to go on with something that makes or changes this many runs."""
    if runs <= UNASKED or (runs <= UNANSWERED and not sys.stdin.isatty()):
        return True
    return confirm(question, yes)
