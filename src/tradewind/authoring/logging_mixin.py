"""`self.log` for classes of users.  Airflow: `airflow.utils.log.logging_mixin`.

What is logged while a task runs is in the attempt's log.
"""

from __future__ import annotations

import logging
import re

_ESCAPES = re.compile(r"\x1B[@-_][0-?]*[ -/]*[@-~]")


def remove_escape_codes(text: str) -> str:
    """The text without the codes that colour a terminal."""
    return _ESCAPES.sub("", text)


class LoggingMixin:
    """Gives a class `self.log` (also as `self.logger()`), and the class itself `cls.logger()`."""

    _log_config_logger_name: str | None = None
    _logger_name: str | None = None

    def __init__(self, context: object = None) -> None:
        """`context` was used by Airflow 1 and does nothing."""

    @property
    def log(self) -> logging.Logger:
        """The logger, named after the class."""
        return _named(type(self), self._logger_name, self._log_config_logger_name)

    @classmethod
    def logger(cls) -> logging.Logger:
        """The same, for class methods."""
        return _named(cls, cls._logger_name, cls._log_config_logger_name)


def _named(cls: type, name: str | None, parent: str | None) -> logging.Logger:
    own = name or f"{cls.__module__}.{cls.__qualname__}"
    return logging.getLogger(f"{parent}.{own}" if parent else own)


class ExternalLoggingMixin:
    """For log handlers whose logs are kept in another system; its subclasses say where."""

    @property
    def log_name(self) -> str:
        """Name of the other system."""
        raise NotImplementedError(f"{type(self).__name__} does not implement log_name")

    def get_external_log_url(self, task_instance: object, try_number: int) -> str:
        """Address of an attempt's log there."""
        raise NotImplementedError(f"{type(self).__name__} does not implement get_external_log_url()")

    @property
    def supports_external_link(self) -> bool:
        """Whether there is such an address."""
        return True
