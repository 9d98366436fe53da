"""Airflow's `airflow.utils.email`.  Written by tools/build_compat.py."""

from tradewind.authoring.mail import build_mime_message as build_mime_message
from tradewind.authoring.mail import get_email_address_list as get_email_address_list
from tradewind.authoring.mail import send_email as send_email
from tradewind.authoring.mail import send_email_smtp as send_email_smtp

__all__ = ["build_mime_message", "get_email_address_list", "send_email", "send_email_smtp"]
