"""Which labelled questions a change of the knowledge answers differently."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.core.answering import Assistant
from bot.curation.comparing import Change, compare, comparison_lines, folder_at, version_at
from bot.curation.labelled import Labelled
from bot.curation.loading import load_knowledge
from bot.curation.problems import KnowledgeError

Edit = Callable[[str, str, str], None]
RELIEF = "en/entries/relief.yaml"

FROZEN = Labelled("frozen peas", ("ice",))
PEAS = Labelled("pod of peas", ("refuse",), outcomes=frozenset({"unknown"}))
PACK = Labelled("cold pack", ("ice",))


def test_what_gets_better_and_worse_is_found(folder: Path, edit: Edit) -> None:
    before = Assistant(load_knowledge(folder))
    edit(RELIEF, "      - cold pack", "      - frozen peas\n      - pod of peas")
    now = Assistant(load_knowledge(folder))

    changes = compare([FROZEN, PEAS, PACK, Labelled("how do I use ice", ("ice",))], before, now)

    assert [(change.question.text, change.now, change.gain > 0) for change in changes] == [
        ("frozen peas", "ice", True),
        ("pod of peas", "ice", False),
        ("cold pack", "unknown", False),
    ]


def test_the_tables_say_the_worst_first() -> None:
    changes = [
        Change(FROZEN, "unknown", "ice", 3),
        Change(PEAS, "unknown", "ice", -1),
        Change(Labelled("a question that goes on\nand on for more than a column", ("ice",)), "heat", "yoga", 0),
    ]

    lines = list(comparison_lines(changes, 1200, "HEAD~1"))

    assert lines[0] == (
        "Of 1,200 labelled questions 3 are answered differently than in 'HEAD~1': "
        "1 worse, 1 better, 1 neither better nor worse."
    )
    assert [line.strip() for line in lines if line.endswith(":")] == ["Worse:", "Better:", "Neither better nor worse:"]
    assert "pod of peas                                   refuse                    unknown" in lines[4]
    assert lines[-1].startswith("a question that goes on and on for more tha…  ice  ")


def test_nothing_changed_is_one_line() -> None:
    assert len(list(comparison_lines([], 5, "old"))) == 1


def test_another_folder_is_taken_as_it_is(folder: Path) -> None:
    with folder_at(Path("anywhere"), str(folder)) as other:
        assert other == folder


needs_git = pytest.mark.skipif(
    shutil.which("git") is None, reason="GIT IS NOT THERE: comparing with a revision was not tried"
)


def commit(folder: Path) -> None:
    git = ["git", "-C", str(folder), "-c", "user.name=x", "-c", "user.email=x@example.org"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "One"]):
        subprocess.run([*git, *command], check=True)  # noqa: S603  git on a folder of this test


@needs_git
def test_a_git_revision_is_unpacked_for_a_while(folder: Path, edit: Edit) -> None:
    commit(folder)
    before = load_knowledge(folder)
    edit(RELIEF, "      - cold pack", "      - frozen peas")

    with folder_at(folder, "HEAD") as other:
        assert load_knowledge(other) == before
    assert not other.exists()


@pytest.mark.parametrize("name", ["nowhere", "", "--output=x", "HEAD"])
def test_what_is_neither_a_folder_nor_a_revision_is_said(folder: Path, name: str) -> None:
    with pytest.raises(KnowledgeError, match="is neither a folder nor a git revision"), folder_at(folder, name):
        pass


@needs_git
def test_a_revision_in_an_older_form_is_said_in_one_line(folder: Path, edit: Edit) -> None:
    edit(RELIEF, "    title: Ice", "    titel: Ice")
    commit(folder)

    with pytest.raises(KnowledgeError) as raised, version_at(folder, "HEAD"):
        pass

    message = "the knowledge at 'HEAD' does not fit today's form. Name a later revision."
    assert str(raised.value).splitlines() == [f"{folder}: {message}", "1 problem in 1 file."]


def test_a_folder_is_told_all_its_problems(folder: Path, edit: Edit) -> None:
    edit(RELIEF, "    title: Ice", "    titel: Ice")

    with (
        pytest.raises(KnowledgeError, match="entry 'ice' has the unknown key 'titel'"),
        version_at(Path("anywhere"), str(folder)),
    ):
        pass


@needs_git
def test_a_version_can_be_loaded(folder: Path, edit: Edit) -> None:
    commit(folder)
    before = load_knowledge(folder)
    edit(RELIEF, "      - cold pack", "      - frozen peas")

    with version_at(folder, "HEAD") as older, version_at(Path("anywhere"), str(folder)) as newer:
        assert load_knowledge(older) == before
        assert load_knowledge(newer) == load_knowledge(folder) != before
