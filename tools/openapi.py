"""Prints the OpenAPI description of the server as JSON, without starting one: `python tools/openapi.py [FILE]`.

The generated client of the web UI is made from it, and the tests compare operations by it.  The text is the same on
every machine and at every time: keys keep the order in which the routes are defined.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from tradewind.server.app import create_app
from tradewind.store import Store


def description() -> dict[str, Any]:
    """The description, as `/openapi.json` gives it.  No database is opened: a Store connects at its first use."""
    with tempfile.TemporaryDirectory() as folder, Store(f"sqlite:///{folder}/none.db") as store:
        return create_app(store, log_folder=Path(folder)).openapi()


def main() -> None:
    """Write to the named file, or to standard output."""
    text = json.dumps(description(), indent=2, ensure_ascii=False) + "\n"
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
