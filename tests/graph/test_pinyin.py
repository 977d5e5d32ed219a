"""Names as they are spoken."""

import pytest

from graph.pinyin import spoken


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("王小明", "wangxiaoming"),
        ("Wang  Xiaoming", "wangxiaoming"),
        ("WANG Xiao-ming", "wangxiaoming"),
        ("欧阳娜娜", "ouyangnana"),
        ("吕布", "lvbu"),
        ("Lü Bu", "lvbu"),
        ("Lu\u0308 Bu", "lvbu"),
        ("单雄信", "shanxiongxin"),
        ("菜单", "caidan"),
        ("尉迟恭", "yuchigong"),
        ("曾氏", "zengshi"),
        ("重庆商贸有限公司", "chongqingshangmaoyouxiangongsi"),
        ("哈·买买提", "hamaimaiti"),
        ("王x2", "wangx2"),
        ("José O'Neil", "joseoneil"),
        ("ΔЖ", ""),
        ("", ""),
    ],
)
def test_spoken(text: str, heard: str) -> None:
    assert spoken(text) == heard
