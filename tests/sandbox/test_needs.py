"""Which files a confined child may read."""

from pathlib import Path

from coursekit.sandbox.confine.needs import readable


def test_what_is_installed_inside_the_standard_library_is_not_readable(tmp_path: Path):
    for name in ("json", "site-packages/coursekit", "dist-packages/secret", "lib-dynload"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "os.py").touch()

    came = set(readable([str(tmp_path)], "/numpy"))

    assert {path for path in came if path.startswith(str(tmp_path))} == {
        str(tmp_path / name) for name in ("json", "lib-dynload", "os.py")
    }
    assert {"/numpy", "/numpy.libs"} <= came


def test_of_the_systems_libraries_only_those_that_python_links_to_are_readable():
    libraries = [path for path in readable([], "/numpy") if ".so" in path and path != "/etc/ld.so.cache"]

    assert all(Path(path).name.startswith("lib") for path in libraries)
    assert any(Path(path).name.startswith("libc.so") for path in libraries)
    assert len(libraries) < 300
