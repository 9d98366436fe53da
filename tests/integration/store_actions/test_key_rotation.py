"""Secrets are sealed again with a new key, also when the command dies in the middle."""

from __future__ import annotations

import pytest

from tradewind.errors import StoreError
from tradewind.spec.wire import ConnectionData
from tradewind.store import Store, key_rotation
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
