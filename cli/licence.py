"""`citizengraph licence`: types, verification, and own licences, through the gateway."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path
from typing import Annotated, Any, cast

import typer

from cli.client import Asker, Client, failure
from cli.output import JsonOption, console, print_json, print_table, safe
from cli.proof import published_keys
from cli.qr import in_blocks
from runtime.errors import CitizengraphError
from runtime.keys import public_keys_file
from runtime.settings import load_settings
from subgraphs.proofs.signing import KEY
from subgraphs.services.licence_codes import RENDITION, checked_code

TYPES = """{ licenceTypes { kind label { zh en } legalBasis { zh } holder issuers years byAge
  paper { zh } recognised { regions services insteadOf { zh en } } } }"""
VERIFY = "query ($n: String!, $h: String!) { verifyLicence(number: $n, holderNumber: $h) }"
SCAN = "query ($c: String!) { verifyLicenceCode(code: $c) }"
CODE = "query ($n: String!) { licenceCode(number: $n) { code expiresAt } }"
RENDER = """query ($n: String!, $f: LicenceForm!) {
  licenceRendition(number: $n, form: $f) { mediaType content expiresAt } }"""
NumberArgument = Annotated[str, typer.Argument(help="Number of the licence.")]
PersonOption = Annotated[str, typer.Option(help="Citizen number of the caller.")]
_COLOURS = {"VALID": "green", "NOT_VALID": "red", "UNKNOWN": "yellow"}

licence = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="Licences: types, verification, an own one as code or document. 电子证照。",
)


@licence.command()
def types(person: PersonOption, as_json: JsonOption = False) -> None:
    """List who issues each type, on which law, for how long and in place of which paper."""
    found = _asked(person, TYPES, {})
    if as_json:
        print_json(found)
        return
    rows = [
        [of["kind"], of["label"]["zh"], ", ".join(of["issuers"]), of["legalBasis"]["zh"], _term(of)]
        for of in found
    ]
    print_table("Types of licences", ("kind", "label", "issued by", "law", "term"), rows)


@licence.command()
def show(number: NumberArgument, person: PersonOption, as_json: JsonOption = False) -> None:
    """Show an own licence, as its signed rendition says it."""
    token = _asked(person, RENDER, {"n": number, "f": "JSON"})["content"]
    settings = load_settings()
    keys = published_keys(str(public_keys_file(settings.home, KEY)))
    claims = checked_code(token, keys, settings.proof_issuer, RENDITION)
    if as_json:
        print_json({"token": token, "licence": claims["licence"]})
        return
    print_table(number, ("field", "value"), [[n, _text(v)] for n, v in claims["licence"].items()])


@licence.command()
def verify(
    number: Annotated[str, typer.Argument(help="Number of the licence, or a code with --code.")],
    person: PersonOption,
    holder: Annotated[str, typer.Argument(help="The holder's number.")] = "",
    code: Annotated[bool, typer.Option("--code", help="The first argument is a code.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Say whether a licence is valid now: by both numbers, or by a code that was scanned."""
    query, variables = (SCAN, {"c": number}) if code else (VERIFY, {"n": number, "h": holder})
    verdict = _asked(person, query, variables)
    if as_json:
        print_json({"verdict": verdict})
        return
    console.print(f"[bold {_COLOURS[verdict]}]{verdict}[/]")


@licence.command()
def check(
    code: Annotated[str, typer.Argument(help="What the QR picture holds.")],
    keys: Annotated[
        str, typer.Option(help="Published keys, a file or an address; this home's by default.")
    ] = "",
    issuer: Annotated[str, typer.Option(help="Who has to have signed it.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Check a code offline: what it said when it was signed. The present state is not asked."""
    settings = load_settings()
    published = published_keys(keys or str(public_keys_file(settings.home, KEY)))
    claims = checked_code(code, published, issuer or settings.proof_issuer)
    if as_json:
        print_json(claims)
        return
    rows = [[name, _text(value)] for name, value in claims["licence"].items()]
    print_table("Signed here", ("field", "value"), rows)


@licence.command()
def code(number: NumberArgument, person: PersonOption, as_json: JsonOption = False) -> None:
    """Show the code of an own licence, as a QR picture for the screen."""
    made = _asked(person, CODE, {"n": number})
    if as_json:
        print_json(made)
        return
    typer.echo(in_blocks(made["code"]))
    console.print(f"Good until {made['expiresAt']}.", markup=False, highlight=False)


@licence.command()
def pdf(
    number: NumberArgument,
    person: PersonOption,
    out: Annotated[Path, typer.Option(help="The file to write.")] = Path("licence.pdf"),
) -> None:
    """Write an own licence as PDF with a QR picture."""
    made = _asked(person, RENDER, {"n": number, "f": "PDF"})
    try:
        out.write_bytes(b64decode(made["content"]))
    except OSError as error:
        words = f"{out} cannot be written."
        raise CitizengraphError("BAD_ARGUMENT", words, "Name another file with --out.") from error
    console.print(f"{out}: good until {made['expiresAt']}.", markup=False, highlight=False)


def _asked(person: str, query: str, variables: dict[str, Any]) -> Any:
    """The value of the one root field, for a citizen. Raises what it was refused with."""
    answer = Client(load_settings()).send(Asker("citizen", person=person), query, variables)
    (value,) = answer.data.values()
    if value is None:
        raise failure(answer.errors)
    return value


def _term(of: dict[str, Any]) -> str:
    if of["byAge"]:
        return ", ".join(of["byAge"])
    return f"{of['years']} years" if of["years"] else "no end"


def _text(value: Any) -> str:
    if isinstance(value, list):
        parties = cast("list[dict[str, str]]", value)
        return safe("; ".join(" ".join(party.values()) for party in parties))
    return safe(str(value))
