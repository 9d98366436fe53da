"""Who is limited to some DAGs neither sees nor changes anything of the others, on whatever route he tries."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from contextvars import copy_context
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from api_lab import Api
from sqlalchemy import insert, select
from walk import Walk, filled, walking

from support.actions_lab import NOW, dag
from tradewind.ports.store import RunRecord
from tradewind.spec.assets import AssetSchedule, AssetSpec, AssetUse, Condition
from tradewind.spec.states import TaskInstanceState as S
from tradewind.store import Store, tables
from tradewind.store.access import OPEN, RULES, DagRights, enter, limited
from tradewind.store.asset_tables import asset, asset_event
from tradewind.store.engine import read, write
from tradewind.store.rights import Grant
from tradewind.store.vault import new_key
from tradewind.testing.clock import VirtualClock

SHARED = AssetUse(name="shared", uri="s3://lake/shared")
SECRET = AssetUse(name="zeta_asset", uri="s3://lake/zeta")
MINE, OTHER = "mine", "zeta_dag"
LIMITED = {"created_at": NOW, "dag_limited": True}


@dataclass(frozen=True)
class Walked:
    """An application with two DAGs, and two who ask it."""

    walk: Walk
    mine: str
    """The id of the run of the DAG that the limited one sees."""
    other: str
    limited: str
    """His token."""
    admin: str


@pytest.fixture
def seeded(api: Api) -> tuple[RunRecord, RunRecord]:
    """See `seed`."""
    return seed(api)


def seed(api: Api | Walk) -> tuple[RunRecord, RunRecord]:
    """Two DAGs, joined by an asset, each with a run that failed, values, notes, a backfill and more."""
    lab, store = api.lab, api.store
    shared, secret = (AssetSpec(name=use.name, uri=use.uri) for use in (SHARED, SECRET))
    lab.add(
        dag(
            MINE,
            {"make": []},
            of={"make": {"outlets": (SHARED,)}},
            assets=(shared,),
            tags=("ours",),
        ),
        dag(
            OTHER,
            {"zeta_task": [], "zeta_end": ["zeta_task"]},
            of={"zeta_task": {"outlets": (SECRET,), "inlets": (SHARED,)}},
            assets=(shared, secret),
            asset_schedule=AssetSchedule(condition=Condition(use=SHARED)),
            tags=("zeta_tag",),
            description="about zeta",
        ),
    )
    runs = []
    for dag_id, task_id in ((MINE, "make"), (OTHER, "zeta_task")):
        store.actions.set_paused(dag_id, False, user="root", now=NOW)
        run = lab.run(dag_id, run_id=f"{dag_id}_run", conf={"word": dag_id})
        lab.force(run, **{task_id: S.FAILED})
        store.actions.set_run_note(dag_id, run.run_id, f"note of {dag_id}", user="root", now=NOW)
        store.xcoms.set(dag_id, run.run_id, task_id, f"{dag_id}_key", json.dumps(f"{dag_id} value"), now=NOW)
        store.favorites.add(dag_id, "root", NOW)
        runs.append(run)
    ids = {row["name"]: row["id"] for row in lab.rows("asset")}
    store.actions.assets.create_event(ids["shared"], NOW, user="root")
    store.actions.assets.create_event(ids["zeta_asset"], NOW, user="root")
    error = {"relative_fileloc": f"{OTHER}.py", "fileloc": f"/dags/{OTHER}.py", "line": 1, "message": "zeta"}
    with write(store.engine) as connection:
        connection.execute(tables.import_error.insert().values(bundle_name="dags", at=NOW, traceback="z", **error))
    return runs[0], runs[1]


def limited_client(api: Api, may: str = "run", role: str = "op") -> httpx.Client:
    with write(api.store.engine) as connection:
        connection.execute(tables.user.insert().values(username="lim", password_hash="none", role=role, **LIMITED))
    api.store.users.update("lim", grants=[Grant("dag", MINE, may)])
    return api.client(api.app.state.context.tokens.issue("lim"))


@pytest.fixture(scope="module")
def walked(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walked]:
    """One seeded application for all walks: they ask as somebody who is limited to one of the two DAGs."""
    folder = tmp_path_factory.mktemp("walk")
    shutil.copyfile(sqlite_template, folder / "tradewind.db")
    with (
        Store(f"sqlite:///{folder / 'tradewind.db'}", new_key()) as store,
        walking(store, VirtualClock(NOW), folder / "logs") as walk,
    ):
        mine, other = seed(walk)
        limited = walk.user("lim", "op", dag_limited=True)
        store.users.update("lim", grants=[Grant("dag", MINE, "run")])
        yield Walked(walk, mine.run_id, other.run_id, limited, walk.user("boss", "admin"))


def bodies(walk: Walk, method: str, path: str, dag_id: str, run_id: str, task_id: str) -> list[Any]:
    """What a route that takes a body is sent: those of these that it may take."""
    operation = walk.description["paths"][path.replace(":path}", "}")][method.lower()]
    if "requestBody" not in operation:
        return [None]
    known = set(properties(walk, operation["requestBody"]["content"]["application/json"]["schema"]))
    return [body for body in every_body(dag_id, run_id, task_id) if set(body) <= known]


def properties(walk: Walk, schema: dict[str, Any]) -> Iterator[str]:
    """The names of the fields of a schema."""
    if ref := schema.get("$ref"):
        yield from properties(walk, walk.description["components"]["schemas"][ref.rpartition("/")[2]])
    for part in (*schema.get("anyOf", ()), *schema.get("oneOf", ()), *schema.get("allOf", ())):
        yield from properties(walk, part)
    yield from schema.get("properties", ())


def every_body(dag_id: str, run_id: str, task_id: str) -> list[dict[str, Any]]:
    """Changes of all kinds."""
    return [
        {},
        {"dag_ids": [dag_id], "page_limit": 100},
        {"dag_id": dag_id, "from_date": "2026-01-01T00:00:00Z", "to_date": "2026-01-02T00:00:00Z"},
        {"dag_ids": [dag_id], "task_ids": [task_id], "dag_id": dag_id, "run_ids": [run_id]},
        {"is_paused": True},
        {"note": "changed"},
        {"state": "success"},
        {"new_state": "success"},
        {"dry_run": False, "only_failed": False, "reset_dag_runs": True},
        {"dry_run": False, "runs": [{"dag_id": dag_id, "dag_run_id": run_id}]},
        {"logical_date": None, "conf": {}},
        {"key": "k", "value": 1},
        {"value": 2},
        {"asset_id": 1},
        {"actions": [{"action": "delete", "entities": [{"dag_id": dag_id, "dag_run_id": run_id, "task_id": task_id}]}]},
        {"actions": [{"action": "delete", "entities": [{"dag_id": dag_id, "dag_run_id": run_id}]}]},
        {
            "actions": [
                {
                    "action": "update",
                    "entities": [{"dag_id": dag_id, "dag_run_id": run_id, "task_id": task_id, "new_state": "success"}],
                }
            ]
        },
    ]


def state_of(api: Api | Walk, dag_id: str) -> dict[str, list[Any]]:
    """All rows of a DAG."""
    found = {}
    with read(api.store.engine) as connection:
        for name, table in tables.metadata.tables.items():
            if "dag_id" in table.c and name not in ("signal", "event_log"):
                query = select(table).where(table.c.dag_id == dag_id).order_by(*table.primary_key.columns)
                found[name] = [tuple(row) for row in connection.execute(query)]
        for table in (tables.event_log,):
            found[table.name] = list(connection.scalars(select(table.c.id).where(table.c.dag_id == dag_id)))
    return found


def leaks(answer: httpx.Response, asked: str) -> list[str]:
    """Words of the other DAG in an answer, but for those that were in the request."""
    words = set(re.findall(r"zeta\w*", answer.text))
    return sorted(word for word in words if word not in asked)


def test_every_table_has_a_rule() -> None:
    named = set(tables.metadata.tables)
    assert named == RULES.keys() | OPEN
    assert not RULES.keys() & OPEN
    for name in OPEN - {"signal"}:
        assert not {"dag_id", "dag_run_id", "ti_id"} & set(tables.metadata.tables[name].c.keys()), name


def numbers_of(walk: Walk) -> range:
    """All numbers by which the other DAG's things could be asked for."""
    holders = ("asset", "asset_event", "backfill", "import_error", "dag_version", "dag_run", "event_log")
    return range(1, max(row["id"] for name in holders for row in walk.lab.rows(name)) + 1)


