"""Arguments that several verbs take, checked before anything is asked."""

from __future__ import annotations

from ingest.registers import CATALOGUE, registers
from ingest.rules import rules
from runtime.errors import CitizengraphError

OWN = (CATALOGUE, "derived")


def known_register(name: str | None) -> str | None:
    """The register's code, or None. Raises BAD_ARGUMENT if it is not declared."""
    if name is not None and name not in registers():
        raise CitizengraphError("BAD_ARGUMENT", f"There is no register {name!r}.", _one_of(()))
    return name


def delivering_register(name: str | None) -> str:
    """The register's code. Raises BAD_ARGUMENT unless it is one that delivers files."""
    if name is None:
        hint = f"Name it with --register. {_one_of(OWN)}"
        raise CitizengraphError("BAD_ARGUMENT", "A table does not say its register.", hint)
    if name in OWN:
        words = f"What stands under {name!r} is written by the product itself."
        raise CitizengraphError("BAD_ARGUMENT", words, _one_of(OWN))
    if name not in registers():
        hint = f"Declare it in ingest/registers.yaml. {_one_of(OWN)}"
        raise CitizengraphError("BAD_ARGUMENT", f"There is no register {name!r}.", hint)
    return name


def known_code(code: str | None) -> str | None:
    """A code of rules.yaml, or None. Raises BAD_ARGUMENT if it is not declared."""
    if code is not None and code not in rules():
        hint = "See `citizengraph findings kinds`."
        raise CitizengraphError("BAD_ARGUMENT", f"There is no code {code!r}.", hint)
    return code


def _one_of(without: tuple[str, ...]) -> str:
    return f"Registers: {', '.join(name for name in registers() if name not in without)}."
