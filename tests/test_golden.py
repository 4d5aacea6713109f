"""Golden pages: what `kg explain` says of each sample page, sentence by sentence, for a person to read.

A changed golden page is no mistake in itself: run `pytest --update-golden`, then review the change as a diff. Every line
that went is a fact that is no longer found, every new one must be true of the sentence above it.
"""

from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main

SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))
GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("page", SEEDS, ids=lambda page: page.stem)
def test_a_page_reads_as_it_did(page: Path, request: pytest.FixtureRequest) -> None:
    run = CliRunner().invoke(main, ["explain", "--lang", "en", str(page)])
    assert run.exit_code == 0, run.output
    golden = GOLDEN / f"{page.stem}.txt"
    if request.config.getoption("--update-golden"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(run.output, "utf-8", newline="\n")
    told, expected = run.output.splitlines(), golden.read_text("utf-8").splitlines()
    assert told == expected, "run pytest --update-golden and review the diff of tests/golden"


def test_no_golden_page_is_left_over() -> None:
    assert sorted(path.stem for path in GOLDEN.glob("*.txt")) == [page.stem for page in SEEDS]
