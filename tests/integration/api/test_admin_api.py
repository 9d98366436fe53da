"""Favourites, plugins, configuration, tests of connections, and DAG files to be read again, over REST."""

from __future__ import annotations

import json
import threading
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from api_lab import Api, running

from support.actions_lab import dag
from tradewind import bootstrap
from tradewind.server.api import connection_tests
from tradewind.settings import load_settings
from tradewind.spec.wire import ConnectionData
from tradewind.store import Store
from tradewind.store.errands import LOST_AFTER, NEVER_TAKEN
from tradewind.store.uuid7 import uuid7
from tradewind.testing.clock import VirtualClock

CONNECTION = {"connection_id": "wh", "conn_type": "postgres", "host": "h", "port": 5432, "password": "secret"}


def test_favourites_are_of_one_person(api: Api) -> None:
    api.lab.add(dag("a"), dag("b"))
    viewer = api.as_role("viewer")
    for _ in range(2):
        assert viewer.post("/api/v2/dags/a/favorite").status_code == 204
    assert [each["dag_id"] for each in viewer.get("/api/v2/dags?is_favorite=true").json()["dags"]] == ["a"]
    assert [each["dag_id"] for each in viewer.get("/api/v2/dags?is_favorite=false").json()["dags"]] == ["b"]
    assert viewer.get("/api/v2/dags/a/details").json()["is_favorite"] is True
    assert api.v2.get("/dags/a/details").json()["is_favorite"] is False
    assert api.v2.post("/dags/a/unfavorite").status_code == 409
    assert viewer.post("/api/v2/dags/a/unfavorite").status_code == 204
    assert viewer.get("/api/v2/dags?is_favorite=true").json()["dags"] == []
    assert api.v2.post("/dags/nothing/favorite").status_code == 404
    assert [event for event in api.lab.events() if "favorite" in event[0]] == [
        ("favorite_dag", "viewer"),
        ("unfavorite_dag", "viewer"),
    ]
    viewer.post("/api/v2/dags/a/favorite")
    assert api.v2.delete("/dags/a").status_code == 200
    assert api.lab.rows("dag_favorite") == []


def test_plugins_are_told_as_the_processor_found_them(sqlite_api: Api) -> None:
    assert sqlite_api.v2.get("/plugins").json() == {"plugins": [], "total_entries": 0}
    plugin = {
        "name": "p", "macros": ["m.f"], "flask_blueprints": [],
        "fastapi_apps": [{"app": "a", "url_prefix": "/", "name": "n"}],
        "fastapi_root_middlewares": [], "external_views": [{"name": "v", "href": "https://x"}], "react_apps": [],
        "appbuilder_views": [{"name": "x", "odd": 1}], "appbuilder_menu_items": [], "global_operator_extra_links": [],
        "operator_extra_links": [], "source": "p.py", "listeners": [], "timetables": [],
    }  # fmt: skip
    sqlite_api.store.errands.save_plugins([("p", json.dumps(plugin))], [("q.py", "Traceback: no")])
    told = sqlite_api.v2.get("/plugins").json()
    assert told["total_entries"] == 1
    assert told["plugins"][0]["external_views"][0]["destination"] == "nav"
    assert told["plugins"][0]["appbuilder_views"][0]["odd"] == 1
    assert sqlite_api.v2.get("/plugins?offset=1").json()["plugins"] == []
    assert sqlite_api.v2.get("/plugins/importErrors").json()["import_errors"] == [
        {"source": "q.py", "error": "Traceback: no"}
    ]


def test_the_configuration(sqlite_api: Api, open_api: Api) -> None:
    told = sqlite_api.v2.get("/config").json()
    assert [section["name"] for section in told["sections"]] == ["core", "tradewind"]
    assert told["sections"][0]["options"][1] == {"key": "fernet_key", "value": "< hidden >"}
    one = sqlite_api.v2.get("/config?section=core").json()
    assert [section["name"] for section in one["sections"]] == ["core"]
    value = sqlite_api.v2.get("/config/section/core/option/dags_folder").json()
    assert value == {"sections": [{"name": "core", "options": [{"key": "dags_folder", "value": "/dags"}]}]}
    text = sqlite_api.v2.get("/config", headers={"accept": "text/plain"})
    assert text.text.startswith("[core]\ndags_folder = /dags\nfernet_key = < hidden >\n")
    for path in ("/config?section=odd", "/config/section/odd/option/x", "/config/section/core/option/odd"):
        assert sqlite_api.v2.get(path).status_code == 404
    assert sqlite_api.v2.get("/config", headers={"accept": "image/png"}).status_code == 406


