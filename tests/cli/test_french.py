"""Output of check, run and show in French, without an English word of ours."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from tests.english import english_words
from textlien.cli.main import main
from textlien.pipeline.run_folder import Run
from textlien.tables import SCHEMAS

DIALOGUE = """\
Enquêteur : Et le CCAS ?
Mme D. : On est devenus des distributeurs de secours, on ne fait plus de collectif.
Enquêteur : Depuis quand ?
Mme D. : Depuis deux ans.
"""


def french(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(main, [*map(str, arguments), "--lang", "fr"])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


@pytest.fixture
def broken(tmp_path):
    """A study in which much is wrong."""
    folder = tmp_path / "t"
    folder.mkdir()
    (folder / "ccas.txt").write_text(DIALOGUE, encoding="utf-8")
    (folder / "maire.txt").write_text(DIALOGUE.replace("Mme D.", "Maire"), encoding="cp1252")
    (folder / "vide.txt").write_text("")
    (folder / "prose.txt").write_text("Un texte sans locuteur, et rien de plus.")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8")
    (tmp_path / "metadata.csv").write_text(
        "fichier;ville;acteur\nccas.txt;Creill;service_municipall\nabsent.txt;Creil;elu\n",
        encoding="utf-8",
    )
    study = tmp_path / "s.toml"
    study.write_text(
        '[[corpus]]\nwave = "2013"\npath = "t"\nmetadata = "metadata.csv"\n'
        'cities = ["Creil", "Arras"]\n[speakers]\ninterviewer = ["Camille"]\n'
        '[axes]\ncodings = ["codages.csv"]\n',
        encoding="utf-8",
    )
    return study


def test_a_check_of_a_broken_study_is_in_french(broken):
    code, output = french("check", broken, "--all")
    assert code in (1, 2)
    assert "erreur" in output
    assert "avertissement" in output
    assert len(output.splitlines()) > 20
    assert english_words(output) == set()


def test_a_run_of_a_broken_study_is_in_french(broken):
    _, output = french("run", broken)
    assert "Erreur" in output
    assert english_words(output) == set()


def test_a_study_file_with_faults_is_told_in_french(tmp_path):
    study = tmp_path / "s.toml"
    study.write_text('[[corpus]]\nwave = 2013\npat = "t"\n[themes]\nk = "vingt"\nengine = "lsa"\n')
    code, output = french("check", study)
    assert code == 2
    assert english_words(output) == set()


def test_a_run_is_displayed_in_french(small, tmp_path):
    copy = small.copy(tmp_path)
    code, output = french("run", copy.file)
    assert code in (0, 1)
    stages = [line.split()[0] for line in output.splitlines()][:15]
    assert stages == [
        *("lecture", "passages", "annotation", "termes", "thèmes", "codages", "sens", "modèle"),
        *("axes", "distance", "mots", "profils", "écarts", "croisement", "rapport"),
    ]
    assert "inchangé" in output
    assert english_words(output) == set()


def test_tables_are_shown_in_french(small):
    _, output = french("show", small.file, "contrasts", "--rows", 2)
    assert output.splitlines()[0].split()[:2] == ["périmètre", "ville"]
    assert "non concluant" in output
    _, output = french("show", small.file, "speakers", "--rows", 5)
    assert english_words(output) == set()
    assert "enquêteur" in output


def test_a_condition_may_use_the_headings_that_are_displayed(small):
    _, by_name = french("show", small.file, "profiles", "--where", "city == 'Bordeaux'")
    _, by_heading = french("show", small.file, "profiles", "--where", "ville == 'Bordeaux'")
    assert by_name == by_heading
    assert "Bordeaux" in by_name
    assert "Strasbourg" not in by_name


@pytest.mark.parametrize("table", SCHEMAS)
def test_every_table_of_a_run_is_shown(small, table):
    code, output = french("show", small.file, table, "--rows", 5)
    assert code == (0 if table in Run(small.run) else 2)
    assert output.strip()


def test_places_of_turns_are_in_french(small):
    _, output = french("show", small.file, "turns", "--rows", 200)
    assert "paragraphe" in output
    assert "paragraph=" not in output
    code, output = french("show", small.file, "passages", "--original", "--rows", 3)
    assert code == 0
    assert "emplacement" in output


def test_a_condition_may_use_the_values_that_are_displayed(small):
    _, by_name = french("show", small.file, "profiles", "--where", "measure == 'theme'")
    _, by_heading = french("show", small.file, "profiles", "--where", "mesure == 'thème'")
    assert by_name == by_heading
    assert "thème" in by_name


def test_a_table_without_rows_says_so(small):
    _, output = french("show", small.file, "profiles", "--where", "city == 'Nulle part'")
    assert output.endswith("Aucune ligne.\n")
    assert "aucune ligne n’a « Nulle part » dans la colonne « ville »" in output.replace(
        "\u00a0", " "
    )


@pytest.mark.parametrize(
    ("condition", "remedy"),
    [("villle = 'Creil'", "« ville »"), ("ville =", "vague, ville, acteur")],
)
def test_a_condition_that_fails_is_explained_in_french(small, condition, remedy):
    code, output = french("show", small.file, "profiles", "--where", condition)
    assert code == 2
    assert remedy in output.replace("\u00a0", " ")
    assert not any(word in output for word in ("syntax", "defined", "target"))


def test_reasons_of_the_system_are_in_french(tmp_path):
    (tmp_path / "fichier").write_text("")
    code, output = french("init", tmp_path / "fichier" / "etude")
    assert code == 2
    assert "une partie du chemin n’est pas un dossier" in output
    assert english_words(output) == set()


def test_agreement_without_codings_says_what_to_declare(small, tmp_path):
    copy = small.copy(tmp_path)
    lines = copy.file.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("codings")]
    copy.file.write_text("\n".join(kept), encoding="utf-8")
    code, output = french("agreement", copy.file)
    assert code == 2
    assert "n’a pas de codages à comparer" in output


def test_a_table_that_is_gone_is_not_called_damaged(small, tmp_path):
    copy = small.copy(tmp_path)
    next((copy.run / "tables" / "turns").glob("*.parquet")).unlink()
    code, output = french("show", copy.file, "turns")
    assert code == 2
    assert "a disparu" in output
    assert "Relancez textlien run" in output
