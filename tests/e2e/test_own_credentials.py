"""A mother keeps a credential, shows a part of it, and revokes it; through the whole stack."""

from __future__ import annotations

import json
import re
from pathlib import Path

import httpx
import pytest
from jwcrypto.jwk import JWKSet
from stack import Stack

from tests.family import NUMBERS

DOCS = (Path(__file__).parents[2] / "docs" / "credentials.md").read_text(encoding="utf-8")
MOTHER, CHILD = NUMBERS["daughter"], NUMBERS["grandchild"]
SHOWN_TO = ("--audience", "sports-club", "--nonce", "nonce-0001")
KEYS = "/.well-known/proofs/jwks.json"


@pytest.fixture(scope="module")
def wallet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("holder") / "wallet"


@pytest.fixture(scope="module")
def reference(stack: Stack, wallet: Path) -> str:
    told = stack.command(
        *("credential", "issue", "--person", MOTHER, "--question", "isMotherOf", "--of", CHILD),
        *("--wallet", str(wallet), "--json"),
    )
    return json.loads(told.stdout)["reference"]


def test_it_is_kept_shown_in_part_and_checked(stack: Stack, wallet: Path, reference: str) -> None:
    assert wallet.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in wallet.iterdir()} == {0o600}
    one = stack.command("credential", "show", reference, "--wallet", str(wallet), "--json")
    assert json.loads(one.stdout)["subject"]["name"] == "李娜"
    shown = stack.command(
        *("credential", "present", reference, "--wallet", str(wallet), *SHOWN_TO),
        *("--disclose", "relation,relative.name"),
    ).stdout.strip()
    checked = stack.command("credential", "check", shown, *SHOWN_TO, "--json")
    said = json.loads(checked.stdout)
    assert said["standing"] == "VALID"
    assert said["relation"]["question"] == "isMotherOf"
    assert (said["subject"], said["relative"]) == ({}, {"name": "王小雨"})
    table = stack.command("credential", "check", shown, *SHOWN_TO).stdout
    assert table.startswith("VALID") and "据登记，该人是另一人的母亲。" in table
    (code,) = re.findall(r"```python\n(.*?)```", DOCS, re.S)
    names: dict[str, object] = {}
    exec(code, names)
    keys = JWKSet.from_json(httpx.get(f"{stack.url}{KEYS}").text)
    theirs = names["verify"](shown, keys, "sports-club", "nonce-0001")  # type: ignore[operator]
    assert theirs == {name: value for name, value in said.items() if name != "standing"}
    uri = said["status"]["status_list"]["uri"]
    assert uri.startswith(f"{stack.url}/.well-known/proofs/status/credentials?book=")
    assert httpx.get(uri).headers["content-type"] == "application/statuslist+jwt"


def test_checked_offline_with_files(
    stack: Stack, wallet: Path, reference: str, tmp_path: Path
) -> None:
    made = ("credential", "present", reference, "--wallet", str(wallet), *SHOWN_TO, "--json")
    shown = json.loads(stack.command(*made).stdout)["presentation"]
    keys, status = tmp_path / "keys.json", tmp_path / "list.jwt"
    keys.write_text(httpx.get(f"{stack.url}{KEYS}").text)
    status.write_text(httpx.get(f"{stack.url}/.well-known/proofs/status/credentials").text)
    files = ("--keys", str(keys), "--status", str(status))
    assert stack.command("credential", "check", shown, *SHOWN_TO, *files).stdout.startswith("VALID")
    refused = stack.command(
        *("credential", "check", shown, "--audience", "bank", "--nonce", "nonce-0001", *files),
        check=False,
    )
    assert (refused.returncode, refused.stderr.split("\n")[0]) == (1, "PROOF_AUDIENCE")


def test_the_query_of_the_docs_is_answered(stack: Stack) -> None:
    (query,) = re.findall(r"```graphql\n(.*?)```", DOCS, re.S)
    (payload,) = re.findall(r"```json\n(.*?)```", DOCS, re.S)
    key = json.dumps({"kty": "EC", "crv": "P-256", "x": "_", "y": "_"})
    given = {"child": {"citizenNumber": CHILD}, "holderKey": key}
    assert stack.ask("citizen", query, given, person=MOTHER).codes == ["BAD_ARGUMENT"]
    assert set(json.loads(payload)) >= {"vct", "cnf", "status", "_sd", "subject", "relative"}


def test_what_is_not_in_it_cannot_be_shown(stack: Stack, wallet: Path, reference: str) -> None:
    words = ("credential", "present", reference, "--wallet", str(wallet), *SHOWN_TO)
    refused = stack.command(*words, "--disclose", "subject.address", check=False)
    assert refused.returncode == 1
    assert "subject.address: not in this credential." in refused.stderr
    unknown = stack.command(
        *("credential", "present", "0" * 32, "--wallet", str(wallet), *SHOWN_TO), check=False
    )
    assert unknown.stderr.startswith("BAD_ARGUMENT")


def test_somebody_elses_child_is_no_credential(stack: Stack, wallet: Path) -> None:
    refused = stack.command(
        *("credential", "issue", "--person", NUMBERS["stranger"], "--question", "isMotherOf"),
        *("--of", CHILD, "--wallet", str(wallet)),
        check=False,
    )
    assert (refused.returncode, refused.stderr.split("\n")[0]) == (1, "CREDENTIAL_REFUSED")


def test_revoked_by_its_holder(stack: Stack, wallet: Path, reference: str) -> None:
    shown = stack.command(
        "credential", "present", reference, "--wallet", str(wallet), *SHOWN_TO
    ).stdout.strip()
    stack.command("credential", "revoke", reference, "--person", MOTHER)
    listed = stack.command("credential", "show", "--person", MOTHER, "--wallet", str(wallet))
    assert reference in listed.stdout and "您本人撤销了该凭证。" in listed.stdout

    def code() -> str:
        told = stack.command("credential", "check", shown, *SHOWN_TO, check=False)
        return "PROOF_REVOKED" if told.stderr.startswith("PROOF_REVOKED") else ""

    assert stack.wait_until(code, 40) == "PROOF_REVOKED"
