"""The kinds of messages that are told apart."""

from dataclasses import replace

from bot.core.kinds import kind_of, kinds_of
from bot.core.model import Knowledge, Messages, Urgency


def test_a_sign_is_of_its_flag_and_urgency(knowledge: Knowledge) -> None:
    sign = knowledge.red_flags[0]

    assert set(sign.phrasings) <= set(kinds_of(knowledge)[kind_of(sign)])


def test_messages_stand_beside_phrasings(knowledge: Knowledge) -> None:
    flag = knowledge.red_flags[0].flag
    messages = Messages({(flag, Urgency.EMERGENCY): ("a sign",)}, {"dose": ("a limit",)}, {"denied": ("no sign",)})

    kinds = kinds_of(replace(knowledge, messages=messages, elsewhere={"cars": ("a hard disc",)}))

    assert {*knowledge.red_flags[0].phrasings, "a sign"} <= set(kinds[f"signs/{flag}/emergency"])
    assert kinds["guards/dose"] == ["a limit"]
    assert kinds["harmless/denied"] == ["no sign"]
    assert kinds["harmless/other-topics"] == ["a hard disc"]


def test_an_entry_about_a_sign_is_of_no_kind(knowledge: Knowledge) -> None:
    entry = next(iter(knowledge.entries.values()))
    sign = replace(knowledge.red_flags[0], flag=entry.id)

    ordinary = kinds_of(replace(knowledge, red_flags=(sign,)))["harmless/ordinary"]

    assert entry.title in kinds_of(replace(knowledge, red_flags=()))["harmless/ordinary"]
    assert entry.title not in ordinary
