"""`access_control` of a DAG becomes rights of roles."""

from __future__ import annotations

from typing import Any

import pytest

from tradewind.authoring.access import access_of


@pytest.mark.parametrize(
    ("given", "roles"),
    [
        (None, {}),
        ({"b": {"can_read"}, "a": {"can_read", "can_edit"}}, {"a": "run", "b": "read"}),
        ({"a": {"DAGs": {"can_read"}, "DAG Runs": {"can_create"}}}, {"a": "run"}),
        ({"a": {"DAGs": ["can_read"]}, "none": set()}, {"a": "read"}),
        ({"a": "can_delete"}, {"a": "run"}),
        (["a"], {}),
    ],
)
def test_access_control(given: Any, roles: dict[str, str]) -> None:
    assert access_of(given) == roles
