import pytest
from hypothesis import given
from hypothesis import strategies as st

from textlien.files.formula_guard import guarded, unguarded


@pytest.mark.parametrize("start", list("=+-@\t\r\n＝＋－＠"))
def test_no_cell_begins_like_a_formula(start):
    assert guarded(f"{start}1+1") == f"'{start}1+1"


@given(st.text("'=+-@\t a", max_size=5))
def test_a_guard_is_taken_off_again(cell):
    # An apostrophe that the cell itself puts before such a character cannot be told from a guard.
    if not cell.startswith("'"):
        assert unguarded(guarded(cell)) == cell
