"""The page on how well labelled questions are answered."""

from pathlib import Path

import pytest

from bot.core.choosing import Found, NotFound
from bot.core.matching import Match
from bot.core.outcomes import Answer
from bot.curation.labelled import Labelled
from bot.curation.quality_page import REPOSITORY, describe_sources, page_lines, write_quality_page
from bot.curation.trials import Trial, is_held_back


def test_the_page_shows_misses_of_the_open_half_only(trials: tuple[Trial, ...]) -> None:
    asked = [Labelled(f"question {number}", ("ice",)) for number in range(40)]
    page = "\n".join(page_lines([*trials, *(Trial(each, Answer(NotFound())) for each in asked)], "x.yaml", "quality"))

    assert all((f"| {each.text} |" in page) != is_held_back(each) for each in asked)
    assert page.count("| no word is shared with any entry |") == sum(not is_held_back(each) for each in asked)


def test_the_page_says_how_many_questions_come_from_where(trials: tuple[Trial, ...], tmp_path: Path) -> None:
    ours, others = REPOSITORY / "tests/questions", tmp_path / "questions"
    sources = {ours / "a.yaml": 1000, others / "a.yaml": 20, ours / "b.yaml": 500, others / "b.yaml": 3}
    page = "\n".join(page_lines(trials, describe_sources(sources), "quality"))

    assert (
        f"{len(trials)} labelled questions: 1,500 in 2 files of `tests/questions`, and 23 in 2 files kept outside this "
        "repository, without which the figures come out otherwise. Half of them"
    ) in page
    assert "a.yaml" not in page


def test_files_of_the_repository_alone_are_named_by_their_folder() -> None:
    assert describe_sources({REPOSITORY / "tests/questions/a.yaml": 7}) == "7 in 1 file of `tests/questions`"


def test_nothing_in_a_question_breaks_its_cell(trials: tuple[Trial, ...]) -> None:
    texts = [f"a|b\n<b> {number}" for number in range(8)]
    page = "\n".join(
        page_lines([*trials, *(Trial(Labelled(t, ("ice",)), Answer(NotFound())) for t in texts)], "x", "y")
    )

    assert "| a\\|b &lt;b> " in page


def test_a_page_of_one_kind_of_question_can_be_written(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="the extra 'bench' is not installed")
    right = Answer(Found((Match("ice", "x", 90.0, "phrasing"),)), ranked=(Match("ice", "x", 90.0, "phrasing"),))
    write_quality_page(tmp_path / "page.md", [Trial(Labelled(f"{at}", ("ice",)), right) for at in range(23)], {})

    assert "Warning signs" in (tmp_path / "page.md").read_text(encoding="utf-8")


def test_writing_the_page_again_changes_nothing(trials: tuple[Trial, ...], tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="the extra 'bench' is not installed")
    file = tmp_path / "quality.md"
    written = []
    for _ in range(2):
        write_quality_page(file, trials, {Path("questions/x.yaml"): 8})
        written.append({path.name: path.read_bytes() for path in (file, *(tmp_path / "quality").iterdir())})

    assert written[0] == written[1]
    assert sorted(written[0]) == ["quality.md", "reliability.svg", "risk.svg", "signs.svg", "styles.svg"]
    assert all(f"(quality/{name})".encode() in written[0]["quality.md"] for name in written[0] if name.endswith("svg"))
