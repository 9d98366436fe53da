"""State stores over REST."""

from __future__ import annotations

from datetime import timedelta

from api_lab import Api

from support.actions_lab import NOW, dag
from tradewind.spec import serde

ROOT = "/dags/d/dagRuns/r/taskInstances/a/state-store"


def test_entries_of_a_task(api: Api) -> None:
    api.lab.add(dag("d"))
    api.lab.run("d", run_id="r", logical_date=NOW)
    assert api.v2.get(ROOT).json() == {"task_state_store": [], "total_entries": 0}
    assert api.v2.put(f"{ROOT}/job/1", json={"value": {"id": 7}}).status_code == 204
    until = (NOW + timedelta(days=1)).isoformat()
    assert api.v2.put(f"{ROOT}/short", json={"value": "x", "expires_at": until}).status_code == 204
    assert api.v2.put(f"{ROOT}/long", json={"value": [1], "expires_at": None}).status_code == 204
    found = api.v2.get(ROOT).json()
    days = [entry["expires_at"] for entry in found["task_state_store"]]
    assert [entry["key"] for entry in found["task_state_store"]] == ["job/1", "long", "short"]
    assert days == ["2026-03-31T12:00:00Z", None, "2026-03-02T12:00:00Z"] and found["total_entries"] == 3
    assert api.v2.get(ROOT, params={"limit": 1, "offset": 1}).json()["task_state_store"][0]["key"] == "long"
    assert api.v2.get(f"{ROOT}/job/1").json()["value"] == {"id": 7}
    patched = api.v2.patch(f"{ROOT}/short", json={"value": "y"}).json()
    assert (patched["value"], patched["expires_at"]) == ("y", "2026-03-02T12:00:00Z")
    assert api.v2.put(f"{ROOT}/job/1", json={"value": None}).status_code == 422
    assert api.v2.delete(f"{ROOT}/short").status_code == 204
    assert api.v2.delete(f"{ROOT}/short").status_code == 204, "it is gone already"
    for answer in (
        api.v2.get(f"{ROOT}/short"),
        api.v2.patch(f"{ROOT}/short", json={"value": 1}),
    ):
        assert answer.status_code == 404
    assert api.v2.get(ROOT.replace("/a/", "/nope/")).status_code == 404
    assert api.v2.delete(ROOT).status_code == 204
    assert api.v2.get(ROOT).json()["total_entries"] == 0


def test_large_and_typed_xcoms_are_shown_by_their_summary(api: Api) -> None:
    api.lab.add(dag("d"))
    api.lab.run("d", run_id="r", logical_date=NOW)
    texts = {
        "large": serde.tagged(serde.BLOB, ["id", "json", 70_000, "0" * 64, "list of 70,000 characters"]),
        "frame": serde.tagged("library.pandas.DataFrame", ["UEFSMQ==", "pandas.DataFrame of 3 rows x 1 columns: a"]),
        "custom": serde.tagged(serde.BACKEND, '"s3://bucket/key"'),
    }
    for key, text in texts.items():
        api.lab.store.xcoms.set("d", "r", "a", key, text, now=NOW)
    entries = ROOT.replace("state-store", "xcomEntries")
    shown = {key: api.v2.get(f"{entries}/{key}", params={"stringify": False}).json()["value"] for key in texts}
    assert shown == {
        "large": "list of 70,000 characters; it cannot be shown: the large XCom id does not exist any more",
        "frame": "pandas.DataFrame of 3 rows x 1 columns: a",
        "custom": "s3://bucket/key",
    }
