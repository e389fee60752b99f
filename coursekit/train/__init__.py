"""The trainer: a frozen configuration goes in, one record per step comes out.

    config = TrainingConfig.from_json({"model": "softmax", "data": "digits", ...})
    for step in fit(config):
        ...

A screen imports config, steps and backends, which load neither NumPy nor TensorFlow, and leaves `fit` to a
worker.
"""
