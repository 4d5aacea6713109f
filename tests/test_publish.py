"""A folder that changes as a whole."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg import publish
from kg.errors import ExportError
from kg.publish import replaced_folder

ROOT = Path(__file__).parent.parent
OURS = {"graph.ttl", "store"}


def write(out: Path, text: str) -> None:
    with replaced_folder(out, OURS) as fresh:
        (fresh / "graph.ttl").write_text(text)
        (fresh / "store").mkdir()
        (fresh / "store" / "data").write_text(text)


def tree(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(params=["exchange", "two-renames"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "two-renames":
        monkeypatch.setattr(publish, "_swap", lambda one, other: False)
    return str(request.param)


def test_a_new_folder_with_its_parents(tmp_path: Path, way: str) -> None:
    write(tmp_path / "a" / "output", "1")
    assert tree(tmp_path) == {"a/output/graph.ttl": "1", "a/output/store/data": "1"}


def test_the_old_folder_is_replaced_and_what_others_put_there_stays(tmp_path: Path, way: str) -> None:
    out = tmp_path / "output"
    write(out, "1")
    (out / "store" / "stale").write_text("1")
    (out / ".gitignore").write_text("*")
    (out / "notes" / "deep").mkdir(parents=True)
    (out / "notes" / "deep" / "n.txt").write_text("mine")
    write(out, "2")
    assert tree(out) == {".gitignore": "*", "graph.ttl": "2", "notes/deep/n.txt": "mine", "store/data": "2"}
    assert [path.name for path in tmp_path.iterdir()] == ["output"]


def test_an_exception_leaves_the_old_folder_as_it_was(tmp_path: Path, way: str) -> None:
    out = tmp_path / "output"
    write(out, "1")

    def interrupted() -> None:
        with replaced_folder(out, OURS) as fresh:
            (fresh / "graph.ttl").write_text("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert tree(tmp_path) == {"output/graph.ttl": "1", "output/store/data": "1"}


def test_a_killed_writer_leaves_the_old_folder_and_the_next_one_cleans_up(tmp_path: Path) -> None:
    out = tmp_path / "output"
    write(out, "1")
    script = (
        "import sys, time; from pathlib import Path; from kg.publish import replaced_folder\n"
        "with replaced_folder(Path(sys.argv[1]), {'graph.ttl'}) as fresh:\n"
        "    (fresh / 'graph.ttl').write_text('half'); print('ready', flush=True); time.sleep(60)\n"
    )
    writer = subprocess.Popen([sys.executable, "-c", script, str(out)], stdout=subprocess.PIPE, cwd=ROOT)
    assert writer.stdout is not None
    writer.stdout.readline()
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    writer.stdout.close()
    assert tree(out) == {"graph.ttl": "1", "store/data": "1"}
    assert len(list(tmp_path.iterdir())) == 2
    write(out, "2")
    assert tree(tmp_path) == {"output/graph.ttl": "2", "output/store/data": "2"}


def test_a_reader_never_sees_half_a_folder(tmp_path: Path) -> None:
    out = tmp_path / "output"
    write(out, "0")
    script = (
        "import sys; from pathlib import Path; from kg.publish import replaced_folder\n"
        "while True:\n"
        "    with replaced_folder(Path(sys.argv[1]), {'graph.ttl', 'store'}) as fresh:\n"
        "        (fresh / 'graph.ttl').write_text('x'); (fresh / 'store').mkdir()\n"
    )
    writer = subprocess.Popen([sys.executable, "-c", script, str(out)], cwd=ROOT)
    try:
        stop = time.monotonic() + 1.0
        while time.monotonic() < stop:
            # Twice: the first look may go into the old folder while it is being removed.
            assert (out / "store").is_dir() or (out / "store").is_dir()
            assert (out / "graph.ttl").is_file() or (out / "graph.ttl").is_file()
    finally:
        writer.kill()
        writer.wait()
    assert set(os.listdir(out)) == {"graph.ttl", "store"}


def test_an_old_folder_that_a_killed_writer_moved_away_comes_back(tmp_path: Path) -> None:
    out = tmp_path / "output"
    write(out, "1")
    (out / "mine").write_text("kept")
    out.rename(tmp_path / ".output.999999999.old")
    with pytest.raises(RuntimeError), replaced_folder(out, OURS):
        raise RuntimeError
    assert tree(out) == {"graph.ttl": "1", "mine": "kept", "store/data": "1"}


def test_the_work_of_a_living_writer_is_left_alone(tmp_path: Path) -> None:
    living = tmp_path / f".output.{os.getppid()}.new"
    living.mkdir()
    write(tmp_path / "output", "1")
    assert living.is_dir()


def test_a_file_in_the_way_is_refused(tmp_path: Path) -> None:
    (tmp_path / "output").write_text("a file")
    with pytest.raises(ExportError, match="is a file, not a folder"):
        write(tmp_path / "output", "1")


def test_the_working_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ExportError, match="cannot replace the folder you are in"):
        write(Path(), "1")
    with pytest.raises(ExportError, match="cannot replace the folder you are in"):
        write(tmp_path.parent, "1")


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ExportError, match=r"output: cannot be written \(Not a directory\)"):
        write(tmp_path / "file" / "output", "1")
