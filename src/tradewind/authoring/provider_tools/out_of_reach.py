"""Functions of Airflow that work on its metadata database, which code of users never reaches here.

Provider packages import them beside what they do need; calling one says what to do instead.
"""

from __future__ import annotations

from typing import Any, NoReturn

from tradewind.errors import AirflowException


def expand_alias_to_assets(alias: Any, *, session: Any = None) -> NoReturn:
    """Airflow: the assets of an alias.  Raises `AirflowException`."""
    raise AirflowException(
        f"which assets the alias {getattr(alias, 'name', alias)!r} has is known to the server only; "
        "fix: ask GET /api/v2/assets/aliases, or in a task inlet_events[AssetAlias(...)]"
    )


def clear_task_instances(tis: Any, session: Any = None, **options: Any) -> NoReturn:
    """Airflow: lets tasks run again.  Raises `AirflowException`."""
    raise AirflowException(
        "tasks are cleared by the server only; fix: POST /api/v2/dags/{dag_id}/clearTaskInstances, or "
        "`tradewind tasks clear`"
    )
