"""A Python function of a DAG file, called in another Python: the source goes there, values go and come as files.

Used by `operators.other_python`.  The other Python needs nothing of Tradewind.  Arguments and result are serialised
with pickle, cloudpickle or dill, between this task and the process that it starts; nothing of that is ever stored.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import pickle
import textwrap
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

from tradewind.authoring.problems import ArgumentTypeError, ArgumentValueError
from tradewind.errors import AirflowException

SERIALIZERS = ("pickle", "cloudpickle", "dill")
PROTOCOL = 4
"""Of pickle: what every Python from 3.4 on reads, so that the two may differ."""
PLAIN_KEYS = frozenset(
    [
        "ds",
        "ds_nodash",
        "expanded_ti_count",
        "inlets",
        "map_index_template",
        "next_ds",
        "next_ds_nodash",
        "outlets",
        "params",
        "partition_key",
        "prev_ds",
        "prev_ds_nodash",
        "run_id",
        "task_instance_key_str",
        "test_mode",
        "tomorrow_ds",
        "tomorrow_ds_nodash",
        "triggering_asset_events",
        "triggering_dataset_events",
        "try_number",
        "ts",
        "ts_nodash",
        "ts_nodash_with_tz",
        "yesterday_ds",
        "yesterday_ds_nodash",
    ]
)
"""Context values that any Python can take."""
PENDULUM_KEYS = frozenset(
    [
        "data_interval_end",
        "data_interval_start",
        "execution_date",
        "logical_date",
        "next_execution_date",
        "prev_data_interval_end_success",
        "prev_data_interval_start_success",
        "prev_end_date_success",
        "prev_execution_date",
        "prev_execution_date_success",
        "prev_start_date_success",
    ]
)
"""Context values that are there where the other Python has pendulum."""
SERIALIZABLE_KEYS = PLAIN_KEYS | PENDULUM_KEYS

_SCRIPT = """\
import __future__, importlib, json, os, sys, traceback
folder = sys.argv[1]
with open(os.path.join(folder, "call.json")) as file:
    call = json.load(file)
serializer = importlib.import_module(call["serializer"])
def load(name):
    with open(os.path.join(folder, name), "rb") as file:
        return serializer.load(file)
def tell(text):
    with open(os.path.join(folder, "error.txt"), "w", encoding="utf-8") as file:
        file.write(text)
arguments, keywords = load("args"), load("kwargs")
for key in call["context"]:
    try:
        keywords[key] = load("context." + key)
    except ImportError as error:
        if key in call["needed"]:
            tell("%s needs a module that this Python does not have: %s; add it to the requirements" % (key, error))
            raise
virtualenv_string_args = call["string_args"]
namespace = {"__name__": "__main__", "__file__": call["file"], "virtualenv_string_args": virtualenv_string_args}
sys.modules["__main__"].__dict__.update(namespace)
with open(os.path.join(folder, "function.py"), encoding="utf-8") as file:
    source = file.read()
try:
    # names in annotations belong to the DAG file, which is not here
    code = compile(source, call["file"], "exec", __future__.annotations.compiler_flag)
    exec(code, sys.modules["__main__"].__dict__)
    function = sys.modules["__main__"].__dict__[call["name"]]
    result = function(*arguments, **keywords)
    if hasattr(result, "__await__"):
        import asyncio
        async def run(awaitable):
            return await awaitable
        result = asyncio.run(run(result))
except SystemExit:
    raise
except BaseException as error:
    if type(error).__name__ == "AirflowSkipException" and call["skip_code"] is not None:
        traceback.print_exc()
        sys.exit(call["skip_code"])
    tell("".join(traceback.format_exception_only(type(error), error)).strip())
    raise
with open(os.path.join(folder, "result"), "wb") as file:
    try:
        serializer.dump(result, file, protocol=call["protocol"])
    except Exception as error:
        tell("the result, a %s, cannot be sent back with %s: %s" % (type(result).__name__, call["serializer"], error))
        raise
