"""What one command works with: the settings, and the store once it is needed.  Made by `cli.main` for
each command."""

from __future__ import annotations

import argparse
import getpass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tradewind import bootstrap
from tradewind.cli.parser import near
from tradewind.cli.times import try_time
from tradewind.core.words import counted
from tradewind.errors import NotFoundError, TradewindError
from tradewind.settings import Settings, load_settings

if TYPE_CHECKING:
    from tradewind.spec.dag import DagSpec
    from tradewind.store import Store

_SETTINGS = ("home", "dags_folder", "host", "port", "slots", "no_auth")
"""Options of commands that are settings."""
_MANY = 10_000

Row = dict[str, Any]


class Session:
    """Opened lazily, closed at the end of the command."""

    def __init__(self, args: argparse.Namespace) -> None:
        self._args = args
        self._opened: Store | None = None

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *exc: object) -> None:
        if self._opened is not None:
            self._opened.close()

    @cached_property
    def settings(self) -> Settings:
        """All settings, with the options of this command on top.  Raises SettingsError."""
        return load_settings(**{name: getattr(self._args, name, None) for name in _SETTINGS})

    # --- The database ---------------------------------------------------------------------------------

    @property
    def raw_store(self) -> Store:
        """The store, whatever state its schema is in."""
        if self._opened is None:
            self._opened = bootstrap.open_store(self.settings)
        return self._opened

    @cached_property
    def no_database_yet(self) -> bool:
        """Whether the embedded database does not exist yet; a database on a server counts as there."""
        settings = self.settings
        if not settings.database_url.startswith("sqlite"):
            return False
        if settings.sources["database_url"] == "default":
            return not (settings.home / "tradewind.db").exists()
        return self.raw_store.schema_state() == "missing"

    @cached_property
    def store(self) -> Store:
        """The store with a current schema.

        An embedded database that does not exist yet is made now, so that Variables and Connections can
        be set before the first start.  Raises SchemaError or StoreError when the database cannot be
        used as it is.
        """
        if self.no_database_yet:
            bootstrap.ensure_home(self.settings)
            self.raw_store.migrate()
        self.raw_store.check()
        return self.raw_store

    @cached_property
    def store_if_current(self) -> Store | None:
        """The store when its database is there and current, else None: for commands that can do
        without."""
        try:
            return self.raw_store if not self.no_database_yet and self.raw_store.schema_state() == "current" else None
        except TradewindError:
            return None

    # --- What commands name ---------------------------------------------------------------------------

    def stored_dag(self, dag_id: str) -> Row | None:
        """What the database knows of a DAG, if there is a database."""
        store = self.store_if_current
        return store.reads.dags.get(dag_id) if store is not None else None

    def find_run(self, dag_id: str, text: str) -> Row | None:
        """A run by its id or its logical date, or None."""
        from tradewind.store.reads import Page, Range, RunFilter  # imported here: loads the database libraries

        runs = self.store.reads.runs
        found = runs.get(dag_id, text)
        at = try_time(text)
        if found is not None or at is None:
            return found
        which = RunFilter(dag_ids=[dag_id], logical_date=Range(gte=at, lte=at))
        items = runs.page(which, Page(limit=1, cursor="")).items
        return items[0] if items else None

    def run(self, dag_id: str, text: str) -> Row:
        """The same.  Raises NotFoundError, naming runs that look like it."""
        runs = self.store.reads.runs
        found = self.find_run(dag_id, text)
        if found is not None:
            return found
        if not self.store.reads.dags.exists(dag_id):
            raise self.unknown_dag(dag_id)
        newest = runs.latest(dag_id, 200)
        ids = [str(run["run_id"]) for run in newest]
        raise NotFoundError(
            f"{dag_id} has no run {text!r}{near(text, ids)}",
            fix=f"tradewind dags list-runs {dag_id} shows its runs",
        )

    def unknown_dag(self, dag_id: str) -> NotFoundError:
        """The error for a DAG that the database does not know, with the ids that look like it."""
        from tradewind.store.reads import Page  # as above

        failed = self.store.reads.import_errors.page(Page(limit=1)).total
        unread = counted(failed, "file")
        return NotFoundError(
            f"no DAG {dag_id!r}{near(dag_id, self.dag_ids())}",
            fix=f"{unread} could not be loaded and may define it: see tradewind dags list-import-errors"
            if failed
            else "tradewind dags list shows what there is; a new file is read by the DAG processor, "
            "or now by tradewind dags reserialize",
        )

    def unknown_task(self, spec: DagSpec, task_id: str) -> NotFoundError:
        """The error for a task that a DAG does not have, with the ids that look like it."""
        ids = [task.task_id for task in spec.tasks]
        return NotFoundError(
            f"{spec.dag_id} has no task {task_id!r}{near(task_id, ids)}",
            fix=f"tradewind tasks list {spec.dag_id} shows its tasks",
        )

    def dag_ids(self) -> list[str]:
        """Ids of all DAGs in the database that have a file."""
        from tradewind.store.reads import DagFilter, Page  # as above

        page = self.store.reads.dags.page(DagFilter(), Page(limit=_MANY))
        return [str(row["dag_id"]) for row in page.items]


def acting_user() -> str:
    """Who gives the command, for the audit log, where it is also told that it was one."""
    from tradewind.store.access import enter  # imported here: loads the database libraries

    enter("cli")
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
