#: import_error: ["airflow.providers.postgres.hooks.postgres", 2]
from airflow.hooks.postgres_hook import PostgresHook

from airflow import DAG
