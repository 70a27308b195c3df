from __future__ import annotations

from pathlib import Path

import pytest

from textlien.errors import TextlienError
from textlien.files.shipped import folder
from textlien.files.toml import inline
from textlien.study.loading import load

MINIMAL = '[[corpus]]\nwave = "2013"\npath = "transcripts"\n'


def study_of(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "study.toml"
    path.write_text(text, encoding="utf-8")
    return path


def refused(tmp_path: Path, text: str) -> str:
    with pytest.raises(TextlienError) as error:
        load(study_of(tmp_path, text))
    return str(error.value)


def test_three_lines_are_a_study(tmp_path):
    study = load(study_of(tmp_path, MINIMAL))
    assert study.name == "study"
    assert study.waves == ("2013",)
    assert study.segment.target_words == 60


def test_a_wave_may_be_written_as_a_number(tmp_path):
    assert load(study_of(tmp_path, MINIMAL.replace('"2013"', "2013"))).waves == ("2013",)


def test_an_unknown_key_is_named_with_its_place_and_the_nearest_known_one(tmp_path):
    message = refused(tmp_path, MINIMAL + "[segment]\ntarget_word = 50\n")
    assert '[segment] target_word: unknown key "target_word".' in message
    assert 'Did you mean "target_words"?' in message


def test_an_unknown_key_in_a_corpus_says_which_corpus(tmp_path):
    message = refused(tmp_path, MINIMAL + '[[corpus]]\nwave = "2015"\npath = "t"\ncitys = []\n')
    assert '[[corpus]] no. 2, citys: unknown key "citys".' in message
    assert 'Did you mean "cities"?' in message
    assert "too_short" not in message
    assert "at least 1 item" not in message


def test_all_faults_are_reported_at_once(tmp_path):
    message = refused(tmp_path, MINIMAL + "[segment]\ntolerance = 7\n[themes]\nk = 'vingt'\n")
    assert "[segment] tolerance" in message
    assert "[themes] k" in message
    assert "vingt" in message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            '[[corpus]]\nwave = 2013.0\npath = "t"\n',
            '[[corpus]] no. 1, wave: expected text in quotes, as in wave = "2013"; found 2013.0.',
        ),
        (
            '[[corpus]]\nwave = 2013-05-02\npath = "t"\n',
            'expected text in quotes, as in wave = "2013-05-02"; found 2013-05-02.',
        ),
        (
            MINIMAL + 'cities = "Lens"\n',
            '[[corpus]] no. 1, cities: expected a list, as in cities = ["Lens"]; found "Lens".',
        ),
        (
            MINIMAL + "cities = [59]\n",
            'expected text in quotes, as in cities = ["59"]; found 59.',
        ),
        (
            MINIMAL + 'fictional = "peut"\n',
            'expected true or false, without quotes; found "peut".',
        ),
        (
            MINIMAL + '[themes]\nk = "vingt"\n',
            '[themes] k: expected a whole number, without quotes; found "vingt".',
        ),
        (MINIMAL + "[themes]\nk = 2.5\n", "expected a whole number, without quotes; found 2.5."),
        (MINIMAL + "[themes]\nk = 1\n", "expected a number of at least 2; found 1."),
        (MINIMAL + "[profiles]\nlevel = 95\n", "expected a number below 1; found 95."),
        (MINIMAL + "[segment]\ntolerance = 0\n", "expected a number above 0; found 0."),
        (
            MINIMAL + '[segment]\ntolerance = "un"\n',
            'expected a number, without quotes; found "un".',
        ),
        (
            MINIMAL + '[themes]\nengine = "bert"\n',
            '[themes] engine: expected one of "graph", "nmf", "lda"; found "bert".',
        ),
        (
            MINIMAL + '[terms]\npos = ["NOM"]\n',
            "[terms] pos no. 1: expected one of "
            '"NOUN", "PROPN", "ADJ", "VERB", "ADV"; found "NOM".',
        ),
        (
            "themes = 3\n" + MINIMAL,
            "[themes]: expected a section, that is [themes] on a line of its own; found 3.",
        ),
        (
            '[corpus]\nwave = "2013"\npath = "t"\n',
            "[corpus]: expected [[corpus]], in two brackets, on a line of its own; found",
        ),
        (
            MINIMAL + '[speakers.file]\npath = "t/a.txt"\n',
            "[speakers] file: expected [[speakers.file]], in two brackets, on a line of its own;",
        ),
        (
            MINIMAL + "[terms]\nfold = 3\n",
            'expected names and values, as in fold = { "a" = "b" }; found 3.',
        ),
        (MINIMAL.replace('"transcripts"', '""'), 'expected some text; found "".'),
        (
            MINIMAL + "[axes.thresholds.projet]\nyes = 0.2\nno = 0.3\n",
            "[axes] thresholds.projet: yes cannot be below no: a passage would be both “yes” and",
        ),
        (
            MINIMAL + '[axes.thresholds.projet]\nyes = "peu"\n',
            'expected a number, without quotes; found "peu".',
        ),
        (
            MINIMAL + "[axes]\nreview_margin = 0.1\n",
            "false_discovery_rate = 0.2",
        ),
        (
            MINIMAL + '[contrasts]\nwaves = ["2013"]\n',
            'expected two different waves, as in waves = ["2013", "2015"]; found ["2013"].',
        ),
    ],
)
def test_a_wrong_value_is_told_in_the_words_of_the_file(tmp_path, text, said):
    message = refused(tmp_path, text)
    assert said in message
    assert "Input should" not in message


