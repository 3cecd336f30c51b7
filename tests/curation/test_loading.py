"""The knowledge folder is loaded whole, or refused with every problem said in a curator's words."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.core.answering import Assistant
from bot.core.model import Combination, Question, Urgency
from bot.curation.dictionary import VECTORS_FILE, write_word_vectors
from bot.curation.loading import load_knowledge
from bot.curation.problems import KnowledgeError
from bot.curation.shapes import GrammarShape

Edit = Callable[[str, str, str], None]

SOURCES, NUMBERS, LANGUAGES = "sources.yaml", "emergency-numbers.yaml", "languages.yaml"
TEXTS, GRAMMAR, VOCABULARY = "en/texts.yaml", "en/grammar.yaml", "en/vocabulary.yaml"
SIGNS, GUARDS, MESSAGES = "en/red-flags.yaml", "en/guards.yaml", "en/messages/everyday.yaml"
RELIEF, WARNING = "en/entries/relief.yaml", "en/entries/signs.yaml"

HEAT = """\
  heat:
    title: Heat
    short: Warmth eases.
    answer: Use a warm pack.
    sources: [NHS-BACK]
    reviewed: 2026-11-23
    review_by: 2027-11-23
    phrasings: [cold pack]
"""

# id: (file, what stands there, what somebody makes of it, line, message)
MISTAKES: dict[str, tuple[str, str, str, int, str]] = {
    "unknown key": (
        RELIEF,
        "    steps:",
        "    step:",
        11,
        "entry 'ice' has the unknown key 'step'. Did you mean 'steps'?",
    ),
    "unknown key near nothing": (
        RELIEF,
        "    steps:",
        "    colour:",
        11,
        "entry 'ice' has the unknown key 'colour'. Remove it.",
    ),
    "unknown key at the top": (
        RELIEF,
        "order: 2",
        "order: 2\ntitel: x",
        3,
        "the file has the unknown key 'titel'. Did you mean 'title'?",
    ),
    "unknown key of a sign": (
        SIGNS,
        "    action:",
        "    actions:",
        6,
        "sign 'cannot-pee' has the unknown key 'actions'. Did you mean 'action'?",
    ),
    "missing key": (
        RELIEF,
        "    short: Cold can ease a fresh strain.\n",
        "",
        4,
        "entry 'ice' has no 'short'. Add it; CONTRIBUTING.md shows every key.",
    ),
    "missing key at the top": (
        RELIEF,
        "order: 2\n",
        "",
        1,
        "the file has no 'order'. Add it; CONTRIBUTING.md shows every key.",
    ),
    "empty phrasings": (
        RELIEF,
        "    phrasings:\n      - how do I use ice\n      - cold pack\n",
        "    phrasings: []\n",
        18,
        "'phrasings' of 'ice' has nothing in it. Add at least one line.",
    ),
    "blank title": (
        RELIEF,
        "    title: Ice",
        "    title:",
        5,
        "'title' of 'ice' is blank. Write it (in quotes if it begins with #), or remove an optional key.",
    ),
    "blank step": (
        RELIEF,
        "      - Wait a while.",
        "      -",
        13,
        (
            "'steps' of 'ice', line 2 of the list, is blank. Write it (in quotes if it begins with #), "
            "or remove an optional key."
        ),
    ),
    "blank text": (
        TEXTS,
        "  start: Text start.",
        "  start: ' '",
        8,
        "the text 'start' is blank. Write it (in quotes if it begins with #), or remove an optional key.",
    ),
    "wrong entry id": (
        RELIEF,
        "  ice:\n",
        "  Ice Pack:\n",
        4,
        "'Ice Pack' should be lower-case words joined by hyphens: 'ice-pack'.",
    ),
    "entry id too long": (
        RELIEF,
        "  ice:\n",
        "  " + "ice-" * 20 + "x:\n",
        4,
        f"the name '{'ice-' * 20}x' has 81 characters; 56 are the most. Shorten it.",
    ),
    "related entry that is no id": (
        RELIEF,
        "related: [bladder]",
        "related: [Bladder]",
        14,
        "'related' of 'ice', line 1 of the list, is 'Bladder'. Write lower-case words joined by hyphens: 'bladder'.",
    ),
    "unknown related": (
        RELIEF,
        "related: [bladder]",
        "related: [blader]",
        14,
        "no entry is called 'blader'. Did you mean 'bladder'?",
    ),
    "unknown source": (
        RELIEF,
        "sources: [NHS-BACK]",
        "sources: [NHS-BAK]",
        15,
        "no source is called 'NHS-BAK'. Did you mean 'NHS-BACK'?",
    ),
    "no sources": (
        RELIEF,
        "sources: [NHS-BACK]",
        "sources: []",
        15,
        "'sources' of 'ice' has nothing in it. Add at least one line.",
    ),
    "wrong source key": (
        SOURCES,
        "  NHS-BACK:",
        "  nhs:",
        2,
        "'nhs' should be capitals, digits, dots and hyphens, such as 'NHS-BACK'.",
    ),
    "wrong country": (NUMBERS, "  GB:", "  gb:", 2, "'gb' should be two capitals, such as GB."),
    "wrong number": (
        NUMBERS,
        '"999"',
        "999 or 112",
        4,
        "'number' of 'GB' is '999 or 112'. Write digits and spaces, such as 112.",
    ),
    "address without https": (
        SOURCES,
        "https://www.nhs.uk",
        "www.nhs.uk",
        7,
        "'url' of 'NHS-BACK' is 'www.nhs.uk/conditions/back-pain/'. Write an address that begins with https://.",
    ),
    "wrong status": (
        SOURCES,
        "status: copy",
        "status: seen",
        6,
        "'status' of 'NHS-BACK' is 'seen'. Write 'read', 'opening' or 'copy'.",
    ),
    "unknown entry of a sign": (
        SIGNS,
        "flag: bladder",
        "flag: bladdr",
        3,
        "no entry is called 'bladdr'. Did you mean 'bladder'?",
    ),
    "unknown source of a sign": (
        SIGNS,
        "sources: [NHS-BACK]",
        "sources: [NHS]",
        7,
        "no source is called 'NHS'. Add it, or remove this.",
    ),
    "unknown entry of a guard": (
        GUARDS,
        "entries: [ice]",
        "entries: [icee]",
        9,
        "no entry is called 'icee'. Did you mean 'ice'?",
    ),
    "too many entries of a guard": (
        GUARDS,
        "entries: [ice]",
        "entries: [ice, ice, ice, ice]",
        9,
        "'entries' of 'dose' has 4 lines; 3 are the most. Remove some.",
    ),
    "concept that a language lacks": (
        LANGUAGES,
        "      die: [morir]\n",
        "",
        6,
        "language 'es' has no words for 'die'. Add them to its concepts.",
    ),
    "unknown entry of a sign in any language": (
        LANGUAGES,
        "  bladder: [",
        "  bladdr: [",
        2,
        "no entry is called 'bladdr'. Did you mean 'bladder'?",
    ),
    "wordless line of a language": (
        LANGUAGES,
        "[orinar]",
        "['*']",
        15,
        "'*' holds no word. Write it as a user would type it.",
    ),
    "language that is no code": (
        LANGUAGES,
        "  es:",
        "  spanish:",
        6,
        "'spanish' should be two lower-case letters, such as es.",
    ),
    "unknown source of a number": (
        NUMBERS,
        "sources: [NHS-BACK]",
        "sources: [EM]",
        6,
        "no source is called 'EM'. Add it, or remove this.",
    ),
    "bad urgency": (
        SIGNS,
        "urgency: emergency",
        "urgency: high",
        4,
        "'urgency' of 'cannot-pee' is 'high'. Write 'emergency', 'urgent' or 'soon'.",
    ),
    "bad outcome": (
        GUARDS,
        "outcome: referred",
        "outcome: refer",
        7,
        "'outcome' of 'dose' is 'refer'. Write 'referred', 'crisis', 'greeted', 'unknown' or 'alarm'.",
    ),
    "neither true nor false": (
        GUARDS,
        "    entries:",
        "    answers: maybe\n    entries:",
        9,
        "'answers' of 'dose' is 'maybe'. Write true or false.",
    ),
    "bad date": (
        RELIEF,
        "reviewed: 2026-11-23",
        "reviewed: 23.11.2026",
        16,
        "'reviewed' of 'ice' is '23.11.2026', which is no date. Write year-month-day: 2026-11-23.",
    ),
    "day that is not in the calendar": (
        RELIEF,
        "reviewed: 2026-11-23",
        "reviewed: 2026-02-30",
        16,
        "'reviewed' of 'ice' is '2026-02-30', which is no date. Write year-month-day: 2026-11-23.",
    ),
    "date without hyphens": (
        RELIEF,
        "reviewed: 2026-11-23",
        "reviewed: 20261123",
        16,
        "'reviewed' of 'ice' is '20261123', which is no date. Write year-month-day: 2026-11-23.",
    ),
    "date with a time": (
        RELIEF,
        "reviewed: 2026-11-23",
        "reviewed: 2026-11-23T00:00",
        16,
        "'reviewed' of 'ice' is '2026-11-23T00:00', which is no date. Write year-month-day: 2026-11-23.",
    ),
    "list where a date should be": (
        RELIEF,
        "reviewed: 2026-11-23",
        "reviewed: [2026]",
        16,
        "'reviewed' of 'ice' should be a date, such as 2026-11-23.",
    ),
    "order is no number": (
        RELIEF,
        "order: 2",
        "order: second",
        2,
        "'order' is 'second', which is no whole number. Write one, such as 3.",
    ),
    "order is a list": (RELIEF, "order: 2", "order: [2]", 2, "'order' should be a whole number, such as 3."),
    "title too long": (
        RELIEF,
        "    title: Ice",
        "    title: " + "Ice " * 11,
        5,
        "'title' of 'ice' has 43 characters; 40 are the most. Shorten it.",
    ),
    "short too long": (
        RELIEF,
        "short: Cold can ease a fresh strain.",
        "short: " + "cold " * 41,
        6,
        "'short' of 'ice' has 204 characters; 200 are the most. Shorten it.",
    ),
    "group title long": (
        RELIEF,
        "title: Relief",
        "title: " + "Relief " * 5,
        1,
        "'title' has 34 characters; 30 are the most. Shorten it.",
    ),
    "colon in a list item": (
        RELIEF,
        "      - cold pack",
        "      - what helps: ice",
        20,
        "'phrasings' of 'ice', line 2 of the list, should be a text. Put it in quotes, or check the indentation.",
    ),
    "text where a list should be": (
        RELIEF,
        "related: [bladder]",
        "related: bladder",
        14,
        "'related' of 'ice' should be a list. Begin each line with '- '.",
    ),
    "list where a text should be": (
        RELIEF,
        "    short: Cold can ease a fresh strain.",
        "    short: [Cold]",
        6,
        "'short' of 'ice' should be a text. Put it in quotes, or check the indentation.",
    ),
    "entry without keys": (
        RELIEF,
        "entries:\n  ice:",
        "entries:\n  heat: warm\n  ice:",
        4,
        "entry 'heat' should have keys below it. Check the indentation.",
    ),
    "phrasing of an entry in another file": (
        WARNING,
        "why does my bladder matter",
        "Cold PACK!",
        12,
        "'Cold PACK!' is already a phrasing of 'ice' (relief.yaml, line 20). Keep it in one place.",
    ),
    "phrasing twice in an entry": (
        RELIEF,
        "      - cold pack",
        "      - cold pack\n      - cold-pack",
        21,
        "'cold-pack' is already a phrasing of 'ice' (line 20). Keep one of them.",
    ),
    "phrasing of another entry in the file": (
        RELIEF,
        "      - cold pack",
        "      - cold pack\n" + HEAT,
        28,
        "'cold pack' is already a phrasing of 'ice' (line 20). Keep it in one place.",
    ),
    "wordless phrasing": (RELIEF, "- cold pack", "- '?!'", 20, "'?!' holds no word. Write it as a user would type it."),
    "wordless sign": (SIGNS, "- cannot pee", "- '...'", 9, "'...' holds no word. Write it as a user would type it."),
    "wordless unclear phrasing": (
        SIGNS,
        "- cannot pee",
        "- cannot pee\n    unclear:\n      - '...'",
        11,
        "'...' holds no word. Write it as a user would type it.",
    ),
    "phrasing that is clear and unclear": (
        SIGNS,
        "- cannot pee",
        "- cannot pee\n    unclear:\n      - Cannot pee!",
        11,
        "'Cannot pee!' stands under 'phrasings' of 'cannot-pee' too. Keep one of them.",
    ),
    "unclear phrasings of what is no emergency": (
        SIGNS,
        "urgency: emergency",
        "urgency: soon\n    unclear:\n      - bladder feels odd",
        5,
        "'unclear' of 'cannot-pee' does nothing: only where an emergency is unclear we ask. Remove it.",
    ),
    "unknown concept": (
        GUARDS,
        "- how-much + medicine",
        "- how-much + medicine\n      - how-much + medicin",
        13,
        "no concept is called 'medicin'. Did you mean 'medicine'?",
    ),
    "unknown field word of a concept": (
        GUARDS,
        "[tablets]",
        "[tablets, PILL]",
        4,
        "'PILL' is no field word. Write one of vocabulary.yaml, or in lower case a word to be found as it stands.",
    ),
    "wordless line of a concept": (
        GUARDS,
        "[tablets]",
        "[tablets, '💊']",
        4,
        "'💊' holds no word. Write it as a user would type it.",
    ),
    "concept that no guard uses": (
        GUARDS,
        "  medicine: [tablets]",
        "  medicine: [tablets]\n  drink: [beer]",
        5,
        "no guard uses the concept 'drink'. Remove it.",
    ),
    "combination with two signs": (
        GUARDS,
        "- how-much + medicine",
        "- how-much + medicine > medicine",
        12,
        (
            "'combines' of 'dose', line 1 of the list, is 'how-much + medicine > medicine'. Write names of concepts "
            "with ' + ' between them, or with ' > ' where their order counts."
        ),
    ),
    "guard that goes by nothing": (
        GUARDS,
        "    combines:\n      - how-much + medicine",
        "    unless:\n      - how-much + medicine",
        6,
        "guard 'dose' has no 'combines' and no 'alone'. Say by which concepts it is known.",
    ),
    "unknown entry to show": (
        GUARDS,
        "    entries: [ice]",
        "    shows: icee",
        9,
        "no entry is called 'icee'. Did you mean 'ice'?",
    ),
    "messages with an unknown flag": (
        MESSAGES,
        "  bladder:\n    emergency:",
        "  blader:\n    emergency:",
        3,
        "no sign has the flag 'blader' at the urgency 'emergency'. Did you mean 'bladder'? See red-flags.yaml.",
    ),
    "messages at an urgency no sign has": (
        MESSAGES,
        "    emergency:",
        "    soon:",
        3,
        "no sign has the flag 'bladder' at the urgency 'soon'. See red-flags.yaml.",
    ),
    "messages of an unknown guard": (
        MESSAGES,
        "  dose:",
        "  doze:",
        6,
        "no guard is called 'doze'. Did you mean 'dose'? See guards.yaml.",
    ),
    "message without a word": (
        MESSAGES,
        "- the toilet seat hurts my back",
        '- "???"',
        10,
        "'???' holds no word. Remove it.",
    ),
    "doubled message": (
        MESSAGES,
        "- the toilet seat hurts my back",
        "- Nothing comes, on the toilet!",
        10,
        "'Nothing comes, on the toilet!' already stands in line 4. Keep it in one place.",
    ),
    "doubled term": (
        VOCABULARY,
        "leg: [shin]",
        "leg: [shin, wee]",
        6,
        "'wee' already stands for 'pee' (line 5). Keep it in one place.",
    ),
    "term that differs by its ending": (
        VOCABULARY,
        "leg: [shin]",
        "leg: [shins]\n      calf: [shin]",
        7,
        "'shin' already stands for 'leg' (line 6). Keep it in one place.",
    ),
    "wordless term": (VOCABULARY, "leg: [shin]", "leg: ['-']", 6, "'-' holds no word. Remove it."),
    "missing text": (TEXTS, "  unsure: Text unsure.\n", "", 1, "the text 'unsure' is missing. Add it."),
    "text without its place": (
        TEXTS,
        "Text button_copy. {number}",
        "Text button_copy.",
        43,
        "the text 'button_copy' lacks {number}, which the bot fills in. Add it.",
    ),
    "unknown text": (
        TEXTS,
        "  unsure:",
        "  unsur: x\n  unsure:",
        13,
        "no text is called 'unsur'. Did you mean 'unsure'?",
    ),
    "text too long for its place": (
        TEXTS,
        "Text short_description.",
        "x" * 121,
        28,
        "the text 'short_description' has 121 characters; 120 are the most. Shorten it.",
    ),
    "text too long for a message": (
        TEXTS,
        "Text about.",
        "🧊" * 2000,
        10,
        "the text 'about' has 4000 characters; 3396 are the most. Shorten it.",
    ),
    "answer too long for a message": (
        RELIEF,
        "Put a cloth between.",
        "cold " * 900,
        4,
        "entry 'ice' is 4709 characters with its disclaimer; Telegram takes 4096. Shorten it by 613.",
    ),
    "doubled key": (
        RELIEF,
        "    title: Ice",
        "    title: Ice\n    title: Ice",
        6,
        "the key 'title' is here already (line 5). Keep one of them.",
    ),
    "missing list of small words": (
        GRAMMAR,
        "never_shortened: [legs]\n",
        "",
        1,
        "the file has no 'never_shortened'. Add it; CONTRIBUTING.md shows every key.",
    ),
}


def told(folder: Path) -> str:
    """What a curator is told, with the files named from the folder."""
    with pytest.raises(KnowledgeError) as refused:
        load_knowledge(folder)
    return str(refused.value).replace(f"{folder}/", "").replace(str(folder), "knowledge")


def test_a_whole_folder_becomes_knowledge(folder: Path) -> None:
    knowledge = load_knowledge(folder)

    assert list(knowledge.entries) == ["bladder", "ice"]
    assert [(group.id, group.title, group.entry_ids) for group in knowledge.groups] == [
        ("signs", "Warning signs", ("bladder",)),
        ("relief", "Relief", ("ice",)),
    ]
    assert knowledge.language == "en"


def test_an_entry_keeps_what_was_written(folder: Path) -> None:
    ice = load_knowledge(folder).entries["ice"]

    assert ice.answer == "Put a cloth between.\n\nStop when it burns."
    assert ice.steps == ("Wrap the ice.", "Wait a while.")
    assert ice.phrasings == ("how do I use ice", "cold pack")
    assert (ice.reviewed, ice.review_by) == (date(2026, 11, 23), date(2027, 11, 23))


def test_everything_beside_the_entries_is_loaded(folder: Path) -> None:
    knowledge = load_knowledge(folder)

    assert [(sign.id, sign.flag, sign.urgency) for sign in knowledge.red_flags] == [
        ("cannot-pee", "bladder", Urgency.EMERGENCY)
    ]
    assert [(guard.id, guard.entries, guard.combines) for guard in knowledge.guards] == [
        ("dose", ("ice",), (Combination(("how-much", "medicine")),))
    ]
    assert knowledge.concepts.words["how-much"] == ("how many", "how much")
    assert knowledge.messages.signs["bladder", Urgency.EMERGENCY] == ("nothing comes on the toilet",)
    assert knowledge.messages.guards["dose"] == ("one or two of the white ones",)
    assert knowledge.messages.harmless["everyday"] == ("the toilet seat hurts my back",)
    assert knowledge.languages.known["es"].concepts["pee"] == ("orinar",)
    assert knowledge.vocabulary["pass water"] == knowledge.vocabulary["pee"] == "pee"
    assert knowledge.numbers["GB"].names == ("UK",)
    assert knowledge.sources["NHS-BACK"].organisation == "NHS (England)"
    assert knowledge.texts.unsure == "Text unsure."
    assert "legs" in knowledge.grammar.never_shortened


def test_loaded_knowledge_answers(folder: Path) -> None:
    answer = Assistant(load_knowledge(folder)).answer(Question("how do I use ice"))

    assert answer.entry_ids == ("ice",)


@pytest.mark.parametrize(("name", "old", "new", "line", "message"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_with_its_line_and_its_remedy(
    folder: Path, edit: Edit, name: str, old: str, new: str, line: int, message: str
) -> None:
    edit(name, old, new)

    assert told(folder) == f"{name}:{line}: {message}\n1 problem in 1 file."


@pytest.mark.parametrize("key", sorted(GrammarShape.model_fields))
def test_a_line_of_the_grammar_holds_a_word(folder: Path, key: str) -> None:
    file = folder / GRAMMAR
    lines = [line for line in file.read_text("utf-8").splitlines() if not line.startswith(f"{key}:")]
    file.write_text("\n".join([*lines, f'{key}: [legs, "?"]', ""]), "utf-8")

    assert told(folder) == f"{GRAMMAR}:{len(lines) + 1}: '?' holds no word. Remove it.\n1 problem in 1 file."


def test_of_two_messages_without_a_word_neither_is_a_double(folder: Path, edit: Edit) -> None:
    edit(MESSAGES, "- the toilet seat hurts my back", '- "?"\n    - "!"')

    assert told(folder).splitlines()[:2] == [
        f"{MESSAGES}:10: '?' holds no word. Remove it.",
        f"{MESSAGES}:11: '!' holds no word. Remove it.",
    ]


def test_a_term_may_differ_by_an_ending_that_tells_something(folder: Path, edit: Edit) -> None:
    edit(GRAMMAR, "never_shortened: [legs]", "never_shortened: [arms]")

    assert told(folder) == (
        f"{VOCABULARY}:7: 'legs' already stands for 'leg' (line 6). Keep it in one place.\n1 problem in 1 file."
    )


def test_a_sign_may_share_a_phrasing_with_an_entry(folder: Path, edit: Edit) -> None:
    edit(SIGNS, "cannot pee", "cold pack")

    assert "cold pack" in load_knowledge(folder).entries["ice"].phrasings


def test_an_entry_that_stands_in_two_files_is_named_with_both(folder: Path) -> None:
    (folder / RELIEF).with_name("zzz.yaml").write_text(
        (folder / RELIEF).read_text().replace("use ice", "chill").replace("cold pack", "frost")
    )

    assert told(folder) == (
        "en/entries/zzz.yaml:4: entry 'ice' stands twice (first: relief.yaml, line 4). Keep one of them.\n"
        "1 problem in 1 file."
    )


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / GUARDS).unlink()

    assert told(folder) == (
        "en/guards.yaml: cannot be read (No such file or directory). Check its name and who may read it.\n"
        "1 problem in 1 file."
    )


def test_a_folder_without_entries_is_refused(folder: Path) -> None:
    (folder / RELIEF).unlink()
    (folder / WARNING).unlink()

    assert told(folder) == (
        "en/entries: holds no files of entries. Add one, such as remedies.yaml.\n1 problem in 1 file."
    )


def test_a_folder_that_is_none_is_refused(folder: Path) -> None:
    missing = folder / "nowhere"

    assert told(missing) == "knowledge: is no folder. Set KNOWLEDGE_DIR, or name another folder.\n1 problem in 1 file."


@pytest.mark.parametrize("name", ["relief.yml", "Relief.yaml", "cold and warm.yaml"])
def test_a_file_of_entries_with_a_name_that_is_not_read_is_refused(folder: Path, name: str) -> None:
    (folder / RELIEF).rename(folder / "en/entries" / name)
    (folder / WARNING).with_name("notes.txt").write_text("Nobody reads this.")

    assert (
        f"en/entries/{name}: is not read. Name it in lower-case words joined by hyphens, with '.yaml' at the end.\n"
    ) in told(folder)


def test_all_problems_of_all_files_are_told_in_one_run(folder: Path, edit: Edit) -> None:
    edit(SOURCES, "status: copy", "status: seen")
    edit(RELIEF, "    title: Ice", "    titel: Ice")
    edit(SIGNS, "- cannot pee", "- '...'")
    edit(TEXTS, "Text start.", "&x Text start.")

    assert told(folder).splitlines() == [
        "en/entries/relief.yaml:4: entry 'ice' has no 'title'. Add it; CONTRIBUTING.md shows every key.",
        "en/entries/relief.yaml:5: entry 'ice' has the unknown key 'titel'. Did you mean 'title'?",
        "en/red-flags.yaml:9: '...' holds no word. Write it as a user would type it.",
        "en/texts.yaml:8: uses an anchor ('&x'). Remove it, or put the text in quotes.",
        "sources.yaml:6: 'status' of 'NHS-BACK' is 'seen'. Write 'read', 'opening' or 'copy'.",
        "5 problems in 4 files.",
    ]


def test_names_are_not_called_unknown_because_their_file_is_bad(folder: Path, edit: Edit) -> None:
    edit(SOURCES, "sources:", "source:")
    edit(WARNING, "title: Warning signs", "titel: Warning signs")

    assert "is called" not in told(folder)


def test_an_answer_shortened_as_told_fits_a_message(folder: Path, edit: Edit) -> None:
    edit(RELIEF, "Put a cloth between.", "ice " * 1000)
    (asked,) = re.findall(r"Shorten it by (\d+)\.", told(folder))
    edit(RELIEF, "ice " * 1000, "ice " * (1000 - int(asked) // 4 - 1))

    assert load_knowledge(folder).entries["ice"].answer.startswith("ice")


def test_a_mended_folder_loads_again(folder: Path, edit: Edit) -> None:
    edit(RELIEF, "    title: Ice", "    titel: Ice")
    told(folder)
    edit(RELIEF, "    titel: Ice", "    title: Ice")

    assert load_knowledge(folder).entries["ice"].title == "Ice"


@pytest.mark.parametrize(("share", "count"), [("", 2), ("0.2", 2), ("0", 0)])
def test_vectors_of_words_are_loaded_where_they_count(folder: Path, share: str, count: int) -> None:
    write_word_vectors(folder / "en" / VECTORS_FILE, ["cold", "hot"], bytes(4))
    if share:
        numbers = "  value: 1\n  lead: 1\n  offset: 0\n  topic_whole: 1\n  topic_part: 1\n  topic_offset: 0\n"
        both = f"without_meaning:\n  vectors: {share}\n{numbers}with_meaning:\n{numbers}"
        (folder / "en/calibration.yaml").write_text(both)

    assert len(load_knowledge(folder).word_vectors.stems) == count


def test_vectors_that_cannot_be_read_keep_the_knowledge_from_being_loaded(folder: Path) -> None:
    (folder / "en" / VECTORS_FILE).write_bytes(b"no archive")

    with pytest.raises(KnowledgeError, match=r"word-vectors\.zip: cannot be read"):
        load_knowledge(folder)
