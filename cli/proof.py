"""`citizengraph proof`: check a signed proof as a partner would, and change the signing key."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import httpx
import typer

from cli.output import JsonOption, console, print_json, safe
from runtime.errors import CitizengraphError
from runtime.keys import public_keys_file, rotate_key
from runtime.settings import load_settings
from subgraphs.proofs.checking import address_of_status, check_status, checked
from subgraphs.proofs.signing import KEY

UNKNOWN = "UNKNOWN"
proof = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="Signed proofs: check one, change the signing key. 签名证明。",
)


@proof.command()
def verify(
    token: Annotated[str, typer.Argument(help="The proof, a JSON Web Token.")],
    audience: Annotated[str, typer.Option(help="For whom it has to be made out.")],
    nonce: Annotated[str, typer.Option(help="What was given to whoever asked for it.")],
    keys: Annotated[
        str, typer.Option(help="Published keys, a file or an address; this home's by default.")
    ] = "",
    status: Annotated[
        str,
        typer.Option(help="The status list, a file or an address; that of the proof by default."),
    ] = "",
    issuer: Annotated[str, typer.Option(help="Who has to have signed it.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Say what a proof proves and whether it still stands, or the code of what is wrong with it.

    Where the status list cannot be read, its status is unknown. No graph is asked.
    """
    settings = load_settings()
    published = published_keys(keys or str(public_keys_file(settings.home, KEY)))
    claims = checked(token, published, issuer or settings.proof_issuer, audience, nonce)
    known = standing(claims, published, status)
    if as_json:
        print_json({**claims, "standing": known})
        return
    console.print(f"[bold green]{claims['claim']['answer']}[/]")
    for words in claims["words"].values():
        console.print(safe(words), markup=False, highlight=False)
    if known == UNKNOWN:
        console.print("[yellow]status unknown[/]: its status list cannot be read")


@proof.command()
def rotate(as_json: JsonOption = False) -> None:
    """Sign with a new key from now on. The keys before it stay published, three in all."""
    kid = rotate_key(load_settings().home, KEY)
    if as_json:
        print_json({"kid": kid})
        return
    console.print(f"Proofs are signed with {kid} now.", markup=False, highlight=False)


def standing(claims: Mapping[str, Any], published: Any, status: str) -> str:
    """VALID; UNKNOWN where its status list cannot be read. Raises what the list says against it.

    `status`: a file or address of the list; that of the claims when empty.
    """
    listed = published_list(status or address_of_status(claims), bool(status))
    if not listed:
        return UNKNOWN
    check_status(claims, listed, published)
    return "VALID"


def published_list(place: str, named: bool) -> str:
    """The status list; nothing where it cannot be read, BAD_ARGUMENT for one that was named."""
    try:
        return _read(place)
    except (OSError, ValueError, httpx.HTTPError) as error:
        if not named:
            return ""
        words = f"No status list can be read from {place}."
        raise CitizengraphError("BAD_ARGUMENT", words, "Give --status, or leave it out.") from error


def _read(place: str) -> str:
    """The text at an address or in a file."""
    if place.startswith(("http://", "https://")):
        return httpx.get(place, timeout=20).raise_for_status().text
    return Path(place).read_text(encoding="utf-8")


def published_keys(place: str) -> Any:
    """The key set of a file or address. Raises BAD_ARGUMENT."""
    try:
        return json.loads(_read(place))
    except (OSError, ValueError, httpx.HTTPError) as error:
        hint = "Give --keys: a file, or /.well-known/proofs/jwks.json of the gateway."
        words = f"No keys can be read from {place}."
        raise CitizengraphError("BAD_ARGUMENT", words, hint) from error