def test_a_study_without_corpus_shows_what_to_write(tmp_path):
    assert "[[corpus]]\n  wave" in refused(tmp_path, '[study]\nname = "x"\n')


def test_a_file_that_is_no_toml_is_refused_with_its_line(tmp_path):
    assert "line 2" in refused(tmp_path, "[study]\nname = Odas\n")


def test_a_wave_to_compare_must_exist(tmp_path):
    message = refused(tmp_path, MINIMAL + '[contrasts]\nwaves = ["2013", "2015"]\n')
    assert 'no corpus has the wave "2015"' in message


def test_a_panel_city_must_be_a_city_of_the_study(tmp_path):
    text = MINIMAL + 'cities = ["Clichy-sous-Bois"]\n[cities]\npanel = ["Clichy sous Bois"]\n'
    assert 'Did you mean "Clichy-sous-Bois"?' in refused(tmp_path, text)


def test_metadata_and_pattern_exclude_each_other(tmp_path):
    text = MINIMAL + 'metadata = "m.csv"\npattern = "{city}"\n'
    assert "both metadata and pattern" in refused(tmp_path, text)


def test_a_missing_study_file_says_how_to_make_one(tmp_path):
    with pytest.raises(TextlienError, match="textlien init"):
        load(tmp_path / "absent.toml")


def test_the_study_of_the_odas_has_its_cities_and_panel():
    study = load(folder("configs") / "odas.toml")
    assert len(study.corpus[0].cities) == 7
    assert len(study.corpus[1].cities) == 11
    both = set(study.corpus[0].cities) & {
        study.cities.aliases.get(city, city) for city in study.corpus[1].cities
    }
    assert both == set(study.cities.panel)


@pytest.mark.parametrize(("language", "name"), [("fr", "mon-etude"), ("en", "my-study")])
def test_a_new_study_file_is_valid(tmp_path, language, name):
    file = folder("configs") / "new-study" / language / "study.toml"
    study = load(study_of(tmp_path, file.read_text(encoding="utf-8")))
    assert study.name == name
    assert study.report.language == language


@pytest.mark.parametrize(
    "name",
    [
        *("../../x", "a/b", "a\\b", "/etc/x", "C:\\x", "C:", "..", ".", "x.", " x", "x ", "a\tb"),
        *("CON", "nul.txt", "Com1", "lpt9", "a?b", "a*", "x" * 300, "é" * 100),
    ],
)
def test_a_name_that_no_folder_may_have_is_refused(tmp_path, name):
    with pytest.raises(TextlienError) as caught:
        load(study_of(tmp_path, f"[study]\nname = {inline(name)}\n" + MINIMAL))
    (problem,) = caught.value.problems
    assert problem.id == "study.expected-folder-name"
    assert problem.location.option == "study.name"


@pytest.mark.parametrize("name", ["Enquête 2024", "l'étude", "étude (2)", "v1.2", "console"])
def test_a_name_with_accents_and_blanks_is_the_name_of_a_folder(tmp_path, name):
    assert load(study_of(tmp_path, f"[study]\nname = {inline(name)}\n" + MINIMAL)).name == name


def test_a_study_file_whose_name_leads_out_has_to_be_given_a_name(tmp_path):
    path = tmp_path / "...toml"
    path.write_text(MINIMAL, encoding="utf-8")
    with pytest.raises(TextlienError) as caught:
        load(path)
    assert [problem.id for problem in caught.value.problems] == ["study.file-name-names-no-folder"]


@pytest.mark.parametrize(
    ("text", "option", "path"),
    [
        ('path = "entretiens\\noms"', "corpus #1.path", "entretiens/noms"),
        ('path = "t"\nmetadata = "t\\base.csv"', "corpus #1.metadata", "t/base.csv"),
        ('path = "t"\n[axes]\ncodebook = "a\\fin.toml"', "axes.codebook", "a/fin.toml"),
        ('path = "t"\n[themes]\nguide = "g\\tours.txt"', "themes.guide", "g/tours.txt"),
    ],
)
def test_a_path_whose_backslash_toml_has_eaten_is_told(tmp_path, text, option, path):
    with pytest.raises(TextlienError) as caught:
        load(study_of(tmp_path, '[[corpus]]\nwave = "2013"\n' + text))
    (problem,) = caught.value.problems
    assert (problem.id, problem.location.option) == ("study.backslash-in-path", option)
    assert problem.message.values["path"] == path


def test_a_file_of_themes_has_no_effect_on_those_of_a_model(tmp_path):
    message = refused(tmp_path, MINIMAL + '[themes]\nfile = "t.toml"\nmodel = "m"\n')
    assert "[themes]: both file and model are given." in message
