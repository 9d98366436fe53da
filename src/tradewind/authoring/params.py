"""Params: values that a run may be given, each with a default and a JSON schema.

Airflow: `Param`, `ParamsDict`, `DagParam`.

`jsonschema` is loaded when the first value is checked against a schema.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import ItemsView, Iterator, Mapping, MutableMapping, ValuesView
from typing import Any

from tradewind.authoring.notset import NOTSET
from tradewind.authoring.problems import ArgumentTypeError
from tradewind.authoring.xcom_arg import ResolveMixin
from tradewind.errors import ParamValidationError


class Param:
    """A default value and the JSON schema that every value must match."""

    def __init__(
        self, default: Any = NOTSET, description: str | None = None, source: str | None = None, **schema: Any
    ) -> None:
        self.value = default
        self.description = description
        self.source = source
        # Airflow 2 also takes the schema as one argument.
        self.schema: dict[str, Any] = schema.pop("schema") if isinstance(schema.get("schema"), dict) else schema

    @property
    def has_value(self) -> bool:
        """Whether there is a value: a param without one must be given by every run."""
        return self.value is not NOTSET

    def resolve(self, value: Any = NOTSET, suppress_exception: bool = False) -> Any:
        """The value (the one given becomes it), checked against the schema.

        Raises `ParamValidationError`; with `suppress_exception` an invalid value is None.
        """
        final = self.value if value is NOTSET else value
        if final is NOTSET:
            if suppress_exception:
                return None
            raise ParamValidationError("no value was given and there is no default")
        problem = check_schema(final, self.schema)
        if problem:
            if suppress_exception:
                return None
            raise ParamValidationError(problem)
        self.value = final
        return final

    def dump(self) -> dict[str, Any]:
        """Value, schema and description as plain data."""
        return {
            "value": self.value if self.has_value else None,
            "schema": self.schema,
            "description": self.description,
        }

    def copy(self) -> Param:
        """An independent param with the same value."""
        twin = Param(self.value, self.description, self.source)
        twin.schema = dict(self.schema)
        return twin

    def __copy__(self) -> Param:
        return self.copy()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Param):
            return NotImplemented
        return (self.value, self.description, self.schema) == (other.value, other.description, other.schema)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Param({self.value!r}, schema={self.schema!r})"


def check_schema(value: Any, schema: Mapping[str, Any]) -> str | None:
    """What is wrong with a value, as one line; None when nothing is."""
    try:
        json.dumps(value)
    except (TypeError, ValueError) as error:
        return f"the value {value!r} cannot be written as JSON: {error}"
    if not schema:
        return None
    import jsonschema  # 90 ms; most DAGs have no schema

    checker = jsonschema.FormatChecker()
    # those of jsonschema need packages that may be missing, and then any text would do
    checker.checks("date-time", raises=ValueError)(_is_moment)
    checker.checks("time", raises=ValueError)(_is_time)
    try:
        jsonschema.Draft202012Validator.check_schema(dict(schema))
        jsonschema.Draft202012Validator(dict(schema), format_checker=checker).validate(value)
    except jsonschema.SchemaError as error:
        return f"the schema {dict(schema)!r} is not a JSON schema: {error.message}"
    except jsonschema.ValidationError as error:
        return str(error.message)
    return None


def _is_moment(value: object) -> bool:
    """RFC 3339: a date and a time with an offset."""
    return not isinstance(value, str) or ("T" in value.upper() and dt.datetime.fromisoformat(value).tzinfo is not None)


def _is_time(value: object) -> bool:
    if isinstance(value, str):
        dt.time.fromisoformat(value)
    return True


class ParamsDict(MutableMapping[str, Any]):
    """Params by name; reading one gives its value, writing one checks it.  Raises `ParamValidationError`."""

    def __init__(self, dict_obj: Mapping[str, Any] | None = None, suppress_exception: bool = False) -> None:
        self._params: dict[str, Param] = {}
        self.suppress_exception = suppress_exception
        if dict_obj is not None and not isinstance(dict_obj, Mapping):
            raise ArgumentTypeError(
                f"params must be a dict, not {type(dict_obj).__name__}: {dict_obj!r}",
                fix='write params={"name": 1}',
            )
        source = dict_obj._params if isinstance(dict_obj, ParamsDict) else (dict_obj or {})
        for name, value in source.items():
            self._params[name] = value.copy() if isinstance(value, Param) else Param(value)

    def __getitem__(self, name: str) -> Any:
        return self._resolved(name, self._params[name])

    def _resolved(self, name: str, param: Param, value: Any = NOTSET) -> Any:
        try:
            return param.resolve(value, suppress_exception=self.suppress_exception)
        except ParamValidationError as error:
            raise ParamValidationError(f"param {name!r}: {error}") from None

    def __setitem__(self, name: str, value: Any) -> None:
        if isinstance(value, Param):
            self._params[name] = value.copy()
        elif name in self._params:
            self._resolved(name, self._params[name], value)
        else:
            self._params[name] = Param(value)

    def __delitem__(self, name: str) -> None:
        del self._params[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._params)

    def __len__(self) -> int:
        return len(self._params)

    def __contains__(self, name: object) -> bool:
        return name in self._params

    def __eq__(self, other: object) -> bool:
        if isinstance(other, ParamsDict):
            return self._params == other._params
        if isinstance(other, Mapping):
            return self.dump() == dict(other)
        return NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(self.dump())

    def items(self) -> ItemsView[str, Any]:
        """Names and params (not values), as Airflow gives them."""
        return ItemsView(self._params)

    def values(self) -> ValuesView[Any]:
        """The params (not values), as Airflow gives them."""
        return ValuesView(self._params)

    def get_param(self, name: str) -> Param:
        """The param itself.  Raises `KeyError`."""
        return self._params[name]

    def dump(self) -> dict[str, Any]:
        """Names and values; a param without a value is None."""
        return {name: param.value if param.has_value else None for name, param in self._params.items()}

    def validate(self) -> dict[str, Any]:
        """Names and values, all checked.  Raises `ParamValidationError` naming the param."""
        return {name: self._resolved(name, param) for name, param in self._params.items()}

    def deep_merge(self, other: Mapping[str, Any] | None) -> ParamsDict:
        """A new dict in which `other` wins; a plain value given there keeps the schema it had here."""
        merged = ParamsDict(self)
        for name, value in (other._params if isinstance(other, ParamsDict) else other or {}).items():
            if isinstance(value, Param):
                known = merged._params.get(name)
                bare = not value.schema and value.description is None
                if known is not None and bare and known.schema:
                    known.value = value.value
                else:
                    merged._params[name] = value.copy()
            elif name in merged._params:
                merged._params[name].value = value
            else:
                merged._params[name] = Param(value)
        return merged


class DagParam(ResolveMixin):
    """A param of the DAG as an argument of a task: at run time the run's `conf`, else the param, else the default."""

    def __init__(self, current_dag: Any, name: str, default: Any = NOTSET) -> None:
        if default is not NOTSET:
            current_dag.params[name] = default
        self.current_dag = current_dag
        self._name = name
        self._default = default

    def resolve(self, context: Any) -> Any:
        """The value.  Raises `ParamValidationError` when there is none."""
        run = context.get("dag_run")
        conf = getattr(run, "conf", None) or {}
        if self._name in conf:
            return conf[self._name]
        if self._name in context["params"]:
            return context["params"][self._name]
        if self._default is not NOTSET:
            return self._default
        raise ParamValidationError(f"no value was given for param {self._name!r}, and it has no default")

    def __repr__(self) -> str:
        return f"DagParam({self._name!r})"
