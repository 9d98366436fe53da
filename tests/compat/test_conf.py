"""Airflow's `conf` object over environment variables, `airflow.cfg` and the documented defaults."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from airflow.configuration import conf, get_airflow_home
from tradewind.authoring.import_errors import describe_error
from tradewind.errors import AirflowConfigException


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("TRADEWIND_HOME", raising=False)
    monkeypatch.setenv("AIRFLOW_HOME", str(tmp_path))
    return tmp_path


def test_the_documented_defaults(home: Path) -> None:
    assert conf.get("core", "dags_folder") == f"{home}/dags"
    assert conf.getint("core", "parallelism") == 32
    assert conf.getfloat("sensors", "default_timeout") == 604800.0
    assert conf.getboolean("core", "load_examples") is False
    assert conf.get("CORE", "Executor") == "LocalExecutor"
    assert conf.get("core", "base_log_folder") == f"{home}/logs", "Airflow moved it to [logging]"
    assert get_airflow_home() == str(home)


def test_the_environment_comes_first_then_the_file(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = home / "airflow.cfg"
    file.write_text("[core]\nparallelism = 7\n[mine]\npassword = 50%off\n")
    assert conf.getint("core", "parallelism") == 7
    assert conf.get("mine", "password") == "50%off"
    monkeypatch.setenv("AIRFLOW__CORE__PARALLELISM", "9")
    assert conf.getint("core", "parallelism") == 9
    monkeypatch.setenv("AIRFLOW__MINE__OTHER", "x")
    assert conf.getsection("mine") == {"password": "50%off", "other": "x"}
    assert conf.getsection("nothing") is None
    assert conf.has_option("mine", "other")
    assert not conf.has_option("mine", "missing")
    file.unlink()
    assert not conf.has_option("mine", "password")


def test_values_of_all_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    for key, value in {
        "list": "a, b,c",
        "empty": "",
        "json": '{"a": [1]}',
        "seconds": "90",
        "path": "datetime.timedelta",
        "yes": "True  # really",
    }.items():
        monkeypatch.setenv(f"AIRFLOW__MINE__{key}".upper(), value)
    assert conf.getlist("mine", "list") == ["a", "b", "c"]
    assert conf.getlist("mine", "empty") == []
    assert conf.getjson("mine", "json") == {"a": [1]}
    assert conf.getjson("mine", "missing", fallback={"b": 2}) == {"b": 2}
    assert conf.gettimedelta("mine", "seconds") == timedelta(seconds=90)
    assert conf.gettimedelta("mine", "missing", fallback=None) is None
    assert conf.getimport("mine", "path") is timedelta
    assert conf.getimport("mine", "empty") is None
    assert conf.getboolean("mine", "yes") is True
    assert conf.getint("mine", "missing", fallback=None) is None
    assert conf.get_mandatory_value("mine", "seconds") == "90"


def test_a_missing_option_says_how_to_set_it() -> None:
    assert conf.get("mine", "missing", fallback="f") == "f"
    assert conf.get("mine", "missing", fallback=None) is None
    with pytest.raises(AirflowConfigException, match="AIRFLOW__MINE__MISSING"):
        conf.get("mine", "missing")
    with pytest.raises(AirflowConfigException, match="no value"):
        conf.get_mandatory_value("mine", "missing", fallback=None)


@pytest.mark.parametrize(
    ("method", "what"),
    [("getboolean", "a boolean"), ("getint", "a whole number"), ("getfloat", "a number"), ("getjson", "JSON")],
)
def test_a_value_of_the_wrong_kind_is_named(method: str, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIRFLOW__MINE__BAD", "{nonsense")
    with pytest.raises(AirflowConfigException) as caught:
        getattr(conf, method)("mine", "bad")
    described = describe_error(caught.value, Path(__file__))
    assert f"'{{nonsense', which is not {what}" in described.message
    assert "AIRFLOW__MINE__BAD=" in described.message or "AIRFLOW__MINE__BAD=" in str(caught.value)


def test_a_file_that_cannot_be_read_is_named(home: Path) -> None:
    (home / "airflow.cfg").write_text("no section\n")
    with pytest.raises(AirflowConfigException, match=r"airflow\.cfg cannot be read"):
        conf.get("core", "anything", fallback=None)
