"""Variables, Connections and the vault that seals them."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from tradewind.errors import ConflictError, InvalidError, NotFoundError, SettingsError, StoreError
from tradewind.spec.wire import ConnectionData
from tradewind.store import Store, tables
from tradewind.store.engine import read, write
from tradewind.store.reads.query import Page
from tradewind.store.vault import Vault, new_key

KEY = new_key()


@given(st.text())
def test_what_is_sealed_can_be_opened(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    vault = Vault(KEY)
    sealed = vault.seal(text)
    assert vault.open(sealed) == text
    assert not text or text not in sealed or len(text) < 3


def test_a_key_can_be_rotated() -> None:
    old, new = new_key(), new_key()
    sealed = Vault(old).seal("secret")
    both = Vault(f"{new}, {old}")
    assert both.open(sealed) == "secret"
    assert Vault(new).open(both.rotate(sealed)) == "secret"


def test_the_wrong_key_is_named_with_the_fix() -> None:
    sealed = Vault(new_key()).seal("secret")
    with pytest.raises(StoreError, match=r"variable 'x' cannot be decrypted.*another secret key") as caught:
        Vault(new_key()).open(sealed, "variable 'x'")
    assert "TRADEWIND_SECRET_KEY" in str(caught.value.fix)


@pytest.mark.parametrize("key", [None, "", " , ", "short", "x" * 44])
def test_a_missing_or_bad_key_is_told_when_it_is_needed(key: str | None) -> None:
    with pytest.raises(SettingsError) as caught:
        Vault(key).seal("secret")
    assert "Fernet.generate_key" in str(caught.value.fix)
    assert not key or key.strip(" ,") == "" or key not in str(caught.value)


def test_the_vault_loads_the_library_only_when_it_is_used() -> None:
    code = "import sys; import tradewind.store.vault as v; v.Vault('k'); print('cryptography' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


# --- Variables ------------------------------------------------------------------------------------------------


def test_a_variable_is_set_read_changed_and_deleted(store: Store) -> None:
    variables = store.variables
    assert variables.set("url", "http://x", "where it is") is True
    assert variables.get("url") == "http://x"
    assert variables.set("url", "http://y") is False
    assert variables.record("url").description == "where it is"
    assert variables.update("url", {"description": None}).value == "http://y"
    assert variables.record("url").description is None
    variables.delete("url")
    with pytest.raises(NotFoundError, match="variable 'url' does not exist"):
        variables.get("url")
    with pytest.raises(NotFoundError):
        variables.delete("url")
    with pytest.raises(NotFoundError):
        variables.update("url", {"value": "z"})
    assert variables.discard("url") == 0


def test_values_are_not_readable_in_the_database(store: Store) -> None:
    store.variables.set("token", "very-secret")
    store.connections.set(ConnectionData(conn_id="c", password="very-secret", extra='{"k": "very-secret"}'))
    with read(store.engine) as connection:
        stored = [
            str(tuple(row))
            for table in (tables.variable, tables.connection)
            for row in connection.execute(select(table))
        ]
    assert len(stored) == 2
    assert not any("very-secret" in text for text in stored)


def test_creating_what_exists_is_a_conflict(store: Store) -> None:
    store.variables.set("x", "1", create=True)
    with pytest.raises(ConflictError, match="variable 'x' exists already"):
        store.variables.set("x", "2", create=True)
    assert store.variables.get("x") == "1"


@pytest.mark.parametrize("key", ["", " x", "x\n", "a" * 251, "a\x00b"])
def test_bad_keys_are_refused(sqlite_store: Store, key: str) -> None:
    with pytest.raises(InvalidError, match="variable key"):
        sqlite_store.variables.set(key, "1")


def test_lists_filter_order_and_page(store: Store) -> None:
    for key in ("Beta", "alpha", "alps_1", "alpsx1"):
        store.variables.set(key, key.upper())
    assert [record.value for record in store.variables.list(pattern="BETA")] == ["BETA"]
    assert {record.key for record in store.variables.list(pattern="alp|beta")} == {"alpha", "alps_1", "alpsx1", "Beta"}
    assert list(store.variables.keys("alp")) == ["alpha", "alps_1", "alpsx1"]
    assert list(store.variables.keys("alps_")) == ["alps_1"]
    assert list(store.variables.keys("ALP")) == []
    page = store.variables.page(Page(limit=2, offset=1, order_by=("-key",)), prefix="al")
    assert [record.key for record in page.items] == ["alps_1", "alpha"]
    assert page.total == 3
    with pytest.raises(InvalidError, match="order"):
        store.variables.page(Page(order_by=("value",)))


def test_import_obeys_its_action_and_is_all_or_nothing(store: Store) -> None:
    store.variables.set("old", "1", "kept")
    with pytest.raises(ConflictError, match="'old'"):
        store.variables.import_({"new": "2", "old": "2"}, "fail")
    assert list(store.variables.keys()) == ["old"]
    assert store.variables.import_({"old": "2", "new": {"a": 1}}, "skip").skipped == ("old",)
    assert (store.variables.get("old"), store.variables.get("new")) == ("1", '{"a": 1}')
    done = store.variables.import_({"old": {"value": 3, "description": "told"}}, "overwrite")
    assert done.updated == ("old",)
    assert store.variables.record("old").description == "told"
    with pytest.raises(InvalidError, match="variable key"):
        store.variables.import_({"fine": 1, "": 2})
    assert list(store.variables.keys("fine")) == []


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text("ab\"é'{}[]1.e5 "),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["value", "description", "x"]), inner, max_size=3)
    ),
    max_leaves=5,
)


@given(text=st.text('ab"{}[]:,0123456789.eE+- NaInfity') | json_values.map(json.dumps))
def test_an_export_imports_to_the_same_value(sqlite_store: Store, text: str) -> None:
    variables = sqlite_store.variables
    variables.set("k", text)
    exported = json.loads(json.dumps(variables.export(), allow_nan=False))
    variables.discard("k")
    variables.import_(exported)
    back = variables.get("k")
    if back != text:
        assert json.loads(back) == json.loads(text)
        assert isinstance(json.loads(text), (dict, list))


def test_rotation_reseals_everything_with_the_newest_key(sqlite_store_url: str) -> None:
    old, new = new_key(), new_key()
    with Store(sqlite_store_url, old) as store:
        store.variables.set("v", "1")
        store.connections.set(ConnectionData(conn_id="c", password="p"))
    with Store(sqlite_store_url, f"{new},{old}") as store:
        assert (store.variables.rotate(), store.connections.rotate()) == (1, 1)
    with Store(sqlite_store_url, new) as store:
        assert store.variables.get("v") == "1"
        assert store.connections.get("c").password == "p"


def test_a_value_of_another_key_is_named(sqlite_store: Store) -> None:
    sqlite_store.variables.set("v", "1")
    with write(sqlite_store.engine) as connection:
        connection.execute(update(tables.variable).values(value=Vault(new_key()).seal("1")))
    with pytest.raises(StoreError, match="variable 'v' cannot be decrypted"):
        sqlite_store.variables.get("v")


# --- Connections ----------------------------------------------------------------------------------------------

FULL = ConnectionData(
    conn_id="wh",
    conn_type="postgres",
    description="the warehouse",
    host="db.example",
    login="me",
    password="p:@/ä",
    schema="dwh",
    port=5439,
    extra='{"sslmode": "require"}',
)


def test_a_connection_keeps_every_field(store: Store) -> None:
    store.connections.add(FULL)
    assert store.connections.get("wh") == FULL
    with pytest.raises(ConflictError, match="connection 'wh' exists already"):
        store.connections.add(FULL)
    assert store.connections.set(ConnectionData(conn_id="wh", conn_type="http")) is False
    assert store.connections.get("wh") == ConnectionData(conn_id="wh", conn_type="http")
    store.connections.delete("wh")
    with pytest.raises(NotFoundError, match="connection 'wh' does not exist"):
        store.connections.get("wh")
    with pytest.raises(NotFoundError):
        store.connections.delete("wh")


def test_an_empty_password_is_not_no_password(store: Store) -> None:
    store.connections.add(ConnectionData(conn_id="c", password="", extra=""))
    assert store.connections.get("c") == ConnectionData(conn_id="c", password="", extra="")


def test_an_update_changes_only_what_the_mask_names(store: Store) -> None:
    store.connections.add(FULL)
    changed = store.connections.update(
        ConnectionData(conn_id="wh", port=1, password=None, host="other"), {"port", "password"}
    )
    assert (changed.port, changed.password, changed.host) == (1, None, "db.example")
    assert store.connections.get("wh") == changed
    with pytest.raises(InvalidError, match="'conn_id'"):
        store.connections.update(FULL, {"conn_id"})
    with pytest.raises(NotFoundError):
        store.connections.update(ConnectionData(conn_id="nope"), {"port"})


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (ConnectionData(conn_id="a b"), "connection id 'a b' is not valid"),
        (ConnectionData(conn_id=""), "connection id"),
        (ConnectionData(conn_id="c", port=65536), "port 65536"),
        (ConnectionData(conn_id="c", extra="{'a': 1}"), "not JSON"),
        (ConnectionData(conn_id="c", extra="[1]"), "not an object"),
        (ConnectionData(conn_id="c", host="a\x00b"), "NUL"),
    ],
)
def test_bad_connections_are_refused(sqlite_store: Store, data: ConnectionData, message: str) -> None:
    with pytest.raises(InvalidError, match=message):
        sqlite_store.connections.add(data)
    assert not sqlite_store.connections.list()


def test_connections_are_listed_and_imported(store: Store) -> None:
    store.connections.add(FULL)
    other = ConnectionData(conn_id="api", conn_type="http")
    done = store.connections.import_([other, ConnectionData(conn_id="wh")])
    assert (done.created, done.skipped) == (("api",), ("wh",))
    assert list(store.connections.list()) == [other, FULL]
    page = store.connections.page(Page(limit=1, order_by=("-port",)), pattern="W")
    assert (list(page.items), page.total) == ([FULL], 1)
    with pytest.raises(ConflictError, match="'wh'"):
        store.connections.import_([ConnectionData(conn_id="third"), FULL], "fail")
    assert len(store.connections.list()) == 2
