"""Tables in the terminal."""

from __future__ import annotations

import pandas as pd
import pytest

from textlien.cli.display import print_table


def test_a_number_too_small_for_three_decimals_is_not_printed_as_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    print_table(pd.DataFrame({"p": [0.0004, 0.032, 0.0], "change": [-0.0001, 0.25, 0.5]}))
    printed = [line.split() for line in capsys.readouterr().out.replace("\xa0", "").splitlines()]
    assert printed == [
        ["p", "change"],
        ["<0.001", "0.000"],
        ["0.032", "0.250"],
        ["0.000", "0.500"],
    ]
