"""What a value says about being right."""

import pytest

from bot.core.calibration import Calibration


@pytest.mark.parametrize(("asks", "is_last"), [(True, False), (False, True)])
def test_a_topic_is_likelier_where_its_part_asks_and_where_it_is_the_last(*, asks: bool, is_last: bool) -> None:
    calibration = Calibration(topic_asks=1.5, topic_last=0.7)

    neither = calibration.topic_score(0.5, 60, asks=False, is_last=False)
    one = calibration.topic_score(0.5, 60, asks=asks, is_last=is_last)
    both = calibration.topic_score(0.5, 60, asks=True, is_last=True)

    assert 0 < neither < one < both < 100
