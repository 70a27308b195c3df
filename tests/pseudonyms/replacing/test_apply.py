"""Writing a corpus with pseudonyms, end to end; every name is invented."""

import csv
import re

import pytest

from tests.pseudonyms.making import NAMES, demo_of, source_of, study_of
from textlien.coding.codings import read_codings
from textlien.coding.sources import codebook_of, coding_files
from textlien.commands.pseudonymise import read_source
from textlien.errors import Problem, TextlienError
from textlien.messages.message import Location
from textlien.pseudonyms.model import Name
from textlien.pseudonyms.replacing import apply as module
from textlien.pseudonyms.replacing.apply import apply
from textlien.pseudonyms.replacing.guards import refuse_folder, refuse_private_file
from textlien.pseudonyms.replacing.identifiers import key_of
from textlien.pseudonyms.replacing.replace import replace
from textlien.pseudonyms.review.key import Key
from textlien.study.loading import load


@pytest.fixture
def source(tmp_path):
    return source_of(study_of(tmp_path / "etude"))


def applied(source, folder, names=NAMES, old=None):
    key = key_of(source.included, names, old or Key())
    return apply(source, names, key, folder, read=read_source), key


def test_the_new_folder_is_a_study_with_the_same_turns_and_no_name(source, tmp_path):
    done, _ = applied(source, tmp_path / "public")
    again = source_of(done.study_file)
    assert again.text("2013-creil-autre-02") == (
        "Vous connaissez Samir Haddad ?\n"
        "La mère de Samir habite en face. M. Haddad, c'est quelqu'un de bien.\n"
        "Et Anne-Lise ?\n"
        "Anne-Lise, oui. SAMIR aussi l'aime bien, hein."
    )
    turns = again.turns("2013-creil-autre-01")
    assert list(turns["speaker"].unique()) == ["Chercheuse", "SAMIR HADDAD"]
    assert list(turns["role"].unique()) == ["interviewer", "interviewee"]
    assert turns["text"][1] == "Je suis né rue Marie Curie, avec Zoé. Odile vient le lundi."
    assert (done.interviews, done.codings, done.rows_left_out) == (2, 2, 1)
    assert done.replaced == 8
    files = [p for p in (tmp_path / "public").rglob("*") if p.suffix in (".csv", ".toml", ".json")]
    content = "".join(p.read_text() + p.name for p in files)
    assert len(files) == 9
    assert not re.findall(r"(?i)amir\b(?<!samir)|benali|in[eè]s\b|roux|zelda", content)


def test_metadata_codebook_and_study_file_have_pseudonyms(source, tmp_path):
    done, _ = applied(source, tmp_path / "public")
    study = load(done.study_file)
    assert study.study.title == "Étude de Samir Haddad (entretiens fictifs)"
    assert study.speakers.interviewer == ()
    assert codebook_of(study)[0].include == ("ce que dit Samir Haddad de son quartier",)
    with (tmp_path / "public" / "metadata.csv").open() as stream:
        rows = list(csv.DictReader(stream))
    assert [row["person"] for row in rows] == ["Samir Haddad", "personne-001"]
    assert [row["fictional"] for row in rows] == ["yes", "yes"]
    assert [row["city"] for row in rows] == ["Creil", "Creil"]


def test_codings_are_found_again_on_the_same_words(source, tmp_path):
    applied(source, tmp_path / "public")
    with (tmp_path / "public" / "codings" / "codings-01.csv").open() as stream:
        rows = list(csv.DictReader(stream))
    assert [row["quote"] for row in rows] == [
        "La mère de Samir habite en face.",
        "On se connaît tous, c'est ça le lien.",
    ]
    assert rows[0]["memo"] == "'=voir Samir Haddad"
    assert rows[0]["coder"] == "zoe"
    assert rows[0]["interview"] == "2013-creil-autre-02"


def codings_of(source):
    paths, _ = coding_files(source.study)
    interviews, axes = source.corpus.interviews, codebook_of(source.study)
    return read_codings(paths, source.study.display_path, interviews, source.text, axes)


def test_all_codings_of_the_demonstration_survive(tmp_path):
    source = source_of(demo_of(tmp_path / "demo"))
    names = [
        Name("Tilleuls", "place", "l1", "Peupliers", "replace"),
        Name("Mulhouse", "place", "l2", "Auberive", "replace"),
        Name("Charlie", "other", "a1", "[journal]", "replace"),
        Name("on", "other", "a2", "les gens d'ici", "replace"),
        Name("Madame", "person", "p1", "Yvette", "replace"),
        Name("Bordeaux", "place", "l3", "", "keep"),
    ]
    done, key = applied(source, tmp_path / "public", names)
    again = source_of(done.study_file)
    before, problems = codings_of(source)
    after, found = codings_of(again)
    assert problems == found == []
    assert len(before) == len(after) == done.codings == 5024
    assert set(after["anchor"]) == {"kept"}
    assert done.replaced == 1393
    for old, new in zip(before.itertuples(), after.itertuples(), strict=True):
        assert (old.axis, old.value, old.coder) == (new.axis, new.value, new.coder)
        assert replace(old.quote, names)[0] == new.quote
    assert len(again.corpus.turns) == len(source.corpus.turns) == 63
    assert again.corpus.problems == []
    columns = ["wave", "city", "actor", "person", "date", "fictional"]
    by_name = again.corpus.interviews.set_index("interview_id")
    for file in key.files:
        new = by_name[by_name["file"] == file.new].iloc[0]
        old = source.corpus.interviews.set_index("interview_id").loc[file.interview]
        assert new[columns].tolist() == old[columns].tolist()


