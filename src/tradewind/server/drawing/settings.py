"""The configuration for people: what is set, what it would be otherwise, and where it was set."""

from __future__ import annotations

from typing import Literal

from fastapi import HTTPException

from tradewind.server.api.responses import errors
from tradewind.server.auth import OP
from tradewind.server.context import Context
from tradewind.server.drawing.common import router as make_router
from tradewind.server.models.common import Answer

router = make_router(OP)


class SettingPart(Answer):
    """A setting."""

    section: str
    key: str
    value: str
    """A secret is `< hidden >`."""
    default: str
    """What it is when nobody sets it; of a secret, nothing."""
    origin: Literal["default", "environment", "file", "option"]
    where: str
    """The variable, the file with section and key, or the option of the command; empty for a default."""
    changed: bool
    """It was set, to something else than the default."""
    aliases: list[str]
    """`section.key` of Airflow's configuration by which it is read as well."""


class SettingsResponse(Answer):
    """All settings: Tradewind's own in the section `tradewind`, then those that only users' code reads."""

    settings: list[SettingPart]


@router.get("/config", responses=errors(403))
def list_settings(context: Context) -> SettingsResponse:
    """Every setting with its default and where its value came from.  Secrets are hidden."""
    if context.settings_shown is None:
        raise HTTPException(
            403, "the configuration is not shown here: set TRADEWIND_EXPOSE_CONFIG=true for the API server"
        )
    return SettingsResponse(
        settings=[
            SettingPart(
                section=each.section,
                key=each.key,
                value=each.value,
                default=each.default,
                origin=each.origin,
                where=each.where,
                changed=each.changed,
                aliases=list(each.aliases),
            )
            for each in context.settings_shown()
        ]
    )
