"""A param without a default must be given."""
#: drive:
#: - refused: {run: missing}
#: - trigger: {run: given, conf: {day: "2024-01-31"}}
#: - wait: {params_required: 1}

from airflow.sdk import DAG, Param, task

with DAG("params_required", schedule=None, params={"day": Param(type="string", format="date")}):

    @task
    def show(params=None):
        return params["day"]

    show()
