"""Which files of its bundle a DAG file was made from.  Used by `loading.child`, in the child process only.

Modules are read off `sys.modules` and the traceback of a failure; other files (a YAML file from which DAGs
are generated, the listing of a folder of such files) are seen by an audit hook.
"""

from __future__ import annotations

import importlib.metadata
import os
import sys
from types import CodeType, FrameType, TracebackType
from typing import Any

from tradewind.authoring import archives

_IMPORT_SYSTEM = ("<frozen importlib", "<frozen zipimport", os.path.dirname(importlib.metadata.__file__) + os.sep)  # noqa: PTH120
"""Files of code that looks into every folder of `sys.path`: for modules, and for what installed packages offer."""


class Inputs:
    """Collects, from its construction on, what of the bundle is read.

    An audit hook cannot be taken away again, so there is one `Inputs` in the life of a process.
    """

    def __init__(self, bundle_path: str) -> None:
        self._roots = tuple({_absolute(bundle_path) + os.sep, os.path.realpath(bundle_path) + os.sep})
        self._before = frozenset(sys.modules)
        self._read: set[str] = set()
        self._active = True
        sys.addaudithook(self._hear)

    def stop(self) -> None:
        """Collect no more; what this module and the loader do from now on is not the DAG file's."""
        self._active = False

    def of(self, relative: str, error: BaseException | None) -> tuple[str, ...]:
        """Bundle-relative inputs other than the DAG file itself, sorted; `error` is what ended the load, if
        any.
        """
        found = set(self._read)
        for name, module in list(sys.modules.items()):
            file = getattr(module, "__file__", None) if name not in self._before else None
            if isinstance(file, str) and (inside := self._inside(file)) is not None:
                found.add(inside)
        seen: set[int] = set()
        while error is not None and id(error) not in seen:
            seen.add(id(error))
            found |= self._of_traceback(error.__traceback__)
            if isinstance(error, SyntaxError) and error.filename and (inside := self._inside(error.filename)):
                found.add(inside)
            error = error.__cause__ or error.__context__
        if f"{archives.SUFFIX}/" in relative:  # what lies in an archive changes with it
            found.add(relative[: relative.index(f"{archives.SUFFIX}/") + len(archives.SUFFIX)])
        found = {name for name in found if f"{archives.SUFFIX}/" not in name}
        found.discard(relative)
        return tuple(sorted(found))

    def _of_traceback(self, trace: TracebackType | None) -> set[str]:
        found: set[str] = set()
        while trace is not None:
            code: CodeType = trace.tb_frame.f_code
            if (inside := self._inside(code.co_filename)) is not None:
                found.add(inside)
            trace = trace.tb_next
        return found

    def _inside(self, path: str) -> str | None:
        for root in self._roots:
            if path.startswith(root):
                return path[len(root) :].replace(os.sep, "/")
        return None

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        """The audit hook: called for every event of the interpreter, so it leaves at once if it can."""
        if event not in ("open", "os.listdir", "os.scandir") or not self._active:
            return
        path = arguments[0]
        if isinstance(path, os.PathLike):
            path = os.fspath(path)
        if isinstance(path, bytes):
            path = os.fsdecode(path)
        if path is None:
            path = os.curdir
        if not isinstance(path, str):
            return
        path = _absolute(path)
        inside = "." if path + os.sep in self._roots else self._inside(path)
        if inside is None or inside.endswith((".py", ".pyc")) or "__pycache__" in inside:
            return
        if event == "open":
            if not _is_read(arguments[1], arguments[2]):
                return
        elif _is_import(sys._getframe(1)):
            return
        self._read.add(inside)


def _absolute(path: str) -> str:
    return os.path.abspath(path)  # noqa: PTH100 - links are followed where that is meant


def _is_read(mode: object, flags: object) -> bool:
    if isinstance(mode, str):
        return not set(mode) & set("wax+")
    return isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR) == 0


def _is_import(frame: FrameType | None) -> bool:
    """Whether the import system itself looks into the folder."""
    if frame is None:
        return False
    return frame.f_code.co_filename.startswith(_IMPORT_SYSTEM) or frame.f_globals.get("__name__") == "airflow._package"
