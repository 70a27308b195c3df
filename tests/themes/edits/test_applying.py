from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.making import text_of
from tests.themes.edits.models import entry, material_of, model_of, terms_of
from textlien.errors import Problem
from textlien.themes.edits.applying import Edited, apply
from textlien.themes.edits.reading import PlacedEntry
from textlien.themes.edits.reports import reports
from textlien.themes.edits.resolving import resolve
from textlien.themes.edits.vocabulary import Vocabulary
from textlien.themes.model import Material, ThemeModel

SCHOOL = "école collège prof classe élève"
BUS = "bus métro tram ligne station"
BIKE = "vélo piste casque roue trottoir"
TALK = "magnétophone micro enregistrer pause papier"
MODEL = model_of(SCHOOL, BUS, BIKE, TALK)


def edited_by(
    *entries: PlacedEntry, model: ThemeModel = MODEL, material: Material | None = None
) -> tuple[Edited, list[str], list[Problem]]:
    """The edited model, first word of each of its themes, and all problems but the note."""
    vocabulary = Vocabulary(terms_of(model.terms))
    edits, problems = resolve(entries, vocabulary, seeds_allowed=True)
    edited = apply(model, material or material_of(model), edits)
    first = [model.terms[column] for column in edited.model.weights.argmax(axis=1)]
    said = [*problems, *reports(edited, edits, model.terms)]
    return edited, first, [problem for problem in said if problem.id != "themes.entries-hold"]


def test_without_entries_nothing_changes():
    edited, first, problems = edited_by()
    assert first == ["école", "bus", "vélo", "magnétophone"]
    np.testing.assert_allclose(edited.model.weights, MODEL.weights)
    assert edited.names == ("", "", "", "")
    assert not edited.aside.any()
    assert problems == []


def test_a_theme_takes_the_name_that_its_words_are_given():
    edited, first, problems = edited_by(entry(words="prof, Collège, écoles", name="L'école"))
    assert dict(zip(first, edited.names, strict=True))["école"] == "L'école"
    assert sorted(edited.names) == ["", "", "", "L'école"]
    assert problems == []


def test_merged_themes_are_one_row_of_both_words():
    edited, first, problems = edited_by(entry(merge=["bus, métro", "vélo, piste"], name="Bouger"))
    assert len(first) == 3
    row = edited.model.weights[edited.names.index("Bouger")]
    np.testing.assert_allclose(row, (MODEL.weights[1] + MODEL.weights[2]) / 2)
    assert problems == []


def test_two_lists_that_mean_one_theme_are_merged_already():
    edited, _, problems = edited_by(entry(merge=["bus, métro", "tram, ligne"], name="Bouger"))
    np.testing.assert_allclose(edited.model.weights[0], MODEL.weights[1])
    assert problems == []


def test_twins_are_merged_although_each_list_means_both():
    model = model_of(SCHOOL, "collège école classe prof élève", BUS)
    edited, first, problems = edited_by(
        entry(merge=["école, collège, prof", "collège, classe, élève"], name="École"), model=model
    )
    assert problems == []
    assert sorted(edited.names) == ["", "École"]
    assert len(first) == 2


def test_a_few_words_in_the_theme_of_another_entry_are_no_match():
    edited, _, (problem,) = edited_by(
        entry(1, words="bus, métro, tram, ligne", name="Bus"),
        entry(2, words="tram, ligne, vélo, prof, micro", name="Divers"),
    )
    assert problem.id == "themes.no-theme-matches"
    assert problem.location.line == 20
    assert sorted(edited.names) == ["", "", "", "Bus"]


def test_a_theme_that_is_set_aside_stays_in_the_model():
    edited, first, problems = edited_by(entry(words="micro, pause, magnétophone", aside=True))
    assert [word for word, aside in zip(first, edited.aside, strict=True) if aside] == [
        "magnétophone"
    ]
    assert len(first) == 4
    assert problems == []


