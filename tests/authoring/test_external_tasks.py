"""`ExternalTaskMarker` as data, and `ExternalTaskSensor` in its own process."""

from datetime import datetime

from authoring_kit import spec_of

from tradewind import DAG
from tradewind.authoring.external_task import ExternalTaskMarker
from tradewind.spec.dag import MarkerSpec


def marker(**fields):
    with DAG("d", schedule=None) as dag:
        ExternalTaskMarker(**{"task_id": "m", "external_dag_id": "other", "external_task_id": "t", **fields})
    (task,) = spec_of(dag).tasks
    return task


def test_a_marker_is_data():
    task = marker(recursion_depth=3)
    assert task.marker == MarkerSpec(
        dag_id="other", task_id="t", logical_date="{{ logical_date.isoformat() }}", recursion_depth=3
    )
    assert task.does_nothing
    assert marker(execution_date=datetime(2024, 5, 6)).marker.logical_date == "2024-05-06T00:00:00"


def test_only_a_marker_that_must_be_rendered_takes_a_worker():
    assert marker(logical_date="{{ (logical_date - macros.timedelta(days=1)).isoformat() }}").does_nothing
    assert not marker(logical_date="{{ params.day }}").does_nothing
    with DAG("d", schedule=None) as dag:
        ExternalTaskMarker.partial(task_id="m", external_dag_id="other").expand(external_task_id=["a", "b"])
    (task,) = spec_of(dag).tasks
    assert task.marker == MarkerSpec(dag_id="other", logical_date=None)
    assert not task.does_nothing
