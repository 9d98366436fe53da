"""`tradewind variables`: Variables in the metadata database.

Variables from the environment (`AIRFLOW_VAR_*`) are seen by tasks before those of the database; `get`
says their value too, the other verbs only deal with the database.
"""

from __future__ import annotations

import argparse
import json
import os
from datetime import UTC, datetime

from tradewind.cli.files_io import read_data, write_data
from tradewind.cli.output import show
from tradewind.cli.parser import CommandParser, argument, output
from tradewind.cli.session import Session, acting_user
from tradewind.errors import InvalidError, NotFoundError

ENVIRONMENT = ("TRADEWIND_VAR_", "AIRFLOW_VAR_")


def add(parser: CommandParser) -> None:
    """Put the verbs on the parser."""
    key = argument("key", help="name of the Variable")
    as_json = argument("-j", "--json", action="store_true", help="the value is JSON")
    parser.verb(
        "list",
        list_variables,
        "list the Variables",
        output(),
        argument("--show-values", action="store_true", help="print the values too"),
        argument("--hide-sensitive", action="store_true", help="with --show-values: not those with secret names"),
    )
    parser.verb(
        "get",
        get_variable,
        "print the value of a Variable",
        key,
        as_json,
        argument("-d", "--default", metavar="VALUE", help="what to print when there is no such Variable"),
    )
    parser.verb(
        "set",
        set_variable,
        "create or change a Variable",
        key,
        argument("value", metavar="VALUE"),
        argument("--description", metavar="TEXT", help="what it is for"),
        as_json,
    )
    parser.verb("delete", delete_variable, "delete a Variable", key)
    parser.verb(
        "import",
        import_variables,
        "create Variables from a JSON or YAML file",
        argument("file", metavar="FILE", help="name -> value, as `export` writes it; - reads standard input"),
        argument(
            "-a",
            "--action-on-existing-key",
            choices=("overwrite", "fail", "skip"),
            default="overwrite",
            help="what to do with Variables that exist (default: overwrite)",
        ),
    )
    parser.verb(
        "export",
        export_variables,
        "write all Variables to a file",
        argument("file", metavar="FILE", help="a .json or .yaml file; - writes standard output"),
    )


def list_variables(args: argparse.Namespace, session: Session) -> None:
    """Keys, with --show-values also what they hold."""
    if not args.show_values:
        show([{"key": key} for key in session.store.variables.keys()], args.output)  # noqa: SIM118 - not a dict
        return
    rows = [
        {
            "key": record.key,
            "value": "***" if args.hide_sensitive and sounds_secret(record.key) else record.value,
            "description": record.description,
        }
        for record in session.store.variables.list()
    ]
    show(rows, args.output)


def get_variable(args: argparse.Namespace, session: Session) -> None:
    """What a task would see."""
    value = next((os.environ[p + args.key.upper()] for p in ENVIRONMENT if p + args.key.upper() in os.environ), None)
    if value is None:
        try:
            value = session.store.variables.get(args.key)
        except NotFoundError:
            if args.default is None:
                raise
            print(args.default)
            return
    print(json.dumps(_decoded(args.key, value), indent=2, ensure_ascii=False) if args.json else value)


def set_variable(args: argparse.Namespace, session: Session) -> None:
    """Create or replace."""
    if args.json:
        _decoded(args.key, args.value)
    created = session.store.variables.by(acting_user(), datetime.now(UTC)).set(args.key, args.value, args.description)
    print(f"Variable {args.key} {'created' if created else 'changed'}")


def delete_variable(args: argparse.Namespace, session: Session) -> None:
    """Delete one."""
    session.store.variables.by(acting_user(), datetime.now(UTC)).delete(args.key)
    print(f"Variable {args.key} deleted")


def import_variables(args: argparse.Namespace, session: Session) -> None:
    """Create many, all or nothing."""
    done = session.store.variables.by(acting_user(), datetime.now(UTC)).import_(
        read_data(args.file), args.action_on_existing_key
    )
    print(f"{len(done.created)} Variables created, {len(done.updated)} changed, {len(done.skipped)} skipped")


def export_variables(args: argparse.Namespace, session: Session) -> None:
    """All Variables, decrypted."""
    data = session.store.variables.export()
    write_data(args.file, data)
    if args.file != "-":
        print(f"{len(data)} Variables written to {args.file}")


def sounds_secret(key: str) -> bool:
    """Whether a name is one that Airflow's users give to secrets."""
    words = (
        "password",
        "passwd",
        "secret",
        "token",
        "apikey",
        "api_key",
        "access_key",
        "private_key",
        "passphrase",
    )
    return any(word in key.lower() for word in words)


def _decoded(key: str, value: str) -> object:
    try:
        return json.loads(value)
    except ValueError as error:
        raise InvalidError(
            f"the value of variable {key!r} is not JSON: {error}", fix="leave out --json to take it as text"
        ) from None
