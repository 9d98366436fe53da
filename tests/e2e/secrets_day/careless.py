"""A DAG file that cannot be loaded, and says why with secrets."""

from airflow.hooks.base import BaseHook

found = [BaseHook.get_connection(conn_id).password for conn_id in ("in_vault", "in_env")]
raise ValueError(f"no way in with {found}")
