"""What provider packages call of Airflow beside its operators: each does here what it does there."""

from __future__ import annotations

import asyncio
import functools
import json
import os
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
import types
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import ClassVar

import pytest

from airflow.exceptions import AirflowConfigException, AirflowException, AirflowTaskTimeout
from airflow.models.asset import expand_alias_to_assets
from airflow.models.taskinstance import clear_task_instances
from airflow.sdk import AssetAlias, BaseOperator, Connection, Variable, task
from airflow.sdk.bases.decorator import DecoratedMappedOperator, is_async_callable
from airflow.secrets import BaseSecretsBackend
from airflow.security.kerberos import renew_from_kt
from airflow.settings import pod_mutation_hook
from airflow.stats import Stats
from airflow.utils import yaml
from airflow.utils.deprecation_tools import add_deprecated_classes
from airflow.utils.hashlib_wrapper import md5
from airflow.utils.json import WebEncoder, XComDecoder, XComEncoder
from airflow.utils.net import get_hostname
from airflow.utils.operator_helpers import (
    AIRFLOW_VAR_NAME_FORMAT_MAPPING,
    context_to_airflow_vars,
    make_kwargs_callable,
)
from airflow.utils.platform import getuser
from airflow.utils.process_utils import execute_in_subprocess, patch_environ
from airflow.utils.timeout import timeout
from tradewind import DAG
from tradewind.authoring.provider_tools import pod_hook
from tradewind.runtime.masking import learn_environment, masker


def test_environment_variables_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEPT", "before")
    monkeypatch.delenv("FRESH", raising=False)
    with pytest.raises(KeyError), patch_environ({"KEPT": "inside", "FRESH": "inside"}):
        assert (os.environ["KEPT"], os.environ["FRESH"]) == ("inside", "inside")
        raise KeyError
    assert (os.environ["KEPT"], os.environ.get("FRESH")) == ("before", None)


