"""The console's server: login, session, the way to the gateway, and the page."""

from __future__ import annotations

import hmac
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from console.answers import refusal, told
from console.entrances import Entrances
from console.forward import Gateway
from console.pages import SAFE, Pages
from console.provider import Provider
from console.sessions import IDLE_SECONDS, LOGIN_SECONDS, Session, Sessions
from runtime.errors import CitizengraphError
from runtime.settings import Settings

SESSION_COOKIE, LOGIN_COOKIE = "citizengraph_session", "citizengraph_login"
CALLBACK = "/login/callback"


class Console:
    """The handlers, over what they need."""

    def __init__(self, settings: Settings, built: Path, development: bool) -> None:
        self.sessions = Sessions(settings.redis_url)
        self.gateway = Gateway(settings.console_gateway)
        self._provider = Provider(settings.oidc_configuration, settings.console_clients)
        self._entrances = Entrances(settings, development)
        self._pages = Pages(built)
        self._origin = settings.console_origin

    async def health(self, _: Request) -> Response:
        """Whether the process serves."""
        return told({"status": "ready"})

    async def entrances(self, _: Request) -> Response:
        """Through which consumers one can log in."""
        return told({"entrances": self._entrances.all()})

    async def login(self, request: Request) -> Response:
        """To the provider: ?consumer=…&back=/path&account=…."""
        asked = request.query_params
        consumer = asked.get("consumer", "")
        if not self._entrances.has(consumer):
            return RedirectResponse("/?problem=UNAUTHENTICATED", 303, SAFE)
        back = _own_path(asked.get("back"))
        try:
            attempt, url = await self._provider.begin(
                consumer, self._origin + CALLBACK, back, asked.get("account")
            )
        except CitizengraphError as error:
            return RedirectResponse(f"/?problem={error.code}", 303, SAFE)
        answer = RedirectResponse(url, 303, SAFE)
        cookie = await self.sessions.attempt(attempt)
        self._set(answer, LOGIN_COOKIE, cookie, CALLBACK, LOGIN_SECONDS)
        return answer

    async def callback(self, request: Request) -> Response:
        """From the provider. A session is always a new one (session fixation)."""
        attempt = await self.sessions.attempted(request.cookies.get(LOGIN_COOKIE))
        state = request.query_params.get("state", "")
        if attempt is None or not hmac.compare_digest(attempt.state.encode(), state.encode()):
            return RedirectResponse("/?problem=UNAUTHENTICATED", 303, SAFE)
        redirect_uri = self._origin + CALLBACK
        address = f"{redirect_uri}?{request.url.query}"
        try:
            session = await self._provider.finish(attempt, redirect_uri, address)
        except CitizengraphError as error:
            return RedirectResponse(f"/?problem={error.code}", 303, SAFE)
        await self.sessions.end(request.cookies.get(SESSION_COOKIE))
        answer = RedirectResponse(attempt.back, 303, SAFE)
        cookie = await self.sessions.begin(session)
        self._set(answer, SESSION_COOKIE, cookie, "/", None)
        answer.delete_cookie(LOGIN_COOKIE, CALLBACK)
        return answer

    async def session(self, request: Request) -> Response:
        """Who is logged in; null for nobody."""
        session = await self._session(request)
        if session is None:
            return told({"session": None})
        known = {
            "consumer": session.consumer,
            **self._entrances.of(session.consumer),
            "name": session.name,
            "principal": session.principal,
            "csrf": session.csrf,
            "endsAt": session.ends_at,
            "idleSeconds": IDLE_SECONDS,
        }
        return told({"session": known})

    async def logout(self, request: Request) -> Response:
        """End the session."""
        session = await self._session(request)
        if session is not None and not self._is_own(request, session):
            return _foreign()
        await self.sessions.end(request.cookies.get(SESSION_COOKIE))
        answer = told({"session": None})
        answer.delete_cookie(SESSION_COOKIE, "/")
        return answer

    async def graphql(self, request: Request) -> Response:
        """An operation of the page."""
        session = await self._session(request)
        if session is None:
            return refusal("UNAUTHENTICATED", "The session has ended. Log in again.")
        if not self._is_own(request, session):
            return _foreign()
        return await self.gateway.ask(request, session)

    async def page(self, request: Request) -> Response:
        """The page and its files."""
        return self._pages.answer(request)

    async def _session(self, request: Request) -> Session | None:
        return await self.sessions.find(request.cookies.get(SESSION_COOKIE))

    def _is_own(self, request: Request, session: Session) -> bool:
        """Whether the console's page sends this, and not another site's (CSRF)."""
        token = request.headers.get("citizengraph-csrf", "")
        origin = request.headers.get("origin")
        same = hmac.compare_digest(token.encode(), session.csrf.encode())
        return same and (origin is None or origin == self._origin)

    def _set(self, answer: Response, name: str, value: str, path: str, seconds: int | None) -> None:
        answer.set_cookie(
            name,
            value,
            max_age=seconds,
            path=path,
            httponly=True,
            samesite="lax",
            secure=urlsplit(self._origin).scheme == "https",
        )


def create_app(settings: Settings, built: Path, development: bool) -> Starlette:
    """The application; `built` is the folder with the built page."""
    console = Console(settings, built, development)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncGenerator[None]:
        yield
        await console.sessions.close()
        await console.gateway.close()

    routes: list[tuple[str, Any, str]] = [
        ("/health", console.health, "GET"),
        ("/entrances", console.entrances, "GET"),
        ("/login", console.login, "GET"),
        (CALLBACK, console.callback, "GET"),
        ("/session", console.session, "GET"),
        ("/logout", console.logout, "POST"),
        ("/graphql", console.graphql, "POST"),
        ("/{path:path}", console.page, "GET"),
    ]
    return Starlette(
        routes=[Route(path, handler, methods=[method]) for path, handler, method in routes],
        lifespan=lifespan,
    )


def _foreign() -> Response:
    return refusal("FORGERY_SUSPECTED", "Only the console's own page may ask. Load it again.")


def _own_path(back: str | None) -> str:
    """A path of the console itself, whatever was asked for (open redirects)."""
    path = back or "/"
    plain = path.startswith("/") and not path.startswith(("//", "/\\"))
    return path if plain and path.isprintable() else "/"