def test_no_route_shows_another_dag(walked: Walked) -> None:
    """By what is asked without naming it, with `~`, and by all numbers that there are."""
    walk = walked.walk
    shown_to_admin = set()
    search, named = "?q=zeta&query=zeta&text=zeta", "?limit=100&dag_id=zeta_dag&dag_ids=zeta_dag"
    for method, route, names in walk.routes():
        if method != "GET":
            continue
        fills: list[dict[str, Any]]
        queries = [search, named]
        if "dag_id" in names:
            run, task = walked.mine, "make"
            fills = [
                {"dag_id": MINE, "dag_run_id": run, "run_id": run, "task_id": task, "map_index": -1},
                {"dag_id": "~", "dag_run_id": "~", "run_id": "~", "task_id": "~", "map_index": -1},
                {"dag_id": "~", "dag_run_id": walked.other, "task_id": "zeta_task", "map_index": -1},
            ]
        elif names:
            fills = [dict.fromkeys(names, number) for number in numbers_of(walk)]
        else:
            fills = [{}]
        for fill in fills:
            path = filled(route, fill)
            # a filter on the other DAG is tried where nothing else names one
            for query in queries if not names or fill.get("run_id") == "~" else queries[:1]:
                answer = walk.ask(walked.limited, "GET", path + query)
                assert answer.status_code < 500, (path, answer.text)
                assert not leaks(answer, path + query), (path + query, answer.text[:600])
                if (
                    route not in shown_to_admin
                    and (not names or "~" in fill.values())
                    and leaks(walk.ask(walked.admin, "GET", path + query), path + query)
                ):
                    shown_to_admin.add(route)
    # the walk can fail: who may sees it there
    assert {
        "/api/v2/dags", "/api/v2/dags/{dag_id}/dagRuns", "/api/v2/eventLogs", "/api/v2/assets", "/api/v2/importErrors",
        "/api/v2/dagTags", "/api/v2/dagStats", "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances",
        "/api/tradewind/home", "/api/tradewind/dags",
    } <= shown_to_admin  # fmt: skip


