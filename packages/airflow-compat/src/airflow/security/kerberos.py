"""Airflow's `airflow.security.kerberos`.  Written by tools/build_compat.py."""

from tradewind.authoring.provider_tools.kerberos import get_kerberos_principal as get_kerberos_principal
from tradewind.authoring.provider_tools.kerberos import get_kerberos_principal as get_kerberos_principle
from tradewind.authoring.provider_tools.kerberos import renew_from_kt as renew_from_kt

__all__ = ["get_kerberos_principal", "get_kerberos_principle", "renew_from_kt"]
