"""A teardown of two setups runs when one of them worked and all else is done."""

from airflow.sdk import DAG, setup, task, teardown

with DAG("setup_two_for_one_teardown", schedule=None):

    @setup
    def disk():
        return "disk"

    @setup
    def network():
        raise RuntimeError("no network")

    @task
    def work():
        return 1

    @teardown
    def clean():
        return "cleaned"

    disks, networks = disk(), network()
    [disks, networks] >> work() >> clean().as_teardown(setups=[disks, networks])
