"""Files to pages: encodings, bad input, folders."""

import codecs
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import PageError
from kg.model import Page
from kg.read import READERS, list_pages, page_from_text, read_page, read_pages, read_text

TEXT = "\n东城区总工会举办技能竞赛\r\n\n本报讯（记者 王小明）1月5日，东城区总工会在体育馆举办职工技能竞赛。\n"
SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.mark.parametrize(
    ("data", "encoding", "text"),
    [
        pytest.param(TEXT.encode(), "utf-8", TEXT, id="utf-8"),
        pytest.param(codecs.BOM_UTF8 + TEXT.encode(), "utf-8", "\ufeff" + TEXT, id="utf-8-mark-is-code-point-0"),
        pytest.param(TEXT.encode("gbk"), "gb18030", TEXT, id="gbk"),
        pytest.param((TEXT + "𠮷㐀").encode("gb18030"), "gb18030", TEXT + "𠮷㐀", id="gb18030-four-bytes"),
        pytest.param(("\ufeff" + TEXT).encode("utf-16-le"), "utf-16-le", "\ufeff" + TEXT, id="utf-16-le"),
        pytest.param(("\ufeff" + TEXT).encode("utf-16-be"), "utf-16-be", "\ufeff" + TEXT, id="utf-16-be"),
        pytest.param(("\ufeff" + TEXT).encode("utf-32-le"), "utf-32-le", "\ufeff" + TEXT, id="utf-32-le"),
        pytest.param("联通".encode("gbk"), "gb18030", "联通", id="gbk-that-looks-like-utf-8"),
        pytest.param(b"plain ASCII\x0c", "utf-8", "plain ASCII\x0c", id="ascii-with-form-feed"),
    ],
)
def test_encodings_that_simply_work(data: bytes, encoding: str, text: str) -> None:
    assert read_text(data, "page.txt") == (text, encoding)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b"", "the file is empty", id="empty"),
        pytest.param(b" \r\n\t", "the file is empty", id="white-space"),
        pytest.param(codecs.BOM_UTF8, "the file is empty", id="only-a-mark"),
        pytest.param("\u3000\n".encode("gbk"), "the file is empty", id="wide-spaces-in-gbk"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "this is a binary file, not text", id="picture"),
        pytest.param(bytes(range(1, 256)), "this is a binary file, not text", id="control-bytes"),
        pytest.param(TEXT.encode("utf-16-le"), "this is a binary file, not text", id="utf-16-without-mark"),
        pytest.param(
            TEXT.encode() + TEXT.encode("gbk"),
            "not valid UTF-8 from line 6 on: mixed or damaged encoding",
            id="utf-8-then-gbk",
        ),
        pytest.param(
            TEXT.encode("gbk") + TEXT.encode(),
            "not valid UTF-8 from line 2 on: mixed or damaged encoding",
            id="gbk-then-utf-8",
        ),
        pytest.param(
            TEXT.encode()[:-3], "not valid UTF-8 from line 4 on: mixed or damaged encoding", id="cut-in-a-character"
        ),
        pytest.param(
            codecs.BOM_UTF16_LE + b"\x00\xd8",
            "not valid UTF-16-LE from line 1 on: mixed or damaged encoding",
            id="broken-utf-16",
        ),
        pytest.param(
            "臺北市總工會舉辦技能競賽，職工參加活動。".encode("big5"),
            "unknown encoding: neither UTF-8 nor GB18030",
            id="big5",
        ),
        pytest.param(b"caf\xe9 soci\xe9t\xe9", "unknown encoding: neither UTF-8 nor GB18030", id="latin-1"),
    ],
)
def test_bytes_that_are_no_page(data: bytes, message: str) -> None:
    with pytest.raises(PageError) as caught:
        read_text(data, "dir/page.txt")
    assert (caught.value.subject, caught.value.message) == ("dir/page.txt", message)
    assert caught.value.hint


