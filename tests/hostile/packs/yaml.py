"""YAML that runs, explodes, nests, or says one thing twice."""

from tests.hostile.packs._pack import COURSE, Pack, lab, topic

_LAUGHS = "a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha]\n" + "\n".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)
)
_DEEP_FLOW = "tags: " + "[" * 100_000
_DEEP_BLOCK = "tags:\n" + "\n".join(" " * n + "- " for n in range(1, 900))
_EXECUTED = "!!python/object/apply:os.system ['touch OWNED']"
_ALIAS = "aliases"
_FENCE = r"content/1-evil\.md:10: "

PACKS = (
    Pack("yaml-python-object", topic(f"tags: {_EXECUTED}"), _FENCE + r".*tag"),
    Pack("yaml-python-object-in-front-matter", topic(front=f"title: {_EXECUTED}"), r"1-evil\.md:2: .*tag"),
    Pack("yaml-python-object-in-course", {"content/course.md": f"---\ntitle: {_EXECUTED}\n---\n"}, is_course=False),
    Pack("yaml-python-object-in-lab", lab(f"config: {_EXECUTED}"), r"lab\.md:3: .*tag"),
    Pack("yaml-python-name", topic("tags: !!python/name:os.system"), _FENCE + ".*tag"),
    Pack("yaml-binary", topic("tags: !!binary R0lGODlhDAAMAIQAAP=="), _FENCE + ".*tag"),
    Pack("yaml-set", topic("tags: !!set {a, b}"), _FENCE + ".*tag"),
    Pack("yaml-custom-tag", topic("tags: !custom [a]"), _FENCE + ".*tag"),
    Pack("yaml-verbatim-tag", topic("tags: !<tag:x\\x1b[2J> a"), _FENCE),
    Pack("yaml-directive", topic("%TAG ! tag:evil,2000:\n--- !x\ntags: [a]"), r"1-evil\.md:\d+: "),
    Pack("yaml-two-documents", topic("tags: [a]\n---\nkind: cloze"), r"1-evil\.md:\d+: "),
    Pack("yaml-laughs-in-fence", topic(_LAUGHS), r"1-evil\.md:11: .*" + _ALIAS),
    Pack("yaml-laughs-in-front-matter", topic(front=f"title: x\n{_LAUGHS}"), r"1-evil\.md:4: .*" + _ALIAS),
    Pack("yaml-laughs-in-lab", lab(_LAUGHS), r"lab\.md:4: .*" + _ALIAS),
    Pack(
        "yaml-laughs-in-course",
        {"content/course.md": COURSE.replace("---\n", f"---\n{_LAUGHS}\n", 1)},
        _ALIAS,
        is_course=False,
    ),
    Pack("yaml-alias-of-itself", topic("tags: &a [*a]"), _FENCE + ".*" + _ALIAS),
    Pack("yaml-merge-key", topic("base: &b {points: 5}\n<<: *b"), r"1-evil\.md:11: .*" + _ALIAS),
    Pack("yaml-merge-key-without-alias", topic("<<: {points: 5}"), _FENCE + ".*<<"),
    Pack("yaml-duplicate-key", topic("points: 1\npoints: 9"), r"1-evil\.md:11: .*twice"),
    Pack("yaml-duplicate-id", topic("id: good"), r"1-evil\.md:10: .*twice"),
    Pack("yaml-mapping-as-key", topic("? {a: 1}\n: b"), r"1-evil\.md:10: "),
    Pack("yaml-deep-flow", topic(_DEEP_FLOW), _FENCE + ".*(deep|read)"),
    Pack("yaml-deep-flow-closed", topic("tags: " + "[" * 9_000 + "]" * 9_000), _FENCE + ".*deep"),
    Pack("yaml-deep-mapping", topic("tags: " + "{a: " * 9_000 + "}" * 9_000), _FENCE + ".*deep"),
    Pack("yaml-deep-block", topic(_DEEP_BLOCK), r"1-evil\.md:\d+: .*deep"),
    Pack("yaml-deep-keys", topic("tags: " + "? " * 50_000), _FENCE),
    Pack("yaml-deep-in-front-matter", topic(front=f"title: x\n{_DEEP_FLOW}"), r"1-evil\.md:3: "),
    Pack(
        "yaml-deep-in-course",
        {"content/course.md": f"---\ntitle: x\n{_DEEP_FLOW}\n---\n"},
        r"course\.md:3: ",
        is_course=False,
    ),
    Pack("yaml-deep-in-lab", lab(_DEEP_FLOW), r"lab\.md:3: "),
    Pack("yaml-many-values", topic(f"tags: [{'a, ' * 60_000}]"), _FENCE + ".*values"),
    Pack("yaml-long-scalar", topic(f"tags: [{'a' * 1_000_000}]"), ""),
    Pack("yaml-many-anchors", topic("tags: [" + ", ".join(f"&a{n} x" for n in range(2000)) + "]"), ""),
    Pack("yaml-surrogate", topic(r'tags: ["\ud800"]'), ""),
    Pack("yaml-beyond-unicode", topic(r'tags: ["\Uffffffff"]'), _FENCE),
    Pack("yaml-huge-integer", topic(f"points: {'9' * 100_000}"), _FENCE + ".*points"),
    Pack("yaml-sexagesimal", topic("points: 1:30:00"), _FENCE + ".*points"),
    Pack(
        "yaml-null-id",
        topic("").copy() | {"content/1-evil.md": "---\ntitle: x\n---\n\n## X\n\n```yaml question\nid: ~\n```\n"},
        r"1-evil\.md:8: ",
    ),
    Pack(
        "yaml-list-as-id",
        {"content/1-evil.md": "---\ntitle: x\n---\n\n## X\n\n```yaml question\nid: [a, {b: c}]\n```\n"},
        r"1-evil\.md:8: ",
    ),
    Pack("yaml-list-as-front-matter", {"content/1-evil.md": "---\n- a\n- b\n---\n"}, r"1-evil\.md:"),
)
