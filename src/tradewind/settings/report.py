"""All settings in the words of Airflow's configuration: section -> key -> text, secrets hidden.  Called by `bootstrap`
for the API's `config`."""

from __future__ import annotations

from tradewind.settings import HIDDEN, Settings
from tradewind.settings.options import OPTIONS

OWN = "tradewind"
"""The section of the settings by their own names."""


def report(settings: Settings) -> dict[str, dict[str, str]]:
    """Each setting under every name that it is read by, and in the section `tradewind` under its own."""
    told: dict[str, dict[str, str]] = {OWN: {"home": str(settings.home)}}
    for option in OPTIONS:
        value = getattr(settings, option.name)
        text = "" if value is None else str(value)
        if option.secret and value is not None:
            text = HIDDEN
        told[OWN][option.name] = text
        for section, key in option.airflow:
            told.setdefault(section, {})[key] = text
    return told
