"""ES256 key pairs of the gateway and the development issuer, in HOME/keys.

`<name>.jwk.json` is the private key (JWK, RFC 7517), readable by its owner only;
`<name>.jwks.json` is the public key set.
"""

import json
from pathlib import Path

from joserfc.jwk import ECKey, KeyParameters

from runtime.files import private_directory, write_file

NAMES = ("gateway", "issuer")


def private_key_file(home: Path, name: str) -> Path:
    """Where the private key is."""
    return home / "keys" / f"{name}.jwk.json"


def public_keys_file(home: Path, name: str) -> Path:
    """Where the public key set is."""
    return home / "keys" / f"{name}.jwks.json"


def ensure_keys(home: Path) -> None:
    """Create what is missing; existing private keys stay."""
    private_directory(home / "keys")
    for name in NAMES:
        if not private_key_file(home, name).is_file():
            _create(home, name)


def _create(home: Path, name: str) -> None:
    options: KeyParameters = {"alg": "ES256", "use": "sig"}
    key = ECKey.generate_key("P-256", options, private=True, auto_kid=True)
    public = {"keys": [key.as_dict(private=False)]}
    write_file(public_keys_file(home, name), json.dumps(public, indent=2) + "\n", mode=0o600)
    private = json.dumps(key.as_dict(private=True), indent=2) + "\n"
    write_file(private_key_file(home, name), private, mode=0o600)
