"""A study in two languages, from its files to the ledger of passages without theme."""

from __future__ import annotations

import random
from pathlib import Path

import pandas as pd
import pytest

from tests.making import hint_of, text_of
from textlien.errors import Problem
from textlien.pipeline.catalogue import STAGES
from textlien.pipeline.run import Selection, execute
from textlien.pipeline.run_folder import Run
from textlien.study.loading import load

TOPICS = (
    "l'école|la classe|le collège|les élèves|la cantine|le professeur|les cahiers|la rentrée",
    "le loyer|le logement|le bailleur|les travaux|la cave|l'ascenseur|le chauffage|les charges",
)
GERMAN = (
    "Die Grube war unsere Arbeit und unsere Heimat, und wir haben nicht gedacht, dass sie einmal "
    "schließen wird. Die Männer sind nach Hause gegangen und haben nicht mehr geredet.",
    "Die Grube und die Heimat, das ist für mich ein und dasselbe, ich habe nie von einer anderen "
    "Arbeit geträumt, und mein Vater auch nicht, der war auch in der Grube.",
)
STUDY = """\
[[corpus]]
wave = "2013"
path = "texts"
[segment]
target_words = 30
[terms]
min_passages = 2
min_interviews = 2
max_share = 1.0
[themes]
engine = "nmf"
k = 2
refits = 0
"""


def answers_of(number: int) -> tuple[str, ...]:
    """Four answers in French of one interview, two of each topic."""
    draw = random.Random(number)
    answers = []
    for topic in TOPICS * 2:
        a, b, c, d, e = draw.sample(topic.split("|"), 5)
        answers.append(
            f"Ce qui ne va pas ici, c'est {a}, et puis {b} ou {c}, on en parle entre nous, mais je "
            f"vous dis que {d} et {e}, ce n'est pas pour demain, et personne ne fait rien pour ça."
        )
    return tuple(answers)


def themes_of(folder: Path, *interviews: tuple[str, ...]) -> tuple[Run, list[Problem]]:
    """Tables and problems up to the themes of interviews, each by its answers."""
    (folder / "texts").mkdir(parents=True)
    for number, answers in enumerate(interviews):
        lines = [f"Enquêteur : Et ensuite, pour vous ?\nHabitante : {text}\n" for text in answers]
        (folder / "texts" / f"{number}.txt").write_text("".join(lines), encoding="utf-8")
    (folder / "s.toml").write_text(STUDY)
    until_themes = [stage.name for stage in STAGES].index("themes") + 1
    return execute(STAGES[:until_themes], load(folder / "s.toml"), Selection())


@pytest.fixture(scope="module")
def bilingual(tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, list[Problem]]:
    first, second, *others = map(answers_of, range(6))
    interviews = (first, (*second, *GERMAN), (GERMAN[0], *others[0], GERMAN[1]), *others[1:])
    return themes_of(tmp_path_factory.mktemp("two"), *interviews)


def foreign(run: Run) -> pd.Series:
    """True for the passages in German."""
    return run["passages"]["text"].str.contains("Grube|Männer|Arbeit", regex=True)


def test_words_of_another_language_are_no_terms(bilingual):
    run, _ = bilingual
    terms = set(run["terms"]["term"])
    assert {"école", "élève", "loyer"} <= terms
    assert terms.isdisjoint({"Grube", "grube", "Heimat", "heimat", "die", "und", "nicht"})


def test_passages_in_another_language_remain_and_are_counted_outside_for_that_reason(bilingual):
    run, _ = bilingual
    is_german = foreign(run)
    assert is_german.sum() >= 4
    german = set(run["passages"]["passage_id"][is_german])
    without = run["passages_without_theme"].set_index("passage_id")["reason"]
    assert set(without.index[without == "other-language"]) == german
    assert set(run["tokens"]["passage_id"]) >= german
    assert german.isdisjoint(run["passage_themes"]["passage_id"])


def test_the_run_says_once_how_many_in_which_language_and_where(bilingual):
    run, problems = bilingual
    (problem,) = [each for each in problems if each.id == "terms.other-language"]
    n = int(foreign(run).sum())
    assert problem.severity == "warning"
    assert problem.location.file.endswith("1.txt")
    assert problem.location.line == 10
    assert text_of(problem).startswith(
        f"{n} passages are not in French, in 2 interviews: German or a German dialect ({n})."
    )
    assert "translation" in hint_of(problem)


def test_themes_are_those_of_the_corpus_without_the_other_language(bilingual, tmp_path):
    alone, problems = themes_of(tmp_path / "one", *map(answers_of, range(6)))
    assert "terms.other-language" not in [problem.id for problem in problems]
    run, _ = bilingual
    assert set(run["theme_terms"]["theme"]) == {1, 2}
    pd.testing.assert_frame_equal(run["theme_terms"], alone["theme_terms"])
