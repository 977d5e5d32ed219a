"""The built page and its files, compressed once, under a strict content security policy.

The style elements that the page makes itself carry the nonce of its answer; nothing else inline
runs or applies, and nothing is fetched from another host.
"""

from __future__ import annotations

import gzip
import mimetypes
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

INDEX = "index.html"
NONCE = "__NONCE__"
"""What stands in index.html where the nonce of the answer goes."""
_COMPRESSED = {".js", ".css", ".html", ".json", ".svg"}
_YEAR = "public, max-age=31536000, immutable"
SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


@dataclass(frozen=True)
class _File:
    kind: str
    content: bytes
    packed: bytes | None


class Pages:
    """The files of a build, held in memory."""

    def __init__(self, built: Path) -> None:
        paths = (path for path in sorted(built.rglob("*")) if path.is_file())
        self._files = {f"/{path.relative_to(built).as_posix()}": _read(path) for path in paths}
        self._index = (built / INDEX).read_text(encoding="utf-8")

    def answer(self, request: Request) -> Response:
        """A file, or for a path without an ending the page, which finds its own way."""
        path = request.url.path
        if file := self._files.get(path):
            if path != f"/{INDEX}":
                return _file(file, request.headers.get("accept-encoding", ""))
        elif "." in path.rsplit("/", 1)[-1]:
            return PlainTextResponse("not found", 404, SAFE)
        return self._page()

    def _page(self) -> Response:
        nonce = secrets.token_urlsafe(18)
        headers = {**SAFE, "Content-Security-Policy": policy(nonce), "Cache-Control": "no-store"}
        page = self._index.replace(NONCE, nonce)
        return Response(page, media_type="text/html; charset=utf-8", headers=headers)


def policy(nonce: str) -> str:
    """The content security policy of a page (CSP Level 3)."""
    rules: Mapping[str, str] = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": f"'self' 'nonce-{nonce}'",
        "img-src": "'self' data: blob:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _read(path: Path) -> _File:
    content = path.read_bytes()
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    packed = gzip.compress(content, 6, mtime=0) if path.suffix in _COMPRESSED else None
    return _File(kind, content, packed)


def _file(file: _File, accepts: str) -> Response:
    headers = {**SAFE, "Cache-Control": _YEAR, "Vary": "Accept-Encoding"}
    if file.packed and "gzip" in accepts:
        headers["Content-Encoding"] = "gzip"
        return Response(file.packed, media_type=file.kind, headers=headers)
    return Response(file.content, media_type=file.kind, headers=headers)
