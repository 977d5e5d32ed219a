"""What a proof says in words, in both languages."""

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


def _named(detail: object, language: str) -> object:
    return getattr(detail, language) if isinstance(detail, Label) else detail
