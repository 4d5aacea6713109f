"""The wheel: what an installed kg needs away from the checkout."""

import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import kg

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "files")
    return folder / "files"


def test_the_wheel_carries_all_data_and_nothing_else(unpacked: Path) -> None:
    data = {f"kg/{path.relative_to(ROOT / 'kg')}" for path in (ROOT / "kg").rglob("*") if path.is_file()}
    data |= {f"kg/{path.relative_to(ROOT)}" for path in (ROOT / "ontology").rglob("*") if path.is_file()}
    packed = {str(path.relative_to(unpacked)) for path in unpacked.rglob("*") if path.is_file()}
    assert {name for name in packed if ".dist-info/" not in name} == {
        name for name in data if "__pycache__" not in name
    }
    assert any(name.endswith("/licenses/LICENSE") for name in packed)


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("query", "--list"), "hierarchy"),
        (("--lang", "zh", "build", "nothing"), "错误："),
        (("--version",), "kg, version"),
    ],
    ids=["ontology", "texts", "version"],
)
def test_the_package_works_away_from_the_checkout(
    unpacked: Path, tmp_path: Path, args: tuple[str, ...], told: str
) -> None:
    env = {**os.environ, "PYTHONPATH": str(unpacked)}
    run = subprocess.run([sys.executable, "-m", "kg", *args], cwd=tmp_path, env=env, capture_output=True, text=True)
    assert told in run.stdout + run.stderr
    where = [sys.executable, "-c", "import kg; print(kg.__file__)"]
    found = subprocess.run(where, cwd=tmp_path, env=env, capture_output=True, text=True, check=True).stdout
    assert found.startswith(str(unpacked))


def test_the_version_stands_in_two_places_and_is_one() -> None:
    assert kg.__version__ == PROJECT["version"]


def test_the_licence_is_permissive_and_there() -> None:
    assert PROJECT["license"] == "MIT"
    assert (ROOT / "LICENSE").read_text("utf-8").startswith("MIT License")
