"""The DAG files that a worker holds in memory, each as it was when its digest was the one asked for.

Called by `worker`.  A file is loaded once per digest.  Its modules (those that lie in its bundle) are in
`sys.modules` only while its tasks run: a file that changed brings new ones, and two bundles may have modules of the
same name.  The state of the process after the load (an environment variable that the file sets) belongs to it, too.
"""

from __future__ import annotations

import importlib
import linecache
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

from tradewind.authoring.dag import DAG
from tradewind.authoring.loader import LoadedFile, load_file
from tradewind.runtime.masking import learn_environment
from tradewind.runtime.sandbox import ProcessState
from tradewind.spec.wire import DagSource


@dataclass(slots=True, eq=False)
class Code:
    """A loaded file."""

    source: DagSource
    file: LoadedFile
    state: ProcessState
    """Of the process right after the load; every task of the file starts from it."""
    modules: dict[str, ModuleType] = field(default_factory=dict)
    """Those of its bundle that were imported for it."""

    def dag(self, dag_id: str) -> DAG:
        """The DAG with this id.  Raises DagNotFound."""
        return self.file.find(dag_id)


class CodeCache:
    """Loaded files of one worker."""

    def __init__(self, baseline: ProcessState) -> None:
        """`baseline`: the state of the worker before any DAG file was loaded."""
        self.baseline = baseline
        self._files: dict[tuple[str, str], Code] = {}
        self._active: Code | None = None
        self._known: set[str] = set()

    def get(self, source: DagSource) -> Code:
        """The loaded file, its modules and its state in place.  Raises what loading raises."""
        key = (source.bundle_path, source.relative_fileloc)
        code = self._files.get(key)
        if code is not None and code.source.digest == source.digest:
            if code is not self._active:
                self._leave()
                code.state.restore()
                sys.modules.update(code.modules)
                self._enter(code)
            return code
        self._leave()
        self._files.pop(key, None)
        self.baseline.restore()
        self._known = set(sys.modules)
        importlib.invalidate_caches()
        linecache.checkcache()
        code = Code(source, self._load(source), ProcessState())
        code.modules = self._new_modules(source.bundle_path)
        learn_environment(os.environ)
        self._files[key] = code
        self._enter(code)
        return code

    def _load(self, source: DagSource) -> LoadedFile:
        bundle = Path(source.bundle_path)
        try:
            return load_file(bundle / source.relative_fileloc, bundle)
        except BaseException:
            for name in self._new_modules(source.bundle_path):
                del sys.modules[name]
            raise

    def _enter(self, code: Code) -> None:
        self._active = code
        self._known = set(sys.modules)

    def _leave(self) -> None:
        """Take the modules of the active file out of the way, those its tasks imported late included."""
        code, self._active = self._active, None
        if code is None:
            return
        code.modules.update(self._new_modules(code.source.bundle_path))
        for name, module in code.modules.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]

    def _new_modules(self, bundle_path: str) -> dict[str, ModuleType]:
        """Modules of the bundle imported since the names in `_known` were noted."""
        prefix = os.path.realpath(bundle_path) + os.sep
        found: dict[str, ModuleType] = {}
        for name, module in list(sys.modules.items()):
            if name not in self._known and _lies_in(module, prefix):
                found[name] = module
        return found


def _lies_in(module: ModuleType, prefix: str) -> bool:
    file = getattr(module, "__file__", None)
    if isinstance(file, str):
        return file.startswith(prefix) and f"{os.sep}site-packages{os.sep}" not in file[len(prefix) - 1 :]
    # A namespace package has folders instead of a file.
    return any(str(folder).startswith(prefix) for folder in getattr(module, "__path__", None) or ())
