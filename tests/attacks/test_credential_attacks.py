"""A credential that is forged, altered, borrowed, replayed, old or revoked is accepted by nobody.

Each attack is made on the verifier of docs/credentials.md, exactly as it stands there, which rests
on the reference implementation of SD-JWT and none of our code; and on `citizengraph credential`.
"""

from __future__ import annotations

import base64
import json
import re
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet
from jwcrypto.common import JWException
from jwcrypto.jwk import JWK, JWKSet
from sd_jwt.common import SDObj
from sd_jwt.holder import SDJWTHolder
from sd_jwt.issuer import SDJWTIssuer

from resolvers.telling import Told
from runtime.errors import CitizengraphError
from runtime.keys import private_key_file, public_keys_file
from subgraphs.proofs.credential import KIND, TYPE, Frame, holder_key, issue
from subgraphs.proofs.credential_checking import presentation
from subgraphs.proofs.listing import packed
from subgraphs.proofs.sd_jwt import Parts, digest, parts, places, presented
from subgraphs.proofs.signing import STATUS_TYPE, Signer

DOCS = Path(__file__).parents[2] / "docs"
ISSUER, AUDIENCE, NONCE = "citizengraph-proofs", "sports-club", "nonce-0001"
PLACE, LISTED_AT = 641_027, "http://127.0.0.1:9/.well-known/proofs/status/credentials?book=1"
HOLDER, THIEF = (ECKey.generate_key("P-256", private=True) for _ in range(2))
MOTHER = {"name": "李娜", "birthDate": "1988-05-17", "citizenNumber": "11010119880517002X"}
CHILD = {"citizenNumber": "110101201902030025"}
ALL = ("relation", "subject.name", "subject.birthDate", "relative.citizenNumber")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("credential-home")
    Signer(directory, ISSUER)
    return directory


def python_of(page: str) -> dict[str, Any]:
    """What the example on the page defines."""
    (code,) = re.findall(r"```python\n(.*?)```", (DOCS / page).read_text(encoding="utf-8"), re.S)
    names: dict[str, Any] = {}
    exec(code, names)
    return names


def theirs(home: Path, text: str, audience: str = AUDIENCE, nonce: str = NONCE) -> dict[str, Any]:
    """What the verifier of the page makes of it."""
    keys = JWKSet.from_json(public_keys_file(home, "proofs").read_text())
    return python_of("credentials.md")["verify"](text, keys, audience, nonce)


def ours(home: Path, text: str, audience: str = AUDIENCE, nonce: str = NONCE) -> dict[str, Any]:
    keys = json.loads(public_keys_file(home, "proofs").read_text())
    return presentation(text, keys, ISSUER, audience, nonce)


def genuine(home: Path, ends: int = 600) -> Parts:
    now = int(time.time())
    status = {"status_list": {"idx": PLACE, "uri": LISTED_AT}}
    frame = Frame(holder_key(json.dumps(HOLDER.as_dict(private=False))), status, now, now + ends)
    told = Told("YES", MOTHER, CHILD, (), ())
    return parts(issue(Signer(home, ISSUER), "isMotherOf", told, frame))


def payload(token: str) -> dict[str, Any]:
    middle = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(middle + "=" * (-len(middle) % 4)))


def shown(whole: Parts, names: Iterable[str] = ALL, *, key: ECKey = HOLDER, **claims: Any) -> str:
    known = places(payload(whole.token), whole.disclosures)
    bound = {"iat": int(time.time()), "aud": AUDIENCE, "nonce": NONCE} | claims
    return presented(whole, [known[name] for name in names], key, bound)


def made_up(name: str, value: Any) -> str:
    content = json.dumps(["c2FsdHNhbHRzYWx0c2FsdA", name, value]).encode()
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def signed(
    home: Path, changes: Mapping[str, Any], key: ECKey | None = None, **header: Any
) -> Parts:
    """The genuine credential with other claims and header, by the real key or another."""
    whole = genuine(home)
    claims = {n: v for n, v in (payload(whole.token) | changes).items() if v is not None}
    real = key or ECKey.import_key(json.loads(private_key_file(home, "proofs").read_text()))
    named = {"alg": "ES256", "typ": TYPE, "kid": real.kid, **header}
    return Parts(jwt.encode(named, claims, real), whole.disclosures)


