"""A network that learns to balance a pole from the luckiest of its random games, without a word about rewards.

{"name": "cart-pole", "games": 1000, "threshold": 50, "observation": "before the action"}
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, TypeAlias, final

from coursekit.train.config import Backend
from coursekit.train.probes import Cell, Probe, Trial, Values
from coursekit.train.ranges import Range

if TYPE_CHECKING:
    from coursekit.train.arrays import Array  # they load NumPy
    from coursekit.train.streams import Stream

Policy: TypeAlias = "Callable[[Array], Array]"  # observations (games, 4) -> whether to push to the right (games,)

_GRAVITY, _CART, _POLE, _HALF_LENGTH, _FORCE, _SECONDS = 9.8, 1.0, 0.1, 0.5, 10.0, 0.02  # m/s^2, kg, kg, m, N, s
_TRACK, _LEAN, _START, _LONGEST = 2.4, 12 / 180 * 3.141592653589793, 0.05, 500  # m, radians, either, steps
_FRESH, _RATE, _TOLD = 100, 1.0, (0, 1, 3, 10, 30, 100)  # games to test on; of training


@final
@dataclass(frozen=True, slots=True)
class _Play:
    """What happened in some games: a row for each push."""

    before: "Array"  # (pushes, 4), the observation that the push was chosen on
    right: "Array"  # (pushes,), whether it went to the right
    after: "Array"  # (pushes, 4), the observation that came back
    game: "Array"  # (pushes,), the number of the game
    scores: "Array"  # (games,), pushes up to the end


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class CartPole(Probe):
    """Play at random, keep the games with enough points, learn which push goes with which observation, and play.

    The pole is that of Gymnasium's CartPole-v1, which is that of Barto, Sutton and Anderson (1983) without friction: it
    begins within 0.05 of upright and at rest, each push is a point, and a game ends when the pole leans by more than 12
    degrees, the cart is more than 2.4 m off, or after 500 pushes. The classifier is a softmax over two classes, which
    is a logistic regression; it takes 100 steps of gradient descent over all pairs. `score` is its mean over 100 fresh
    games; with nothing to learn from it always pushes to the left.
    """

    needs: ClassVar[Backend] = "numpy"
    values: ClassVar[tuple[str, ...]] = ("accuracy", "kept_games", "kept_score", "pairs", "random_score", "score")
    trials_at_most: ClassVar[int] = len(_TOLD) + 2

    games: Annotated[int, Range(at_least=1, at_most=2000)] = 1000
    threshold: Annotated[int, Range(at_least=0, at_most=500)] = 50
    observation: Literal["before the action", "after the action"] = "before the action"

    def trials(self, seed: int) -> Generator[Trial, None, Values]:
        """Tell of the random games, of those that are kept, and of the classifier as it learns from them."""
        from coursekit.train.streams import Stream

        stream = Stream(seed, "data")
        played = play(self.games, lambda seen: stream.uniform((len(seen),)) < 0.5, stream)
        kept = played.scores >= self.threshold
        x, right = self._pairs(played, kept)
        yield _row("random games", played.scores, len(played.right))
        yield _row("kept games", played.scores[kept], len(right))
        accuracy, scores = 0.0, played.scores
        for step, (w, entropy, accuracy) in enumerate(_descent(x, right)):
            if step in _TOLD:
                scores = play(_FRESH, lambda seen, w=w: seen @ w[:4] + w[4] > 0, Stream(seed, "batches")).scores
                learned = {"cross_entropy": entropy, "accuracy": accuracy} if len(right) else {}
                yield _row(f"after {step} steps", scores, None, **learned)
        return {
            "accuracy": accuracy,
            "kept_games": int(kept.sum()),
            "kept_score": float(played.scores[kept].mean()) if kept.any() else 0.0,
            "pairs": len(right),
            "random_score": float(played.scores.mean()),
            "score": float(scores.mean()),
        }

    def _pairs(self, played: _Play, kept: "Array") -> tuple["Array", "Array"]:
        """Return observations (pairs, 4) and the pushes that are to be learned with them (pairs,)."""
        chosen = kept[played.game]
        seen = played.before if self.observation == "before the action" else played.after
        return seen[chosen], played.right[chosen]


def play(games: int, policy: Policy, stream: "Stream") -> _Play:
    """Play some games side by side, each to its end."""
    import numpy as np

    state = _START * (2 * stream.uniform((games, 4)) - 1)
    scores, running = np.zeros(games, int), np.arange(games)
    before, pushes, after, game = (list["Array"]() for _ in range(4))
    for _ in range(_LONGEST):
        if not len(running):
            break
        right = policy(state)
        moved = pushed(state, np.where(right, _FORCE, -_FORCE))
        for rows, row in zip((before, pushes, after, game), (state, right, moved, running), strict=True):
            rows.append(row)
        scores[running] += 1
        stands = (np.abs(moved[:, 0]) <= _TRACK) & (np.abs(moved[:, 2]) <= _LEAN)
        state, running = moved[stands], running[stands]
    together = [np.concatenate(rows) for rows in (before, pushes, after, game)]
    return _Play(together[0], together[1], together[2], together[3], scores)


def pushed(state: "Array", force: "Array") -> "Array":
    """Return place, speed, angle and its speed (games, 4) after 0.02 s: a step of Euler's with all four derivatives.

    Barto, Sutton & Anderson, Neuronlike adaptive elements that can solve difficult learning control problems, 1983,
    appendix, with both frictions 0.
    """
    import numpy as np

    speed, angle, turning = state[:, 1], state[:, 2], state[:, 3]
    total, sine, cosine = _CART + _POLE, np.sin(angle), np.cos(angle)
    thrust = (force + _POLE * _HALF_LENGTH * turning**2 * sine) / total
    turned = (_GRAVITY * sine - cosine * thrust) / (_HALF_LENGTH * (4 / 3 - _POLE * cosine**2 / total))
    moved = thrust - _POLE * _HALF_LENGTH * turned * cosine / total
    return state + _SECONDS * np.stack([speed, moved, turning, turned], axis=1)


def _descent(x: "Array", right: "Array") -> Generator[tuple["Array", float, float], None, None]:
    """Yield weights and bias (5,), for observations as they are, with mean cross-entropy and accuracy; first the start.

    Inside, each observation is standardised over the pairs.
    """
    import numpy as np

    if not len(right):
        yield from [(np.zeros(5), 0.0, 0.0)] * (_TOLD[-1] + 1)
        return
    middle, spread = x.mean(axis=0), x.std(axis=0) + 1e-12
    inputs = np.column_stack([(x - middle) / spread, np.ones(len(x))])
    w = np.zeros(5)
    for _ in range(_TOLD[-1] + 1):
        z = inputs @ w
        entropy = float(np.logaddexp(0, np.where(right, -z, z)).mean())
        scaled = w[:4] / spread
        yield np.append(scaled, w[4] - scaled @ middle), entropy, float(((z > 0) == right).mean())
        w = w - _RATE * inputs.T @ (1 / (1 + np.exp(-z)) - right) / len(inputs)


def _row(what: str, scores: "Array", pairs: int | None, **learned: float) -> dict[str, Cell]:
    """Say how some games went."""
    return {
        "what": what,
        "games": len(scores),
        "score": float(scores.mean()) if len(scores) else None,
        "longest": int(scores.max()) if len(scores) else None,
        "pairs": pairs,
        "cross_entropy": learned.get("cross_entropy"),
        "accuracy": learned.get("accuracy"),
    }


PLUGIN = CartPole
