"""What tasks can wait for without a worker: the base classes of triggers, and the triggers that Tradewind brings.

Airflow: `airflow.triggers`, `airflow.providers.standard.triggers`.  A triggerer runs them.
"""
