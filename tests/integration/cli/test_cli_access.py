"""`roles`, `tokens` and `users` on the command line: what they do, and that the audit log says who came that way."""

from __future__ import annotations

import getpass
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cli_lab import Command, opened
from sqlalchemy import select

from tradewind.store import Store, tables
from tradewind.store.engine import read
from tradewind.store.rights import Grant


@pytest.fixture
def store(home: Path, run: Command) -> Iterator[Store]:
    """The store of the commands, with a user."""
    assert run("db", "migrate").code == 0
    assert run("users", "create", "-u", "ann", "-r", "Op", "-p", "a good password").code == 0
    with opened(home) as made:
        yield made


def told(store: Store, event: str) -> Any:
    """The newest audit entry of a kind."""
    query = select(tables.event_log).where(tables.event_log.c.event == event).order_by(tables.event_log.c.id.desc())
    with read(store.engine) as connection:
        return connection.execute(query).mappings().first()


def test_roles_are_made_limited_and_removed(store: Store, run: Command) -> None:
    assert [row["name"] for row in run("roles", "list", "-o", "json").json] == ["viewer", "user", "op", "admin"]
    made = run(
        *("roles", "create", "sales", "--base", "user", "--dags", "pattern:sales_*=run", "--dags", "tag:eu=read"),
        *("--description", "the sellers"),
    )
    assert (made.code, "allows what user does" in made.out) == (0, True)
    role = store.roles.get("sales")
    assert (role.base, role.dag_limited, role.description) == ("user", True, "the sellers")
    assert set(role.grants) == {Grant("pattern", "sales_*", "run"), Grant("tag", "eu", "read")}
    listed = run("roles", "list", "-o", "json").json[-1]
    assert listed["name"] == "sales" and "sales_*" in listed["dags"] and listed["description"] == "the sellers"
    assert run("roles", "set-dags", "sales", "--dags", "dag:orders=run").code == 0
    assert store.roles.get("sales").grants == (Grant("dag", "orders", "run"),)
    changed = told(store, "update_role")
    assert (changed["via"], changed["owner"]) == ("cli", getpass.getuser())
    assert "sales_*" in changed["before"] and "orders" in changed["after"]
    none = run("roles", "set-dags", "sales")
    assert (none.code, store.roles.get("sales").grants) == (0, ())
    assert "whose files name it" in none.out

    assert run("users", "create", "-u", "bob", "-r", "sales", "-p", "another password").code == 0
    taken = run("roles", "delete", "sales", "-y", code=None)
    assert taken.code != 0 and "sales" in taken.err
    assert run("users", "delete", "-u", "bob", "-y").code == 0
    assert run("roles", "delete", "sales", "-y").code == 0
    assert told(store, "delete_role")["via"] == "cli"
    for refused in (
        ("roles", "create", "viewer"),
        ("roles", "create", "x", "--base", "king"),
        ("roles", "create", "x", "--dags", "folder:a=run"),
        ("roles", "create", "x", "--dags", "dag:a=own"),
        ("roles", "delete", "admin", "-y"),
        ("roles", "set-dags", "nobody"),
    ):
        answer = run(*refused, code=None)
        assert answer.code != 0 and "fix:" in answer.err, (refused, answer)
    assert len(store.roles.list()) == 4


