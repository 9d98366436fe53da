"""`tradewind assets`: what data there is, who makes and uses it, and how to make it anew."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from typing import Any

from tradewind.cli.output import show
from tradewind.cli.parser import CommandParser, argument, output
from tradewind.cli.session import Session
from tradewind.errors import InvalidError

_PAGE = 100


def add(parser: CommandParser) -> None:
    """Put the verbs on the parser."""
    alias = argument("--alias", action="store_true", help="aliases instead of assets")
    name = argument("--name", help="name of the asset")
    uri = argument("--uri", help="URI of the asset")
    columns = argument("--columns", help="columns to show, with commas between them")
    parser.verb("list", list_assets, "list the assets", alias, columns, output())
    parser.verb("details", asset_details, "show one asset with those who make and use it", alias, name, uri, output())
    parser.verb("materialize", materialize, "trigger the DAG that makes an asset", name, uri, output())


def list_assets(args: argparse.Namespace, session: Session) -> None:
    """All active assets, or all aliases."""
    from tradewind.store.reads import AssetFilter, Page

    reads, rows, offset = session.store.reads.assets, [], 0
    while True:
        page = Page(limit=_PAGE, offset=offset, order_by=("name",))
        found = reads.aliases(page) if args.alias else reads.page(AssetFilter(), page)
        rows += [_some(row, args) for row in found.items]
        offset += _PAGE
        if len(found.items) < _PAGE:
            break
    if args.columns:
        wanted = [column.strip() for column in args.columns.split(",")]
        known = ("name", "group") if args.alias else ("name", "uri", "group", "extra")
        if unknown := [column for column in wanted if column not in known]:
            raise InvalidError(f"there is no column {unknown[0]!r}", fix=f"choose from {', '.join(known)}")
        rows = [{column: row[column] for column in wanted} for row in rows]
    show(rows, args.output)


def _some(row: dict[str, Any], args: argparse.Namespace) -> dict[str, Any]:
    return {name: row[name] for name in (("name", "group") if args.alias else ("name", "uri", "group", "extra"))}


def asset_details(args: argparse.Namespace, session: Session) -> None:
    """One asset or alias."""
    reads = session.store.reads.assets
    if args.alias:
        if not args.name:
            raise InvalidError("which alias?", fix="give --name")
        alias = reads.alias(name=args.name)
        show([{name: alias[name] for name in ("id", "name", "group")}], args.output)
        return
    found = _find(args, session)
    last = found["last_asset_event"]
    show(
        [
            {
                **{name: found[name] for name in ("id", "name", "uri", "group", "extra", "active")},
                "scheduled_dags": [use["dag_id"] for use in found["scheduled_dags"]],
                "producing_tasks": [f"{use['dag_id']}.{use['task_id']}" for use in found["producing_tasks"]],
                "consuming_tasks": [f"{use['dag_id']}.{use['task_id']}" for use in found["consuming_tasks"]],
                "aliases": [alias["name"] for alias in found["aliases"]],
                "last_event": last["timestamp"].isoformat() if last else None,
            }
        ],
        args.output,
    )


def materialize(args: argparse.Namespace, session: Session) -> None:
    """Trigger the DAG that makes an asset; shows the run."""
    found = _find(args, session)
    run = session.store.actions.assets.materialize(found["id"], datetime.now(UTC), triggered_by="cli")
    show(
        [
            {
                "dag_id": run.dag_id,
                "dag_run_id": run.run_id,
                "run_type": run.run_type.value,
                "state": run.state.value,
                "run_after": run.run_after.isoformat(),
            }
        ],
        args.output,
    )


def _find(args: argparse.Namespace, session: Session) -> dict[str, Any]:
    if not args.name and not args.uri:
        raise InvalidError("which asset?", fix="give --name, --uri or both")
    return session.store.reads.assets.find(args.name, args.uri)
