"""URIs of assets, written in one way, so that two DAGs that mean the same data say the same.

Called by `assets`.  Schemes of provider packages are checked by the package, found by its `asset-uris` when such a URI
is first seen; `file` is built in; others are normalised by the general rules only.
"""

from __future__ import annotations

import functools
import importlib
import urllib.parse
import warnings
from collections.abc import Callable
from importlib.metadata import entry_points
from urllib.parse import SplitResult

from tradewind.authoring.problems import ArgumentValueError

_PROVIDERS = "apache_airflow_provider"
Normalizer = Callable[[SplitResult], SplitResult]


def normalized(uri: str) -> str:
    """The URI as it is stored: scheme in lower case, no trailing slash, query sorted, no fragment, no credentials.

    A text without a scheme, or with one that starts with `x-`, stays as it is.  Raises `ArgumentValueError` for the
    reserved scheme `airflow` and what a provider refuses.
    """
    try:
        parts = urllib.parse.urlsplit(uri)
    except ValueError as error:
        raise ArgumentValueError(f"the asset URI {uri!r} cannot be read: {error}", fix="correct it") from None
    scheme = parts.scheme.lower()
    if not scheme or scheme.startswith("x-"):
        return uri
    if scheme == "airflow":
        raise ArgumentValueError(f"the asset URI {uri!r} has the scheme airflow, which is reserved", fix="use another")
    login, at, host = parts.netloc.rpartition("@")
    if at:
        warnings.warn(
            f"the asset URI of {host or scheme} has a user name or password, which were left out; keep them in a "
            "connection",
            UserWarning,
            stacklevel=4,
        )
    del login
    query = urllib.parse.urlencode(sorted(urllib.parse.parse_qsl(parts.query))) if parts.query else ""
    parts = SplitResult(scheme, host, parts.path.rstrip("/") or "/", query, "")
    handler = _handler(scheme)
    if handler is not None:
        try:
            parts = handler(parts)
        except ValueError as error:
            raise ArgumentValueError(f"the asset URI {uri!r} is not valid: {error}", fix="correct it") from error
    return urllib.parse.urlunsplit(parts)


@functools.cache
def _handler(scheme: str) -> Normalizer | None:
    """What an installed provider package checks URIs of the scheme with, or None."""
    if scheme == "file":
        return None
    for entry in entry_points(group=_PROVIDERS):
        info = entry.load()()
        for declared in (*info.get("asset-uris", ()), *info.get("dataset-uris", ())):
            if scheme in declared.get("schemes", ()) and declared.get("handler"):
                module, _, name = str(declared["handler"]).rpartition(".")
                found: Normalizer = getattr(importlib.import_module(module), name)
                return found
    return None
