#: chains:
#:   tasks: {a: success, b1: success, b2: success, c1: success, c2: success, d: success, e: success, f: success,
#:           g: success, h: success, x1: success, x2: success, y1: success, y2: success}
#:   edges: [a>b1, a>b2, b1>c1, b2>c2, c1>d, c2>d, d>e, d>f, e>g, f>g, g>h, x1>y1, x1>y2, x2>y1, x2>y2]
from datetime import datetime

from airflow import DAG
from airflow.models.baseoperator import chain
from airflow.operators.dummy import DummyOperator
from airflow.utils.helpers import cross_downstream

with DAG("chains", start_date=datetime(2023, 1, 1), schedule_interval=None) as dag:
    a, b1, b2, c1, c2, d, e, f, g, h, x1, x2, y1, y2 = [
        DummyOperator(task_id=name) for name in "a b1 b2 c1 c2 d e f g h x1 x2 y1 y2".split()
    ]
    chain(a, [b1, b2], [c1, c2], d)
    d >> [e, f] >> g
    h << g
    cross_downstream([x1, x2], [y1, y2])
