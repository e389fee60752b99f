"""A pole on a cart, held to its equations of motion and to games that can be counted by hand."""

import numpy as np
import pytest

from coursekit.errors import ConfigError
from coursekit.train.jobs import read_job
from coursekit.train.probes.cart_pole import CartPole, play, pushed
from coursekit.train.streams import Stream
from tests.train.probes.conftest import measured


def test_a_push_from_upright_and_at_rest_is_what_the_published_equations_give_by_hand() -> None:
    state = pushed(np.zeros((1, 4)), np.array([10.0]))[0]

    # thrust 10/1.1; pole -(10/1.1) / (0.5 (4/3 - 0.1/1.1)) = -600/41; cart 10/1.1 + 0.05 (600/41) / 1.1 = 400/41
    assert state == pytest.approx([0, 0.02 * 400 / 41, 0, -0.02 * 600 / 41], rel=1e-12)


def test_the_accelerations_solve_the_equations_of_motion_of_a_cart_with_a_rod() -> None:
    states = Stream(1, "data").normal((50, 4))
    force = np.where(states[:, 0] > 0, 10.0, -10.0)

    speeds = (pushed(states, force) - states) / 0.02

    # Lagrange: (M + m) x'' + m l cos(a) a'' = F + m l a'^2 sin(a) and m l cos(a) x'' + 4/3 m l^2 a'' = m g l sin(a)
    big, small, half = 1.0, 0.1, 0.5
    for (_, speed, angle, turning), f, (moved, faster, turned, quicker) in zip(states, force, speeds, strict=True):
        cross = small * half * np.cos(angle)
        pull = [f + small * half * turning**2 * np.sin(angle), small * 9.8 * half * np.sin(angle)]
        expected = np.linalg.solve([[big + small, cross], [cross, 4 / 3 * small * half**2]], pull)
        assert (moved, turned) == pytest.approx((speed, turning))
        assert (faster, quicker) == pytest.approx(tuple(expected))


def test_games_are_counted_up_to_the_push_that_ends_them_or_to_five_hundred() -> None:
    left = play(50, lambda seen: seen[:, 0] > 9, Stream(0, "batches"))
    steady = play(50, lambda seen: seen @ [0.2, 0.4, 3.0, 1.0] > 0, Stream(0, "batches"))

    assert 8 <= left.scores.min() <= left.scores.max() <= 11
    assert (steady.scores == 500).all()
    assert len(left.right) == left.scores.sum()
    assert np.bincount(left.game).tolist() == left.scores.tolist()
    last = np.unique(left.game[::-1], return_index=True)[1]
    assert (abs(left.after[::-1][last, 2]) > np.pi / 15).all()
    assert (abs(left.before[:, 2]) <= np.pi / 15).all()


def test_what_comes_after_a_push_is_what_comes_before_the_next() -> None:
    stream = Stream(2, "data")
    played = play(3, lambda seen: stream.uniform((len(seen),)) < 0.5, stream)

    for game in range(3):
        rows = played.game == game
        np.testing.assert_array_equal(played.after[rows][:-1], played.before[rows][1:])


def test_random_games_score_about_22_and_imitation_of_the_lucky_ones_far_more() -> None:
    rows, values = measured(CartPole(games=500, threshold=50))

    assert 20 < values["random_score"] < 25  # tutorials on CartPole report 20 to 25
    assert values["kept_score"] >= 50
    assert values["score"] > 5 * values["random_score"]
    assert values["pairs"] == pytest.approx(values["kept_score"] * values["kept_games"])
    assert [row["what"] for row in rows][:3] == ["random games", "kept games", "after 0 steps"]
    assert rows[2]["cross_entropy"] == pytest.approx(np.log(2))


def test_observations_after_the_push_tell_it_and_teach_the_opposite() -> None:
    before, after = (
        measured(CartPole(games=500, observation=when))[1] for when in ("before the action", "after the action")
    )

    assert after["accuracy"] > before["accuracy"]
    assert after["score"] < 15


def test_with_no_game_kept_nothing_is_learned() -> None:
    rows, values = measured(CartPole(games=10, threshold=500))

    assert values["kept_games"] == values["pairs"] == 0
    assert values["score"] < 12
    assert rows[-1]["accuracy"] is None


def test_the_same_seed_measures_the_same_and_another_does_not() -> None:
    assert measured(CartPole(games=20), 3) == measured(CartPole(games=20), 3)
    assert measured(CartPole(games=20), 3) != measured(CartPole(games=20), 4)


def test_a_wrong_option_is_told_what_is_allowed() -> None:
    with pytest.raises(ConfigError, match=r"probe\.threshold must be a whole number from 0 to 500"):
        read_job({"probe": {"name": "cart-pole", "threshold": -1}})