def forged_beside(home: Path) -> str:
    """A disclosure that no digest stands for, bound by the holder's key like the others."""
    whole = genuine(home)
    known = places(payload(whole.token), whole.disclosures)
    claims = {"iat": int(time.time()), "aud": AUDIENCE, "nonce": NONCE}
    return presented(whole, [known["relation"], made_up("name", "陈静")], HOLDER, claims)


def swapped(home: Path) -> str:
    """A disclosure changed after the holder has signed."""
    whole = genuine(home)
    text = parts(shown(whole, ["relation", "subject.name"]))
    return Parts(text.token, [text.disclosures[0], made_up("name", "陈静")]).shown + text.binding


def taken_away(home: Path) -> str:
    text = parts(shown(genuine(home)))
    return Parts(text.token, text.disclosures[1:]).shown + text.binding


def of_another(home: Path) -> str:
    """The binding of another presentation of the same holder."""
    one, other = parts(shown(genuine(home))), parts(shown(genuine(home)))
    return one.shown + other.binding


def altered(home: Path) -> str:
    whole = genuine(home)
    head, _, signature = whole.token.split(".")
    claims = json.dumps(payload(whole.token) | {"exp": 9_999_999_999}).encode()
    middle = base64.urlsafe_b64encode(claims).decode().rstrip("=")
    return shown(Parts(f"{head}.{middle}.{signature}", whole.disclosures))


def unsigned(home: Path) -> str:
    whole = genuine(home)
    head = base64.urlsafe_b64encode(b'{"alg":"none","typ":"dc+sd-jwt"}').decode().rstrip("=")
    return shown(Parts(f"{head}.{whole.token.split('.')[1]}.", whole.disclosures))


def rebound(home: Path) -> str:
    """With the thief's key in the token, and their signature."""
    key = holder_key(json.dumps(THIEF.as_dict(private=False)))
    other = ECKey.generate_key("P-256", {"alg": "ES256"}, auto_kid=True)
    return shown(signed(home, {"cnf": {"jwk": key}}, other), key=THIEF)


def a_proof(home: Path) -> str:
    """Another token of the office as if it were a credential."""
    return shown(signed(home, {}, typ="citizengraph-proof+jwt"))


def unbound(home: Path) -> str:
    whole = genuine(home)
    return Parts(whole.token, whole.disclosures).shown


def binding_of_another_type(home: Path) -> str:
    whole = parts(shown(genuine(home)))
    claims = {"iat": int(time.time()), "aud": AUDIENCE, "nonce": NONCE}
    bound = {**claims, "sd_hash": digest(whole.shown)}
    return whole.shown + jwt.encode({"alg": "ES256", "typ": "jwt"}, bound, HOLDER)


ATTACKS: dict[str, tuple[Callable[[Path], str], str]] = {
    "a disclosure swapped": (swapped, "PROOF_INVALID"),
    "a disclosure taken away": (taken_away, "PROOF_INVALID"),
    "the binding of another": (of_another, "PROOF_INVALID"),
    "altered": (altered, "PROOF_INVALID"),
    "unsigned": (unsigned, "PROOF_INVALID"),
    "bound to a thief": (rebound, "PROOF_INVALID"),
    "shown by a thief": (lambda home: shown(genuine(home), key=THIEF), "PROOF_INVALID"),
    "not bound": (unbound, "PROOF_INVALID"),
    "bound by another type": (binding_of_another_type, "PROOF_INVALID"),
    "another token": (a_proof, "PROOF_INVALID"),
    "another kind": (lambda home: shown(signed(home, {"vct": "urn:x"})), "PROOF_INVALID"),
    "another issuer": (lambda home: shown(signed(home, {"iss": "x"})), "PROOF_INVALID"),
    "without a holder": (lambda home: shown(signed(home, {"cnf": None})), "PROOF_INVALID"),
    "ended": (lambda home: shown(genuine(home, ends=-1)), "PROOF_EXPIRED"),
    "without an end": (lambda home: shown(signed(home, {"exp": None})), "PROOF_INVALID"),
    "for another": (lambda home: shown(genuine(home), aud="bank"), "PROOF_AUDIENCE"),
    "of another request": (lambda home: shown(genuine(home), nonce="nonce-0002"), "PROOF_NONCE"),
}


