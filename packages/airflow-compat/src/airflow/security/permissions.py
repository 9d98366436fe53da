"""Airflow's `airflow.security.permissions`.  Written by tools/build_compat.py."""

ACTION_CAN_ACCESS_MENU = "menu_access"
ACTION_CAN_CREATE = "can_create"
ACTION_CAN_DELETE = "can_delete"
ACTION_CAN_EDIT = "can_edit"
ACTION_CAN_READ = "can_read"
RESOURCE_ASSET = "Assets"
RESOURCE_DAG = "DAGs"
RESOURCE_DAG_RUN = "DAG Runs"

__all__ = [
    "ACTION_CAN_ACCESS_MENU",
    "ACTION_CAN_CREATE",
    "ACTION_CAN_DELETE",
    "ACTION_CAN_EDIT",
    "ACTION_CAN_READ",
    "RESOURCE_ASSET",
    "RESOURCE_DAG",
    "RESOURCE_DAG_RUN",
]
