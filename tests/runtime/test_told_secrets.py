"""What a process learned elsewhere is told to its supervisor, once, before the code that asked gets it."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from typing import Any

import pytest

from tradewind.authoring import comms
from tradewind.authoring.connection import Connection
from tradewind.authoring.variable import Variable
from tradewind.errors import StoreError
from tradewind.runtime import masking, told
from tradewind.runtime.masking import MASK, learn_environment, learn_known, mask_secret, masker
from tradewind.runtime.secret_values import of_environment
from tradewind.spec import wire


class Supervisor:
    """Answers, and keeps what it was told."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.broken = False

    def __call__(self, request: wire.Request) -> Any:
        if isinstance(request, wire.KeepSecrets):
            if self.broken:
                raise StoreError("the database is away")
            assert masker.mask(" ".join(request.values)) == " ".join([MASK] * len(request.values)), "hidden here first"
            self.told += request.values
            return None
        assert isinstance(request, wire.GetVariable)
        masking.learn(request, "stored-token")
        return "stored-token"


@pytest.fixture
def supervisor() -> Iterator[Supervisor]:
    made = Supervisor()
    before = comms.set_channel(made)
    masker.forget()
    told.forget()
    learn_environment({})
    yield made
    comms.set_channel(before)
    masker.forget()
    told.forget()


def test_what_is_told(supervisor: Supervisor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIRFLOW_CONN_LAKE", "http://u:env-pass-1@h/?token=env-token-1&region=eu-central")
    monkeypatch.setenv("AIRFLOW_VAR_API_KEY", "env-key-1")
    learn_environment(os.environ)
    assert supervisor.told == [], "nobody used it"
    assert Connection.get("lake").password == "env-pass-1"
    assert Variable.get("api_key") == "env-key-1"
    assert Variable.get("a_token") == "stored-token"
    mask_secret({"password": "by-code-1", "rows": "plain-text"})
    mask_secret(["env-key-1", "stored-token", "by-code-2", "abcd"])
    assert supervisor.told == ["env-pass-1", "env-token-1", "env-key-1", "by-code-1", "by-code-2"]
    learn_known(["given-1"])
    mask_secret("given-1")
    assert len(supervisor.told) == 5
    assert masker.mask("given-1 by-code-1 plain-text abcd") == f"{MASK} {MASK} plain-text abcd"


def test_work_goes_on_without_it(supervisor: Supervisor, caplog: pytest.LogCaptureFixture) -> None:
    supervisor.broken = True
    with caplog.at_level(logging.WARNING):
        mask_secret("by-code-1")
    assert "the database is away" in caplog.text
    assert "by-code-1" not in caplog.text
    assert masker.mask("by-code-1") == MASK
    supervisor.broken = False
    mask_secret("by-code-1")
    assert supervisor.told == ["by-code-1"], "it was not told yet"
    comms.set_channel(None)
    mask_secret("by-code-2")
    assert masker.mask("by-code-2") == MASK


def test_a_long_list_is_told_in_part(supervisor: Supervisor, caplog: pytest.LogCaptureFixture) -> None:
    mask_secret([f"secret-{number:05}" for number in range(told.ALTOGETHER + 5)])
    assert len(supervisor.told) == told.ALTOGETHER
    assert "5 of them are hidden in logs only" in caplog.text
    mask_secret("x" * (told.LONGEST + 1))
    assert len(supervisor.told) == told.ALTOGETHER


def test_settings_in_the_environment() -> None:
    environ = {
        "TRADEWIND_SECRET_KEY": "new-key-1, old-key-2",
        "TRADEWIND_DATABASE_URL": "postgresql://tradewind:data%20base@localhost/tradewind",
        "AIRFLOW__CORE__FERNET_KEY": "fernet-1",
        "AIRFLOW__SECRETS__BACKEND": "a.provider.Backend",
        "AIRFLOW__SECRETS__BACKEND_KWARGS": '{"prefix": "airflow/connections", "token": "hvs.1234"}',
        "TRADEWIND_KEEP_TASK_SECRETS": "false",
        "TRADEWIND_TOKEN_LIFETIME": "86400",
        "HOME": "/home/somebody",
    }
    assert of_environment(environ) == {
        "new-key-1, old-key-2", "new-key-1", "old-key-2", "data%20base", "data base", "fernet-1", "hvs.1234",
    }  # fmt: skip
