"""Get an access token from the development issuer."""

import json
from pathlib import Path

import httpx

from runtime.errors import CitizengraphError

ANSWER_SECONDS_MAX = 5.0


def fetch_token(
    token_url: str,
    clients_file: Path,
    client: str,
    *,
    subject: str | None = None,
    district: str | None = None,
    person: str | None = None,
    worker: str | None = None,
    organisation: str | None = None,
    department: str | None = None,
    authority: str | None = None,
) -> str:
    """A one-hour access token for the client; of the rest what its kind has."""
    extras = {
        "subject": subject,
        "district": district,
        "person": person,
        "worker": worker,
        "organisation": organisation,
        "department": department,
        "authority": authority,
    }
    form = {
        "grant_type": "client_credentials",
        "client_id": client,
        "client_secret": _secret(clients_file, client),
        **{name: value for name, value in extras.items() if value},
    }
    try:
        answer = httpx.post(token_url, data=form, timeout=ANSWER_SECONDS_MAX, trust_env=False)
    except httpx.HTTPError as error:
        hint = "See `citizengraph status`; start the stack with `citizengraph up`."
        words = "The development issuer does not answer."
        raise CitizengraphError("ISSUER_UNAVAILABLE", words, hint) from error
    if not answer.is_success:
        raise CitizengraphError("UNAUTHENTICATED", _refusal(answer), "Check the client's name.")
    return str(answer.json()["access_token"])


def _secret(clients_file: Path, client: str) -> str:
    try:
        secrets: dict[str, str] = json.loads(clients_file.read_text())
        return secrets[client]
    except (OSError, ValueError, KeyError) as error:
        words = f"The development issuer has no client {client}."
        hint = "Start the stack once, and name one of its consumers."
        raise CitizengraphError("UNAUTHENTICATED", words, hint) from error


def _refusal(answer: httpx.Response) -> str:
    try:
        return str(answer.json()["error_description"])
    except (ValueError, KeyError):
        return f"The development issuer answered with status {answer.status_code}."
