"""The reference pages of the REST API and of events name all that there is."""

from __future__ import annotations

import re
from pathlib import Path

from api_lab import Api

ROOT = Path(__file__).parents[3]
EVENT = re.compile(r'(?:emit|_tell|_emit)\(\s*"([a-z_]+\.[a-z_]+)"')


def test_every_endpoint_is_in_the_reference(sqlite_api: Api) -> None:
    page = (ROOT / "docs/reference/rest-api.md").read_text(encoding="utf-8")
    paths = sqlite_api.anonymous.get("/openapi.json").json()["paths"]
    last_words = {[word for word in path.split("/") if word and word[0] != "{"][-1] for path in paths}
    assert len(last_words) > 40
    assert sorted(word for word in last_words if not re.search(rf"\b{re.escape(word)}\b", page)) == []


def test_every_event_is_in_the_reference() -> None:
    page = (ROOT / "docs/reference/events.md").read_text(encoding="utf-8")
    sources = (path.read_text(encoding="utf-8") for path in (ROOT / "src/tradewind").rglob("*.py"))
    names = {name for source in sources for name in EVENT.findall(source)}
    assert len(names) > 10
    assert sorted(name for name in names if f"`{name}`" not in page) == []
