"""Writes the English texts of `tradewind.core.phrase_texts` for the pages: `make phrases`, and `--check` in the tests.

The pages translate by the same keys; `ui/src/i18n/i18n.test.ts` wants each in every language with the same values.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from tradewind.core.phrase_texts import ENGLISH

FOLDER = Path(__file__).resolve().parents[1] / "ui" / "src" / "i18n" / "en"
FILES = {
    # what the store keeps as text: pages in other languages find it again by that, English ones do without
    "recorded": ("recorded", "lost", "rule"),
    # when a DAG runs
    "rhythm": ("schedule", "cron", "nth", "weekday", "month"),
    # of tasks and instances: more than the head of a page needs
    "waits": ("task", "mapped", "assets", "outside", "external", "past", "limit", "estimate", "preview"),
}
"""File -> groups of texts; all others are in `said`.  `ui/src/i18n/places.ts` says the same."""


def texts() -> dict[Path, str]:
    """The files as they must be: nested by what stands before the dot, as i18next has it."""
    files: dict[str, dict[str, dict[str, str] | str]] = {name: {} for name in ("said", *FILES)}
    places = {group: name for name, groups in FILES.items() for group in groups}
    for key, text in ENGLISH.items():
        group, dot, name = key.partition(".")
        nested = files[places.get(group, "said")]
        put = re.sub(r"\{(\w+)\}", r"{{\1}}", text)
        if not dot:
            nested[key] = put
            continue
        inner = nested.setdefault(group, {})
        if isinstance(inner, str):
            raise ValueError(f"{group!r} is a key and the beginning of {key!r}")
        inner[name] = put
    return {
        FOLDER / f"{name}.json": json.dumps(nested, ensure_ascii=False, indent=2) + "\n"
        for name, nested in files.items()
    }


def main() -> int:
    """Write; with --check exit 1 when a file differs."""
    if "--check" in sys.argv[1:]:
        return int(any(path.read_text(encoding="utf-8") != text for path, text in texts().items()))
    for path, text in texts().items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