def test_tokens_are_shown_once_and_end(store: Store, run: Command) -> None:
    made = run("tokens", "create", "ci", "-u", "ann", "--scope", "run", "--days", "90", "--dags", "dag:nightly=run")
    secret = made.out.strip()
    assert made.code == 0 and secret.startswith("tw_") and "\n" not in secret
    found = store.identities.token(secret, datetime.now(UTC))
    assert found is not None and (found.user.username, found.role) == ("ann", "user")
    (token,) = store.api_tokens.list()
    assert token.grants == (Grant("dag", "nightly", "run"),)
    assert token.expires_at is not None
    assert timedelta(days=89) < token.expires_at - datetime.now(UTC) <= timedelta(days=90)
    listed = run("tokens", "list", "-o", "json")
    assert secret not in listed.out
    assert (listed.json[0]["name"], listed.json[0]["scope"]) == ("ci", "run")
    entry = told(store, "create_token")
    assert entry["via"] == "cli"
    assert secret not in json.dumps(dict(entry), default=str)
    revoked = run("tokens", "revoke", token.id)
    assert revoked.code == 0 and "ci of ann is revoked" in revoked.out
    assert store.identities.token(secret, datetime.now(UTC)) is None
    assert told(store, "revoke_token")["via"] == "cli"
    for refused in (
        ("tokens", "create", "x", "-u", "nobody"),
        ("tokens", "create", "x", "-u", "ann", "--scope", "everything"),
        ("tokens", "create", "x", "-u", "ann", "--days", "0"),
        ("tokens", "revoke", "not-there"),
    ):
        assert run(*refused, code=None).code != 0, refused
    assert len(store.api_tokens.list()) == 1


def test_a_user_is_limited_to_dags(store: Store, run: Command) -> None:
    made = run("users", "set-dags", "-u", "ann", "--dags", "pattern:a_*=run", "--dags", "dag:b=read")
    assert made.code == 0, made.err
    assert store.users.get("ann").dag_limited
    assert set(store.users.grants("ann")) == {Grant("pattern", "a_*", "run"), Grant("dag", "b", "read")}
    entry = told(store, "update_user")
    assert entry["via"] == "cli" and "a_*" in entry["after"]
    assert run("users", "create", "-u", "cho", "-r", "viewer", "-p", "some password", "--dags", "tag:eu=read").code == 0
    assert list(store.users.grants("cho")) == [Grant("tag", "eu", "read")] and store.users.get("cho").dag_limited
    assert run("users", "set-dags", "-u", "nobody", "--dags", "dag:b=read", code=None).code != 0


def test_what_is_done_here_is_told_as_such(store: Store, run: Command) -> None:
    assert run("variables", "set", "api_key", "a-secret-value").code == 0
    assert run("pools", "set", "small", "3", "few").code == 0
    assert run("connections", "add", "lake", "--conn-uri", "http://u:secret-pass@h").code == 0
    for event in ("post_variable", "post_pool", "post_connection", "create_user"):
        entry = told(store, event)
        assert entry is not None, event
        assert (entry["via"], entry["owner"]) == ("cli", getpass.getuser()), event
        text = json.dumps(dict(entry), default=str)
        assert "a-secret-value" not in text and "secret-pass" not in text and "a good password" not in text


def test_former_secrets_are_counted_and_forgotten(store: Store, run: Command) -> None:
    for value in ("first-value", "second-value"):
        assert run("variables", "set", "token_kind", value).code == 0
    store.kept_secrets.tell(["told-by-a-task"])
    listed = run("secrets", "list", "-o", "json")
    assert [(row["of"], row["name"], row["kept"]) for row in listed.json] == [
        ("task", None, "1"),
        ("variable", "token_kind", "1"),
    ]
    assert "first-value" not in listed.out
    for refused in (("secrets", "forget"), ("secrets", "forget", "--tasks", "--variable", "token_kind")):
        answer = run(*refused, code=None)
        assert answer.code != 0 and "give one of them" in answer.err
    forgot = run("secrets", "forget", "--variable", "token_kind")
    assert (forgot.code, forgot.out.strip()) == (0, "1 forgotten")
    entry = told(store, "forget_secrets")
    assert (entry["via"], entry["owner"]) == ("cli", getpass.getuser())
    assert run("secrets", "forget", "--tasks").out.strip() == "1 forgotten"
    assert store.kept_secrets.ids() == set()
    assert run("secrets", "forget", "--connection", "lake").out.strip() == "0 forgotten"