"""


def check_function(where: str, function: Any) -> None:
    """Refuse what has no source to send: lambdas, methods, partials.  Raises `ArgumentTypeError`."""
    if not inspect.isfunction(function) or function.__name__ == "<lambda>":
        raise ArgumentTypeError(
            f"{where}: python_callable must be a function made with `def`, whose source can be sent to the other "
            f"Python, not {function!r}",
            fix="define a function with `def` in the DAG file",
        )


def check_serializer(where: str, serializer: str | None, use_dill: bool) -> str:
    """The name of the serializer.  Raises `ArgumentValueError`."""
    if use_dill:
        if serializer not in (None, "dill"):
            raise ArgumentValueError(
                f"{where}: use_dill=True and serializer={serializer!r} exclude each other",
                fix='write serializer="dill"',
            )
        return "dill"
    chosen = serializer or "pickle"
    if chosen not in SERIALIZERS:
        raise ArgumentValueError(
            f"{where}: serializer={chosen!r} does not exist", fix=f"use one of {', '.join(SERIALIZERS)}"
        )
    return chosen


def source_of(function: Callable[..., Any]) -> str:
    """The source of a function, flush left and without its decorators, on the lines where its file has it.

    Raises AirflowException when there is none.
    """
    try:
        lines = textwrap.dedent(inspect.getsource(function))
        node = next(item for item in ast.parse(lines).body if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef))
    except (OSError, SyntaxError, StopIteration) as error:
        raise AirflowException(
            f"the source of {function.__name__}() cannot be read, and it is needed to run it in another Python: {error}"
        ) from error
    above = function.__code__.co_firstlineno + node.lineno - 2  # so that tracebacks name and show the right lines
    return "\n" * above + "\n".join(lines.splitlines()[node.lineno - 1 : node.end_lineno]) + "\n"


class Call:
    """One call, laid out in a folder that belongs to it."""

    def __init__(self, folder: Path, serializer: str) -> None:
        self._folder = folder
        self._serializer = serializer
        self._module = _serializer_module(serializer)

    def write(
        self,
        function: Callable[..., Any],
        args: Collection[Any],
        kwargs: Mapping[str, Any],
        *,
        context: Mapping[str, Any],
        string_args: Collection[str],
        skip_code: int | None,
    ) -> list[str]:
        """Lay out everything; returns the arguments for the other Python.

        `context`: keyword arguments that come from the task's context.  Raises AirflowException naming the argument
        that cannot be serialised.
        """
        self._dump("args", tuple(args), "an argument")
        self._dump("kwargs", dict(kwargs), "a keyword argument")
        for key, value in context.items():
            self._dump(f"context.{key}", value, f"{key} of the context")
        parameters = inspect.signature(function).parameters
        call = {
            "name": function.__name__,
            "file": inspect.getsourcefile(function) or "<function>",
            "serializer": self._serializer,
            "protocol": PROTOCOL,
            "context": list(context),
            "needed": [name for name in context if name in parameters],
            "string_args": [str(item) for item in string_args],
            "skip_code": skip_code,
        }
        self._path("call.json").write_text(json.dumps(call), encoding="utf-8")
        self._path("function.py").write_text(source_of(function), encoding="utf-8")
        self._path("main.py").write_text(_SCRIPT, encoding="utf-8")
        return [str(self._path("main.py")), str(self._folder)]

    def result(self) -> Any:
        """What the function returned; None when it left before it returned.  Raises AirflowException."""
        path = self._path("result")
        if not path.exists() or path.stat().st_size == 0:
            return None
        try:
            with path.open("rb") as file:
                return self._module.load(file)
        except Exception as error:
            raise AirflowException(
                f"the result of the other Python cannot be read here: {type(error).__name__}: {error}; return plain "
                "values, or install what their class needs beside Tradewind, too"
            ) from error

    def error(self) -> str:
        """The exception that ended the function, as its last line says it; empty when there was none."""
        path = self._path("error.txt")
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def _path(self, name: str) -> Path:
        return self._folder / name

    def _dump(self, name: str, value: Any, what: str) -> None:
        try:
            with self._path(name).open("wb") as file:
                self._module.dump(value, file, protocol=PROTOCOL)
        except Exception as error:
            raise AirflowException(
                f"{what} cannot be sent to the other Python with {self._serializer}: {error}; pass plain values, or "
                'use serializer="cloudpickle"'
            ) from error


def _serializer_module(name: str) -> Any:
    if name == "pickle":
        return pickle
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise AirflowException(f"serializer={name!r} needs the package {name} here, too: pip install {name}") from error
