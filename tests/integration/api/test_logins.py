"""Logins of browsers and through an OpenID provider, tokens of machines, users and roles over REST, the audit log."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from api_lab import PASSWORD, Api, running
from joserfc.jwk import RSAKey

from support.actions_lab import dag
from support.oidc_provider import CLIENT, SECRET, Provider, serving_provider
from tradewind.errors import ConflictError
from tradewind.server.oidc import OidcSettings
from tradewind.store import Store, tables
from tradewind.store.engine import write
from tradewind.testing.clock import VirtualClock

HOME = "/api/tradewind"
PAGE = {"sec-fetch-site": "same-origin"}


def browser(api: Api, username: str = "ann", password: str = PASSWORD) -> httpx.Client:
    """A client that is logged in by the cookie."""
    made = api.client()
    made.headers.update(PAGE)
    answer = made.post(f"{HOME}/login", json={"username": username, "password": password})
    assert answer.status_code == 204, answer.text
    return made


@pytest.fixture
def ann(sqlite_api: Api) -> httpx.Client:
    """An administrator at a browser."""
    sqlite_api.store.users.create("ann", PASSWORD, "admin", now=sqlite_api.clock.now())
    return browser(sqlite_api)


# --- Browsers -------------------------------------------------------------------------------------------------


def test_a_login_lasts_while_it_is_used_and_not_for_ever(sqlite_api: Api, ann: httpx.Client) -> None:
    clock = sqlite_api.clock
    for _ in range(6):
        clock.advance(timedelta(hours=23))
        assert ann.get(f"{HOME}/session").status_code == 200
    clock.advance(timedelta(hours=23))
    clock.advance(timedelta(hours=8))
    assert ann.get(f"{HOME}/session").status_code == 401, "a week is the most"
    again = browser(sqlite_api)
    clock.advance(timedelta(hours=25))
    assert again.get(f"{HOME}/session").status_code == 401, "not used for a day"


def test_the_cookie_is_no_bearer_token_and_is_not_kept_as_it_is(sqlite_api: Api, ann: httpx.Client) -> None:
    cookie = ann.cookies["_token"]
    assert sqlite_api.client(cookie).get(f"{HOME}/session").status_code == 401
    assert cookie not in str(sqlite_api.lab.rows("login_session"))


def test_logging_out_ends_the_login_also_for_who_copied_the_cookie(sqlite_api: Api, ann: httpx.Client) -> None:
    cookie = ann.cookies["_token"]
    assert ann.post(f"{HOME}/logout").status_code == 204
    thief = sqlite_api.client()
    thief.cookies.set("_token", cookie)
    assert thief.get(f"{HOME}/session").status_code == 401


def test_logging_out_everywhere(sqlite_api: Api, ann: httpx.Client) -> None:
    other = browser(sqlite_api)
    body = {"username": "ann", "password": PASSWORD}
    bearer = sqlite_api.client(sqlite_api.anonymous.post("/auth/token", json=body).json()["access_token"])
    machine = sqlite_api.client(ann.post(f"{HOME}/tokens", json={"name": "m"}).json()["token"])
    sqlite_api.clock.advance(timedelta(milliseconds=10))
    assert other.post(f"{HOME}/logout-everywhere").status_code == 204
    for client in (ann, other, bearer):
        assert client.get(f"{HOME}/session").status_code == 401
    assert machine.get(f"{HOME}/session").status_code == 200, "machines are revoked one by one"
    assert browser(sqlite_api).get(f"{HOME}/session").status_code == 200


def test_a_request_with_the_cookie_must_come_from_a_page_of_ours(sqlite_api: Api, ann: httpx.Client) -> None:
    bare = sqlite_api.client()
    bare.cookies.set("_token", ann.cookies["_token"])
    body = {"name": "p", "slots": 1}
    assert bare.get("/api/v2/pools").status_code == 200
    for headers, status in (
        ({}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": sqlite_api.url}, 201),
    ):
        assert bare.post("/api/v2/pools", json=body, headers=headers).status_code == status, headers
    token = sqlite_api.as_role("op")
    assert token.post("/api/v2/pools", json={**body, "name": "q"}).status_code == 201, "a token is no cookie"


def test_over_https_the_cookie_is_of_this_host_only(sqlite_store: Store, present: VirtualClock, tmp_path: Path) -> None:
    with running(sqlite_store, present, tmp_path / "logs", base_url="https://flows.example.com") as api:
        api.store.users.create("ann", PASSWORD, "admin", now=present.now())
        answer = api.anonymous.post(f"{HOME}/login", json={"username": "ann", "password": PASSWORD})
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("__Host-_token=")
        assert {"HttpOnly", "Secure", "Path=/"} <= {part.strip() for part in cookie.split(";")}
        assert "SameSite=strict" in cookie and "Domain" not in cookie
        assert "max-age=31536000" in answer.headers["strict-transport-security"]
    with running(sqlite_store, present, tmp_path / "logs") as api:
        assert "strict-transport-security" not in api.anonymous.get("/api/v2/version").headers


def test_a_new_password_ends_the_other_logins(sqlite_api: Api, ann: httpx.Client) -> None:
    other = browser(sqlite_api)
    change = {"old_password": "wrong", "new_password": "another one"}
    assert ann.post(f"{HOME}/me/password", json=change).status_code == 400
    sqlite_api.clock.advance(timedelta(seconds=1))
    assert ann.post(f"{HOME}/me/password", json={**change, "old_password": PASSWORD}).status_code == 204
    assert ann.get(f"{HOME}/session").status_code == 200
    assert other.get(f"{HOME}/session").status_code == 401
    assert browser(sqlite_api, password="another one").get(f"{HOME}/session").status_code == 200


# --- Machines -------------------------------------------------------------------------------------------------


def test_a_token_of_a_machine(sqlite_api: Api, ann: httpx.Client) -> None:
    api = sqlite_api
    api.lab.add(dag("a"), dag("b"))
    until = (api.clock.now() + timedelta(days=30)).isoformat()
    made = ann.post(
        f"{HOME}/tokens",
        json={"name": "ci", "scope": "run", "expires_at": until, "dags": [{"kind": "dag", "value": "a", "may": "run"}]},
    ).json()
    secret = made["token"]
    assert secret.startswith("tw_") and len(secret) > 40
    assert secret not in str(api.lab.rows("api_token"))
    machine = api.client(secret)
    assert [each["dag_id"] for each in machine.get("/api/v2/dags").json()["dags"]] == ["a"]
    assert machine.post("/api/v2/dags/a/dagRuns", json={"logical_date": None}).status_code == 200
    assert machine.post("/api/v2/dags/b/dagRuns", json={"logical_date": None}).status_code == 404
    assert machine.get("/api/v2/connections").status_code == 403, "its scope is less than its user's role"
    assert machine.post(f"{HOME}/tokens", json={"name": "more"}).status_code == 403
    [listed] = ann.get(f"{HOME}/tokens").json()["tokens"]
    assert "token" not in listed and listed["last_used_at"] is not None
    assert listed["hint"] == secret[:7]

    reader = api.client(ann.post(f"{HOME}/tokens", json={"name": "r", "scope": "read"}).json()["token"])
    assert reader.get("/api/v2/dags").json()["total_entries"] == 2
    assert reader.patch("/api/v2/dags/a", json={"is_paused": True}).status_code == 403

    api.clock.advance(timedelta(days=31))
    assert machine.get("/api/v2/dags").status_code == 401, "expired"
    assert reader.get("/api/v2/dags").status_code == 200
    api.store.users.set_role("ann", "viewer")
    strong, _ = api.store.api_tokens.create("s", "ann", "admin", now=api.clock.now(), by="x")
    assert api.client(strong).get("/api/v2/connections").status_code == 403, "not more than its user has now"
    api.store.users.set_role("ann", "admin")
    back = browser(api)
    for token in back.get(f"{HOME}/tokens").json()["tokens"]:
        assert back.delete(f"{HOME}/tokens/{token['id']}").status_code == 204
    assert reader.get("/api/v2/dags").status_code == 401, "revoked"


def test_tokens_of_others_are_not_there(sqlite_api: Api, ann: httpx.Client) -> None:
    api = sqlite_api
    token = ann.post(f"{HOME}/tokens", json={"name": "m"}).json()
    user = api.as_role("user")
    assert user.get(f"{HOME}/tokens").json()["tokens"] == []
    assert user.delete(f"{HOME}/tokens/{token['id']}").status_code == 404
    assert user.post(f"{HOME}/tokens", json={"name": "m", "username": "ann"}).status_code == 403
    assert user.post(f"{HOME}/tokens", json={"name": "m", "scope": "admin"}).status_code == 403
    body = {"name": "m", "scope": "admin", "dags": []}
    assert ann.post(f"{HOME}/tokens", json=body).status_code == 400


# --- Users and roles ------------------------------------------------------------------------------------------


def test_users_and_roles(sqlite_api: Api, ann: httpx.Client) -> None:
    rights = [{"kind": "tag", "value": "sales", "may": "run"}]
    role = {"name": "sales", "base": "user", "dag_limited": True, "dags": rights}
    assert ann.post(f"{HOME}/roles", json=role).json()["dags"] == rights
    assert ann.post(f"{HOME}/roles", json=role).status_code == 409
    assert ann.post(f"{HOME}/roles", json={**role, "name": "x", "base": "admin"}).status_code == 400
    bob = ann.post(f"{HOME}/users", json={"username": "bob", "password": PASSWORD, "role": "sales"}).json()
    assert (bob["base"], bob["role_limited"], bob["dags"]) == ("user", True, [])
    assert ann.delete(f"{HOME}/roles/sales").status_code == 409, "bob has it"
    session = browser(sqlite_api, "bob").get(f"{HOME}/session").json()
    assert (session["role"], session["role_name"], session["dag_limited"]) == ("user", "sales", True)
    assert session["look_only"] == [] == ann.get(f"{HOME}/session").json()["look_only"]
    assert ann.patch(f"{HOME}/users/bob", json={"role": "viewer", "dag_limited": True}).json()["role"] == "viewer"
    assert ann.patch(f"{HOME}/users/bob", json={"role": "admin"}).status_code == 400, "limited"
    assert ann.patch(f"{HOME}/users/ann", json={"role": "op"}).status_code == 409, "the last administrator"
    assert ann.delete(f"{HOME}/users/ann").status_code == 409
    assert ann.delete(f"{HOME}/users/bob").status_code == 204
    assert ann.delete(f"{HOME}/roles/sales").status_code == 204
    assert [each["name"] for each in ann.get(f"{HOME}/roles").json()["roles"]] == ["viewer", "user", "op", "admin"]
    for number in range(3):
        ann.post(f"{HOME}/users", json={"username": f"u{number}", "password": PASSWORD})
    page = ann.get(f"{HOME}/users?limit=2").json()
    assert [each["username"] for each in page["users"]] == ["ann", "u0"]
    page = ann.get(f"{HOME}/users", params={"limit": 2, "mark": page["next"]}).json()
    assert ([each["username"] for each in page["users"]], page["next"]) == (["u1", "u2"], None)
    for path in ("users", "roles", "audit"):
        assert sqlite_api.as_role("op").get(f"{HOME}/{path}").status_code == 403


def test_who_is_given_rights_is_limited_to_them_unless_it_is_said_otherwise(sqlite_api: Api, ann: httpx.Client) -> None:
    rights = [{"kind": "dag", "value": "one", "may": "read"}]
    given = {"password": PASSWORD, "role": "user", "dags": rights}
    assert ann.post(f"{HOME}/users", json={"username": "bob", **given}).json()["dag_limited"] is True
    assert browser(sqlite_api, "bob").get(f"{HOME}/session").json()["dag_limited"] is True
    said = ann.post(f"{HOME}/users", json={"username": "cho", **given, "dag_limited": False}).json()
    assert (said["dag_limited"], said["dags"]) == (False, rights)
    assert ann.patch(f"{HOME}/users/cho", json={"role": "viewer"}).json()["dag_limited"] is False
    assert ann.patch(f"{HOME}/users/cho", json={"dags": []}).json()["dag_limited"] is False
    assert ann.patch(f"{HOME}/users/cho", json={"dags": rights}).json()["dag_limited"] is True
    assert ann.patch(f"{HOME}/users/cho", json={"dags": []}).json()["dag_limited"] is True, "nobody gets more by less"
    assert ann.patch(f"{HOME}/users/ann", json={"dags": rights}).status_code == 400, "an administrator"
    role = {"name": "sales", "base": "user", "dags": rights}
    assert ann.post(f"{HOME}/roles", json=role).json()["dag_limited"] is True
    assert ann.patch(f"{HOME}/roles/sales", json={"dag_limited": False}).json()["dag_limited"] is False
    assert ann.patch(f"{HOME}/roles/sales", json={"dags": rights}).json()["dag_limited"] is True


# --- The audit log --------------------------------------------------------------------------------------------


def test_the_audit_log_tells_before_and_after_and_no_secret(sqlite_api: Api, ann: httpx.Client) -> None:
    api = sqlite_api
    api.lab.add(dag("a"))
    ann.post("/api/v2/variables", json={"key": "limit", "value": "hush hush"})
    ann.patch("/api/v2/variables/limit", json={"key": "limit", "value": "be quiet", "description": "new"})
    connection = {
        "connection_id": "db",
        "conn_type": "http",
        "host": "h1",
        "password": "hush pw",
        "extra": '{"t": "hush"}',
    }
    ann.post("/api/v2/connections", json=connection)
    ann.patch("/api/v2/connections/db", json={**connection, "host": "h2", "password": "hush 2"})
    ann.post("/api/v2/pools", json={"name": "p", "slots": 1})
    ann.patch("/api/v2/pools/p", json={"slots": 5})
    ann.patch("/api/v2/dags/a", json={"is_paused": False})
    token = ann.post(f"{HOME}/tokens", json={"name": "m", "scope": "run"}).json()["token"]
    api.client(token).post("/api/v2/dags/a/dagRuns", json={"logical_date": None, "dag_run_id": "r"})
    entry = {"key": "k", "value": 1}
    path = "/api/v2/dags/a/dagRuns/r/taskInstances/a/xcomEntries"
    assert ann.post(path, json=entry).status_code == 201
    assert ann.patch(f"{path}/k", json={"value": 2}).status_code == 200
    assert ann.delete(f"{path}/k").status_code == 204
    ann.post(f"{HOME}/users", json={"username": "bob", "password": "hush password"})

    text = ann.get(f"{HOME}/audit?limit=500").text
    assert "hush" not in text and "quiet" not in text and token not in text
    entries = {each["event"]: each for each in ann.get(f"{HOME}/audit?limit=500").json()["entries"]}
    assert entries["patch_pool"]["before"] == {"slots": 1} and entries["patch_pool"]["after"] == {"slots": 5}
    assert entries["patch_connection"]["before"] == {"host": "h1", "password": "***"}
    assert entries["patch_connection"]["after"] == {"host": "h2", "password": "*** (changed)"}
    assert entries["patch_variable"]["after"]["description"] == "new"
    assert entries["patch_dag"]["before"] == {"is_paused": True}
    assert (entries["patch_dag"]["who"], entries["patch_dag"]["via"]) == ("ann", "ui")
    assert (entries["trigger_dag_run"]["who"], entries["trigger_dag_run"]["via"]) == ("ann", "api")
    assert entries["update_xcom_entry"]["before"] == {"value": "1"}
    assert {"create_xcom_entry", "delete_xcom_entry", "create_user", "create_token"} <= entries.keys()
    pages, mark = [], None
    while True:
        query: dict[str, Any] = {"limit": 4} | ({} if mark is None else {"mark": mark})
        page = ann.get(f"{HOME}/audit", params=query).json()
        pages += [each["id"] for each in page["entries"]]
        mark = page["next"]
        if mark is None:
            break
    assert pages == sorted(pages, reverse=True) and len(pages) == len(api.lab.rows("event_log"))
    assert {each["event"] for each in ann.get(f"{HOME}/audit?event=patch_dag&who=ann&via=ui").json()["entries"]} == {
        "patch_dag"
    }
    assert ann.get("/api/v2/eventLogs?event=create_user").json()["total_entries"] == 1, "Airflow's list has them, too"


# --- OpenID ---------------------------------------------------------------------------------------------------


@pytest.fixture
def provider(present: VirtualClock) -> Iterator[Provider]:
    """A provider that says who `ann` is."""
    with serving_provider(present.now) as made:
        yield made


@pytest.fixture
def oidc_api(provider: Provider, sqlite_store: Store, present: VirtualClock, tmp_path: Path) -> Iterator[Api]:
    """A server that sends people there."""
    settings = OidcSettings(
        issuer=provider.url,
        client_id=CLIENT,
        client_secret=SECRET,
        name="Company",
        role_map={"staff": "user", "root": "admin", "guests": "viewer"},
    )
    with running(sqlite_store, present, tmp_path / "logs", oidc=settings) as made:
        yield made


def there_and_back(api: Api, client: httpx.Client, next_path: str = "/dags?tag=x") -> httpx.Response:
    """Log in through the provider as a browser does."""
    begun = client.get(f"{HOME}/oidc/login", params={"next": next_path})
    assert begun.status_code == 303
    back = httpx.get(begun.headers["location"]).headers["location"]
    assert back.startswith(f"{api.url}{HOME}/oidc/callback?")
    return client.get(back)


def test_logging_in_through_a_provider(oidc_api: Api, provider: Provider) -> None:
    api, client = oidc_api, oidc_api.client()
    assert client.get(f"{HOME}/login-options").json() == {"password": True, "oidc": "Company"}
    answer = there_and_back(api, client)
    assert answer.status_code == 200
    assert 'content="0;url=/dags?tag=x"' in answer.text
    session = client.get(f"{HOME}/session").json()
    assert (session["username"], session["role"]) == ("ann", "user")
    assert api.store.users.get("ann").issuer == provider.url
    assert api.store.users.verify("ann", "") is None, "there is no password to log in with"
    # what the provider says now counts, the highest of several
    provider.claims["groups"] = ["guests", "root", "unknown"]
    there_and_back(api, client)
    assert client.get(f"{HOME}/session").json()["role"] == "admin"
    provider.claims["groups"] = ["unknown"]
    stranger = api.client()
    assert there_and_back(api, stranger).headers["location"] == "/login?problem=oidc"
    assert stranger.get(f"{HOME}/session").status_code == 401
    for path in ("https://evil.example", "//evil.example", "/\\evil.example", "/a\tb"):
        assert client.get(f"{HOME}/oidc/login", params={"next": path}).status_code == 400


def test_a_name_at_the_provider_is_not_the_person(oidc_api: Api, provider: Provider) -> None:
    """There people may change what they are called; who logged in first under a name here stays that user."""
    api = oidc_api
    assert there_and_back(api, api.client()).status_code == 200
    assert api.store.users.get("ann").subject == "s1"
    provider.claims["sub"] = "s2"
    thief = api.client()
    assert there_and_back(api, thief).headers["location"] == "/login?problem=oidc"
    assert thief.get(f"{HOME}/session").status_code == 401
    # somebody who logged in before this was kept is the first who comes
    with write(api.store.engine) as connection:
        connection.execute(tables.user.update().values(subject=None))
    assert there_and_back(api, thief).status_code == 200
    assert api.store.users.get("ann").subject == "s2"
    provider.claims["sub"] = "s1"
    assert there_and_back(api, api.client()).headers["location"] == "/login?problem=oidc"
    with pytest.raises(ConflictError):
        api.store.users.bind("ann", "s1")


@pytest.mark.parametrize(
    "wrong",
    [
        {"nonce": "another"},
        {"iss": "https://evil.example"},
        {"aud": "somebody else"},
        {"aud": [CLIENT, "x"]},
        {"exp": 1},
        {"iat": 4e9},
        {"sub": ""},
        {"sub": 7},
        {"sub": "s" * 256},
        {"preferred_username": ""},
        {"preferred_username": "root"},
    ],
    ids=str,
)
def test_a_token_that_was_not_made_for_this_login(oidc_api: Api, provider: Provider, wrong: dict[str, Any]) -> None:
    oidc_api.store.users.create("root", PASSWORD, "admin", now=oidc_api.clock.now())
    provider.override = wrong
    client = oidc_api.client()
    assert there_and_back(oidc_api, client).headers["location"] == "/login?problem=oidc"
    assert client.get(f"{HOME}/session").status_code == 401


def test_codes_states_and_signatures(oidc_api: Api, provider: Provider) -> None:
    api, client, other = oidc_api, oidc_api.client(), oidc_api.client()
    begun = client.get(f"{HOME}/oidc/login").headers["location"]
    query = parse_qs(urlsplit(begun).query)
    assert query["code_challenge_method"] == ["S256"] and query["redirect_uri"] == [f"{api.url}{HOME}/oidc/callback"]
    back = httpx.get(begun).headers["location"]
    assert other.get(back).headers["location"] == "/login?problem=oidc", "another browser began it"
    changed = back.replace("state=", "state=x")
    assert client.get(changed).headers["location"] == "/login?problem=oidc"
    # the state failed: the note is gone, and the login begins anew
    begun = client.get(f"{HOME}/oidc/login").headers["location"]
    back = httpx.get(begun).headers["location"]
    api.clock.advance(timedelta(minutes=11))
    assert client.get(back).headers["location"] == "/login?problem=oidc", "too late"
    assert there_and_back(api, client).status_code == 200
    # a key that the provider does not tell of; then one that it changed to
    stray = RSAKey.generate_key(2048, {"kid": "two", "use": "sig"})
    provider.signs_with = stray
    assert there_and_back(api, other).headers["location"] == "/login?problem=oidc"
    provider.key = stray
    assert there_and_back(api, other).status_code == 200
    assert provider.refusals == []


def test_a_code_that_somebody_else_got(oidc_api: Api, provider: Provider) -> None:
    """The code of another login comes with this browser's state: the verifier does not fit."""
    mine, victim = oidc_api.client(), oidc_api.client()
    first = httpx.get(mine.get(f"{HOME}/oidc/login").headers["location"]).headers["location"]
    second = httpx.get(victim.get(f"{HOME}/oidc/login").headers["location"]).headers["location"]
    code = parse_qs(urlsplit(first).query)["code"][0]
    state = parse_qs(urlsplit(second).query)["state"][0]
    answer = victim.get(f"{HOME}/oidc/callback", params={"code": code, "state": state})
    assert answer.headers["location"] == "/login?problem=oidc"
    assert provider.refusals == ["verifier"]
