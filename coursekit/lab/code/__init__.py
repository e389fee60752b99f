"""Labs in which functions are written: read, graded in sandboxes, checked at every save."""
