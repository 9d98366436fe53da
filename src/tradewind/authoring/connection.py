"""`Connection`: where a system is and how to log in.  Airflow: `airflow.models.Connection`, `airflow.sdk.Connection`.

Looked up in the environment (`AIRFLOW_CONN_<ID>`, `TRADEWIND_CONN_<ID>`: a URI or JSON), then asked of the supervisor.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from tradewind.authoring import comms
from tradewind.authoring.hook_types import make_hook
from tradewind.authoring.vault import connection_of_vault
from tradewind.errors import AirflowException, AirflowNotFoundException

PREFIXES = ("AIRFLOW_CONN_", "TRADEWIND_CONN_")
_FIELDS = ("conn_type", "description", "host", "login", "password", "schema", "port", "extra")
_RENAMED = {"postgresql": "postgres"}


class Connection:
    """A connection.  Give `uri`, or the fields."""

    def __init__(
        self,
        conn_id: str | None = None,
        conn_type: str | None = None,
        description: str | None = None,
        host: str | None = None,
        login: str | None = None,
        password: str | None = None,
        schema: str | None = None,
        port: int | str | None = None,
        extra: str | Mapping[str, Any] | None = None,
        uri: str | None = None,
    ) -> None:
        self.conn_id = conn_id
        self.description = description
        if uri is not None:
            if any(value is not None for value in (conn_type, host, login, password, schema, port, extra)):
                raise AirflowException(
                    f"the connection {conn_id!r} is given as a URI and by fields; give one or the other"
                )
            self._read_uri(uri)
            return
        self.conn_type = conn_type
        self.host, self.login, self.password, self.schema = host, login, password, schema
        self.port = _port(conn_id, port)
        self.extra: str | None = json.dumps(dict(extra)) if isinstance(extra, Mapping) else extra or None
        self._check_extra()

    # --- other forms ------------------------------------------------------------------------------------------

    def _read_uri(self, uri: str) -> None:
        parts = urlsplit(uri)
        if not parts.scheme:
            raise AirflowException(
                f"the URI of connection {self.conn_id!r} has no type; write type://login:password@host:port/schema"
            )
        conn_type = parts.scheme.replace("-", "_")
        self.conn_type = _RENAMED.get(conn_type, conn_type)
        netloc, path = parts.netloc, parts.path
        user_info, _, address = netloc.rpartition("@")
        login, colon, password = user_info.partition(":")
        self.login = unquote(login) if user_info else None
        self.password = unquote(password) if colon else None
        host, self.port = _split_address(self.conn_id, address)
        if path.startswith("//") or "://" in path:  # a host with a protocol of its own: http://https://example.org
            host, path = f"{host}:/{path}" if host else path, ""
        self.host = unquote(host) or None
        self.schema = unquote(path.removeprefix("/")) or None
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        packed = query.pop("__extra__", None)
        self.extra = packed if packed is not None else json.dumps(query) if query else None
        self._check_extra()

    def _check_extra(self) -> None:
        if self.extra is not None and self.extra.strip().startswith("{"):
            try:
                json.loads(self.extra)
            except ValueError as error:
                raise AirflowException(f"extra of connection {self.conn_id!r} is not valid JSON: {error}") from None

    def get_uri(self) -> str:
        """The connection as a URI, from which the same connection can be made."""
        text = (self.conn_type or "").replace("_", "-") + "://"
        if self.login is not None or self.password is not None:
            text += quote(self.login or "", safe="")
            text += f":{quote(self.password, safe='')}" if self.password is not None else ""
            text += "@"
        text += quote(self.host or "", safe="")
        text += f":{self.port}" if self.port is not None else ""
        text += f"/{quote(self.schema, safe='')}" if self.schema else ""
        if self.extra:
            options = self._plain_extra()
            text += "" if self.schema else "/"
            text += "?" + urlencode(options if options is not None else {"__extra__": self.extra})
        return text

    def _plain_extra(self) -> dict[str, str] | None:
        """`extra` when it fits into a query: a dict of text to text."""
        try:
            value = json.loads(self.extra or "")
        except ValueError:
            return None
        fits = isinstance(value, dict) and bool(value) and "__extra__" not in value
        return value if fits and all(isinstance(item, str) for item in value.values()) else None

    @classmethod
    def from_uri(cls, uri: str, conn_id: str | None = None) -> Connection:
        """A connection from a URI."""
        return cls(conn_id=conn_id, uri=uri)

    @classmethod
    def from_json(cls, value: str | bytes, conn_id: str | None = None) -> Connection:
        """A connection from a JSON object of its fields.  Raises `AirflowException`."""
        try:
            fields = json.loads(value)
        except ValueError as error:
            raise AirflowException(f"connection {conn_id!r} is not valid JSON: {error}") from None
        if not isinstance(fields, dict):
            raise AirflowException(f"connection {conn_id!r} must be a JSON object, not {type(fields).__name__}")
        if "uri" in fields:
            return cls(conn_id=conn_id, uri=fields["uri"])
        fields.pop("conn_id", None)
        for other, name in (("type", "conn_type"), ("user", "login"), ("username", "login"), ("pass", "password")):
            if name not in fields and other in fields:
                fields[name] = fields.pop(other)
        unknown = sorted(set(fields) - set(_FIELDS))
        if unknown:
            raise AirflowException(
                f"connection {conn_id!r} has unknown fields {', '.join(map(repr, unknown))}; "
                f"it may have {', '.join(_FIELDS)}"
            )
        conn_type = fields.get("conn_type")
        if isinstance(conn_type, str):
            conn_type = conn_type.replace("-", "_")
            fields["conn_type"] = _RENAMED.get(conn_type, conn_type)
        return cls(conn_id=conn_id, **fields)

    def as_json(self) -> str:
        """The fields that are set, as JSON."""
        fields = self.to_dict(prune_empty=True)
        fields.pop("conn_id", None)
        return json.dumps(fields)

    def to_dict(self, *, prune_empty: bool = False, validate: bool = True) -> dict[str, Any]:
        """The fields; `extra` as dict where it is JSON."""
        fields: dict[str, Any] = {"conn_id": self.conn_id, **{name: getattr(self, name) for name in _FIELDS}}
        fields["extra"] = self.extra_dejson
        return {name: value for name, value in fields.items() if not prune_empty or value not in (None, "", {})}

    # --- use --------------------------------------------------------------------------------------------------

    @property
    def extra_dejson(self) -> dict[str, Any]:
        """`extra` as dict; empty when it is none.  Raises `AirflowException` when it is no JSON object."""
        if not self.extra:
            return {}
        try:
            value = json.loads(self.extra)
        except ValueError as error:
            raise AirflowException(f"extra of connection {self.conn_id!r} is not valid JSON: {error}") from None
        if not isinstance(value, dict):
            raise AirflowException(f"extra of connection {self.conn_id!r} is JSON, but no object: {value!r}")
        return value

    def get_extra_dejson(self, nested: bool = False) -> dict[str, Any]:
        """`extra` as dict; with `nested` also the values that are JSON text."""
        if not nested:
            return self.extra_dejson
        return {name: _unpacked(value) for name, value in self.extra_dejson.items()}

    def get_password(self) -> str | None:
        """The password."""
        return self.password

    def set_password(self, value: str | None) -> None:
        """Change the password of this object."""
        self.password = value

    def get_extra(self) -> str | None:
        """The extra as text."""
        return self.extra

    def set_extra(self, value: str | None) -> None:
        """Change the extra of this object."""
        self.extra = value
        self._check_extra()

    def get_hook(self, *, hook_params: dict[str, Any] | None = None) -> Any:
        """The hook for this connection's type: an installed provider's, or a built-in one.

        Raises `AirflowException` when nothing serves the type.
        """
        return make_hook(self, hook_params)

    def test_connection(self) -> tuple[bool, str]:
        """Whether its system can be reached with it, and a sentence; asked of the hook of its type."""
        try:
            hook = self.get_hook()
            test = getattr(hook, "test_connection", None)
            if test is None:
                return False, f"{type(hook).__name__}, the hook of type {self.conn_type!r}, cannot test connections"
            status, message = test()
        except Exception as error:  # whatever the hook of a provider raises is the answer
            return False, f"{type(error).__name__}: {error}"
        return bool(status), str(message)

    @classmethod
    def get(cls, conn_id: str | None) -> Connection:
        """The connection: from the secrets backend, the environment or the supervisor.

        Raises `AirflowNotFoundException` with the fix, and `AirflowConfigException` for a backend that cannot be used.
        """
        if not conn_id:
            raise AirflowNotFoundException("a connection was asked for without an id; give the task its conn_id")
        found: Connection | None = connection_of_vault(conn_id) or cls._from_environment(conn_id)
        if found is not None:
            return found
        from tradewind.spec import wire  # loads msgspec: only when somebody is asked

        try:
            data = comms.request(wire.GetConnection(conn_id))
        except comms.NoSupervisor:
            raise AirflowNotFoundException(_missing(conn_id)) from None
        except AirflowNotFoundException as error:
            raise AirflowNotFoundException(_missing(conn_id)) from error
        fields = dict(data)
        return cls(conn_id=conn_id, **{name: fields.get(name) for name in _FIELDS})

    @classmethod
    def get_connection_from_secrets(cls, conn_id: str) -> Connection:
        """Airflow 2's name of `get`."""
        return cls.get(conn_id)

    @classmethod
    def _from_environment(cls, conn_id: str) -> Connection | None:
        for prefix in PREFIXES:
            text = os.environ.get(prefix + conn_id.upper())
            if text:
                text = text.strip()
                found = cls.from_json(text, conn_id) if text.startswith("{") else cls.from_uri(text, conn_id)
                comms.learn(None, found)
                return found
        return None

    def __repr__(self) -> str:
        return f"Connection({self.conn_id!r}, {self.conn_type!r})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Connection):
            return NotImplemented
        return self.to_dict() == other.to_dict()

    __hash__ = object.__hash__


def _port(conn_id: str | None, value: Any) -> int | None:
    if value is None or value == "":
        return None
    try:
        number = int(value)
    except (TypeError, ValueError):
        number = -1
    if not 0 <= number <= 65535:
        raise AirflowException(f"the port {value!r} of connection {conn_id!r} is not a number from 0 to 65535")
    return number


def _split_address(conn_id: str | None, address: str) -> tuple[str, int | None]:
    """`host:port`, also with an IPv6 address in brackets."""
    if address.startswith("["):
        host, _, rest = address[1:].partition("]")
        return host, _port(conn_id, rest.removeprefix(":"))
    host, colon, port = address.rpartition(":")
    if not colon:
        return address, None
    return host, _port(conn_id, port)


def _unpacked(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _unpacked(item) for name, item in value.items()}
    if isinstance(value, str):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _missing(conn_id: str) -> str:
    here = "" if comms.connected() else " in the environment, and this process is not connected to Tradewind"
    return (
        f"there is no connection {conn_id!r}{here}. Add it with `tradewind connections add {conn_id} --conn-uri URI`, "
        f"or export AIRFLOW_CONN_{conn_id.upper()}"
    )
