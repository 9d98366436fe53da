"""Variables: named texts that DAGs read, encrypted at rest.

Called by `services.task_api` for tasks, and by `server` and `cli` for people.  Environment variables
(`AIRFLOW_VAR_*`) are looked up in the task's own process, never here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Engine, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from tradewind.errors import ConflictError, InvalidError, NotFoundError
from tradewind.runtime.secret_values import may_hold_secrets, of_variable
from tradewind.store import tables
from tradewind.store.actions_checks import EVERYTHING, Found, check_name, check_text, chunks, find, put
from tradewind.store.audit import Audited, shown, shown_change
from tradewind.store.changes import note_topic
from tradewind.store.engine import read, write
from tradewind.store.kept_secrets import KeptSecrets
from tradewind.store.reads.query import Listing, Page, Sort
from tradewind.store.vault import Vault

_variable = tables.variable
_SECRET = ("value",)
_LISTING = Listing(
    {
        "key": Sort(_variable.c.key),
        "id": Sort(_variable.c.key),
        "description": Sort(_variable.c.description, nullable=True),
        # values are encrypted, all of them, and there are no teams: nothing to sort by
        **dict.fromkeys(("_val", "is_encrypted", "team_name"), Sort(_variable.c.key)),
    },
    default=("key",),
    unique="key",
)

OnExisting = Literal["overwrite", "fail", "skip"]


@dataclass(frozen=True, slots=True)
class VariableRecord:
    """A Variable, decrypted."""

    key: str
    value: str
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, by name, in the order of the file."""

    created: tuple[str, ...]
    updated: tuple[str, ...]
    skipped: tuple[str, ...]


