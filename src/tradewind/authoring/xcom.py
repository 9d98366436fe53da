"""`BaseXCom`: what XCom backends of the user's own inherit from.

Airflow: `airflow.sdk.bases.xcom`, `airflow.models.xcom`.

`[core] xcom_backend` names the class.  Its methods run in workers only: the server never runs users' code, and shows
what the backend stored.
"""

from __future__ import annotations

import functools
import inspect
from dataclasses import dataclass
from typing import Any

from tradewind.authoring.conf import conf
from tradewind.authoring.context import get_current_context
from tradewind.authoring.module_loading import import_string
from tradewind.errors import AirflowException
from tradewind.spec import serde
from tradewind.spec.ids import NOT_MAPPED, XCOM_RETURN_KEY

_NOTHING = object()


@dataclass(slots=True)
class StoredXCom:
    """What a backend is given to read or to purge: `value` is what its `serialize_value` returned."""

    key: str
    value: Any
    dag_id: str = ""
    task_id: str = ""
    run_id: str = ""
    map_index: int = NOT_MAPPED


class BaseXCom:
    """The backend that stores values as they are; subclasses put them elsewhere and store where that is."""

    XCOM_RETURN_KEY = XCOM_RETURN_KEY

    @staticmethod
    def serialize_value(
        value: Any,
        *,
        key: str | None = None,
        task_id: str | None = None,
        dag_id: str | None = None,
        run_id: str | None = None,
        map_index: int | None = None,
    ) -> Any:
        """What to store: JSON text, or anything that JSON can hold."""
        return serde.dumps(value)

    @staticmethod
    def deserialize_value(result: Any) -> Any:
        """The value from `result.value`, which `serialize_value` returned."""
        stored = result.value
        if isinstance(stored, bytes):
            stored = stored.decode("utf-8")
        return serde.loads(stored) if isinstance(stored, str) else stored

    def orm_deserialize_value(self) -> Any:
        """What Airflow's web server shows; Tradewind's shows what was stored."""
        return getattr(self, "value", None)

    @staticmethod
    def purge(xcom: Any, *args: Any) -> None:
        """Called before a task runs again, for each XCom of its earlier try: remove what lies elsewhere."""

    @classmethod
    def get_value(cls, *, ti_key: Any, key: str) -> Any:
        """The value of another task instance, given by its key (dag_id, task_id, run_id, try_number, map_index)."""
        return cls.get_one(
            key=key, dag_id=ti_key.dag_id, task_id=ti_key.task_id, run_id=ti_key.run_id, map_index=ti_key.map_index
        )

    @classmethod
    def get_one(
        cls,
        *,
        key: str = XCOM_RETURN_KEY,
        dag_id: str,
        task_id: str,
        run_id: str,
        map_index: int | None = None,
        include_prior_dates: bool = False,
    ) -> Any:
        """One value, or None."""
        values = cls.get_all(
            key=key,
            dag_id=dag_id,
            task_id=task_id,
            run_id=run_id,
            map_index=map_index,
            include_prior_dates=include_prior_dates,
        )
        return values[0] if values else None

    @classmethod
    def get_all(
        cls,
        *,
        key: str = XCOM_RETURN_KEY,
        dag_id: str,
        task_id: str,
        run_id: str,
        map_index: int | None = None,
        include_prior_dates: bool = False,
    ) -> list[Any]:
        """The values of all instances of a mapped task, or of one task, as a list."""
        ti = get_current_context()["ti"]
        found = ti.xcom_pull(
            task_ids=[task_id],
            dag_id=dag_id,
            run_id=run_id,
            key=key,
            map_indexes=None if map_index is None else [map_index],
            include_prior_dates=include_prior_dates,
            default=_NOTHING,
        )
        return [value for value in found if value is not _NOTHING]


def backend() -> type[BaseXCom] | None:
    """The backend of the user's own; None when values are stored as they are.  Raises AirflowException naming it."""
    path = conf.get("core", "xcom_backend", fallback="") or ""
    if path.rpartition(".")[2] == "BaseXCom" or not path:
        return None
    return _load(path)


@functools.cache
def _load(path: str) -> type[BaseXCom]:
    try:
        found = import_string(path)
    except ImportError as error:
        raise AirflowException(
            f"[core] xcom_backend={path} cannot be imported: {error}; install it beside Tradewind, or put its module "
            "into the plugins folder"
        ) from error
    if not (isinstance(found, type) and hasattr(found, "serialize_value") and hasattr(found, "deserialize_value")):
        raise AirflowException(f"[core] xcom_backend={path} is no XCom backend: let its class inherit from BaseXCom")
    return found


def encode(chosen: type[BaseXCom], value: Any, place: StoredXCom) -> str:
    """The text of a value as a backend wants it stored.  Raises what the backend raises, and SerdeError."""
    given: dict[str, Any] = {
        "key": place.key,
        "task_id": place.task_id,
        "dag_id": place.dag_id,
        "run_id": place.run_id,
        "map_index": place.map_index,
    }
    parameters = inspect.signature(chosen.serialize_value).parameters
    if not any(item.kind is item.VAR_KEYWORD for item in parameters.values()):
        given = {name: item for name, item in given.items() if name in parameters}  # those of Airflow 2.2 take none
    stored = chosen.serialize_value(value, **given)
    if isinstance(stored, bytes):
        stored = stored.decode("utf-8")  # Airflow 2: JSON text in UTF-8
    return f'{{"__type__":"{serde.BACKEND}","value":{serde.dumps(stored)}}}'


def decode(text: str, place: StoredXCom) -> Any:
    """The value of a text that `encode` made.  Raises AirflowException without a backend, else what that raises."""
    chosen = backend()
    if chosen is None:
        raise AirflowException(
            f"the XCom {place.key!r} of task {place.task_id!r} was written by a custom backend, but "
            "[core] xcom_backend is not set here"
        )
    place.value = serde.inner(text)
    return chosen.deserialize_value(place)
