"""Bundles of DAG files on disk, and the least of a task instance that operators talk to."""

import textwrap
from pathlib import Path
from typing import Any

from tradewind.authoring.compile import compile_dag
from tradewind.authoring.context import Context
from tradewind.authoring.dag import DAG
from tradewind.authoring.loader import LoadedFile, load_file
from tradewind.spec.dag import DagSpec


class Bundle:
    """A folder of DAG files."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, name: str, text: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text).lstrip("\n"))
        return path

    def load(self, text: str, name: str = "etl.py") -> LoadedFile:
        return load_file(self.write(name, text), self.root)

    def compile(self, text: str, dag_id: str | None = None, name: str = "etl.py") -> DagSpec:
        dags = self.load(text, name).dags
        dag = dags[dag_id] if dag_id else next(iter(dags.values()))
        return compile_dag(dag, fileloc=str(self.root / name), relative_fileloc=name)


class TaskInstance:
    """What operators use of the runtime's task instance."""

    def __init__(self, task: Any, xcoms: dict[tuple[str, str], Any] | None = None) -> None:
        self.task, self.task_id, self.dag_id = task, task.task_id, task.dag_id
        self.try_number = 1
        self.xcoms = xcoms or {}
        self.skipped: list[str] = []

    def xcom_pull(
        self, task_ids: str, dag_id: str | None = None, key: str = "return_value", default: Any = None
    ) -> Any:
        return self.xcoms.get((task_ids, key), default)

    def skip_downstream(self, task_ids: list[str]) -> None:
        self.skipped.extend(task_ids)


def spec_of(dag: DAG) -> DagSpec:
    """The compiled DAG."""
    return compile_dag(dag, fileloc=dag.fileloc, relative_fileloc="etl.py")


def context_of(task: Any, xcoms: dict[tuple[str, str], Any] | None = None, **values: Any) -> Context:
    """A context with a task instance."""
    ti = TaskInstance(task, xcoms)
    return Context(
        {"ti": ti, "task_instance": ti, "task": task, "dag": task.dag, "run_id": "r1", "params": {}, **values}
    )


def run(task: Any, xcoms: dict[tuple[str, str], Any] | None = None, **values: Any) -> tuple[Any, TaskInstance]:
    """Render and execute a copy of a task, as a worker does; its result and the task instance."""
    copy = task.prepare_for_execution()
    context = context_of(copy, xcoms, **values)
    copy.render_template_fields(context)
    copy.pre_execute(context)
    return copy.execute(context), context["ti"]
