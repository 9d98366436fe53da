"""Pools with their use; users, passwords, the secret of the tokens."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import update

from support.actions_lab import NOW, Lab, S, dag
from tradewind.errors import ConflictError, InvalidError, NotFoundError, SettingsError, StoreError
from tradewind.spec.states import TaskInstanceState
from tradewind.store import Store, tables
from tradewind.store.engine import write
from tradewind.store.reads.query import Page
from tradewind.store.vault import new_key


def test_a_pool_is_set_changed_and_deleted_and_the_leader_is_told(lab: Lab) -> None:
    pools = lab.store.pools
    assert pools.set("narrow", 2, "few", True).open == 2
    assert lab.signals() == [("pools", None, None)]
    assert pools.update("narrow", {"slots": 3}).include_deferred is True
    assert lab.signals() == [("pools", None, None)]
    assert pools.get("narrow").slots == 3
    with pytest.raises(ConflictError, match="pool 'narrow' exists already"):
        pools.add("narrow", 1)
    assert lab.signals() == []
    pools.delete("narrow")
    assert lab.signals() == [("pools", None, None)]
    for call in (
        lambda: pools.get("narrow"),
        lambda: pools.delete("narrow"),
        lambda: pools.update("narrow", {"slots": 1}),
    ):
        with pytest.raises(NotFoundError, match="pool 'narrow'"):
            call()
    assert lab.signals() == []


def test_the_default_pool_is_there_and_stays(store: Store) -> None:
    assert store.pools.get("default_pool").slots == 128
    with pytest.raises(ConflictError, match="default_pool cannot be deleted"):
        store.pools.delete("default_pool")
    assert store.pools.set("default_pool", -1).open == -1


@pytest.mark.parametrize("slots", [-2, 2**31, 1.5, True, "3"])
def test_bad_slots_are_refused(sqlite_store: Store, slots: object) -> None:
    with pytest.raises(InvalidError, match="slots"):
        sqlite_store.pools.add("p", slots)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["", "  ", "a\tb", "x" * 251])
def test_bad_names_are_refused(sqlite_store: Store, name: str) -> None:
    with pytest.raises(InvalidError, match="pool name"):
        sqlite_store.pools.add(name, 1)


def test_use_is_counted_in_slots_by_state(lab: Lab) -> None:
    names = {name: [] for name in ("r", "q", "s", "d", "x", "done", "none")}
    fields = {name: {"pool": "p", "pool_slots": 2} for name in names}
    lab.add(dag("d", names, of=fields))
    lab.store.pools.add("p", 7)
    run = lab.run()
    lab.force(run, r=S.RUNNING, q=S.QUEUED, s=S.SCHEDULED, d=S.DEFERRED, x=S.RESTARTING, done=S.SUCCESS)
    pool = lab.store.pools.get("p")
    assert (pool.running, pool.queued, pool.scheduled, pool.deferred) == (4, 2, 2, 2)
    assert (pool.occupied, pool.open) == (6, 1)
    lab.store.pools.update("p", {"include_deferred": True})
    listed = {pool.name: pool for pool in lab.store.pools.list()}
    assert (listed["p"].occupied, listed["p"].open) == (8, -1)
    assert listed["default_pool"].occupied == 0


def test_pools_are_listed_exported_and_imported(lab: Lab) -> None:
    pools = lab.store.pools
    pools.set("a", 1)
    pools.set("b", 5, "five")
    page = pools.page(Page(limit=1, order_by=("-slots",)), prefix="b")
    assert ([pool.name for pool in page.items], page.total) == (["b"], 1)
    exported = pools.export()
    assert exported["b"] == {"slots": 5, "description": "five", "include_deferred": False}
    pools.delete("b")
    lab.signals()
    assert set(pools.import_(exported)) == {"a", "b", "default_pool"}
    assert lab.signals() == [("pools", None, None)]
    assert pools.export() == exported
    with pytest.raises(InvalidError, match="pool 'c'"):
        pools.import_({"z": {"slots": 1}, "c": {"size": 1}})
    assert pools.export() == exported


# --- Users ----------------------------------------------------------------------------------------------------


def test_a_user_logs_in_with_the_right_password_only(store: Store) -> None:
    made = store.users.create("ann", "s3cret", "op", now=NOW)
    assert store.users.verify("ann", "s3cret") == made
    assert store.users.verify("ann", "wrong") is None
    assert store.users.verify("ann", "") is None
    assert store.users.verify("bob", "s3cret") is None
    assert store.users.get("ann") == made
    store.users.set_password("ann", "other")
    assert store.users.verify("ann", "s3cret") is None
    assert store.users.verify("ann", "other") == made
    store.users.set_role("ann", "viewer")
    assert [(user.username, user.role) for user in store.users.list()] == [("ann", "viewer")]
    with pytest.raises(ConflictError, match="user 'ann' exists already"):
        store.users.create("ann", "x", now=NOW)
    store.users.delete("ann")
    for call in (
        lambda: store.users.get("ann"),
        lambda: store.users.delete("ann"),
        lambda: store.users.set_password("ann", "x"),
    ):
        with pytest.raises(NotFoundError, match="user 'ann'"):
            call()


def test_bad_users_are_refused(sqlite_store: Store) -> None:
    users = sqlite_store.users
    for username, password, role in [
        ("", "x", "admin"),
        ("a", "", "admin"),
        ("a", "x", "root"),
        ("a", "x" * 1025, "op"),
    ]:
        with pytest.raises(InvalidError):
            users.create(username, password, role, now=NOW)
    assert not users.list()


def test_an_unknown_name_costs_a_verification_too(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    import argon2

    verified: list[str] = []
    original = argon2.PasswordHasher.verify
    monkeypatch.setattr(
        argon2.PasswordHasher,
        "verify",
        lambda self, hashed, password: verified.append(hashed) or original(self, hashed, password),
    )
    sqlite_store.users.create("ann", "x", now=NOW)
    sqlite_store.users.verify("ann", "wrong")
    sqlite_store.users.verify("nobody", "wrong")
    assert len(verified) == 2
    assert all(hashed.startswith("$argon2id$") for hashed in verified)


def test_a_hash_of_weaker_parameters_is_replaced_at_log_in(sqlite_store: Store) -> None:
    import argon2

    sqlite_store.users.create("ann", "x", now=NOW)
    weak = argon2.PasswordHasher(time_cost=1, memory_cost=64).hash("x")
    with write(sqlite_store.engine) as connection:
        connection.execute(update(tables.user).values(password_hash=weak))
    assert sqlite_store.users.verify("ann", "x") is not None
    (row,) = Lab(sqlite_store).rows("user")
    assert row["password_hash"] != weak
    assert sqlite_store.users.verify("ann", "x") is not None


def test_the_token_secret_is_made_once_whoever_asks_first(store: Store, store_url: str) -> None:
    from tradewind.store.users import Users

    found: list[bytes] = []
    barrier = threading.Barrier(6)

    def ask() -> None:
        barrier.wait(60)
        found.append(Users(store.engine, store.vault).jwt_secret())

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(found) == 6
    assert len(set(found)) == 1
    assert len(found[0]) == 64
    with Store(store_url, store.vault._key) as other:
        assert other.users.jwt_secret() == found[0]
    (row,) = Lab(store).rows("secret_key")
    assert found[0] not in bytes(row["value"]), "whoever finds it is any user he likes"


def test_a_token_secret_that_was_not_sealed_is_kept_and_sealed(store: Store, store_url: str) -> None:
    plain = bytes(range(64))
    with write(store.engine) as connection:
        connection.execute(tables.secret_key.insert().values(name="jwt", value=plain))
    assert store.users.jwt_secret() == plain == store.users.jwt_secret()
    (row,) = Lab(store).rows("secret_key")
    assert plain not in bytes(row["value"])
    with Store(store_url, new_key()) as other, pytest.raises(StoreError, match="signs API tokens") as refused:
        other.users.jwt_secret()
    assert "TRADEWIND_SECRET_KEY" in str(refused.value.fix)
    with Store(store_url) as without, pytest.raises(SettingsError, match="no secret key"):
        without.users.jwt_secret()


def test_states_that_hold_slots_are_all_counted() -> None:
    from tradewind.spec.states import HOLDS_SLOT
    from tradewind.store.pools import _COUNTED

    assert set(_COUNTED) >= HOLDS_SLOT
    assert TaskInstanceState.DEFERRED in _COUNTED
