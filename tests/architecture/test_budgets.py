"""Budgets that keep the code readable: size of modules, classes and functions, width of ports, places of imports."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src" / "tradewind").rglob("*.py"))
MODULE_LINES, CLASS_METHODS, FUNCTION_LINES, PORT_METHODS = 500, 25, 60, 8

WIDE_CLASSES = {
    "DAG": "the facade that DAG files use",
    "BaseOperator": "the facade that operators inherit from",
    "RuntimeTaskInstance": "Airflow's `ti`, with the names of both major versions",
    "Store": "the facade of the database: one line for each part",
    "Actions": "the facade of what users do",
    "LocalExecutor": "one lock over workers, attempts and processes; the rest is in local_io and local_worker",
}
LONG_FUNCTIONS = {"authoring/operator.py:__init__": "stores the seventy arguments of a task, one line each"}
LATE_IMPORTS = {
    "__init__.py": "the lazy public face",
    "bootstrap.py": "a command pays only for the parts it builds",
    "cli": "a command imports what it needs: start-up time",
    "authoring": "msgspec, Jinja2, croniter, jsonschema at first use: `import tradewind` stays quick",
    "runtime/callbacks.py": "smtplib and ssl: only where a mail is sent",
    "runtime/context.py": "context keys that most tasks never read",
    "runtime/neighbours.py": "context keys that most tasks never read",
    "runtime/task_runner.py": "an operator that most tasks never need",
    "runtime/template.py": "what the template preloads is named by its caller",
    "store/wakeup.py": "the PostgreSQL driver is loaded for PostgreSQL only",
}


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in SOURCES:
        yield path.relative_to(ROOT / "src" / "tradewind"), ast.parse(path.read_text(encoding="utf-8"))


def test_modules_are_short_and_say_what_they_are_for():
    for path, tree in trees():
        assert ast.get_docstring(tree), f"{path} does not say what it is for"
        if path.parts[:2] == ("store", "migrations"):
            continue  # a record of one step of the schema: its length is that of the step
        lines = len((ROOT / "src" / "tradewind" / path).read_text(encoding="utf-8").splitlines())
        assert lines <= MODULE_LINES, f"{path} has {lines} lines: split it"


def test_classes_and_functions_are_short():
    for path, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and node.name not in WIDE_CLASSES:
                methods = sum(isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef) for item in node.body)
                assert methods <= CLASS_METHODS, f"{path}: class {node.name} has {methods} methods"
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno is not None
                # arguments and docstring are the contract, not the logic
                first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
                if f"{path.as_posix()}:{node.name}" in LONG_FUNCTIONS:
                    continue
                lines = node.end_lineno - first.lineno + 1
                assert lines <= FUNCTION_LINES, f"{path}:{node.lineno}: {node.name} has {lines} lines"


def test_ports_are_narrow():
    for path, tree in trees():
        if path.parts[0] != "ports":
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and any(getattr(base, "id", "") == "Protocol" for base in node.bases):
                methods = sum(isinstance(item, ast.FunctionDef) for item in node.body)
                assert methods <= PORT_METHODS, f"{path}: port {node.name} has {methods} methods"


def test_own_code_is_imported_at_the_top():
    for path, tree in trees():
        if any(path.as_posix() == allowed or path.parts[0] == allowed for allowed in LATE_IMPORTS):
            continue
        for function in ast.walk(tree):
            if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) or function.name == "__getattr__":
                continue
            for node in ast.walk(function):
                if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("tradewind"):
                    pytest.fail(f"{path}:{node.lineno}: {node.module} is imported inside {function.name}")


@pytest.mark.parametrize(
    "statement",
    [
        "import tradewind",
        "from tradewind import DAG, task, PythonOperator, BashOperator, Variable",
        "from airflow import DAG",
    ],
)
def test_authoring_imports_nothing_heavy(statement):
    heavy = ("sqlalchemy", "fastapi", "pydantic", "pendulum", "jinja2", "cryptography", "psycopg", "uvicorn", "alembic")
    code = f"{statement}\nimport sys\nprint(' '.join(m for m in {heavy!r} if m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
