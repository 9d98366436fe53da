"""@asset is a DAG with one task and one asset of the same name; another one follows it by its schedule."""
#: dags: [asset_decorator_raw, asset_decorator_clean]
#: drive:
#: - trigger: {dag: asset_decorator_raw}
#: - wait: {asset_decorator_clean: 1}
#: dates: false
#: record: [assets, upstream_events]

from airflow.sdk import Asset, asset


@asset(schedule=None, uri="file:///asset_decorator/raw")
def asset_decorator_raw():
    return {"rows": 2}


@asset(schedule=asset_decorator_raw)
def asset_decorator_clean(context, asset_decorator_raw):
    assert isinstance(asset_decorator_raw, Asset)
    return (
        context["ti"].xcom_pull(dag_id="asset_decorator_raw", task_ids="asset_decorator_raw", include_prior_dates=True)
        is not None
    )