@settings(deadline=None)
@given(st.text(alphabet=st.characters(codec="gb2312", exclude_categories=["Cc"]), min_size=1, max_size=300))
def test_simplified_chinese_reads_the_same_from_both_encodings(text: str) -> None:
    text = "工会" + text
    assert read_text(text.encode("utf-8"), "p")[0] == text
    assert read_text(text.encode("gb18030"), "p")[0] == text


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        pytest.param("版面.txt".encode("gbk"), "版面.txt", id="gbk"),
        pytest.param(b"a\xff.txt", "a\\xff.txt", id="neither"),
        pytest.param("版面.txt".encode(), "版面.txt", id="utf-8"),
    ],
)
def test_names_of_files_can_always_be_printed(tmp_path: Path, name: bytes, shown: str) -> None:
    path = tmp_path / os.fsdecode(name)
    path.write_text("工会", "utf-8")
    (page,) = read_pages([tmp_path])
    assert isinstance(page, Page)
    assert page.name == shown
    path.write_text("")
    (error,) = read_pages([tmp_path])
    assert isinstance(error, PageError)
    assert error.subject == str(tmp_path / shown)


def test_a_page_carries_name_and_hash_of_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "版面.MD"
    path.parent.mkdir()
    path.write_bytes("工会".encode("gbk"))
    page = read_page(path)
    assert (page.name, page.text, page.encoding) == ("版面.MD", "工会", "gb18030")
    assert page.sha256 == "335c759448399ecc0a3cdb15519b0344eb980c08987523c6dcb94d124a8f3a17"


def test_the_bundled_pages_are_read_untouched() -> None:
    pages = [page for page in read_pages([SEEDS]) if isinstance(page, Page)]
    assert [page.name[:3] for page in pages] == ["000", "001", "002", "003", "004"]
    assert all(page.text.encode() == (SEEDS / page.name).read_bytes() for page in pages)


def test_text_in_memory_is_a_page_too() -> None:
    page = page_from_text("工会", name="note")
    assert page.name == "note"
    assert page.sha256 == "088df342996b60598dcc468ca10ff61c9283008d0ca4922003b74867b6df8d4c"
    with pytest.raises(PageError, match="the file is empty"):
        page_from_text(" ", name="note")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        pytest.param("missing.txt", "no such file or folder", id="missing"),
        pytest.param("page.docx", "unknown format '.docx'", id="unknown-suffix"),
        pytest.param("empty", "no pages in this folder", id="folder-without-pages"),
        pytest.param("folder.txt", "no pages in this folder", id="folder-with-a-suffix"),
    ],
)
def test_paths_that_are_no_page(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "page.docx").write_bytes(b"PK")
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "picture.png").write_bytes(b"x")
    (tmp_path / "folder.txt").mkdir()
    (error,) = read_pages([tmp_path / name])
    assert isinstance(error, PageError)
    assert (error.subject, error.message) == (str(tmp_path / name), message)
    assert error.hint


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_read_permission_is_named(tmp_path: Path) -> None:
    path = tmp_path / "locked.txt"
    path.write_text("工会")
    path.chmod(0)
    (error,) = read_pages([path])
    assert isinstance(error, PageError)
    assert error.message == "permission denied"


def test_permission_denied_names_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "locked.txt"
    path.write_text("工会")

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(PageError, match=r"locked\.txt: permission denied\. Give yourself the right"):
        read_page(path)


def test_folders_are_searched_in_order_and_each_file_is_listed_once(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.md", "a.txt", "z/y/x.TXT", ".hidden/h.txt", ".h.txt", "c.pdf"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("工会")
    listed = list_pages([tmp_path / "z", tmp_path, tmp_path / "a.txt"])
    assert [str(Path(str(path)).relative_to(tmp_path)) for path in listed] == [
        "z/y/x.TXT",
        "a.txt",
        "b/1.md",
        "b/2.txt",
    ]


def test_a_bad_file_does_not_hide_the_good_ones(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text("工会")
    (tmp_path / "2.txt").write_bytes(b"\0")
    (tmp_path / "3.txt").write_text("工会二")
    kinds = [type(item).__name__ for item in read_pages([tmp_path, tmp_path / "4.txt"])]
    assert kinds == ["Page", "PageError", "Page", "PageError"]


def test_every_suffix_in_the_registry_is_lower_case() -> None:
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in READERS)
