#: documented:
#:   tasks: {one: success, two: success}
#:   doc: "# A documented DAG"
# Documentation in all its places.
"""
# A documented DAG

It does *nothing*.
"""
from datetime import datetime
from textwrap import dedent

from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG("documented", start_date=datetime(2023, 1, 1), schedule_interval=None, owner_links={"airflow": "https://example.com"}) as dag:
    dag.doc_md = __doc__
    one = EmptyOperator(task_id="one", doc="plain")
    one.doc_md = dedent(
        """\
        #### Task
        Something *else*.
        """
    )
    two = EmptyOperator(task_id="two", doc_json='{"a": 1}', doc_yaml="a: 1", doc_rst="rst", doc_md="md")
    one >> two