def test_a_later_batch_has_the_files_and_persons_of_the_first(source, tmp_path):
    _, key = applied(source, tmp_path / "public")
    study = tmp_path / "etude"
    (study / "entretiens" / "A_nouveau.txt").write_text("Q : Bonjour ?\nR : Bonjour, oui, voilà.")
    with (study / "metadata.csv").open("a") as stream:
        stream.write("A_nouveau.txt,Creil,autre,Zelda B.\n")
    _, second = applied(source_of(study / "etude.toml"), tmp_path / "public", old=key)
    assert {(f.interview, f.new) for f in key.files} < {(f.interview, f.new) for f in second.files}
    assert second.persons == {**key.persons, "Zelda B.": "personne-002"}


def test_two_speakers_with_one_pseudonym_stay_two(tmp_path):
    study = study_of(tmp_path / "etude")
    text = "Chercheuse : Oui ?\nAmir : Oui.\nAmir Benali : Non.\nAmir : Si.\nAmir Benali : Ah."
    (study.parent / "entretiens" / "Amir_Benali.txt").write_text(text)
    names = [
        Name("Amir", "person", "p1", "Samir", "replace"),
        Name("Amir Benali", "person", "p1", "Samir", "replace"),
    ]
    done, _ = applied(source_of(study), tmp_path / "public", names)
    again = source_of(done.study_file)
    speakers = [set(again.turns(interview)["speaker"]) for interview in again.corpus.turns]
    assert {"Chercheuse", "Samir", "Samir (2)"} in speakers


def test_homonyms_are_replaced_each_in_their_interviews(source, tmp_path):
    names = [
        Name("Marie", "person", "p4", "Odile", "replace", ("2013-amir-benali",)),
        Name("Inès", "person", "p5", "Zoé", "replace", ("2013-roux-ines-2",)),
    ]
    done, _ = applied(source, tmp_path / "public", names)
    text = source_of(done.study_file).text("2013-creil-autre-01")
    assert "avec Inès. Odile vient" in text


def test_nothing_is_left_when_something_goes_wrong(source, tmp_path, monkeypatch):
    target = tmp_path / "public"
    applied(source, target)
    before = sorted(path.name for path in tmp_path.rglob("*"))

    def fail(*_):
        raise TextlienError(Problem.error("pseudonyms.text-differs", Location(file="a.csv")))

    monkeypatch.setattr(module, "compare", fail)
    with pytest.raises(TextlienError):
        applied(source, target, names=NAMES[:2])
    assert sorted(path.name for path in tmp_path.rglob("*")) == before
    assert "Odile" in "".join(p.read_text() for p in target.rglob("*.csv"))


def test_a_folder_that_is_not_ours_or_was_changed_is_refused(source, tmp_path):
    study = source.study
    with pytest.raises(TextlienError, match="study itself"):
        refuse_folder(tmp_path, study)
    with pytest.raises(TextlienError, match="read with it"):
        refuse_folder(study.folder / "entretiens" / "public", study)
    other = tmp_path / "autre"
    other.mkdir()
    refuse_folder(other, study)
    (other / "notes.txt").write_text("à moi")
    with pytest.raises(TextlienError, match="not made by"):
        refuse_folder(other, study)
    applied(source, tmp_path / "public")
    refuse_folder(tmp_path / "public", study)
    (tmp_path / "public" / "runs").mkdir()
    (tmp_path / "public" / "runs" / "x").write_text("made from it")
    refuse_folder(tmp_path / "public", study)
    (tmp_path / "public" / "metadata.csv").write_text("changed")
    with pytest.raises(TextlienError, match=r"metadata\.csv"):
        refuse_folder(tmp_path / "public", study)


@pytest.mark.parametrize(
    "place", ["public/cle.csv", "etude/runs/cle.csv", "etude/entretiens/c.csv"]
)
def test_a_key_has_no_place_among_what_is_shared(source, tmp_path, place):
    with pytest.raises(TextlienError, match="who is who"):
        refuse_private_file(tmp_path / place, "--key", source.study, tmp_path / "public")


def test_a_key_beside_the_study_is_allowed(source, tmp_path):
    refuse_private_file(tmp_path / "etude/cle.csv", "--key", source.study, tmp_path / "public")