def test_a_theme_is_split_around_the_words_of_its_parts():
    """« bus » is said with « métro », « vélo » with « piste »; « ligne » with neither."""
    model = model_of("bus vélo métro piste ligne")
    passages = ["bus métro"] * 6 + ["vélo piste"] * 6 + ["ligne"] * 6
    edited, _, problems = edited_by(
        entry(words="bus, vélo", split={"Bus": "métro", "Vélo": "piste"}),
        model=model,
        material=material_of(model, *(text for text in passages for _ in range(9))),
    )
    assert problems == []
    assert edited.names == ("Bus", "Vélo")
    bus, bike = edited.model.weights
    column = model.terms.index
    assert bus[column("métro")] > 0
    assert bike[column("métro")] == 0
    assert bus[column("bus")] > 5 * bike[column("bus")]
    assert bike[column("vélo")] > 5 * bus[column("vélo")]
    # « ligne » has as much of its weight in either part.
    whole = model.weights[0]
    sizes = (whole @ np.array([[1, 0, 1, 0, 0.5], [0, 1, 0, 1, 0.5]]).T).round(2)
    assert bus[column("ligne")] * sizes[0] == pytest.approx(
        bike[column("ligne")] * sizes[1], rel=0.2
    )


def test_a_part_that_has_become_a_theme_by_itself_only_takes_its_name():
    edited, first, problems = edited_by(
        entry(words="bus, métro, tram", split={"Bus": "tram, ligne", "Vélo": "vélo, piste"})
    )
    assert dict(zip(first, edited.names, strict=True)) == {
        "école": "",
        "bus": "Bus",
        "vélo": "Vélo",
        "magnétophone": "",
    }
    assert [problem.id for problem in problems] == ["themes.part-is-a-theme"]


def test_a_part_does_not_take_another_theme_while_the_one_to_split_has_its_words():
    model = model_of(f"{BUS} {BIKE}", "piste vélo casque")
    edited, first, problems = edited_by(
        entry(words="bus, métro, tram", split={"Bus": "bus, ligne", "Vélo": "vélo, piste"}),
        model=model,
        material=material_of(model, "bus métro", "vélo piste"),
    )
    assert problems == []
    assert sorted(zip(edited.names, first, strict=True)) == [
        ("", "piste"),
        ("Bus", "bus"),
        ("Vélo", "vélo"),
    ]


def test_a_part_whose_words_the_theme_lacks_is_said():
    model = model_of(f"{BUS} {BIKE}", SCHOOL)
    edited, _, problems = edited_by(
        entry(words="bus, métro, vélo", split={"A": "bus", "B": "vélo", "C": "prof"}),
        model=model,
        material=material_of(model, "bus", "vélo"),
    )
    assert sorted(edited.names) == ["", "A", "B"]
    assert [problem.id for problem in problems] == ["themes.part-without-terms"]


def test_words_that_no_theme_gathers_are_said_with_the_nearest_theme():
    edited, _, (problem,) = edited_by(entry(2, words="bus, vélo, prof", name="Divers"))
    assert edited.names == ("", "", "", "")
    assert problem.id == "themes.no-theme-matches"
    assert problem.location.line == 20
    assert problem.message.values["words"] == tuple(BUS.split())
    assert (problem.message.values["held"], problem.message.values["n"]) == (1, 3)


def test_a_theme_with_fewer_than_two_thirds_of_the_words_is_a_guess_that_is_said():
    edited, _, (problem,) = edited_by(
        entry(words="bus, métro, vélo, prof, micro", name="Transports")
    )
    assert problem.id == "themes.weak-match"
    assert "has only 2 words of 5" in text_of(problem)
    assert sorted(edited.names) == ["", "", "", "Transports"]


def test_a_theme_with_two_thirds_of_the_words_is_no_guess():
    _, _, problems = edited_by(entry(words="bus, métro, prof", name="Transports"))
    assert problems == []


def test_two_themes_with_as_many_words_are_a_guess_that_is_said():
    edited, first, (problem,) = edited_by(entry(words="bus, ligne, vélo, piste", name="Bouger"))
    assert problem.id == "themes.tied-match"
    # « vélo, piste » weigh 5 + 4 of 15, « bus, ligne » 5 + 2.
    assert first[edited.names.index("Bouger")] == "vélo"


