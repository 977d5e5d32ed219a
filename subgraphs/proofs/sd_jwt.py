"""SD-JWT (RFC 9901): a signed token of digests, and what each digest stands for beside it.

Compact form: `<token>~<disclosure>~…~`, and behind the last `~` the key binding of a presentation.
A disclosure is [salt, name, value] in base64url. Names in arrays are not used here.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any, cast

from joserfc import jwt
from joserfc.jwk import ECKey

ALGORITHM = "sha-256"
KEY_BINDING = "kb+jwt"
DIGESTS, DIGEST_ALGORITHM = "_sd", "_sd_alg"
_RESERVED = (DIGESTS, DIGEST_ALGORITHM, "...")
_SALT_BYTES = 16
_Object = Mapping[str, Any]


@dataclass(frozen=True)
class Parts:
    """What stands between the `~`; `binding` is empty in what the issuer gives out."""

    token: str
    disclosures: Sequence[str]
    binding: str = ""

    @property
    def shown(self) -> str:
        """All but the key binding."""
        return "~".join((self.token, *self.disclosures, ""))


def parts(text: str) -> Parts:
    """Raises ValueError for what is no SD-JWT."""
    token, *disclosures, binding = text.strip().split("~")
    if not token or not all(disclosures):
        raise ValueError("this is no SD-JWT")
    return Parts(token, disclosures, binding)


def concealed(values: _Object, places: int = 0) -> tuple[dict[str, list[str]], list[str]]:
    """An object of digests alone, at least so many, and the disclosures of the values.

    Digests of nothing fill it up, and all are sorted, so that it tells neither which values there
    are nor how many.
    """
    disclosures = [_disclosure(name, value) for name, value in values.items()]
    decoys = (token_urlsafe(_SALT_BYTES) for _ in range(places - len(disclosures)))
    return {DIGESTS: sorted(map(digest, (*disclosures, *decoys)))}, disclosures


def digest(text: str) -> str:
    """SHA-256 in base64url."""
    return base64.urlsafe_b64encode(sha256(text.encode("ascii")).digest()).decode().rstrip("=")


def disclosed(payload: _Object, disclosures: Sequence[str]) -> dict[str, Any]:
    """The payload with what the disclosures stand for in it.

    Raises ValueError where one of them belongs to no digest or to several, or says a name again.
    """
    if payload.get(DIGEST_ALGORITHM, ALGORITHM) != ALGORITHM:
        raise ValueError("its digests are of another algorithm")
    waiting = {digest(one): _read(one) for one in disclosures}
    if len(waiting) != len(disclosures):
        raise ValueError("a disclosure stands there twice")
    found = _Opening(waiting).object(payload)
    if waiting:
        raise ValueError("a disclosure belongs to nothing in it")
    return found


def places(payload: _Object, disclosures: Sequence[str]) -> dict[str, str]:
    """The disclosure of each value by its path, as `subject.name`."""
    known = {digest(one): one for one in disclosures}
    return dict(_places(payload, known, ""))


def presented(credential: Parts, shown: Iterable[str], key: ECKey, claims: _Object) -> str:
    """With these disclosures, bound by the holder's key to `claims`: aud, nonce and iat."""
    kept = Parts(credential.token, list(shown))
    bound = {**claims, "sd_hash": digest(kept.shown)}
    return kept.shown + jwt.encode({"alg": "ES256", "typ": KEY_BINDING}, bound, key)


class _Opening:
    """Takes out of `waiting` what finds its place."""

    def __init__(self, waiting: dict[str, tuple[str, Any]]) -> None:
        self._waiting = waiting
        self._seen: set[str] = set()

    def object(self, given: _Object) -> dict[str, Any]:
        """The object with what is disclosed in it."""
        found = {name: self._value(of) for name, of in given.items() if name not in _RESERVED}
        for one in given.get(DIGESTS, ()):
            if one in self._seen:
                raise ValueError("a digest stands there twice")
            self._seen.add(one)
            if one in self._waiting:
                name, value = self._waiting.pop(one)
                if name in found:
                    raise ValueError("a name stands there twice")
                found[name] = self._value(value)
        return found

    def _value(self, given: Any) -> Any:
        if isinstance(given, dict):
            return self.object(cast("_Object", given))
        if isinstance(given, list):
            return [self._value(one) for one in cast("list[Any]", given)]
        return given


def _places(given: _Object, known: Mapping[str, str], path: str) -> Iterator[tuple[str, str]]:
    for one in given.get(DIGESTS, ()):
        if one in known:
            yield f"{path}{_read(known[one])[0]}", known[one]
    for name, value in given.items():
        if isinstance(value, dict):
            yield from _places(cast("_Object", value), known, f"{path}{name}.")


def _disclosure(name: str, value: Any) -> str:
    content = json.dumps([token_urlsafe(_SALT_BYTES), name, value], ensure_ascii=False)
    return base64.urlsafe_b64encode(content.encode()).decode().rstrip("=")


def _read(disclosure: str) -> tuple[str, Any]:
    """Name and value. Raises ValueError."""
    content = base64.urlsafe_b64decode(disclosure + "=" * (-len(disclosure) % 4))
    given = json.loads(content)
    if not isinstance(given, list) or len(cast("list[Any]", given)) != 3:
        raise ValueError("this is no disclosure")
    _, name, value = cast("list[Any]", given)
    if not isinstance(name, str) or name in _RESERVED:
        raise ValueError("this is no disclosure")
    return name, value
