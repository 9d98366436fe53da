"""Small tools of Airflow that provider packages and operators of users call.

Nothing of Tradewind itself needs them; `airflow.utils`, `airflow.security` and others re-export them (see
tools/compat_names.py).
"""
