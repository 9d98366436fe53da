"""What DAG authors import: DAGs, tasks, operators, sensors, groups, params, XCom arguments, timetables.

The public names are gathered, lazily, in `tradewind`; the package `airflow` gives the same objects Airflow's names.
Nothing here knows a database, a server or a scheduler: a task asks its supervisor through `comms`.
"""
