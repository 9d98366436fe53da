"""`Variable`: values kept outside of DAG files.  Airflow: `airflow.models.Variable`, `airflow.sdk.Variable`.

Looked up in the environment (`AIRFLOW_VAR_<KEY>`, `TRADEWIND_VAR_<KEY>`), then asked of the supervisor.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from tradewind.authoring import comms
from tradewind.authoring.notset import NOTSET
from tradewind.authoring.problems import ArgumentTypeError
from tradewind.authoring.vault import variable_of_vault
from tradewind.errors import AirflowException, AirflowNotFoundException

if TYPE_CHECKING:
    from types import ModuleType

PREFIXES = ("AIRFLOW_VAR_", "TRADEWIND_VAR_")


class VariableNotFound(AirflowNotFoundException, KeyError):  # noqa: N818 - a KeyError, as in Airflow 2
    """There is no such Variable."""

    def __str__(self) -> str:
        return str(self.args[0])


def _wire() -> ModuleType:
    from tradewind.spec import wire  # loads msgspec: only when somebody is asked

    return wire


class Variable:
    """Variables are read and written with the class methods."""

    def __init__(self, key: str | None = None, val: Any = None, description: str | None = None) -> None:
        self.key, self.val, self.description = key, val, description

    def __repr__(self) -> str:
        return f"Variable(key={self.key!r})"

    @classmethod
    def get(cls, key: str, default_var: Any = NOTSET, deserialize_json: bool = False, *, default: Any = NOTSET) -> Any:
        """The value, or the default (`default_var` in Airflow 2, `default` in 3) when there is none.

        Raises `VariableNotFound` (a `KeyError`) without a default, `AirflowException` when the text is not JSON.
        """
        fallback = default_var if default is NOTSET else default
        text = cls._find(key)
        if text is None:
            if fallback is NOTSET:
                raise VariableNotFound(_missing(key))
            return fallback
        if not deserialize_json:
            return text
        try:
            return json.loads(text)
        except ValueError as error:
            raise AirflowException(
                f"the Variable {key!r} is not JSON ({error}); read it without deserialize_json, or set it as JSON"
            ) from None

    @classmethod
    def set(
        cls, key: str, value: Any, description: str | None = None, serialize_json: bool = False, session: Any = None
    ) -> None:
        """Write a value; with `serialize_json` as JSON, else as text.  `session` is Airflow 2's and is not used."""
        _check_key(key)
        text = json.dumps(value, indent=2) if serialize_json else str(value)
        comms.request(_wire().SetVariable(key, text, description))

    @classmethod
    def setdefault(cls, key: str, default: Any, description: str | None = None, deserialize_json: bool = False) -> Any:
        """The value; when there is none, `default`, which is written.  Raises `ValueError` when that is None."""
        found = cls.get(key, None, deserialize_json=deserialize_json)
        if found is not None:
            return found
        if default is None:
            raise ValueError(f"the default of the Variable {key!r} is None; give a value")
        cls.set(key, default, description=description, serialize_json=deserialize_json)
        return default

    @classmethod
    def update(cls, key: str, value: Any, serialize_json: bool = False, session: Any = None) -> None:
        """Write a new value of a Variable that exists.  Raises `VariableNotFound`."""
        if cls._find(key) is None:
            raise VariableNotFound(_missing(key))
        cls.set(key, value, serialize_json=serialize_json)

    @classmethod
    def delete(cls, key: str, session: Any = None) -> int:
        """Delete it; returns how many there were (0 or 1)."""
        _check_key(key)
        return int(comms.request(_wire().DeleteVariable(key)) or 0)

    @classmethod
    def keys(cls, prefix: str | None = None) -> list[str]:
        """The keys that the supervisor knows, those that start with `prefix`; the environment's are not listed."""
        return list(comms.request(_wire().ListVariables(prefix or "")))

    @classmethod
    def get_variable_from_secrets(cls, key: str) -> str | None:
        """The text, or None."""
        return cls._find(key)

    @staticmethod
    def _find(key: str) -> str | None:
        _check_key(key)
        found = variable_of_vault(key)
        if found is not None:
            return found
        for prefix in PREFIXES:
            text = os.environ.get(prefix + key.upper())
            if text is not None:
                comms.learn(key, text)
                return text
        try:
            value = comms.request(_wire().GetVariable(key))
        except AirflowNotFoundException:
            return None
        return None if value is None else str(value)


def _check_key(key: object) -> None:
    if not isinstance(key, str) or not key:
        raise ArgumentTypeError(
            f"the key of a Variable must be a text, not {key!r}", fix='write Variable.get("my_key")'
        )


def _missing(key: str) -> str:
    here = "" if comms.connected() else " in the environment, and this process is not connected to Tradewind"
    return (
        f"there is no Variable {key!r}{here}. Set it with `tradewind variables set {key} VALUE`, export "
        f"AIRFLOW_VAR_{key.upper()}, or give Variable.get() a default"
    )
