"""What may be done with a licence: a table of transitions, whose licence it is, how long it holds.

A rule is not a matter of grants: no policy lifts it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from policies.licence_types import LicenceType, Validity, area_of
from runtime.errors import CitizengraphError

Body = Mapping[str, Any]
Licence = Mapping[str, Any]
NO_END = "9999-12-31"
"""The last day of a licence that had an end and was renewed without one."""
WORDS_MAX = 500
KEY_MAX = 64


@dataclass(frozen=True)
class Transition:
    """From which states it leads to which; `action` is what its event is called."""

    action: str
    origin: frozenset[str]
    to: str


TRANSITIONS: Mapping[str, Transition] = {
    "renew": Transition("RENEWED", frozenset({"VALID", "EXPIRED"}), "VALID"),
    "suspend": Transition("SUSPENDED", frozenset({"VALID"}), "SUSPENDED"),
    "resume": Transition("RESUMED", frozenset({"SUSPENDED"}), "VALID"),
    "revoke": Transition("REVOKED", frozenset({"VALID", "EXPIRED", "SUSPENDED"}), "REVOKED"),
    "supersede": Transition("SUPERSEDED", frozenset({"VALID", "EXPIRED"}), "SUPERSEDED"),
}


@dataclass(frozen=True)
class Grounds:
    """Why a licence is changed: in words, on which law, and on which document."""

    reason: str
    legal_basis: str
    evidence: str

    def checked(self) -> Grounds:
        """With each part trimmed. Raises BAD_ARGUMENT."""
        parts = (self.reason, self.legal_basis, self.evidence)
        names = ("reason", "legalBasis", "evidence")
        return Grounds(*(_words(name, part) for name, part in zip(names, parts, strict=True)))


def checked_key(key: str) -> str:
    """The client's name for its request. Raises BAD_ARGUMENT."""
    plain = key.replace("-", "").replace("_", "")
    if not (8 <= len(key) <= KEY_MAX and plain.isascii() and plain.isalnum()):
        words = f"key has 8 to {KEY_MAX} letters, digits, - and _."
        raise CitizengraphError("BAD_ARGUMENT", words, "Draw one for each request.")
    return key


def state_of(licence: Licence) -> str:
    """The state that counts today: a licence whose last day is over has expired."""
    is_over = licence["status"] == "VALID" and not licence["notOver"]
    return "EXPIRED" if is_over else licence["status"]


def check_transition(name: str, licence: Licence) -> Transition:
    """Raises LICENCE_STATE."""
    transition, state = TRANSITIONS[name], state_of(licence)
    if state not in transition.origin:
        allowed = ", ".join(sorted(transition.origin))
        words = f"A licence that is {state} cannot be {transition.action}."
        raise CitizengraphError("LICENCE_STATE", words, f"It has to be one of {allowed}.")
    return transition


def check_issuer(of: LicenceType | None, body: Body | None, district: str) -> LicenceType:
    """The type, if the body may issue it in the division. Raises WRONG_AUTHORITY."""
    if body is None or body["status"] not in ("", "ACTIVE"):
        raise wrong("The body that your token names is in no register, or is not active.")
    rule = of.issuers if of else None
    facts = (body["kind"], body["name"], body["district"])
    if of is None or rule is None or not rule.permit(body["creditCode"], *facts):
        raise wrong("Your authority does not issue licences of this kind.")
    if len(district) != 6 or not district.startswith(area_of(body["district"])):
        raise wrong("The division of your token is not within that of your authority.")
    return of


def wrong(words: str) -> CitizengraphError:
    """WRONG_AUTHORITY."""
    hint = "licenceTypes lists who issues which type."
    return CitizengraphError("WRONG_AUTHORITY", words, hint)


def against(words: str) -> CitizengraphError:
    """LICENCE_RULE."""
    return CitizengraphError("LICENCE_RULE", words, "licenceTypes lists the rules of each type.")


def last_day(validity: Validity, start: str, born: str | None) -> str | None:
    """The last day of a term from `start`; None without an end. Raises LICENCE_RULE."""
    years = validity.years
    if validity.by_age:
        if born is None or len(born) < 10:
            raise against("How long it holds goes by the holder's age, which is not known.")
        years = validity.years_at(_age(born, start))
    return None if years is None else _years_after(start, years)


def renewed_until(of: LicenceType, licence: Licence, today: str, born: str | None) -> str:
    """The last day after a renewal. Raises LICENCE_RULE."""
    if not of.renewable:
        raise against("A licence of this type is not renewed.")
    end = licence["expiryDate"]
    if end is None or end == NO_END:
        raise against("It has no last day, so there is nothing to renew.")
    start = end if licence["notOver"] and len(end) == 10 else today
    return last_day(of.renewal or of.validity, start, born) or NO_END


def _years_after(day: str, years: int) -> str:
    start = date.fromisoformat(day)
    try:
        return start.replace(year=start.year + years).isoformat()
    except ValueError:  # 29 February
        return start.replace(year=start.year + years, day=28).isoformat()


def _age(born: str, day: str) -> int:
    """Full years on the day."""
    return int(day[:4]) - int(born[:4]) - (day[5:] < born[5:])


def _words(name: str, text: str) -> str:
    words = text.strip()
    if not words or len(words) > WORDS_MAX or not words.isprintable():
        problem = f"{name} has 1 to {WORDS_MAX} printable characters."
        raise CitizengraphError("BAD_ARGUMENT", problem)
    return words
