"""Writes the English texts of `tradewind.core.phrase_texts` for the pages: `make phrases`, and `--check` in the tests.

The pages translate by the same keys; `ui/src/i18n/i18n.test.ts` wants each in every language with the same values.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from tradewind.core.phrase_texts import ENGLISH

FILE = Path(__file__).resolve().parents[1] / "ui" / "src" / "i18n" / "en" / "said.json"


def texts() -> str:
    """The file as it must be: nested by what stands before the dot, as i18next has it."""
    nested: dict[str, dict[str, str] | str] = {}
    for key, text in ENGLISH.items():
        group, dot, name = key.partition(".")
        put = re.sub(r"\{(\w+)\}", r"{{\1}}", text)
        if not dot:
            nested[key] = put
            continue
        inner = nested.setdefault(group, {})
        if isinstance(inner, str):
            raise ValueError(f"{group!r} is a key and the beginning of {key!r}")
        inner[name] = put
    return json.dumps(nested, ensure_ascii=False, indent=2) + "\n"


def main() -> int:
    """Write; with --check exit 1 when the file differs."""
    if "--check" in sys.argv[1:]:
        return int(FILE.read_text(encoding="utf-8") != texts())
    FILE.write_text(texts(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