def test_a_command_logs_what_it_prints(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", "airflow.task"):
        execute_in_subprocess([sys.executable, "-c", "print('one'); print('two')"])
    assert [record.getMessage() for record in caplog.records][1:] == ["one", "two"]
    with pytest.raises(subprocess.CalledProcessError) as caught:
        execute_in_subprocess([sys.executable, "-c", "raise SystemExit(3)"])
    assert caught.value.returncode == 3


def test_yaml_is_safe() -> None:
    assert yaml.safe_load(yaml.dump({"a": [1, None]})) == {"a": [1, None]}
    with pytest.raises(yaml.YAMLError):
        yaml.safe_load("!!python/object/apply:os.getcwd []")


def test_a_timeout_ends_what_runs_under_it_and_leaves_the_timer_before() -> None:
    heard: list[int] = []
    before = signal.signal(signal.SIGALRM, lambda number, frame: heard.append(number))
    try:
        signal.setitimer(signal.ITIMER_REAL, 1000)
        with pytest.raises(AirflowTaskTimeout, match=f"too slow, PID: {os.getpid()}"), timeout(0.01, "too slow"):
            threading.Event().wait(30)
        left, _ = signal.getitimer(signal.ITIMER_REAL)
        assert 0 < left <= 1000
        with timeout(1000):
            pass
        assert signal.getitimer(signal.ITIMER_REAL)[0] <= left
        assert not heard
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.fixture
def statsd(monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        server.settimeout(10)
        for name, value in (
            ("STATSD_ON", "True"),
            ("STATSD_HOST", "127.0.0.1"),
            ("STATSD_PORT", str(server.getsockname()[1])),
            ("STATSD_PREFIX", "mine"),
        ):
            monkeypatch.setenv(f"AIRFLOW__METRICS__{name}", value)
        yield server


def test_metrics_go_to_statsd(statsd: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    def heard() -> str:
        return statsd.recv(1000).decode()

    Stats.incr("rows", 3)
    assert heard() == "mine.rows:3|c"
    Stats.decr("rows")
    assert heard() == "mine.rows:-1|c"
    Stats.gauge("open", 2.5)
    Stats.gauge("open", 2, delta=True)
    assert (heard(), heard()) == ("mine.open:2.5|g", "mine.open:+2|g")
    Stats.timing("load", timedelta(seconds=1.5))
    assert heard() == "mine.load:1500.000000|ms"
    with Stats.timer("block") as timer:
        pass
    assert heard().startswith("mine.block:")
    assert timer.duration is not None
    monkeypatch.setenv("AIRFLOW__METRICS__METRICS_BLOCK_LIST", "secret,^load")
    for stat_name in ("my.secret", "loads", "last"):
        Stats.incr(stat_name, tags={"b": 2, "a": 1})
    assert heard() == "mine.last:1|c"
    monkeypatch.setenv("AIRFLOW__METRICS__METRICS_ALLOW_LIST", "rows")
    monkeypatch.setenv("AIRFLOW__METRICS__STATSD_DATADOG_ENABLED", "True")
    for stat_name in ("last", "rows"):
        Stats.incr(stat_name, tags={"b": 2, "a": 1})
    assert heard() == "mine.rows:1|c|#a:1,b:2"
    monkeypatch.setenv("AIRFLOW__METRICS__STATSD_ON", "False")
    Stats.incr("rows")
    statsd.setblocking(False)
    with pytest.raises(BlockingIOError):
        heard()


class Vault(BaseSecretsBackend):
    """A vault in memory."""

    def get_conn_value(self, conn_id: str) -> str | None:
        values = {"uri": "http://u:p@h:80/x", "json": '{"conn_type": "ftp", "host": "f"}'}
        return values.get(self.build_path("conns", conn_id).partition("/")[2])


def test_a_vault() -> None:
    vault = Vault()
    assert vault.build_path("a", "b", "-") == "a-b"
    found = vault.get_connection("uri")
    assert isinstance(found, Connection)
    assert (found.conn_id, found.login, found.password, found.port) == ("uri", "u", "p", 80)
    assert getattr(vault.get_connection("json"), "host", None) == "f"
    assert vault.get_connection("none") is None
    with pytest.raises(NotImplementedError, match="Vault does not implement get_variable"):
        vault.get_variable("x")
    assert vault.get_config("x") is None


class Configured(Vault):
    """What the settings name."""

    made: ClassVar[list[dict[str, str]]] = []

    def __init__(self, **kwargs: str) -> None:
        self.made.append(kwargs)

    def get_conn_value(self, conn_id: str) -> str | None:
        if conn_id == "down":
            raise OSError("the vault is shut")
        if conn_id == "itself":
            return Connection.get("plain").get_uri()
        return "http://u:from-the-vault@h" if conn_id == "both" else None

    def get_variable(self, key: str) -> str | None:
        return {"api_key": "key-of-the-vault"}.get(key)


def test_the_configured_vault_is_asked_first(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    Configured.made.clear()
    for conn_id in ("both", "down", "plain"):
        monkeypatch.setenv(f"AIRFLOW_CONN_{conn_id.upper()}", "ftp://of-the-environment")
    monkeypatch.setenv("AIRFLOW_VAR_API_KEY", "of the environment")
    monkeypatch.setenv("AIRFLOW_VAR_OTHER", "of the environment")
    assert Connection.get("both").conn_type == "ftp"
    monkeypatch.setenv("AIRFLOW__SECRETS__BACKEND", f"{__name__}.Configured")
    monkeypatch.setenv("AIRFLOW__SECRETS__BACKEND_KWARGS", '{"prefix": "mine"}')
    learn_environment({})
    try:
        assert [Connection.get(name).conn_type for name in ("both", "plain", "itself")] == ["http", "ftp", "ftp"]
        assert Variable.get("api_key") == "key-of-the-vault"
        assert Variable.get("other") == "of the environment"
        assert masker.mask("from-the-vault and key-of-the-vault") == "*** and ***"
        assert Connection.get("down").conn_type == "ftp"
        assert "the secrets backend Configured cannot tell 'down': the vault is shut" in caplog.text
        assert Configured.made == [{"prefix": "mine"}]
        monkeypatch.setenv("AIRFLOW__WORKERS__SECRETS_BACKEND", f"{__name__}.NotThere")
        with pytest.raises(AirflowConfigException, match=r"\[workers/secrets_backend\] is '.*NotThere', which cannot"):
            Connection.get("both")
        monkeypatch.delenv("AIRFLOW__WORKERS__SECRETS_BACKEND")
        monkeypatch.setenv("AIRFLOW__SECRETS__BACKEND_KWARGS", "[1]")
        with pytest.raises(AirflowConfigException, match="not a JSON object"):
            Variable.get("other")
    finally:
        masker.forget()


def test_a_ticket_of_kerberos(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kinit, said = tmp_path / "kinit", tmp_path / "said"
    kinit.write_text(f'#!/bin/sh\necho "$@" > {said}\ntest "$8" != broken || {{ echo no such keytab >&2; exit 7; }}\n')
    kinit.chmod(kinit.stat().st_mode | stat.S_IEXEC)
    monkeypatch.setenv("AIRFLOW__KERBEROS__KINIT_PATH", str(kinit))
    monkeypatch.setenv("AIRFLOW__KERBEROS__CCACHE", "/cache")
    monkeypatch.setenv("AIRFLOW__KERBEROS__FORWARDABLE", "False")
    assert renew_from_kt("me/_HOST@HOME", "keys") == 0
    assert said.read_text().split() == [
        *("-F", "-a", "-r", "3600m", "-k", "-t", "keys", "-c", "/cache", f"me/{get_hostname()}@HOME"),
    ]
    monkeypatch.setenv("AIRFLOW__KERBEROS__CCACHE", "broken")
    monkeypatch.setenv("AIRFLOW__KERBEROS__KINIT_PATH", str(tmp_path / "missing"))
    assert renew_from_kt("me", "keys", exit_on_fail=False) == 1
    with pytest.raises(AirflowException, match="no Kerberos ticket for me"):
        renew_from_kt("me", "keys")


def test_pods_are_changed_by_the_local_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pod = types.SimpleNamespace(labels={})
    monkeypatch.delitem(sys.modules, "airflow_local_settings", raising=False)
    monkeypatch.setenv("AIRFLOW_HOME", str(tmp_path))
    monkeypatch.delenv("TRADEWIND_HOME", raising=False)
    pod_hook._own.cache_clear()
    try:
        pod_mutation_hook(pod)
        assert pod.labels == {}
        pod_hook._own.cache_clear()
        (tmp_path / "config").mkdir()
        text = "def pod_mutation_hook(pod):\n    pod.labels['team'] = 'data'\n"
        (tmp_path / "config" / "airflow_local_settings.py").write_text(text)
        pod_mutation_hook(pod)
        assert pod.labels == {"team": "data"}
    finally:
        pod_hook._own.cache_clear()
        sys.modules.pop("airflow_local_settings", None)


def test_old_names_of_a_package(monkeypatch: pytest.MonkeyPatch) -> None:
    package = types.ModuleType("shop_of_old")
    monkeypatch.setitem(sys.modules, "shop_of_old", package)
    add_deprecated_classes({"tea": {"Leaf": "decimal.Decimal"}, "__init__": {"*": "json"}}, "shop_of_old")
    monkeypatch.setitem(sys.modules, "shop_of_old.tea", sys.modules["shop_of_old.tea"])
    with pytest.warns(DeprecationWarning, match=r"shop_of_old.tea.Leaf has moved: use decimal.Decimal"):
        exec("from shop_of_old.tea import Leaf", namespace := {})
    assert namespace["Leaf"] is Decimal
    with pytest.raises(AttributeError, match="no attribute 'Stem'"):
        _ = sys.modules["shop_of_old.tea"].Stem
    with pytest.warns(DeprecationWarning, match=r"use json.dumps"):
        assert package.dumps is json.dumps
    with pytest.warns(DeprecationWarning), pytest.raises(AttributeError, match="'shop_of_old' has no attribute 'no'"):
        _ = package.no


def test_values_of_xcoms_as_json() -> None:
    value = {"at": datetime(2026, 1, 1, tzinfo=UTC), "pair": (1, {2}), "price": Decimal("1.1")}
    text = json.dumps(value, cls=XComEncoder)
    assert json.loads(text, cls=XComDecoder) == value
    assert json.loads("".join(XComEncoder().iterencode(value)), cls=XComDecoder) == value
    readable = {"at": "2026-01-01T00:00:00+00:00", "pair": [1, [2]], "price": "1.1"}
    assert json.loads(json.dumps(value, cls=WebEncoder)) == readable
    with pytest.raises(TypeError, match="cannot be an XCom"):
        json.dumps({"x": object()}, cls=XComEncoder)


def test_small_tools() -> None:
    assert md5(b"x").hexdigest() == "9dd4e461268c8034f5c8564e155c67a6"
    assert getuser()
    assert get_hostname()
    with pytest.raises(AirflowException, match="inlet_events"):
        expand_alias_to_assets(AssetAlias("x"))
    with pytest.raises(AirflowException, match="clearTaskInstances"):
        clear_task_instances([], None)


def test_names_of_the_context() -> None:
    names = context_to_airflow_vars({"run_id": "r"})
    assert names["AIRFLOW_CTX_DAG_RUN_ID"] == "r"
    assert context_to_airflow_vars({"run_id": "r"}, in_env_var_format=False)["airflow.ctx.dag_run_id"] == "r"
    assert AIRFLOW_VAR_NAME_FORMAT_MAPPING["AIRFLOW_CTX_DAG_ID"]["default"] == "airflow.ctx.dag_id"


def test_callables() -> None:
    async def waits() -> None:
        await asyncio.sleep(0)

    class Waits:
        async def __call__(self) -> None: ...

    assert [is_async_callable(one) for one in (waits, functools.partial(waits), Waits(), Waits, time.time)] == [
        *(True, True, True, False, False)
    ]
    assert make_kwargs_callable(lambda a, *, ds: (a, ds))(1, ds="day", other=2) == (1, "day")


def test_a_mapped_task_of_a_function_is_of_its_own_class() -> None:
    with DAG("d", schedule=None) as dag:

        @task
        def double(x: int) -> int:
            return 2 * x

        double.expand(x=[1, 2])
        BaseOperator.partial(task_id="plain").expand(params=[{}, {}])
    assert isinstance(dag.get_task("double"), DecoratedMappedOperator)
    assert not isinstance(dag.get_task("plain"), DecoratedMappedOperator)
