"""Yesterday's secrets, and those that only tasks knew, are hidden as today's are."""

from __future__ import annotations

import json
import random
import string

from api_lab import Api

from support.actions_lab import NOW, Lab, dag
from tradewind.runtime.masking import MASK
from tradewind.services.given_secrets import GivenSecrets
from tradewind.spec import wire
from tradewind.spec.wire import ConnectionData
from tradewind.store import Store
from tradewind.store.known_secrets import KnownSecrets

PASSWORD, TOKEN, KEY, VAULT = 'old-pa"ss/wörd', "old-tok-31415926", "old-key-27182818", "from-the-vault-1618"
TEXT = f"see {PASSWORD} and {TOKEN} and {KEY} and {VAULT}"
HIDDEN = f"see {MASK} and {MASK} and {MASK} and {MASK}"


def stored(store: Store) -> None:
    store.connections.set(
        ConnectionData(conn_id="lake", conn_type="http", password=PASSWORD, extra=json.dumps({"token": TOKEN}))
    )
    store.variables.set("api_key", KEY)


def test_what_was_changed_or_deleted_stays_hidden(api: Api) -> None:
    store = api.store
    stored(store)
    api.lab.add(dag("d"))
    run = api.lab.run("d", run_id="r", conf={"why": TEXT})
    store.xcoms.set("d", "r", "a", "k", json.dumps({"deep": [TEXT]}), now=NOW)
    store.actions.set_run_note("d", run.run_id, TEXT, user="root", now=NOW)
    path = "/dags/d/dagRuns/r/taskInstances/a/xcomEntries/k"
    before = api.v2.get(path).json()["value"]
    assert before == {"deep": [HIDDEN.removesuffix(MASK) + VAULT]}, "nobody told of what the vault gave"
    store.kept_secrets.tell([VAULT])
    assert api.v2.get(path).json()["value"] == {"deep": [HIDDEN]}

    changed = {"connection_id": "lake", "conn_type": "http", "password": "today-pass"}
    assert api.v2.patch("/connections/lake", json=changed, params={"update_mask": "password"}).status_code == 200
    assert api.v2.patch("/variables/api_key", json={"key": "api_key", "value": "today-key"}).status_code == 200
    assert api.v2.get(path).json()["value"] == {"deep": [HIDDEN]}
    assert api.v2.delete("/connections/lake").status_code == 204
    assert api.v2.delete("/variables/api_key").status_code == 204
    store.xcoms.set("d", "r", "a", "now", json.dumps("today-pass and today-key"), now=NOW)
    assert api.v2.get(path.replace("/k", "/now")).json()["value"] == f"{MASK} and {MASK}"
    shown = api.v2.get("/dags/d/dagRuns/r").json()
    assert (shown["note"], shown["conf"]) == (HIDDEN, {"why": HIDDEN})
    log = api.as_role("admin").get("/api/tradewind/audit").text
    for secret in (TOKEN, KEY, VAULT, "today-pass", "today-key"):
        assert secret not in log
    # a server that starts now knows them, too, and tasks read what was written
    assert KnownSecrets(store, {}).masker().mask(TEXT) == HIDDEN
    assert json.loads(api.lab.rows("xcom", key="k")[0]["value"]) == {"deep": [TEXT]}
    assert store.kept_secrets.forget("variable", "api_key") == 2
    assert KEY in api.v2.get(path).text


def test_a_task_has_what_it_tells_of_kept(sqlite_store: Store) -> None:
    from tradewind.services.task_api import TaskApi

    TaskApi(sqlite_store, keep_secrets=False)(wire.KeepSecrets((VAULT,)))
    assert sqlite_store.kept_secrets.ids() == set()
    api = TaskApi(sqlite_store, secrets=KnownSecrets(sqlite_store, {}))
    lab = Lab(sqlite_store)
    lab.add(dag("d"))
    lab.run("d", run_id="r")
    sqlite_store.xcoms.set("d", "r", "a", "k", json.dumps(VAULT), now=NOW)
    request = wire.GetXCom(dag_id="d", run_id="r", key="k", task_ids=("a",))
    assert api(request) == [["a", -1, json.dumps(VAULT)]]
    api(wire.KeepSecrets((VAULT,)))
    assert len(sqlite_store.kept_secrets.ids()) == 1
    assert api(request) == wire.Given([["a", -1, json.dumps(VAULT)]], (VAULT,))


def test_a_task_is_told_which_secrets_are_in_what_it_is_given(sqlite_store: Store) -> None:
    """Those of today and of yesterday, as they are and as they are written in JSON."""
    store, clock = sqlite_store, [0.0]
    given = GivenSecrets(KnownSecrets(store, {}), lambda: clock[0])
    request = wire.GetXCom(dag_id="d", run_id="r", key="k", task_ids=("a",))
    rows = [["a", -1, json.dumps({"deep": [TEXT, 7]})]]
    assert given.marked(request, rows) is rows, "nothing is a secret here"
    stored(store)
    store.variables.discard("api_key")
    assert given.marked(request, rows) is rows, "what is known is asked for once a second"
    clock[0] += 1
    found = given.marked(request, rows)
    assert isinstance(found, wire.Given)
    assert found.value is rows
    assert {PASSWORD, TOKEN, KEY} < set(found.hide)
    assert VAULT not in found.hide
    reply = wire.decode_to_worker(wire.encode(wire.reply_to(7, found)))
    assert isinstance(reply, wire.Reply)
    assert (reply.request_id, reply.value, reply.hide) == (7, rows, found.hide)
    plain = wire.reply_to(7, rows)
    assert (plain.value, plain.hide) == (rows, ())
    run = {"conf": {KEY: 1, "list": (f"x{TOKEN}",)}, "note": None}
    found = given.marked(wire.GetRun(dag_id="d", run_id="r"), run)
    assert isinstance(found, wire.Given)
    assert found.hide == (KEY, TOKEN)
    for request, value in ((wire.GetVariable("x"), TOKEN), (wire.GetConnection("x"), {"password": PASSWORD})):
        assert given.marked(request, value) is value, "it learns them by itself"


def test_another_one_costs_one_more(sqlite_store: Store) -> None:
    """Who tells of one does not have the server learn all of them again."""
    store, made = sqlite_store, random.Random(7)
    store.kept_secrets.tell("".join(made.choices(string.ascii_letters, k=20)) for _ in range(300))
    known = KnownSecrets(store, {})
    masker = known.masker()
    places = masker.index()
    store.kept_secrets.tell([VAULT])
    assert known.masker() is masker
    assert masker.index() is places
    assert masker.mask(TEXT).endswith(MASK)
    store.variables.set("a_token", "token-1")
    assert known.masker() is masker
    assert masker.mask("token-1") == MASK
