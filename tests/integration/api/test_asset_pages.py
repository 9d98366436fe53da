"""Assets as their pages show them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from api_lab import Api

from support.actions_lab import NOW, dag
from support.engine import Engine
from tradewind.spec.assets import AssetSchedule, AssetSpec, AssetUse, Condition
from tradewind.spec.dag import TimetableSpec

A, B = AssetUse(name="orders", uri="s3://lake/orders"), AssetUse(name="prices", uri="s3://lake/prices")
SPECS = (
    AssetSpec(name=A.name, uri=A.uri, extra={"team": "sales"}),
    AssetSpec(name=B.name, uri=B.uri, group="market"),
)
BOTH = Condition(op="all", parts=(Condition(use=A), Condition(use=B)))
EITHER = Condition(op="any", parts=(Condition(use=A), Condition(use=B)))
HOUR = timedelta(hours=1)


@pytest.fixture
def lake(api: Api, tmp_path: Path) -> Engine:
    """A DAG that makes `orders`, one that reads it, three that wait, one of them for partitions."""
    engine = Engine(api.store, tmp_path, now=NOW)
    partitioned = AssetSchedule(condition=BOTH, partitioned=True)
    engine.add(
        dag("maker", {"make": []}, of={"make": {"outlets": (A,)}}, assets=SPECS[:1]),
        dag("user", {"use": []}, of={"use": {"inlets": (A,)}}, assets=SPECS[:1]),
        dag("waiter", {"wait": []}, assets=SPECS, asset_schedule=AssetSchedule(condition=BOTH)),
        dag("eager", {"wait": []}, assets=SPECS, asset_schedule=AssetSchedule(condition=EITHER)),
        dag(
            "regional",
            {"wait": []},
            assets=SPECS,
            asset_schedule=partitioned,
            timetable=TimetableSpec(kind="none", partitioned=True),
        ),
    )
    api.store.leases.release("scheduler", "leader")
    engine.lead()
    return engine


def ui(api: Api, path: str, **query: Any) -> Any:
    answer = get(api, path, **query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def get(api: Api, path: str, **query: Any) -> httpx.Response:
    return api.v2.get(f"{api.url}/api/tradewind{path}", params=query)


def listed(api: Api, **query: Any) -> list[str]:
    return [item["name"] for item in ui(api, "/assets", **query)["assets"]]


def ids(api: Api) -> dict[str, int]:
    return {item["name"]: item["id"] for item in ui(api, "/assets")["assets"]}


def event(api: Api, asset_id: int, **given: Any) -> None:
    assert api.v2.post("/assets/events", json={"asset_id": asset_id, **given}).status_code == 200


def test_the_list_says_who_makes_and_uses_what(api: Api, lake: Engine) -> None:
    found = ui(api, "/assets")
    orders, prices = found["assets"]
    assert found["groups"] == ["asset", "market"]
    assert orders["producers"] == [{"dag_id": "maker", "task_id": "make"}]
    assert orders["consumers"] == [{"dag_id": "user", "task_id": "use"}]
    assert orders["dag_ids"] == ["eager", "regional", "waiter"]
    assert (orders["last_at"], orders["usual_gap_seconds"], orders["stale_at"]) == (None, None, None)
    assert prices["producers"] == []
    assert listed(api, search="LAKE/ord") == ["orders"]
    assert listed(api, search="%") == []
    assert listed(api, group="market") == ["prices"]
    assert listed(api, dag_id="maker") == ["orders"]
    assert listed(api, show="unmade") == ["prices"]
    assert listed(api, show="never") == ["orders", "prices"]
    assert listed(api, order_by="-name") == ["prices", "orders"]
    event(api, prices["id"])
    assert listed(api, show="never") == ["orders"]
    assert listed(api, order_by="-last_event") == ["prices", "orders"]
    first = ui(api, "/assets", limit=1)
    second = ui(api, "/assets", limit=1, cursor=first["next_cursor"])
    assert [item["name"] for item in (*first["assets"], *second["assets"])] == ["orders", "prices"]
    assert second["next_cursor"] is None
    assert get(api, "/assets", order_by="owner").status_code == 422


def test_what_no_dag_names_is_gone(api: Api, lake: Engine) -> None:
    assert listed(api, show="gone") == []
    for dag_id in ("waiter", "eager", "regional"):
        lake.add(dag(dag_id, {"wait": []}))
    assert listed(api) == ["orders"]
    assert listed(api, show="gone") == ["prices"]


def test_an_asset_that_missed_its_beat_is_stale(api: Api, lake: Engine) -> None:
    orders = ids(api)["orders"]
    for _ in range(5):
        event(api, orders)
        api.clock.advance(3600)
    [fresh, _] = ui(api, "/assets")["assets"]
    assert fresh["usual_gap_seconds"] == 3600
    assert listed(api, show="stale") == []
    api.clock.advance(3601)
    assert listed(api, show="stale") == ["orders"]
    page = ui(api, f"/assets/{orders}")
    assert page["asset"]["stale_at"] < page["now"]
    assert [item["name"] for item in ui(api, "/home")["stale_assets"]] == ["orders"]


def test_the_page_says_what_each_consumer_waits_for(api: Api, lake: Engine) -> None:
    known = ids(api)
    event(api, known["orders"])
    lake.changed()
    waiting = {item["dag_id"]: item for item in ui(api, f"/assets/{known['prices']}")["waiting"]}
    assert [(need["name"], need["seen_at"] is not None) for need in waiting["waiter"]["needs"]] == [
        ("orders", True),
        ("prices", False),
    ]
    assert (waiting["waiter"]["any_of"], waiting["eager"]["any_of"]) == (False, True)
    assert [need["seen_at"] for need in waiting["eager"]["needs"]] == [None, None], "its run was made"
    event(api, known["prices"])
    lake.changed()
    again = {item["dag_id"]: item for item in ui(api, f"/assets/{known['prices']}")["waiting"]}
    assert [need["seen_at"] for need in again["waiter"]["needs"]] == [None, None]
    assert again["waiter"]["paused"] is False


def test_partitions_of_an_asset_and_of_those_that_wait_for_them(api: Api, lake: Engine) -> None:
    known = ids(api)
    for key in ("eu", "us", "eu"):
        event(api, known["orders"], partition_key=key)
    event(api, known["prices"], partition_key="eu")
    lake.changed()
    page = ui(api, f"/assets/{known['orders']}")
    assert [(each["key"], each["count"]) for each in page["partitions"]] == [("eu", 2), ("us", 1)]
    regional = next(item for item in page["waiting"] if item["dag_id"] == "regional")
    assert regional["partitioned"] is True
    assert regional["partitions"] == [{"key": "us", "missing": ["prices"]}]


def test_numbers_of_the_extras_are_a_series(api: Api, lake: Engine) -> None:
    known = ids(api)
    for rows in (1, 2, 3):
        event(api, known["orders"], extra={"rows": rows, "size": {"bytes": rows / 2}, "final": True, "by": "ann"})
    event(api, known["orders"], extra={"odd": 1})
    page = ui(api, f"/assets/{known['orders']}")
    assert page["extra"] == {"team": "sales"}
    assert page["series"]["values"] == {"rows": [1, 2, 3, None], "size.bytes": [0.5, 1, 1.5, None]}
    assert page["series"]["event_id"] == sorted(page["series"]["event_id"])
    assert get(api, "/assets/999").status_code == 404


def test_the_feed_of_events_is_walked_from_the_newest(api: Api, lake: Engine) -> None:
    known = ids(api)
    for number in range(3):
        event(api, known["orders"], extra={"n": number})
    event(api, known["prices"], partition_key="eu")
    first = ui(api, "/assets/events", limit=2)
    assert [item["name"] for item in first["events"]] == ["prices", "orders"]
    second = ui(api, "/assets/events", limit=2, cursor=first["next_cursor"])
    assert [item["extra"]["n"] for item in second["events"]] == [1, 0]
    assert second["next_cursor"] is None and second["previous_cursor"] is not None
    for query, count in (
        ({"search": "PRI"}, 1),
        ({"search": "_"}, 0),
        ({"asset_id": known["orders"]}, 3),
        ({"partition_key": "eu"}, 1),
        ({"source_dag_id": "maker"}, 0),
        ({"since": (NOW + HOUR).isoformat()}, 0),
        ({"until": (NOW + HOUR).isoformat()}, 4),
    ):
        assert len(ui(api, "/assets/events", **query)["events"]) == count, query
