"""What a task knows of itself and its run."""
#: drive:
#: - trigger: {run: one, conf: {x: 1}}

from airflow.sdk import DAG, get_current_context, task

with DAG("context_of_a_task", schedule=None, tags=["a"], description="d"):

    @task(retries=2)
    def show():
        context = get_current_context()
        ti, run, dag = context["ti"], context["dag_run"], context["dag"]
        return {
            "ti": [ti.dag_id, ti.task_id, ti.run_id, ti.map_index, ti.try_number, ti.max_tries],
            "run": [run.run_id, run.run_type, run.conf, str(run.logical_date)],
            "dag": [dag.dag_id, sorted(dag.task_ids)],
            "params": dict(context["params"]),
            "task": context["task"].task_id,
            "key": context["task_instance_key_str"],
            "outlets": len(context["outlet_events"]),
        }

    show()
