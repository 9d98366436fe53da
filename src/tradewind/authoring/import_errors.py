"""Why a DAG file could not be loaded, told for its author: line, one sentence with the fix, a traceback of his code.

Called through `loader.describe_error` by parse processes and the CLI.
"""

from __future__ import annotations

import linecache
import traceback
from pathlib import Path

from tradewind.authoring import archives
from tradewind.authoring.moved import MOVED
from tradewind.authoring.problems import Place
from tradewind.errors import DagAuthoringError
from tradewind.spec.dag import ImportErrorSpec

_OWN_FOLDER = str(Path(__file__).resolve().parents[1])
_PACKAGES = {
    "PIL": "pillow",
    "bs4": "beautifulsoup4",
    "cv2": "opencv-python",
    "dateutil": "python-dateutil",
    "dotenv": "python-dotenv",
    "jwt": "pyjwt",
    "MySQLdb": "mysqlclient",
    "psycopg2": "psycopg2-binary",
    "serial": "pyserial",
    "sklearn": "scikit-learn",
    "yaml": "pyyaml",
}
_PROVIDER_FAMILIES = frozenset({"apache", "common", "cncf", "dbt", "microsoft"})
"""First parts of provider names that have two."""


def describe_error(
    error: BaseException, path: Path, relative_fileloc: str | None = None, bundle_path: Path | None = None
) -> ImportErrorSpec:
    """What to show of an error that loading or compiling `path` raised.

    `line` is that of the DAG file itself; when the error is in a module that it imports, the message names that place.
    """
    path = path.resolve()
    root = bundle_path.resolve() if bundle_path is not None else _root(path, relative_fileloc)
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if _is_users(frame.filename)]
    place = error.__dict__.get("authoring_place") if hasattr(error, "__dict__") else None
    line, deeper = _where(error, path, root, frames, place)
    return ImportErrorSpec(
        relative_fileloc=relative_fileloc if relative_fileloc is not None else _relative(path, root),
        fileloc=str(path),
        line=line,
        message=_message(error, line, deeper),
        traceback=_traceback(error, place, root),
    )


def _root(path: Path, relative: str | None) -> Path:
    if relative is None:
        return path.parent
    return path.parents[len(Path(relative).parts) - 1]


def _relative(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name


def _is_users(filename: str) -> bool:
    return not (
        filename.startswith((_OWN_FOLDER, "<frozen "))
        or "/importlib/" in filename
        or filename.endswith("/runpy.py")
        or "/airflow-compat/src/airflow/" in filename
    )


def _where(
    error: BaseException, path: Path, root: Path, frames: list[traceback.FrameSummary], place: Place | None
) -> tuple[int | None, str]:
    """Line in the DAG file, and the place in another file of the bundle where it really happened."""
    if isinstance(error, SyntaxError) and error.filename and archives.exists(Path(error.filename)):
        file = Path(error.filename).resolve()
        if file == path:
            return error.lineno, ""
        deeper = f"{_relative(file, root)}, line {error.lineno}"
    else:
        deeper = ""
        mine = [frame for frame in frames if archives.exists(Path(frame.filename))]
        inside = [frame for frame in mine if Path(frame.filename).resolve().is_relative_to(root)]
        if inside and Path(inside[-1].filename).resolve() != path:
            deeper = f"{_relative(Path(inside[-1].filename).resolve(), root)}, line {inside[-1].lineno}"
    lines = [frame.lineno for frame in frames if Path(frame.filename).resolve() == path]
    if lines:
        return lines[-1], deeper
    if place is not None and Path(place.file).resolve() == path:
        return place.line, deeper
    if place is not None and archives.exists(Path(place.file)):
        return None, f"{_relative(Path(place.file).resolve(), root)}, line {place.line}"
    return None, deeper


def _message(error: BaseException, line: int | None, deeper: str) -> str:
    where = f" (in {deeper})" if deeper else ""
    if isinstance(error, DagAuthoringError):
        text, fix = str(error).split("\n  fix: ")[0], error.fix
        return f"{text}{where}" + (f"; fix: {fix}" if fix else "")
    if isinstance(error, SyntaxError):
        code = (error.text or "").strip()
        return f"{type(error).__name__}: {error.msg}{where}" + (f": {code}" if code else "")
    text = " ".join(str(error).split("\n  fix: ")[0].split()) or "(no text)"
    sentence = f"{type(error).__name__}: {text}{where}"
    fix = _fix(error)
    return f"{sentence}; fix: {fix}" if fix else sentence


def _fix(error: BaseException) -> str | None:
    if isinstance(error, ModuleNotFoundError) and error.name:
        return _fix_of_missing(error.name)
    fix = getattr(error, "fix", None)
    return str(fix) if fix else None


def _fix_of_missing(name: str) -> str:
    parts = name.split(".")
    if name in MOVED:
        return f"import it from {MOVED[name]}, and `pip install {_provider_package(MOVED[name])}` where Tradewind runs"
    if parts[:2] == ["airflow", "providers"] and len(parts) > 2:
        return f"`pip install {_provider_package(name)}` where Tradewind runs"
    if parts[:2] == ["airflow", "example_dags"]:
        return (
            "that is Airflow's own collection of examples; copy the file into the DAG folder and import it from there"
        )
    if parts[0] in {"airflow", "tradewind"}:
        return f"{name} does not exist in this version; look for its new place in Airflow's documentation"
    package = _PACKAGES.get(parts[0], parts[0].replace("_", "-"))
    return (
        f"`pip install {package}` where Tradewind runs, or, if {parts[0]} is a module of yours, put it into the "
        "DAG folder"
    )


def _provider_package(module: str) -> str:
    """The package on PyPI that brings `airflow.providers...`."""
    parts = module.split(".")[2:]
    words = parts[:2] if parts[0] in _PROVIDER_FAMILIES else parts[:1]
    return "-".join(["apache-airflow-providers", *words]).replace("_", "-")


def _traceback(error: BaseException, place: Place | None, root: Path) -> str:
    """The traceback from the first frame of the bundle on, without those of Tradewind and the import system."""
    summary = traceback.TracebackException.from_exception(error)
    _cut(summary, root, set())
    if not summary.stack and place is not None:
        code = linecache.getline(place.file, place.line).strip()
        summary.stack.append(traceback.FrameSummary(place.file, place.line, "<module>", line=code or None))
    return "".join(summary.format())


def _cut(summary: traceback.TracebackException, root: Path, seen: set[int]) -> None:
    if id(summary) in seen:
        return
    seen.add(id(summary))
    frames = [frame for frame in summary.stack if _is_users(frame.filename)]
    inside = [index for index, frame in enumerate(frames) if Path(frame.filename).resolve().is_relative_to(root)]
    summary.stack = traceback.StackSummary.from_list(frames[inside[0] :] if inside else frames)
    for other in (summary.__cause__, summary.__context__, *(summary.exceptions or ())):
        if other is not None:
            _cut(other, root, seen)
