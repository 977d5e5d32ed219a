"""A proof that is forged, altered, old, for another, replayed or taken back is accepted by nobody.

Each attack is made on the verifiers of docs/proofs.md, exactly as they stand there, and on
`citizengraph proof verify`.
"""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet, OctKey

from runtime.errors import CitizengraphError
from runtime.keys import private_key_file, public_keys_file, rotate_key
from runtime.node import NODE, ensure_gateway, gateway_source
from runtime.settings import StartSettings
from subgraphs.proofs.checking import check_status, checked
from subgraphs.proofs.listing import packed
from subgraphs.proofs.signing import STATUS_TYPE as LIST_TYPE
from subgraphs.proofs.signing import TYPE, Signer
from subgraphs.proofs.status import PLACES

DOCS = (Path(__file__).parents[2] / "docs" / "proofs.md").read_text(encoding="utf-8")
ISSUER, AUDIENCE, NONCE = "citizengraph-proofs", "school-enrolment", "nonce-0001"
PLACE, PUBLISHED_AT = 641_027, "http://127.0.0.1:9/.well-known/proofs/status/0"
CLAIM = {"question": "isMotherOf", "answer": "NO", "of": "b"}
RUNNER = """
import { stands, verify } from './verify.mjs';
import { text } from 'node:stream/consumers';
const { keys, cases, proof, lists } = JSON.parse(await text(process.stdin));
const results = {};
for (const [name, token] of Object.entries(cases)) {
  const nonces = new Set(['nonce-0001']);
  results[name] = await verify(token, keys, nonces).catch((error) => error.message);
  if (name === 'genuine') {
    results.replayed = await verify(token, keys, nonces).catch((error) => error.message);
  }
}
results.lists = {};
for (const [name, list] of Object.entries(lists)) {
  results.lists[name] = await stands(proof, keys, async () => list).catch((e) => e.message);
}
process.stdout.write(JSON.stringify(results));
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("proof-home")
    Signer(directory, ISSUER)
    return directory


def key(home: Path, name: str = "proofs") -> ECKey:
    return ECKey.import_key(json.loads(private_key_file(home, name).read_text()))


def published(home: Path) -> dict[str, Any]:
    return json.loads(public_keys_file(home, "proofs").read_text())


def genuine(home: Path) -> str:
    status = {"status_list": {"idx": PLACE, "uri": PUBLISHED_AT}}
    words = {"en": "x", "zh": "y"}
    claims = {"sub": "a", "claim": CLAIM, "words": words, "policy": "p", "status": status}
    return Signer(home, ISSUER).sign(AUDIENCE, NONCE, claims).token


def part(content: Mapping[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


def opened(token: str) -> dict[str, Any]:
    middle = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(middle + "=" * (-len(middle) % 4)))


def signed(home: Path, changes: Mapping[str, Any], **header: Any) -> str:
    """The genuine proof with other claims and header, signed with the real key."""
    claims = {n: v for n, v in (opened(genuine(home)) | changes).items() if v is not None}
    real = key(home)
    return jwt.encode({"alg": "ES256", "typ": TYPE, "kid": real.kid, **header}, claims, real)


def with_other_key(home: Path, **header: Any) -> str:
    other = ECKey.generate_key("P-256", {"alg": "ES256"}, auto_kid=True)
    named = {"alg": "ES256", "typ": TYPE, "kid": other.kid, **header}
    if "jwk" in header:
        named["jwk"] = other.as_dict(private=False)
    return jwt.encode(named, opened(genuine(home)), other)


def altered(home: Path) -> str:
    head, _, signature = genuine(home).split(".")
    claims = opened(genuine(home)) | {"claim": {**CLAIM, "answer": "YES"}}
    return f"{head}.{part(claims)}.{signature}"


def unsigned(home: Path) -> str:
    return f"{part({'alg': 'none', 'typ': TYPE})}.{part(opened(genuine(home)))}."


def with_public_key_as_secret(home: Path) -> str:
    secret = OctKey.import_key(json.dumps(published(home)["keys"][0]))
    header = {"alg": "HS256", "typ": TYPE, "kid": published(home)["keys"][0]["kid"]}
    return jwt.encode(header, opened(genuine(home)), secret)


def cut(home: Path) -> str:
    return genuine(home)[:-4]


def swapped_signature(home: Path) -> str:
    one, other = genuine(home).split("."), genuine(home).split(".")
    return ".".join([*one[:2], other[2]])


ATTACKS: Mapping[str, tuple[Callable[[Path], str], str]] = {
    "forged": (swapped_signature, "PROOF_INVALID"),
    "cut": (cut, "PROOF_INVALID"),
    "no token": (lambda _: "yes", "PROOF_INVALID"),
    "altered": (altered, "PROOF_INVALID"),
    "alg none": (unsigned, "PROOF_INVALID"),
    "public key as secret": (with_public_key_as_secret, "PROOF_INVALID"),
    "other key": (with_other_key, "PROOF_INVALID"),
    "other key, our kid": (lambda h: with_other_key(h, kid=key(h).kid), "PROOF_INVALID"),
    "key in the header": (lambda h: with_other_key(h, jwk=True), "PROOF_INVALID"),
    "another kind of token": (lambda h: signed(h, {}, typ="at+jwt"), "PROOF_INVALID"),
    "other issuer": (lambda h: signed(h, {"iss": "somebody"}), "PROOF_INVALID"),
    "expired": (lambda h: signed(h, {"exp": int(time.time()) - 1}), "PROOF_EXPIRED"),
    "without end": (lambda h: signed(h, {"exp": None}), "PROOF_INVALID"),
    "wrong audience": (lambda h: signed(h, {"aud": "another-school"}), "PROOF_AUDIENCE"),
    "no audience": (lambda h: signed(h, {"aud": None}), "PROOF_AUDIENCE"),
    "other nonce": (lambda h: signed(h, {"nonce": "nonce-0002"}), "PROOF_NONCE"),
    "no nonce": (lambda h: signed(h, {"nonce": None}), "PROOF_NONCE"),
}


@pytest.fixture(scope="module")
def tokens(home: Path) -> dict[str, str]:
    return {"genuine": genuine(home), **{name: make(home) for name, (make, _) in ATTACKS.items()}}


def status(home: Path, revoked: tuple[int, ...] = (), **changes: Any) -> str:
    """The status list as the desk signs it, with these places revoked, or changed."""
    now, kind = int(time.time()), changes.pop("typ", LIST_TYPE)
    said = {"bits": 1, "lst": packed(revoked)} | changes.pop("status_list", {})
    claims = {"sub": PUBLISHED_AT, "iat": now, "exp": now + 60, "ttl": 15, "status_list": said}
    known = {name: value for name, value in (claims | changes).items() if value is not None}
    return Signer(home, ISSUER).signed(kind, known)


def status_altered(home: Path) -> str:
    """A list in which the proof stands, with the signature of one in which it does not."""
    head, _, signature = status(home, (PLACE,)).split(".")
    return f"{head}.{status(home).split('.')[1]}.{signature}"


def status_of_another_key(home: Path) -> str:
    other = ECKey.generate_key("P-256", {"alg": "ES256"}, auto_kid=True)
    header = {"alg": "ES256", "typ": LIST_TYPE, "kid": key(home).kid}
    return jwt.encode(header, opened(status(home)), other)


def past(home: Path) -> str:
    return status(home, iat=int(time.time()) - 61, exp=int(time.time()) - 1)


LISTS: Mapping[str, tuple[Callable[[Path], str], str]] = {
    "revoked": (lambda h: status(h, (1, PLACE)), "PROOF_REVOKED"),
    "stale": (past, "PROOF_STATUS_STALE"),
    "stale, and revoked": (
        lambda h: status(h, (PLACE,), exp=int(time.time()) - 1),
        "PROOF_STATUS_STALE",
    ),
    "without end": (lambda h: status(h, exp=None), "PROOF_STATUS_INVALID"),
    "altered": (status_altered, "PROOF_STATUS_INVALID"),
    "other key": (status_of_another_key, "PROOF_STATUS_INVALID"),
    "of another address": (
        lambda h: status(h, sub=PUBLISHED_AT[:-1] + "1"),
        "PROOF_STATUS_INVALID",
    ),
    "another kind of token": (lambda h: status(h, typ=TYPE), "PROOF_STATUS_INVALID"),
    "the proof itself": (genuine, "PROOF_STATUS_INVALID"),
    "without the place": (
        lambda h: status(h, status_list={"lst": short()}),
        "PROOF_STATUS_INVALID",
    ),
    "nothing in it": (lambda h: status(h, status_list={"lst": ""}), "PROOF_STATUS_INVALID"),
    "no token": (lambda _: "<html>", "PROOF_STATUS_INVALID"),
}


def short() -> str:
    return base64.urlsafe_b64encode(zlib.compress(bytes(8))).decode().rstrip("=")


@pytest.fixture(scope="module")
def lists(home: Path) -> dict[str, str]:
    every = {"standing": status(home, (PLACE - 1, PLACE + 1))}
    return every | {name: make(home) for name, (make, _) in LISTS.items()}


def block(language: str) -> str:
    (found,) = re.findall(rf"```{language}\n(.*?)```", DOCS, re.S)
    return found


@pytest.fixture(scope="module")
def in_javascript(
    home: Path,
    tokens: Mapping[str, str],
    lists: Mapping[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, Any]:
    """What the verifier of the docs says to each token, in Node with jose."""
    packages = ensure_gateway(StartSettings().cache, gateway_source(), lambda _: None).parent
    directory = tmp_path_factory.mktemp("javascript")
    (directory / "node_modules").symlink_to(packages / "node_modules")
    (directory / "verify.mjs").write_text(block("js"))
    (directory / "run.mjs").write_text(RUNNER)
    done = subprocess.run(
        [str(NODE), str(directory / "run.mjs")],
        input=json.dumps(
            {
                "keys": published(home),
                "cases": dict(tokens),
                "proof": opened(tokens["genuine"]),
                "lists": dict(lists),
            }
        ),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def in_python() -> Mapping[str, Any]:
    """The verifier of the docs in Python."""
    names: dict[str, Any] = {}
    exec(block("python"), names)
    return names


@pytest.fixture(scope="module")
def verify(in_python: Mapping[str, Any]) -> Callable[..., Any]:
    return in_python["verify"]


def test_the_verifiers_of_the_docs_accept_a_proof_once(
    home: Path,
    tokens: Mapping[str, str],
    verify: Callable[..., Any],
    in_javascript: Mapping[str, Any],
) -> None:
    keys, nonces = KeySet.import_key_set(published(home)), {NONCE}
    assert verify(tokens["genuine"], keys, nonces)["claim"] == CLAIM
    with pytest.raises(KeyError):
        verify(tokens["genuine"], keys, nonces)
    assert in_javascript["genuine"]["claim"] == CLAIM
    assert in_javascript["replayed"] == "replayed, or not asked for"


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_verifiers_of_the_docs_accept_nothing_else(
    attack: str,
    home: Path,
    tokens: Mapping[str, str],
    verify: Callable[..., Any],
    in_javascript: Mapping[str, Any],
) -> None:
    nonces = {NONCE}
    with pytest.raises((ValueError, KeyError, JoseError)):
        verify(tokens[attack], KeySet.import_key_set(published(home)), nonces)
    assert nonces == {NONCE}, "a bad proof does not use up the nonce"
    assert isinstance(in_javascript[attack], str)


@pytest.mark.parametrize("attack", ATTACKS)
def test_each_is_refused_with_its_code(attack: str, home: Path, tokens: Mapping[str, str]) -> None:
    with pytest.raises(CitizengraphError) as refused:
        checked(tokens[attack], published(home), ISSUER, AUDIENCE, NONCE)
    assert refused.value.code == ATTACKS[attack][1]


@pytest.mark.parametrize("attack", ["standing", *LISTS])
def test_a_proof_stands_by_the_verifiers_of_the_docs_where_the_list_says_so(
    attack: str,
    home: Path,
    tokens: Mapping[str, str],
    lists: Mapping[str, str],
    in_python: Mapping[str, Any],
    in_javascript: Mapping[str, Any],
) -> None:
    keys, proof = KeySet.import_key_set(published(home)), opened(tokens["genuine"])
    try:
        told = in_python["stands"](proof, keys, {PUBLISHED_AT: lists[attack]}.__getitem__)
    except (ValueError, KeyError, IndexError, zlib.error, JoseError) as error:
        told = str(error)
    by_node = in_javascript["lists"][attack]
    if attack in ("standing", "revoked"):
        assert (told, by_node) == (attack == "standing",) * 2
    else:
        assert isinstance(told, str)
        assert isinstance(by_node, str)


@pytest.mark.parametrize("attack", LISTS)
def test_each_list_is_refused_with_its_code(
    attack: str, home: Path, tokens: Mapping[str, str], lists: Mapping[str, str]
) -> None:
    with pytest.raises(CitizengraphError) as refused:
        check_status(opened(tokens["genuine"]), lists[attack], published(home))
    assert refused.value.code == LISTS[attack][1]
    check_status(opened(tokens["genuine"]), lists["standing"], published(home))


def test_a_place_that_no_list_has_is_no_place(home: Path, lists: Mapping[str, str]) -> None:
    for place in (-1, PLACES, PLACES * 8):
        claims = {"status": {"status_list": {"idx": place, "uri": PUBLISHED_AT}}}
        with pytest.raises(CitizengraphError):
            check_status(claims, lists["standing"], published(home))


def command(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "cli", "proof", *words],
        env={**os.environ, "CITIZENGRAPH_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_says_what_is_proved_or_what_is_wrong(home: Path) -> None:
    good, options = genuine(home), ("--audience", AUDIENCE, "--nonce", NONCE)
    told = command(home, "verify", good, *options, "--json")
    assert json.loads(told.stdout)["claim"] == CLAIM
    assert json.loads(told.stdout)["standing"] == "UNKNOWN"
    said = command(home, "verify", good, *options).stdout.split()
    assert said[:5] == ["NO", "x", "y", "status", "unknown:"]
    wrong = command(home, "verify", good, "--audience", "another", "--nonce", NONCE)
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert wrong.stderr.startswith("PROOF_AUDIENCE")
    nowhere = command(home, "verify", good, *options, "--keys", str(home / "none.json"))
    assert nowhere.stderr.startswith("BAD_ARGUMENT")


def test_the_command_says_whether_the_proof_still_stands(home: Path, tmp_path: Path) -> None:
    good, file = genuine(home), tmp_path / "status.jwt"
    options = ("--audience", AUDIENCE, "--nonce", NONCE, "--status", str(file))
    file.write_text(status(home))
    told = command(home, "verify", good, *options)
    assert (told.returncode, told.stdout.split()) == (0, ["NO", "x", "y"])
    assert (
        json.loads(command(home, "verify", good, *options, "--json").stdout)["standing"] == "VALID"
    )
    for make, code in (LISTS["revoked"], LISTS["stale"], LISTS["altered"]):
        file.write_text(make(home))
        refused = command(home, "verify", good, *options)
        assert (refused.returncode, refused.stdout) == (1, "")
        assert refused.stderr.startswith(code)
    file.unlink()
    assert command(home, "verify", good, *options).stderr.startswith("BAD_ARGUMENT")


def test_a_rotation_ends_no_proof_until_the_third(home: Path) -> None:
    good, options = genuine(home), ("--audience", AUDIENCE, "--nonce", NONCE)
    kid = json.loads(command(home, "rotate", "--json").stdout)["kid"]
    assert published(home)["keys"][0]["kid"] == kid
    rotate_key(home, "proofs")
    assert command(home, "verify", good, *options).returncode == 0
    rotate_key(home, "proofs")
    assert command(home, "verify", good, *options).stderr.startswith("PROOF_INVALID")
