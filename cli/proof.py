"""`citizengraph proof`: check a signed proof as a partner would, and change the signing key."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import httpx
import typer

from cli.output import JsonOption, console, print_json, safe
from runtime.errors import CitizengraphError
from runtime.keys import public_keys_file, rotate_key
from runtime.settings import load_settings
from subgraphs.proofs.checking import checked
from subgraphs.proofs.signing import KEY

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
    issuer: Annotated[str, typer.Option(help="Who has to have signed it.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Say what a proof proves, or the code of what is wrong with it. No graph is asked."""
    settings = load_settings()
    published = published_keys(keys or str(public_keys_file(settings.home, KEY)))
    claims = checked(token, published, issuer or settings.proof_issuer, audience, nonce)
    if as_json:
        print_json(claims)
        return
    console.print(f"[bold green]{claims['claim']['answer']}[/]")
    for words in claims["words"].values():
        console.print(safe(words), markup=False, highlight=False)


@proof.command()
def rotate(as_json: JsonOption = False) -> None:
    """Sign with a new key from now on. The keys before it stay published, three in all."""
    kid = rotate_key(load_settings().home, KEY)
    if as_json:
        print_json({"kid": kid})
        return
    console.print(f"Proofs are signed with {kid} now.", markup=False, highlight=False)


def published_keys(place: str) -> Any:
    """The key set of a file or address. Raises BAD_ARGUMENT."""
    try:
        if place.startswith(("http://", "https://")):
            return httpx.get(place, timeout=10).raise_for_status().json()
        return json.loads(Path(place).read_text(encoding="utf-8"))
    except (OSError, ValueError, httpx.HTTPError) as error:
        hint = "Give --keys: a file, or /.well-known/proofs/jwks.json of the gateway."
        words = f"No keys can be read from {place}."
        raise CitizengraphError("BAD_ARGUMENT", words, hint) from error
