"""Who may do what, and who did what, under `/api/tradewind`: users, roles, tokens of machines, the audit log."""

from __future__ import annotations

from starlette.routing import BaseRoute

from tradewind.server.access import audit, me, roles, tokens, users


def routes() -> list[BaseRoute]:
    """All routes of this part."""
    found: list[BaseRoute] = []
    for part in (me, users, roles, tokens, audit):
        found += part.router.routes
    return found
