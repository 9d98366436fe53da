"""Errors as answers: every one is `{"detail": ...}`.  Registered by `server.app`."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from sqlalchemy.exc import DataError
from starlette.exceptions import HTTPException

from tradewind.errors import (
    AirflowBadRequest,
    AirflowNotFoundException,
    ConflictError,
    DagRunAlreadyExists,
    ForbiddenError,
    IllegalTransitionError,
    InvalidError,
    NotFoundError,
    ParamValidationError,
    StoreError,
    TradewindError,
    UnansweredError,
)
from tradewind.server import hidden

logger = logging.getLogger(__name__)


def unprocessable(text: str, *place: str) -> RequestValidationError:
    """The 422 for a request that contradicts itself; `place` says where: `path` or `body`, and the name of a field."""
    return RequestValidationError([{"type": "value_error", "loc": place, "msg": text}])


_STATUS: tuple[tuple[type[Exception], int], ...] = (
    (NotFoundError, 404),
    (ForbiddenError, 403),
    (ConflictError, 409),
    (IllegalTransitionError, 409),
    (InvalidError, 400),
    (DagRunAlreadyExists, 409),
    (AirflowNotFoundException, 404),
    (AirflowBadRequest, 400),
    (ParamValidationError, 400),
    (StoreError, 503),
    (UnansweredError, 504),
    (TradewindError, 500),
)


def describe(error: Exception) -> str:
    """The message, and the fix where there is one, as one line."""
    if isinstance(error, TradewindError) and error.fix:
        return f"{error.message}; fix: {error.fix}"
    return str(error)


def status_of(error: Exception) -> int:
    """The HTTP status that tells this error."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 500)


def install(app: FastAPI) -> None:
    """Register the handlers."""
    for kind, _ in _STATUS:
        app.add_exception_handler(kind, _known)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid_request)
    app.add_exception_handler(DataError, _data)
    app.add_exception_handler(OverflowError, _data)
    app.add_exception_handler(Exception, _unknown)


def _answer(status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    return JSONResponse({"detail": hidden.in_errors(detail)}, status, headers=headers)


def _http(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code in (204, 304):
        return Response(status_code=error.status_code, headers=error.headers)
    return _answer(error.status_code, error.detail, error.headers)


def _known(request: Request, error: Exception) -> Response:
    status = status_of(error)
    if status >= 500:
        logger.error("%s %s: %s", request.method, request.url.path, error)
    return _answer(status, describe(error))


def _invalid_request(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    # the input is not repeated: it may be a password
    details = [{key: item[key] for key in ("type", "loc", "msg")} for item in error.errors()]
    return JSONResponse({"detail": details}, 422)


def _data(_request: Request, _error: Exception) -> JSONResponse:
    told = {"type": "value_error", "loc": [], "msg": "a value is outside what the database can hold"}
    return JSONResponse({"detail": [told]}, 422)


def _unknown(request: Request, error: Exception) -> Response:
    # the traceback follows: the server that runs the application logs what it raises
    logger.error("%s %s failed: %s", request.method, request.url.path, type(error).__name__)
    return _answer(500, "internal error; the log of the API server tells more")
