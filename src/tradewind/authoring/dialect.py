"""For which Airflow a DAG file is written, as its imports tell.  Asked by `dag_args` where the versions differ.

Airflow 2 has no `airflow.sdk`: a file that imports it without condition runs on Airflow 3 only.  A file that imports
nothing of Airflow is written for Tradewind.  All others may come from Airflow 2.
"""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

from tradewind.authoring.archives import read_bytes


def may_be_airflow_2(file: str) -> bool:
    """Whether the file could run on Airflow 2; of one that cannot be read, nobody knows: True."""
    try:
        return _may_be_airflow_2(read_bytes(Path(file)))
    except (OSError, SyntaxError, ValueError):
        return True


@functools.lru_cache(maxsize=4)  # a file may make a thousand DAGs
def _may_be_airflow_2(source: bytes) -> bool:
    tree = ast.parse(source)
    if any(_is_sdk(name) for node in tree.body for name in _imported(node)):
        return False
    return any(name.partition(".")[0] == "airflow" for node in ast.walk(tree) for name in _imported(node))


def _imported(node: ast.AST) -> Iterator[str]:
    """Modules that a statement imports, and what it takes from them as if these were modules, too."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
        yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _is_sdk(name: str) -> bool:
    return f"{name}.".startswith("airflow.sdk.")
