"""All settings for people: in the words of Airflow's configuration (section -> key -> text), and each once with its
default and where it came from; secrets hidden.  Called by `bootstrap` for the API."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tradewind.settings import HIDDEN, Settings
from tradewind.settings.options import OPTIONS, Option

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


Origin = Literal["default", "environment", "file", "option"]


@dataclass(frozen=True, slots=True)
class Shown:
    """A setting as people look at it; of a secret neither the value nor the default is told."""

    section: str
    key: str
    value: str
    default: str
    origin: Origin
    where: str
    """The variable, the file with section and key, or the option of the command; empty for a default."""
    changed: bool
    """The value is not the default."""
    aliases: tuple[str, ...] = ()
    """`section.key` of Airflow's configuration by which it is read as well."""


def shown(settings: Settings) -> list[Shown]:
    """Each setting of Tradewind once, with its default and where its value came from."""
    home = _shown("home", settings.home, "~/.tradewind", settings.sources.get("home", "default"))
    return [home, *(_option(settings, option) for option in OPTIONS)]


def _option(settings: Settings, option: Option) -> Shown:
    value, default = getattr(settings, option.name), option.default(settings.home)
    aliases = tuple(f"{section}.{key}" for section, key in option.airflow)
    source = settings.sources.get(option.name, "default")
    return _shown(option.name, value, default, source, option.secret, aliases)


def _shown(
    key: str, value: object, default: object, source: str, secret: bool = False, aliases: tuple[str, ...] = ()
) -> Shown:
    given, usual = ("" if each is None else str(each) for each in (value, default))
    changed = source != "default" and given != usual
    if secret:
        given, usual = (HIDDEN if given else ""), ""
    origin, where = origin_of(source)
    return Shown(OWN, key, given, usual, origin, where, changed, aliases)


def origin_of(source: str) -> tuple[Origin, str]:
    """What `Settings.sources` says, as a kind and a name."""
    if source == "default":
        return "default", ""
    if source.startswith("option "):
        return "option", source.removeprefix("option ")
    return ("file", source) if " [" in source else ("environment", source)
