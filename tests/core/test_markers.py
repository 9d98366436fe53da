"""What an ExternalTaskMarker stands for."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradewind.core.markers import RunDates, Target, readable, target
from tradewind.errors import InvalidError
from tradewind.spec.dag import MarkerSpec

DAY = datetime(2024, 3, 5, 6, 7, 8, tzinfo=UTC)
RUN = RunDates("up", "run1", DAY, DAY, DAY + timedelta(days=1))
DEFAULT = "{{ logical_date.isoformat() }}"


def marker(date: str | None = DEFAULT, dag_id: str | None = "down", task_id: str | None = "wait") -> MarkerSpec:
    return MarkerSpec(dag_id=dag_id, task_id=task_id, logical_date=date)


@pytest.mark.parametrize(
    ("template", "date"),
    [
        (DEFAULT, DAY),
        ("{{ execution_date.isoformat() }}", DAY),
        ("{{logical_date}}", DAY),
        ("{{ ts }}", DAY),
        ("{{ ds }}", datetime(2024, 3, 5, tzinfo=UTC)),
        ("{{ ds }}T04:00:00+02:00", datetime(2024, 3, 5, 2, tzinfo=UTC)),
        ("{{ macros.ds_add(ds, -5) }}", datetime(2024, 2, 29, tzinfo=UTC)),
        ("{{ data_interval_end | ts }}", DAY + timedelta(days=1)),
        ("{{ dag_run.logical_date.isoformat() }}", DAY),
        ("{{ (logical_date - macros.timedelta(days=1, hours=2)).isoformat() }}", DAY - timedelta(days=1, hours=2)),
        ("{{ logical_date.add(hours=3) }}", DAY + timedelta(hours=3)),
        ("{{ logical_date.subtract(weeks=1).to_iso8601_string() }}", DAY - timedelta(weeks=1)),
        ("{{ logical_date.replace(hour=0, minute=0, second=0) }}", datetime(2024, 3, 5, tzinfo=UTC)),
        ("{{ logical_date.strftime('%Y-%m-01') }}", datetime(2024, 3, 1, tzinfo=UTC)),
        ("2021-02-03T04:05:06Z", datetime(2021, 2, 3, 4, 5, 6, tzinfo=UTC)),
    ],
)
def test_dates_of_the_run(template: str, date: datetime) -> None:
    assert readable(marker(template))
    assert target("m", marker(template), None, RUN) == Target("down", "wait", date)


def test_ids_may_be_templates() -> None:
    spec = marker(dag_id="{{ dag.dag_id }}_next", task_id="wait_{{ ds_nodash }}")
    assert target("m", spec, None, RUN) == Target("up_next", "wait_20240305", DAY)


@pytest.mark.parametrize(
    "template",
    [
        "{{ params.day }}",
        "{{ var.value.day }}",
        "{% if ds %}{{ ds }}{% endif %}",
        "{{ my_macro(logical_date) }}",
        "{{ logical_date.__class__ }}",
        "{{ logical_date.strftime }}",
        "{{ ''.join([ds]) }}",
        "{{ ds * 9999 }}",
        "{{ macros.timedelta(days=99999999) }}",
        "{{ logical_date + macros.timedelta(days=9999) * 9999 }}",
        "{{ logical_date.replace(year=0) }}",
        "{{ logical_date.add(days='1') }}",
        "{{ " + "(" * 240 + "ds" + ")" * 240 + " }}",
        "{{ ds " * 3,
        "{{ ds }}" + " " * 500,
        None,
    ],
)
def test_anything_else_needs_a_worker(template: str | None) -> None:
    assert not readable(marker(template))
    with pytest.raises(InvalidError, match="only known when it has run") as told:
        target("'m' of DAG 'up'", marker(template), None, RUN)
    assert "the logical_date of the marker 'm' of DAG 'up'" in str(told.value)
    rendered = {"external_dag_id": "x", "external_task_id": "y", "logical_date": "2024-01-01"}
    assert target("m", marker(template), rendered, RUN) == Target("x", "y", datetime(2024, 1, 1, tzinfo=UTC))


def test_a_text_that_is_no_date_is_named() -> None:
    with pytest.raises(InvalidError, match="'yesterday', which is no date"):
        target("m", marker("yesterday"), None, RUN)


def test_a_run_without_the_date_means_no_other_run() -> None:
    assert target("m", marker(), None, RunDates("up", "asset", None)) is None


@given(st.text(alphabet="{}%# ds()'.-+|*[]:,logicate_=0123", max_size=80))
def test_no_template_does_more_than_be_refused(text: str) -> None:
    readable(marker(text))
    if readable(marker(text)):
        try:
            target("m", marker(text), None, RUN)
        except InvalidError as told:
            assert "no date" in str(told)
