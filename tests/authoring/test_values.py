"""Params, templates, variables, connections, notifiers, macros, configuration."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import jinja2
import pytest
from authoring_kit import context_of
from hypothesis import given
from hypothesis import strategies as st

from tradewind import (
    DAG,
    BaseHook,
    BaseNotifier,
    BashOperator,
    Connection,
    Context,
    EmptyOperator,
    Param,
    ParamsDict,
    Variable,
    literal,
    macros,
)
from tradewind.authoring import comms
from tradewind.authoring.params import DagParam, check_schema
from tradewind.errors import AirflowException, AirflowNotFoundException, ParamValidationError
from tradewind.spec import wire


class Supervisor:
    """Answers requests from dicts, as the engine does from its database."""

    def __init__(self) -> None:
        self.variables: dict[str, str] = {"a": "1", "b": '{"x": [1]}'}
        self.connections = {
            "db": wire.ConnectionData(conn_id="db", conn_type="postgres", host="h", port=5, extra='{"k": 1}')
        }

    def __call__(self, request: wire.Request) -> Any:
        match request:
            case wire.GetVariable(key):
                if key not in self.variables:
                    raise AirflowNotFoundException(key)
                return self.variables[key]
            case wire.SetVariable(key, value):
                self.variables[key] = value
                return None
            case wire.DeleteVariable(key):
                return int(self.variables.pop(key, None) is not None)
            case wire.ListVariables(prefix):
                return [key for key in self.variables if key.startswith(prefix)]
            case wire.GetConnection(conn_id) if conn_id in self.connections:
                import msgspec

                return msgspec.to_builtins(self.connections[conn_id])
        raise AirflowNotFoundException(str(request))


@pytest.fixture
def supervisor() -> Iterator[Supervisor]:
    made = Supervisor()
    comms.set_channel(made)
    yield made
    comms.set_channel(None)


# --- variables ---------------------------------------------------------------------------------------------------


def test_variables_are_asked_of_the_supervisor(supervisor: Supervisor) -> None:
    assert Variable.get("a") == "1"
    assert Variable.get("b", deserialize_json=True) == {"x": [1]}
    Variable.set("c", {"y": 2}, serialize_json=True)
    assert json.loads(supervisor.variables["c"]) == {"y": 2}
    Variable.set("d", 5)
    assert supervisor.variables["d"] == "5"
    assert (Variable.delete("d"), Variable.delete("d")) == (1, 0)
    assert Variable.keys() == ["a", "b", "c"] and Variable.keys("c") == ["c"]
    assert Variable.setdefault("e", [1], deserialize_json=True) == [1]
    assert Variable.setdefault("e", [2], deserialize_json=True) == [1]
    Variable.update("a", 2)
    assert Variable.get("a") == "2"
    with pytest.raises(KeyError):
        Variable.update("zz", 2)


def test_missing_variables(supervisor: Supervisor) -> None:
    assert Variable.get("zz", None) is None
    assert Variable.get("zz", default_var=3) == 3
    assert Variable.get("zz", default=4) == 4
    for error in (KeyError, AirflowNotFoundException):
        with pytest.raises(error, match=r"there is no Variable 'zz'. Set it with `tradewind variables set zz VALUE`"):
            Variable.get("zz")
    with pytest.raises(AirflowException, match="'a2' is not JSON"):
        Variable.set("a2", "not json")
        Variable.get("a2", deserialize_json=True)
    with pytest.raises(TypeError, match="key of a Variable"):
        Variable.get(5)  # type: ignore[arg-type]


def test_variables_of_the_environment_come_first(supervisor: Supervisor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIRFLOW_VAR_A", "env")
    monkeypatch.setenv("TRADEWIND_VAR_OWN", "[1]")
    assert (Variable.get("a"), Variable.get("own", deserialize_json=True)) == ("env", [1])


def test_variables_without_a_supervisor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIRFLOW_VAR_A", "env")
    assert (Variable.get("a"), Variable.get("b", "x")) == ("env", "x")
    with pytest.raises(KeyError, match="not connected to Tradewind"):
        Variable.get("b")
    with pytest.raises(comms.NoSupervisor, match="SetVariable"):
        Variable.set("b", 1)


# --- connections -------------------------------------------------------------------------------------------------


def test_connections(supervisor: Supervisor, monkeypatch: pytest.MonkeyPatch) -> None:
    found = BaseHook.get_connection("db")
    assert (found.conn_type, found.host, found.port, found.extra_dejson) == ("postgres", "h", 5, {"k": 1})
    monkeypatch.setenv("AIRFLOW_CONN_DB", "mysql://u:p%40ss@host:3306/schema?charset=utf8")
    uri = Connection.get("db")
    assert (uri.conn_type, uri.login, uri.password, uri.host, uri.port, uri.schema) == (
        "mysql",
        "u",
        "p@ss",
        "host",
        3306,
        "schema",
    )
    assert uri.extra_dejson == {"charset": "utf8"}
    monkeypatch.setenv(
        "TRADEWIND_CONN_OWN", json.dumps({"conn_type": "http", "host": "x", "port": "80", "extra": {"a": 1}})
    )
    own = Connection.get_connection_from_secrets("own")
    assert (own.conn_type, own.port, own.extra_dejson) == ("http", 80, {"a": 1})
    with pytest.raises(AirflowNotFoundException, match=r"there is no connection 'zz'. Add it with"):
        Connection.get("zz")
    comms.set_channel(None)
    with pytest.raises(AirflowNotFoundException, match=r"not connected to Tradewind.*AIRFLOW_CONN_ZZ"):
        Connection.get("zz")


@pytest.mark.parametrize(
    ("uri", "expected"),
    [
        ("postgresql://u@h/db", {"conn_type": "postgres", "login": "u", "password": None, "host": "h", "schema": "db"}),
        ("google-cloud-platform://", {"conn_type": "google_cloud_platform", "host": None, "login": None}),
        ("duckdb:////data/w.duckdb", {"conn_type": "duckdb"}),
        ("aws://AKIA:se%2Fcret@/?region_name=eu", {"login": "AKIA", "password": "se/cret", "host": None}),
        ("http://https%3A%2F%2Fx.org:8443/p", {"host": "https://x.org", "port": 8443, "schema": "p"}),
        ("x://h?__extra__=%7B%22a%22%3A+%7B%22b%22%3A+1%7D%7D", {"extra": '{"a": {"b": 1}}'}),
        ("pg://u:p@[::1]:5432/x", {"host": "::1", "port": 5432}),
    ],
)
def test_uris(uri: str, expected: dict[str, Any]) -> None:
    found = Connection(conn_id="c", uri=uri)
    assert {name: getattr(found, name) for name in expected} == expected


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)


@given(
    login=st.none() | TEXT,
    password=st.none() | TEXT,
    host=st.none() | TEXT,
    schema=st.none() | TEXT,
    port=st.none() | st.integers(0, 65535),
    extra=st.none() | st.dictionaries(TEXT, st.one_of(TEXT, st.integers(), st.lists(TEXT)), min_size=1),
)
def test_a_connection_survives_its_uri_and_its_json(**fields: Any) -> None:
    made = Connection(conn_id="c", conn_type="my_db", **fields)
    again = Connection.from_uri(made.get_uri(), conn_id="c")
    assert again.extra_dejson == made.extra_dejson
    names = ("conn_type", "host", "schema", "port", "password")
    assert [getattr(again, name) for name in names] == [getattr(made, name) for name in names]
    assert (again.login or None) == made.login
    assert Connection.from_json(made.as_json(), conn_id="c") == made


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"uri": "x://h", "host": "y"}, "as a URI and by fields"),
        ({"uri": "nothing"}, "has no type"),
        ({"uri": "x://h:99999999"}, "not a number from 0 to 65535"),
        ({"port": "abc"}, "the port 'abc'"),
        ({"extra": "{broken"}, "extra of connection 'c' is not valid JSON"),
    ],
)
def test_bad_connections(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(AirflowException, match=message):
        Connection(conn_id="c", **arguments)


def test_bad_json_and_missing_hooks() -> None:
    for text, message in (
        ("[]", "must be a JSON object"),
        ("{", "not valid JSON"),
        ('{"hots": "x"}', "unknown fields 'hots'"),
    ):
        with pytest.raises(AirflowException, match=message):
            Connection.from_json(text, "c")
    with pytest.raises(AirflowException, match="no hook for the type 'snowflake'"):
        Connection("c", "snowflake").get_hook()
    assert Connection("c", "duckdb", host="/x").get_hook().conn_type == "duckdb"
    assert type(Connection("c", "aws").get_hook()).__name__ == "S3Hook"


# --- params ------------------------------------------------------------------------------------------------------


def test_params_check_their_schema() -> None:
    params = ParamsDict({"n": Param(3, type="integer", minimum=1), "free": "x"})
    assert (params["n"], params["free"], dict(params)) == (3, "x", {"n": 3, "free": "x"})
    params["n"] = 5
    assert params.validate() == {"n": 5, "free": "x"}
    with pytest.raises(ParamValidationError, match="param 'n': 0 is less than the minimum of 1"):
        params["n"] = 0
    assert params["n"] == 5
    with pytest.raises(ParamValidationError, match="param 'e': no value was given"):
        ParamsDict({"e": Param(type="string")}).validate()
    with pytest.raises(ParamValidationError, match="is not a JSON schema"):
        Param(1, type="whole").resolve()
    with pytest.raises(ParamValidationError, match="'2024-13-01' is not a 'date'"):
        Param("2024-13-01", format="date").resolve()
    assert ParamsDict({"n": Param("x", type="integer")}, suppress_exception=True)["n"] is None


def test_merged_params_keep_schemas_and_do_not_touch_the_original() -> None:
    base = ParamsDict({"n": Param(3, type="integer"), "m": 1})
    merged = base.deep_merge({"n": 4, "k": Param("x", type="string")})
    assert merged.dump() == {"n": 4, "m": 1, "k": "x"}
    assert merged.get_param("n").schema == {"type": "integer"}
    assert base.dump() == {"n": 3, "m": 1}


def test_dag_param_takes_the_runs_value() -> None:
    dag = DAG("d", schedule=None)
    param = dag.param("limit", 5)

    class Run:
        conf = {"limit": 7}

    assert isinstance(param, DagParam) and dag.params["limit"] == 5
    assert param.resolve({"dag_run": Run(), "params": {"limit": 5}}) == 7
    assert param.resolve({"params": {"limit": 6}}) == 6
    assert param.resolve({"params": {}}) == 5
    with pytest.raises(ParamValidationError, match="'other'"):
        dag.param("other").resolve({"params": {}})


# --- templates ---------------------------------------------------------------------------------------------------


class Pair(NamedTuple):
    left: str
    right: int


class Nested:
    template_fields = ("inner",)

    def __init__(self, inner: Any) -> None:
        self.inner = inner


def render(value: Any, dag: DAG | None = None, **context: Any) -> Any:
    with dag or DAG("d", schedule=None) as made:
        name = f"t{len(made.task_dict)}"
        task = EmptyOperator(task_id=name)
    return task.render_template(value, context_of(task, **context), made.get_template_env())


def test_values_of_all_shapes_are_rendered() -> None:
    t = "{{ run_id }}"
    assert render([t, (t, 1), {"k": t}, {t}, Pair(t, 2)]) == ["r1", ("r1", 1), {"k": "r1"}, {"r1"}, Pair("r1", 2)]
    assert render(literal(t)) == t
    nested = Nested([t, Nested(t)])
    render(nested)
    assert nested.inner[0] == "r1" and nested.inner[1].inner == "r1"
    assert render(5) == 5 and render(Path("{{ x }}")) == Path("{{ x }}")
    assert render("plain") == "plain" and render("line\n") == "line"


def test_filters_macros_and_strictness() -> None:
    when = datetime(2024, 1, 31, 12, 30, tzinfo=UTC)
    shown = render(
        "{{ w | ds }} {{ w | ds_nodash }} {{ w | ts }} {{ w | ts_nodash }} {{ w | ts_nodash_with_tz }}", w=when
    )
    assert shown == "2024-01-31 20240131 2024-01-31T12:30:00+00:00 20240131T123000 20240131T123000+0000"
    assert (
        render(
            "{{ macros.ds_add('2024-01-31', 1) }} {{ macros.ds_format('2024-01-31', '%Y-%m-%d', '%d.%m.') }}",
            macros=macros,
        )
        == "2024-02-01 31.01."
    )
    assert macros.datetime_diff_for_humans(when, when.replace(day=29)) == "2 days after"
    with pytest.raises(jinja2.UndefinedError, match="'nope' is undefined"):
        render("{{ nope }}")
    assert render("{% set x = [] %}{% do x.append(1) %}{{ x }}") == "[1]"
    assert render("{{ t._dag.dag_id }}", t=EmptyOperator(task_id="x", dag=DAG("own", schedule=None))) == "own"
    with pytest.raises(jinja2.exceptions.SecurityError):
        render("{{ ''.__class__.__mro__ }}")


def test_native_values_and_dag_options(tmp_path: Path) -> None:
    (tmp_path / "q.sql").write_text("select {{ n }}")
    native = DAG("d", schedule=None, render_template_as_native_obj=True)
    assert render("{{ [1, 2] }}", native) == [1, 2] and render("7", native) == 7
    own = DAG(
        "d", schedule=None, template_searchpath=str(tmp_path), user_defined_macros={"double": lambda x: 2 * x},
        user_defined_filters={"shout": str.upper}, template_undefined=jinja2.Undefined,
        jinja_environment_kwargs={"keep_trailing_newline": True},
    )  # fmt: skip
    assert render("{{ double(4) }} {{ 'a' | shout }}{{ nope }}\n", own) == "8 A\n"
    with own:
        task = EmptyOperator(task_id="file")
        task.template_ext = (".sql",)
    assert task.render_template("q.sql", {"n": 3}) == "select 3"
    per_task = BashOperator(
        task_id="n", bash_command="x", env={"K": "{{ [1] }}"}, render_template_as_native_obj=True, dag=own
    )
    per_task.render_template_fields(context_of(per_task))
    assert per_task.env == {"K": [1]}


def test_a_failing_template_names_the_field() -> None:
    with DAG("d", schedule=None):
        task = BashOperator(task_id="b", bash_command="{{ nope }}")
    with pytest.raises(jinja2.UndefinedError) as caught:
        task.render_template_fields(context_of(task))
    assert caught.value.__notes__ == ["while rendering 'bash_command' of task 'b'"]


def test_notifiers_render_for_each_call() -> None:
    sent: list[str] = []

    class Mail(BaseNotifier):
        template_fields = ("text",)

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

        def notify(self, context: Any) -> None:
            sent.append(self.text)

    class Async(Mail):
        notify = BaseNotifier.notify

        async def async_notify(self, context: Any) -> None:
            sent.append("async " + self.text)

    with DAG("d", schedule=None) as dag:
        notifier = Mail("failed {{ run_id }}")
        task = EmptyOperator(task_id="a", on_failure_callback=[notifier, Async("{{ run_id }}")])
    for run_id in ("r1", "r2"):
        for callback in task.callbacks("on_failure_callback"):
            callback(context_of(task, run_id=run_id))
    assert sent == ["failed r1", "async r1", "failed r2", "async r2"]
    assert dag.callbacks("on_failure_callback") == ()


def test_context_makes_values_at_first_use() -> None:
    made: list[str] = []

    def make() -> str:
        made.append("x")
        return "value"

    context = Context(a=1)
    context.add_lazy("late", make)
    assert "late" in context and len(context) == 2 and list(context) == ["a", "late"] and not made
    assert (context["late"], context.get("late"), context.get("none", 3)) == ("value", "value", 3)
    assert made == ["x"]
    with pytest.raises(KeyError):
        context["none"]
    twin = Context(b=2)
    twin.add_lazy("late", make)
    assert {**twin} == {"b": 2, "late": "value"} and (lambda **kw: kw)(**twin) == {"b": 2, "late": "value"}
    twin.add_lazy("other", make)
    copied = twin.copy()
    del twin["other"]
    assert "other" not in twin and copied["other"] == "value"


@pytest.mark.parametrize(
    ("value", "schema", "rule"),
    [
        ("2024-03-05T10:00:00Z", {"type": "string", "format": "date-time"}, None),
        ("2024-03-05T10:00:00+09:00", {"type": "string", "format": "date-time"}, None),
        ("2024-03-05T10:00:00", {"type": "string", "format": "date-time"}, "is not a 'date-time'"),
        ("2024-03-05", {"type": "string", "format": "date-time"}, "is not a 'date-time'"),
        ("tomorrow", {"type": "string", "format": "date-time"}, "is not a 'date-time'"),
        ("2024-02-30", {"type": "string", "format": "date"}, "is not a 'date'"),
        ("10:30:00", {"type": "string", "format": "time"}, None),
        ("25:00:00", {"type": "string", "format": "time"}, "is not a 'time'"),
        (None, {"oneOf": [{"type": "null"}, {"type": "integer"}]}, None),
        ("x", {"oneOf": [{"type": "null"}, {"type": "integer"}]}, "under any of the given schemas"),
        (None, {"type": ["null", "string"]}, None),
        (5, {"const": 4}, "4 was expected"),
        ("d", {"enum": ["a", "b"]}, "is not one of"),
        (0, {"type": "integer", "minimum": 1}, "less than the minimum of 1"),
        (["a", 1], {"type": "array", "items": {"type": "string"}}, "is not of type 'string'"),
        ({"a": 1}, {"type": "object", "required": ["b"]}, "'b' is a required property"),
    ],
)
def test_params_are_held_against_their_schema(value: object, schema: dict[str, object], rule: str | None) -> None:
    problem = check_schema(value, schema)
    assert problem is None if rule is None else rule in (problem or "")
