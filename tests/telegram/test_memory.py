"""What is remembered of a chat, and how it is forgotten."""

from bot.telegram.memory import ShortMemory


def test_what_was_put_is_there() -> None:
    memory: ShortMemory[int, str] = ShortMemory()
    memory.put(1, "ice")

    assert memory.get(1) == "ice"
    assert memory.get(2) is None


def test_the_oldest_goes_first_when_it_is_full() -> None:
    memory: ShortMemory[int, str] = ShortMemory(most=2)
    for number in (1, 2, 1, 3):
        memory.put(number, "x")

    assert [memory.get(number) for number in (1, 2, 3)] == ["x", None, "x"]


def test_everything_is_forgotten_after_a_while() -> None:
    now = 0.0
    memory: ShortMemory[int, str] = ShortMemory(seconds=10, clock=lambda: now)
    memory.put(1, "ice")
    now = 11.0

    assert memory.get(1) is None
