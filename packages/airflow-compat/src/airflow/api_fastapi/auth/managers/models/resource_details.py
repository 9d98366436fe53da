"""Airflow's `airflow.api_fastapi.auth.managers.models.resource_details`.  Written by tools/build_compat.py."""

from tradewind.authoring.provider_tools.access import AccessView as AccessView
from tradewind.authoring.provider_tools.access import AssetAliasDetails as AssetAliasDetails
from tradewind.authoring.provider_tools.access import AssetDetails as AssetDetails
from tradewind.authoring.provider_tools.access import BackfillDetails as BackfillDetails
from tradewind.authoring.provider_tools.access import ConfigurationDetails as ConfigurationDetails
from tradewind.authoring.provider_tools.access import ConnectionDetails as ConnectionDetails
from tradewind.authoring.provider_tools.access import DagAccessEntity as DagAccessEntity
from tradewind.authoring.provider_tools.access import DagDetails as DagDetails
from tradewind.authoring.provider_tools.access import PoolDetails as PoolDetails
from tradewind.authoring.provider_tools.access import TeamDetails as TeamDetails
from tradewind.authoring.provider_tools.access import VariableDetails as VariableDetails

__all__ = [
    "AccessView",
    "AssetAliasDetails",
    "AssetDetails",
    "BackfillDetails",
    "ConfigurationDetails",
    "ConnectionDetails",
    "DagAccessEntity",
    "DagDetails",
    "PoolDetails",
    "TeamDetails",
    "VariableDetails",
]
