"""How commands print: tables for people, JSON and YAML for programs.

In JSON and YAML every single value is text, as Airflow's commands write it (`"is_paused": "False"`),
because that is what the scripts of its users compare with; lists and mappings keep their shape and an
absent value is null.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

Row = Mapping[str, Any]

WIDTH_OF_A_FILE = 4096
"""Characters: when the output is no terminal, no cell is cut or wrapped."""


def show(rows: Sequence[Row], form: str, *, columns: Sequence[str] | None = None, empty: str = "No data found") -> None:
    """Print rows in the form that -o/--output chose; `columns` picks and orders what people see."""
    if form == "json":
        print(json.dumps([_plain(row) for row in rows], ensure_ascii=False))
    elif form == "yaml":
        # imported here: only this form needs it
        import yaml

        print(yaml.safe_dump([_plain(row) for row in rows], sort_keys=False, allow_unicode=True), end="")
    elif not rows:
        print(empty)
    else:
        names = list(columns or rows[0])
        cells = [[_cell(row.get(name)) for name in names] for row in rows]
        if form == "plain":
            _print_plain(names, cells)
        else:
            _print_table(names, cells)


def show_one(record: Row, form: str) -> None:
    """Print one thing: a list of one in JSON and YAML, a line per property for people."""
    if form in ("json", "yaml"):
        show([record], form)
    else:
        show([{"property": key, "value": value} for key, value in record.items()], form)


def _print_plain(names: list[str], cells: list[list[str]]) -> None:
    lines = [names, *([" ".join(cell.split()) for cell in line] for line in cells)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(names))]
    for line in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def _print_table(names: list[str], cells: list[list[str]]) -> None:
    # imported here: rich costs more than most commands do, and only tables need it
    from rich.box import ASCII_DOUBLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(width=None if sys.stdout.isatty() else WIDTH_OF_A_FILE)
    table = Table(box=ASCII_DOUBLE_HEAD, show_edge=False)
    for name in names:
        table.add_column(name, overflow="fold")
    for line in cells:
        table.add_row(*(Text(cell) for cell in line))
    console.print(table)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return None if value is None else _text(value)


def _cell(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return ",".join(_cell(item) for item in value)
    if isinstance(value, Mapping):
        return json.dumps(_plain(value), ensure_ascii=False)
    return "" if value is None else _text(value)


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
