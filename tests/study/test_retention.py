from datetime import UTC, datetime, timedelta

from coursekit.scheduling import Review
from coursekit.study.fitting import Prediction
from coursekit.study.retention import MOST_OF_ONE, groups, latest, sentence

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def history(*days: float) -> list[Review]:
    return [Review(NOW + timedelta(days=day), 1.0, 0) for day in days]


def made(*pairs: tuple[float, bool]) -> list[Prediction]:
    return [Prediction(NOW, recall, was_recalled) for recall, was_recalled in pairs]


def test_groups_are_sorted_by_what_was_predicted_and_hold_all():
    pairs = made((0.0, False), (0.5, True), (0.69, True), (0.9, False), (1.0, True))

    found = groups(pairs)

    assert [(group.low, group.reviews) for group in found] == [(0.0, 1), (0.5, 2), (0.9, 2)]
    assert sum(group.reviews for group in found) == len(pairs)


def test_the_sentence_says_whether_prediction_and_truth_agree():
    assert sentence(groups(made(*[(0.9, True)] * 9, (0.9, False)))).endswith("of 10 reviews: as expected.")
    assert sentence(groups(made(*[(0.95, False)] * 20))).endswith("less than expected.")
    assert sentence(groups(made(*[(0.3, True)] * 20))).endswith("more than expected.")
    assert sentence(()).startswith("No question has come back on a later day yet")


def test_what_is_replayed_is_bounded():
    asked: list[str] = []

    def reviews(name: str, most: int) -> list[Review]:
        asked.append(name)
        return history(*range(most))

    found = latest({"often": 5000, "once": 1, "some": 8, "much": 60, "last": 8}, reviews, most=100)

    assert asked == ["often", "some"]
    assert [len(each) for each in found.values()] == [MOST_OF_ONE, MOST_OF_ONE]
