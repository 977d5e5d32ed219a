"""ES256 key pairs of the gateway, the development issuer, the proofs and the joined departments.

In HOME/keys:

`<name>.jwk.json` is the private key (JWK, RFC 7517), readable by its owner only;
`<name>.jwks.json` is the public key set, the key in use first.
"""

import json
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from joserfc.jwk import ECKey, KeyParameters

from runtime.files import exclusive, private_directory, writable, write_file

NAMES = ("gateway", "issuer", "proofs", "guard")
PUBLIC_KEYS_MAX = 3


def private_key_file(home: Path, name: str) -> Path:
    """Where the private key is."""
    return home / "keys" / f"{name}.jwk.json"


def public_keys_file(home: Path, name: str) -> Path:
    """Where the public key set is."""
    return home / "keys" / f"{name}.jwks.json"


def ensure_keys(home: Path) -> None:
    """Create what is missing; existing private keys stay."""
    for name in NAMES:
        ensure_key(home, name)


def ensure_key(home: Path, name: str) -> None:
    """Create the pair if there is none. Of several processes at once one does."""
    if private_key_file(home, name).is_file():
        return
    with making_keys(home):
        if not private_key_file(home, name).is_file():
            _create(home, name, [])


def rotate_key(home: Path, name: str) -> str:
    """A new pair, its id returned. The public keys before it stay published, up to three in all."""
    with making_keys(home):
        published = public_keys_file(home, name)
        before: list[dict[str, Any]] = []
        if published.is_file():
            before = json.loads(published.read_text())["keys"]
        return _create(home, name, before)


@contextmanager
def making_keys(home: Path) -> Generator[None]:
    """Wait until no other process makes a key of this home."""
    lock = private_directory(home / "keys") / "making.lock"
    with writable(lock):
        lock.touch(mode=0o600)
    with exclusive(lock):
        yield


def _create(home: Path, name: str, before: list[dict[str, Any]]) -> str:
    options: KeyParameters = {"alg": "ES256", "use": "sig"}
    key = ECKey.generate_key("P-256", options, private=True, auto_kid=True)
    public = {"keys": [key.as_dict(private=False), *before][:PUBLIC_KEYS_MAX]}
    write_file(public_keys_file(home, name), json.dumps(public, indent=2) + "\n", mode=0o600)
    private = json.dumps(key.as_dict(private=True), indent=2) + "\n"
    write_file(private_key_file(home, name), private, mode=0o600)
    return str(key.kid)
