"""Rendering of templates with a task's context."""

from __future__ import annotations

import jinja2
import pytest

from tradewind.authoring.context import Context
from tradewind.authoring.templates import Templater, make_environment


def test_a_template_makes_only_the_lazy_values_that_it_names() -> None:
    made: list[str] = []
    context = Context(ds="2024-01-01")
    for key in ("cheap", "dear"):
        context.add_lazy(key, lambda key=key: (made.append(key), key)[1])
    env = make_environment(macros={"shout": str.upper})
    templater = Templater()
    assert templater.render_template("{{ shout(cheap) }} {{ ds }} {{ range(2) | list }}", context, env) == (
        "CHEAP 2024-01-01 [0, 1]"
    )
    assert made == ["cheap"]
    native = make_environment(native=True)
    assert templater.render_template("{{ [1, 2] + [dear] }}", context, native) == [1, 2, "dear"]
    with pytest.raises(jinja2.UndefinedError, match="'nobody' is undefined"):
        templater.render_template("{{ nobody }}", context, env)
