"""Labs that lead out of their folder, ask for more than a machine has, or name what is no plug-in."""

from tests.hostile.packs._pack import CONFIG, REST, Content, Pack, config, lab, topic

_LAB = r"labs/evil/lab\.md:\d+: "
_MLP = "{name: mlp, hidden: %s}"
_DATA = "{name: blobs, train: %s}"


def _data(model: str = "{name: mlp, hidden: [4]}", data: str = "blobs", **changed: str) -> dict[str, Content]:
    return config(model=model, data=data, **changed)


PACKS = (
    Pack("lab-path-out", topic("lab: ../../x"), r"1-evil\.md:\d+: .*lab"),
    Pack("lab-path-absolute", topic("lab: /etc"), r"1-evil\.md:\d+: .*lab"),
    Pack("lab-path-nul", topic(r'lab: "a\0b"'), r"1-evil\.md:\d+: .*lab"),
    Pack("lab-path-escapes", topic(r'lab: "\x1b[2J\u202e"'), r"1-evil\.md:\d+: .*lab"),
    Pack("lab-path-dots", topic("lab: '..'") | {"lab.md": "---\ntitle: x\n---\n"}, r"1-evil\.md:\d+: .*lab"),
    Pack("lab-path-in-defaults", topic(front="title: x\ndefaults: {lab: ../../x}"), r"1-evil\.md:\d+: .*lab"),
    Pack("lab-is-well", lab() | topic("lab: evil"), says="Which"),
    *(
        Pack(f"lab-steps-{steps}", config(steps=steps), _LAB + ".*steps")
        for steps in ("1e18", "1000000000000000000", "-1", "0", ".nan", "1e999", "true", "[3]")
    ),
    *(
        Pack(f"lab-rate-{rate}", config(learning_rate=rate), _LAB + ".*learning_rate")
        for rate in (".nan", "-1", "1e999", "0", '"0.1"')
    ),
    Pack("lab-rate-1e308", config(learning_rate="1e308"), _LAB),
    Pack("lab-batch--1", _data(batch_size="-1"), _LAB + ".*batch_size"),
    Pack("lab-batch-1e12", _data(batch_size="1000000000000"), _LAB + ".*batch_size"),
    Pack("lab-eval-every-0", config(eval_every="0"), _LAB + ".*eval_every"),
    Pack("lab-seed-huge", config(seed="9" * 30), ""),
    Pack("lab-seed--1", config(seed="-1")),
    Pack("lab-hidden-1e9", _data(model=_MLP % "[1000000000]"), _LAB + ".*hidden"),
    Pack("lab-hidden-many", _data(model=_MLP % f"[{'4096, ' * 5_000}]"), _LAB + ".*hidden"),
    Pack("lab-hidden-wide", _data(model=_MLP % f"[{'4096, ' * 50}]"), _LAB),
    Pack("lab-data-1e12", _data(data=_DATA % "1000000000000"), _LAB),
    Pack(
        "lab-eigenvalues-many",
        config(model="{name: quadratic, eigenvalues: [" + "2.0, " * 15_000 + "], start: [1.0]}"),
        _LAB,
    ),
    *(
        Pack(f"lab-model-{name}", config(model=f"'{name}'"), _LAB + ".*model")
        for name in (
            "__import__",
            "../../x",
            "_dense_kernel",
            "__init__",
            "os",
            "coursekit.cli.main",
            "quadratic.py",
            "",
        )
    ),
    Pack("lab-model-nul", config(model=r'"a\0b"'), _LAB + ".*model"),
    Pack("lab-model-escapes", config(model=r'"\x1b[2J\u202e"'), _LAB + ".*model"),
    Pack("lab-model-long", config(model="x" * 100_000), _LAB + ".*model"),
    Pack("lab-options-dunder", config(model='{name: quadratic, "__class__": 1, "__init__": 2}'), _LAB + ".*__class__"),
    Pack("lab-options-deep", config(model="{name: {name: {name: quadratic}}}"), _LAB + ".*model"),
    Pack("lab-optimizer-dunder", config(optimizer='{name: sgd, "__dict__": {}}'), _LAB + ".*__dict__"),
    Pack("lab-backend", config(backend="../../x")),
    Pack("lab-unknown-field", config(callback="os.system"), _LAB + ".*callback"),
    Pack("lab-knob-dunder", lab(CONFIG + REST.replace("learning_rate: {min", '"__class__.__init__": {min')), _LAB),
    Pack("lab-knob-deep", lab(CONFIG + REST.replace("learning_rate: {min", f'"{"a." * 50_000}": {{min')), _LAB),
    Pack("lab-knob-through-a-list", lab(CONFIG + REST.replace("learning_rate: {min", '"model.start.0": {min')), _LAB),
    *(
        Pack(f"lab-knob-{name}", lab(CONFIG + REST.replace("min: 0.01, max: 1", bounds)), _LAB)
        for name, bounds in {"nan": "min: .nan, max: .inf", "below": "min: 1, max: 0", "log": "min: -1, max: 1"}.items()
    ),
    Pack("lab-knob-decades", lab(CONFIG + REST.replace("min: 0.01, max: 1", "min: 1e-320, max: 1e308"))),
    Pack("lab-knob-lists", lab(CONFIG + REST.replace("min: 0.01, max: 1, scale: log", "choices: [[1], {a: 1}]")), _LAB),
    Pack("lab-knob-no-mapping", lab(CONFIG + "knobs: [1, 2]\n"), _LAB + ".*knobs"),
    Pack(
        "lab-knob-of-model",
        lab(
            CONFIG
            + REST.replace(
                "learning_rate: {min: 0.01, max: 1, scale: log}", "model: {choices: [quadratic, __import__]}"
            )
        ),
        _LAB,
    ),
    Pack("lab-goal-metric", lab(CONFIG + REST.replace("validation_loss", "__class__")), _LAB),
    *(
        Pack(f"lab-goal-points-{points}", lab(CONFIG + REST.replace("points: 2", f"points: {points}")), _LAB)
        for points in (".nan", "-1", "1e308", "1e999")
    ),
    *(Pack(f"lab-goal-bound-{bound}", lab(CONFIG + REST.replace("1.0e-3", bound)), _LAB) for bound in (".nan", "[1]")),
    *(
        Pack(f"lab-pace-{pace}", lab(CONFIG + REST + f"pace: {pace}"), _LAB + ".*pace")
        for pace in ("0", "-1", ".nan", ".inf")
    ),
    Pack("lab-pace-1e-320", lab(CONFIG + REST + "pace: 1e-320")),
    Pack("lab-solution-list", lab(CONFIG + REST.replace("solution: {learning_rate: 0.4}", "solution: [1]")), _LAB),
    Pack("lab-solution-nested", lab(CONFIG + REST.replace("{learning_rate: 0.4}", "{learning_rate: {a: 1}}")), _LAB),
    Pack(
        "lab-wrong-many", lab(CONFIG + REST.split("wrong:")[0] + "wrong: [" + "{learning_rate: 0.01}, " * 3_000 + "]")
    ),
    Pack("lab-schedule", config(schedule="{name: cosine, warmup: -1}"), _LAB),
    Pack("lab-kind", lab(CONFIG + REST + "kind: __import__"), _LAB + ".*kind"),
    Pack("lab-link-of-folder", {"labs/evil": lambda path: path.symlink_to("/etc")}),
    Pack("lab-text-of-1-mb", lab(text="a" * 1_000_000), _LAB + ".*characters"),
    Pack("lab-text-of-brackets", lab(text="[" * 100_001), _LAB + ".*characters"),
    Pack(
        "lab-run-escapes",
        topic('kind: predict\nlab: evil\nrun: {"\\x1b[2J": 1}\nask: outcome', options="- converges\n- diverges\n")
        | lab(),
        r"1-evil\.md:\d+: ",
    ),
    Pack(
        "lab-run-nested",
        topic("kind: predict\nlab: evil\nrun: {a: {b: {c: [1]}}}\nask: outcome", options="- converges\n- diverges\n")
        | lab(),
        r"1-evil\.md:\d+: ",
    ),
)
