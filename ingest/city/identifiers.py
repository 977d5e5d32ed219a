"""Numbers with valid check characters: GB 11643-1999 for people, GB 32100-2015 for entities."""

from __future__ import annotations

from ingest.identifiers import citizen_check, credit_check, organisation_check

SEQUENCES = 500


def citizen_number(division: str, birth_date: str, sequence: int, male: bool) -> str:
    """18 characters. `sequence` counts 0-499 within division, date and sex (odd for men)."""
    body = f"{division}{birth_date.replace('-', '')}{2 * sequence + male:03d}"
    return body + citizen_check(body)


def credit_code(category: str, division: str, serial: int) -> str:
    """18 characters: category (such as 91, a company), division, organisation code, check."""
    body = f"{category}{division}{organisation_code(serial)}"
    return body + credit_check(body)


def organisation_code(serial: int) -> str:
    """Nine characters of GB 11714: eight of the serial and a check character."""
    body = f"{serial:08d}"
    return body + organisation_check(body)
