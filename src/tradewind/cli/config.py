"""`tradewind config`: the settings in force, by Tradewind's names and by Airflow's."""

from __future__ import annotations

import argparse
from typing import Any

from tradewind.cli.info import without_password
from tradewind.cli.output import show
from tradewind.cli.parser import CommandParser, argument, near, output
from tradewind.cli.session import Session
from tradewind.errors import NotFoundError
from tradewind.settings import HIDDEN, OPTIONS, Option, Settings


def add(parser: CommandParser) -> None:
    """Put the verbs on the parser."""
    parser.verb(
        "list",
        list_config,
        "list the settings, their values and where they come from",
        output(),
        argument("--section", help="only the settings of this section of Airflow's configuration"),
        argument("--show-values", action="store_true", help="show secret values too"),
        argument("--hide-sensitive", action="store_true", help="with --show-values: not the secret ones"),
        argument("-s", "--include-sources", action="store_true", help=argparse.SUPPRESS),  # they always are
        argument("--color", help=argparse.SUPPRESS),
        argument("-V", "--include-env-vars", action="store_true", help="show the variables that set them"),
    )
    parser.instead = {
        "lint": "tradewind config list shows which settings are honoured and where each comes from",
        "update": "names of Airflow 2 and 3 are both honoured; tradewind config list shows where each value comes from",
    }
    parser.verb(
        "get-value",
        get_value,
        "print the value of one setting by Airflow's section and key",
        argument("section", help="section of Airflow's configuration, or `tradewind`"),
        argument("option", metavar="key", help="key in that section, or a name that `config list` shows"),
    )


def list_config(args: argparse.Namespace, session: Session) -> None:
    """All settings."""
    settings = session.settings
    rows: list[dict[str, Any]] = []
    if args.section is None:
        rows.append({"name": "home", "value": settings.home, "source": settings.sources["home"]})
        if args.include_env_vars:
            rows[0]["variables"] = ["TRADEWIND_HOME", "AIRFLOW_HOME"]
    for option in OPTIONS:
        if args.section is not None and args.section not in {section for section, _ in option.airflow}:
            continue
        value = getattr(settings, option.name)
        if option.secret and value is not None and (not args.show_values or args.hide_sensitive):
            value = without_password(value) if option.name == "database_url" else HIDDEN
        row = {
            "name": option.name,
            "value": value,
            "source": settings.sources[option.name],
        }
        if args.include_env_vars:
            row["variables"] = [option.variable, *option.airflow_variables]
        rows.append(row)
    show(rows, args.output)


def get_value(args: argparse.Namespace, session: Session) -> None:
    """One value, as text."""
    value = _value(session.settings, args.section.lower(), args.option.lower())
    print("" if value is None else value)


def _value(settings: Settings, section: str, key: str) -> Any:
    known: dict[tuple[str, str], Option] = {(s, k): option for option in OPTIONS for s, k in option.airflow}
    known |= {("tradewind", option.name): option for option in OPTIONS}
    if (section, key) == ("tradewind", "home"):
        return settings.home
    if (section, key) in known:
        return getattr(settings, known[section, key].name)
    words = [" ".join(pair) for pair in known]
    raise NotFoundError(
        f"Tradewind has no setting [{section}] {key}{near(f'{section} {key}', words)}",
        fix="tradewind config list --include-env-vars shows all settings.",
    )
