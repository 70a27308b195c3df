from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from tests.themes.edits.models import entry, terms_of
from tests.themes.finding import themes_of
from textlien.study.options import ThemesOptions
from textlien.tables import make
from textlien.themes.edits.resolving import resolve
from textlien.themes.edits.vocabulary import Vocabulary

FIVE = (
    "ccas accueil secours guichet travailleur social",
    "fête quartier habitant place voisin musique",
    "budget dotation département financement convention baisse",
    "école prof classe collège élève cantine",
    "micro pause papier enregistrer cassette magnétophone",
)

ENTRIES = (
    entry(1, words="prof, classe, Collèges, élève", name="L'école"),
    entry(2, merge=["fête, voisin, musique", "secours, guichet, accueil"], name="Vivre ensemble"),
    entry(3, words="micro, cassette, papier", aside=True),
)


def interviews_on(*subjects: Sequence[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Tables of interviews that speak of one subject after the other, six passages on each."""
    generator = np.random.default_rng(11)
    rows = []
    for interview, lines in enumerate(subjects):
        for number, line in enumerate(line for line in lines for _ in range(6)):
            for term in sorted(generator.choice(line.split(), 4, replace=False)):
                passage = f"i{interview}#{number:04d}"
                rows.append({"passage_id": passage, "term": term, "count": 1})
    passage_terms = make("passage_terms", rows)
    return terms_of(sorted(set(passage_terms["term"]))), passage_terms


@pytest.mark.parametrize("engine", ["graph", "nmf"])
@pytest.mark.parametrize("n_interviews", [6, 7])
def test_a_name_a_merge_and_a_set_aside_survive_one_more_interview(engine, n_interviews):
    """The seventh interview speaks of the school only."""
    tables = interviews_on(*[FIVE, FIVE, FIVE, FIVE, FIVE, FIVE, FIVE[3:4] * 3][:n_interviews])
    options = ThemesOptions(engine=engine, k=5)
    before, _ = themes_of(*tables, options)
    edits, faults = resolve(ENTRIES, Vocabulary(tables[0]), seeds_allowed=True)
    themes, problems = themes_of(*tables, options, edits=edits)
    assert faults == []
    assert [(problem.id, problem.severity) for problem in problems] == [
        ("themes.entries-hold", "note")
    ]
    assert problems[0].message.values == {"n": 3, "entries": 3}
    table = themes.themes.set_index("theme")
    assert sorted(table.label[table.named]) == ["L'école", "Vivre ensemble"]
    (school,) = table.index[table.label == "L'école"]
    (together,) = table.index[table.label == "Vivre ensemble"]
    (aside,) = table.index[table.aside]
    for theme, lines in ((school, FIVE[3:4]), (together, FIVE[:2]), (aside, FIVE[4:])):
        words = " ".join(lines).split()
        rows = themes.theme_terms[themes.theme_terms.theme == theme]
        assert set(rows.term[rows["rank"] <= len(words)]) == set(words)
    assert len(table) == len(before.themes) - 1 == 4
    # The theme that is set aside comes last, with the passages that it has.
    assert aside == 4
    assert table.share[aside] > 0.1
    assert table.share[:3].is_monotonic_decreasing


def test_the_share_of_merged_themes_is_the_sum_of_theirs_in_every_passage():
    """Whatever else a passage has: shares of the other themes stay as they were."""
    tables = interviews_on(*[FIVE] * 6)
    before, _ = themes_of(*tables, ThemesOptions(k=5))
    edits, _ = resolve(ENTRIES[1:2], Vocabulary(tables[0]), seeds_allowed=True)
    after, _ = themes_of(*tables, ThemesOptions(k=5), edits=edits)
    first = before.theme_terms[before.theme_terms["rank"] == 1].set_index("theme").term
    is_part = first.isin(" ".join(FIVE[:2]).split())
    assert is_part.sum() == 2
    together = after.themes.theme[after.themes.named].item()
    sums = before.passage_themes.assign(part=before.passage_themes.theme.map(is_part))
    expected = sums[sums.part].groupby("passage_id").share.sum()
    shares = after.passage_themes[after.passage_themes.theme == together]
    pd.testing.assert_series_equal(shares.set_index("passage_id").share, expected)
    assert after.themes.share.sum() == pytest.approx(before.themes.share.sum())
