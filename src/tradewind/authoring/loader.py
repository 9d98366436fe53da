"""Imports DAG files.  Called by parse processes, by workers and by the CLI.

A file is executed as a fresh module each time, from its source, so that a warm process can load it again.  Modules of
the bundle that it imports stay in `sys.modules` until `purge`, and are compiled from source too: a bytecode cache
cannot tell two versions written in the same second apart.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.machinery
import importlib.util
import os
import sys
import sysconfig
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, ModuleType

from tradewind.authoring import archives, scope
from tradewind.authoring.conf import conf, get_airflow_home
from tradewind.authoring.dag import DAG
from tradewind.authoring.import_errors import describe_error
from tradewind.authoring.problems import located
from tradewind.errors import DagAuthoringError, DagNotFound, InvalidError

__all__ = ["LoadedFile", "bundle_modules", "close_bundle", "describe_error", "load_file", "purge"]

PREFIX = "_tradewind_dag_file_"
_bundles: dict[str, str] = {}
"""Bundle folders on `sys.path`, resolved -> as it was put there."""


@dataclass(frozen=True)
class LoadedFile:
    """A DAG file in memory."""

    dags: dict[str, DAG]
    """DAGs that this file defines, by id, in order of definition."""
    module: ModuleType
    borrowed: dict[str, DAG] = field(default_factory=dict)
    """DAGs that the file only imported: another file of the bundle made them (`DAG.place.module_file`), and this one
    added no task to them."""

    def find(self, dag_id: str) -> DAG:
        """The DAG.  Raises `DagNotFound` naming those that are there."""
        found = self.dags.get(dag_id) or self.borrowed.get(dag_id)
        if found is None:
            names = ", ".join(map(repr, self.dags)) or "no DAG"
            raise DagNotFound(f"{self.module.__file__} defines no DAG {dag_id!r}; it defines {names}")
        return found


class _SourceOnly(importlib.machinery.SourceFileLoader):
    """Compiles from source, and leaves no `__pycache__` in the users' folder."""

    def get_code(self, fullname: str) -> CodeType | None:
        """The module's code."""
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)

    def get_data(self, path: str | bytes) -> bytes:
        """What the file holds, also in an archive."""
        return archives.read_bytes(Path(os.fsdecode(path)))


def _hook(path: str) -> importlib.machinery.FileFinder:
    """Path hook for folders inside a bundle; archives are Python's own `zipimport`'s."""
    if archives.SUFFIX in path and archives.split(f"{path}{os.sep}") is not None:
        raise ImportError(path)
    if not any(Path(path).resolve().is_relative_to(bundle) for bundle in _bundles):
        raise ImportError(path)
    return importlib.machinery.FileFinder(
        path,
        (importlib.machinery.ExtensionFileLoader, importlib.machinery.EXTENSION_SUFFIXES),
        (_SourceOnly, importlib.machinery.SOURCE_SUFFIXES),
    )


def open_bundle(bundle_path: Path) -> Path:
    """Make the modules of a bundle importable; returns its resolved folder."""
    root = bundle_path.resolve()
    if str(root) not in _bundles:
        _bundles[str(root)] = str(root)
        if _hook not in sys.path_hooks:
            sys.path_hooks.insert(0, _hook)
        sys.path_importer_cache.pop(str(root), None)
    if str(root) not in sys.path:
        sys.path.insert(0, str(root))
    # as in Airflow, DAG files import from the folders `config` and `plugins` of the home, after everything else
    for folder in (f"{get_airflow_home()}/config", conf.get("core", "plugins_folder")):
        if folder not in sys.path and Path(folder).is_dir():
            sys.path.append(folder)
    return root


def load_file(path: Path, bundle_path: Path) -> LoadedFile:
    """Execute a DAG file and collect its DAGs: at module level, opened with `with`, or made by calls of `@dag`.

    Raises whatever the file raises (see `import_errors.describe_error`), and `DagAuthoringError` when the file defines
    two DAGs with one id.
    """
    root = open_bundle(bundle_path)
    path = path.resolve()
    if path.suffix == archives.SUFFIX:
        archives.python_files(path)  # says what is wrong with it
        raise InvalidError(f"{path.name} is an archive, not a DAG file", fix="name a DAG file in it, as x.zip/etl.py")
    _open_archive(path, root)
    name = PREFIX + hashlib.sha256(str(path).encode()).hexdigest()[:12] + "_" + path.stem
    loader = _SourceOnly(name, str(path))
    spec = importlib.util.spec_from_file_location(name, path, loader=loader)
    if spec is None:
        raise ImportError(f"{path} is not a Python file", path=str(path))
    importlib.invalidate_caches()
    module = importlib.util.module_from_spec(spec)
    before = sys.modules.get(name)
    sys.modules[name] = module
    with scope.collecting() as registered:
        try:
            loader.exec_module(module)
        except BaseException:
            if before is None:
                del sys.modules[name]
            else:
                sys.modules[name] = before
            raise
        found = [value for value in vars(module).values() if isinstance(value, DAG)]
        return _sort(path, root, module, [*registered, *found])


