SELECT * FROM orders WHERE day = '{{ ds }}' -- {{ ti.task_id }}