def test_of_two_entries_for_one_theme_the_one_with_more_words_has_it():
    edited, _, (problem,) = edited_by(
        entry(1, words="bus, métro", aside=True),
        entry(2, merge=["tram, ligne, station", "vélo, piste"], name="Bouger"),
    )
    assert problem.id == "themes.theme-of-two-entries"
    assert problem.location.line == 10
    assert "themes.toml, [[theme]] no. 2, line 20" in text_of(problem)
    assert not edited.aside.any()
    assert sorted(edited.names) == ["", "", "Bouger"]


def test_of_two_entries_with_as_many_words_the_first_has_the_theme():
    edited, _, (problem,) = edited_by(
        entry(1, words="bus, métro", name="Bus"), entry(2, words="tram, ligne", name="Tram")
    )
    assert sorted(edited.names) == ["", "", "", "Bus"]
    assert problem.location.line == 20


def test_a_word_that_is_no_term_is_said_and_the_others_count():
    edited, _, (problem,) = edited_by(entry(words="bus, métro, trottinette", name="Bouger"))
    assert problem.id == "themes.unknown-words"
    assert '"trottinette": this word is no term of the study' in text_of(problem)
    assert "Bouger" in edited.names


def test_an_entry_without_any_term_is_left_out():
    edited, _, problems = edited_by(entry(words="fusée, navette", name="Espace"))
    assert [problem.id for problem in problems] == [
        "themes.unknown-words",
        "themes.no-word-is-a-term",
    ]
    assert "Espace" not in edited.names


def test_singular_and_plural_are_one_word_of_two_parts():
    _, _, (problem,) = edited_by(entry(words="bus, vélo", split={"A": "école", "B": "écoles"}))
    assert problem.id == "themes.word-of-two-parts"


def test_a_split_with_one_list_of_terms_is_left_out():
    _, _, problems = edited_by(entry(words="bus, métro", split={"A": "bus", "B": "fusée"}))
    assert [problem.id for problem in problems] == [
        "themes.unknown-words",
        "themes.split-without-terms",
    ]


def test_other_engines_cannot_be_asked_for_a_theme():
    vocabulary = Vocabulary(terms_of(MODEL.terms))
    entries = [entry(seeds="bus, métro", name="Bus")]
    edits, (problem,) = resolve(entries, vocabulary, seeds_allowed=False)
    assert (edits, problem.id) == ([], "themes.seeds-need-graph")


def test_a_theme_that_was_asked_for_in_vain_is_said():
    _, _, (problem,) = edited_by(entry(seeds="bus, prof, micro", name="Divers"))
    assert problem.id == "themes.asked-theme-not-made"


def test_a_corpus_without_themes_leaves_every_entry_without_effect():
    model = MODEL._replace(weights=MODEL.weights[:0])
    edited, _, (problem,) = edited_by(entry(words="bus, métro", name="Bus"), model=model)
    assert edited.model.weights.shape == (0, len(MODEL.terms))
    assert problem.id == "themes.no-theme-at-all"


_WORDS = st.lists(st.sampled_from(MODEL.terms), min_size=1, max_size=6, unique=True)
_ENTRIES = st.one_of(
    st.builds(lambda words: {"words": words, "name": words[0]}, _WORDS),
    st.builds(lambda words: {"words": words, "aside": True}, _WORDS),
    st.builds(lambda left, right: {"merge": [left, right]}, _WORDS, _WORDS),
    st.builds(
        lambda words, cut: {
            "words": words,
            "split": {
                "A": words[: cut % len(words)] or words[:1],
                "B": words[cut % len(words) :][:3],
            },
        },
        _WORDS,
        st.integers(1, 5),
    ),
)


@given(st.lists(_ENTRIES, max_size=5))
def test_no_weight_is_lost_or_made_whatever_the_entries(contents):
    """Each theme ends in one edit: rows sum to 1 and together have the words that they had."""
    entries = [entry(number, **content) for number, content in enumerate(contents, start=1)]
    edited, _, _ = edited_by(*entries, material=material_of(MODEL, SCHOOL, BUS, BIKE, TALK))
    weights = edited.model.weights
    np.testing.assert_allclose(weights.sum(axis=1), 1)
    assert (weights >= 0).all()
    assert ((weights > 0).any(axis=0) == (MODEL.weights > 0).any(axis=0)).all()
    assert len(edited.names) == len(edited.aside) == len(weights)
