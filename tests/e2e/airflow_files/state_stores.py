#: state_stores:
#:   tasks: {job: success, counts: success, remember: success, recall: success, waits: success}
#:   tries: {job: 2, waits: 2}
#:   xcoms:
#:     job: {return_value: [job-1, null, kept]}
#:     counts: {return_value: 1}
#:     recall: {return_value: ["2024-01-01T00:00:00", none]}
#:     waits: {return_value: 3}
from datetime import datetime, timedelta

from airflow.sdk import DAG, NEVER_EXPIRE, Asset, task

ORDERS = Asset("state_orders", uri="s3://lake/orders")
OTHERS = Asset("state_others")

with DAG("state_stores", start_date=datetime(2023, 1, 1), schedule=None):

    @task(retries=1, retry_delay=0.05)
    def job(task_state_store, ti):
        if ti.try_number == 1:
            task_state_store.set("job", "job-1")
            task_state_store.set("gone", 1, retention=timedelta(minutes=1))
            task_state_store.set("for ever", "kept", retention=NEVER_EXPIRE)
            task_state_store.delete("gone")
            raise RuntimeError("the worker has a bad day")
        return [task_state_store.get("job"), task_state_store.get("gone"), task_state_store.get("for ever")]

    @task
    def counts(task_state_store):
        assert task_state_store.get("job") is None  # another task's
        task_state_store.set("a", 1)
        task_state_store.clear()
        return task_state_store.get("a", default=1)

    @task(outlets=[ORDERS])
    def remember(asset_state_store):
        asset_state_store.set("watermark", datetime(2024, 1, 1))

    @task(inlets=[ORDERS, OTHERS])
    def recall(asset_state_store):
        watermark = asset_state_store[ORDERS].get("watermark")
        return [watermark.isoformat(), asset_state_store[OTHERS].get("watermark", "none")]

    @task(retries=1, retry_delay=0.05)
    async def waits(task_state_store, ti):
        done = await task_state_store.aget("done", 0)
        await task_state_store.aset("done", done + 2)
        if ti.try_number == 1:
            raise RuntimeError("once")
        return done + 1

    job()
    counts()
    remember() >> recall()
    waits()
