"""What a holder keeps: one key, and the credentials that are bound to it. Files of mode 600."""

from __future__ import annotations

import json
import re
from pathlib import Path

from joserfc.jwk import ECKey

from runtime.errors import CitizengraphError
from runtime.files import private_directory, write_file

KEY = "holder.jwk.json"
_ENDING = ".sd-jwt"
_REFERENCE = re.compile(r"[0-9a-f]{32}")


class Wallet:
    """A directory that only its owner can enter."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def key(self) -> ECKey:
        """The holder's key; made when it is first needed."""
        file = private_directory(self._directory) / KEY
        if not file.exists():
            made = ECKey.generate_key("P-256", private=True)
            write_file(file, json.dumps(made.as_dict(private=True)) + "\n", mode=0o600)
        try:
            return ECKey.import_key(json.loads(file.read_text(encoding="utf-8")))
        except (ValueError, OSError):
            words = f"{file} holds no key."  # and not what it holds
            hint = "Move it away: another key is made, and what was bound to it is lost."
            raise CitizengraphError("BAD_ARGUMENT", words, hint) from None

    def public(self) -> str:
        """The public part, as issueCredential takes it."""
        given = self.key().as_dict(private=False)
        return json.dumps({name: given[name] for name in ("kty", "crv", "x", "y")})

    def keep(self, reference: str, credential: str) -> Path:
        """Where the credential is from now on."""
        file = self._file(reference)
        write_file(file, credential + "\n", mode=0o600)
        return file

    def read(self, reference: str) -> str:
        """The credential. Raises BAD_ARGUMENT."""
        try:
            return self._file(reference).read_text(encoding="utf-8").strip()
        except OSError as error:
            words = f"The wallet {self._directory} has no credential {reference}."
            hint = "`citizengraph credential show` lists those that were issued."
            raise CitizengraphError("BAD_ARGUMENT", words, hint) from error

    def holds(self, reference: str) -> bool:
        """Whether the credential is in it."""
        return self._file(reference).is_file()

    def _file(self, reference: str) -> Path:
        if not _REFERENCE.fullmatch(reference):
            words = f"{reference} is no reference of a credential."
            raise CitizengraphError("BAD_ARGUMENT", words, "It has 32 digits, 0 to 9 and a to f.")
        return self._directory / f"{reference}{_ENDING}"
