"""Who gets in, and who may do what."""

from __future__ import annotations

import re
from datetime import timedelta

import jwt
import pytest
from api_lab import PASSWORD, ROLES, Api
from fastapi.routing import APIRoute

from tradewind.server.limits import MAX_KEYS, FailureLimit
from tradewind.testing.clock import VirtualClock

PUBLIC = {"/api/v2/version": 200, "/api/v2/monitor/health": 200, "/api/v2/auth/login": 307, "/api/v2/auth/logout": 307}
NEEDS_OP = re.compile(r"/api/v2/(variables|connections|config)")
NEEDS_OP_TO_CHANGE = re.compile(r"/api/v2/pools")


def operations(api: Api) -> list[tuple[str, str, str]]:
    """(method, path template, path to ask) of every route of the API that wants a login."""
    found = []
    for route in api.app.routes:
        if isinstance(route, APIRoute) and route.path.startswith("/api/v2") and route.include_in_schema:
            concrete = re.sub(r"\{(map_index|try_number|task_try_number|version_number)[^}]*\}", "1", route.path)
            concrete = re.sub(r"\{[^}]*_id\}", lambda m: "1" if "error" in m[0] or "log_id" in m[0] else "x", concrete)
            concrete = re.sub(r"\{[^}]*\}", "x", concrete)
            found += [(method, route.path, concrete) for method in sorted(route.methods)]
    return found


def needed(method: str, path: str) -> str:
    """The role that a route needs."""
    if NEEDS_OP.match(path) or (NEEDS_OP_TO_CHANGE.match(path) and method != "GET"):
        return "op"
    asks = path.endswith(("/list", "/favorite", "/unfavorite")) and method == "POST"
    return "viewer" if method == "GET" or asks else "user"


def test_every_route_wants_a_token(sqlite_api: Api) -> None:
    every = operations(sqlite_api)
    assert len(every) > 65
    for method, path, concrete in every:
        answer = sqlite_api.anonymous.request(method, concrete)
        if path in PUBLIC:
            assert answer.status_code == PUBLIC[path]
            continue
        assert answer.status_code == 401, (method, path)
        assert answer.headers["www-authenticate"] == "Bearer"
        assert "token" in answer.json()["detail"]


def test_every_route_keeps_to_the_roles(sqlite_api: Api) -> None:
    clients = {role: sqlite_api.as_role(role) for role in ROLES}
    for method, path, concrete in operations(sqlite_api):
        if path in PUBLIC:
            continue
        lowest = ROLES.index(needed(method, path))
        for rank, role in enumerate(ROLES):
            answer = clients[role].request(method, concrete, json={} if method in ("POST", "PATCH") else None)
            assert (answer.status_code == 403) == (rank < lowest), (method, path, role, answer.text)
            assert answer.status_code not in (401, 500), (method, path, role)


def test_a_token_by_name_and_password(api: Api) -> None:
    api.store.users.create("ann", PASSWORD, "op", now=api.clock.now())
    answer = api.anonymous.post("/auth/token", json={"username": "ann", "password": PASSWORD})
    assert answer.status_code == 201
    token = answer.json()["access_token"]
    assert jwt.get_unverified_header(token)["alg"] == "HS512"
    claims = jwt.decode(token, options={"verify_signature": False})
    assert claims["sub"] == "ann"
    assert {"iat", "nbf", "exp", "iss", "aud"} <= claims.keys()
    assert claims["exp"] - claims["iat"] == 86400
    assert api.client(token).get("/api/v2/variables").status_code == 200
    # a second server on the same database takes it too
    assert api.store.users.jwt_secret() == api.store.users.jwt_secret()

    cli = api.anonymous.post("/auth/token/cli", json={"username": "ann", "password": PASSWORD}).json()["access_token"]
    claims = jwt.decode(cli, options={"verify_signature": False})
    assert claims["exp"] - claims["iat"] == 3600


@pytest.mark.parametrize(
    "body",
    [
        {"username": "ann", "password": "wrong"},
        {"username": "nobody", "password": PASSWORD},
    ],
)
def test_a_wrong_password_and_an_unknown_name_look_alike(sqlite_api: Api, body: dict[str, str]) -> None:
    sqlite_api.store.users.create("ann", PASSWORD, now=sqlite_api.clock.now())
    answer = sqlite_api.anonymous.post("/auth/token", json=body)
    assert answer.status_code == 401
    assert answer.json() == {"detail": "wrong user name or password"}


def test_an_invalid_login_is_not_repeated(sqlite_api: Api) -> None:
    answer = sqlite_api.anonymous.post("/auth/token", json={"username": "ann", "password": "a" * 2000})
    assert answer.status_code == 422
    assert "aaaa" not in answer.text


