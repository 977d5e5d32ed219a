"""What a proof says in words, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import cast

import yaml

LANGUAGES = ("en", "zh")
_Texts = Mapping[str, Mapping[str, Mapping[str, str]]]


@cache
def _texts() -> _Texts:
    file = Path(__file__).with_name("words.yaml")
    return cast("_Texts", yaml.safe_load(file.read_text(encoding="utf-8")))


def in_words(question: str, answer: str, years: int | None = None) -> dict[str, str]:
    """The answer as a sentence, by language. Raises KeyError for a question without words."""
    claims, answers = _texts()["claims"][question], _texts()["answers"][answer]
    return {
        language: answers[language].format(claim=claims[language].format(years=years))
        for language in LANGUAGES
    }