def _open_archive(path: Path, root: Path) -> None:
    """Make the modules of the archive that the file lies in importable, before all others and instead of those of
    other archives of the bundle, which may have modules of the same names."""
    own = archives.split(path)
    other = [entry for entry in sys.path if entry.endswith(archives.SUFFIX) and Path(entry).is_relative_to(root)]
    if own is not None or other:
        sys.path[:] = [*([str(own[0])] if own else []), *(entry for entry in sys.path if entry not in other)]


def _sort(path: Path, root: Path, module: ModuleType, found: list[DAG]) -> LoadedFile:
    dags: dict[str, DAG] = {}
    borrowed: dict[str, DAG] = {}
    for dag in sorted(found, key=lambda dag: dag.place.line if Path(dag.place.file) == path else sys.maxsize):
        if _is_borrowed(dag, path, root):
            borrowed.setdefault(dag.dag_id, dag)
            continue
        known = dags.setdefault(dag.dag_id, dag)
        if known is not dag:
            raise located(
                DagAuthoringError(
                    f"{path.name} defines the DAG {dag.dag_id!r} twice, in line {known.place.line} "
                    f"and in line {dag.place.line}",
                    fix="give one of them another dag_id",
                ),
                dag.place,
            )
        dag.fileloc = str(path)
    return LoadedFile(dags=dags, module=module, borrowed=borrowed)


def _is_borrowed(dag: DAG, path: Path, root: Path) -> bool:
    """Whether another file of the bundle made the DAG, and this one added no task to it."""
    maker = Path(dag.place.module_file)
    if maker == path or not maker.is_relative_to(root) or not archives.exists(maker):
        return False
    return not any(task.place is not None and Path(task.place.module_file) == path for task in dag.tasks)


def purge(bundle_path: Path) -> list[str]:
    """Forget the modules of a bundle, so that the next load imports them anew; returns their names."""
    root = bundle_path.resolve()
    gone = [name for name, module in list(sys.modules.items()) if _lies_in(module, root)]
    for name in gone:
        del sys.modules[name]
    importlib.invalidate_caches()
    return gone


def close_bundle(bundle_path: Path) -> None:
    """Purge a bundle and take it off `sys.path`."""
    purge(bundle_path)
    root = str(bundle_path.resolve())
    _bundles.pop(root, None)
    sys.path[:] = [entry for entry in sys.path if entry != root and not entry.startswith(root + os.sep)]
    for entry in [entry for entry in sys.path_importer_cache if Path(entry).is_relative_to(root)]:
        del sys.path_importer_cache[entry]


def _installed_folders() -> tuple[str, ...]:
    """Where Python's, Tradewind's and other installed modules lie."""
    paths = sysconfig.get_paths()
    folders = {paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    return tuple(folder.rstrip(os.sep) + os.sep for folder in (*sorted(folders), str(Path(__file__).parents[1])))


_INSTALLED = _installed_folders()


def _lies_in(module: object, root: Path) -> bool:
    file = getattr(module, "__file__", None)
    places = [file] if isinstance(file, str) else list(getattr(module, "__path__", None) or [])
    # nearly all modules: links are followed for the others only, as that asks the file system for each folder
    suspects = [place for place in places if not place.startswith(_INSTALLED) or str(root).startswith(_INSTALLED)]
    return any(Path(place).resolve().is_relative_to(root) for place in suspects)


def bundle_modules(bundle_path: Path) -> dict[str, str]:
    """Modules of a bundle that are loaded now, DAG files excluded: name -> absolute path."""
    root = bundle_path.resolve()
    return {
        name: str(module.__file__)
        for name, module in list(sys.modules.items())
        if not name.startswith(PREFIX) and getattr(module, "__file__", None) and _lies_in(module, root)
    }
