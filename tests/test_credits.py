"""kg.segment.credits: who wrote and who photographed, in every way that newspapers print it."""

from __future__ import annotations

import pytest

from kg.lexicon import load_lexicon
from kg.segment.credits import closes_with_author, closes_with_photo, find_credits, read_credits

REPORTER, CORRESPONDENT, PHOTO, AUTHOR = "记者", "通讯员", "摄影", "作者"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("本报记者 钟立言 通讯员 苏敏", [(REPORTER, "钟立言"), (CORRESPONDENT, "苏敏")], id="roles"),
        pytest.param("（钟立言）", [(AUTHOR, "钟立言")], id="signature"),
        pytest.param("（苏 敏）", [(AUTHOR, "苏敏")], id="signature spaced to three"),
        pytest.param("（钟立言 苏敏）", [(AUTHOR, "钟立言"), (AUTHOR, "苏敏")], id="two signatures"),
        pytest.param("□ 苏敏", [(AUTHOR, "苏敏")], id="signature behind a box"),
        pytest.param("（均为化名）", [], id="no name in the bracket"),
        pytest.param("（供稿：钟立言）", [("供稿", "钟立言")], id="label and colon"),
        pytest.param("文/钟立言 图/苏敏", [(AUTHOR, "钟立言"), (PHOTO, "苏敏")], id="labels and slashes"),
        pytest.param("摄影：本报记者 卓玛", [(REPORTER, "卓玛")], id="role behind a label"),
        pytest.param("钟立言 文 苏敏 摄", [(AUTHOR, "钟立言"), (PHOTO, "苏敏")], id="labels behind the names"),
        pytest.param("通讯员 施明 摄影报道", [(CORRESPONDENT, "施明")], id="wrote and photographed"),
        pytest.param("□本报通讯员 罗峰 文/图", [(CORRESPONDENT, "罗峰")], id="words and picture"),
    ],
)
def test_a_line_of_its_own(line: str, expected: list[tuple[str, str]]) -> None:
    assert [(author.role, author.name) for author in read_credits(line, load_lexicon())] == expected


@pytest.mark.parametrize(
    ("text", "expected", "author", "photo"),
    [
        pytest.param("大家受益匪浅。（钟立言）", [(AUTHOR, "钟立言")], True, False, id="signature"),
        pytest.param("大家受益匪浅。 （苏 敏）", [(AUTHOR, "苏敏")], True, False, id="spaced signature"),
        pytest.param("大家受益匪浅。（通讯员 苏敏）", [(CORRESPONDENT, "苏敏")], True, False, id="bracket"),
        pytest.param("大家受益匪浅。苏敏 摄", [(PHOTO, "苏敏")], False, True, id="photo"),
        pytest.param("本报讯（记者 卓玛）大家受益匪浅。", [(REPORTER, "卓玛")], False, False, id="dateline"),
        pytest.param("先进个人（钟立言）受到表彰。", [], False, False, id="name inside a sentence"),
        pytest.param("先进个人有三名（钟立言）。", [], False, False, id="name before the final mark"),
        pytest.param("经过不再细说。（下略）", [], False, False, id="bracket without a name"),
    ],
)
def test_the_end_of_a_paragraph(text: str, expected: list[tuple[str, str]], author: bool, photo: bool) -> None:
    lexicon = load_lexicon()
    found = [(each.role, each.name) for _, authors in find_credits(text, lexicon) for each in authors]
    assert found == expected
    assert closes_with_author(text, lexicon) is author
    assert closes_with_photo(text, lexicon) is photo
