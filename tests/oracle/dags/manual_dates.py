"""Manual runs with a logical date, with an interval, and with none at all: what the context holds of each."""
#: drive:
#: - trigger: {run: dated}
#: - trigger: {run: ranged, date: 2024-03-06, start: 2024-03-01, end: 2024-03-02}
#: - trigger: {run: undated, date: null}
#: - wait: {manual_dates: 3}

from airflow.sdk import DAG, get_current_context, task

with DAG("manual_dates", schedule=None):

    @task
    def show():
        context = get_current_context()
        words = ("ds", "ts_nodash", "logical_date", "data_interval_start", "data_interval_end")
        return {word: str(context.get(word)) for word in words}

    show()
