"""`citizengraph credential`: ask for one, keep it, show parts of it, check what is shown."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Annotated, Any
from uuid import uuid4

import typer
from joserfc import jws

from cli.client import Asker, Client, failure
from cli.output import JsonOption, console, print_json, print_list, print_table, safe
from cli.proof import UNKNOWN, published_keys, standing
from cli.wallet import Wallet
from runtime.errors import CitizengraphError
from runtime.keys import public_keys_file
from runtime.settings import Settings, load_settings
from subgraphs.proofs.credential_checking import credential as opened
from subgraphs.proofs.credential_checking import presentation
from subgraphs.proofs.sd_jwt import parts, places, presented
from subgraphs.proofs.signing import KEY

ISSUE = """mutation ($key: String!, $q: ProvableQuestion!, $of: PersonRef!, $h: String!, $d: Int!) {
  issueCredential(key: $key, question: $q, of: $of, holderKey: $h, days: $d) {
    credential reference claims expiresAt } }"""
OWN = """{ credentials { reference question other words { en zh } claims
  issuedAt expiresAt checkedAt standing revocation { at reason words { en zh } } } }"""
REVOKE = """mutation ($r: String!) { revokeCredential(reference: $r) {
  reference standing revocation { at reason words { en zh } } } }"""
DAYS = 7
_FRAME = ("iss", "iat", "exp", "vct", "cnf", "status")
PersonOption = Annotated[str, typer.Option(help="Citizen number of the caller.")]
WalletOption = Annotated[
    Path | None, typer.Option(help="The holder's directory; wallet in the home by default.")
]
KeysOption = Annotated[
    str, typer.Option(help="Published keys, a file or an address; this home's by default.")
]
ReferenceArgument = Annotated[str, typer.Argument(help="Reference of the credential.")]

credential = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="Credentials that a citizen keeps and shows in parts. 可选择披露凭证。",
)


@credential.command()
def issue(
    person: PersonOption,
    question: Annotated[str, typer.Option(help="What the caller is, such as isMotherOf.")],
    of: Annotated[str, typer.Option(help="Citizen number of the other person.")],
    days: Annotated[int, typer.Option(help="How long it lives.")] = DAYS,
    wallet: WalletOption = None,
    key: Annotated[
        str, typer.Option(help="Of an earlier request that got no answer; drawn by default.")
    ] = "",
    as_json: JsonOption = False,
) -> None:
    """Ask for a credential, bound to the key of the wallet, and keep it there."""
    settings = load_settings()
    kept = _wallet(settings, wallet)
    given = {"q": question, "of": {"citizenNumber": of}, "h": kept.public(), "d": days}
    made = _asked(settings, person, ISSUE, {"key": key or uuid4().hex, **given})
    file = kept.keep(made["reference"], made["credential"])
    if as_json:
        print_json({name: made[name] for name in ("reference", "claims", "expiresAt")})
        return
    console.print(f"[bold green]{made['reference']}[/]", highlight=False)
    rows = [f"Until {made['expiresAt']}, in {file}.", "It can show: " + ", ".join(made["claims"])]
    for row in rows:
        console.print(row, markup=False, highlight=False, soft_wrap=True)


@credential.command()
def show(
    reference: Annotated[str, typer.Argument(help="One of the wallet; all by default.")] = "",
    person: Annotated[str, typer.Option(help="Citizen number of the caller, for all.")] = "",
    wallet: WalletOption = None,
    as_json: JsonOption = False,
) -> None:
    """List what was issued and whether it stands; or what one credential of the wallet says."""
    settings = load_settings()
    kept = _wallet(settings, wallet)
    if reference:
        _show_one(settings, kept.read(reference), as_json)
        return
    if not person:
        words = "Say whose credentials: --person, or the reference of one in the wallet."
        raise CitizengraphError("BAD_ARGUMENT", words)
    found = _asked(settings, person, OWN, {})
    if as_json:
        print_json([{**one, "inWallet": kept.holds(one["reference"])} for one in found])
        return
    columns = ("reference", "question", "other", "until", "standing", "why")
    rows = [_row(one) for one in found]
    print_list("Credentials", columns, rows, [_lines(row) for row in rows])


@credential.command()
def present(
    reference: ReferenceArgument,
    audience: Annotated[str, typer.Option(help="To whom it is shown.")],
    nonce: Annotated[str, typer.Option(help="What they gave, so that it is good once.")],
    disclose: Annotated[
        str, typer.Option(help="What is shown, with commas: relation,subject.name; or nothing.")
    ] = "relation",
    wallet: WalletOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print a presentation: the credential with some of its claims, bound to audience and nonce."""
    kept = _wallet(load_settings(), wallet)
    whole = parts(kept.read(reference))
    known = places(_payload(whole.token), whole.disclosures)
    wanted = [name.strip() for name in disclose.split(",") if name.strip()]
    if unknown := [name for name in wanted if name not in known]:
        words = f"{', '.join(unknown)}: not in this credential."
        raise CitizengraphError("BAD_ARGUMENT", words, f"It has {', '.join(sorted(known))}.")
    claims = {"iat": int(time.time()), "aud": audience, "nonce": nonce}
    shown = presented(whole, [known[name] for name in wanted], kept.key(), claims)
    if as_json:
        print_json({"presentation": shown, "disclosed": wanted})
        return
    typer.echo(shown)


