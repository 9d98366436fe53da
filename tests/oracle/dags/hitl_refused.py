"""Answers that are refused: an option that is not there, two where one is asked for, none, and a second answer."""
#: drive:
#: - trigger
#: - wait_task: {task: ask, state: [awaiting_input, deferred]}
#: - refused: {answer: {task: ask, options: [c]}}
#: - refused: {answer: {task: ask, options: [a, b]}}
#: - refused: {answer: {task: ask, options: []}}
#: - answer: {task: ask, options: [b]}
#: - refused: {answer: {task: ask, options: [a], again: true}}
#: - wait
#: record: [questions]

from airflow.providers.standard.operators.hitl import HITLOperator
from airflow.sdk import DAG

with DAG("hitl_refused", schedule=None):
    HITLOperator(task_id="ask", subject="which?", options=["a", "b"])
