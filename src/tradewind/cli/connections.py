"""`tradewind connections`: where external systems are and how to log in.

Connections from the environment (`AIRFLOW_CONN_*`) are seen by tasks before those of the database; `get` shows them
too, the other verbs only deal with the database.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec

from tradewind.authoring.connection import Connection
from tradewind.cli.files_io import YAML, parse_data, read_text, write_data, write_text
from tradewind.cli.output import show
from tradewind.cli.parser import CommandParser, argument, output
from tradewind.cli.session import Session, acting_user
from tradewind.errors import AirflowException, AirflowNotFoundException, InvalidError
from tradewind.spec.wire import ConnectionData

FIELDS = ("conn_type", "description", "host", "login", "password", "schema", "port")
HIDDEN = "***"
FORMATS = ("json", "yaml", "env")


def add(parser: CommandParser) -> None:
    """Put the verbs on the parser."""
    conn_id = argument("conn_id", help="id of the Connection")
    parser.verb(
        "list",
        list_connections,
        "list the Connections",
        output(),
        argument("--conn-id", metavar="ID", help="only this one"),
        argument("--show-values", action="store_true", help="print passwords and extras too"),
        argument("--hide-sensitive", action="store_true", help="with --show-values: not the passwords"),
    )
    parser.verb(
        "get",
        get_connection,
        "show a Connection with its password",
        conn_id,
        output(),
        argument("--color", help=argparse.SUPPRESS),
    )
    adding = parser.verb("add", add_connection, "create a Connection from a URI, from JSON or from fields", conn_id)
    adding.add_argument("--conn-uri", metavar="URI", help="type://login:password@host:port/schema?extra=value")
    adding.add_argument("--conn-json", metavar="JSON", help="its fields as a JSON object")
    adding.add_argument("--conn-extra", metavar="JSON", help="further fields of its type as a JSON object")
    for field in FIELDS:
        adding.add_argument(f"--conn-{field.removeprefix('conn_')}", dest=f"conn_{field.removeprefix('conn_')}")
    parser.verb(
        "delete", delete_connection, "delete a Connection", conn_id, argument("--color", help=argparse.SUPPRESS)
    )
    parser.verb("test", test_connection, "have the hook of a Connection try it", conn_id)
    parser.instead = {
        "create-default-connections": "Connections are made by you: tradewind connections add, or import from a file"
    }
    parser.verb(
        "import",
        import_connections,
        "create Connections from a file",
        argument("file", metavar="FILE", help="a .json, .yaml or .env file, as `export` writes it"),
        argument("--overwrite", action="store_true", help="replace Connections that exist"),
    )
    exporting = parser.verb(
        "export",
        export_connections,
        "write all Connections with their passwords to a file",
        argument("file", metavar="FILE", help="a .json, .yaml or .env file; - writes standard output"),
    )
    exporting.add_argument(
        "--file-format", "--format", dest="file_format", choices=FORMATS, help="default: by the name of the file"
    )
    exporting.add_argument(
        "--serialization-format", choices=("uri", "json"), help="how a Connection is written in an .env file"
    )


def list_connections(args: argparse.Namespace, session: Session) -> None:
    """All Connections, secrets only when asked for."""
    store = session.store
    items = [store.connections.get(args.conn_id)] if args.conn_id else store.connections.list()
    show([_row(item, secrets=args.show_values and not args.hide_sensitive) for item in items], args.output)


def test_connection(args: argparse.Namespace, session: Session) -> int:
    """Try one."""
    from tradewind.cli.connection_test import test_connection  # imported here: loads the hooks

    return test_connection(args, session)


def get_connection(args: argparse.Namespace, session: Session) -> None:
    """What a task would see."""
    try:
        # with no channel set this looks into the environment only
        found = _data(Connection.get(args.conn_id))
    except AirflowNotFoundException:
        found = session.store.connections.get(args.conn_id)
    show([{**_row(found, secrets=True), "get_uri": _connection(found).get_uri()}], args.output)


def add_connection(args: argparse.Namespace, session: Session) -> None:
    """Create one; an existing one is left alone."""
    fields = {field: getattr(args, f"conn_{field.removeprefix('conn_')}") for field in FIELDS}
    given = {name: value for name, value in fields.items() if value is not None}
    ways = [bool(args.conn_uri), bool(args.conn_json), "conn_type" in given]
    if sum(ways) != 1 or ((args.conn_uri or args.conn_json) and set(given) - {"description"}):
        raise InvalidError(
            "a Connection is made in one of three ways",
            fix="give --conn-uri, or --conn-json, or --conn-type with --conn-host, --conn-login and so on",
        )
    try:
        if args.conn_json:
            made = Connection.from_json(args.conn_json, args.conn_id)
        elif args.conn_uri:
            made = Connection.from_uri(args.conn_uri, args.conn_id)
        else:
            made = Connection(args.conn_id, **given)
    except AirflowException as error:
        raise InvalidError(str(error)) from None
    if args.conn_extra is not None:
        made.set_extra(args.conn_extra)
    made.description = args.conn_description if args.conn_description is not None else made.description
    session.store.connections.by(acting_user(), datetime.now(UTC)).add(_data(made))
    print(f"Connection {args.conn_id} created: {_without_secrets(made)}")


def delete_connection(args: argparse.Namespace, session: Session) -> None:
    """Delete one."""
    session.store.connections.by(acting_user(), datetime.now(UTC)).delete(args.conn_id)
    print(f"Connection {args.conn_id} deleted")


def import_connections(args: argparse.Namespace, session: Session) -> None:
    """Create many, all or nothing."""
    items = [_data(_from_entry(args.file, conn_id, entry)) for conn_id, entry in _entries(args.file).items()]
    done = session.store.connections.by(acting_user(), datetime.now(UTC)).import_(
        items, "overwrite" if args.overwrite else "skip"
    )
    print(f"{len(done.created)} Connections created, {len(done.updated)} changed, {len(done.skipped)} skipped")


def export_connections(args: argparse.Namespace, session: Session) -> None:
    """All Connections, decrypted."""
    form = args.file_format or _format_of(args.file)
    if args.serialization_format and form != "env":
        raise InvalidError(
            f"--serialization-format has no meaning in a {form} file", fix="leave it out, or use --file-format env"
        )
    items = session.store.connections.list()
    if form == "env":
        as_json = args.serialization_format == "json"
        lines = (
            f"{item.conn_id}={_connection(item).as_json() if as_json else _connection(item).get_uri()}\n"
            for item in items
        )
        write_text(args.file, "".join(lines))
    else:
        write_data(args.file, {item.conn_id: _exported(item) for item in items}, form)
    if args.file != "-":
        print(f"{len(items)} Connections written to {args.file}")


# --- Forms of a Connection --------------------------------------------------------------------------------


def _row(item: ConnectionData, *, secrets: bool) -> dict[str, Any]:
    fields = msgspec.structs.asdict(item)
    row: dict[str, Any] = {name: fields[name] for name in ("conn_id", *FIELDS)}
    row["extra_dejson"] = _decoded(item.extra)
    if not secrets:
        row["password"] = HIDDEN if item.password else item.password
        row["extra_dejson"] = HIDDEN if item.extra else None
    return row


def _decoded(extra: str | None) -> Any:
    try:
        return json.loads(extra) if extra else None
    except ValueError:
        return extra


def _exported(item: ConnectionData) -> dict[str, Any]:
    fields = msgspec.structs.asdict(item)
    return {**{name: fields[name] for name in FIELDS}, "extra": item.extra}


def _data(made: Connection) -> ConnectionData:
    if not made.conn_id:
        raise InvalidError("a Connection needs an id", fix="name it")
    return ConnectionData(
        conn_id=made.conn_id,
        conn_type=made.conn_type or "",
        description=made.description,
        host=made.host,
        login=made.login,
        password=made.password,
        schema=made.schema,
        port=made.port,
        extra=made.extra,
    )


def _connection(item: ConnectionData) -> Connection:
    return Connection(**{**msgspec.structs.asdict(item), "conn_type": item.conn_type or None})


def _without_secrets(made: Connection) -> str:
    """The URI with its password and extra masked."""
    shown = Connection(
        conn_id=made.conn_id,
        conn_type=made.conn_type,
        host=made.host,
        login=made.login,
        schema=made.schema,
        port=made.port,
    ).get_uri()
    return shown.replace("@", f":{HIDDEN}@", 1) if made.login and made.password else shown


# --- Files ------------------------------------------------------------------------------------------------


def _format_of(name: str) -> str:
    if name.endswith(YAML):
        return "yaml"
    if name.endswith(".json") or name == "-":
        return "json"
    if name.endswith(".env"):
        return "env"
    raise InvalidError(
        f"the name {name!r} does not say how Connections are written there",
        fix="use a name that ends with .json, .yaml or .env, or give --file-format",
    )


def _entries(name: str) -> Mapping[str, Any]:
    text = read_text(name)
    if name != "-" and _format_of(name) != "env":
        return parse_data(name, text)
    if name == "-":
        return parse_data(name, text)
    entries: dict[str, Any] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        conn_id, equals, value = line.partition("=")
        if not equals or not conn_id.strip():
            raise InvalidError(f"{name}:{number} is not a Connection", fix="write each line as conn_id=URI")
        entries[conn_id.strip()] = value.strip()
    return entries


def _from_entry(name: str, conn_id: str, entry: Any) -> Connection:
    """A Connection from what a file says: a URI, JSON text, or its fields."""
    try:
        if isinstance(entry, str):
            if entry.lstrip().startswith("{"):
                return Connection.from_json(entry, conn_id)
            return Connection.from_uri(entry, conn_id)
        if isinstance(entry, dict):
            fields = dict(entry)
            fields.pop("conn_id", None)
            extra = fields.pop("extra", None) or fields.pop("extra_dejson", None)
            made = Connection.from_json(json.dumps(fields), conn_id)
            if extra:
                made.set_extra(extra if isinstance(extra, str) else json.dumps(extra))
            return made
    except AirflowException as error:
        raise InvalidError(f"{name}: {error}") from None
    raise InvalidError(f"{name}: connection {conn_id!r} is {entry!r}", fix="write a URI, or an object of its fields")
