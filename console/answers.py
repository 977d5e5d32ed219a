"""Answers of the console itself, in the form of the gateway's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import JSONResponse

from runtime.errors import CODES

_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


def refusal(code: str, words: str) -> JSONResponse:
    """A GraphQL error answer with a declared code."""
    error = {"message": words, "extensions": {"code": code}}
    return JSONResponse({"errors": [error]}, CODES[code].status, _HEADERS)


def told(body: Mapping[str, Any]) -> JSONResponse:
    """A JSON answer that no cache keeps."""
    return JSONResponse(body, headers=_HEADERS)