@credential.command()
def check(
    text: Annotated[str, typer.Argument(metavar="PRESENTATION", help="What was shown.")],
    audience: Annotated[str, typer.Option(help="To whom it has to be shown.")],
    nonce: Annotated[str, typer.Option(help="What was given to whoever shows it.")],
    keys: KeysOption = "",
    status: Annotated[
        str,
        typer.Option(help="Status list, a file or an address; that of the credential by default."),
    ] = "",
    issuer: Annotated[str, typer.Option(help="Who has to have signed it.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Say what a presentation discloses and whether it stands, or the code of what is wrong.

    Where the status list cannot be read, its status is unknown. No graph is asked.
    """
    settings = load_settings()
    published = published_keys(keys or str(public_keys_file(settings.home, KEY)))
    expected = issuer or settings.proof_issuer, audience, nonce
    claims = presentation(text, published, *expected)
    known = standing(claims, published, status)
    if as_json:
        print_json({**claims, "standing": known})
        return
    print_table(known, ("claim", "value"), _claims(claims))
    if known == UNKNOWN:
        console.print("[yellow]status unknown[/]: its status list cannot be read")


@credential.command()
def revoke(reference: ReferenceArgument, person: PersonOption, as_json: JsonOption = False) -> None:
    """Revoke a credential: nobody accepts it any more from the next status list on."""
    gone = _asked(load_settings(), person, REVOKE, {"r": reference})
    if as_json:
        print_json(gone)
        return
    console.print(f"[bold red]{gone['standing']}[/] {gone['revocation']['at']}", highlight=False)


def _show_one(settings: Settings, text: str, as_json: bool) -> None:
    keys = published_keys(str(public_keys_file(settings.home, KEY)))
    claims = opened(parts(text), keys, settings.proof_issuer)
    if as_json:
        print_json(claims)
        return
    print_table("Credential", ("claim", "value"), _claims(claims))


def _claims(claims: dict[str, Any]) -> list[list[str]]:
    """What is disclosed, by path, the relation in words."""
    rows: list[list[str]] = []
    for name, value in claims.items():
        if name == "relation":
            rows += [[name, value["question"]], *([name, said] for said in value["words"].values())]
        elif name not in _FRAME:
            rows += [[f"{name}.{part}", safe(str(said))] for part, said in value.items()]
    return rows


def _row(one: dict[str, Any]) -> list[str]:
    why = one["revocation"]["words"]["zh"] if one["revocation"] else ""
    cells = (one["reference"], one["question"], one["other"], one["expiresAt"][:10])
    return [*cells, one["standing"], why]


def _lines(row: list[str]) -> list[str]:
    """The same for a narrow terminal."""
    reference, question, other, until, standing, why = row
    return [f"{reference}  {standing}", f"{question} {other}, until {until}", why]


def _payload(token: str) -> dict[str, Any]:
    """What the token says; whoever checks it looks at the signature."""
    return json.loads(jws.extract_compact(token.encode()).payload)


def _wallet(settings: Settings, directory: Path | None) -> Wallet:
    return Wallet(directory or settings.home / "wallet")


def _asked(settings: Settings, person: str, query: str, variables: dict[str, Any]) -> Any:
    """The value of the one root field, for a citizen. Raises what it was refused with."""
    answer = Client(settings).send(Asker("citizen", person=person), query, variables)
    (value,) = answer.data.values()
    if value is None:
        raise failure(answer.errors)
    return value
