"""HITLEntryOperator and HITLOperator: the answer, with params that were filled in, is the result of the task."""
#: drive:
#: - trigger
#: - answer: {task: entry, options: [OK], params: {name: Ada, age: 36}}
#: - answer: {task: plain, options: [b, c]}
#: - wait
#: record: [questions]

from airflow.providers.standard.operators.hitl import HITLEntryOperator, HITLOperator
from airflow.sdk import DAG, Param, task

with DAG("hitl_entry", schedule=None):

    @task
    def sees(given):
        return [given["chosen_options"], given["params_input"]]

    entry = HITLEntryOperator(
        task_id="entry", subject="who?", params={"name": Param("", type="string"), "age": Param(0, type="integer")}
    )
    plain = HITLOperator(task_id="plain", subject="which?", options=["a", "b", "c"], defaults=["a"], multiple=True)
    sees.override(task_id="sees_entry")(entry.output)
    sees.override(task_id="sees_plain")(plain.output)
