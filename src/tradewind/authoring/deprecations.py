"""Warnings that code for Airflow raises and filters.  Airflow: `airflow.exceptions`."""

from __future__ import annotations


class RemovedInAirflow3Warning(DeprecationWarning):
    """Something that Airflow 3 does not have any more."""

    deprecated_since: str | None = None


class RemovedInAirflow4Warning(DeprecationWarning):
    """Something that Airflow 4 will not have."""

    deprecated_since: str | None = None


class AirflowContextDeprecationWarning(DeprecationWarning):
    """A key of the context that Airflow 3 does not have any more."""


class AirflowProviderDeprecationWarning(DeprecationWarning):
    """Something that a provider package will not have in a later version."""

    deprecated_provider_since: str | None = None
