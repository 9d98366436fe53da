"""`tradewind providers`: installed provider packages and what they declare."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tradewind.authoring.providers import declared, installed
from tradewind.cli.output import show, show_one
from tradewind.cli.parser import CommandParser, argument, near, output
from tradewind.cli.session import Session
from tradewind.errors import NotFoundError

_UNUSED = "; Tradewind does not use them"
_CLASSES = {
    "links": ("extra-links", "extra_link_class_name", "list the links that providers give to operators"),
    "secrets": ("secrets-backends", "secrets_backend_class_name", "list the secrets backends"),
    "logging": ("logging", "logging_class_name", f"list the log handlers{_UNUSED}"),
    "executors": ("executors", "executor_class_names", f"list the executors{_UNUSED}"),
    "auth-managers": ("auth-managers", "auth_manager_module", f"list the auth managers{_UNUSED}"),
    "queues": ("queues", "queue_class_name", "list the message queues"),
    "notifications": ("notifications", "notification_class_name", "list the notifiers"),
}
"""Verb -> what a package declares, the name of the field, what the verb does."""


def add(parser: CommandParser) -> None:
    """Put the verbs on the parser."""
    parser.verb("list", list_providers, "list the installed provider packages", output())
    parser.verb(
        "get",
        get_provider,
        "show one provider package",
        argument("provider_name", help="name of the package, e.g. apache-airflow-providers-http"),
        argument("-f", "--full", action="store_true", help="all that it declares"),
        argument("--color", help=argparse.SUPPRESS),
        output(),
    )
    parser.verb("hooks", hooks, "list the connection types and their hooks", output())
    parser.verb("triggers", triggers, "list the modules of triggers", output())
    parser.verb("widgets", widgets, "list the further fields of connection types", output())
    parser.verb("behaviours", behaviours, "list the connection types whose form differs", output())
    parser.verb("configs", configs, "list the sections of the configuration that providers read", output())
    for verb, (kind, field, about) in _CLASSES.items():
        aliases = ("auth",) if verb == "auth-managers" else ()
        parser.verb(verb, _lister(kind, field), about, output(), aliases=aliases)
    parser.instead = {
        "lazy-loaded": "what providers declare is read when it is first needed; there is nothing to check"
    }


def list_providers(args: argparse.Namespace, session: Session) -> None:
    """Name, description, version."""
    rows = [
        {"package_name": name, "description": _line(info.data.get("description")), "version": info.version}
        for name, info in installed().items()
    ]
    show(rows, args.output, empty="No provider packages are installed")


def get_provider(args: argparse.Namespace, session: Session) -> None:
    """One package.  Raises NotFoundError."""
    found = installed().get(args.provider_name)
    if found is None:
        raise NotFoundError(
            f"no provider package {args.provider_name!r}{near(args.provider_name, installed())}",
            fix="tradewind providers list shows what is installed",
        )
    if args.full:
        show_one({"Provider": args.provider_name, "Version": found.version, **found.data}, args.output)
    else:
        show([{"Provider": args.provider_name, "Version": found.version}], args.output)


def hooks(args: argparse.Namespace, session: Session) -> None:
    """Connection type -> hook."""
    rows = [
        {
            "connection_type": entry.get("connection-type"),
            "class": entry.get("hook-class-name"),
            "hook_name": entry.get("hook-name"),
            "package_name": package,
        }
        for package, entry in declared("connection-types")
    ]
    show(sorted(rows, key=lambda row: str(row["connection_type"])), args.output)


def triggers(args: argparse.Namespace, session: Session) -> None:
    """Modules of triggers, with their package."""
    rows = [
        {"package_name": package, "class": module, "integration_name": entry.get("integration-name")}
        for package, entry in declared("triggers")
        for module in entry.get("python-modules", ())
    ]
    show(rows, args.output)


def widgets(args: argparse.Namespace, session: Session) -> None:
    """Fields that a connection type has beside the common ones."""
    rows = [
        {
            "connection_parameter_name": f"extra__{entry['connection-type']}__{name}",
            "label": field.get("label", name) if isinstance(field, Mapping) else name,
            "package_name": package,
        }
        for package, entry in declared("connection-types")
        for name, field in (entry.get("conn-fields") or {}).items()
    ]
    show(rows, args.output)


def behaviours(args: argparse.Namespace, session: Session) -> None:
    """Connection types whose form hides, renames or explains fields."""
    rows = [
        {"field_behaviours": entry["connection-type"], "package_name": package}
        for package, entry in declared("connection-types")
        if entry.get("ui-field-behaviour")
    ]
    show(rows, args.output)


def configs(args: argparse.Namespace, session: Session) -> None:
    """Sections of the configuration."""
    rows = [
        {"provider": name, "section": section, "options": list(about.get("options", ()))}
        for name, info in installed().items()
        for section, about in (info.data.get("config") or {}).items()
    ]
    show(rows, args.output)


def _lister(kind: str, field: str) -> Callable[[argparse.Namespace, Session], None]:
    def list_classes(args: argparse.Namespace, session: Session) -> None:
        show([{field: name} for name in sorted(_names(kind))], args.output)

    return list_classes


def _names(kind: str) -> Iterator[str]:
    for _, entry in declared(kind):
        yield str(entry)


def _line(text: Any) -> str:
    """The first line that says something, without markup."""
    lines = [line.strip() for line in str(text or "").replace("`", "").splitlines()]
    return next((line.partition(" <")[0] for line in lines if line), "")
