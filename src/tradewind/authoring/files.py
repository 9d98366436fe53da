"""Finding files as file sensors do, and `FSHook`.

Airflow: `airflow.hooks.filesystem`, `airflow.providers.standard.hooks.filesystem`.  Used by `triggers.file` and the
file sensor.
"""

from __future__ import annotations

import glob
import os
from pathlib import Path
from typing import Any

from tradewind.authoring.hooks import BaseHook
from tradewind.errors import AirflowNotFoundException


class FSHook(BaseHook):
    """The folder that a connection of type `fs` names: `{"path": "/data"}` in its extra, or `/`."""

    conn_name_attr = "fs_conn_id"
    default_conn_name = "fs_default"
    conn_type = "fs"
    hook_name = "File (path)"

    def __init__(self, fs_conn_id: str = default_conn_name, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        try:
            self.basepath = str(self.get_connection(fs_conn_id).extra_dejson.get("path", ""))
        except AirflowNotFoundException:
            if fs_conn_id != self.default_conn_name:
                raise
            self.basepath = "/"  # Airflow brings this connection with every installation
        self.conn = self.basepath

    def get_conn(self) -> None:
        """Nothing to connect to."""

    def get_path(self) -> str:
        """The folder."""
        return self.basepath


def first_file(pattern: str, *, recursive: bool) -> str | None:
    """The first path that matches (a file, or a folder with a file in it), or None."""
    # not Path.glob: patterns are absolute, and users know what `glob` makes of `**` and of hidden files
    for path in sorted(glob.glob(pattern, recursive=recursive)):  # noqa: PTH207
        if Path(path).is_file() or any(files for _, _, files in os.walk(path)):
            return path
    return None
