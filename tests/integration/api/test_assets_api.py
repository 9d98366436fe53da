"""Assets over REST: what there is, events, what consumers have seen, runs that make an asset anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from api_lab import Api

from support.actions_lab import NOW, dag
from support.engine import Engine
from tradewind.spec.assets import AliasSpec, AssetSchedule, AssetSpec, AssetUse, Condition
from tradewind.spec.dag import TimetableSpec
from tradewind.spec.wire import OutletEvent

A, B = AssetUse(name="orders", uri="s3://lake/orders"), AssetUse(name="prices", uri="s3://lake/prices")
ALIAS = AssetUse(kind="alias", name="daily")
SPECS = tuple(AssetSpec(name=use.name, uri=use.uri, extra={"team": "sales"}) for use in (A, B))
BOTH = Condition(op="all", parts=(Condition(use=A), Condition(use=B)))


@pytest.fixture
def lake(api: Api, tmp_path: Path) -> Engine:
    """A DAG that makes `orders`, one that uses it, one that waits for both assets, on a scheduler."""
    engine = Engine(api.store, tmp_path, now=NOW)
    engine.add(
        dag(
            "maker",
            {"make": []},
            of={"make": {"outlets": (A, ALIAS)}},
            assets=SPECS[:1],
            timetable=TimetableSpec(partitioned=True),
            aliases=(AliasSpec(name="daily"),),
        ),
        dag("user", {"use": []}, of={"use": {"inlets": (A,)}}, assets=SPECS[:1]),
        dag("waiter", {"wait": []}, assets=SPECS, asset_schedule=AssetSchedule(condition=BOTH)),
    )
    api.store.leases.release("scheduler", "leader")
    engine.lead()
    return engine


def ids(api: Api) -> dict[str, int]:
    return {item["name"]: item["id"] for item in api.v2.get("/assets").json()["assets"]}


def test_assets_say_who_uses_them(api: Api, lake: Engine) -> None:
    found = api.v2.get("/assets?name_pattern=order").json()
    [orders] = found["assets"]
    assert found["total_entries"] == 1
    assert (orders["uri"], orders["group"], orders["extra"]) == ("s3://lake/orders", "asset", {"team": "sales"})
    assert [use["dag_id"] for use in orders["scheduled_dags"]] == ["waiter"]
    assert [(use["dag_id"], use["task_id"]) for use in orders["producing_tasks"]] == [("maker", "make")]
    assert [(use["dag_id"], use["task_id"]) for use in orders["consuming_tasks"]] == [("user", "use")]
    assert orders["last_asset_event"] is None
    assert api.v2.get(f"/assets/{orders['id']}").json() == orders
    assert api.v2.get("/assets/12345").status_code == 404
    assert [item["name"] for item in api.v2.get("/assets?dag_ids=user").json()["assets"]] == ["orders"]
    assert [item["name"] for item in api.v2.get("/assets?uri_prefix_pattern=s3://lake/p").json()["assets"]] == [
        "prices"
    ]
    [alias] = api.v2.get("/assets/aliases").json()["asset_aliases"]
    assert alias["name"] == "daily"
    assert api.v2.get(f"/assets/aliases/{alias['id']}").json() == alias
    assert api.v2.get("/assets/aliases/99").status_code == 404


def test_an_asset_that_no_dag_names_is_not_active(api: Api, lake: Engine) -> None:
    lake.add(dag("waiter", {"wait": []}))
    assert list(ids(api)) == ["orders"]
    everything = api.v2.get("/assets?only_active=false").json()["assets"]
    assert [item["name"] for item in everything] == ["orders", "prices"]
    lake.add(dag("again", {"make": []}, of={"make": {"outlets": (B,)}}, assets=SPECS[1:]))
    assert list(ids(api)) == ["orders", "prices"]


def test_events_from_outside_make_the_run(api: Api, lake: Engine) -> None:
    known = ids(api)
    posted = api.v2.post("/assets/events", json={"asset_id": known["orders"], "extra": {"rows": 7}})
    assert posted.status_code == 200
    event = posted.json()
    assert (event["name"], event["extra"], event["source_dag_id"]) == (
        "orders",
        {"rows": 7, "from_rest_api": True},
        None,
    )
    assert event["created_dagruns"] == []
    lake.changed()
    [queued] = api.v2.get("/dags/waiter/assets/queuedEvents").json()["queued_events"]
    assert (queued["dag_id"], queued["asset_id"]) == ("waiter", known["orders"])
    assert api.v2.get(f"/assets/{known['orders']}/queuedEvents").json()["total_entries"] == 1
    assert api.v2.get(f"/dags/waiter/assets/{known['orders']}/queuedEvents").json() == queued
    assert api.v2.get(f"/dags/waiter/assets/{known['prices']}/queuedEvents").status_code == 404
    api.v2.post("/assets/events", json={"asset_id": known["prices"], "partition_key": None})
    lake.changed()
    [run] = api.v2.get("/dags/waiter/dagRuns").json()["dag_runs"]
    assert (run["run_type"], run["triggered_by"], run["logical_date"]) == ("asset_triggered", "asset", None)
    upstream = api.v2.get(f"/dags/waiter/dagRuns/{run['dag_run_id']}/upstreamAssetEvents").json()
    assert [item["name"] for item in upstream["asset_events"]] == ["orders", "prices"]
    assert upstream["asset_events"][0]["created_dagruns"][0]["run_id"] == run["dag_run_id"]
    assert api.v2.get("/dags/waiter/assets/queuedEvents").json() == {"queued_events": [], "total_entries": 0}
    for pattern, count in (("order", 1), ("lake/prices", 1), ("other", 0)):
        of_pattern = api.v2.get("/dags/~/dagRuns", params={"consuming_asset_pattern": pattern}).json()
        assert len(of_pattern["dag_runs"]) == count
    assert api.v2.get("/dags/~/dagRuns?partition_date_gte=2020-01-01").status_code == 400, "of which DAG's time zone?"
    found = api.v2.get("/assets/events?name_pattern=prices").json()
    assert (found["total_entries"], found["asset_events"][0]["source_map_index"]) == (1, -1)
    assert api.v2.get(f"/assets/{known['prices']}").json()["last_asset_event"]["id"] == found["asset_events"][0]["id"]
    assert api.v2.post("/assets/events", json={"asset_id": 999}).status_code == 404


def test_what_was_seen_can_be_forgotten(api: Api, lake: Engine) -> None:
    known = ids(api)
    paths = [f"/assets/{known['orders']}", "/dags/waiter/assets", f"/dags/waiter/assets/{known['orders']}"]
    for path in paths:
        api.v2.post("/assets/events", json={"asset_id": known["orders"]})
        lake.changed()
        early = api.v2.delete(f"{path}/queuedEvents", params={"before": "2020-01-01T00:00:00Z"})
        assert early.status_code == 404
        assert api.v2.delete(f"{path}/queuedEvents").status_code == 204
        assert api.v2.delete(f"{path}/queuedEvents").status_code == 404
    api.v2.post("/assets/events", json={"asset_id": known["prices"]})
    lake.changed()
    assert api.v2.get("/dags/waiter/dagRuns").json()["dag_runs"] == []


def test_a_task_that_succeeds_is_the_source_of_its_event(api: Api, lake: Engine) -> None:
    lake.trigger("maker")
    lake.succeed("make", asset_events=(OutletEvent(name=A.name, uri=A.uri, extra={"n": 1}),))
    [event] = api.v2.get("/assets/events?source_dag_id=maker&source_task_id=make").json()["asset_events"]
    assert (event["source_task_id"], event["extra"]) == ("make", {"n": 1})
    assert api.v2.get("/assets/events?source_dag_id=user").json()["total_entries"] == 0


def test_materialize_triggers_the_dag_that_makes_it(api: Api, lake: Engine) -> None:
    known = ids(api)
    made = api.v2.post(f"/assets/{known['orders']}/materialize", json={"partition_key": "eu", "conf": {"full": True}})
    assert made.status_code == 200
    run = made.json()
    assert (run["dag_id"], run["run_type"], run["partition_key"]) == ("maker", "asset_materialization", "eu")
    assert run["dag_run_id"].startswith("asset_materialization__")
    nobody = api.v2.post(f"/assets/{known['prices']}/materialize")
    assert nobody.status_code == 404 and "no DAG makes" in nobody.json()["detail"]
    lake.add(dag("second", {"make": []}, of={"make": {"outlets": (A,)}}, assets=SPECS[:1]))
    several = api.v2.post(f"/assets/{known['orders']}/materialize")
    assert several.status_code == 400 and "several DAGs" in several.json()["detail"]


def test_dags_can_be_found_by_their_assets(api: Api, lake: Engine) -> None:
    def names(query: str) -> list[str]:
        return [item["dag_id"] for item in api.v2.get(f"/dags?{query}").json()["dags"]]

    assert names("has_asset_schedule=true") == ["waiter"]
    assert names("has_asset_schedule=false") == ["maker", "user"]
    assert names("asset_dependency=prices") == ["waiter"]
    detail = api.v2.get("/dags/waiter/details").json()
    assert detail["asset_expression"]["all"][0] == {
        "asset": {"uri": "s3://lake/orders", "name": "orders", "group": "asset"}
    }
    made = api.v2.post("/dags/maker/dagRuns", json={"logical_date": None, "partition_key": "eu"})
    assert made.json()["partition_key"] == "eu"
    assert [run["partition_key"] for run in api.v2.get("/dags/maker/dagRuns").json()["dag_runs"]] == ["eu"]


def test_a_viewer_changes_nothing(api: Api, lake: Engine) -> None:
    viewer = api.as_role("viewer")
    assert viewer.get("/api/v2/assets").status_code == 200
    assert viewer.post("/api/v2/assets/events", json={"asset_id": 1}).status_code == 403


def test_a_deleted_dag_waits_for_nothing(api: Api, lake: Engine) -> None:
    api.v2.post("/assets/events", json={"asset_id": ids(api)["orders"]})
    lake.changed()
    assert api.v2.delete("/dags/waiter").status_code == 200
    lake.changed()
    assert list(ids(api)) == ["orders"]
    assert api.store.reads.assets.queued(dag_id="waiter") == []


def test_assets_that_contradict_each_other_and_missing_pools_are_warnings(api: Api) -> None:
    other = AssetSpec(name="orders", uri="s3://lake/old_orders")
    api.lab.add(
        dag("one", {"a": []}, assets=SPECS[:1]),
        dag("two", {"a": []}, of={"a": {"pool": "nowhere"}}, assets=(other, SPECS[1])),
        dag("three", {"a": []}, assets=SPECS[1:]),
    )
    found = api.v2.get("/dagWarnings").json()["dag_warnings"]
    assert [(item["dag_id"], item["warning_type"]) for item in found] == [
        ("one", "asset conflict"),
        ("two", "non-existent pool"),
        ("two", "asset conflict"),
    ]
    assert "'s3://lake/old_orders'" in found[0]["message"] and "pool 'nowhere' does not exist" in found[1]["message"]
    api.store.pools.add("nowhere", 1)
    assert api.v2.get("/dagWarnings", params={"dag_id": "two"}).json()["total_entries"] == 1
