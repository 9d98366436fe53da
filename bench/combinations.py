"""Every list of the API with each of its filters and orders, as addresses: what `bench/api.py --all` asks for.

Filters and their kinds are read from the OpenAPI document, the orders from what a list says when it is asked for one
that it does not have; so a filter that is added is measured, without a word here.  Each filter is asked for alone, with
values that nearly all rows have, that few have and that none has; each order alone, in both directions, and behind
filters that leave few rows, or none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlencode

import httpx
from addresses import UI, V2, Places
from fastapi import FastAPI

PAGED = {"limit", "offset", "cursor", "order_by", "mark", "before", "after", "around", "from", "newest"}
"""Parameters that choose a part of a list, not its rows."""
NOT_LISTS = ("/log", "/config", "/events/stream")
COMMON = {
    "tags": ["sales"],
    "tag": ["sales"],
    "owners": ["sales"],
    "owner": ["sales", "user001"],
    "q": ["pipeline_1"],
    "event": ["patch_dag"],
    "excluded_events": ["running"],
    "included_events": ["patch_dag"],
    "operator": ["PythonOperator"],
    "operator_name": ["PythonOperator", "Python"],
    "pool": ["default_pool"],
    "pool_name": ["default"],
    "queue": ["default"],
    "queue_name": ["default"],
    "task_id": ["load", "t00007"],
    "source_task_id": ["load"],
    "task_display_name": ["quality", "t00"],
    "run_id": ["scheduled__2"],
    "xcom_key": ["return_value"],
    "conf_contains": ["{"],
    "name": ["table_1"],
    "uri": ["s3://"],
    "search": ["pipeline_01", "table_1", "scheduled__2"],
    "asset_dependency": ["table_1"],
    "consuming_asset_pattern": ["table_001"],
    "job_type": ["SchedulerJob"],
    "variable_key": ["setting"],
    "connection_id": ["db_0"],
    "who": ["user001"],
    "dag": ["pipeline_01"],
    "task_group_id": ["g1"],
    "dag_display_name": ["pipeline_01"],
    "dag_id": ["pipeline_01"],
}
"""Parameter without `_pattern` -> values that many rows have, or few: a rare one is made up for all."""


def lists(app: FastAPI, at: Places) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Addresses of lists without a query, and their parameters."""
    named = app.openapi()["components"]["schemas"]
    for path, methods in app.openapi()["paths"].items():
        if "get" not in methods or any(part in path for part in NOT_LISTS):
            continue
        given = [each for each in methods["get"].get("parameters", []) if each["in"] == "query"]
        if {"limit", "order_by"} & {each["name"] for each in given}:
            given = [{**each, "kinds": _kinds(each["schema"], named)} for each in given]
            for place in _places(path, at):
                yield place, given


def _kinds(schema: dict[str, Any], named: dict[str, Any]) -> list[dict[str, Any]]:
    """The kinds of one value of a parameter: the parts of its schema."""
    if "$ref" in schema:
        return _kinds(named[schema["$ref"].rpartition("/")[2]], named)
    inner = [*schema.get("anyOf", ()), *([schema["items"]] if "items" in schema else [])]
    return [kind for part in inner for kind in _kinds(part, named)] or [schema]


def _places(path: str, at: Places) -> list[str]:
    """What the ids in a path stand for: all, one DAG of ten tasks, and the large ones."""
    dag_id, run_id = at.one
    mapped = {"dag_id": "mapped", "dag_run_id": at.mapped, "run_id": at.mapped, "task_id": "each"}
    one = {"dag_id": dag_id, "dag_run_id": run_id, "run_id": run_id, "task_id": "load"}
    wide = {"dag_id": "wide", "dag_run_id": "~", "run_id": at.wide[0], "task_id": "t00007"}
    every = {"dag_id": "~", "dag_run_id": "~", "task_id": "~"}
    huge = {"dag_id": "huge", "dag_run_id": at.huge, "run_id": at.huge, "task_id": at.last}
    either = [mapped] if path.endswith(("/listMapped", "/instances")) else [one, wide, huge]
    if path.startswith(V2) or "/dagRuns/" in path:
        either += [] if path.endswith(("/listMapped", "/tasks", "/state-store")) else [every]
    other = {"asset_id": str(at.assets[1]), "backfill_id": "5"}
    return sorted({path.replace("{", "%(").replace("}", ")s") % (each | other) for each in either})


