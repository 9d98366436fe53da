"""`tradewind pools`: how many tasks of a kind may run at once."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tradewind.cli.files_io import read_data, write_data
from tradewind.cli.output import show
from tradewind.cli.parser import CommandParser, argument, output
from tradewind.cli.session import Session, acting_user

if TYPE_CHECKING:
    from tradewind.store.pools import PoolRecord


def add(parser: CommandParser) -> None:
    """Put the verbs on the parser."""
    name = argument("pool", metavar="NAME", help="name of the pool")
    parser.verb("list", list_pools, "list the pools", output())
    parser.verb("get", get_pool, "show one pool", name, output())
    parser.verb(
        "set",
        set_pool,
        "create or change a pool",
        name,
        argument("pool_slots", metavar="slots", type=int, help="how many slots; -1 for no limit"),
        argument("description", help="what it is for"),
        argument("--include-deferred", action="store_true", help="deferred tasks keep their slot"),
        output(),
    )
    parser.verb("delete", delete_pool, "delete a pool", name, output())
    parser.verb(
        "import",
        import_pools,
        "create pools from a JSON or YAML file",
        argument(
            "file",
            metavar="FILE",
            help='{"name": {"slots": 3, "description": "..."}}; - reads standard input',
        ),
    )
    parser.verb(
        "export",
        export_pools,
        "write all pools to a file",
        argument("file", metavar="FILE", help="a .json or .yaml file; - writes standard output"),
    )


def list_pools(args: argparse.Namespace, session: Session) -> None:
    """All pools with their use."""
    show([_row(pool) for pool in session.store.pools.list()], args.output)


def get_pool(args: argparse.Namespace, session: Session) -> None:
    """One pool."""
    show([_row(session.store.pools.get(args.pool))], args.output)


def set_pool(args: argparse.Namespace, session: Session) -> None:
    """Create or replace."""
    pool = session.store.pools.by(acting_user(), datetime.now(UTC)).set(
        args.pool, args.pool_slots, args.description, args.include_deferred
    )
    show([_row(pool)], args.output)


def delete_pool(args: argparse.Namespace, session: Session) -> None:
    """Delete one; shows what it was."""
    pool = session.store.pools.get(args.pool)
    session.store.pools.by(acting_user(), datetime.now(UTC)).delete(args.pool)
    show([_row(pool)], args.output)


def import_pools(args: argparse.Namespace, session: Session) -> None:
    """Create or replace many, all or nothing."""
    names = session.store.pools.by(acting_user(), datetime.now(UTC)).import_(read_data(args.file))
    print(f"{len(names)} pools created or changed")


def export_pools(args: argparse.Namespace, session: Session) -> None:
    """All pools."""
    data = session.store.pools.export()
    write_data(args.file, data)
    if args.file != "-":
        print(f"{len(data)} pools written to {args.file}")


def _row(pool: PoolRecord) -> dict[str, Any]:
    return {
        "pool": pool.name,
        "slots": pool.slots,
        "description": pool.description,
        "include_deferred": pool.include_deferred,
        "running": pool.running,
        "queued": pool.queued,
        "open": "unlimited" if pool.slots < 0 else pool.open,
    }
