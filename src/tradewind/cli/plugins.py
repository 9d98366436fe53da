"""`tradewind plugins`: what the plugins folder and installed packages add, loaded here as a worker loads it."""

from __future__ import annotations

import argparse
from typing import Any

from tradewind.cli.output import show
from tradewind.cli.parser import CommandParser, output
from tradewind.cli.session import Session

PARTS = (
    "macros", "listeners", "timetables", "priority_weight_strategies", "global_operator_extra_links",
    "operator_extra_links", "hook_lineage_readers", "flask_blueprints", "fastapi_apps", "fastapi_root_middlewares",
    "external_views", "react_apps", "appbuilder_views", "appbuilder_menu_items",
)  # fmt: skip


def add(parser: CommandParser) -> None:
    """Put the handler on the parser."""
    parser.handle(list_plugins, output())


def list_plugins(args: argparse.Namespace, session: Session) -> None:
    """One line per plugin."""
    from tradewind.cli.local import answering  # imported here: loads the authoring layer

    with answering(session):
        from tradewind.authoring.plugins import plugins  # reads the plugins folder of this home

        rows = [
            {
                "name": plugin.name,
                "source": f"{plugin.__module__}.{plugin.__qualname__}",
                **{part: _names(getattr(plugin, part, None)) for part in PARTS if getattr(plugin, part, None)},
            }
            for plugin in plugins()
        ]
    columns = ("name", "source", *(part for part in PARTS if any(part in row for row in rows)))
    show(rows, args.output, columns=columns, empty="No plugins loaded")


def _names(parts: Any) -> list[str]:
    return [_name(part) for part in parts]


def _name(part: Any) -> str:
    if isinstance(part, dict):  # views and apps are dicts with a name
        return str(part.get("name", part))
    kind = part if hasattr(part, "__name__") else type(part)
    module = getattr(kind, "__module__", None)
    name = getattr(kind, "__qualname__", getattr(kind, "__name__", repr(part)))
    return f"{module}.{name}" if module else str(name)
