"""Templates: the Jinja environments, and how fields of operators and notifiers are rendered.

Called by `dag`, `operator` and `notifier`; at run time by the runtime through `render_template_fields`.
Airflow: `Templater`, `literal`, `airflow.templates`.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from tradewind.authoring.xcom_arg import ResolveMixin
from tradewind.errors import AirflowException, DagAuthoringError

if TYPE_CHECKING:
    import jinja2


@dataclass(frozen=True)
class LiteralValue(ResolveMixin):
    """A value that templating leaves alone."""

    value: Any

    def resolve(self, context: Any) -> Any:
        """The value as it is."""
        return self.value


def literal(value: Any) -> LiteralValue:
    """Keep a value of a template field from being rendered."""
    return LiteralValue(value)


def make_environment(
    *,
    searchpath: Sequence[str] = (),
    native: bool = False,
    undefined: Any = None,
    macros: Mapping[str, Any] | None = None,
    filters: Mapping[str, Any] | None = None,
    options: Mapping[str, Any] | None = None,
) -> jinja2.Environment:
    """A Jinja environment with Airflow's options, filters and loader.

    `undefined` defaults to `StrictUndefined`; `options` are further arguments of the environment and win.
    """
    from tradewind.authoring import jinja_env  # loads jinja2, which a DAG file without templates never needs

    return jinja_env.build(
        searchpath=searchpath,
        native=native,
        undefined=undefined,
        macros=macros,
        filters=filters,
        options=options,
    )


class Templater:
    """An object whose `template_fields` are rendered with the context before it works."""

    template_fields: Collection[str] = ()
    template_ext: Sequence[str] = ()

    def get_template_env(self, dag: Any = None) -> jinja2.Environment:
        """The environment of the DAG, or a plain one."""
        dag = dag if dag is not None else getattr(self, "_dag", None)
        return cast("jinja2.Environment", dag.get_template_env()) if dag is not None else make_environment()

    def prepare_template(self) -> None:
        """A hook for subclasses, called before the fields are rendered."""

    def render_fields(
        self, parent: Any, names: Collection[str], context: Any, jinja_env: Any, seen_oids: set[int] | None = None
    ) -> None:
        """Render the attributes `names` of `parent` in place.

        Raises `AirflowException` naming the field when it does not exist, else what the template raises.
        """
        for name in names:
            try:
                value = getattr(parent, name)
            except AttributeError:
                raise AttributeError(
                    f"{name!r} is a template field of {type(parent).__name__}, which has no such attribute; "
                    f"set self.{name} in its __init__ or take it out of template_fields"
                ) from None
            if value:
                try:
                    rendered = self.render_template(value, context, jinja_env, seen_oids)
                except Exception as error:
                    error.add_note(f"while rendering {name!r} of {_name(self)}")
                    raise
                setattr(parent, name, rendered)

    def _do_render_template_fields(
        self, parent: Any, template_fields: Collection[str], context: Any, jinja_env: Any, seen_oids: set[int]
    ) -> None:
        """Airflow's name of `render_fields`: notifiers of providers call it."""
        self.render_fields(parent, template_fields, context, jinja_env, seen_oids)

    def render_template(
        self,
        content: Any,
        context: Any,
        jinja_env: jinja2.Environment | None = None,
        seen_oids: set[int] | None = None,
    ) -> Any:
        """The value with every template in it rendered; lists, dicts and nested objects are walked.

        Strings that end with one of `template_ext` are files under the template search path.  Values whose `id` is in
        `seen_oids` are no templates.
        """
        if seen_oids and id(content) in seen_oids:
            return content
        env = jinja_env if jinja_env is not None else self.get_template_env()
        if isinstance(content, str):
            return self._render_text(content, context, env)
        if isinstance(content, ResolveMixin):
            return content.resolve(context)
        if hasattr(content, "resolve") and not isinstance(content, os.PathLike | type):
            return content.resolve(context)
        if isinstance(content, tuple):
            items = [self.render_template(item, context, env, seen_oids) for item in content]
            return type(content)(*items) if hasattr(content, "_fields") else tuple(items)
        if isinstance(content, list):
            return [self.render_template(item, context, env, seen_oids) for item in content]
        if isinstance(content, dict):
            return {key: self.render_template(item, context, env, seen_oids) for key, item in content.items()}
        if isinstance(content, set):
            return {self.render_template(item, context, env, seen_oids) for item in content}
        nested = getattr(content, "template_fields", None)
        if nested and not isinstance(content, type):
            seen = seen_oids if seen_oids is not None else set()
            if id(content) not in seen:
                seen.add(id(content))
                self.render_fields(content, nested, context, env)
        return content

    def _render_text(self, text: str, context: Any, env: jinja2.Environment) -> Any:
        extensions = [self.template_ext] if isinstance(self.template_ext, str) else self.template_ext
        if any(text.endswith(extension) for extension in extensions):
            return self._render_file(text, context, env)
        from tradewind.authoring import jinja_env  # loaded already: it made `env`

        return jinja_env.render(env.from_string(text), context) if jinja_env.has_markup(env, text) else text

    def _render_file(self, name: str, context: Any, env: jinja2.Environment) -> Any:
        import jinja2  # only when a template is rendered

        from tradewind.authoring import jinja_env

        try:
            template = env.get_template(name)
        except jinja2.TemplateNotFound as error:
            folders = " or ".join(map(str, getattr(env.loader, "searchpath", []))) or "any folder"
            raise TemplateFileNotFound(
                f"{_name(self)}: the template file {error.name!r} is not in {folders}; "
                f"put it there, add its folder to the DAG's template_searchpath, or, when {name!r} is a command and "
                "not a file, add a space at its end"
            ) from error
        return jinja_env.render(template, context)


class TemplateFileNotFound(AirflowException):
    """A template field names a file that does not exist."""


def check_template_fields(cls: type) -> None:
    """Refuse `template_fields = ("name")`, a string where a tuple was meant.  Raises `DagAuthoringError`."""
    for attribute in ("template_fields",):
        value = cls.__dict__.get(attribute)
        if isinstance(value, str):
            raise DagAuthoringError(
                f"{cls.__name__}.{attribute} is the string {value!r}, not a list of names",
                fix=f"write {attribute} = ({value!r},)",
            )


def _name(subject: object) -> str:
    task_id = getattr(subject, "task_id", None)
    return f"task {task_id!r}" if task_id else type(subject).__name__
