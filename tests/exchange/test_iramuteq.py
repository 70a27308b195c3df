"""Export to IRaMuTeQ: a corpus given back as it was, or one that it reads."""

import re
from pathlib import Path

import pytest

from tests.making import interviews_of, turns_of
from tests.studies import invoke
from textlien import tables
from textlien.exchange.iramuteq import corpus_text
from textlien.pipeline.reading import read_corpus
from textlien.pipeline.run_folder import Run
from textlien.study.loading import load
from textlien.tables.parquet import read_parquet
from textlien.transcripts.formats.iramuteq import parse

REAL = Path(__file__).parents[2] / ".." / "shared" / "realdata" / "iramuteq"
CORPUS = """**** *ville_Le_Havre *âge_40 *ville_Creil *seul

-*vivre_ensemble
Du respect,   et du   temps.
Encore — [0:12] oui.
-*gouvernance
De la coordination.
-*vivre_ensemble
Et du respect.

**** *ville_Creil
L’été « dernier » (rires).
"""


def written_again(file, folder):
    """A corpus file read as a study, and what is exported of it."""
    toml = folder / "s.toml"
    toml.write_text(f'[[corpus]]\nwave = "1"\npath = "{file.resolve().as_posix()}"\n')
    study, run = load(toml), Run(folder / "run")
    corpus = read_corpus(study, run)
    text, problems = corpus_text(
        corpus.interviews,
        corpus.variables,
        lambda name: read_parquet(run.shard("turns", name, corpus.turns[name]), "turns"),
    )
    return text, problems


def first_texts(corpus, number):
    """The first texts of a corpus; a hundred hold every way in which it writes variables."""
    starts = [match.start() for match in re.finditer(r"^\*\*\*\*", corpus, re.MULTILINE)]
    return corpus[: starts[number]] if len(starts) > number else corpus


def shape(text):
    """Variables, themes and words of each text."""
    return [
        (
            document.variables,
            [(said.section, said.original.split()) for said in document.utterances],
        )
        for document in parse(text, "c.txt")
        if document.utterances
    ]


def test_a_corpus_comes_back_with_its_texts_variables_and_themes(tmp_path):
    file = tmp_path / "corpus.txt"
    file.write_text(CORPUS, encoding="utf-8")
    text, problems = written_again(file, tmp_path)
    assert text.split() == CORPUS.split()
    assert shape(text) == shape(CORPUS)
    assert problems == []


@pytest.mark.real
@pytest.mark.skipif(not REAL.is_dir(), reason="the real corpora are not here")
@pytest.mark.parametrize("name", ["theses-socio-1000.txt", "manifeste_pc.txt"])
def test_real_corpora_come_back_up_to_blanks(tmp_path, name):
    before = first_texts((REAL / name).read_text(encoding="utf-8"), 100)
    (tmp_path / name).write_text(before, encoding="utf-8")
    text, _ = written_again(tmp_path / name, tmp_path)
    assert len(shape(text)) > 3
    assert shape(text) == shape(before)
    assert text.split() == before.split()


def test_an_interview_has_plain_variables_and_the_words_that_were_said():
    interviews = interviews_of([("2013", "Clichy-sous-Bois", "elu")], persons=["P 1"])
    turns = turns_of("""
        E: Et ici ?
        R: On se parle (rires), *un peu* [inaudible].
        E: Bien.
        R: **** oui.
    """)
    text, problems = corpus_text(interviews, tables.make("variables", []), lambda _: turns)
    assert text == (
        "**** *id_i000 *vague_2013 *ville_clichy_sous_bois *acteur_elu *personne_p_1\n"
        "On se parle , un peu .\noui.\n"
    )
    assert problems == []
    (document,) = parse(text, "c.txt")
    assert document.problems == ()


def test_questions_are_written_where_they_are_asked_for():
    interviews = interviews_of([("2013", "Creil", "elu")])
    turns = turns_of("E: Et ici ?\nR: Oui.")
    none = tables.make("variables", [])
    assert "Et ici" not in corpus_text(interviews, none, lambda _: turns)[0]
    assert "Et ici" in corpus_text(interviews, none, lambda _: turns, questions=True)[0]


def test_sections_are_themes_where_every_turn_has_one():
    interviews = interviews_of([("2013", "Creil", "elu")])
    turns = turns_of("R: Un.\nR: Deux.\nR: Trois.")
    turns["section"] = ["Le quartier", "Le quartier", "L'emploi"]
    none = tables.make("variables", [])
    text, _ = corpus_text(interviews, none, lambda _: turns)
    assert text.splitlines()[1:] == ["-*le_quartier", "Un.", "Deux.", "-*l_emploi", "Trois."]
    turns["section"] = ["", "Le quartier", "L'emploi"]
    assert "-*" not in corpus_text(interviews, none, lambda _: turns)[0]


def test_the_demonstration_is_exported(demo, tmp_path):
    file = tmp_path / "demo.txt"
    code, output = invoke("export", demo.file, "--to", "iramuteq", "--output", file)
    assert code == 0
    assert "63 interviews for iramuteq" in output
    documents = parse(file.read_text(encoding="utf-8"), "demo.txt")
    assert len(documents) == 63
    assert all(document.problems == () for document in documents)
    assert documents[0].head["vague"] == "2013"


FAULTS = """Avant le premier texte.
-*trop_tot
**** *ville_creil * acteur_elu *sous-prefet_1
Avant le theme.
-*vivre ensemble
Une * ici.

**** *ville_arras

**** *ville_lille
Été.
"""


def test_check_names_every_fault_with_its_line(tmp_path):
    (tmp_path / "c.txt").write_bytes(b"\xef\xbb\xbf" + FAULTS.encode())
    (tmp_path / "s.toml").write_text('[[corpus]]\nwave = "1"\npath = "c.txt"\n')
    _, output = invoke("check", tmp_path / "s.toml")
    for fault in (
        "line 1: the file begins with a byte-order mark",
        "line 1: text before the first ****",
        'line 3: "*" names no variable',
        'line 3: "acteur_elu" has no star',
        'line 3: "*sous-prefet_1": IRaMuTeQ refuses a hyphen',
        'line 5: a space in the theme "*vivre ensemble"',
        "line 5: text between **** and the first theme",
        "line 6: a star inside the text",
        "line 8: a text without a word, *ville_arras",
    ):
        assert f"c.txt, {fault}" in output


def test_check_names_a_theme_too_early_and_a_wrong_encoding(tmp_path):
    (tmp_path / "c.txt").write_bytes("-*tot\n**** *a_b\nOui.\nL'été déjà.\n".encode("cp1252"))
    (tmp_path / "s.toml").write_text('[[corpus]]\nwave = "1"\npath = "c.txt"\n')
    _, output = invoke("check", tmp_path / "s.toml")
    assert "c.txt, line 1: a theme before the first ****" in output
    assert "c.txt, line 4: not UTF-8; read as cp1252" in output
