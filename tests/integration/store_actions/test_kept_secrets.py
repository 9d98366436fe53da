"""What was a secret yesterday, and what tasks learned elsewhere, is kept to be hidden: once, sealed, not too much."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from support.actions_lab import NOW, Lab, dag
from tradewind.spec.wire import ConnectionData
from tradewind.store import Store, kept_secrets, key_rotation, tables
from tradewind.store.engine import read, write
from tradewind.store.kept_secrets import KeptSecrets
from tradewind.store.vault import Vault, new_key

_row = tables.kept_secret.c


def kept(store: Store) -> dict[str, tuple[str, str | None]]:
    """What is kept -> where it is from."""
    with read(store.engine) as connection:
        rows = connection.execute(select(_row.value, _row.origin, _row.subject)).all()
    found = {store.vault.open(row.value): (row.origin, row.subject) for row in rows}
    assert len(found) == len(rows), "each is there once"
    return found


def lake(**fields: str) -> ConnectionData:
    return ConnectionData(conn_id="lake", conn_type="http", **fields)


def test_what_a_connection_held_is_kept(store: Store) -> None:
    connections = store.connections
    connections.add(lake(password="first-pass", extra='{"token": "first-token", "region": "eu-central"}'))
    assert kept(store) == {}
    connections.update(lake(host="h"), {"host"})
    connections.set(lake(password="first-pass", extra='{"token": "first-token"}'))
    assert kept(store) == {}, "nothing of it changed but what is not secret"
    lakes = ("connection", "lake")
    connections.update(lake(password="second-pass"), {"password"})
    assert kept(store) == {"first-pass": lakes}
    connections.set(lake(password="third-pass", extra='{"api_key": "first-token"}'))
    assert kept(store) == {"first-pass": lakes, "second-pass": lakes}, "the token is still in use"
    connections.import_([lake(password="abcd")], "overwrite")
    assert kept(store).keys() == {"first-pass", "second-pass", "third-pass", "first-token"}
    connections.delete("lake")
    assert "abcd" not in kept(store), "too short to be hidden"
    connections.add(lake(password="first-pass"))
    connections.delete("lake")
    assert len(kept(store)) == 4


def test_what_a_variable_held_is_kept(store: Store) -> None:
    variables = store.variables
    variables.set("cursor", "a-plain-value")
    variables.set("cursor", "another-plain-value")
    variables.set("api_key", "key-one")
    variables.set("api_key", "key-one", "the same")
    variables.set("json", '{"password": "json-pass", "rows": "plain"}')
    assert kept(store) == {}
    variables.set("api_key", "key-two")
    variables.update("api_key", {"value": "key-three"})
    variables.update("api_key", {"description": "d"})
    variables.import_({"api_key": "key-four", "json": {"password": "json-pass-2"}, "new_token": "new-one"})
    variables.discard("new_token")
    variables.discard("new_token")
    keys = dict.fromkeys(("key-one", "key-two", "key-three"), ("variable", "api_key"))
    assert kept(store) == {**keys, "json-pass": ("variable", "json"), "new-one": ("variable", "new_token")}


def test_what_cannot_be_opened_can_be_replaced(store: Store) -> None:
    store.connections.add(lake(password="first-pass"))
    store.variables.set("a_token", "first-token")
    other = Store.__new__(Store)
    other.engine, other.vault = store.engine, Vault(new_key())
    other.connections.set(lake(password="second-pass"))
    other.variables.set("a_token", "second-token")
    assert kept(other) == {}
    store.connections.delete("lake")
    assert kept(other) == {}


def test_a_change_that_is_rolled_back_keeps_nothing(store: Store) -> None:
    store.variables.set("a_token", "first-token")
    with pytest.raises(ZeroDivisionError), write(store.engine) as connection:
        store.kept_secrets.retire(connection, "variable", "a_token", [lambda: {"first-token"}])
        raise ZeroDivisionError
    assert kept(store) == {}


def test_what_tasks_tell_of(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [NOW]
    told = KeptSecrets(store.engine, store.vault, lambda: now[0])
    told.tell(["vault-pass", "abcd", "x" * (kept_secrets.LONGEST + 1), "vault-pass"])
    assert kept(store) == {"vault-pass": ("task", None)}
    changes = store.change_log.newest()
    KeptSecrets(store.engine, store.vault, lambda: now[0]).tell(["vault-pass"])
    assert store.change_log.newest() == changes, "nobody need look again for what is known"
    with write(store.engine) as connection:
        connection.execute(update(tables.kept_secret).values(kept_at=NOW - timedelta(days=9)))
    told.tell(["vault-pass"])
    assert times(store) == [NOW - timedelta(days=9)], "it was told today"
    now[0] += timedelta(days=1)
    told.tell(["vault-pass"])
    assert times(store) == [now[0]]
    store.connections.add(lake(password="vault-pass"))
    store.connections.delete("lake")
    assert kept(store) == {"vault-pass": ("connection", "lake")}
    monkeypatch.setattr(kept_secrets, "MOST", 20)
    told.tell(f"told-{number:04}" for number in range(25))
    assert len(kept(store)) == 21, "what people stored is apart"
    assert "vault-pass" in kept(store)


def times(store: Store) -> list[datetime]:
    with read(store.engine) as connection:
        return list(connection.scalars(select(_row.kept_at)))


def test_the_oldest_go_first(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_secrets, "MOST_OF_ONE", 10)
    for number in range(23):
        store.variables.set("a_token", f"token-{number:04}")
    # of 22 that were replaced, two are more than ten and the slack: twelve, then ten, and so on
    assert sorted(kept(store)) == [f"token-{number:04}" for number in range(22 - len(kept(store)), 22)]
    assert 10 <= len(kept(store)) <= 11
    for name in ("b_token", "c_token"):
        store.variables.set(name, f"{name}-value")
        store.variables.discard(name)
    monkeypatch.setattr(kept_secrets, "MOST", 3)
    assert store.kept_secrets.trim() > 0
    assert store.kept_secrets.trim() == 0
    assert {"b_token-value", "c_token-value"} < kept(store).keys()
    assert len(kept(store)) == 3


def test_they_can_be_shown_again(store: Store) -> None:
    for key in ("token_kind", "b_token"):
        store.variables.set(key, f"of-{key}")
        store.variables.discard(key)
    store.kept_secrets.tell(["told-one"])
    assert [each[:3] for each in store.kept_secrets.counts()] == [
        ("task", None, 1),
        ("variable", "b_token", 1),
        ("variable", "token_kind", 1),
    ]
    assert store.kept_secrets.forget("variable", "token_kind") == 1
    assert kept(store).keys() == {"of-b_token", "told-one"}
    assert store.kept_secrets.forget("task") == 1
    store.kept_secrets.tell(["told-one"])
    assert kept(store).keys() == {"of-b_token", "told-one"}
    assert store.kept_secrets.forget() == 2


def test_they_go_with_the_history_that_holds_them(store: Store) -> None:
    lab = Lab(store)
    lab.add(dag("d"))
    old = lab.run("d", run_id="old")
    store.kept_secrets.tell(["told-one"])
    with write(store.engine) as connection:
        connection.execute(update(tables.dag_run).values(run_after=NOW - timedelta(days=50)))
        connection.execute(update(tables.kept_secret).values(kept_at=NOW - timedelta(days=40)))
    before = NOW - timedelta(days=30)
    assert store.clean(NOW - timedelta(days=45), ["kept_secret"]) == {"kept_secret": 0}
    assert store.clean(before, ["kept_secret"], dry_run=True) == {"kept_secret": 0}, "a run of its time is left"
    lab.store.actions.delete_run("d", old.run_id, user="root", now=NOW)
    assert store.clean(before, ["kept_secret"], dry_run=True) == {"kept_secret": 1}
    assert store.clean(before)["kept_secret"] == 1
    assert kept(store) == {}


@pytest.mark.parametrize("keys", ["{new},{old}", "{new}"])
def test_a_new_key_seals_them_and_tells_them_apart(store: Store, keys: str) -> None:
    old, new = new_key(), new_key()

    def with_key(key: str) -> Store:
        made = Store.__new__(Store)
        made.engine, made.vault = store.engine, Vault(key)
        return made

    with_key(old).kept_secrets.tell(["told-one", "told-two"])
    # a process that begins to use the new key, alone or beside the old one, meanwhile
    with_key(keys.format(old=old, new=new)).kept_secrets.tell(["told-two", "told-three"])
    done = key_rotation.rotate(store.engine, Vault(f"{new},{old}"))
    assert done["kept_secret"] == 3
    after = with_key(new)
    assert kept(after).keys() == {"told-one", "told-two", "told-three"}
    after.kept_secrets.tell(["told-one", "told-two", "told-three"])
    assert len(kept(after)) == 3


def test_no_digest_tells_of_the_text() -> None:
    old, new = new_key(), new_key()
    make: Callable[[str], tuple[str, ...]] = lambda key: Vault(key).digests("password")  # noqa: E731
    assert make(f"{new},{old}") == (*make(new), *make(old))
    assert len({*make(new), *make(old)}) == 2
    assert make(new) == make(new)
