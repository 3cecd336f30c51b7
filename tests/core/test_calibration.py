"""What a value says about being right."""

import pytest

from bot.core.calibration import Calibration


@pytest.mark.parametrize(("asks", "share"), [(True, 0.2), (False, 0.8)])
def test_a_topic_is_likelier_where_its_part_asks_and_where_it_is_much_of_the_message(
    *, asks: bool, share: float
) -> None:
    calibration = Calibration(topic_asks=1.5, topic_share=0.7)

    neither = calibration.topic_score(0.5, 60, asks=False, share=0.2)
    one = calibration.topic_score(0.5, 60, asks=asks, share=share)
    both = calibration.topic_score(0.5, 60, asks=True, share=0.8)

    assert 0 < neither < one < both < 100
