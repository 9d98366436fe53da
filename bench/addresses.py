"""Every list and page that the API has, as addresses on a database of `bench/seed.py`: what `bench/api.py` asks for.

`addresses` gives a name and a few addresses of the same cost for each kind of request: first and deep pages, by offset
and by cursor, with the filters and orders that people and pages use.  `left_out` names the routes that are no list and
no page; `bench/api.py` refuses to run when a route of the API is in neither.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote, unquote

from fastapi import FastAPI
from sqlalchemy import Connection, func, select

from tradewind.store import Store, tables
from tradewind.store.asset_tables import asset, asset_event

UI, V2 = "/api/tradewind", "/api/v2"
_TI = f"{V2}/dags/{{dag_id}}/dagRuns/{{dag_run_id}}/taskInstances/{{task_id}}"
LEFT_OUT = {
    "/auth/token": "makes a token",
    "/auth/token/login": "makes a token",
    f"{V2}/auth/login": "leads to the login page",
    f"{V2}/auth/logout": "leads to the login page",
    f"{UI}/oidc/login": "leads to the provider",
    f"{UI}/oidc/callback": "comes from the provider",
    f"{V2}/dags/{{dag_id}}/dagRuns/{{dag_run_id}}/wait": "answers when the run ends",
    f"{V2}/connections/enqueue-test": "needs a test that waits",
    f"{UI}/events": "a stream",
    f"{UI}/me": "needs a login",
    f"{UI}/dags/{{dag_id}}/runs/{{run_id}}/tasks/{{task_id}}/log/follow": "a stream",
    f"{V2}/config": "forbidden unless it is switched on",
    f"{UI}/config": "forbidden unless it is switched on",
    f"{V2}/config/section/{{section}}/option/{{option}}": "forbidden unless it is switched on",
    f"{_TI}/externalLogUrl/{{try_number}}": "logs have no other address",
    f"{V2}/dagSources/{{dag_id}}": "one row by its key, without a source here",
    f"{V2}/assets/aliases/{{asset_alias_id}}": "one row by its key",
    f"{V2}/dags/{{dag_id}}/assets/{{asset_id}}/queuedEvents": "what a consumer has seen since its last run",
    f"{V2}/dags/{{dag_id}}/assets/queuedEvents": "what a consumer has seen since its last run",
    f"{V2}/assets/{{asset_id}}/queuedEvents": "what consumers have seen since their last runs",
    f"{V2}/assets/{{asset_id}}/state-store/{{key}}": "one row by its key",
    f"{_TI}/state-store/{{key}}": "one row by its key",
    f"{_TI}/{{map_index}}/hitlDetails": "one row by its key",
    f"{_TI}/{{map_index}}/hitlDetails/tries/{{try_number}}": "one row by its key",
}
"""Routes that are not measured, and why."""


@dataclass(frozen=True, slots=True)
class Places:
    """What the addresses name."""

    now: datetime
    dags: list[str]
    newest: dict[str, str]
    """Small DAG -> id of its newest run, encoded."""
    wide: list[str]
    """Runs of 1,000 tasks."""
    huge: str
    mapped: str
    assets: list[int]
    runs: int
    tasks: int
    asset_events: int
    audit: int
    last: str
    """The last task of `huge`."""
    log_path: str
    """Of the first try of `extract` in `one`."""

    @property
    def one(self) -> tuple[str, str]:
        """A DAG and a run of it."""
        return self.dags[0], self.newest[self.dags[0]]


def places(store: Store) -> Places:
    """Look up what there is to be asked for."""
    run = tables.dag_run.c
    with store.engine.connect() as connection:

        def runs_of(dag_id: str, count: int = 5) -> list[str]:
            query = select(run.run_id).where(run.dag_id == dag_id).order_by(run.run_after.desc()).limit(count)
            return [quote(run_id, safe="") for run_id in connection.scalars(query)]

        some = connection.scalars(select(tables.dag.c.dag_id).order_by(tables.dag.c.dag_id).limit(400))
        small = [dag_id for dag_id in some if "_pipeline_" in dag_id]
        small = small[len(small) // 40 :: max(1, len(small) // 10)]
        assets = list(connection.scalars(select(asset.c.id).order_by(asset.c.id).limit(300)))
        now = connection.scalar(select(func.max(tables.dag.c.last_parsed_at)))
        assert now is not None
        ti = tables.task_instance.c
        last = connection.scalar(select(func.max(ti.task_id)).where(ti.dag_id == "huge"))
        assert last is not None
        first = unquote(runs_of(small[0], 1)[0])
        log_path = connection.scalar(
            select(tables.attempt.c.log_path)
            .join(tables.task_instance, ti.attempt_id == tables.attempt.c.id)
            .where(ti.dag_id == small[0], ti.run_id == first, ti.task_id == "extract")
        )
        assert log_path is not None
        return Places(
            now=now,
            dags=small,
            newest={dag_id: runs_of(dag_id, 1)[0] for dag_id in small},
            wide=runs_of("wide"),
            huge=runs_of("huge")[0],
            mapped=runs_of("mapped")[0],
            assets=assets[:: max(1, len(assets) // 3)],
            runs=_count(connection, tables.dag_run),
            tasks=_count(connection, tables.task_instance),
            asset_events=_count(connection, asset_event),
            audit=_count(connection, tables.event_log),
            last=last,
            log_path=log_path,
        )


def _count(connection: Connection, table: object) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0  # type: ignore[arg-type]


def addresses(at: Places) -> dict[str, list[str]]:
    """Name -> addresses, asked in turn."""
    return _pages(at) | _logs(at) | _lists(at) | _runs(at) | _task_instances(at) | _assets(at)


def missing(app: FastAPI, asked: dict[str, list[str]]) -> list[str]:
    """GET routes that are neither asked nor left out on purpose."""
    plain = [address.partition("?")[0] for paths in asked.values() for address in paths]
    found = []
    for path, methods in app.openapi()["paths"].items():
        pattern = re.compile(re.sub(r"\\{[^}]*\\}", "[^/]+", re.escape(path)))
        if "get" in methods and path not in LEFT_OUT and not any(pattern.fullmatch(address) for address in plain):
            found.append(path)
    return found


def _pages(at: Places) -> dict[str, list[str]]:
    """What the web pages are drawn from."""
    dag, wide, huge = f"{UI}/dags/{{}}", f"{UI}/dags/wide", f"{UI}/dags/huge"
    each = [dag.format(dag_id) for dag_id in at.dags]
    newest = [f"{UI}/dags/{dag_id}/runs/{run_id}" for dag_id, run_id in at.newest.items()]
    past = (at.now - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    day = f"from={(at.now - timedelta(days=2)).strftime('%Y-%m-%dT%H:%M:%SZ')}&to={past}"
    return {
        "session": [f"{UI}/session", f"{UI}/login-options"],
        "home": [f"{UI}/home"],
        "questions": [f"{UI}/questions", f"{UI}/questions?answered=true"],
        "dags": [f"{UI}/dags", f"{UI}/dags?order_by=-last_run", f"{UI}/dags?order_by=next_run"],
        "dags, 100": [f"{UI}/dags?limit=100"],
        "dags, failed": [f"{UI}/dags?state=failed", f"{UI}/dags?state=running", f"{UI}/dags?state=success"],
        "dags, filtered": [f"{UI}/dags?search=pipeline_01", f"{UI}/dags?tag=sales&owner=sales"],
        "dags-filters": [f"{UI}/dags-filters"],
        "matching": [
            f"{UI}/runs-matching?state=failed",
            f"{UI}/runs-matching?dag_id={at.dags[0]}",
            f"{UI}/dags-matching?search=pipeline_01",
            f"{UI}/dags/mapped/runs/{at.mapped}/tasks/each/instances-matching?state=failed",
        ],
        "one dag": each,
        "overview": [f"{page}/overview" for page in each],
        "tasks": [f"{page}/tasks" for page in each],
        "tasks, wide": [f"{wide}/tasks", f"{huge}/tasks", f"{huge}/tasks?q=task+99", f"{huge}/tasks?limit=1000"],
        "task changes": [f"{page}/task-changes" for page in each],
        "task changes, wide": [f"{wide}/task-changes", f"{huge}/task-changes"],
        "grid 10 x 25": [f"{page}/grid" for page in each],
        "grid, failed runs": [f"{page}/grid?state=failed" for page in (*each[:3], wide)],
        "grid 1000 x 25": [f"{wide}/grid?limit=25"],
        "grid 1000 x 100": [f"{wide}/grid?limit=100"],
        "grid 10000 x 1": [f"{huge}/grid"],
        "graph 10": [f"{page}/graph" for page in each],
        "graph 1000": [f"{wide}/graph"],
        "graph 10000": [f"{huge}/graph"],
        "states 10": [f"{page}/graph-states" for page in newest],
        "states 1000": [f"{wide}/runs/{run_id}/graph-states" for run_id in at.wide],
        "states 10000": [f"{huge}/runs/{at.huge}/graph-states"],
        "timeline 10": [f"{page}/timeline" for page in newest],
        "timeline 1000": [f"{wide}/runs/{run_id}/timeline" for run_id in at.wide],
        "timeline 10000": [f"{huge}/runs/{at.huge}/timeline"],
        "summary": [f"{page}/summary" for page in newest],
        "summary 10000": [f"{huge}/runs/{at.huge}/summary"],
        "compare 1000": [f"{wide}/runs/{run_id}/compare" for run_id in at.wide[:3]],
        "instances of 5000": [
            f"{UI}/dags/mapped/runs/{at.mapped}/tasks/each/instances",
            f"{UI}/dags/mapped/runs/{at.mapped}/tasks/each/instances?limit=500",
            f"{UI}/dags/mapped/runs/{at.mapped}/tasks/each/instances?state=failed",
        ],
        "counts of 5000": [f"{UI}/dags/mapped/runs/{at.mapped}/tasks/each/counts"],
        "task": [f"{page}/tasks/load" for page in newest],
        "task, xcom": [f"{page}/tasks/load/xcom?key=return_value" for page in newest],
        "task, mapped": [f"{UI}/dags/mapped/runs/{at.mapped}/tasks/each?map_index=7"],
        "calendar": [f"{page}/calendar" for page in (*each, wide)],
        "calendar, hours": [f"{page}/calendar?granularity=hourly" for page in (*each, wide)],
        "durations": [f"{wide}/durations", f"{wide}/durations?task_id=t00007"],
        "schedule": [f"{UI}/schedule", f"{UI}/schedule?from={past}&limit=500"],
        "runs": [f"{UI}/runs", f"{UI}/runs?order_by=-duration", f"{UI}/runs?search=scheduled__2"],
        "runs, failed": [f"{UI}/runs?state=failed", f"{UI}/runs?run_type=manual", f"{UI}/runs?dag=pipeline_01"],
        "runs, found": [
            f"{UI}/runs?{day}&search=zzz",
            f"{UI}/runs?{day}&search=scheduled__2",
            f"{UI}/runs?search=zzz",
            f"{UI}/runs?version=999",
            f"{UI}/runs-matching?search=zzz",
            f"{UI}/runs-matching?version=999",
        ],
        "runs of a day": [f"{UI}/runs?{day}", f"{UI}/runs?{day}&dag_id=wide", f"{UI}/runs-matching?{day}"],
        "runs until then": [f"{UI}/runs?to={past}", f"{UI}/runs?to={past}&order_by=run_after"],
        "runs of a dag": [f"{UI}/runs?dag_id={dag_id}" for dag_id in (*at.dags, "wide")],
        "assets": [f"{UI}/assets", f"{UI}/assets?order_by=name&limit=100", f"{UI}/assets?show=stale"],
        "assets, found": [f"{UI}/assets?search=table_1", f"{UI}/assets?dag_id={at.dags[0]}"],
        "asset": [f"{UI}/assets/{number}" for number in at.assets],
        "asset events": [f"{UI}/assets/events", f"{UI}/assets/events?search=table_1"],
        "events of an asset": [f"{UI}/assets/events?asset_id={number}" for number in at.assets],
        "events of a dag": [f"{UI}/assets/events?source_dag_id={dag_id}" for dag_id in at.dags],
        "lineage": [f"{UI}/lineage"],
        "lineage, around": [f"{UI}/lineage?asset_id={number}" for number in at.assets],
        "search": [f"{UI}/search?q={text}" for text in ("pipeline_12", "scheduled__2026", "quality", "table_1", "t00")],
        "search, nothing": [f"{UI}/search?q={text}" for text in ("zzzzzz", "zz", "wide/zz", "wide/scheduled")],
        "health": [f"{UI}/health"],
        "users": [f"{UI}/users", f"{UI}/users/user001", f"{UI}/roles", f"{UI}/tokens"],
        "audit": [f"{UI}/audit", f"{UI}/audit?dag_id={at.dags[0]}", f"{UI}/audit?who=user001&via=cli"],
        "audit, deep": [f"{UI}/audit?until={past}", f"{UI}/audit?event=zzz"],
        "backfills": [f"{UI}/backfills", f"{UI}/backfills?active=true", f"{UI}/backfills?dag_id={at.dags[0]}"],
        "backfill": [f"{UI}/backfills/5", f"{UI}/backfills/5/runs", f"{UI}/preview/backfills/5/retry"],
        "deadlines": [f"{UI}/dags/{dag_id}/dagRuns/~/deadlines" for dag_id in ("~", at.dags[0])],
        "deadlines, missed": [f"{UI}/dags/~/dagRuns/~/deadlines?missed=true&order_by=-due_at"],
        "explain": [
            f"{UI}/explain/dags/{at.one[0]}",
            f"{UI}/explain/dags/{at.one[0]}/dagRuns/{at.one[1]}",
            f"{UI}/explain/dags/{at.one[0]}/dagRuns/{at.one[1]}/taskInstances/load",
        ],
        "explain 10000": [
            f"{UI}/explain/dags/huge/dagRuns/{at.huge}",
            f"{UI}/explain/dags/huge/dagRuns/{at.huge}/taskInstances/{at.last}",
        ],
        "previews": [f"{UI}/preview/{what}/{at.one[0]}" for what in ("pause", "unpause", "delete")],
        "preview, run": [
            f"{UI}/preview/delete/{at.one[0]}/runs/{at.one[1]}",
            f"{UI}/preview/delete/huge/runs/{at.huge}",
        ],
    }


def _logs(at: Places) -> dict[str, list[str]]:
    dag_id, run_id = at.one
    page = f"{UI}/dags/{dag_id}/runs/{run_id}/tasks/extract/log"
    ti = f"{V2}/dags/{dag_id}/dagRuns/{run_id}/taskInstances/extract"
    return {
        "log": [page, f"{page}?offset=0", f"{page}?around=500000", f"{page}?level=error"],
        "log outline": [f"{page}/outline"],
        "log search": [f"{page}/search?text=row", f"{page}/search?text=nothing"],
        "log raw": [f"{page}/raw"],
        "v2 log": [f"{ti}/logs/1"],
        "v2 log links": [f"{ti}/links"],
    }


def _lists(at: Places) -> dict[str, list[str]]:
    """Airflow's lists of what does not grow with history, and single things."""
    dag_id, run_id = at.one
    since = (at.now - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {
        "v2 version": [f"{V2}/version", f"{V2}/monitor/health"],
        "v2 dags": [
            f"{V2}/dags?limit=50",
            f"{V2}/dags?limit=100&offset=1900",
            f"{V2}/dags?order_by=-last_run_start_date",
        ],
        "v2 dags, filtered": [
            f"{V2}/dags?tags=sales",
            f"{V2}/dags?owners=sales&paused=false",
            f"{V2}/dags?dag_id_pattern=pipeline_01",
            f"{V2}/dags?last_dag_run_state=failed",
            f"{V2}/dags?dag_run_state=running",
            f"{V2}/dags?dag_run_state=failed&dag_run_start_date_gte={since}",
            f"{V2}/dags?asset_dependency=table_1",
        ],
        "v2 dag": [f"{V2}/dags/{dag_id}", f"{V2}/dags/{dag_id}/details", f"{V2}/dags/wide/details"],
        "v2 dag tags": [f"{V2}/dagTags"],
        "v2 dag stats": [f"{V2}/dagStats"],
        "v2 dag stats, ids": [f"{V2}/dagStats?dag_ids={dag_id}&dag_ids=wide"],
        "v2 dag source": [f"{V2}/dags/{dag_id}/dagVersions/1"],
        "v2 versions": [f"{V2}/dags/~/dagVersions", f"{V2}/dags/{dag_id}/dagVersions"],
        "v2 dag warnings": [f"{V2}/dagWarnings"],
        "v2 tasks": [f"{V2}/dags/{dag_id}/tasks", f"{V2}/dags/{dag_id}/tasks/load"],
        "v2 tasks 1000": [f"{V2}/dags/wide/tasks"],
        "v2 import errors": [f"{V2}/importErrors", f"{V2}/importErrors/1"],
        "v2 event log": [
            f"{V2}/eventLogs?limit=50",
            f"{V2}/eventLogs?order_by=-when",
            f"{V2}/eventLogs?dag_id={dag_id}&order_by=-when",
            f"{V2}/eventLogs?event=patch_dag",
            f"{V2}/eventLogs/100000",
        ],
        "v2 event log, deep": [f"{V2}/eventLogs?limit=50&offset={at.audit - 100}"],
        "v2 event log, filtered": [
            f"{V2}/eventLogs?owner=user001",
            f"{V2}/eventLogs?dag_id={dag_id}&run_id={run_id}",
            f"{V2}/eventLogs?after={since}",
            f"{V2}/eventLogs?excluded_events=running&order_by=-when",
            f"{V2}/eventLogs?dag_id_pattern=pipeline_01&order_by=-when",
            f"{V2}/eventLogs?task_id=load&order_by=-when",
        ],
        "v2 jobs": [f"{V2}/jobs", f"{V2}/jobs?is_alive=true", f"{V2}/jobs?job_type=SchedulerJob&order_by=-start_date"],
        "v2 providers": [f"{V2}/providers", f"{V2}/plugins", f"{V2}/plugins/importErrors"],
        "v2 settings": [
            f"{V2}/variables",
            f"{V2}/variables/setting_0001",
            f"{V2}/connections",
            f"{V2}/connections/db_0001",
        ],
        "v2 pools": [f"{V2}/pools", f"{V2}/pools/default_pool", f"{V2}/pools?limit=100"],
        "v2 backfills": [f"{V2}/backfills?dag_id={dag_id}", f"{V2}/backfills/5"],
    }


def _runs(at: Places) -> dict[str, list[str]]:
    dag_id, run_id = at.one
    every, since = f"{V2}/dags/~/dagRuns", (at.now - timedelta(hours=3)).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {
        "v2 run": [f"{V2}/dags/{dag_id}/dagRuns/{run_id}"],
        "v2 runs of a dag": [f"{V2}/dags/{dag}/dagRuns?order_by=-run_after" for dag in (*at.dags, "wide")],
        "v2 runs, cursor": [
            f"{every}?order_by=-run_after&cursor=",
            f"{every}?cursor=",
            f"{every}?state=failed&cursor=",
        ],
        "v2 runs, deep cursor": [f"{every}?order_by=-run_after&cursor=deep", f"{every}?order_by=id&cursor=deep"],
        "v2 runs, offset": [
            every,
            *(f"{every}?order_by={key}" for key in ("-run_after", "-logical_date", "-start_date", "-end_date")),
        ],
        "v2 runs, other orders": [
            *(f"{every}?order_by={key}" for key in ("-duration", "state", "dag_id", "-run_id", "-updated_at")),
        ],
        "v2 runs, deep offset": [
            f"{every}?offset={at.runs - 100}",
            f"{every}?offset={at.runs - 100}&order_by=-run_after",
        ],
        "v2 runs, state": [f"{every}?state={state}" for state in ("running", "failed", "success", "queued")],
        "v2 runs, state, newest": [f"{every}?state={s}&order_by=-run_after" for s in ("running", "failed", "success")],
        "v2 runs, dates": [
            f"{every}?{name}_gte={since}&order_by=-{name}"
            for name in ("run_after", "logical_date", "start_date", "end_date", "updated_at")
        ],
        "v2 runs, type": [f"{every}?run_type=manual", f"{every}?run_type=scheduled&order_by=-run_after"],
        "v2 runs, patterns": [
            f"{every}?dag_id_pattern=pipeline_01",
            f"{every}?run_id_pattern=manual",
            f"{every}?run_id_prefix_pattern=scheduled__2",
            f"{every}?dag_id_prefix_pattern=data_&order_by=-run_after",
        ],
        "v2 runs, rare": [
            f"{every}?duration_gte=100000",
            f"{every}?conf_contains=zzz",
            f"{every}?triggering_user_name_pattern=zzz",
            f"{every}?dag_version=9",
            f"{every}?consuming_asset_pattern=table_001",
        ],
        "v2 upstream events": [f"{V2}/dags/{dag_id}/dagRuns/{run_id}/upstreamAssetEvents"],
    }


def _task_instances(at: Places) -> dict[str, list[str]]:
    dag_id, run_id = at.one
    every, since = f"{V2}/dags/~/dagRuns/~/taskInstances", (at.now - timedelta(hours=3)).strftime("%Y-%m-%dT%H:%M:%SZ")
    one = f"{V2}/dags/{dag_id}/dagRuns/{run_id}/taskInstances/load"
    huge, mapped = f"{V2}/dags/huge/dagRuns/{at.huge}", f"{V2}/dags/mapped/dagRuns/{at.mapped}/taskInstances/each"
    return {
        "v2 task": [one, f"{one}/tries", f"{one}/tries/1", f"{one}/dependencies"],
        "v2 task, mapped": [f"{mapped}/7", f"{mapped}/7/tries", f"{mapped}/7/tries/1", f"{mapped}/7/dependencies"],
        "v2 tasks of a run": [f"{V2}/dags/wide/dagRuns/{run_id}/taskInstances" for run_id in at.wide],
        "v2 tasks of 10000": [f"{huge}/taskInstances", f"{huge}/taskInstances?order_by=-start_date"],
        "v2 tasks of 10000, on": [f"{huge}/taskInstances?offset=9900", f"{huge}/taskInstances?order_by=id&cursor=deep"],
        "v2 tasks of 10000, where": [
            f"{huge}/taskInstances?state=running",
            f"{huge}/taskInstances?task_display_name_pattern=t099",
            f"{huge}/taskInstances?task_group_id=g1",
        ],
        "v2 mapped": [f"{mapped}/listMapped", f"{mapped}/listMapped?offset=4900", f"{mapped}/listMapped?state=failed"],
        "v2 tasks, cursor": [f"{every}?cursor=", f"{every}?order_by=id&cursor=", f"{every}?state=failed&cursor="],
        "v2 tasks, deep cursor": [f"{every}?order_by=id&cursor=deep"],
        "v2 tasks, offset": [every, f"{every}?order_by=id", f"{every}?order_by=-id"],
        "v2 tasks, deep offset": [f"{every}?offset={at.tasks - 100}", f"{every}?offset={at.tasks - 100}&order_by=id"],
        "v2 tasks, dates": [
            f"{every}?order_by=-start_date",
            f"{every}?order_by=-end_date",
            f"{every}?order_by=-run_after",
        ],
        "v2 tasks, other orders": [
            *(f"{every}?order_by={key}" for key in ("-duration", "state", "task_id", "-updated_at", "-logical_date")),
        ],
        "v2 tasks, state": [
            *(f"{every}?state={state}" for state in ("running", "failed", "success", "queued", "no_status")),
            f"{every}?state=failed&order_by=-end_date",
            f"{every}?state=running&order_by=-start_date",
            f"{every}?state=failed&order_by=-start_date",
        ],
        "v2 tasks, since": [
            f"{every}?{name}_gte={since}"
            for name in ("start_date", "end_date", "run_after", "logical_date", "updated_at")
        ],
        "v2 tasks, failed since": [f"{every}?state=failed&end_date_gte={since}&order_by=-end_date"],
        "v2 tasks of a dag": [
            f"{V2}/dags/{dag_id}/dagRuns/~/taskInstances",
            f"{V2}/dags/wide/dagRuns/~/taskInstances",
            f"{V2}/dags/wide/dagRuns/~/taskInstances?task_id=t00007&order_by=-start_date",
            f"{V2}/dags/wide/dagRuns/~/taskInstances?state=failed",
        ],
        "v2 tasks, where": [
            f"{every}?pool=default_pool",
            f"{every}?pool=other",
            f"{every}?queue=other",
            f"{every}?operator=PythonOperator",
            f"{every}?operator=OtherOperator",
            f"{every}?executor=other",
        ],
        "v2 tasks, patterns": [
            f"{every}?dag_id_pattern=pipeline_01",
            f"{every}?task_display_name_pattern=quality",
            f"{every}?task_display_name_pattern=zzz",
            f"{every}?run_id_pattern=zzz",
            f"{every}?dag_id_prefix_pattern=data_",
        ],
        "v2 tasks, rare": [f"{every}?duration_gte=100000", f"{every}?try_number=9", f"{every}?version_number=9"],
        "v2 xcoms": [
            f"{V2}/dags/{dag_id}/dagRuns/{run_id}/taskInstances/load/xcomEntries",
            f"{V2}/dags/{dag_id}/dagRuns/{run_id}/taskInstances/load/xcomEntries/return_value",
            f"{V2}/dags/{dag_id}/dagRuns/~/taskInstances/load/xcomEntries",
        ],
        "v2 xcoms of all": [
            f"{V2}/dags/~/dagRuns/~/taskInstances/~/xcomEntries",
            f"{V2}/dags/~/dagRuns/~/taskInstances/~/xcomEntries?xcom_key=return_value",
            f"{V2}/dags/~/dagRuns/~/taskInstances/~/xcomEntries?order_by=-timestamp",
            f"{V2}/dags/~/dagRuns/~/taskInstances/~/xcomEntries?xcom_key_pattern=zzz",
            f"{V2}/dags/~/dagRuns/~/taskInstances/~/xcomEntries?offset=100000",
        ],
        "v2 hitl": [
            f"{V2}/dags/~/dagRuns/~/hitlDetails",
            f"{V2}/dags/~/dagRuns/~/hitlDetails?response_received=false",
            f"{V2}/dags/{dag_id}/dagRuns/~/hitlDetails?order_by=-created_at",
        ],
        "v2 state store": [f"{one}/state-store"],
    }


def _assets(at: Places) -> dict[str, list[str]]:
    dag_id = at.dags[0]
    since = (at.now - timedelta(hours=3)).strftime("%Y-%m-%dT%H:%M:%SZ")
    events = f"{V2}/assets/events"
    return {
        "v2 assets": [
            f"{V2}/assets?limit=50",
            f"{V2}/assets?limit=100&offset=200",
            f"{V2}/assets?name_pattern=table_1",
        ],
        "v2 asset": [f"{V2}/assets/{number}" for number in at.assets],
        "v2 assets, small": [
            f"{V2}/assets/aliases",
            f"{V2}/assets/1/state-store",
        ],
        "v2 asset events": [events, f"{events}?order_by=-timestamp", f"{events}?order_by=-id"],
        "v2 asset events of": [
            f"{events}?asset_id={at.assets[1]}&order_by=-timestamp",
            f"{events}?source_dag_id={dag_id}&order_by=-timestamp",
            f"{events}?timestamp_gte={since}",
            f"{events}?name_pattern=table_1&order_by=-timestamp",
            f"{events}?source_task_id=load",
        ],
        "v2 asset events, deep": [f"{events}?offset={at.asset_events - 100}"],
    }
