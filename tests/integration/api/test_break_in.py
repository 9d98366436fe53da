"""Ways in that must not be: guessing many passwords, a login that leads elsewhere, somebody else's session."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from api_lab import PASSWORD, Api

from support.actions_lab import NOW, dag
from tradewind.server.api.auth import _network
from tradewind.server.app import FAILURES_PER_ADDRESS, FAILURES_PER_USER, PASSWORD_CHECKS
from tradewind.server.limits import GuessLimit
from tradewind.spec import serde
from tradewind.store import tables
from tradewind.store.engine import write

LOGIN = "/api/tradewind/login"


def guess(client: httpx.Client, name: str, password: str = "wrong") -> int:
    return client.post("/auth/token", json={"username": name, "password": password}).status_code


def test_many_guesses_at_once_are_no_more_than_one_after_the_other(sqlite_api: Api) -> None:
    sqlite_api.store.users.create("ann", PASSWORD, "viewer", now=NOW)
    clients = [sqlite_api.client() for _ in range(16)]
    with ThreadPoolExecutor(len(clients)) as pool:
        codes = list(pool.map(lambda number: guess(clients[number % 16], "ann"), range(48)))
    # those that are checked at the same moment do not know of each other
    assert FAILURES_PER_USER <= codes.count(401) < FAILURES_PER_USER + PASSWORD_CHECKS
    assert codes.count(429) == len(codes) - codes.count(401)
    # another spelling is the same name
    assert guess(clients[0], "ANN") == 429


def test_a_login_of_ones_own_buys_no_more_guesses(sqlite_api: Api) -> None:
    users, client = sqlite_api.store.users, sqlite_api.anonymous
    users.create("mallory", PASSWORD, "viewer", now=NOW)
    codes = []
    for number in range(FAILURES_PER_ADDRESS + 2):
        codes.append(guess(client, f"victim{number}"))
        if number % 5 == 3 and number < FAILURES_PER_ADDRESS:
            assert guess(client, "mallory", PASSWORD) == 201
    assert codes == [401] * FAILURES_PER_ADDRESS + [429] * 2


def test_guesses_of_others_hold_nobody_back_where_he_is_known() -> None:
    clock = [0.0]
    limit = GuessLimit(per_address=20, per_user=3, overall=8, window=300, monotonic=lambda: clock[0])
    limit.succeeded("home", "ann")
    for number in range(8):
        assert limit.wait(f"net{number}", "ann") == 0
        limit.failed(f"net{number}", "ann")
    assert limit.wait("another", "ann") == 300, "from many addresses it is too much"
    assert limit.wait("home", "ann") == 0 == limit.wait("another", "bob")
    for _ in range(3):
        limit.failed("home", "ann")
    assert limit.wait("home", "ann") == 300, "who guesses there is held back like anywhere"
    assert limit.wait("home", "bob") == 0
    clock[0] = 300
    assert limit.wait("another", "ann") == 0 == limit.wait("home", "ann")


def test_who_has_many_addresses_counts_once() -> None:
    assert _network("2001:db8:1:2:3::4") == _network("2001:db8:1:2:ffff::1") != _network("2001:db8:1:3::1")
    assert _network("::ffff:10.0.0.1") == _network("10.0.0.1") != _network("10.0.0.2")
    assert _network("fe80::1%eth0") == _network("fe80::2%eth0")
    assert (_network(""), _network("a socket")) == ("", "a socket")


ELSEWHERE = ("//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil.example", "/\tx", "/\r\na: b", "x")


@pytest.mark.parametrize("path", ELSEWHERE)
def test_a_login_leads_to_pages_of_this_server(sqlite_api: Api, path: str) -> None:
    answer = sqlite_api.anonymous.get("/api/v2/auth/login", params={"next": path})
    assert answer.status_code == 400
    assert "location" not in answer.headers and "set-cookie" not in answer.headers


def test_a_session_is_new_with_each_login_and_the_old_one_ends(sqlite_api: Api) -> None:
    sqlite_api.store.users.create("ann", PASSWORD, "viewer", now=NOW)
    browser = {"sec-fetch-site": "same-origin"}
    client = sqlite_api.client()
    client.cookies.set("_token", "chosen-by-somebody-else")
    body = {"username": "ann", "password": PASSWORD}
    assert client.post(LOGIN, json=body, headers=browser).status_code == 204
    first = dict(client.cookies.jar._cookies["127.0.0.1"]["/"])["_token"].value  # type: ignore[attr-defined]
    assert first not in (None, "chosen-by-somebody-else")
    assert client.post(LOGIN, json=body, headers=browser).status_code == 204
    other = sqlite_api.client()
    other.cookies.set("_token", str(first))
    assert other.get("/api/tradewind/session").status_code == 401
    # nor may another site log somebody in as itself
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}, {"origin": "null"}):
        assert other.post(LOGIN, json=body, headers=headers).status_code == 403


def test_ones_own_password(sqlite_api: Api) -> None:
    users = sqlite_api.store.users
    users.create("ann", PASSWORD, "viewer", now=NOW)
    ann = sqlite_api.client(sqlite_api.app.state.context.tokens.issue("ann"))
    shown = ann.get("/api/tradewind/me").json()
    assert (shown["username"], shown["role"], shown["issuer"]) == ("ann", "viewer", None)
    words = {"old_password": "wrong", "new_password": "another good one"}
    refused = ann.post("/api/tradewind/me/password", json=words)
    # not 401, for which a page goes to the login
    assert (refused.status_code, refused.json()["detail"]) == (400, "the old password is wrong")
    with write(sqlite_api.store.engine) as connection:
        connection.execute(tables.user.update().values(issuer="https://login.example"))
    assert ann.post("/api/tradewind/me/password", json={**words, "old_password": PASSWORD}).status_code == 403
    with write(sqlite_api.store.engine) as connection:
        connection.execute(tables.user.update().values(issuer=None))
    assert ann.post("/api/tradewind/me/password", json={**words, "old_password": PASSWORD}).status_code == 204
    assert guess(sqlite_api.anonymous, "ann", "another good one") == 201


TYPED = {"__type__": "blob", "value": ["another one's", "json", 2, "0" * 64, "a summary"]}


def test_odd_values_are_errors_of_who_sends_them(sqlite_api: Api) -> None:
    sqlite_api.lab.add(dag("d"))
    sqlite_api.lab.run("d", run_id="r")
    client = sqlite_api.as_role("admin")
    run, entries = "/api/v2/dags/d/dagRuns/r", "/api/v2/dags/d/dagRuns/r/taskInstances/a/xcomEntries"

    def post(path: str, text: str) -> int:
        return client.post(path, content=text, headers={"content-type": "application/json"}).status_code

    # half a character
    assert post("/api/v2/variables", '{"key": "k", "value": "\\ud800"}') == 400
    assert post("/api/v2/connections", '{"connection_id": "k", "conn_type": "http", "password": "\\ud800"}') in (
        400,
        422,
    )
    assert post(entries, '{"key": "half", "value": ["\\ud800", {"\\udfff": 1}]}') == 201
    assert client.get(f"{entries}/half").json()["value"] == ["?", {"?": 1}]
    # what no number of JSON is
    assert post(entries, '{"key": "numbers", "value": [Infinity, NaN, 1e999]}') == 201
    assert client.get(f"{entries}/numbers").json()["value"] == ["inf", "nan", "inf"]
    # too deep, too long
    assert post(entries, '{"key": "deep", "value": ' + "[" * 400 + "]" * 400 + "}") in (400, 422)
    assert post(entries, '{"key": "long", "value": ' + "9" * 6000 + "}") == 400
    # times beyond the calendar
    for at in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"):
        assert client.get("/api/v2/dags/d/dagRuns", params={"run_after_gte": at}).status_code == 422
        body = {"logical_date": at, "dag_run_id": "far"}
        assert client.post("/api/v2/dags/d/dagRuns", json=body).status_code in (400, 422)
    assert client.get(run).status_code == 200


@pytest.mark.parametrize("value", [TYPED, [TYPED], {"__type__": "path", "value": "/etc/passwd"}, {"__type__": "odd"}])
def test_a_value_that_looks_like_a_stored_one_is_only_a_value(sqlite_api: Api, value: Any) -> None:
    sqlite_api.lab.add(dag("d"))
    sqlite_api.lab.run("d", run_id="r")
    client, path = sqlite_api.as_role("user"), "/api/v2/dags/d/dagRuns/r/taskInstances/a/xcomEntries"
    for answer in (
        client.post(path, json={"key": "k", "value": value}),
        client.patch(f"{path}/k", json={"value": value}),
        client.get(f"{path}/k"),
    ):
        assert answer.status_code < 300 and answer.json()["value"] == value
    [row] = sqlite_api.lab.rows("xcom")
    assert serde.loads(row["value"]) == value
