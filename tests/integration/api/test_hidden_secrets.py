"""No answer shows a secret, wherever somebody or his code put it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from api_lab import Api
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import update
from test_dag_rights import MINE, seed
from walk import Walk, filled, walking

from support.actions_lab import NOW, S, dag
from tradewind.runtime.masking import MASK, MIN_LENGTH, Masker, is_sensitive
from tradewind.server import hidden
from tradewind.server.hidden import BY_VALUE, PLAIN
from tradewind.server.models.common import Answer, holds_text
from tradewind.spec import wire
from tradewind.spec.assets import AssetSpec, WatcherSpec
from tradewind.spec.dag import ParsedFile
from tradewind.spec.wire import ConnectionData
from tradewind.store import Store, tables
from tradewind.store.engine import write
from tradewind.store.known_secrets import KnownSecrets
from tradewind.store.vault import Vault
from tradewind.testing.clock import VirtualClock

PASSWORD, TOKEN, KEY = 'pa"ss/wörd', "tok-31415926", "key-27182818"
SECRETS = (PASSWORD, TOKEN, KEY)
ALL = f"see {PASSWORD} and {TOKEN} and {KEY}"


def stored(store: Store) -> None:
    """Secrets in a Connection and in two Variables."""
    store.connections.set(
        ConnectionData(
            conn_id="lake", conn_type="http", password=PASSWORD, extra=json.dumps({"nested": {"token": TOKEN}})
        )
    )
    store.variables.set("api_key", KEY)


def shown_in(text: str) -> list[str]:
    """The secrets that a text shows, as they are or inside JSON."""
    return [one for one in SECRETS if one in text or json.dumps(one)[1:-1] in text]


# --- The rules ------------------------------------------------------------------------------------------------

letters = some.characters(exclude_characters="*", codec="utf-8")
words = some.text(letters, max_size=12)
secrets = some.lists(some.text(letters, min_size=MIN_LENGTH, max_size=20), min_size=1, max_size=8)
values = some.recursive(
    some.none() | some.sampled_from((*SECRETS, ALL)) | words,
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(words, inner, max_size=3),
)


@given(secrets, words, words, some.data())
def test_no_known_secret_survives_in_a_value(known: list[str], before: str, after: str, data: some.DataObject) -> None:
    masker = Masker()
    for secret in known:
        masker.add(secret)
    inside = some.sampled_from(known).map(lambda secret: before + secret + after)
    value = data.draw(
        some.recursive(
            some.none() | some.booleans() | some.integers() | words | inside,
            lambda inner: some.lists(inner, max_size=4) | some.dictionaries(words | inside, inner, max_size=4),
            max_leaves=12,
        )
    )
    shown = masker.redact(value)

    def texts(found: Any) -> Iterator[str]:
        if isinstance(found, dict):
            for key, item in found.items():
                yield from (key, *texts(item))
        elif isinstance(found, list):
            for item in found:
                yield from texts(item)
        elif found is not None and not isinstance(found, bool):
            yield str(found)

    assert not [text for text in texts(shown) for secret in known if secret in text]
    assert masker.redact(shown) == shown
    if isinstance(value, dict):
        assert len(shown) == len(value)


@given(some.lists(some.text("abcdef", min_size=MIN_LENGTH, max_size=9), min_size=1, max_size=300), words)
def test_many_secrets_are_found_as_one_by_one(known: list[str], text: str) -> None:
    masker = Masker()
    masker.add(known)
    text = f"{text}{known[0]}x{known[-1]}"
    masked = masker.mask(text)
    assert not [secret for secret in known if secret in masked]
    # nothing else went away
    for part in masked.split(MASK):
        assert part in text


def test_thousands_of_secrets_are_learned_one_by_one() -> None:
    masker = Masker()
    for number in range(3000):
        masker.add(f"secret-{number:05}-value")
    assert (
        masker.mask("a secret-00007-value b secret-02999-value c secret-03000-value")
        == "a *** b *** c secret-03000-value"
    )
    masker.forget()
    assert not masker.knows and masker.mask("secret-00007-value") == "secret-00007-value"


def test_short_values_numbers_and_names() -> None:
    masker = Masker()
    masker.add(["abcd", "12345678"])
    assert masker.redact({"a": "abcd", "n": 12345678, "m": 123456789, "flag": True}) == {
        "a": "abcd", "n": MASK, "m": 123456789, "flag": True,
    }  # fmt: skip
    assert masker.redact({"password": "x", "tokens": 17, "headers": {"X-API-Key": ["a", {"b": "c"}]}}) == {
        "password": MASK, "tokens": 17, "headers": {"X-API-Key": [MASK, {"b": MASK}]},
    }  # fmt: skip
    assert masker.redact({"password": "x", "n": 12345678}, by_name=False) == {"password": "x", "n": MASK}
    deep: Any = "12345678"
    for _ in range(300):
        deep = [deep]
    assert "12345678" not in json.dumps(masker.redact(deep))


def test_every_field_that_may_hold_text_is_named_or_looked_through() -> None:
    fields: dict[str, list[str]] = {}

    def collect(kind: type[Answer]) -> None:
        for each in kind.__subclasses__():
            for name, field in each.model_fields.items():
                if holds_text(field.annotation):
                    fields.setdefault(name, []).append(str(field.annotation))
            collect(each)

    collect(Answer)
    assert len(fields) > 100
    assert fields.keys() >= PLAIN - {"asset"}, "fields that are gone"
    # whatever may be nested is looked through
    free = {name for name in PLAIN & fields.keys() if any("Any" in kind for kind in fields[name])}
    assert free == {"tasks"}, "the selection of tasks of a backfill, and no values"
    assert not BY_VALUE & PLAIN


# --- The server -----------------------------------------------------------------------------------------------


def full_of_secrets(walk: Walk) -> None:
    """Runs of two DAGs, with secrets in every text that is no name."""
    store = walk.store
    api: Any = walk
    watcher = WatcherSpec(name="w", classpath="a.B", kwargs={"password": "unknown-9", "url": ALL})
    lake = AssetSpec(name="lake", uri="s3://lake/x", extra={"why": ALL, "password": "unknown-8"}, watchers=(watcher,))
    mine, _ = seed(api)
    spec = dag(
        MINE,
        {"make": []},
        of={"make": {"doc_md": ALL, "params": {"p": ALL}}},
        description=ALL,
        doc_md=ALL,
        params={"p": {"value": ALL, "schema": {}, "description": ALL}},
        default_args={"why": ALL, "password": "unknown-7"},
        owner_links={"o": f"https://x/{TOKEN}"},
        assets=(lake,),
        edge_labels=(),
    )
    parsed = ParsedFile(relative_fileloc=f"{MINE}.py", fileloc=f"/dags/{MINE}.py", digest="1", dags=(spec,))
    store.dags.save_parsed("dags", "/dags", parsed, NOW)
    for key, value in (("plain", ALL), ("deep", {"a": [{"b": ALL, ALL: 1}]}), ("api_secret", "unknown-6")):
        store.xcoms.set(MINE, mine.run_id, "make", key, json.dumps(value), now=NOW)
    ti = walk.lab.task(mine, "make")
    walk.lab.force(mine, make=S.RUNNING)
    question = wire.AskPeople(
        ti_id=ti.id, subject=ALL, options=(ALL, "No"), body=ALL, params={"n": ALL}, defaults=(ALL,)
    )
    store.task_actions.ask(question, NOW)
    texts: dict[Any, dict[str, Any]] = {
        tables.dag_version: {"source": ALL},
        tables.dag_run: {"note": ALL, "reason": ALL, "conf": {"why": ALL, "password": "unknown-5"}},
        tables.task_instance: {"note": ALL, "reason": ALL, "rendered": {"cmd": ALL}, "rendered_map_index": ALL},
        tables.attempt: {"error": ALL, "error_type": "ValueError"},
        tables.import_error: {"message": ALL, "traceback": ALL},
        tables.event_log: {"extra": json.dumps({"why": ALL}), "before": json.dumps({"why": ALL}), "after": ALL},
        tables.metadata.tables["asset_event"]: {"extra": {"why": ALL}},
        tables.metadata.tables["asset"]: {"extra": {"why": ALL}},
        tables.pool: {"description": ALL},
    }
    store.variables.set("plain", ALL, ALL)
    store.variables.set("json", json.dumps({"why": ALL, "password": "unknown-4"}))
    store.connections.set(
        ConnectionData(conn_id="other", conn_type="http", description=ALL, extra='{"why": "key-27182818"}')
    )
    store.roles.create("team", "user", description=ALL, now=NOW)
    with write(store.engine) as connection:
        for table, values in texts.items():
            connection.execute(update(table).values(values))


def test_no_route_shows_a_secret(sqlite_store: Store, present: VirtualClock, tmp_path: Any) -> None:
    stored(sqlite_store)
    with walking(sqlite_store, present, tmp_path / "logs") as walk:
        full_of_secrets(walk)
        admin = walk.user("boss", "admin")
        told, masked = set(), set()
        for method, path, names in walk.routes():
            if method != "GET" or path.endswith("/log/follow"):  # the log of a task that runs has no end
                continue
            values = {"dag_id": MINE, "dag_run_id": f"{MINE}_run", "run_id": f"{MINE}_run", "task_id": "make"}
            values |= {"map_index": -1, "asset_id": 1}
            fills = [
                {**values, "key": key, "xcom_key": key} for key in ("plain", "deep", "api_secret", "json", "other")
            ]
            fills = [{**each, "variable_key": each["key"], "connection_id": each["key"]} for each in fills]
            for fill in fills if names - {"dag_id", "dag_run_id", "run_id", "task_id"} else fills[:1]:
                for query in (
                    ("?q=a&query=a&text=a&limit=100", "?stringify=true&q=a") if "xcom" in path else ("?q=make",)
                ):
                    answer = walk.ask(admin, method, filled(path, fill) + query)
                    assert answer.status_code < 500, (path, answer.text)
                    assert not shown_in(answer.text), (path, answer.text[:2000])
                    assert "unknown-" not in answer.text, (path, answer.text[:2000])
                    told |= {path} if answer.status_code == 200 else set()
                    masked |= {path} if MASK in answer.text else set()
        assert len(told) > 90
        # the walk can fail: here the secrets are
        assert {
            "/api/v2/dags", "/api/v2/dags/{dag_id}/details", "/api/v2/dags/{dag_id}/dagRuns", "/api/v2/eventLogs",
            "/api/v2/dagSources/{dag_id}", "/api/v2/importErrors", "/api/v2/assets", "/api/v2/assets/events",
            "/api/v2/variables", "/api/v2/connections", "/api/v2/pools", "/api/v2/dags/{dag_id}/tasks",
            "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances",
            "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/xcomEntries/{xcom_key:path}",
            "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/hitlDetails", "/api/tradewind/audit", "/api/tradewind/home",
            "/api/tradewind/roles", "/api/tradewind/dags", "/api/tradewind/runs",
        } <= masked, sorted(masked)  # fmt: skip
        plain = walk.ask(admin, "GET", f"/api/v2/dagSources/{MINE}")
        assert plain.json()["content"] == "see *** and *** and ***"
        # a task reads what was written
        assert json.loads(walk.lab.rows("xcom", key="plain")[0]["value"]) == ALL


def test_events_and_errors_show_none(api: Api) -> None:
    stored(api.store)
    api.lab.add(dag("d"))
    run = api.lab.run("d", run_id="r")
    position = api.v2.get(f"{api.url}/api/tradewind/session").json()["position"]
    api.store.actions.set_run_note("d", run.run_id, ALL, user="root", now=NOW)
    events = f"{api.url}/api/tradewind/events"
    with api.v2.stream("GET", events, params={"topic": "dag:d", "position": position}) as stream:
        text = ""
        for line in stream.iter_lines():
            text += line + "\n"
            if "note" in line:
                break
    assert MASK in text
    assert not shown_in(text)
    missing = api.v2.get(f"/variables/{TOKEN}")
    assert missing.status_code == 404
    assert MASK in missing.text
    assert not shown_in(missing.text)


def test_what_changed_is_known_at_once_and_nothing_else_is_opened(
    store: Store, store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored(store)
    opened: list[str] = []
    real = Vault.open

    def counted(vault: Vault, text: str, what: str = "") -> str:
        opened.append(what)
        return real(vault, text, what)

    monkeypatch.setattr(Vault, "open", counted)
    known = KnownSecrets(store, {"AIRFLOW_CONN_X": "http://u:env-password@h", "TRADEWIND_VAR_MY_TOKEN": "env-token"})
    assert known.masker().mask(f"{ALL} env-password env-token") == "see *** and *** and *** *** ***"
    assert len(opened) == 3
    with Store(store_url, store_key(store)) as other:  # as another process
        other.variables.set("cursor", "a-plain-cursor")
        before = known.masker()
        assert known.masker() is before
        other.variables.set("a_token", "new-token-1")
        assert known.masker().mask("new-token-1 a-plain-cursor") == "*** a-plain-cursor"
        other.variables.set("a_token", "new-token-2")
        assert known.masker().mask("new-token-2") == MASK
        other.connections.update(
            ConnectionData(conn_id="lake", conn_type="http", password="another-pass"), {"password"}
        )
        assert known.masker().mask("another-pass") == MASK
        other.variables.import_({"b_token": "imported-one"})
        assert known.masker().mask("imported-one") == MASK
    # each was opened once, of those that are of no concern the one that was read with them
    assert opened.count("variable 'a_token'") == 2
    assert opened.count("variable 'api_key'") == 1
    store.change_log.trim(10**6)
    store.variables.set("c_token", "after-the-trim")
    assert known.masker().mask("after-the-trim") == MASK


def store_key(store: Store) -> str | None:
    return store.vault._key


def test_what_cannot_be_opened_takes_no_page_away(sqlite_store: Store, sqlite_store_url: str) -> None:
    stored(sqlite_store)
    with Store(sqlite_store_url, "y" * 43 + "=") as other:
        other.variables.set("b_token", "readable-one")
        masker = KnownSecrets(other, {}).masker()
    assert masker.mask(f"{KEY} readable-one") == f"{KEY} {MASK}"


def test_what_comes_back_as_it_was_shown_stays(sqlite_api: Api) -> None:
    api, store = sqlite_api, sqlite_api.store
    stored(store)
    store.variables.set("url", f"https://u:{TOKEN}@h", f"of {KEY}")
    store.variables.set("json", json.dumps({"password": "p", "list": [f"x {TOKEN}", "y"], "n": 1}))
    extra = json.dumps({"url": f"https://{TOKEN}", "password": "q", "n": 1})
    store.connections.set(ConnectionData(conn_id="c", conn_type="http", description=f"d {KEY}", extra=extra))
    for key in ("url", "json"):
        before = store.variables.record(key)
        shown = api.v2.get(f"/variables/{key}").json()
        assert MASK in shown["value"]
        body = {name: shown[name] for name in ("key", "value", "description")}
        assert api.v2.patch(f"/variables/{key}", json=body).status_code == 200
        assert store.variables.record(key) == before
    shown = json.loads(api.v2.get("/variables/json").json()["value"])
    body = {"key": "json", "value": json.dumps({**shown, "n": 2, "new": "z"})}
    assert api.v2.patch("/variables/json", json=body).status_code == 200
    changed = json.loads(store.variables.get("json"))
    assert changed == {"password": "p", "list": [f"x {TOKEN}", "y"], "n": 2, "new": "z"}
    connection = api.v2.get("/connections/c").json()
    assert MASK in connection["extra"]
    assert not shown_in(json.dumps(connection))
    body = {name: connection[name] for name in ("connection_id", "conn_type", "description", "extra")}
    assert api.v2.patch("/connections/c", json=body).status_code == 200
    assert json.loads(store.connections.get("c").extra or "") == json.loads(extra)
    assert store.connections.get("c").description == f"d {KEY}"


def test_a_form_that_hides_a_default_keeps_it(sqlite_api: Api) -> None:
    api = sqlite_api
    stored(api.store)
    api.lab.add(dag("d", params={"url": {"value": f"https://{TOKEN}", "schema": {}, "description": None}}))
    shown = api.v2.get("/dags/d/details").json()["params"]["url"]["value"]
    assert shown == "https://***"
    client = api.as_role("admin")
    for path in ("/api/v2/dags/d/dagRuns", "/api/tradewind/preview/trigger/d"):
        made = client.post(path, json={"logical_date": None, "conf": {"url": shown, "n": 1}})
        assert made.status_code == 200, made.text
        refused = client.post(path, json={"logical_date": None, "conf": {"n": MASK}})
        assert (refused.status_code, "not shown" in refused.text) == (400, True)
    assert api.lab.rows("dag_run")[0]["conf"] == {"url": f"https://{TOKEN}", "n": 1}


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(value=values)
def test_whatever_an_xcom_holds(asked: Walk, value: Any) -> None:
    text = json.dumps(value)
    asked.store.xcoms.set("d", "r", "a", "k", text, now=NOW)
    root = "/api/v2/dags/d/dagRuns/r/taskInstances/a/xcomEntries/k"
    boss = asked.token("boss")
    for query in ("", "?stringify=true"):
        answer = asked.ask(boss, "GET", root + query)
        assert answer.status_code == 200
        assert not shown_in(answer.text.encode().decode("unicode_escape", "replace")) and not shown_in(answer.text)
    assert json.loads(asked.lab.rows("xcom", key="k")[0]["value"]) == value


@pytest.fixture
def asked(sqlite_store: Store, present: VirtualClock, tmp_path: Any) -> Iterator[Walk]:
    """A server with one run."""
    stored(sqlite_store)
    with walking(sqlite_store, present, tmp_path / "logs") as walk:
        walk.lab.add(dag("d"))
        walk.lab.run("d", run_id="r")
        walk.user("boss", "admin")
        yield walk


def test_without_a_server_nothing_is_hidden() -> None:
    assert not hidden.masker().knows
    assert is_sensitive("x-api-key") and not is_sensitive("author")
