"""Values of data libraries as XComs: frames as Parquet, arrays as NPY.  Both formats hold data only, never code.

Registered with `spec.serde` by `large_values`.  A library is never imported to write (the value is there, so it is) and
only imported to read what it wrote.
"""

from __future__ import annotations

import base64
import importlib
import io
from collections.abc import Callable
from typing import Any, NamedTuple

from tradewind.authoring.object_storage import ObjectStoragePath
from tradewind.spec.serde import Extension, SerdeError

PREFIX = "library."


class Binary(NamedTuple):
    """A value as bytes."""

    name: str
    """Of its format, a key of `READERS`."""
    suffix: str
    data: bytes
    summary: str


def binary(value: Any, place: str) -> Binary | None:
    """The value as bytes, or None when it is of no library that is known here.  Raises SerdeError naming the place."""
    kind = type(value)
    library = kind.__module__.partition(".")[0]
    writer = _WRITERS.get((library, kind.__name__))
    if writer is None:
        return None
    try:
        return writer(value)
    except Exception as error:  # each library has errors of its own
        fix = "return value.tolist()" if library == "numpy" else "install pyarrow, or return value.to_dict(...)"
        what = f"{place}, a {library}.{kind.__name__}, cannot be an XCom"
        raise SerdeError(f"{what}: {type(error).__name__}: {error}; {fix}") from error


def read(name: str, data: bytes) -> Any:
    """The value from its bytes.  Raises SerdeError when its library is missing or the bytes are damaged."""
    try:
        return READERS[name](data)
    except ImportError as error:
        raise SerdeError(
            f"an XCom is a {name.removeprefix(PREFIX)}, and this worker lacks the library: {error}"
        ) from error
    except Exception as error:  # each library has errors of its own
        raise SerdeError(f"an XCom, a {name.removeprefix(PREFIX)}, cannot be read: {error}") from error


def _encode(value: Any, place: str) -> tuple[str, Any] | None:
    if isinstance(value, ObjectStoragePath):
        return _PATH, [str(value)]
    found = binary(value, place)
    if found is None:
        return None
    return found.name, [base64.b64encode(found.data).decode("ascii"), found.summary]


def _reader(name: str) -> Callable[[Any], Any]:
    return lambda value: read(name, base64.b64decode(value[0]))


# --- Writing -------------------------------------------------------------------------------------------------


def _shape(kind: str, rows: int, columns: list[Any]) -> str:
    names = ", ".join(map(str, columns[:20])) + (", ..." if len(columns) > 20 else "")
    return f"{kind} of {rows:,} rows x {len(columns)} columns: {names}"


def _pandas_frame(value: Any) -> Binary:
    buffer = io.BytesIO()
    value.to_parquet(buffer)
    summary = _shape("pandas.DataFrame", len(value), list(value.columns))
    return Binary(f"{PREFIX}pandas.DataFrame", ".parquet", buffer.getvalue(), summary)


def _pandas_series(value: Any) -> Binary:
    frame = _pandas_frame(value.to_frame("value" if value.name is None else value.name))
    return Binary(f"{PREFIX}pandas.Series", ".parquet", frame.data, f"pandas.Series of {len(value):,} values")


def _polars_frame(value: Any) -> Binary:
    buffer = io.BytesIO()
    value.write_parquet(buffer)
    summary = _shape("polars.DataFrame", value.height, value.columns)
    return Binary(f"{PREFIX}polars.DataFrame", ".parquet", buffer.getvalue(), summary)


def _polars_series(value: Any) -> Binary:
    frame = _polars_frame(value.to_frame())
    return Binary(f"{PREFIX}polars.Series", ".parquet", frame.data, f"polars.Series of {len(value):,} values")


def _arrow_table(value: Any) -> Binary:
    buffer = io.BytesIO()
    importlib.import_module("pyarrow.parquet").write_table(value, buffer)
    summary = _shape("pyarrow.Table", value.num_rows, value.column_names)
    return Binary(f"{PREFIX}pyarrow.Table", ".parquet", buffer.getvalue(), summary)


def _numpy_array(value: Any) -> Binary:
    buffer = io.BytesIO()
    importlib.import_module("numpy").save(buffer, value, allow_pickle=False)
    summary = f"numpy.ndarray of {' x '.join(map(str, value.shape))} {value.dtype}"
    return Binary(f"{PREFIX}numpy.ndarray", ".npy", buffer.getvalue(), summary)


_WRITERS: dict[tuple[str, str], Callable[[Any], Binary]] = {
    ("pandas", "DataFrame"): _pandas_frame,
    ("pandas", "Series"): _pandas_series,
    ("polars", "DataFrame"): _polars_frame,
    ("polars", "Series"): _polars_series,
    ("pyarrow", "Table"): _arrow_table,
    ("numpy", "ndarray"): _numpy_array,
}


# --- Reading -------------------------------------------------------------------------------------------------


def _library(name: str) -> Any:
    return importlib.import_module(name)


def _read_series(data: bytes) -> Any:
    frame = _library("pandas").read_parquet(io.BytesIO(data))
    return frame[frame.columns[0]]


READERS: dict[str, Callable[[bytes], Any]] = {
    f"{PREFIX}pandas.DataFrame": lambda data: _library("pandas").read_parquet(io.BytesIO(data)),
    f"{PREFIX}pandas.Series": _read_series,
    f"{PREFIX}polars.DataFrame": lambda data: _library("polars").read_parquet(io.BytesIO(data)),
    f"{PREFIX}polars.Series": lambda data: _library("polars").read_parquet(io.BytesIO(data)).to_series(0),
    f"{PREFIX}pyarrow.Table": lambda data: _library("pyarrow.parquet").read_table(io.BytesIO(data)),
    f"{PREFIX}numpy.ndarray": lambda data: _library("numpy").load(io.BytesIO(data), allow_pickle=False),
}
_PATH = f"{PREFIX}ObjectStoragePath"
EXTENSION = Extension(
    _encode, {_PATH: lambda value: ObjectStoragePath(value[0]), **{name: _reader(name) for name in READERS}}
)
