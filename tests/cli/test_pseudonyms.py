"""The whole path through the command line; every name is invented (entretiens fictifs)."""

import csv
import io
import zipfile
from dataclasses import replace as changed
from xml.sax.saxutils import escape

import pytest
from click.testing import CliRunner

from tests.pseudonyms.gold import half
from tests.pseudonyms.making import AXES, source_of
from textlien.cli.main import main
from textlien.coding.codings import read_codings
from textlien.coding.sources import codebook_of, coding_files
from textlien.pipeline.run_folder import Run
from textlien.pseudonyms.exact_forms import ExactForms, interview_names
from textlien.pseudonyms.model import Name
from textlien.pseudonyms.reasons import Evidence, Reason
from textlien.pseudonyms.review.sheet import read_names, write_names
from textlien.text.folding import fold

SENTENCES = (
    "Le quartier, on le connaît par les gens qui y vivent, et chacun y met du sien.",
    "La mairie nous aide un peu, mais les associations font le plus gros du travail.",
    "Les voisins se parlent davantage depuis que le jardin est ouvert tous les jours.",
    "Il faudrait des locaux, des moyens, et que l'on écoute ceux qui sont sur le terrain.",
)

TOML = """
[study]
title = "Étude fictive"

[[corpus]]
wave = "2013"
path = "2013"
metadata = "metadata.csv"
cities = ["Creil", "Le Havre"]

[[corpus]]
wave = "2015"
path = "2015"
metadata = "metadata.csv"
cities = ["Creil", "Le Havre"]

[terms]
min_passages = 2
max_share = 1.0

[themes]
k = 2

[axes]
codings = ["codages.csv"]
codebook = "axes.toml"
"""

SAID = {
    "2013/samira.txt": (
        "Creil",
        "Samira Boudjemat",
        [
            "Je m'appelle Samira Boudjemat. Mon fils Bilal va au lycée Baudelaire, à Creil.",
            "Au CCAS, il y a Karim, il est en or. Karim connaît tout, rue de Lannoy.",
            "Mme Vandooren, ma voisine, garde les petits. Appelez-la au 03 20 00 11 22.",
        ],
    ),
    "2013/entretien-havre.txt": (
        "Le Havre",
        "Odile Lecoquier",
        [
            "Je suis née au Havre. Mon voisin Karim, Karim Belaïdi, est livreur.",
            "Karim monte nos courses. Les Diarrah, au onzième, ont tout perdu.",
            "J'étais à la Croix-Rouge, puis au lycée Baudelaire.",
        ],
    ),
    "2015/Samira_Boudjemat_2.txt": (
        "Creil",
        "Samira Boudjemat",
        [
            "On m'appelle Samira, ça suffit. Bilal est éducateur à Wattrelos.",
            "Karim Saïdoune est toujours au CCAS. Mme Vandooren est partie.",
            "Vous m'écrirez, samira.b@exemple.fr, ou chez Karim.",
        ],
    ),
}