class Variables(Audited):
    """All Variables of the metadata database.  Thread-safe."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault
        self._kept = KeptSecrets(engine, vault)

    def get(self, key: str) -> str:
        """The value.  Raises NotFoundError."""
        return self.record(key).value

    def record(self, key: str) -> VariableRecord:
        """The Variable with its description.  Raises NotFoundError."""
        with read(self._engine) as connection:
            row = connection.execute(select(_variable).where(_variable.c.key == key)).mappings().one_or_none()
        if row is None:
            raise _missing(key)
        return self._open(row)

    def set(self, key: str, value: str, description: str | None = None, *, create: bool = False) -> bool:
        """Create the Variable or replace its value; True when it was created.

        A description of None keeps the one it has.  With `create` an existing key raises ConflictError.
        Raises InvalidError for a key or text that cannot be stored.
        """
        values = self._row(key, value, description)
        with write(self._engine) as connection:
            old = self._old(connection, key)
            if create:
                try:
                    connection.execute(insert(_variable).values(key=key, **values))
                except IntegrityError:
                    raise ConflictError(
                        f"variable {key!r} exists already", fix="choose another key, or change this one"
                    ) from None
                created = True
            else:
                created = put(connection, _variable, {"key": key}, values)
            self._changed(connection, key, old, values, fields=sorted(values))
            self._retire(connection, key, old, value)
            _note(connection, key, value)
            return created

    def update(self, key: str, changes: Mapping[str, str | None]) -> VariableRecord:
        """Change only what is named: `value`, `description`.  Raises NotFoundError, InvalidError."""
        if unknown := sorted(set(changes) - {"value", "description"}):
            raise InvalidError(
                f"a variable has no field {unknown[0]!r}",
                fix="the fields that can be changed are value and description",
            )
        values: dict[str, str | None] = {}
        if "value" in changes:
            values["value"] = self._vault.seal(_as_text(key, changes["value"]))
        if "description" in changes:
            values["description"] = check_text("the description", changes["description"])
        with write(self._engine) as connection:
            old = self._old(connection, key)
            if (
                values
                and not connection.execute(update(_variable).where(_variable.c.key == key).values(**values)).rowcount
            ):
                raise _missing(key)
            row = connection.execute(select(_variable).where(_variable.c.key == key)).mappings().one_or_none()
            if row is None:
                raise _missing(key)
            if values:
                self._changed(connection, key, old, values, fields=sorted(values))
                if (value := changes.get("value")) is not None:
                    self._retire(connection, key, old, value)
                    _note(connection, key, value)
        return self._open(row)

    def delete(self, key: str) -> None:
        """Raises NotFoundError."""
        if not self.discard(key):
            raise _missing(key)

    def discard(self, key: str) -> int:
        """Delete the Variable if it is there; how many were deleted (0 or 1)."""
        with write(self._engine) as connection:
            old = self._old(connection, key)
            gone = connection.execute(delete(_variable).where(_variable.c.key == key)).rowcount
            if gone:
                self._retire(connection, key, old)
                self._tell(connection, "delete_variable", key=key, before=shown(old, _SECRET))
            return gone

    def keys(self, prefix: str | None = None) -> Sequence[str]:
        """All keys that begin with `prefix`, sorted; nothing is decrypted."""
        statement = select(_variable.c.key)
        if prefix:
            statement = statement.where(func.substr(_variable.c.key, 1, len(prefix)) == prefix)
        with read(self._engine) as connection:
            return sorted(connection.scalars(statement))

    def import_(self, data: Mapping[str, Any], on_existing: OnExisting = "overwrite") -> Imported:
        """Store what `export` gives, or a file by hand: key -> value or {"value": ..., "description":
        ...}.

        Values that are not texts are stored as JSON.  All or nothing: with `fail` one existing key raises
        ConflictError, and a value that cannot be stored raises InvalidError, before anything is written.
        """
        entries = {key: _entry(key, entry) for key, entry in data.items()}
        rows = {key: self._row(key, *entry) for key, entry in entries.items()}
        with write(self._engine) as connection:
            existing: set[str] = set()
            for part in chunks(list(rows)):
                existing.update(connection.scalars(select(_variable.c.key).where(_variable.c.key.in_(part))))
            if existing and on_existing == "fail":
                names = ", ".join(repr(key) for key in rows if key in existing)
                raise ConflictError(
                    f"these variables exist already: {names}", fix="import with the action overwrite or skip"
                )
            for key, values in rows.items():
                if key not in existing or on_existing == "overwrite":
                    old = self._old(connection, key)
                    put(connection, _variable, {"key": key}, values)
                    self._changed(connection, key, old, values, fields=sorted(values))
                    self._retire(connection, key, old, entries[key][0])
                    note_topic(connection, "secrets")
        again = tuple(key for key in rows if key in existing)
        return Imported(
            created=tuple(key for key in rows if key not in existing),
            updated=again if on_existing == "overwrite" else (),
            skipped=again if on_existing == "skip" else (),
        )

    def sealed(self) -> Sequence[tuple[str, str]]:
        """All keys and encrypted values, in no order: for who opens only those that he does not know."""
        with read(self._engine) as connection:
            return [(row.key, row.value) for row in connection.execute(select(_variable.c.key, _variable.c.value))]

    def export(self) -> dict[str, Any]:
        """All Variables as `import_` takes them, sorted by key: values that hold JSON are given as
        JSON."""
        return {record.key: _exported(record) for record in self.list()}

    def rotate(self) -> int:
        """Seal every value again with the newest key; how many there were.

        Raises StoreError when a value cannot be opened; nothing is written then.
        """
        with write(self._engine) as connection:
            rows = connection.execute(select(_variable.c.key, _variable.c.value)).all()
            for key, sealed in rows:
                value = self._vault.rotate(sealed, f"variable {key!r}")
                connection.execute(update(_variable).where(_variable.c.key == key).values(value=value))
        return len(rows)

    def page(self, page: Page, *, pattern: str | None = None, prefix: str | None = None) -> Found[VariableRecord]:
        """A page of the Variables, filtered as in the REST API.  Raises InvalidError for an unknown
        order."""
        with read(self._engine) as connection:
            rows = find(
                connection,
                select(_variable),
                _LISTING,
                _variable.c.key,
                page,
                pattern=pattern,
                prefix=prefix,
            )
        return Found([self._open(row) for row in rows.items], rows.total)

    def list(self, *, pattern: str | None = None, prefix: str | None = None) -> Sequence[VariableRecord]:
        """All Variables that fit, sorted by key."""
        return self.page(EVERYTHING, pattern=pattern, prefix=prefix).items

    def _old(self, connection: Connection, key: str) -> dict[str, Any] | None:
        """What is there, until the end of the transaction: nobody else replaces what is about to be kept."""
        query = select(_variable.c.value, _variable.c.description).where(_variable.c.key == key).with_for_update()
        row = connection.execute(query).mappings().one_or_none()
        return None if row is None else dict(row)

    def _retire(self, connection: Connection, key: str, old: Mapping[str, Any] | None, value: str = "") -> None:
        """Have what was secret in the Variable hidden still, where it was used."""
        if old is not None:
            what = f"the value that variable {key!r} had"
            before = (lambda: of_variable(key, self._vault.open(old["value"], what)),)
            self._kept.retire(connection, "variable", key, before, of_variable(key, value))

    def _changed(
        self, connection: Connection, key: str, old: dict[str, Any] | None, values: Mapping[str, Any], **extra: Any
    ) -> None:
        if old is None:
            self._tell(connection, "post_variable", key=key, after=shown(values, _SECRET), **extra)
            return
        # a sealed text is another one each time: a value that is written counts as changed
        before, after = shown_change(old, {**old, **values}, _SECRET)
        self._tell(connection, "patch_variable", key=key, before=before, after=after, **extra)

    def _row(self, key: str, value: object, description: str | None) -> dict[str, str]:
        check_name("variable key", key)
        values = {"value": self._vault.seal(_as_text(key, value))}
        if description is not None:
            values["description"] = check_text("the description", description) or ""
        return values

    def _open(self, row: Any) -> VariableRecord:
        value = self._vault.open(row["value"], f"variable {row['key']!r}")
        return VariableRecord(row["key"], value, row["description"])


def _note(connection: Connection, key: str, value: str) -> None:
    """Tell who masks secrets: a task that counts in a Variable wakes nobody."""
    if may_hold_secrets(key, value):
        note_topic(connection, "secrets")


def _missing(key: str) -> NotFoundError:
    return NotFoundError(f"variable {key!r} does not exist", fix=f"create it: tradewind variables set {key} <value>")


def _as_text(key: str, value: object) -> str:
    if not isinstance(value, str):
        raise InvalidError(f"the value of variable {key!r} is not a text", fix="give a text, e.g. JSON")
    return value


def _entry(key: str, entry: object) -> tuple[str, str | None]:
    """Value and description of one entry of a file."""
    description = None
    if isinstance(entry, dict) and "value" in entry:
        description = entry.get("description")
        if description is not None and not isinstance(description, str):
            raise InvalidError(f"the description of variable {key!r} is not a text", fix="give a text or null")
        entry = entry["value"]
    if isinstance(entry, str):
        return entry, description
    try:
        return json.dumps(entry, ensure_ascii=False), description
    except (TypeError, ValueError) as error:
        raise InvalidError(
            f"the value of variable {key!r} cannot be written as JSON: {error}",
            fix="use texts, numbers, lists, objects",
        ) from None


def _no_constant(text: str) -> None:
    raise ValueError(f"{text} is not JSON")


def _exported(record: VariableRecord) -> Any:
    value: Any = record.value
    try:
        decoded = json.loads(record.value, parse_constant=_no_constant)
    except ValueError:
        pass  # not JSON: it stays a text
    else:
        # a text that is JSON of a text, or a number spelled in its own way, would come back different
        if isinstance(decoded, (dict, list)) or (not isinstance(decoded, str) and json.dumps(decoded) == record.value):
            value = decoded
    if record.description or (isinstance(value, dict) and "value" in value):
        return {"value": value, "description": record.description}
    return value