def test_failed_logins_are_limited_by_user(sqlite_api: Api) -> None:
    sqlite_api.store.users.create("ann", PASSWORD, now=sqlite_api.clock.now())
    sqlite_api.store.users.create("bob", PASSWORD, now=sqlite_api.clock.now())
    statuses = []
    for _ in range(11):
        answer = sqlite_api.anonymous.post("/auth/token", json={"username": "ann", "password": "wrong"})
        statuses.append(answer.status_code)
    assert statuses == [401] * 10 + [429]
    good = {"username": "ann", "password": PASSWORD}
    blocked = sqlite_api.anonymous.post("/auth/token", json=good)
    assert blocked.status_code == 429, "also with the right password"
    assert 0 < int(blocked.headers["retry-after"]) <= 300
    assert sqlite_api.anonymous.post("/auth/token", json={**good, "username": "bob"}).status_code == 201
    sqlite_api.clock.advance(timedelta(minutes=5))
    assert sqlite_api.anonymous.post("/auth/token", json=good).status_code == 201


def test_failed_logins_are_limited_by_address(sqlite_api: Api) -> None:
    sqlite_api.store.users.create("ann", PASSWORD, now=sqlite_api.clock.now())
    guesses = sqlite_api.app.state.context.guesses
    for number in range(19):
        guesses.failed("127.0.0.1", f"user{number}")
    wrong, good = {"username": "eve", "password": "wrong"}, {"username": "ann", "password": PASSWORD}
    assert sqlite_api.anonymous.post("/auth/token", json=wrong).status_code == 401
    assert sqlite_api.anonymous.post("/auth/token", json=good).status_code == 429
    sqlite_api.clock.advance(timedelta(minutes=5))
    assert sqlite_api.anonymous.post("/auth/token", json=good).status_code == 201


def test_a_limit_slides_and_forgets() -> None:
    clock = VirtualClock()
    limit = FailureLimit(2, 60, clock.monotonic)
    assert limit.wait("a") == 0
    limit.failed("a")
    clock.advance(40)
    limit.failed("a")
    assert limit.wait("a") == 20
    assert limit.wait("b") == 0
    clock.advance(20)
    assert limit.wait("a") == 0, "the first failure is out of the window"
    limit.failed("a")
    assert limit.wait("a") == 40
    limit.succeeded("a")
    assert limit.wait("a") == 0
    for number in range(MAX_KEYS + 10):
        limit.failed(f"name{number}")
    assert len(limit._failures) == MAX_KEYS


def test_tokens_that_are_not_taken(sqlite_api: Api) -> None:
    api = sqlite_api
    token = api.token("admin")
    secret = api.store.users.jwt_secret()
    claims = jwt.decode(token, options={"verify_signature": False})
    header, payload, signature = token.split(".")
    bad = {
        "no signature": f"{header}.{payload}.",
        "other signature": f"{header}.{payload}.{signature[::-1]}",
        "algorithm none": jwt.encode(claims, None, algorithm="none"),
        "weaker algorithm": jwt.encode(claims, secret, algorithm="HS256"),
        "other secret": jwt.encode(claims, b"x" * 64, algorithm="HS512"),
        "other audience": jwt.encode({**claims, "aud": "other"}, secret, algorithm="HS512"),
        "other issuer": jwt.encode({**claims, "iss": "other"}, secret, algorithm="HS512"),
        "no end": jwt.encode({k: v for k, v in claims.items() if k != "exp"}, secret, algorithm="HS512"),
        "not yet": jwt.encode({**claims, "nbf": claims["nbf"] + 60}, secret, algorithm="HS512"),
        "text for a time": jwt.encode({**claims, "exp": "never"}, secret, algorithm="HS512"),
        "not a token": "abc",
        "unknown user": jwt.encode({**claims, "sub": "nobody"}, secret, algorithm="HS512"),
    }
    for name, text in bad.items():
        assert api.client(text).get("/api/v2/dags").status_code == 401, name
    assert api.client(token).get("/api/v2/dags").status_code == 200
    api.clock.advance(timedelta(hours=24))
    assert api.client(token).get("/api/v2/dags").status_code == 401, "expired"


def test_a_user_who_is_removed_or_demoted_is_so_at_once(sqlite_api: Api) -> None:
    client = sqlite_api.as_role("admin")
    assert client.get("/api/v2/connections").status_code == 200
    sqlite_api.store.users.set_role("admin", "viewer")
    assert client.get("/api/v2/connections").status_code == 403
    sqlite_api.store.users.delete("admin")
    assert client.get("/api/v2/connections").status_code == 401


def test_without_a_login_everyone_is_the_administrator(open_api: Api) -> None:
    assert open_api.anonymous.get("/api/v2/connections").status_code == 200
    assert open_api.anonymous.get("/auth/token").status_code == 201
    # a client that is set up with some name and password works too
    answer = open_api.anonymous.post("/auth/token", json={"username": "airflow", "password": "airflow"})
    assert open_api.client(answer.json()["access_token"]).get("/api/v2/dags").status_code == 200
    assert open_api.anonymous.get("/auth/token/login").headers["location"] == "/"


def test_a_token_without_a_password_needs_a_server_without_a_login(sqlite_api: Api) -> None:
    assert sqlite_api.anonymous.get("/auth/token").status_code == 403
    assert sqlite_api.anonymous.get("/auth/token/login").status_code == 403
