"""`@asset`: a function that makes a piece of data becomes a DAG of one task, and the asset that it makes.

Airflow: `airflow.sdk.asset`, `asset.multi`.  Parameters of the function without a default are the names of assets that
it uses; `self` is the asset itself and `context` the task's context.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from tradewind.authoring import comms
from tradewind.authoring.assets import Asset, AssetAlias, AssetRef, BaseAsset, asset_like
from tradewind.authoring.dag import DAG
from tradewind.authoring.decorators import TaskFunction
from tradewind.authoring.operators.python import PythonOperator
from tradewind.authoring.problems import ArgumentTypeError, ArgumentValueError

_OWN = ("self", "context", "outlet_events")


def _check(function: Callable[..., Any]) -> None:
    if getattr(function, "__name__", "") != getattr(function, "__qualname__", ""):
        raise ArgumentValueError(
            f"@asset cannot decorate {function.__qualname__}, which is defined inside something",
            fix="define the function at the top of the file",
        )
    for name, parameter in inspect.signature(function).parameters.items():
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            raise ArgumentTypeError(
                f"@asset {function.__name__}: *{name} cannot be filled", fix="name the assets that it uses"
            )
        if parameter.kind is parameter.POSITIONAL_ONLY and parameter.default is parameter.empty:
            raise ArgumentTypeError(
                f"@asset {function.__name__}: {name} can be given by position only", fix="take the / away"
            )


def _named(function: Callable[..., Any]) -> list[str]:
    """Names of the assets that the function uses."""
    parameters = inspect.signature(function).parameters.items()
    return [name for name, item in parameters if name not in _OWN and item.default is item.empty]


def _arguments(function: Callable[..., Any], own: Asset | None, context: Mapping[str, Any]) -> dict[str, Any]:
    """What the parameters of the function get."""
    found: dict[str, Any] = {}
    for name, parameter in inspect.signature(function).parameters.items():
        if parameter.default is not parameter.empty:
            continue
        if name == "context":
            found[name] = context
        elif name == "outlet_events":
            found[name] = context[name]
        elif name == "self":
            found[name] = own
        elif name == "outlet_events":
            found[name] = context["outlet_events"]
        else:
            found[name] = fetch_asset(name)
    return found


def fetch_asset(name: str) -> Asset:
    """An asset that some DAG defines, by its name.  Raises AirflowNotFoundException."""
    from tradewind.spec import wire  # loads msgspec: only in a running task

    found = comms.request(wire.GetAsset(name=name))
    return Asset(found["name"], found["uri"], group=found["group"], extra=found["extra"])


class AssetOperator(PythonOperator):
    """The task of an `@asset`."""

    def __init__(self, *, own: Asset | None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._own = own

    def execute(self, context: Any) -> Any:
        """Call the function with the assets that it names."""
        return self.python_callable(**_arguments(self.python_callable, self._own, context))


class _DagArguments:
    """What `@asset` and `@asset.multi` pass on to the DAG."""

    def __init__(
        self,
        *,
        schedule: Any,
        is_paused_upon_creation: bool | None = None,
        dag_id: str | None = None,
        dag_display_name: str | None = None,
        description: str | None = None,
        params: Any = None,
        on_success_callback: Any = None,
        on_failure_callback: Any = None,
        access_control: Any = None,
        owner_links: dict[str, str] | None = None,
        tags: Collection[str] = (),
    ) -> None:
        self.schedule, self.dag_id, self.dag_display_name = schedule, dag_id, dag_display_name
        self.options = {
            "is_paused_upon_creation": is_paused_upon_creation,
            "description": description,
            "params": params,
            "on_success_callback": on_success_callback,
            "on_failure_callback": on_failure_callback,
            "access_control": access_control,
            "owner_links": dict(owner_links or {}),
            "tags": set(tags),
        }

    def make(self, decorated: Any, default_dag_id: str, outlets: list[BaseAsset], own: Asset | None) -> None:
        """Make the DAG with its task."""
        function = decorated.function if isinstance(decorated, TaskFunction) else decorated
        dag_id = self.dag_id or default_dag_id
        with DAG(
            dag_id=dag_id,
            schedule=self.schedule,
            catchup=False,
            dag_display_name=self.dag_display_name or dag_id,
            **self.options,
        ):
            inlets: list[BaseAsset] = [Asset.ref(name=name) for name in _named(function)]
            if not isinstance(decorated, TaskFunction):
                AssetOperator(
                    task_id=function.__name__, python_callable=function, inlets=inlets, outlets=outlets, own=own
                )
                return
            # the arguments are found when the task runs, whatever kind of task it is
            given = {name: _Later(name, own) for name in (*_named(function), *_own_names(function))}
            decorated.override(inlets=inlets, outlets=outlets)(**given)


def _own_names(function: Callable[..., Any]) -> list[str]:
    parameters = inspect.signature(function).parameters.items()
    return [name for name, item in parameters if name == "self" and item.default is item.empty]


class _Later:
    """An argument of a decorated task that is found when the task runs: templates ask for it."""

    template_fields: Collection[str] = ()

    def __init__(self, name: str, own: Asset | None) -> None:
        self.name, self.own = name, own

    def resolve(self, context: Mapping[str, Any]) -> Any:
        """The asset."""
        del context
        return self.own if self.name == "self" else fetch_asset(self.name)


class AssetDefinition(Asset):
    """The asset that an `@asset` function makes."""

    function: Callable[..., Any]


class MultiAssetDefinition(BaseAsset):
    """The assets that an `@asset.multi` function makes, together."""

    def __init__(self, function: Callable[..., Any], outlets: list[BaseAsset]) -> None:
        self.function, self.outlets = function, outlets

    def iter_leaves(self) -> Iterator[Asset | AssetAlias | AssetRef]:
        """Those of all outlets."""
        for outlet in self.outlets:
            yield from outlet.iter_leaves()

    def as_expression(self) -> Any:
        """As plain data."""
        return {"all": [outlet.as_expression() for outlet in self.outlets]}


def _function_of(decorated: Any) -> Callable[..., Any]:
    function: Callable[..., Any] = decorated.function if isinstance(decorated, TaskFunction) else decorated
    if not callable(function):
        raise ArgumentTypeError(f"@asset needs a function, not {function!r}", fix="write @asset(...) above `def`")
    _check(function)
    return function


class asset(_DagArguments):  # noqa: N801 - a decorator
    """`@asset(schedule=...)`: a DAG of one task that makes this asset."""

    def __init__(
        self,
        *,
        schedule: Any,
        name: str | None = None,
        uri: Any = None,
        group: str = Asset.asset_type,
        extra: dict[str, Any] | None = None,
        watchers: list[Any] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(schedule=schedule, **options)
        self.name, self.uri, self.group, self.extra, self.watchers = name, uri, group, extra, watchers

    def __call__(self, decorated: Any) -> AssetDefinition:
        """Make the asset and its DAG."""
        function = _function_of(decorated)
        name = self.name or function.__name__
        made = AssetDefinition(
            name, name if self.uri is None else self.uri, group=self.group, extra=self.extra, watchers=self.watchers
        )
        made.function = function
        self.make(decorated, made.name, [made], made)
        return made

    class multi(_DagArguments):  # noqa: N801 - a decorator
        """`@asset.multi(schedule=..., outlets=[...])`: a DAG of one task that makes several assets."""

        def __init__(self, *, schedule: Any, outlets: Collection[BaseAsset], **options: Any) -> None:
            super().__init__(schedule=schedule, **options)
            self.outlets = [asset_like(item) for item in outlets]

        def __call__(self, decorated: Any) -> MultiAssetDefinition:
            """Make the DAG."""
            function = _function_of(decorated)
            if not self.outlets:
                raise ArgumentValueError(
                    f"@asset.multi {function.__name__} makes nothing", fix='write outlets=[Asset("a"), Asset("b")]'
                )
            self.make(decorated, function.__name__, self.outlets, None)
            return MultiAssetDefinition(function, self.outlets)
