"""Page views: an incremental load, one day at a time, mapped over the sites; a report that follows the data.

* `page_views` loads the day of its data interval and nothing else: what the day had is replaced in one transaction, so
  a retry, a clear or a backfill of any day leaves the table as one run would;
* each site is counted by a task instance of its own: one that fails is retried alone, and says which site it was;
* the load announces its data: `page_view_totals` has no clock, it runs when the table changed, and its context says
  by which days.

    tradewind backfill create --dag-id page_views --from-date 2026-03-01 --to-date 2026-03-07
"""

from __future__ import annotations

import json
from datetime import datetime
from random import Random

from airflow.sdk import Asset, Metadata, Variable, dag, get_current_context, task

from tradewind import SqlHook

SITES = ["blog", "docs", "shop"]
TABLE = Asset(name="page_views", uri="warehouse://page_views", group="example")


@dag(
    schedule="@daily",
    start_date=datetime(2026, 3, 1),
    catchup=False,
    tags=["example", "incremental", "mapped"],
    default_args={"owner": "data", "retries": 2, "retry_delay": 10},
    doc_md=__doc__,
)
def page_views():
    @task
    def list_sites() -> list[str]:
        """The Variable `sites`, a JSON list; without it, three of them."""
        return json.loads(Variable.get("sites", default=json.dumps(SITES)))

    @task(map_index_template="{{ site }}")
    def count_views(site: str, ds: str) -> dict[str, object]:
        """Views and visitors of one site on one day."""
        get_current_context()["site"] = site
        visitors = [visitor for visitor, _ in views_of(site, ds)]
        print(f"{site} on {ds}: {len(visitors)} views by {len(set(visitors))} visitors")
        return {"site": site, "views": len(visitors), "visitors": len(set(visitors))}

    @task(outlets=[TABLE])
    def load(counts: list[dict], ds: str):
        """Replace the day: all of it, checked, or nothing."""
        rows = [[ds, count["site"], count["views"], count["visitors"]] for count in counts]
        with SqlHook("warehouse").transaction() as tx:
            tx.execute(
                "CREATE TABLE IF NOT EXISTS page_views"
                " (day DATE NOT NULL, site VARCHAR(64) NOT NULL, views INTEGER NOT NULL, visitors INTEGER NOT NULL)"
            )
            before = tx.scalar("SELECT count(*) FROM page_views WHERE day = ?", [ds])
            tx.execute("DELETE FROM page_views WHERE day = ?", [ds])
            tx.insert_rows("page_views", ["day", "site", "views", "visitors"], rows)
            twice = tx.scalar("SELECT count(*) - count(DISTINCT site) FROM page_views WHERE day = ?", [ds])
            if twice:
                raise ValueError(f"{twice} sites are in the table twice on {ds}")
        print(f"loaded {len(rows)} rows of {ds}, {before} before")
        yield Metadata(TABLE, {"day": ds, "rows": len(rows)})

    load(count_views.expand(site=list_sites()))


@dag(schedule=[TABLE], tags=["example", "assets"], default_args={"owner": "data"}, max_active_runs=1)
def page_view_totals():
    @task
    def total(triggering_asset_events) -> dict[str, int]:
        """Totals by site, made anew: small enough not to be clever about it."""
        days = sorted(event.extra["day"] for event in triggering_asset_events[TABLE])
        with SqlHook("warehouse").transaction() as tx:
            tx.execute("CREATE TABLE IF NOT EXISTS page_view_totals (site VARCHAR(64) NOT NULL, views BIGINT NOT NULL)")
            tx.execute("DELETE FROM page_view_totals")
            tx.execute("INSERT INTO page_view_totals SELECT site, sum(views) FROM page_views GROUP BY site")
            totals = dict(tx.fetchall("SELECT site, views FROM page_view_totals ORDER BY site"))
        print(f"totals after {', '.join(days)}: {totals}")
        return totals

    total()


def views_of(site: str, day: str) -> list[tuple[str, str]]:
    """Visitor and page of each view; made up here, always the same for a site and a day, as a log file would be."""
    random = Random(f"{site} {day}")
    return [
        (f"visitor-{random.randrange(200)}", f"/{site}/{random.randrange(20)}") for _ in range(random.randint(300, 900))
    ]


page_views()
page_view_totals()