def test_what_is_disclosed_is_accepted_by_both(home: Path) -> None:
    text = shown(genuine(home), ["relation", "subject.name"])
    said = theirs(home, text)
    assert said == ours(home, text)
    assert said["relation"]["question"] == "isMotherOf"
    assert (said["subject"], said["relative"]) == ({"name": "李娜"}, {})
    assert said["vct"] == KIND
    nothing = theirs(home, shown(genuine(home), []))
    assert "relation" not in nothing and nothing["subject"] == {}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack(home: Path, name: str) -> None:
    made, code = ATTACKS[name]
    text = made(home)
    with pytest.raises(CitizengraphError) as refused:
        ours(home, text)
    assert refused.value.code == code
    with pytest.raises((ValueError, KeyError, TypeError, JWException)):
        theirs(home, text)


def test_a_disclosure_that_belongs_to_nothing_is_told_by_nobody(home: Path) -> None:
    """The reference implementation leaves it out, where RFC 9901 has it refused."""
    text = forged_beside(home)
    with pytest.raises(CitizengraphError, match="PROOF_INVALID"):
        ours(home, text)
    assert theirs(home, text)["subject"] == {}


def test_a_presentation_that_was_kept_is_too_old(home: Path) -> None:
    old = shown(genuine(home), iat=int(time.time()) - 301)
    with pytest.raises(CitizengraphError, match="PROOF_EXPIRED"):
        ours(home, old)
    with pytest.raises(CitizengraphError, match="PROOF_EXPIRED"):
        ours(home, shown(genuine(home), iat=int(time.time()) + 301))


@pytest.mark.parametrize(
    "text",
    [
        *("", "~", "~~", "a.b.c", "a.b.c~", "a~b~c", "😀~"),
        "a.b.c~" + base64.urlsafe_b64encode(b"[" * 5000).decode() + "~",
    ],
)
def test_nonsense_is_refused(home: Path, text: str) -> None:
    with pytest.raises(CitizengraphError, match="PROOF_INVALID"):
        ours(home, text)


@pytest.mark.parametrize(
    "disclosure",
    [
        made_up("_sd", ["x"]),
        made_up("...", "x"),
        base64.urlsafe_b64encode(b'["salt", "value"]').decode(),
        base64.urlsafe_b64encode(b"[" * 5000).decode().rstrip("="),
        "不是",
        "****",
    ],
)
def test_a_disclosure_of_another_form_is_refused(home: Path, disclosure: str) -> None:
    whole = genuine(home)
    with pytest.raises(CitizengraphError, match="PROOF_INVALID"):
        ours(home, f"{whole.token}~{disclosure}~")


def listed(home: Path, revoked: Iterable[int] = (), ends: int = 60, at: str = LISTED_AT) -> str:
    now = int(time.time())
    claims = {"sub": at, "iat": now, "exp": now + ends, "ttl": 15}
    of = {**claims, "status_list": {"bits": 1, "lst": packed(revoked)}}
    return Signer(home, ISSUER).signed(STATUS_TYPE, of)


def test_a_revoked_one_and_a_stale_list(home: Path) -> None:
    """By the example of the proofs, of what the reference implementation has verified."""
    said = theirs(home, shown(genuine(home)))
    stands = python_of("proofs.md")["stands"]
    keys = KeySet.import_key_set(json.loads(public_keys_file(home, "proofs").read_text()))
    assert stands(said, keys, lambda _: listed(home)) is True
    assert stands(said, keys, lambda _: listed(home, [PLACE])) is False
    for wrong in (listed(home, ends=-1), listed(home, at=f"{LISTED_AT}2")):
        with pytest.raises(Exception, match=r"expired|another list"):
            stands(said, keys, lambda _, wrong=wrong: wrong)


def test_ours_reads_what_the_reference_implementation_issues(home: Path) -> None:
    """The other way round: a holder and an issuer that share no code with us."""
    real = JWK.from_json(private_key_file(home, "proofs").read_text())
    holder = JWK.from_json(json.dumps(HOLDER.as_dict(private=True)))
    now = int(time.time())
    claims = {
        "iss": ISSUER,
        "iat": now,
        "exp": now + 60,
        "vct": KIND,
        SDObj("relation"): {"question": "isMotherOf"},
        "subject": {SDObj("name"): "李娜", SDObj("birthDate"): "1988-05-17"},
        "relative": {},
    }
    made = SDJWTIssuer(
        claims, real, holder, extra_header_parameters={"typ": TYPE, "kid": real.key_id}
    )
    held = SDJWTHolder(made.sd_jwt_issuance)
    held.create_presentation(
        {"relation": True, "subject": {"name": True}}, NONCE, AUDIENCE, holder, "ES256"
    )
    said = ours(home, held.sd_jwt_presentation)
    assert said["relation"] == {"question": "isMotherOf"}
    assert said["subject"] == {"name": "李娜"}