def filters(given: list[dict[str, Any]], at: Places) -> list[tuple[str, str]]:
    """Each filter alone: name and value."""
    found: list[tuple[str, str]] = []
    for each in given:
        if each["name"] not in PAGED:
            found += [(each["name"], value) for value in _values(each["name"], each["kinds"], at)]
    return found


def _values(name: str, kinds: list[dict[str, Any]], at: Places) -> list[str]:
    found = [value for kind in kinds for value in kind.get("enum", [kind["const"]] if "const" in kind else [])]
    types, forms = {kind.get("type") for kind in kinds}, {kind.get("format") for kind in kinds}
    bare = re.sub(r"(_prefix)?_pattern$", "", name)
    if found:
        return list(dict.fromkeys(found))
    if forms & {"date", "date-time"} or name in ("since", "until", "to"):
        ages = (timedelta(hours=3), timedelta(days=3), timedelta(days=-300), timedelta(days=3000))
        form = "%Y-%m-%d" if "date" in forms and "date-time" not in forms else "%Y-%m-%dT%H:%M:%SZ"
        return [format(at.now - age, form) for age in ages]
    if "boolean" in types:
        return ["true", "false"]
    if name.startswith("duration_"):
        return ["0.5", "30", "59.9", "100000"]
    if name == "asset_id":
        return [str(at.assets[1]), "999999999"]
    if "integer" in types or "number" in types:
        least = max(kind.get("minimum", -1) for kind in kinds)
        return [number for number in ("-1", "0", "1", "2", "9") if int(number) >= least]
    if bare in ("dag_id", "source_dag_id", "dag_ids") and name == bare:
        return [at.one[0], "wide", "zzz"]
    if bare in ("run_id", "source_run_id") and name == bare:
        return [at.one[1], "zzz"]
    return [*COMMON.get(bare, COMMON.get(name, [])), "zzz", *(["~"] if name != bare else [])]


SELECTIVE = ("state=failed", "start_date_gte=2100-01-01T00:00:00Z", "operator=zzz", "dag_id_pattern=pipeline_01")
"""What orders are asked behind, where the list has it."""


async def combinations(app: FastAPI, at: Places, client: httpx.AsyncClient) -> dict[str, list[str]]:
    """Name of a list and of what is asked -> address, alone in a list, as `addresses` gives them."""
    found: dict[str, list[str]] = {}
    for place, given in lists(app, at):
        start = f"{place}?q=pipeline&" if place == f"{UI}/search" else f"{place}?"
        found[place] = [start]
        asked = filters(given, at)
        for name, value in asked:
            found[f"{place} {name}={value}"] = [start + urlencode({name: value}, quote_via=quote)]
        if "order_by" not in {each["name"] for each in given}:
            continue
        names = {each["name"] for each in given}
        behind = ["", *(f"&{each}" for each in SELECTIVE if each.partition("=")[0] in names)]
        for key in await _orders(client, place, given):
            for order in (key, f"-{key}"):
                for leaving in behind:
                    found[f"{place} by {order} {leaving}"] = [f"{start}order_by={order}{leaving}"]
    return found


async def _orders(client: httpx.AsyncClient, place: str, given: list[dict[str, Any]]) -> list[str]:
    """The sort keys of a list: its enumeration, or what it says of a key that it does not have."""
    (schema,) = (each["schema"] for each in given if each["name"] == "order_by")
    if named := schema.get("enum"):
        return [name for name in named if not name.startswith("-")]
    refused = await client.get(f"{place}?order_by=no_such_key")
    known = re.search(r"known are: ([\w, ]+)", refused.text)
    return known[1].split(", ") if known else []
