"""Names as they are spoken, by which somebody is looked for: pinyin without tones."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import normalize

_HAN = re.compile(r"[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")
_NAME_CHARACTERS_MAX = 4
SURNAMES = {
    "万俟": "moqi", "尉迟": "yuchi", "长孙": "zhangsun", "澹台": "tantai", "宿": "su", "单": "shan",
    "曾": "zeng", "解": "xie", "仇": "qiu", "查": "zha", "朴": "piao", "区": "ou",
    "盖": "ge", "翟": "zhai", "缪": "miao", "覃": "qin", "召": "shao", "黑": "he",
    "员": "yun", "种": "chong", "繁": "po", "祭": "zhai", "洗": "xian", "折": "she",
    "秘": "bi", "佴": "nai", "过": "guo", "句": "gou", "隗": "wei", "郇": "xun",
    "阚": "kan", "牟": "mu", "乜": "nie", "逄": "pang", "晟": "cheng",
}  # fmt: skip
"""Surnames that are not spoken as the character usually is."""


@lru_cache(maxsize=200_000)
def spoken(text: str) -> str:
    """Small letters and digits of the text as it is spoken, joined: 王小明 is wangxiaoming.

    Latin letters lose their accents, ü is v. Of a text of up to four characters the first is a
    surname. What is neither letter nor digit is left out.
    """
    heard = _syllables(text) if _HAN.search(text) else text
    plain = heard.lower().replace("u\u0308", "v").replace("ü", "v")
    letters = (c for c in normalize("NFKD", plain) if c.isalnum() and c.isascii())
    return "".join(letters)


def _syllables(text: str) -> str:
    from pypinyin import lazy_pinyin  # its dictionaries take a while, and many processes need none

    surname = _surname(text)
    rest = lazy_pinyin(text[len(surname) :])
    return "".join([SURNAMES.get(surname, ""), *rest])


def _surname(text: str) -> str:
    """The surname that the text begins with, where it has a reading of its own."""
    if len(text) > _NAME_CHARACTERS_MAX:
        return ""
    return next((text[:n] for n in (2, 1) if text[:n] in SURNAMES), "")
