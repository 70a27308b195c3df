import numpy as np
import pandas as pd
import pytest

from textlien.coding.agreement import agreement


def said_by(**coders):
    """Rows of what coders say on axis « projet »; passages are two an interview; « . » is none."""
    return pd.DataFrame(
        [
            {
                "passage_id": f"i{number // 2}#{number:04}",
                "axis": "projet",
                "coder": coder,
                "value": float(value),
            }
            for coder, values in coders.items()
            for number, value in enumerate(values.split())
            if value != "."
        ]
    )


def test_alpha_is_that_of_the_published_example():
    # Krippendorff (2011), « Computing Krippendorff's alpha-reliability », example A.
    (row,) = agreement(
        said_by(meg="0 1 0 0 0 0 0 0 1 0", owen="1 1 1 0 0 1 0 0 0 0"), replicates=50
    ).to_dict("records")
    assert row["alpha"] == pytest.approx(0.095, abs=5e-4)
    assert row["agreement"] == pytest.approx(0.6)
    assert row["prevalence"] == pytest.approx((0.2 + 0.4) / 2)
    assert (row["coders"], row["n_passages"], row["n_interviews"]) == (2, 10, 5)


def test_only_passages_read_twice_count():
    both = said_by(lea="1 0 1 0 . 1", paul="1 0 1 0 1 .")
    (row,) = agreement(both, replicates=50).to_dict("records")
    assert (row["n_passages"], row["agreement"], row["alpha"]) == (4, 1.0, 1.0)


def test_a_third_coder_counts_in_the_pairs_that_exist():
    three = said_by(lea="1 0 1 0", paul="1 0 0 0", anne=". 0 1 .")
    (row,) = agreement(three, replicates=50).to_dict("records")
    # Pairs: lea-paul agree on 3 of 4, lea-anne on 2 of 2, paul-anne on 1 of 2.
    assert row["agreement"] == pytest.approx(6 / 8)
    assert row["coders"] == 3


def test_where_nothing_varies_there_is_no_alpha():
    (row,) = agreement(said_by(lea="0 0 0 0", paul="0 0 0 0"), replicates=50).to_dict("records")
    assert np.isnan(row["alpha"])
    assert np.isnan(row["low"])
    assert row["agreement"] == 1.0


def test_no_passage_read_twice_gives_no_row():
    assert agreement(said_by(lea="1 0 . .", paul=". . 1 0")).empty


def test_the_interval_is_wider_when_the_interview_is_what_agrees():
    """Same passages, same alpha: disagreements gathered in two interviews widen the interval."""
    rng = np.random.default_rng(1)
    lea = rng.integers(0, 2, 60)
    spread, gathered = lea.copy(), lea.copy()
    spread[::5] = 1 - spread[::5]
    gathered[:12] = 1 - gathered[:12]

    def width(other):
        rows = [
            {"passage_id": f"i{n // 6}#{n:04}", "axis": "a", "coder": coder, "value": float(value)}
            for coder, values in (("lea", lea), ("other", other))
            for n, value in enumerate(values)
        ]
        (row,) = agreement(pd.DataFrame(rows), seed=3, replicates=400).to_dict("records")
        assert row["low"] < row["alpha"] < row["high"]
        return row["high"] - row["low"]

    assert width(gathered) > 1.5 * width(spread)
