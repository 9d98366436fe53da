"""Airflow's import name, served by Tradewind.  Re-exports only."""
