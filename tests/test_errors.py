from coursekit import errors
from coursekit.errors import ContentError, CoursekitError, suggest


def test_every_error_has_one_ancestor_to_be_caught_by() -> None:
    found = [each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, Exception)]

    assert len(found) > 5
    assert all(issubclass(each, CoursekitError) for each in found)


def test_a_content_error_can_be_clicked_in_an_editor() -> None:
    error = ContentError("content/sgd.md", 14, "A key is needed.")

    assert str(error) == "content/sgd.md:14: A key is needed."
    assert (error.path, error.line, error.message) == ("content/sgd.md", 14, "A key is needed.")


def test_the_nearest_word_is_suggested_and_all_are_listed() -> None:
    said = suggest("learning-rat", ("batch", "learning-rate"))

    assert said == "Did you mean 'learning-rate'? There are: batch, learning-rate."


def test_nothing_is_guessed_when_nothing_is_near() -> None:
    assert suggest("xyz", ("batch", "rate")) == "There are: batch, rate."
