"""Secrets are sealed again with a new key, also when the command dies in the middle."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from tradewind.errors import SettingsError, StoreError
from tradewind.spec.wire import ConnectionData
from tradewind.store import Store, key_rotation, tables
from tradewind.store.engine import read
from tradewind.store.vault import Vault, new_key


def test_a_rotation_that_died_is_finished_by_the_next(store: Store) -> None:
    old, new = new_key(), new_key()
    both, only_new = Vault(f"{new},{old}"), Vault(new)
    before = Store.__new__(Store)
    before.engine, before.vault = store.engine, Vault(old)
    for number in range(key_rotation.BATCH + 5):
        before.variables.set(f"k{number:04}", f"value {number}")
    before.connections.add(ConnectionData(conn_id="c", conn_type="http", password="pw", extra='{"a": 1}'))

    class Died(BaseException):
        pass

    def die(_table: str, _count: int) -> None:
        raise Died

    with pytest.raises(Died):
        key_rotation.rotate(store.engine, both, die)
    after = Store.__new__(Store)
    after.engine, after.vault = store.engine, only_new
    assert after.variables.get("k0000") == "value 0", "the first part was committed"
    with pytest.raises(StoreError, match="another secret key"):
        after.variables.get(f"k{key_rotation.BATCH + 4:04}")
    between = Store.__new__(Store)
    between.engine, between.vault = store.engine, both
    assert between.variables.get(f"k{key_rotation.BATCH + 4:04}").startswith("value"), "both open in between"

    done = key_rotation.rotate(store.engine, both)
    assert done["variable"] == key_rotation.BATCH + 5
    assert done["connection"] == 1
    assert len(after.variables.list()) == key_rotation.BATCH + 5
    assert (after.connections.get("c").password, after.connections.get("c").extra) == ("pw", '{"a": 1}')


KILLED = """
import os, signal, sys
from tradewind.store import Store, key_rotation, vault

url, keys, left = sys.argv[1], sys.argv[2], int(sys.argv[3])
seal = vault.Vault.seal

def counted(self, text):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return seal(self, text)

vault.Vault.seal = counted
with Store(url, keys) as store:
    print(store.rotate_keys())
"""
"""A process that rotates, and is killed when it has sealed so many texts: in the middle of a transaction or between."""


def everything(store: Store) -> list[object]:
    """All that is encrypted, opened."""
    with read(store.engine) as connection:
        kept = connection.execute(tables.kept_secret.select()).all()
    return [
        [(record.key, record.value) for record in store.variables.list()],
        [(record.conn_id, record.password, record.extra) for record in store.connections.list()],
        sorted(store.vault.open(row.value) for row in kept),
        store.users.jwt_secret(),
    ]


@pytest.mark.parametrize("seals", [0, key_rotation.BATCH - 1, key_rotation.BATCH + 7, 270, 10**6])
def test_a_rotation_that_is_killed_loses_nothing(store_url: str, seals: int) -> None:
    old, new = new_key(), new_key()
    with Store(store_url, old) as store:
        store.variables.import_({f"k{number:04}": f"value {number}" for number in range(key_rotation.BATCH + 20)})
        for number in range(20):
            store.connections.add(
                ConnectionData(conn_id=f"c{number}", conn_type="http", password=f"pass-{number}", extra='{"a": 1}')
            )
        store.kept_secrets.tell(f"secret-{number}" for number in range(20))
        before = everything(store)
    script = [sys.executable, "-c", KILLED, store_url, f"{new},{old}", str(seals)]
    ended = subprocess.run(script, capture_output=True, text=True, timeout=120)
    assert ended.returncode == (0 if seals == 10**6 else -signal.SIGKILL), ended.stderr
    with Store(store_url, f"{new},{old}") as between:
        assert everything(between) == before, "nothing is lost"
        between.variables.set("made_token", "meanwhile")
        between.variables.discard("made_token")
        done = between.rotate_keys()
    assert (done["variable"], done["connection"], done["kept_secret"]) == (key_rotation.BATCH + 20, 20, 21)
    with Store(store_url, new) as after:
        assert everything(after) == [*before[:2], sorted([*before[2], "meanwhile"]), before[3]]  # type: ignore[misc]
        after.kept_secrets.tell(["secret-1", "meanwhile"])
        assert len(after.kept_secrets.ids()) == 21
    with Store(store_url, old) as too_late:
        with pytest.raises(StoreError, match=r"variable 'k0000' cannot be decrypted.*another secret key"):
            too_late.variables.get("k0000")
        with pytest.raises(StoreError, match="cannot be decrypted"):
            too_late.rotate_keys()


def test_nothing_is_rotated_without_the_key_it_was_sealed_with(store: Store) -> None:
    store.variables.set("a", "value")
    store.users.jwt_secret()
    old, new = store.vault, Vault(new_key())
    for bad in (new, Vault(None), Vault("no key")):
        with pytest.raises((StoreError, SettingsError)) as refused:
            key_rotation.rotate(store.engine, bad)
        assert "TRADEWIND_SECRET_KEY" in str(refused.value.fix)
    assert old.open(store.variables.sealed()[0][1]) == "value"
