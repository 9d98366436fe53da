"""The Jinja environments, built on first use by `templates` (this module loads jinja2).

Airflow: `airflow.templates`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import jinja2
import jinja2.nativetypes
import jinja2.sandbox

from tradewind.authoring.context import Context


class _PrivateAllowed:
    """Sandbox rule: `_name` may be used in templates, `__name__` may not."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may read `obj.attr`."""
        return not jinja2.sandbox.is_internal_attribute(obj, attr)


class SandboxedEnvironment(_PrivateAllowed, jinja2.sandbox.SandboxedEnvironment):
    """Renders templates to text."""


class NativeEnvironment(_PrivateAllowed, jinja2.sandbox.SandboxedEnvironment, jinja2.nativetypes.NativeEnvironment):
    """Renders templates to Python values where the text is one."""


def ds_filter(value: dt.datetime | None) -> str | None:
    """`2024-01-31`."""
    return None if value is None else value.strftime("%Y-%m-%d")


def ds_nodash_filter(value: dt.datetime | None) -> str | None:
    """`20240131`."""
    return None if value is None else value.strftime("%Y%m%d")


def ts_filter(value: dt.datetime | None) -> str | None:
    """`2024-01-31T00:00:00+00:00`."""
    return None if value is None else value.isoformat()


def ts_nodash_filter(value: dt.datetime | None) -> str | None:
    """`20240131T000000`."""
    return None if value is None else value.strftime("%Y%m%dT%H%M%S")


def ts_nodash_with_tz_filter(value: dt.datetime | None) -> str | None:
    """`20240131T000000+0000`."""
    return None if value is None else value.isoformat().replace("-", "").replace(":", "")


FILTERS: dict[str, Callable[[dt.datetime | None], str | None]] = {
    "ds": ds_filter,
    "ds_nodash": ds_nodash_filter,
    "ts": ts_filter,
    "ts_nodash": ts_nodash_filter,
    "ts_nodash_with_tz": ts_nodash_with_tz_filter,
}


def build(
    *,
    searchpath: Sequence[str],
    native: bool,
    undefined: Any,
    macros: Mapping[str, Any] | None,
    filters: Mapping[str, Any] | None,
    options: Mapping[str, Any] | None,
) -> jinja2.Environment:
    """See `templates.make_environment`."""
    arguments: dict[str, Any] = {
        "loader": jinja2.FileSystemLoader(list(searchpath)),
        "undefined": undefined or jinja2.StrictUndefined,
        "extensions": ["jinja2.ext.do"],
        "cache_size": 0,  # a file that changed must be read again by a warm worker
    }
    arguments.update(options or {})
    env: jinja2.Environment = (NativeEnvironment if native else SandboxedEnvironment)(**arguments)
    env.filters.update(FILTERS)
    env.globals.update(macros or {})
    env.filters.update(filters or {})
    return env


def has_markup(env: jinja2.Environment, text: str) -> bool:
    """Whether rendering can change the text: most fields are plain and need no compilation."""
    if isinstance(env, jinja2.nativetypes.NativeEnvironment) or env.line_statement_prefix or env.line_comment_prefix:
        return True
    marks = (env.variable_start_string, env.block_start_string, env.comment_start_string, "\n", "\r")
    return any(mark in text for mark in marks)


def render(template: jinja2.Template, context: Any) -> Any:
    """The rendered template.

    `Template.render` copies its variables into a dict, which would make every lazy value of a task's context, a request
    to the supervisor among them; here a name is looked up when the template uses it.
    """
    if not isinstance(context, Context):
        return template.render(context)
    names = context.copy()
    for name, value in template.globals.items():
        if name not in names:
            names[name] = value
    try:
        return template.environment.concat(template.root_render_func(template.new_context(names, shared=True)))
    except Exception:
        template.environment.handle_exception()
