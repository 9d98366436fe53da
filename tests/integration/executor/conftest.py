"""Fixtures of the executor's tests: one executor with the test DAG, shared by the tests that leave it whole."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from executor_harness import Scheduler, scheduler_with_dag


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scheduler]:
    """One running executor with two workers for all tests of a module."""
    patch = pytest.MonkeyPatch()
    patch.setenv("AIRFLOW_CONN_DB", "postgres://me:conn-password@host/db")
    with patch.context(), scheduler_with_dag(tmp_path_factory.mktemp("executor")) as scheduler:
        yield scheduler
    patch.undo()


@pytest.fixture
def fresh(tmp_path, request):
    """A running executor of the test's own; options come from `@pytest.mark.parametrize(..., indirect=True)`."""
    with scheduler_with_dag(tmp_path, **getattr(request, "param", {})) as scheduler:
        yield scheduler