def test_no_route_shows_or_changes_a_dag_that_is_named(walked: Walked) -> None:
    walk, run_id, task_id = walked.walk, walked.other, "zeta_task"
    before = state_of(walk, OTHER)
    assert before["dag"] and before["dag_run"] and before["xcom"] and before["asset_use"]
    for method, route, names in walk.routes():
        if method == "GET" and "dag_id" not in names:
            continue
        values = {"dag_id": OTHER, "dag_run_id": run_id, "run_id": run_id, "task_id": task_id, "map_index": -1}
        values |= {"xcom_key": f"{OTHER}_key", "key": f"{OTHER}_key"}
        paths = [filled(route, values)]
        if "dag_id" in names and method != "GET":
            paths.append(filled(route, {**values, "dag_id": "~", "dag_run_id": "~"}))
        elif "dag_id" not in names:
            paths += [filled(route, dict.fromkeys(names, number)) for number in range(2, 6)] if names else []
        for path in paths:
            sent = [None] if method in ("GET", "DELETE") else bodies(walk, method, route, OTHER, run_id, task_id)
            for body in sent:
                asked = path + json.dumps(body)
                query = "?dag_id_pattern=~" if path == "/api/v2/dags" else ""
                answer = walk.ask(walked.limited, method, path + query, body)
                assert answer.status_code < 500, (method, path, body, answer.text)
                assert not leaks(answer, asked), (method, path, body, answer.text[:600])
                if path == paths[0] and "dag_id" in names:
                    assert answer.status_code in (400, 403, 404, 405, 409, 422), (method, path, body, answer.text)
    assert state_of(walk, OTHER) == before


def test_the_live_stream_and_own_work(api: Api, seeded: tuple[RunRecord, RunRecord]) -> None:
    client = limited_client(api)
    client.base_url = f"{api.url}/api/v2"
    listed = client.get("/dags").json()
    assert [each["dag_id"] for each in listed["dags"]] == [MINE]
    assert listed["total_entries"] == 1
    assert client.get("/dags/~/dagRuns").json()["total_entries"] == 1
    assert client.post(f"/dags/{MINE}/dagRuns", json={"logical_date": None}).status_code == 200
    assert client.patch(f"/dags/{MINE}", json={"is_paused": True}).json()["is_paused"] is True
    # what follows from a change is decided on all rows: the other DAG waits for the asset
    ids = {row["name"]: row["id"] for row in api.lab.rows("asset")}
    assert client.post("/assets/events", json={"asset_id": ids["shared"]}).status_code == 200
    assert client.post("/assets/events", json={"asset_id": ids["zeta_asset"]}).status_code == 404
    position = api.v2.get(f"{api.url}/api/tradewind/session").json()["position"]
    api.store.actions.set_paused(OTHER, True, user="root", now=NOW)
    api.store.actions.set_paused(MINE, False, user="root", now=NOW)
    with client.stream(
        "GET",
        f"{api.url}/api/tradewind/events",
        params={"topic": ["dags", "dag:mine", "dag:zeta_dag"], "position": position},
    ) as stream:
        text = ""
        for line in stream.iter_lines():
            text += line + "\n"
            if MINE in line:
                break
    assert "zeta" not in text


