"""Variables, connections and pools over REST."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest
from api_lab import Api

from support.actions_lab import S, dag
from tradewind.server.models.settings import masked
from tradewind.spec.wire import ConnectionData

ODD_KEYS = ["plain", "with/slash", "a b", "per%cent", "per%2Fcent", "ünï✓", "q?a=b&c#d", "..", "a+b:c", "a\\b", "~"]


def test_variables(api: Api) -> None:
    created = api.v2.post("/variables", json={"key": "k", "value": "v", "description": "d"})
    assert created.status_code == 201
    expected = {"key": "k", "value": "v", "description": "d", "is_encrypted": True, "team_name": None}
    assert created.json() == expected
    assert api.v2.get("/variables/k").json() == expected
    assert api.v2.post("/variables", json={"key": "k", "value": "v"}).status_code == 409
    patched = api.v2.patch("/variables/k", json={"key": "k", "value": {"a": [1]}}, params={"update_mask": ["value"]})
    assert (json.loads(patched.json()["value"]), patched.json()["description"]) == ({"a": [1]}, "d")
    masked_off = {"key": "k", "value": "x", "description": None}
    assert api.v2.patch("/variables/k", json=masked_off, params={"update_mask": "description"}).json()["value"] != "x"
    assert api.v2.get("/variables/k").json()["description"] is None
    assert api.v2.patch("/variables/k", json={"key": "other", "value": "x"}).status_code == 400
    assert (
        api.v2.patch("/variables/k", json={"key": "k", "value": "x"}, params={"update_mask": "odd"}).status_code == 400
    )
    assert api.v2.patch("/variables/no", json={"key": "no", "value": "x"}).status_code == 404
    assert api.v2.delete("/variables/k").status_code == 204
    assert api.v2.delete("/variables/k").status_code == 404
    assert api.v2.get("/variables/k").status_code == 404
    for wrong in ({"key": "a"}, {"value": "a"}, {"key": "", "value": ""}, {"key": "k", "value": "v", "odd": 1}):
        assert api.v2.post("/variables", json=wrong).status_code == 422, wrong
    assert api.v2.post("/variables", json={"key": " k ", "value": "v"}).status_code == 400


@pytest.mark.parametrize("key", ODD_KEYS)
def test_odd_keys_in_paths(sqlite_api: Api, key: str) -> None:
    assert sqlite_api.v2.post("/variables", json={"key": key, "value": "1"}).status_code == 201
    sqlite_api.v2.post("/variables", json={"key": "other", "value": "2"})
    # httpx resolves dots in a path by itself, other clients do not: they are encoded
    where = f"/variables/{quote(key, safe='').replace('.', '%2E')}"
    assert sqlite_api.v2.get(where).json()["key"] == key
    assert sqlite_api.v2.patch(where, json={"key": key, "value": "3"}).json()["value"] == "3"
    assert sqlite_api.v2.delete(where).status_code == 204
    assert [found["key"] for found in sqlite_api.v2.get("/variables").json()["variables"]] == ["other"]


def test_slashes_may_also_stay_as_they_are(sqlite_api: Api) -> None:
    sqlite_api.v2.post("/variables", json={"key": "a/b/c", "value": "1"})
    assert sqlite_api.v2.get("/variables/a/b/c").json()["key"] == "a/b/c"


def test_lists_of_variables(api: Api) -> None:
    for key in ("alpha", "Beta", "a_b", "axb", "a%b", "x|y", "back\\slash"):
        api.store.variables.set(key, "v")

    def keys(**params: object) -> set[str]:
        answer = api.v2.get("/variables", params=params)
        assert answer.status_code == 200, answer.text
        assert answer.json()["total_entries"] == len(answer.json()["variables"])
        return {found["key"] for found in answer.json()["variables"]}

    assert keys(variable_key_pattern="BETA") == {"Beta"}
    assert keys(variable_key_pattern="a_b") == {"a_b", "axb", "a%b"}, "an underscore is any character"
    assert keys(variable_key_pattern="a\\_b") == {"a_b"}
    assert keys(variable_key_pattern="a\\%b") == {"a%b"}
    assert keys(variable_key_pattern="a%b") == {"a_b", "axb", "a%b", "back\\slash"} - {"back\\slash"}
    assert keys(variable_key_pattern="x\\|y") == {"x|y"}
    assert keys(variable_key_pattern="alp | BET") == {"alpha", "Beta"}
    assert keys(variable_key_pattern="back\\\\s") == {"back\\slash"}
    assert keys(variable_key_pattern="back\\") == {"back\\slash"}, "a lone backslash is one"
    assert len(keys(variable_key_pattern="~")) == 7
    assert keys(variable_key_pattern="'; drop table variable; --") == set()
    assert keys(variable_key_prefix_pattern="a_") == {"a_b"}
    assert keys(variable_key_prefix_pattern="A") == set()
    assert keys(variable_key_prefix_pattern="al|B") == {"alpha", "Beta"}
    first = api.v2.get("/variables", params={"limit": 2, "order_by": "-key"}).json()
    rest = api.v2.get("/variables", params={"limit": 50, "offset": 2, "order_by": "-key"}).json()
    assert (first["total_entries"], len(first["variables"]), len(rest["variables"])) == (7, 2, 5)
    assert api.v2.get("/variables", params={"order_by": "value"}).status_code == 400


def test_secrets_in_variables_are_hidden(sqlite_api: Api) -> None:
    api = sqlite_api
    for key, value in (
        ("db_password", "s3cret"),
        ("config", '{"host": "h", "api_key": "s3cret", "deep": [{"Token": "s3cret", "n": 1}]}'),
    ):
        assert "s3cret" not in api.v2.post("/variables", json={"key": key, "value": value}).text
    assert "s3cret" not in api.v2.get("/variables").text
    shown = json.loads(api.v2.get("/variables/config").json()["value"])
    assert shown == {"host": "h", "api_key": "***", "deep": [{"Token": "***", "n": 1}]}
    # what comes back as it was shown does not overwrite the secret
    api.v2.patch("/variables/db_password", json={"key": "db_password", "value": "***", "description": "d"})
    assert api.store.variables.get("db_password") == "s3cret"


def test_connections(api: Api) -> None:
    body = {
        "connection_id": "pg",
        "conn_type": "postgres",
        "host": "h",
        "login": "u",
        "password": "s3cret",
        "schema": "db",
        "port": 5432,
        "description": "d",
        "extra": '{"sslmode": "require", "private_key": "s3cret"}',
    }
    created = api.v2.post("/connections", json=body)
    assert created.status_code == 201
    found = created.json()
    assert set(found) == {*body, "team_name"}
    assert found["password"] == "***"
    assert json.loads(found["extra"]) == {"sslmode": "require", "private_key": "***"}
    assert (found["schema"], found["port"]) == ("db", 5432)
    assert api.v2.get("/connections/pg").json() == found
    assert "s3cret" not in api.v2.get("/connections").text
    assert api.store.connections.get("pg").password == "s3cret"
    assert api.v2.post("/connections", json=body).status_code == 409

    # a client that reads, changes and writes back does not lose the secrets it was not shown
    again = {**found, "host": "h2", "extra": found["extra"].replace("require", "disable")}
    assert api.v2.patch("/connections/pg", json=again).json()["host"] == "h2"
    kept = api.store.connections.get("pg")
    assert kept.password == "s3cret"
    assert json.loads(kept.extra or "") == {"sslmode": "disable", "private_key": "s3cret"}
    api.v2.patch("/connections/pg", json={**body, "password": "new"}, params={"update_mask": ["password"]})
    changed = api.store.connections.get("pg")
    assert (changed.password, changed.host) == ("new", "h2")
    assert api.v2.patch("/connections/pg", json=body, params={"update_mask": "odd"}).status_code == 400
    assert api.v2.patch("/connections/other", json=body).status_code == 400
    assert api.v2.patch("/connections/no", json={**body, "connection_id": "no"}).status_code == 404
    assert api.v2.delete("/connections/pg").status_code == 204
    assert api.v2.get("/connections/pg").status_code == 404
    for wrong in (
        {"connection_id": "a b", "conn_type": "x"},
        {"connection_id": "a"},
        {"connection_id": "a", "conn_type": "x", "port": 99999},
        {"connection_id": "a", "conn_type": "x", "odd": 1},
    ):
        assert api.v2.post("/connections", json=wrong).status_code == 422, wrong
    broken = {"connection_id": "a", "conn_type": "x", "extra": "{s3cret"}
    answer = api.v2.post("/connections", json=broken)
    assert answer.status_code == 422
    assert "s3cret" not in answer.text


def test_lists_of_connections(api: Api) -> None:
    for number, kind in enumerate(("http", "aws", "postgres")):
        api.store.connections.add(ConnectionData(conn_id=f"c{number}/x", conn_type=kind, extra="{}"))
    answer = api.v2.get("/connections", params={"order_by": "conn_type"}).json()
    assert [found["connection_id"] for found in answer["connections"]] == ["c1/x", "c0/x", "c2/x"]
    assert api.v2.get("/connections", params={"connection_id_pattern": "C1"}).json()["total_entries"] == 1
    assert api.v2.get("/connections", params={"order_by": "password"}).status_code == 400
    assert api.v2.get("/connections/c1%2Fx").json()["conn_type"] == "aws"


def test_pools(api: Api) -> None:
    created = api.v2.post("/pools", json={"name": "p/1", "slots": 4, "description": "d", "include_deferred": True})
    assert created.status_code == 201
    expected: dict[str, Any] = {
        "name": "p/1",
        "slots": 4,
        "description": "d",
        "include_deferred": True,
        "occupied_slots": 0,
        "running_slots": 0,
        "queued_slots": 0,
        "scheduled_slots": 0,
        "open_slots": 4,
        "deferred_slots": 0,
        "team_name": None,
    }
    assert created.json() == expected
    assert api.v2.post("/pools", json={"name": "p/1", "slots": 4}).status_code == 409
    api.lab.add(dag("d", of={"a": {"pool": "p/1", "pool_slots": 3}, "b": {"pool": "p/1"}}))
    api.lab.force(api.lab.run("d"), a=S.RUNNING, b=S.QUEUED)
    used = {"running_slots": 3, "queued_slots": 1, "occupied_slots": 4, "open_slots": 0}
    assert api.v2.get("/pools/p%2F1").json() == {**expected, **used}
    listed = api.v2.get("/pools", params={"pool_name_pattern": "P/"}).json()
    assert listed == {"pools": [{**expected, **used}], "total_entries": 1}
    assert api.v2.patch("/pools/p%2F1", json={"slots": -1}).json()["open_slots"] == -1
    only = {"slots": 1, "description": "new", "include_deferred": False}
    patched = api.v2.patch("/pools/p%2F1", json=only, params={"update_mask": ["description"]}).json()
    assert (patched["slots"], patched["description"], patched["include_deferred"]) == (-1, "new", True)
    assert api.v2.patch("/pools/p%2F1", json={"pool": "other"}).status_code == 400
    assert api.v2.patch("/pools/p%2F1", json={}, params={"update_mask": "odd"}).status_code == 400
    assert api.v2.patch("/pools/no", json={"slots": 1}).status_code == 404
    assert api.v2.patch("/pools/default_pool", json={"slots": 7}).json()["slots"] == 7
    assert api.v2.delete("/pools/default_pool").status_code == 400
    assert api.v2.delete("/pools/p%2F1").status_code == 204
    assert api.v2.delete("/pools/p%2F1").status_code == 404
    assert api.v2.get("/pools/p%2F1").status_code == 404
    for wrong in ({"name": "x"}, {"name": "x", "slots": -2}, {"name": "", "slots": 1}, {"slots": 1}):
        assert api.v2.post("/pools", json=wrong).status_code == 422, wrong


BULK: dict[str, tuple[str, dict[str, Any], str]] = {
    "variables": ("key", {"value": "v"}, "description"),
    "connections": ("connection_id", {"conn_type": "x"}, "description"),
    "pools": ("name", {"slots": 1}, "description"),
}


@pytest.mark.parametrize("noun", sorted(BULK))
def test_bulk(sqlite_api: Api, noun: str) -> None:
    key, base, field = BULK[noun]

    def entity(name: str, text: str | None = None) -> dict[str, Any]:
        return {key: name, **base, **({field: text} if text else {})}

    def bulk(*actions: dict[str, Any]) -> dict[str, Any]:
        answer = sqlite_api.v2.patch(f"/{noun}", json={"actions": list(actions)})
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told

    def shown(name: str) -> str | None:
        answer = sqlite_api.v2.get(f"/{noun}/{name}")
        return answer.json()[field] if answer.status_code == 200 else "missing"

    assert bulk({"action": "create", "entities": [entity("a"), entity("b")]}) == {
        "create": {"success": ["a", "b"], "errors": []},
        "update": None,
        "delete": None,
    }
    refused = bulk({"action": "create", "entities": [entity("a"), entity("c")]})["create"]
    assert refused["success"] == []
    assert refused["errors"][0]["status_code"] == 409
    assert shown("c") == "missing", "nothing was done"
    skipped = {"action": "create", "entities": [entity("a", "new"), entity("c")], "action_on_existence": "skip"}
    assert bulk(skipped)["create"]["success"] == ["c"]
    assert shown("a") != "new"
    over = {"action": "create", "entities": [entity("a", "new")], "action_on_existence": "overwrite"}
    assert bulk(over)["create"]["success"] == ["a"]
    assert shown("a") == "new"
    mixed = bulk(
        {"action": "update", "entities": [entity("a", "newer"), entity("no")], "action_on_non_existence": "skip"},
        {"action": "update", "entities": [entity("b", "x"), entity("no")]},
        {"action": "delete", "entities": ["c", {key: "b"}]},
        {"action": "delete", "entities": ["no"]},
    )
    assert mixed["update"]["success"] == ["a"]
    assert [error["status_code"] for error in mixed["update"]["errors"]] == [404]
    assert mixed["delete"]["success"] == ["c", "b"]
    assert [error["status_code"] for error in mixed["delete"]["errors"]] == [404]
    assert (shown("a"), shown("b"), shown("c")) == ("newer", "missing", "missing")
    gone = {"action": "delete", "entities": ["no"], "action_on_non_existence": "skip"}
    assert bulk(gone)["delete"] == {"success": [], "errors": []}
    for wrong in ({"action": "odd", "entities": []}, {"action": "create", "entities": [{}]}, {}):
        assert sqlite_api.v2.patch(f"/{noun}", json={"actions": [wrong]}).status_code == 422, wrong


@pytest.mark.parametrize("noun", ["variables", "connections", "pools"])
def test_a_field_that_is_none_stops_no_other_action_of_a_bulk(sqlite_api: Api, noun: str) -> None:
    key, body = {
        "variables": ("key", {"value": "v"}),
        "connections": ("connection_id", {"conn_type": "http"}),
        "pools": ("name", {"slots": 1}),
    }[noun]
    one, two, three = ({key: name, **body} for name in ("one", "two", "three"))
    actions = [
        {"action": "create", "entities": [one]},
        {"action": "update", "entities": [one], "update_mask": ["odd"]},
        {"action": "create", "entities": [two, three]},
    ]
    answer = sqlite_api.v2.patch(f"/{noun}", json={"actions": actions})
    assert answer.status_code == 200, answer.text
    assert answer.json()["create"] == {"success": ["one", "two", "three"], "errors": []}
    (error,) = answer.json()["update"]["errors"]
    assert error["status_code"] == 400 and "'odd'" in error["error"]


def test_masking_looks_at_names_only() -> None:
    value = {"PassWord": "x", "user": "password", "a-token": {"x": 1}, "empty_secret": "", "list": [{"secret": 1}]}
    assert masked(value) == {
        "PassWord": "***",
        "user": "password",
        "a-token": "***",
        "empty_secret": "",
        "list": [{"secret": "***"}],
    }


def test_the_audit_log_tells_who_changed_what_and_no_values(api: Api) -> None:
    secret = "s3cret-value"
    v2 = api.v2
    v2.post("/variables", json={"key": "k", "value": secret, "description": secret})
    v2.patch("/variables/k", json={"key": "k", "value": secret + "2"}, params={"update_mask": ["value"]})
    v2.delete("/variables/k")
    v2.delete("/variables/k")  # is not there: nothing was changed
    login = {
        "connection_id": "c",
        "conn_type": "http",
        "password": secret,
        "host": secret,
        "extra": f'{{"token": "{secret}"}}',
    }
    v2.post("/connections", json=login)
    v2.post("/connections", json=login)
    v2.patch("/connections/c", json={**login, "host": "h"}, params={"update_mask": ["host"]})
    v2.delete("/connections/c")
    v2.post("/pools", json={"name": "p", "slots": 2})
    v2.patch("/pools/p", json={"slots": 3}, params={"update_mask": ["slots"]})
    v2.delete("/pools/p")
    bulk = {"action": "create", "entities": [{"key": "b", "value": secret}], "action_on_existence": "overwrite"}
    v2.patch("/variables", json={"actions": [bulk, bulk, {"action": "delete", "entities": ["b"]}]})
    api.store.variables.set("by a task", secret)
    answer = v2.get("/eventLogs", params={"order_by": "event_log_id"})
    assert secret not in answer.text
    entries = answer.json()["event_logs"]
    assert len({entry["owner"] for entry in entries}) == 1 and entries[0]["owner"]
    assert [(entry["event"], json.loads(entry["extra"])) for entry in entries] == [
        ("post_variable", {"key": "k", "fields": ["description", "value"]}),
        ("patch_variable", {"key": "k", "fields": ["value"]}),
        ("delete_variable", {"key": "k"}),
        ("post_connection", {"connection_id": "c"}),
        ("patch_connection", {"connection_id": "c", "fields": ["host"]}),
        ("delete_connection", {"connection_id": "c"}),
        ("post_pool", {"name": "p"}),
        ("patch_pool", {"name": "p"}),
        ("delete_pool", {"name": "p"}),
        ("post_variable", {"key": "b", "fields": ["value"]}),
        ("patch_variable", {"key": "b", "fields": ["value"]}),
        ("delete_variable", {"key": "b"}),
    ]


def test_a_limit_without_a_number(sqlite_api: Api) -> None:
    assert sqlite_api.v2.get("/pools?limit=").json()["total_entries"] == 1, "as airflowctl sends it"
    assert sqlite_api.v2.get("/pools?limit=x").status_code == 422
