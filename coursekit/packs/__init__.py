"""Course packs: a course as a folder, a zip or a Python package. Nothing of a pack runs when it is read."""
