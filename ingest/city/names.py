"""Names made of common characters; any likeness to a person is chance."""

from __future__ import annotations

from random import Random

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程"
    "苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝"
    "龚邵万钱严覃武戴莫孔向汤"
)
_COMPOUND = ("欧阳", "上官", "司马", "诸葛")
_MALE = "伟强磊军洋勇杰涛明超刚平辉鹏华飞鑫波斌宇浩凯健俊帆帅旭宁龙林欢阳建志文博"
_FEMALE = "芳娜敏静丽艳娟霞秀燕玲桂英兰萍红梅洁琳雪倩莹婷慧颖欣怡蕾薇瑶佳琪梦璐悦晴"
_EITHER = "安晓云春海玉清文子思雨书泽嘉一诗若辰瑞可新乐卓润锦知言"
_OLD_MALE = "国福根德贵富宝祥庆荣厚忠义信财生堂有"
_OLD_FEMALE = "淑贞凤珍珠翠菊巧银素秋香莲月桃仙"
_COMPANY = "瑞恒嘉盛德信远通宏泰博雅鼎新华源天成卓越康宁和美中诚锐意同方顺达"
_BUSINESS = (
    "科技有限公司", "商贸有限公司", "餐饮管理有限公司", "文化传媒有限公司", "建筑工程有限公司",
    "信息技术有限公司", "投资管理有限公司", "物业服务有限公司", "食品有限公司", "咨询有限公司",
)  # fmt: skip
# Characters that clerks mistake for one another.
_MISTAKEN = {"丽": "莉", "红": "虹", "玲": "铃", "平": "萍", "明": "铭", "华": "桦", "军": "君"}


def surname(random: Random) -> str:
    """A family name; the early ones in the list are the common ones."""
    if random.random() < 0.004:
        return random.choice(_COMPOUND)
    return _SURNAMES[min(int(random.expovariate(1 / 24)), len(_SURNAMES) - 1)]


def given_name(random: Random, male: bool, year: int) -> str:
    """One or two characters, as was usual for the year and sex."""
    own = _MALE if male else _FEMALE
    if year < 1955:
        own = (_OLD_MALE if male else _OLD_FEMALE) + own[:12]
    pool = own if year < 1985 else own + _EITHER
    if random.random() < (0.35 if 1965 < year < 1995 else 0.12):
        return random.choice(pool)
    return random.choice(own if year < 1955 else _EITHER + own) + random.choice(pool)


def mistaken(name: str) -> str:
    """The name with one character as a clerk might mishear it."""
    for right, wrong in _MISTAKEN.items():
        if right in name[1:]:
            return name[0] + name[1:].replace(right, wrong, 1)
    return name + "子" if len(name) == 2 else name[:-1] + "儿"


def company_name(random: Random, district: str) -> str:
    """A company's name, not necessarily unique."""
    words = "".join(random.sample(_COMPANY, random.choice((2, 2, 3, 4))))
    return f"北京{district.removesuffix('区')}{words}{random.choice(_BUSINESS)}"
