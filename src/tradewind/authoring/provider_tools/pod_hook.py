"""The function of `airflow_local_settings.py` that changes pods before they start.  Airflow: `airflow.settings`."""

from __future__ import annotations

import functools
import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tradewind.authoring.conf import get_airflow_home

_MODULE = "airflow_local_settings"


def pod_mutation_hook(pod: Any) -> None:
    """Called by the Kubernetes operators for each pod; without a function of this name in `airflow_local_settings`,
    in the folder `config` of the home or on the path, nothing changes."""
    function = _own()
    if function is not None:
        function(pod)


@functools.cache
def _own() -> Callable[[Any], Any] | None:
    path = Path(get_airflow_home()) / "config" / f"{_MODULE}.py"
    if _MODULE not in sys.modules and path.exists():
        spec = importlib.util.spec_from_file_location(_MODULE, path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        sys.modules[_MODULE] = module
    if _MODULE not in sys.modules and importlib.util.find_spec(_MODULE) is None:
        return None
    return getattr(importlib.import_module(_MODULE), "pod_mutation_hook", None)
