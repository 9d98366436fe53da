"""Finds the line of a DAG file that a message should name.  Used by `loading.child`, `parse` and the DAG
processor.
"""

from __future__ import annotations

import ast
import os
import re
from pathlib import Path
from types import TracebackType

from tradewind.authoring import archives

_DUMPED_FRAME = re.compile(r'^\s+File "(?P<file>.+)", line (?P<line>\d+) in ', re.MULTILINE)


def line_of_traceback(trace: TracebackType | None, path: Path) -> int | None:
    """The innermost line of this file in the traceback."""
    line: int | None = None
    while trace is not None:
        if _same(trace.tb_frame.f_code.co_filename, path):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def line_of_dump(dump: str, path: Path) -> int | None:
    """The innermost line of this file in what `faulthandler` wrote (most recent call first)."""
    for match in _DUMPED_FRAME.finditer(dump):
        if _same(match["file"], path):
            return int(match["line"])
    return None


def line_of_dag(path: Path, dag_id: str) -> int | None:
    """Where the file seems to define this DAG: a call with the id as a literal, or a decorated function of
    that name.

    None when the id is computed, or the file cannot be read.
    """
    try:
        tree = ast.parse(archives.read_bytes(path))
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    calls: list[int] = []
    others: list[int] = []
    for node in ast.walk(tree):
        match node:
            case ast.Call():
                named = [keyword.value for keyword in node.keywords if keyword.arg == "dag_id"]
                is_id = any(isinstance(arg, ast.Constant) and arg.value == dag_id for arg in [*node.args[:1], *named])
                if is_id and "dag" in ast.unparse(node.func).lower():
                    calls.append(node.lineno)
            case ast.FunctionDef() if node.name == dag_id and node.decorator_list:
                calls.append(node.lineno)
            case ast.Constant() if node.value == dag_id:
                others.append(node.lineno)
    return min(calls or others, default=None)


def _same(name: str, path: Path) -> bool:
    return name == str(path) or os.path.realpath(name) == os.path.realpath(path)
