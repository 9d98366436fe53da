"""Airflow's `airflow.utils.net`.  Written by tools/build_compat.py."""

from tradewind.authoring.provider_tools.host import get_host_ip_address as get_host_ip_address
from tradewind.authoring.provider_tools.host import get_hostname as get_hostname
from tradewind.authoring.provider_tools.host import getfqdn as getfqdn

__all__ = ["get_host_ip_address", "get_hostname", "getfqdn"]
