"""Airflow's `airflow.utils.helpers`.  Written by tools/build_compat.py."""

from tradewind.authoring.addresses import run_url as build_airflow_dagrun_url
from tradewind.authoring.edges import chain as chain
from tradewind.authoring.edges import cross_downstream as cross_downstream
from tradewind.authoring.helpers import as_flattened_list as as_flattened_list
from tradewind.authoring.helpers import as_tuple as as_tuple
from tradewind.authoring.helpers import at_most_one as at_most_one
from tradewind.authoring.helpers import chunks as chunks
from tradewind.authoring.helpers import convert_camel_to_snake as convert_camel_to_snake
from tradewind.authoring.helpers import exactly_one as exactly_one
from tradewind.authoring.helpers import is_container as is_container
from tradewind.authoring.helpers import merge_dicts as merge_dicts
from tradewind.authoring.helpers import parse_template_string as parse_template_string
from tradewind.authoring.helpers import partition as partition
from tradewind.authoring.helpers import prevent_duplicates as prevent_duplicates
from tradewind.authoring.helpers import prune_dict as prune_dict
from tradewind.authoring.helpers import reduce_in_chunks as reduce_in_chunks
from tradewind.authoring.helpers import render_template_to_string as render_template_to_string
from tradewind.authoring.helpers import validate_group_key as validate_group_key
from tradewind.authoring.helpers import validate_key as validate_key

__all__ = [
    "as_flattened_list",
    "as_tuple",
    "at_most_one",
    "build_airflow_dagrun_url",
    "chain",
    "chunks",
    "convert_camel_to_snake",
    "cross_downstream",
    "exactly_one",
    "is_container",
    "merge_dicts",
    "parse_template_string",
    "partition",
    "prevent_duplicates",
    "prune_dict",
    "reduce_in_chunks",
    "render_template_to_string",
    "validate_group_key",
    "validate_key",
]
