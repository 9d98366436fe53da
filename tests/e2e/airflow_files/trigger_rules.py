#: trigger_rules:
#:   state: failed
#:   tasks:
#:     ok: success
#:     bad: failed
#:     skipped: skipped
#:     all_success: upstream_failed
#:     all_failed: skipped
#:     all_done: success
#:     one_success: success
#:     one_failed: success
#:     one_done: success
#:     none_failed: upstream_failed
#:     none_failed_min_one_success: upstream_failed
#:     none_failed_or_skipped: success
#:     none_skipped: skipped
#:     all_skipped: skipped
#:     only_skipped: success
#:     always: success
#:     dummy_rule: success
from datetime import datetime

from airflow import DAG
from airflow.exceptions import AirflowSkipException
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.trigger_rule import TriggerRule


def fail():
    raise RuntimeError("on purpose")


def skip():
    raise AirflowSkipException("nothing today")


with DAG("trigger_rules", start_date=datetime(2023, 1, 1), schedule=None) as dag:
    ok = EmptyOperator(task_id="ok")
    bad = PythonOperator(task_id="bad", python_callable=fail)
    skipped = PythonOperator(task_id="skipped", python_callable=skip, trigger_rule="all_done")
    [ok, bad] >> skipped  # the last of the three to end, so that every rule sees the same order
    for rule in (
        TriggerRule.ALL_SUCCESS,
        TriggerRule.ALL_FAILED,
        TriggerRule.ALL_DONE,
        TriggerRule.ONE_SUCCESS,
        TriggerRule.ONE_FAILED,
        TriggerRule.ONE_DONE,
        TriggerRule.NONE_FAILED,
        TriggerRule.NONE_FAILED_MIN_ONE_SUCCESS,
        TriggerRule.NONE_SKIPPED,
        TriggerRule.ALL_SKIPPED,
        TriggerRule.ALWAYS,
    ):
        [ok, bad, skipped] >> PythonOperator(task_id=rule.value, python_callable=print, trigger_rule=rule)
    [ok, skipped] >> PythonOperator(
        task_id="none_failed_or_skipped", python_callable=print, trigger_rule="none_failed_or_skipped"
    )
    skipped >> PythonOperator(task_id="only_skipped", python_callable=print, trigger_rule="all_skipped")
    [bad, skipped] >> PythonOperator(task_id="dummy_rule", python_callable=print, trigger_rule="dummy")
