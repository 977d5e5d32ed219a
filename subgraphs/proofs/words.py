"""What a proof says in words, and why a credential was revoked, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import cast

import yaml

from graph.declarations import Label

LANGUAGES = ("en", "zh")
_Texts = Mapping[str, Mapping[str, Mapping[str, str]]]


@cache
def _texts() -> _Texts:
    file = Path(__file__).with_name("words.yaml")
    return cast("_Texts", yaml.safe_load(file.read_text(encoding="utf-8")))


def in_words(
    question: str, answer: str, details: Mapping[str, object] = MappingProxyType({})
) -> dict[str, str]:
    """The answer as a sentence, by language; a detail with a Label is named in both.

    Raises KeyError for a question without words.
    """
    claims, answers = _texts()["claims"][question], _texts()["answers"][answer]
    whole = "on" if "on" in details else "today"
    days = _texts()["days"][whole]

    def sentence(language: str) -> str:
        named = {name: _named(detail, language) for name, detail in details.items()}
        claim = claims[language].format(**named)
        return answers[language].format(claim=days[language].format(claim=claim, **named))

    return {language: sentence(language) for language in LANGUAGES}


def reason_in_words(reason: str) -> dict[str, str]:
    """Why a credential was revoked, by language. Raises KeyError for a reason without words."""
    said = _reasons()[reason]
    return {language: said[language] for language in LANGUAGES}


@cache
def _reasons() -> Mapping[str, Mapping[str, str]]:
    file = Path(__file__).with_name("credential_words.yaml")
    return cast("Mapping[str, Mapping[str, str]]", yaml.safe_load(file.read_text(encoding="utf-8")))


def _named(detail: object, language: str) -> object:
    return getattr(detail, language) if isinstance(detail, Label) else detail
