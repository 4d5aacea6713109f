"""kg.words: words that cover a text, the same in every process and after every page."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import jieba
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import words
from kg.words import Word, cut_words

PAGES = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("工会举办培训", ["工会/n", "举办/v", "培训/vn"], id="dictionary-words"),
        pytest.param("宁波市总工会", ["宁波市/ns", "总工会/n"], id="place-and-body"),
        pytest.param("𠀀𠀁", ["𠀀/", "𠀁/"], id="unknown-characters-fall-apart"),
        pytest.param("ABC公司", ["ABC/", "公司/n"], id="letters"),
        pytest.param("12家", ["12/", "家/q"], id="digits"),
        pytest.param("“春蚕”\n", ["“/", "春蚕/n", "”/", "\n/"], id="marks-and-line-breaks"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_words_with_their_tags(text: str, words: list[str]) -> None:
    assert [f"{word.text}/{word.tag}" for word in cut_words(text)] == words


@settings(max_examples=200, deadline=None)
@given(
    st.text(
        alphabet=st.one_of(st.sampled_from("宁波市总工会举办培训，。“”《》ABC12 \n\u3000"), st.characters()),
        max_size=60,
    )
)
def test_the_words_cover_the_text_without_gaps(text: str) -> None:
    words = cut_words(text)
    assert "".join(word.text for word in words) == text
    assert [text[slice(*word.at)] for word in words] == [word.text for word in words]
    assert all(one.at[1] == two.at[0] for one, two in pairwise(words))
    assert all(word.text for word in words)


@pytest.fixture(params=["jieba", "rjieba"], scope="module")
def pieces(request: pytest.FixtureRequest) -> Callable[[str], list[str]]:
    """The two ways to the words: the path sought here, and the compiled one of the extra `fast`."""
    if request.param == "jieba":
        return words.path_pieces
    pytest.importorskip("rjieba", reason="the extra fast is not installed")
    return words.compiled_pieces()


@settings(max_examples=300, deadline=None)
@given(
    st.text(
        alphabet=st.one_of(
            st.sampled_from("中国人民大学生活动中心的研究生命起源12aB.%-+#&_\r\n，。 "), st.characters()
        ),
        max_size=80,
    )
)
def test_the_words_are_those_of_jieba(pieces: Callable[[str], list[str]], text: str) -> None:
    assert pieces(text) == jieba.lcut(text, HMM=False)


def test_the_words_of_the_pages_are_those_of_jieba(pieces: Callable[[str], list[str]]) -> None:
    for page in PAGES:
        assert pieces(page.read_text("utf-8")) == jieba.lcut(page.read_text("utf-8"), HMM=False)


def test_words_of_the_dictionary_in_any_order_are_cut_as_by_jieba(pieces: Callable[[str], list[str]]) -> None:
    chance, known = random.Random(1), sorted(words._tags())
    for _ in range(2000):
        text = "".join(chance.choices(known, k=20))
        assert pieces(text) == jieba.lcut(text, HMM=False)


def test_half_a_surrogate_pair_is_a_character_of_its_own(pieces: Callable[[str], list[str]]) -> None:
    assert pieces("工会\ud800举办") == ["工会", "\ud800", "举办"]


def test_a_page_gives_the_same_record_with_and_without_the_extra(tmp_path: Path) -> None:
    pytest.importorskip("rjieba", reason="the extra fast is not installed")
    program = (
        "import sys, kg, kg.words\n"
        "records = [kg.extract(open(page, encoding='utf-8').read()) for page in sys.argv[1:]]\n"
        "assert ('rjieba' in sys.modules) is (kg.words._cutter() is not kg.words.path_pieces)\n"
        "print(kg.words._cutter() is kg.words.path_pieces, [repr(record) for record in records])\n"
    )
    (plain, slow), (compiled, fast) = (
        subprocess.run(
            [sys.executable, "-c", program, *map(str, PAGES)],
            cwd=Path(__file__).parent.parent,
            env={"PATH": "", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1", "KG_WORDS": choice},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        ).stdout.split(" ", 1)
        for choice in ("jieba", "")
    )
    assert (plain, compiled) == ("True", "False")
    assert slow == fast


def test_words_that_others_add_change_nothing() -> None:
    """Whoever uses jieba beside us adds words to the tokenizer of the process; ours is another one."""
    before = cut_words("海曙蓝盾网科签约")
    jieba.add_word("海曙蓝盾网科", freq=10**8, tag="nt")
    try:
        assert "海曙蓝盾网科" in jieba.lcut("海曙蓝盾网科签约", HMM=False)
        assert cut_words("海曙蓝盾网科签约") == before
        assert Word((0, 6), "海曙蓝盾网科", "nt") not in before
    finally:
        jieba.del_word("海曙蓝盾网科")


def test_the_dictionary_is_loaded_when_it_is_needed_and_leaves_no_file(tmp_path: Path) -> None:
    program = (
        "import sys, kg.words, kg.find\n"
        "assert not kg.words._tags.cache_info().currsize, 'loaded on import'\n"
        "assert 'rjieba' not in sys.modules, 'loaded on import'\n"
        "kg.words.cut_words('工会')\n"
        "assert kg.words._tags.cache_info().currsize\n"
        "assert 'jieba' not in sys.modules, 'its dictionary is enough'\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).parent.parent,
        env={"TMPDIR": str(tmp_path), "PATH": "", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, "")
    assert tempfile.gettempdir() != str(tmp_path)
    assert list(tmp_path.iterdir()) == []