def test_settings_with_their_defaults_and_where_they_were_set(
    sqlite_store: Store, present: VirtualClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "airflow.cfg").write_text("[core]\nparallelism = 7\n[smtp]\nsmtp_port = 2525\n", encoding="utf-8")
    monkeypatch.setenv("TRADEWIND_HOME", str(tmp_path))
    monkeypatch.setenv("TRADEWIND_JWT_SECRET", "not to be told")
    monkeypatch.setenv("TRADEWIND_INSTANCE_NAME", "Tradewind")
    monkeypatch.setenv("AIRFLOW__OPERATORS__DEFAULT_QUEUE", "heavy")
    settings = load_settings(port=8123)
    told = partial(bootstrap.settings_shown, settings)
    with running(sqlite_store, present, tmp_path / "logs", settings_shown=told) as api:
        answer = api.as_role("op").get("/api/tradewind/config")
        assert api.as_role("user").get("/api/tradewind/config").status_code == 403
    found = {f"{each['section']}.{each['key']}": each for each in answer.json()["settings"]}
    assert len(found) == len(answer.json()["settings"]), "each once"
    where = {name: (each["value"], each["default"], each["origin"]) for name, each in found.items() if each["changed"]}
    assert {name: value for name, value in where.items() if name != "tradewind.home"} == {
        "tradewind.slots": ("7", found["tradewind.slots"]["default"], "file"),
        "tradewind.port": ("8123", "8080", "option"),
        "tradewind.jwt_secret": ("< hidden >", "", "environment"),
        "operators.default_queue": ("heavy", "default", "environment"),
        "smtp.smtp_port": ("2525", "25", "file"),
    }
    assert "not to be told" not in answer.text
    assert found["tradewind.instance_name"]["origin"] == "environment", "set, to what it is anyway"
    assert found["tradewind.slots"]["where"] == f"{tmp_path}/airflow.cfg [core] parallelism"
    assert "core.parallelism" in found["tradewind.slots"]["aliases"] and "core.parallelism" not in found
    assert found["operators.default_queue"]["where"] == "AIRFLOW__OPERATORS__DEFAULT_QUEUE"


def test_a_configuration_that_is_not_shown(sqlite_api: Api) -> None:
    context = sqlite_api.app.state.context
    object.__setattr__(context, "configuration", None)
    for path in ("/config", "/config/section/core/option/dags_folder"):
        answer = sqlite_api.v2.get(path)
        assert (answer.status_code, "EXPOSE_CONFIG" in answer.text) == (403, True)


def test_a_queued_test_of_a_connection(api: Api) -> None:
    errands, now = api.store.errands, api.clock.now()
    queued = api.v2.post("/connections/enqueue-test", json={**CONNECTION, "commit_on_success": True})
    assert queued.status_code == 202
    token = {"Airflow-Connection-Test-Token": queued.json()["token"]}
    assert api.v2.post("/connections/enqueue-test", json=CONNECTION).status_code == 409
    assert api.v2.post("/connections/enqueue-test", json={**CONNECTION, "executor": "Other"}).status_code == 400
    assert api.v2.get("/connections/enqueue-test", headers=token).json()["state"] == "pending"
    (row,) = api.lab.rows("connection_test")
    assert "secret" not in row["request"]
    taken = errands.take_test(now)
    assert taken is not None
    assert (taken.connection.password, taken.commit_on_success) == ("secret", True)
    assert errands.take_test(now) is None, "one taker gets it"
    assert api.v2.get("/connections/wh").status_code == 404
    errands.end_test(taken.token, True, "fine", now, taken)
    told = api.v2.get("/connections/enqueue-test", headers=token).json()
    assert (told["state"], told["result_message"]) == ("success", "fine")
    assert api.v2.get("/connections/wh").json()["password"] == "***"
    (row,) = api.lab.rows("connection_test")
    assert (row["request"], row["active"]) == (None, None), "nothing of the connection stays"
    api.clock.advance(timedelta(hours=2))
    assert api.v2.post("/connections/enqueue-test", json=CONNECTION).status_code == 202
    assert api.v2.get("/connections/enqueue-test", headers=token).status_code == 404, "forgotten after an hour"
    assert api.v2.get("/connections/enqueue-test").status_code == 422


def test_a_test_whose_process_died_is_over(sqlite_api: Api) -> None:
    errands, now = sqlite_api.store.errands, sqlite_api.clock.now()
    token = sqlite_api.v2.post("/connections/enqueue-test", json=CONNECTION).json()["token"]
    assert errands.take_test(now) is not None
    later = now + LOST_AFTER + timedelta(seconds=1)
    assert errands.take_test(later) is None
    found = errands.test(token)
    assert found is not None
    assert (found["state"], "try again" in found["message"]) == ("failed", True)
    data = ConnectionData(conn_id="wh", conn_type="postgres")
    errands.ask_test(data, user="ann", now=now + NEVER_TAKEN + timedelta(seconds=1))
    assert len(sqlite_api.lab.rows("connection_test")) == 1


