"""Settings: layers, Airflow's names, and messages for values that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradewind import bootstrap
from tradewind.errors import SettingsError
from tradewind.settings import OPTIONS, default_slots, is_loopback, load_settings

KEY = "cFBpT2VvQ3Z3bUpLcHl4b0F5c0ZBdnR0eVZ2bWpVdGE="


def test_defaults_lie_below_the_users_home(tmp_path: Path) -> None:
    settings = load_settings({"HOME": str(tmp_path)})
    home = tmp_path / ".tradewind"
    assert settings.home == home
    assert settings.dags_folder == home / "dags"
    assert settings.log_folder == home / "logs"
    assert settings.database_url == f"sqlite:///{home}/tradewind.db"
    assert (settings.host, settings.port) == ("127.0.0.1", 8080)
    assert settings.dags_are_paused_at_creation
    assert not settings.no_auth
    assert set(settings.sources.values()) == {"default"}


def test_the_layers_override_each_other(tmp_path: Path) -> None:
    (tmp_path / "airflow.cfg").write_text("[webserver]\nweb_server_port = 1001\n[api]\nport = 1002\n")
    env = {"AIRFLOW_HOME": str(tmp_path)}
    assert load_settings(env).port == 1002  # the newer name wins
    env["AIRFLOW__WEBSERVER__WEB_SERVER_PORT"] = "1003"
    assert load_settings(env).port == 1003
    env["AIRFLOW__API__PORT"] = "1004"
    assert load_settings(env).port == 1004
    env["TRADEWIND_PORT"] = "1005"
    assert load_settings(env).port == 1005
    settings = load_settings(env, port="1006", host=None)
    assert settings.port == 1006
    assert settings.sources["port"] == "option --port"
    assert settings.sources["host"] == "default"


def test_tradewind_home_wins_over_airflow_home(tmp_path: Path) -> None:
    env = {"AIRFLOW_HOME": str(tmp_path / "a"), "TRADEWIND_HOME": str(tmp_path / "t")}
    assert load_settings(env).home == tmp_path / "t"
    assert load_settings(env, home=tmp_path / "o").home == tmp_path / "o"
    assert load_settings({**env, "TRADEWIND_HOME": ""}).home == tmp_path / "a"


def test_airflow_names_are_honoured(tmp_path: Path) -> None:
    settings = load_settings(
        {
            "AIRFLOW_HOME": str(tmp_path),
            "AIRFLOW__CORE__DAGS_FOLDER": "~/my_dags",
            "HOME": "/somebody",
            "AIRFLOW__CORE__SQL_ALCHEMY_CONN": "postgresql://u:p@h/d",
            "AIRFLOW__CORE__PARALLELISM": "7",
            "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
            "AIRFLOW__CORE__FERNET_KEY": KEY,
            "AIRFLOW__CORE__DAGBAG_IMPORT_TIMEOUT": "12.5",
            "AIRFLOW__LOGGING__BASE_LOG_FOLDER": "/logs",
        }
    )
    assert settings.dags_folder == Path("/somebody/my_dags")
    assert settings.database_url == "postgresql://u:p@h/d"
    assert settings.slots == 7
    assert not settings.dags_are_paused_at_creation
    assert settings.secret_key == KEY
    assert settings.parse_timeout == 12.5
    assert settings.log_folder == Path("/logs")


def test_what_a_generated_airflow_cfg_says_by_default_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "airflow.cfg").write_text(
        "[core]\nparallelism = 0\nfernet_key =\n"
        f"[database]\nsql_alchemy_conn = sqlite:///{tmp_path}/airflow.db\n"
        "[webserver]\nweb_server_host = 0.0.0.0\n"
        "[logging]\nbase_log_folder = /logs/100%%\nlog_format = %(asctime)s\n"
    )
    settings = load_settings({"AIRFLOW_HOME": str(tmp_path)})
    assert settings.database_url == f"sqlite:///{tmp_path}/tradewind.db"
    assert settings.host == "127.0.0.1"
    assert settings.slots == default_slots()
    assert settings.secret_key is None
    assert settings.log_folder == Path("/logs/100%")


def test_a_lone_percent_sign_in_the_file_is_taken_as_it_stands(tmp_path: Path) -> None:
    (tmp_path / "airflow.cfg").write_text("[database]\nsql_alchemy_conn = postgresql://u:50%off@h/d\n")
    assert load_settings({"AIRFLOW_HOME": str(tmp_path)}).database_url == "postgresql://u:50%off@h/d"


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("TRADEWIND_PORT", "http"),
        ("TRADEWIND_PORT", "65536"),
        ("TRADEWIND_PORT", "-1"),
        ("AIRFLOW__API__PORT", "8080.0"),
        ("TRADEWIND_SLOTS", "0"),
        ("TRADEWIND_SLOTS", "many"),
        ("TRADEWIND_NO_AUTH", "maybe"),
        ("TRADEWIND_GRACE", "-3"),
        ("TRADEWIND_GRACE", "nan"),
        ("TRADEWIND_LEASE_TTL", "0"),
        ("TRADEWIND_PARSE_TIMEOUT", "inf"),
        ("AIRFLOW__CORE__DAG_IGNORE_FILE_SYNTAX", "perl"),
        ("TRADEWIND_LOG_LEVEL", "loud"),
    ],
)
def test_a_bad_value_is_named_with_its_variable_and_the_fix(variable: str, value: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings({"HOME": "/h", variable: value})
    assert variable in caught.value.message
    assert repr(value) in caught.value.message
    assert caught.value.fix


@pytest.mark.parametrize("variable", ["TRADEWIND_SECRET_KEY", "TRADEWIND_DATABASE_URL"])
def test_a_bad_secret_is_not_repeated(variable: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings({"HOME": "/h", variable: "hunter2"})
    assert variable in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_bad_values_in_the_file_are_named_with_file_section_and_key(tmp_path: Path) -> None:
    (tmp_path / "airflow.cfg").write_text("[core]\nparallelism = lots\n")
    with pytest.raises(SettingsError, match=r"airflow.cfg \[core\] parallelism is 'lots'"):
        load_settings({"AIRFLOW_HOME": str(tmp_path)})
    (tmp_path / "airflow.cfg").write_text("parallelism = 3\n")
    with pytest.raises(SettingsError, match=r"airflow.cfg cannot be read"):
        load_settings({"AIRFLOW_HOME": str(tmp_path)})


def test_a_secret_can_be_what_a_command_prints() -> None:
    env = {"HOME": "/h", "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_CMD": "echo postgresql://u:p@h/d"}
    settings = load_settings(env)
    assert settings.database_url == "postgresql://u:p@h/d"
    assert settings.sources["database_url"] == "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_CMD"
    env["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_CMD"] = "echo vault is sealed >&2; exit 3"
    with pytest.raises(SettingsError, match="status 3: vault is sealed"):
        load_settings(env)


def test_several_fernet_keys_are_taken_for_rotation() -> None:
    assert load_settings({"HOME": "/h", "TRADEWIND_SECRET_KEY": f"{KEY},{KEY}"}).secret_key == f"{KEY},{KEY}"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "localhost", "LOCALHOST", "::1", "[::1]"])
def test_loopback_hosts(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.0.1", "example.org", "localhost.example.org", ""])
def test_other_hosts(host: str) -> None:
    assert not is_loopback(host)


@given(st.integers(min_value=1, max_value=1024))
def test_default_slots_stay_in_bounds(cpus: int) -> None:
    assert 4 <= default_slots(cpus) <= 32


@given(st.sampled_from(OPTIONS), st.text(max_size=30))
def test_any_text_is_read_or_refused_with_a_fix(option, text: str) -> None:  # type: ignore[no-untyped-def]
    try:
        load_settings({"HOME": "/h", option.variable: text})
    except SettingsError as error:
        assert option.variable in error.message
        assert error.fix


def test_every_setting_is_in_the_reference_page() -> None:
    page = (Path(__file__).parents[3] / "docs/reference/settings.md").read_text(encoding="utf-8")
    for option in OPTIONS:
        row = next((line for line in page.splitlines() if line.startswith(f"| `{option.name}` |")), "")
        assert f"`{option.variable}`" in row, f"{option.name} has no row"
        for name in option.airflow_variables:
            assert f"`{name}`" in row
        assert option.default_text in row
        assert option.about in row


def test_limits_reach_the_processes_of_users_code(tmp_path: Path) -> None:
    (tmp_path / "airflow.cfg").write_text(
        "[core]\nmax_map_length = 7\nmax_task_retry_delay = 90\n"
        "[scheduler]\npartition_mapper_max_downstream_keys = 3\n[triggerer]\ndefault_capacity = 12\n"
    )
    settings = load_settings({"AIRFLOW_HOME": str(tmp_path)})
    assert settings.triggerer_capacity == 12
    environ = bootstrap.environ_of_users(settings)
    assert environ["AIRFLOW__CORE__MAX_MAP_LENGTH"] == "7"
    assert environ["AIRFLOW__CORE__MAX_TASK_RETRY_DELAY"] == "90"
    assert environ["AIRFLOW__SCHEDULER__PARTITION_MAPPER_MAX_DOWNSTREAM_KEYS"] == "3"
    assert bootstrap.environ_of_users(load_settings({"AIRFLOW_HOME": str(tmp_path / "none")}))[
        "AIRFLOW__CORE__MAX_MAP_LENGTH"
    ] == ("1024")
