#: import_error: ["airflow.operators.subdag does not exist any more: use airflow.sdk.TaskGroup", 2]
from airflow.operators.subdag import SubDagOperator
