"""What is kept of what a child prints."""

from hypothesis import given
from hypothesis import strategies as st

from coursekit.sandbox.output import Output


@given(st.lists(st.binary(max_size=50).map(lambda data: data.hex().encode())))
def test_the_first_and_the_last_are_kept_however_it_arrives(pieces):
    output = Output(20)
    for piece in pieces:
        output.add(piece)
    everything = b"".join(pieces).decode()

    came = output.take()

    if len(everything) <= 20:
        assert came == everything
    else:
        assert came == f"{everything[:10]}\n({len(everything) - 20} bytes left out)\n{everything[-10:]}"


def test_control_characters_and_broken_text_are_made_safe():
    output = Output(100)
    output.add(b"red \x1b[31m and \xff\xfe and \xe2\x80\xae turned")

    came = output.take()

    assert came == "red \ufffd[31m and \ufffd\ufffd and  turned"
    assert output.take() == ""
