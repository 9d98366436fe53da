"""Ways in that must not be: guessing many passwords, a login that leads elsewhere, somebody else's session."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from api_lab import PASSWORD, Api

from support.actions_lab import NOW
from tradewind.server.api.auth import _network
from tradewind.server.app import FAILURES_PER_ADDRESS, FAILURES_PER_USER, PASSWORD_CHECKS
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
