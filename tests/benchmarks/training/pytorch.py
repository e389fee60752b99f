"""PyTorch in eager mode: the loop that everyone writes first.

Each epoch shuffles a copy of the data, and batches are slices of it.
"""

# The gate's environment has no PyTorch:
# pyright: reportMissingImports=false

from itertools import pairwise
from typing import Any

from training.problems import Problem
from training.runner import Clock, Runner


def eager(problem: Problem, clock: Clock) -> Runner:
    import torch

    torch.set_num_threads(1)
    x, y = map(torch.from_numpy, problem.arrays())
    model = _model(problem)
    optimizer = torch.optim.SGD(model.parameters(), lr=problem.learning_rate)
    loss_of = torch.nn.MSELoss() if y.ndim == 2 else torch.nn.CrossEntropyLoss()

    def epoch() -> list[float]:
        order = torch.randperm(len(x))
        x_epoch, y_epoch = x[order], y[order]
        losses: list[float] = []
        for start in range(0, len(x), problem.batch_size):
            stop = start + problem.batch_size
            optimizer.zero_grad()
            loss = loss_of(model(x_epoch[start:stop]), y_epoch[start:stop])
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        return losses

    def run(epochs: int) -> float:
        begun = clock()
        for _ in range(epochs):
            epoch()
        return (clock() - begun) / epochs / problem.steps_per_epoch

    return run


def _model(problem: Problem) -> Any:
    from torch import nn

    sizes = problem.sizes
    if problem.is_image:
        model, side = problem.model, int(sizes.features**0.5)
        return nn.Sequential(
            nn.Unflatten(1, (1, side, side)),
            nn.Conv2d(1, model["filters"][0], model["kernel"], padding=model["padding"]),
            nn.ReLU(),
            nn.MaxPool2d(model["pool"]),
            nn.Flatten(),
            nn.Linear(problem.flat, sizes.outputs),
        )
    widths = (sizes.features, *problem.hidden)
    hidden = [layer for inputs, outputs in pairwise(widths) for layer in (nn.Linear(inputs, outputs), nn.ReLU())]
    return nn.Sequential(*hidden, nn.Linear(widths[-1], sizes.outputs))
