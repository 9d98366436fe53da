"""The command line, one file per noun; `main` is the entry point of `tradewind` and `airflow`."""
