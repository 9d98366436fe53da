"""Every route of the API refuses who lacks the right, and takes who has it."""

from __future__ import annotations

from pathlib import Path

from walk import filled, walking

from tradewind.store import Store
from tradewind.testing.clock import VirtualClock

ROLES = (None, "viewer", "user", "op", "admin")
T, V2 = "/api/tradewind", "/api/v2"
RUN = f"{V2}/dags/{{dag_id}}/dagRuns/{{dag_run_id}}"
TI = f"{RUN}/taskInstances/{{task_id}}"

# Reads are for viewers, changes for users; but for these.
OPEN = {
    f"GET {V2}/auth/login", f"GET {V2}/auth/logout", f"GET {V2}/version", f"GET {V2}/monitor/health",
    f"POST {T}/login", f"POST {T}/logout", f"GET {T}/login-options", f"GET {T}/oidc/login", f"GET {T}/oidc/callback",
}  # fmt: skip
"""What is asked before somebody logs in."""
VIEWER = {
    # reads with a body, and what is everybody's own
    f"POST {V2}/dags/{{dag_id}}/dagRuns/list", f"POST {RUN}/taskInstances/list",
    f"POST {T}/preview/schedule", f"POST {T}/preview/mark/{{dag_id}}", f"POST {T}/preview/mark-run/{{dag_id}}",
    f"POST {T}/preview/trigger/{{dag_id}}", f"POST {T}/preview/clear/{{dag_id}}", f"POST {T}/preview/runs",
    f"POST {V2}/dags/{{dag_id}}/favorite", f"POST {V2}/dags/{{dag_id}}/unfavorite",
    f"POST {T}/me/password", f"POST {T}/tokens", f"DELETE {T}/tokens/{{token_id}}", f"POST {T}/logout-everywhere",
}  # fmt: skip
OP = (f"{V2}/variables", f"{V2}/connections")
"""All below these."""
OP_CHANGES = (f"{V2}/pools",)
ADMIN = (f"{T}/users", f"{T}/roles", f"{T}/audit")
SWITCHED_OFF = (f"{V2}/config", f"{T}/config")
"""Refused to everybody here: the configuration is not shown."""


def least(method: str, path: str) -> str | None:
    """The least role that the route takes; None: anybody."""
    name = f"{method} {path}"
    if name in OPEN:
        return None
    if path.startswith(ADMIN):
        return "admin"
    if path.startswith(OP) or (path.startswith(OP_CHANGES) and method != "GET"):
        return "op"
    return "viewer" if method == "GET" or name in VIEWER else "user"


def test_every_route_refuses_who_lacks_the_right(sqlite_store: Store, present: VirtualClock, tmp_path: Path) -> None:
    with walking(sqlite_store, present, tmp_path / "logs") as walk:
        tokens = {role: role and walk.user(role, role) for role in ROLES}
        names = set()
        for method, path, _ in walk.routes():
            names.add(f"{method} {path}")
            role = least(method, path)
            place = filled(path, {"dag_id": "not_there"})
            if role is not None:
                # with the role below it, and without any: 401 is "who are you", 403 "you may not"
                below = ROLES[ROLES.index(role) - 1]
                answer = walk.ask(tokens[below], method, place)
                assert answer.status_code == (401 if below is None else 403), (method, path, below, answer.text)
                assert below is None or f"the role {role}" in answer.text, answer.text
                if below is not None:
                    assert walk.ask(None, method, place).status_code == 401, (method, path)
            if path == f"{T}/logout-everywhere":
                continue  # it takes the token away
            answer = walk.ask(tokens[role], method, place)
            refused = answer.status_code in (401, 403)
            assert refused == path.startswith(SWITCHED_OFF), (method, path, role, answer.text)
            assert answer.status_code < 500, (method, path, answer.text)
        # the table names what is there
        assert not (OPEN | VIEWER) - names
        assert {f"GET {T}/users", f"PATCH {V2}/pools", f"GET {T}/audit", f"DELETE {TI}"} <= names
        assert walk.ask(tokens["viewer"], "POST", f"{T}/logout-everywhere").status_code == 204


def test_a_scope_takes_away_what_its_user_may(sqlite_store: Store, present: VirtualClock, tmp_path: Path) -> None:
    """A token of an administrator does what its scope says, on every route."""
    with walking(sqlite_store, present, tmp_path / "logs") as walk:
        walk.user("boss", "admin")
        tokens = sqlite_store.api_tokens
        scopes = {"read": "viewer", "run": "user", "operate": "op"}
        made = {role: tokens.create(s, "boss", s, now=present.now(), by="boss")[0] for s, role in scopes.items()}
        for method, path, _ in walk.routes():
            role = least(method, path)
            if role in (None, "viewer"):
                continue
            below = ROLES[ROLES.index(role) - 1]
            assert below is not None
            answer = walk.ask(made[below], method, filled(path, {"dag_id": "not_there"}))
            assert answer.status_code == 403, (method, path, answer.text)
        # nor does it make itself more: tokens, passwords and logins are matters of people
        for body in ({"name": "x", "scope": "read"}, {"name": "x", "scope": "admin", "username": "boss"}):
            assert walk.ask(made["op"], "POST", f"{T}/tokens", body).status_code == 403
        words = {"old_password": "a", "new_password": "b"}
        assert walk.ask(made["op"], "POST", f"{T}/me/password", words).status_code == 403
        assert walk.ask(made["op"], "POST", f"{T}/logout-everywhere").status_code == 403
        ids = {each.scope: each.id for each in tokens.list()}
        assert walk.ask(made["viewer"], "DELETE", f"{T}/tokens/{ids['run']}").status_code == 403
        assert walk.ask(made["user"], "GET", f"{T}/tokens").status_code == 200
        assert walk.ask(made["user"], "DELETE", f"{T}/tokens/{ids['run']}").status_code == 204
        assert walk.ask(made["user"], "GET", f"{T}/tokens").status_code == 401