def test_waiting_for_a_test(sqlite_api: Api) -> None:
    api = sqlite_api
    assert "no DAG processor runs" in api.v2.post("/connections/test", json=CONNECTION).json()["message"]
    api.store.leases.register(uuid7(), "dag_processor", api.clock.now())
    over = threading.Event()

    def answer() -> None:
        while not over.is_set():
            taken = api.store.errands.take_test(api.clock.now())
            if taken is not None:
                api.store.errands.end_test(taken.token, False, f"no {taken.connection.host}", api.clock.now())
            over.wait(0.01)

    thread = threading.Thread(target=answer)
    thread.start()
    try:
        told = api.v2.post("/connections/test", json=CONNECTION).json()
    finally:
        over.set()
        thread.join()
    assert told == {"status": False, "message": "no h"}


def test_nobody_answers(sqlite_api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection_tests, "WAIT", 0.05)
    sqlite_api.store.leases.register(uuid7(), "dag_processor", sqlite_api.clock.now())
    told = sqlite_api.v2.post("/connections/test", json=CONNECTION).json()
    assert told["status"] is False
    assert "no answer" in told["message"]


def test_a_stored_password_goes_to_its_own_host_only(sqlite_api: Api) -> None:
    api = sqlite_api
    api.v2.post("/connections", json={**CONNECTION, "extra": '{"token": "t", "x": 1}'})
    asked = {**CONNECTION, "password": "***", "extra": '{"token": "***", "x": 2}'}
    assert api.v2.post("/connections/enqueue-test", json=asked).status_code == 202
    taken = api.store.errands.take_test(api.clock.now())
    assert taken is not None
    assert taken.connection.password == "secret"
    assert json.loads(taken.connection.extra or "") == {"token": "t", "x": 2}
    api.store.errands.end_test(taken.token, True, "", api.clock.now())
    for change in ({"host": "evil"}, {"port": 1}):
        refused = api.v2.post("/connections/enqueue-test", json={**asked, **change})
        assert (refused.status_code, "send the password" in refused.text) == (400, True)
    own = {**CONNECTION, "host": "other", "password": "new"}
    assert api.v2.post("/connections/enqueue-test", json=own).status_code == 202
    taken = api.store.errands.take_test(api.clock.now())
    assert taken is not None
    assert (taken.connection.host, taken.connection.password, taken.connection.extra) == ("other", "new", None)


def test_tests_that_are_switched_off(sqlite_api: Api) -> None:
    object.__setattr__(sqlite_api.app.state.context, "test_connections", False)
    for path in ("/connections/test", "/connections/enqueue-test"):
        answer = sqlite_api.v2.post(path, json=CONNECTION)
        assert (answer.status_code, "TEST_CONNECTION" in answer.text) == (403, True)


def test_connections_to_begin_with(sqlite_api: Api) -> None:
    sqlite_api.v2.post("/connections", json={"connection_id": "http_default", "conn_type": "http", "host": "mine"})
    assert sqlite_api.v2.post("/connections/defaults").status_code == 204
    assert sqlite_api.v2.get("/connections/http_default").json()["host"] == "mine", "what exists stays"
    assert sqlite_api.v2.get("/connections/postgres_default").json()["port"] == 5432


def test_reading_a_dag_file_again(api: Api) -> None:
    api.lab.add(dag("d"))
    token = api.v2.get("/dags/d").json()["file_token"]
    for _ in range(2):
        assert api.v2.put(f"/parseDagFile/{token}").status_code == 201
    assert api.store.errands.take_parses() == [("dags", "d.py")]
    assert api.store.errands.take_parses() == []
    for wrong in ("odd", "ZGFncwAvZXRjL3Bhc3N3ZA==", "ZGFncwA="):
        assert api.v2.put(f"/parseDagFile/{wrong}").status_code == 404
    assert ("reparse_dag_file", "admin") in api.lab.events()


def test_the_way_to_the_login_page(sqlite_api: Api) -> None:
    def leads(path: str) -> tuple[int, str]:
        answer = sqlite_api.anonymous.get(f"/api/v2/auth/{path}")
        return answer.status_code, answer.headers.get("location", "")

    assert leads("login") == (307, "/login")
    assert leads("login?next=/dags/a?b=c") == (307, "/login?next=%2Fdags%2Fa%3Fb%3Dc")
    for other in ("https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "dags"):
        assert leads(f"login?next={other}")[0] == 400, other
    answer = sqlite_api.anonymous.get("/api/v2/auth/logout")
    assert answer.headers["location"] == "/login"
    assert '_token=""' in answer.headers["set-cookie"]
