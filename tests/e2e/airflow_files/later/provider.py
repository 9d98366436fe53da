#: import_error: ["pip install apache-airflow-providers-postgres", 2]
from airflow.providers.postgres.hooks.postgres import PostgresHook

from airflow import DAG