def test_who_may_only_look(api: Api, seeded: tuple[RunRecord, RunRecord]) -> None:
    client = limited_client(api, may="read")
    client.base_url = f"{api.url}/api/v2"
    assert client.get(f"/dags/{MINE}/dagRuns").json()["total_entries"] == 1
    before = state_of(api, MINE)
    for method, path, body in (
        ("POST", f"/dags/{MINE}/dagRuns", {"logical_date": None}),
        ("PATCH", f"/dags/{MINE}", {"is_paused": True}),
        ("PATCH", "/dags?dag_id_pattern=~", {"is_paused": True}),
        ("DELETE", f"/dags/{MINE}", None),
        ("POST", f"/dags/{MINE}/clearTaskInstances", {"dry_run": False, "only_failed": False}),
    ):
        answer = client.request(method, path, json=body)
        assert answer.status_code == 403, (path, answer.text)
    assert state_of(api, MINE) == before
    assert client.post(f"/dags/{MINE}/favorite").status_code == 204


def test_rights_by_pattern_tag_role_and_file(api: Api, seeded: tuple[RunRecord, RunRecord]) -> None:
    api.lab.add(dag("sales_eu"), dag("sales_us"), dag("SALES_x"), dag("other"))
    client = limited_client(api, role="user")
    users, roles = api.store.users, api.store.roles

    def seen() -> list[str]:
        return sorted(each["dag_id"] for each in client.get("/api/v2/dags").json()["dags"])

    users.update("lim", grants=[Grant("pattern", "sales_*", "read")])
    assert seen() == ["sales_eu", "sales_us"]
    users.update("lim", grants=[Grant("tag", "ours", "run"), Grant("pattern", "sales_?s", "run")])
    assert seen() == [MINE, "sales_us"]
    roles.create("team", "user", dag_limited=True, grants=[Grant("dag", "other", "run")], now=NOW)
    users.update("lim", role="team", grants=[], dag_limited=False)
    assert seen() == ["other"]
    assert client.patch("/api/v2/dags/other", json={"is_paused": True}).status_code == 200
    roles.update("team", grants=[])
    assert seen() == []
    api.lab.add(dag("sales_us", access={"team": "run", "others": "run"}), dag("sales_eu", access={"team": "read"}))
    assert seen() == ["sales_eu", "sales_us"]
    assert client.patch("/api/v2/dags/sales_us", json={"is_paused": True}).status_code == 200
    assert client.patch("/api/v2/dags/sales_eu", json={"is_paused": True}).status_code == 403
    api.lab.add(dag("sales_us"), dag("sales_eu"))
    assert seen() == []
    roles.update("team", dag_limited=False)
    assert len(seen()) == 6
    api.clock.advance(timedelta(seconds=1))
    users.set_password("lim", "another", now=api.clock.now())
    assert client.get("/api/v2/dags").status_code == 401


def test_what_is_kept_of_assets_for_all_is_not_what_one_sees(api: Api, seeded: tuple[RunRecord, RunRecord]) -> None:
    store, context = api.store, copy_context()
    with write(store.engine) as connection:
        shared = connection.scalar(select(asset.c.id).where(asset.c.name == SHARED.name))
        for hours, source in ((3, OTHER), (4, MINE)):
            event = {"asset_id": shared, "at": NOW + timedelta(hours=hours), "source_dag_id": source}
            connection.execute(insert(asset_event).values(extra={}, emission=f"{source}-{hours}", **event))
    context.run(enter, "api").rights = DagRights(frozenset({MINE}), frozenset())

    def of_shared() -> list[int]:
        [times] = [row["times"] for row in store.reads.home.asset_rhythms() if row["id"] == shared]
        return [round((at - NOW) / timedelta(hours=1)) for at in times[:2]]

    for _ in range(2):  # whoever comes first
        assert context.run(of_shared)[:1] == [4] and 3 not in context.run(of_shared)
        assert of_shared() == [4, 3]


def test_a_statement_that_begins_otherwise_is_not_run() -> None:
    from sqlalchemy.dialects import sqlite

    from tradewind.errors import StoreError

    rights = DagRights(frozenset({"a"}), frozenset())
    with pytest.raises(StoreError, match="limited"):
        limited("DELETE FROM dag", (), rights, sqlite.dialect())
    with pytest.raises(StoreError, match="limited"):
        limited("WITH RECURSIVE x AS (SELECT 1) SELECT * FROM dag", (), rights, sqlite.dialect())
    text, values = limited("WITH x AS (SELECT ? AS n) SELECT * FROM dag, x", (1,), rights, sqlite.dialect())
    assert text.count("WITH ") == 1
    assert values == ('["a"]', 1)
    assert limited("SELECT * FROM variable", (), rights, sqlite.dialect()) == ("SELECT * FROM variable", ())