def invoke(*arguments):
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def study_in(folder):
    """Two waves of three interviews, one interviewee in both."""
    lines, codings = ["file,city,actor,person"], ["interview;quote;axis;value;coder"]
    for number, (name, (city, person, answers)) in enumerate(SAID.items()):
        turns = [line for pair in zip(answers, SENTENCES, strict=False) for line in pair]
        spoken = [f"Enquêtrice : Racontez-moi, c'est-à-dire ?\nRéponse : {line}" for line in turns]
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Entretien fictif\n\n" + "\n".join(spoken) + "\n", encoding="utf-8")
        lines.append(f"{path.name},{city},autre,{person}")
        codings += [f"{path.stem};{answers[0]};lien;{number % 2};zoe"]
        codings += [f"{path.stem};{answers[1]};lien;1;zoe", f"{path.stem};{turns[1]};lien;0;zoe"]
    for name, text in {
        "etude.toml": TOML,
        "metadata.csv": "\n".join(lines) + "\n",
        "codages.csv": "\n".join(codings) + "\n",
        "axes.toml": AXES.replace("# Exemple trouvé chez Amir Benali.", "").replace(
            "Amir Benali", "Samira Boudjemat"
        ),
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder / "etude.toml"


def reviewed(path, action="replace"):
    """Set every action that is open, as a person does in a spreadsheet."""
    rows, problems = read_names(path, path.name)
    assert problems == []
    decided = [
        (changed(row.name, action=action) if row.name.action == "ask" else row.name, "")
        for row in rows
    ]
    write_names(path, decided)
    return [name for name, _ in decided]


def codings_in(source):
    """Codings that are found, and what is wrong with the others."""
    paths, _ = coding_files(source.study)
    interviews, axes = source.corpus.interviews, codebook_of(source.study)
    return read_codings(paths, source.study.display_path, interviews, source.text, axes)


@pytest.fixture(scope="module")
def applied(tmp_path_factory):
    folder = tmp_path_factory.mktemp("command")
    study = study_in(folder / "etude")
    suggestion = invoke("pseudonymise", "suggest", study, "--workers", 1)
    names = reviewed(study.parent / "noms.xlsx")
    key = folder / "cle.csv"
    done = invoke("pseudonymise", "apply", study, "--to", folder / "public", "--key", key)
    return folder, study, names, suggestion, done


def test_names_are_suggested_in_a_sheet_and_the_next_step_is_said(applied):
    _, study, names, (code, output), _ = applied
    assert code == 0, output
    assert f"noms.xlsx: {len(names)} names ({len(names)} new)." in output
    assert f"textlien pseudonymise apply {study} --to FOLDER --key FILE" in output
    forms = {name.form for name in names}
    assert {
        "Samira Boudjemat",
        "Bilal",
        "Karim",
        "Karim Saïdoune",
        "Vandooren",
        "Diarrah",
        "lycée Baudelaire",
        "rue de Lannoy",
        "03 20 00 11 22",
        "samira.b@exemple.fr",
        "Wattrelos",
        "Croix-Rouge",
    } <= forms
    assert not {"CCAS", "Mon", "Appelez"} & forms
    assert {name.action for name in names if name.form in ("Creil", "Havre")} == {"keep"}


def test_a_pipeline_that_is_absent_is_reported_with_the_study_file(tmp_path):
    study = study_in(tmp_path)
    study.write_text(study.read_text(encoding="utf-8") + '[pseudonyms]\npipeline = "fr_absent"\n')
    code, output = invoke("pseudonymise", "suggest", study)
    assert code == 2
    assert f"{study.name}, [pseudonyms] pipeline" in output


def test_a_sheet_that_is_not_reviewed_is_not_applied(tmp_path):
    study = study_in(tmp_path / "etude")
    invoke("pseudonymise", "suggest", study, "--workers", 1)
    code, output = invoke(
        "pseudonymise", "apply", study, "--to", tmp_path / "public", "--key", tmp_path / "cle.csv"
    )
    assert code == 2
    assert "still to be decided" in output
    assert not (tmp_path / "public").exists()


def test_homonyms_are_two_persons_and_one_person_has_one_pseudonym_in_two_waves(applied):
    folder, _, names, _, (code, output) = applied
    assert code == 0, output
    karims = [name for name in names if name.form == "Karim"]
    assert len({name.entity for name in karims}) == len({name.pseudonym for name in karims}) == 2
    creil = next(name for name in karims if any("samira" in file for file in name.files))
    havre = next(name for name in karims if any("havre" in file for file in name.files))
    assert len(creil.files) == 2
    (saidoune,) = (name for name in names if name.form == "Karim Saïdoune")
    assert saidoune.entity == creil.entity
    (bilal,) = (name for name in names if name.form == "Bilal")
    source = source_of(folder / "public" / "study.toml")
    texts = {name: source.text(name) for name in source.corpus.turns}
    waves = [text for name, text in texts.items() if "creil" in name]
    assert all(bilal.pseudonym in text and creil.pseudonym in text for text in waves)
    (other,) = (text for name, text in texts.items() if "havre" in name)
    assert havre.pseudonym in other
    assert creil.pseudonym not in other
    assert "Je suis née au Havre" in other
    assert "Au CCAS" in "".join(waves)


def test_codings_are_on_the_same_words_and_the_key_is_for_one_alone(applied):
    folder, _, names, _, _ = applied
    source = source_of(folder / "public" / "study.toml")
    codings, problems = codings_in(source)
    assert len(codings) == 9
    assert [p for p in problems if p.severity == "error"] == []
    real = ExactForms(name for name in names if name.action == "replace")
    assert [real.find_all(quote) for quote in codings["quote"]] == [[]] * 9
    assert (folder / "cle.csv").stat().st_mode & 0o077 == 0


def test_no_real_name_is_left_in_the_corpus_nor_in_its_run(applied):
    folder, study, _, _, _ = applied
    public, key = folder / "public", folder / "cle.csv"
    code, output = invoke("pseudonymise", "audit", study, public, "--key", key)
    assert (code, "no real name" in output) == (0, True), output
    again = public / "study.toml"
    code, output = invoke("run", again, "--workers", 1)
    assert code in (0, 1), output
    run = next((public / "runs").iterdir())
    assert (run / "report" / "index.html").exists(), output
    code, output = invoke("pseudonymise", "audit", study, run, "--key", key)
    assert (code, "no real name" in output) == (0, True), output
    assert "Karim" not in " ".join(Run(run)["passages"]["text"])


def test_an_encrypted_key_serves_the_next_wave(tmp_path):
    study = study_in(tmp_path / "etude")
    passphrase = tmp_path / "phrase.txt"
    passphrase.write_text("un beau matin\n", encoding="utf-8")
    key, public = tmp_path / "cle.age", tmp_path / "public"
    invoke("pseudonymise", "suggest", study, "--workers", 1)
    first = reviewed(study.parent / "noms.xlsx")
    secret = ("--key", key, "--passphrase-file", passphrase)
    code, output = invoke("pseudonymise", "apply", study, "--encrypt", "--to", public, *secret)
    assert code == 0, output
    assert key.read_bytes().startswith(b"age-encryption.org")
    assert b"Karim" not in key.read_bytes()
    code, output = invoke("pseudonymise", "audit", study, public, *secret)
    assert code == 0, output
    (study.parent / "noms.xlsx").unlink()
    code, output = invoke("pseudonymise", "suggest", study, "--lang", "fr", *secret)
    assert code == 0, output
    again, _ = read_names(study.parent / "noms.xlsx", "noms.xlsx")
    before = {name.form: name.pseudonym for name in first if not name.files}
    after = {row.name.form: row.name for row in again if not row.name.files}
    assert after["Bilal"].pseudonym == before["Bilal"]
    assert Evidence(Reason.AS_WRITTEN, ("clé",)) in after["Bilal"].reasons
    assert {form: name.pseudonym for form, name in after.items()} == before


def test_a_second_suggestion_keeps_what_was_decided_and_adds_what_is_new(tmp_path):
    study = study_in(tmp_path / "etude")
    invoke("pseudonymise", "suggest", study, "--workers", 1)
    sheet = study.parent / "noms.xlsx"
    names = reviewed(sheet, "keep")
    later = study.parent / "2015" / "samira-3.txt"
    text = "Réponse : J'ai revu Bilal et Ghislaine Karpov, tout va bien."
    later.write_text(f"Entretien fictif\n\nEnquêtrice : Et alors ?\n{text}\n", encoding="utf-8")
    code, output = invoke("pseudonymise", "suggest", study, "--workers", 1)
    assert code == 0, output
    rows, _ = read_names(sheet, sheet.name)
    assert [row.name.form for row in rows[: len(names)]] == [name.form for name in names]
    assert [row.name.action for row in rows[: len(names)]] == [name.action for name in names]
    assert "Ghislaine Karpov" in {row.name.form for row in rows[len(names) :]}
    (ghislaine,) = (row.name for row in rows if row.name.form == "Ghislaine Karpov")
    assert ghislaine.entity not in {name.entity for name in names}


# Every marked interview as a real file, a reviewer who knows every name.


def docx_of(lines):
    """A Word file of some paragraphs."""
    body = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in lines
    )
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    types = (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
        'package.relationships+xml"/><Default Extension="xml" ContentType="application/vnd.'
        'openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    relations = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
        "</Relationships>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("_rels/.rels", relations)
        archive.writestr(
            "word/document.xml",
            f'<?xml version="1.0"?><w:document xmlns:w="{word}"><w:body>{body}</w:body>'
            "</w:document>",
        )
    return buffer.getvalue()


def gold_study(folder, interviews):
    """The marked interviews as Word and text files, with a coding of every fourth answer."""
    heads, codings = ["file,city,actor,person"], []
    for number, interview in enumerate(interviews):
        turns = interview.turns
        lines = ["Entretien fictif", *(f"{t.speaker} : {t.text}" for t in turns.itertuples())]
        path = folder / "entretiens" / f"{interview.name}{('.docx', '.txt')[number % 2]}"
        path.parent.mkdir(parents=True, exist_ok=True)
        content = docx_of(lines) if number % 2 == 0 else ("\n".join(lines) + "\n").encode()
        path.write_bytes(content)
        head = interview.head
        heads.append(f"{path.name},{head['ville']},autre,{head['personne']}")
        answers = [turn.text for turn in turns.itertuples() if turn.role == "interviewee"]
        codings += [(interview.name, text, "lien", number % 2, "zoe") for text in answers[::2]]
    askers = sorted({i.turns["speaker"].iloc[0] for i in interviews})
    cities = sorted({i.head["ville"] for i in interviews})
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";").writerows(
        [("interview", "quote", "axis", "value", "coder"), *codings]
    )
    files = {
        "metadata.csv": "\n".join(heads) + "\n",
        "codages.csv": buffer.getvalue(),
        "axes.toml": AXES.replace("Amir Benali", "la ville"),
        "etude.toml": (
            '[study]\ntitle = "Étude fictive"\n\n[[corpus]]\nwave = "2014"\npath = "entretiens"\n'
            f'metadata = "metadata.csv"\ncities = {cities}\n\n'
            f"[speakers]\ninterviewer = {askers}\n\n"
            '[axes]\ncodings = ["codages.csv"]\ncodebook = "axes.toml"\n'
        ).replace("'", '"'),
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder / "etude.toml", len(codings)


def perfect(rows, interviews, ids, cities):
    """Review the sheet as a reviewer who knows every name would.

    Decides what is open, adds the forms that are missing, and leaves out nothing that is a name.
    """
    kept = {fold(city) for city in cities} | {fold(c).removeprefix("le ") for c in cities}
    names = [changed(n, action="replace") if n.action == "ask" else n for n in rows]
    missing = {}
    for interview in interviews:
        known = ExactForms(interview_names(names, ids[interview.name]))
        texts = zip(interview.turns["text"], interview.mentions, strict=True)
        for text, marks in texts:
            spans = [(m.start, m.end) for m in known.find(text) if m.name.action == "replace"]
            for mark in marks:
                form = text[mark.start : mark.end]
                if fold(form) in kept or any(s < mark.end and mark.start < e for s, e in spans):
                    continue
                missing.setdefault(form, mark.kind)
    forms = {name.form for name in names}
    added = [
        Name(form, kind, f"x{number}", f"[nom {number}]", "replace")
        for number, (form, kind) in enumerate(missing.items(), start=900)
        if form not in forms
    ]
    return [*names, *added], len(added)


def test_marked_interviews_as_files_end_without_a_real_name(tmp_path):
    interviews = [*half("a"), *half("b")]
    assert len(interviews) >= 10
    assert sum(len(marks) for interview in interviews for marks in interview.mentions) >= 150
    study, coded = gold_study(tmp_path / "etude", interviews)
    code, output = invoke("pseudonymise", "suggest", study, "--workers", 1)
    assert code == 0, output
    sheet = study.parent / "noms.xlsx"
    source = source_of(study)
    files = source.corpus.interviews.set_index("file")["interview_id"]
    ids = {file.rsplit("/", 1)[-1].rsplit(".", 1)[0]: name for file, name in files.items()}
    rows, _ = read_names(sheet, sheet.name)
    cities = {interview.head["ville"] for interview in interviews}
    names, added = perfect([row.name for row in rows], interviews, ids, cities)
    assert added <= 20
    write_names(sheet, [(name, "") for name in names])
    public, key = tmp_path / "public", tmp_path / "cle.csv"
    code, output = invoke("pseudonymise", "apply", study, "--to", public, "--key", key)
    assert code == 0, output
    assert f"{coded} codings on the same words" in output
    code, output = invoke("pseudonymise", "audit", study, public, "--key", key)
    assert (code, "no real name" in output) == (0, True), output
    again = source_of(public / "study.toml")
    codings, problems = codings_in(again)
    assert len(codings) == coded
    assert [problem for problem in problems if problem.severity == "error"] == []
    said = [again.turns(name) for name in again.corpus.turns]
    assert sum(len(turns) for turns in said) == sum(len(i.turns) for i in interviews)


@pytest.mark.parametrize(
    ("arguments", "missing"),
    [
        (("apply", "etude.toml", "--key", "cle.csv"), "--to"),
        (("apply", "etude.toml", "--to", "public"), "--key"),
        (("audit", "etude.toml", "public"), "--key"),
    ],
)
def test_a_step_asks_for_what_it_needs(arguments, missing):
    code, output = invoke("pseudonymise", *arguments)
    assert code == 2
    assert missing in output


def test_steps_speak_french_where_the_study_does(tmp_path):
    study = study_in(tmp_path / "etude")
    folder = ("--to", tmp_path / "public", "--key", tmp_path / "cle.csv", "--lang", "fr")
    code, output = invoke("pseudonymise", "apply", study, *folder)
    assert code == 2
    assert "textlien pseudonymise suggest" in output
    assert "ce tableau de noms n’existe pas" in output
