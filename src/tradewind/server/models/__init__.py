"""What goes over the wire: the bodies and answers of the REST API, with the fields of Airflow 3."""
