"""Name and gender: a CSV from the web to a warehouse table, as one repeatable full refresh.

The third and last version of the pipeline that docs/tutorial/name-gender.md builds step by step:

* the address of the file is the Variable `name_gender_url` (http, https or s3), not a string in the code;
* the warehouse and its password are the Connection `warehouse`; point it at DuckDB, PostgreSQL or Redshift and
  nothing below changes;
* the steps hand their results on by XCom, and each says how many rows went in and how many came out;
* the table is replaced in one transaction, and the checks run inside it: a wrong table is never visible, and a
  second run leaves the same table as the first.
"""

from __future__ import annotations

import csv
import io
from datetime import datetime
from urllib.parse import urlsplit
from urllib.request import urlopen

from airflow.sdk import BaseHook, Variable, dag, task

from tradewind import SqlHook

GENDERS = {"M": "M", "F": "F", "UNISEX": "Unisex"}
MAX_REJECTED = 0.05  # a file with more bad rows than this is not loaded at all


@dag(
    schedule="0 3 * * *",
    start_date=datetime(2022, 5, 5),
    catchup=False,
    max_active_runs=1,
    tags=["example", "full refresh"],
    params={"table": "name_gender"},
    default_args={"owner": "data", "retries": 2, "retry_delay": 10},
    doc_md=__doc__,
)
def name_gender():
    @task
    def extract() -> str:
        """The file's text."""
        url = urlsplit(Variable.get("name_gender_url"))
        if url.scheme == "s3":
            client = BaseHook.get_hook("name_gender_s3").get_conn()
            body = client.get_object(Bucket=url.netloc, Key=url.path.lstrip("/"))["Body"].read()
        elif url.scheme in ("http", "https"):
            with urlopen(url.geturl(), timeout=30) as response:
                body = response.read()
        else:
            raise ValueError(f"Variable name_gender_url: {url.geturl()!r} is no http, https or s3 address")
        text = body.decode("utf-8")
        print(f"extracted {len(text.splitlines())} lines, {len(body)} bytes")
        return text

    @task
    def transform(text: str) -> list[list[str]]:
        """Clean rows, one for each name; what cannot be cleaned is counted, and too much of it is an error."""
        rows: dict[str, str] = {}
        blank = repeated = mended = 0
        rejected: list[str] = []
        lines = csv.reader(io.StringIO(text))
        header = next(lines, None)
        if header != ["name", "gender"]:
            raise ValueError(f"the file starts with {header}, not with the header name,gender")
        for line in lines:
            if not any(field.strip() for field in line):
                blank += 1
                continue
            name = line[0].strip()
            gender = GENDERS.get(line[1].strip().upper()) if len(line) == 2 else None
            if not name or gender is None or rows.get(name, gender) != gender:
                rejected.append(",".join(line))
                continue
            repeated += name in rows
            mended += line != [name, gender]
            rows[name] = gender
        read = len(rows) + repeated + len(rejected)
        print(f"transformed {read} rows in, {len(rows)} out")
        print(f"{blank} blank lines, {repeated} repeated rows, {mended} mended, {len(rejected)} rejected")
        print(f"rejected, for example: {rejected[:3]}")
        if not rows or len(rejected) > MAX_REJECTED * read:
            raise ValueError(f"{len(rejected)} of {read} rows are bad: the file is not loaded")
        return [[name, gender] for name, gender in rows.items()]

    @task
    def load(rows: list[list[str]], params: dict) -> dict[str, int]:
        """Replace the table in one transaction: all of it, checked, or nothing."""
        warehouse = SqlHook("warehouse")
        table = warehouse.quote(params["table"])
        with warehouse.transaction() as tx:
            tx.execute(f"CREATE TABLE IF NOT EXISTS {table} (name VARCHAR(64) NOT NULL, gender VARCHAR(8) NOT NULL)")
            before = tx.scalar(f"SELECT count(*) FROM {table}")
            tx.execute(f"DELETE FROM {table}")
            tx.insert_rows(params["table"], ["name", "gender"], rows)
            after = tx.scalar(f"SELECT count(*) FROM {table}")
            if after != len(rows):
                raise ValueError(f"{len(rows)} rows were written, but the table has {after}")
            check(tx, table)
        print(f"loaded {len(rows)} rows in, {after} in the table, {before} before")
        return {"before": before, "written": len(rows), "after": after}

    @task
    def verify(counts: dict[str, int], params: dict) -> dict[str, int]:
        """What a reader of the table sees now."""
        warehouse = SqlHook("warehouse")
        table = warehouse.quote(params["table"])
        with warehouse.transaction() as tx:
            rows = tx.scalar(f"SELECT count(*) FROM {table}")
            results = {"row count": int(rows == counts["after"]), **check(tx, table)}
        print(f"checked {rows} rows: " + ", ".join(f"{name} ok" for name in results))
        if not all(results.values()):
            raise ValueError(f"the table changed under us: {results}")
        return results

    verify(load(transform(extract())))


def check(tx, table: str) -> dict[str, int]:
    """Raise on the first broken promise about the table; 1 for each promise that holds."""
    promises = {
        "unique key": f"SELECT count(*) - count(DISTINCT name) FROM {table}",
        "no duplicates": f"SELECT count(*) FROM (SELECT name, gender FROM {table} GROUP BY 1, 2 HAVING count(*) > 1) d",
        "no empty key": f"SELECT count(*) FROM {table} WHERE name = ''",
        "known genders": f"SELECT count(*) FROM {table} WHERE gender NOT IN ('M', 'F', 'Unisex')",
    }
    for name, query in promises.items():
        broken = tx.scalar(query)
        if broken:
            raise ValueError(f"check {name!r} failed: {broken} rows")
    return dict.fromkeys(promises, 1)


name_gender()
