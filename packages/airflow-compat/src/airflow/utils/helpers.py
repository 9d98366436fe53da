"""Airflow's `airflow.utils.helpers`.  Written by tools/build_compat.py."""

from airflow._package import later
from tradewind.authoring.edges import chain as chain
from tradewind.authoring.edges import cross_downstream as cross_downstream

__getattr__ = later(
    __name__,
    {
        "as_flattened_list": "a helper of Airflow 2 that Tradewind does not have yet",
        "at_most_one": "a helper of Airflow 2 that Tradewind does not have yet",
        "chunks": "a helper of Airflow 2 that Tradewind does not have yet",
        "convert_camel_to_snake": "a helper of Airflow 2 that Tradewind does not have yet",
        "exactly_one": "a helper of Airflow 2 that Tradewind does not have yet",
        "is_container": "a helper of Airflow 2 that Tradewind does not have yet",
        "merge_dicts": "a helper of Airflow 2 that Tradewind does not have yet",
        "parse_template_string": "a helper of Airflow 2 that Tradewind does not have yet",
        "partition": "a helper of Airflow 2 that Tradewind does not have yet",
        "prune_dict": "a helper of Airflow 2 that Tradewind does not have yet",
        "validate_key": "a helper of Airflow 2 that Tradewind does not have yet",
    },
)

__all__ = ["chain", "cross_downstream"]
