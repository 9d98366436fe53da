"""Task groups: boxes in the graph, prefixes of task ids, and shared `default_args`.  Airflow: `TaskGroup`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NoReturn

from tradewind.authoring import scope
from tradewind.authoring.node import DependencyMixin, TaskNode
from tradewind.authoring.problems import ArgumentTypeError, check_key, located, place_of_caller, unknown_argument
from tradewind.errors import DagAuthoringError, DuplicateTaskIdFound

_ARGUMENTS = """
    group_id group_display_name prefix_group_id parent_group dag default_args tooltip doc_md ui_color ui_fgcolor
    add_suffix_on_collision
"""


class TaskGroup(DependencyMixin):
    """Tasks that belong together.  Use it with `with TaskGroup("load") as load:` inside a DAG."""

    def __init__(
        self,
        group_id: str | None,
        group_display_name: str = "",
        prefix_group_id: bool = True,
        parent_group: TaskGroup | None = None,
        dag: Any = None,
        default_args: Mapping[str, Any] | None = None,
        tooltip: str = "",
        doc_md: str | None = None,
        ui_color: str = "CornflowerBlue",
        ui_fgcolor: str = "#000",
        add_suffix_on_collision: bool = False,
        **unknown: Any,
    ) -> None:
        for name in unknown:
            raise unknown_argument(f"TaskGroup({group_id!r})", name, _ARGUMENTS.split())
        self.place = place_of_caller()
        self.prefix_group_id = prefix_group_id
        self.tooltip = tooltip
        self.doc_md = doc_md
        self.group_display_name = group_display_name
        self.ui_color = ui_color
        self.ui_fgcolor = ui_fgcolor
        self.children: dict[str, TaskGroup | TaskNode] = {}
        self.parent_group: TaskGroup | None = None
        self.expand_input: Any = None
        """What the group is mapped over."""
        if group_id is None:  # the root group, made by the DAG
            self._group_id: str | None = None
            self.dag = dag
            self.default_args: dict[str, Any] = {}
            return
        check_key("group_id", group_id, dots=False, length=200)
        self.dag = dag or (parent_group.dag if parent_group is not None else scope.current_dag())
        parent = parent_group or scope.current_group(self.dag)
        if self.dag is None or parent is None:
            raise located(
                DagAuthoringError(f"the task group {group_id!r} is in no DAG", fix="make it inside `with DAG(...):`"),
                self.place,
            )
        if default_args is not None and not isinstance(default_args, Mapping):
            raise ArgumentTypeError(
                f"task group {group_id!r}: default_args must be a dict, not {type(default_args).__name__}",
                fix='write default_args={"retries": 2}',
            )
        self.default_args = {**parent.default_args, **(default_args or {})}
        self._join(parent, group_id, add_suffix_on_collision)

    def _join(self, parent: TaskGroup, group_id: str, add_suffix: bool) -> None:
        self._group_id = group_id
        self.parent_group = parent
        taken = self.dag.taken
        wanted = str(self.group_id)
        if wanted in taken:
            if not add_suffix:
                raise located(
                    DuplicateTaskIdFound(
                        f"DAG {self.dag.dag_id!r} has a task or task group {wanted!r} already",
                        fix="give this task group another id, or add_suffix_on_collision=True",
                    ),
                    self.place,
                )
            self._group_id = f"{group_id}__{taken.next_number(wanted)}"
        taken.add(str(self.group_id))
        parent.children[str(self.group_id)] = self

    @property
    def group_id(self) -> str | None:
        """Full id, prefixed with those of the groups around it; None for the root group of a DAG."""
        parent = self.parent_group
        if parent is not None and parent.prefix_group_id and parent._group_id is not None:
            return parent.child_id(str(self._group_id))
        return self._group_id

    @property
    def node_id(self) -> str | None:
        """The group id."""
        return self.group_id

    @property
    def label(self) -> str | None:
        """The name to show."""
        return self.group_display_name or self._group_id

    @property
    def is_root(self) -> bool:
        """Whether this is the DAG's own group."""
        return self._group_id is None

    def child_id(self, label: str) -> str:
        """Full id of a task or group named `label` in this group."""
        group_id = self.group_id
        return f"{group_id}.{label}" if self.prefix_group_id and group_id else label

    def add(self, task: TaskNode) -> None:
        """Take a task in.  Raises `DuplicateTaskIdFound`."""
        known = self.children.get(task.task_id)
        if known is not None and known is not task:
            raise DuplicateTaskIdFound(
                f"task group {self.group_id!r} has a member {task.task_id!r} already",
                fix="give one of them another id",
            )
        self.children[task.task_id] = task

    def iter_tasks(self) -> Iterator[TaskNode]:
        """The tasks of this group and of the groups in it."""
        for child in self.children.values():
            if isinstance(child, TaskGroup):
                yield from child.iter_tasks()
            else:
                yield child

    def iter_groups(self) -> Iterator[TaskGroup]:
        """This group and those in it, outer ones first."""
        yield self
        for child in self.children.values():
            if isinstance(child, TaskGroup):
                yield from child.iter_groups()

    def get_task_group_dict(self) -> dict[str | None, TaskGroup]:
        """Groups by id, this one included."""
        return {group.group_id: group for group in self.iter_groups()}

    def get_child_by_label(self, label: str) -> TaskGroup | TaskNode:
        """A member by its id without the prefix.  Raises `KeyError`."""
        return self.children[self.child_id(label)]

    def has_task(self, task: TaskNode) -> bool:
        """Whether the task is in this group or in a group in it."""
        return any(task is member for member in self.iter_tasks())

    def get_roots(self) -> Iterator[TaskNode]:
        """Tasks without an upstream inside the group."""
        tasks = list(self.iter_tasks())
        ids = {task.task_id for task in tasks}
        return (task for task in tasks if ids.isdisjoint(task.upstream_task_ids))

    def get_leaves(self) -> Iterator[TaskNode]:
        """Tasks without a downstream inside the group; what follows a group does not wait for its teardowns."""
        tasks = list(self.iter_tasks())
        teardowns = {task.task_id for task in tasks if getattr(task, "is_teardown", False)}
        work = {task.task_id for task in tasks} - teardowns
        return (task for task in tasks if task.task_id in work and work.isdisjoint(task.downstream_task_ids))

    @property
    def roots(self) -> Sequence[TaskNode]:
        """See `get_roots`."""
        return list(self.get_roots())

    @property
    def leaves(self) -> Sequence[TaskNode]:
        """See `get_leaves`."""
        return list(self.get_leaves())

    def add_task(self, task: Any) -> None:
        """Take in a task that has no DAG yet."""
        self.dag.add_task(task, group=self)

    def map_over(self, expand: Any) -> None:
        """Let the group exist once for every value.  Raises `DagAuthoringError` inside another mapped group."""
        around = self.parent_group
        while around is not None:
            if around.expand_input is not None:
                raise located(
                    DagAuthoringError(
                        f"task group {self.group_id!r} is mapped and in the mapped task group {around.group_id!r}; one "
                        "mapping inside another is not supported",
                        fix="map only one of them, over the list of all combinations",
                    ),
                    self.place,
                )
            around = around.parent_group
        self.expand_input = expand

    def link_map(self) -> None:
        """Let the group run after the tasks whose results it is mapped over."""
        if self.expand_input is not None:
            for operator, _key in self.expand_input.references():
                self.set_upstream(operator)

    def expand(self, **kwargs: Any) -> NoReturn:
        """Raises `DagAuthoringError`: only a decorated function can be mapped."""
        raise DagAuthoringError(
            f"TaskGroup {self.group_id!r} cannot be mapped", fix="make it a function with @task_group, and expand that"
        )

    def __enter__(self) -> TaskGroup:
        scope.push_group(self)
        return self

    def __exit__(self, *_exc: object) -> None:
        scope.pop_group()

    def __iter__(self) -> Iterator[TaskNode]:
        return self.iter_tasks()

    def __repr__(self) -> str:
        return f"<TaskGroup {self.group_id}>"
