import unicodedata
from pathlib import Path

import pytest

from tests.making import hint_of, place_of, text_of
from textlien.corpus import metadata
from textlien.corpus.cities import unify_cities
from textlien.corpus.discovery import Transcript
from textlien.corpus.metadata import Metadata
from textlien.corpus.records import InterviewRecord
from textlien.corpus.roster import Roster, load_roster
from textlien.corpus.vocabulary import vocabulary_of
from textlien.messages.message import Location
from textlien.study.options import Study

CITIES = ("Clichy-sous-Bois", "Le Havre", "Besançon", "Valenciennes Métropole")


def study_of(folder, **corpus):
    options = {"wave": "2015", "path": "transcripts", "cities": CITIES, **corpus}
    return Study(
        file=folder / "odas.toml",
        corpus=({**options},),
        cities={"aliases": {"Valenciennes": "Valenciennes Métropole"}},
    )


def metadata_of(study, corpus, roster, file, interview, head, properties=None):
    """Metadata and problems of an interview of a file, by its head notice and its properties."""
    number = study.corpus.index(corpus)
    transcript = Transcript(number, file, study.display_path(file), "i", "0")
    record = InterviewRecord("i", name=interview, head=head, properties=properties or {})
    return metadata.metadata_of(vocabulary_of(study), corpus, roster, transcript, record)


def files_of(folder, *names):
    for name in names:
        file = folder / "transcripts" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("Q : Un ?\nR : Oui.", encoding="utf-8")
    return [folder / "transcripts" / name for name in names]


def described(folder, table, *names, head=None, properties=None, encoding="utf-8"):
    """Metadata and problems of the first file under a table, and the table's own problems."""
    (folder / "metadata.csv").write_bytes(table.encode(encoding))
    study = study_of(folder, metadata="metadata.csv")
    files = files_of(folder, *names)
    roster = load_roster(study, study.corpus[0], files)
    found, more = metadata_of(study, study.corpus[0], roster, files[0], "", head or {}, properties)
    return found, [*roster.problems, *more]


@pytest.mark.parametrize(
    ("table", "encoding"),
    [
        (
            "file,city,actor,person,date,fictional\na.txt,Besançon,elu,A,2015-10-02,yes\n",
            "utf-8",
        ),
        (
            "fichier;ville;acteur;personne;date;fictif\na.txt;BESANCON;Élu;A;2015-10-02;oui\n",
            "cp1252",
        ),
        (
            "Fichier\tVille\tActeur\tPersonne\tDate\tFictif\nA\tbesançon\tELU\tA\t2015-10-02\t1\n",
            "utf-16",
        ),
    ],
)
def test_a_table_in_french_or_english_and_any_encoding(tmp_path, table, encoding):
    found, problems = described(tmp_path, table, "a.txt", encoding=encoding)
    assert found == Metadata("2015", "Besançon", "elu", "A", "2015-10-02", fictional=True)
    assert [problem for problem in problems if problem.severity != "note"] == []


@pytest.mark.parametrize(
    "name",
    ["transcripts/nord/a.docx", "nord/a.docx", "a.docx", "a", "nord/a", r"transcripts\nord\a"],
)
def test_a_row_names_its_file_in_several_ways(tmp_path, name):
    found, problems = described(tmp_path, f"file,city\n{name},Le Havre\n", "nord/a.docx")
    assert (found.city, problems) == ("Le Havre", [])


def test_a_city_that_the_study_does_not_have_is_refused_with_the_nearest(tmp_path):
    found, problems = described(tmp_path, "file,city\na.txt,Clichy sur bois\n", "a.txt")
    assert found.city == ""
    (problem,) = problems
    assert (problem.severity, problem.location) == (
        "error",
        Location(file="metadata.csv", line=2),
    )
    assert text_of(problem) == 'city "Clichy sur bois" is not one of the study’s cities.'
    assert hint_of(problem) == (
        'Did you mean "Clichy-sous-Bois"? Correct it, or add the city to cities of the '
        "[[corpus]] in odas.toml."
    )


@pytest.mark.parametrize(
    ("written", "taken"),
    [("le-havre", "Le Havre"), ("Clichy sous bois", "Clichy-sous-Bois")],
)
def test_a_city_with_other_hyphens_is_taken_for_the_declared_one_and_told(tmp_path, written, taken):
    found, problems = described(tmp_path, f"file,city\na.txt,{written}\n", "a.txt")
    assert found.city == taken
    assert [(problem.severity, place_of(problem), text_of(problem)) for problem in problems] == [
        ("warning", "line 2", f'city "{written}" is taken for "{taken}".')
    ]


def test_a_city_that_may_be_two_declared_ones_is_taken_for_none(tmp_path):
    study = study_of(tmp_path, cities=("Saint-Ouen", "Saint Ouen"))
    (file,) = files_of(tmp_path, "a.txt")
    found, problems = metadata_of(
        study, study.corpus[0], Roster(), file, "", {"ville": "Saint.Ouen"}
    )
    assert (found.city, problems[0].severity) == ("", "error")


def of_two_waves(folder, first_cities, second_cities):
    return Study(
        file=folder / "odas.toml",
        corpus=(
            {"wave": "2013", "path": "2013", "cities": first_cities},
            {"wave": "2015", "path": "transcripts", "cities": second_cities},
        ),
        cities={"aliases": {"Valenciennes": "Valenciennes Métropole"}},
    )


@pytest.mark.parametrize(
    ("cities", "written", "city", "severities"),
    [
        ((), "Creil", "Creil", []),
        ((), "valenciennes", "Valenciennes Métropole", []),
        ((), "LE HAVRE", "Le Havre", []),
        (("Creil", "Valenciennes"), "Creil", "Creil", []),
        (("Creil", "Valenciennes"), "Valenciennes", "Valenciennes Métropole", []),
        (("Creil", "Valenciennes"), "Le Havre", "", ["error"]),
        (("Creil",), "Valenciennes", "", ["error"]),
    ],
)
def test_a_wave_has_its_own_cities_and_any_where_it_lists_none(
    tmp_path, cities, written, city, severities
):
    study = of_two_waves(tmp_path, ("Le Havre", "Valenciennes"), cities)
    (file,) = files_of(tmp_path, "a.txt")
    found, problems = metadata_of(study, study.corpus[1], Roster(), file, "", {"ville": written})
    assert found.city == city
    assert [problem.severity for problem in problems] == severities


def test_an_alias_is_its_main_name(tmp_path):
    found, problems = described(tmp_path, "file,city\na.txt,valenciennes\n", "a.txt")
    assert (found.city, problems) == ("Valenciennes Métropole", [])


def test_an_unknown_actor_is_refused_with_the_nearest(tmp_path):
    _, problems = described(tmp_path, "file,city,actor\na.txt,Le Havre,asociation\n", "a.txt")
    assert place_of(problems[0]) == "line 2"
    assert problems[0].severity == "error"
    assert 'actor "asociation"' in text_of(problems[0])
    assert 'Did you mean "association"?' in hint_of(problems[0])


def test_the_label_of_an_actor_is_its_key(tmp_path):
    table = "file,city,actor\na.txt,Le Havre,Services de l’État\n"
    found, problems = described(tmp_path, table, "a.txt")
    assert (found.actor, problems) == ("etat", [])


@pytest.mark.parametrize(
    ("rows", "place", "severity", "said"),
    [
        ("a.txt,Le Havre\nb.txt,Le Havre", "line 3", "warning", 'no transcript is called "b.txt"'),
        ("a.txt,Le Havre\na,Besançon", "line 3", "error", "has a row already (line 2)"),
    ],
)
def test_rows_without_a_file_of_their_own_are_reported(tmp_path, rows, place, severity, said):
    found, problems = described(tmp_path, f"file,city\n{rows}\n", "a.txt")
    assert [(place_of(problem), problem.severity) for problem in problems] == [(place, severity)]
    assert said in text_of(problems[0])
    assert found.city == "Le Havre"


def test_a_name_of_two_files_is_refused(tmp_path):
    _, problems = described(tmp_path, "file,city\na,Le Havre\n", "nord/a.txt", "sud/a.txt")
    assert 'several transcripts: "transcripts/nord/a.txt", "transcripts/sud/a.txt"' in text_of(
        problems[0]
    )


def test_a_file_without_a_row_is_told(tmp_path):
    _, problems = described(tmp_path, "file,city\nb.txt,Le Havre\n", "a.txt", "b.txt")
    assert (problems[0].location.file, problems[0].severity) == ("transcripts/a.txt", "warning")
    assert "no row in metadata.csv" in text_of(problems[0])


@pytest.mark.parametrize(
    ("written", "on_disk"),
    [
        ("transcripts/2013/adjointe.docx", "2013/adjointe.docx"),
        ("C:\\Users\\Léa\\transcripts\\2013\\Adjointe", "2013/adjointe.docx"),
        ("2013\\adjointe.docx", "2013/adjointe.docx"),
        ("élue à la culture", unicodedata.normalize("NFD", "élue à la culture.txt")),
        (unicodedata.normalize("NFD", "médiatrice.txt"), "médiatrice.txt"),
        ("SOEUR Thérèse.TXT", "sœur Thérèse.txt"),
        ("l'adjoint n° 3", "l’adjoint n°\u00a03.txt"),
        ("Clichy – gardien.txt ", "Clichy - gardien .txt"),
    ],
)
def test_a_row_is_of_the_file_that_a_reader_takes_it_for(tmp_path, written, on_disk):
    found, problems = described(tmp_path, f"file,city\n{written},Le Havre\n", on_disk)
    assert (found.city, problems) == ("Le Havre", [])


def test_the_folder_of_another_wave_is_no_match(tmp_path):
    _, problems = described(tmp_path, "file,city\n2015/a,Le Havre\nb,Le Havre\n", "a.txt", "b.txt")
    assert [problem.id for problem in problems] == ["corpus.row-of-no-file", "corpus.no-row"]
    assert hint_of(problems[0]) == 'Did you mean "a"?'


def test_two_files_whose_names_look_the_same_are_told_apart_by_nobody(tmp_path):
    names = [unicodedata.normalize(form, "élue.txt") for form in ("NFC", "NFD")]
    _, problems = described(tmp_path, "file,city\nélue.txt,Le Havre\n", *names)
    assert problems[0].id == "corpus.row-of-several-files"


def test_a_table_that_describes_no_interview_is_an_error_with_names_of_both_sides(tmp_path):
    _, problems = described(tmp_path, "file,city\nmaire,Le Havre\nélu,Creil\n", "a.txt", "b.txt")
    (problem,) = [problem for problem in problems if problem.severity == "error"]
    assert problem.location == Location(file="odas.toml", option="corpus #1.metadata")
    assert text_of(problem) == (
        'no row of "metadata.csv" names a transcript of this corpus. '
        "The table names, for instance, "
        '"maire", "élu"; the corpus holds "transcripts/a.txt", "transcripts/b.txt".'
    )
    assert [problem.id for problem in problems] == ["corpus.rows-of-no-file", "corpus.no-city"]


def test_a_table_of_other_waves_only_is_an_error(tmp_path):
    _, problems = described(tmp_path, "file,wave,city\na,2013,Le Havre\n", "a.txt")
    assert "corpus.no-row-of-wave" in [problem.id for problem in problems]


def test_a_table_without_file_names_is_refused(tmp_path):
    _, problems = described(tmp_path, "ville\nLe Havre\n", "a.txt")
    assert str(problems[0]).startswith(
        'metadata.csv, line 1: no column of file names; the columns are "ville"'
    )


@pytest.mark.parametrize(
    "table",
    [
        "file,wave,city\na.txt,2013,Le Havre\nb.txt,2015,Creil\nc,,Arras\n",
        "file,city\na.txt,Le Havre\nb.txt,Creil\nc,Arras\n",
        "file,city\ntranscripts/2013/a.txt,Le Havre\nb.txt,Creil\ntranscripts/2015/c,Arras\n",
    ],
)
def test_one_table_may_serve_two_waves(tmp_path, table):
    (tmp_path / "metadata.csv").write_text(table, encoding="utf-8")
    files_of(tmp_path, "2013/a.txt", "2015/b.txt", "2015/c.txt")
    study = Study(
        file=tmp_path / "odas.toml",
        corpus=tuple(
            {"wave": wave, "path": f"transcripts/{wave}", "metadata": "metadata.csv"}
            for wave in ("2013", "2015")
        ),
    )
    for corpus, names in zip(study.corpus, (["a.txt"], ["c.txt"]), strict=True):
        files = sorted(study.resolve(corpus.path).iterdir())
        roster = load_roster(study, corpus, files)
        assert roster.problems == ()
        assert set(names) <= {path.name for path in roster.rows}


def test_the_roster_wins_over_the_head_and_the_conflict_is_told(tmp_path):
    found, problems = described(
        tmp_path,
        "file,city,date\na.txt,Le Havre,2015-10-02\n",
        "a.txt",
        head={"ville": "Besançon", "date": "2 octobre 2015", "personne": "Mme A"},
    )
    assert found == Metadata("2015", "Le Havre", person="Mme A", date="2015-10-02")
    assert [(problem.severity, text_of(problem)) for problem in problems] == [
        ("warning", 'city is "Besançon" here and "Le Havre" in metadata.csv, line 2.')
    ]


@pytest.mark.parametrize(
    "properties",
    [
        {"title": "Entretien CCAS BESANCON, 12 mars 2013", "created": "2014-01-01"},
        {"keywords": "Ville : Besançon ; Date : 12 mars 2013"},
        {"subject": "Besançon", "date": "12 mars 2013"},
    ],
)
def test_document_properties_tell_what_nothing_else_does(tmp_path, properties):
    found, problems = described(tmp_path, "file,person\na.txt,A\n", "a.txt", properties=properties)
    assert found == Metadata("2015", "Besançon", person="A", date="12 mars 2013")
    assert problems == []


def test_document_properties_that_say_otherwise_are_told(tmp_path):
    found, problems = described(
        tmp_path,
        "file,city\na.txt,Le Havre\n",
        "a.txt",
        properties={"title": "Maire de Valenciennes, modèle"},
    )
    assert found.city == "Le Havre"
    assert [(place_of(problem), text_of(problem)) for problem in problems] == [
        (
            "document properties",
            'city is "Valenciennes Métropole" here and "Le Havre" in metadata.csv, line 2.',
        )
    ]


def test_properties_that_name_two_cities_tell_none(tmp_path):
    found, _ = described(
        tmp_path,
        "file,person\na.txt,A\n",
        "a.txt",
        properties={"title": "Le Havre et Besançon"},
    )
    assert found.city == ""


@pytest.mark.parametrize(
    ("name", "city", "actor"),
    [
        ("clichy_sous_bois_elu_3", "Clichy-sous-Bois", "elu"),
        ("Le-Havre_ELU_12", "Le Havre", "elu"),
        ("BESANCON_travailleur_social_1", "Besançon", "travailleur_social"),
        ("Besanc\u0327on elu 04", "Besançon", "elu"),
        ("valenciennes_caf_2", "Valenciennes Métropole", "caf"),
    ],
)
def test_a_file_name_after_the_pattern(tmp_path, name, city, actor):
    study = study_of(tmp_path, pattern="{city}_{actor}_{n}")
    (file,) = files_of(tmp_path, f"{name}.txt")
    found, problems = metadata_of(
        study, study.corpus[0], load_roster(study, study.corpus[0], []), file, "", {}
    )
    assert (found.city, found.actor, problems) == (city, actor, [])


@pytest.mark.parametrize(
    ("pattern", "name", "city", "person"),
    [
        ("{city}_{person}_{n}", "Le-Havre_voisin_0", "Le-Havre", "voisin"),
        ("{city}_{person}_{n}", "Clichy-sous-Bois_Jean-Luc_3", "Clichy-sous-Bois", "Jean-Luc"),
        ("{city}_{person}_{n}", "Lens voisin 3", "Lens", "voisin"),
        ("{city}-{person}-{n}", "Le_Havre-voisin-0", "Le Havre", "voisin"),
        ("{city}_{person}-{n}", "Lens_voisin-4", "Lens", "voisin"),
        ("entretien_{city}_{person}", "Entretien_Le-Havre_A1", "Le-Havre", "A1"),
    ],
)
def test_only_the_separator_of_the_pattern_separates(tmp_path, pattern, name, city, person):
    study = study_of(tmp_path, pattern=pattern, cities=())
    (file,) = files_of(tmp_path, f"{name}.txt")
    found, problems = metadata_of(study, study.corpus[0], Roster(), file, "", {})
    assert (found.city, found.person, problems) == (city, person, [])


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("entretien", 'the file name "entretien" does not follow the pattern "{city}_{actor}_{n}"'),
        ("Creil_elu_1", 'city "Creil" is not one of the study’s cities'),
        ("le_havre_depute_1", 'actor "depute" is not one of the study’s actors'),
    ],
)
def test_a_file_name_that_says_nothing_known_is_an_error(tmp_path, name, said):
    study = study_of(tmp_path, pattern="{city}_{actor}_{n}")
    (file,) = files_of(tmp_path, f"{name}.txt")
    roster = load_roster(study, study.corpus[0], [file])
    _, problems = metadata_of(study, study.corpus[0], roster, file, "", {})
    assert problems[0].severity == "error"
    assert problems[0].location.file == f"transcripts/{name}.txt"
    assert said in text_of(problems[0])


def test_a_pattern_that_cannot_be_used_is_an_error(tmp_path):
    study = study_of(tmp_path, pattern="{ville}_{n}")
    (file,) = files_of(tmp_path, "le_havre_1.txt")
    roster = load_roster(study, study.corpus[0], [file])
    _, problems = metadata_of(study, study.corpus[0], roster, file, "", {})
    assert place_of(problems[0]) == "[[corpus]] no. 1, pattern"


def test_the_head_notice_is_the_last_source(tmp_path):
    study = study_of(tmp_path)
    (file,) = files_of(tmp_path, "a.txt")
    roster = load_roster(study, study.corpus[0], [file])
    head = {"ville": "le havre", "fonction": "Directrice du CCAS", "fictif": "oui"}
    found, problems = metadata_of(study, study.corpus[0], roster, file, "", head)
    assert (found, problems) == (Metadata("2015", "Le Havre", fictional=True), [])


def test_a_starred_variable_writes_its_spaces_as_underscores(tmp_path):
    study = study_of(tmp_path)
    (file,) = files_of(tmp_path, "corpus.txt")
    roster = load_roster(study, study.corpus[0], [file])
    head = {"ville": "clichy_sous_bois", "acteur": "service_municipal"}
    found, problems = metadata_of(study, study.corpus[0], roster, file, "1", head)
    assert (found.city, found.actor, problems) == ("Clichy-sous-Bois", "service_municipal", [])


def test_an_interview_of_no_city_is_told(tmp_path):
    study = study_of(tmp_path)
    (file,) = files_of(tmp_path, "a.txt")
    roster = load_roster(study, study.corpus[0], [file])
    _, problems = metadata_of(study, study.corpus[0], roster, file, "", {})
    assert [(problem.severity, text_of(problem)) for problem in problems] == [
        ("warning", "its city is not known.")
    ]


def test_spellings_of_one_city_are_unified_to_the_most_frequent():
    unified, problems = unify_cities(
        [
            ("a.txt", "Clichy-sous-Bois"),
            ("b.txt", "clichy sous bois"),
            ("c.txt", "Clichy-sous-Bois"),
            ("d.txt", "Creil"),
        ]
    )
    assert unified == {
        "Clichy-sous-Bois": "Clichy-sous-Bois",
        "clichy sous bois": "Clichy-sous-Bois",
        "Creil": "Creil",
    }
    assert [(problem.location.file, problem.severity) for problem in problems] == [
        ("b.txt", "warning")
    ]


def test_a_city_composed_in_another_way_is_the_same_without_a_word(tmp_path):
    decomposed = unicodedata.normalize("NFD", "Besançon")
    found, problems = described(tmp_path, f"file,city\na.txt,{decomposed}\n", "a.txt")
    assert (found.city, problems) == ("Besançon", [])
    unified, problems = unify_cities([("a.txt", "L'Haÿ"), ("b.txt", "L’Haÿ")])
    assert (len(set(unified.values())), problems) == (1, [])


@pytest.mark.parametrize(("written", "nearest"), [("Havre", "Le Havre"), ("Besanson", "Besançon")])
def test_a_short_name_misspelt_is_refused_with_the_nearest(tmp_path, written, nearest):
    _, problems = described(tmp_path, f"file,city\na.txt,{written}\n", "a.txt")
    assert f'Did you mean "{nearest}' in hint_of(problems[0])


def test_cities_that_are_nearly_the_same_stay_two_and_are_told():
    unified, problems = unify_cities(
        [
            ("a.txt", "Le Havr"),
            ("b.txt", "Le Havre"),
            ("c.txt", "Le Havre"),
            ("d.txt", "Lens"),
            ("e.txt", "Valence"),
            ("f.txt", "Valenciennes"),
            ("g.txt", "Marseille 11"),
            ("h.txt", "Marseille 12"),
        ]
    )
    assert (unified["Le Havr"], unified["Le Havre"]) == ("Le Havr", "Le Havre")
    assert [
        (problem.location.file, problem.severity, text_of(problem)) for problem in problems
    ] == [("a.txt", "warning", 'city "Le Havr" is nearly "Le Havre"; taken for two cities.')]
    assert "correct the spelling" in hint_of(problems[0])


@pytest.mark.parametrize(
    ("left", "right", "is_doubtful"),
    [
        ("Montreuil", "Montreux", False),  # 0.82
        ("Saint-Priest", "Saint-Prix", False),  # 0.82
        ("Saint-Brieuc", "Saint-Brice", True),  # 0.87: to be looked at, and two all the same
        ("Dreux", "Dreu", True),  # 0.89
        ("Évry", "Evri", True),
        ("Creil", "Criel", True),
        ("Creil", "Creill", True),
        ("Le Havre", "Havre", True),
        ("Les Ulis", "Ulis", True),
        ("Saint-Ouen", "St Ouen", True),
        ("Lens", "Sens", False),
        ("Nantes", "Mantes-la-Jolie", False),
        ("Lyon 3", "Lyon 8", False),
        ("Eu", "Us", False),
    ],
)
def test_names_of_two_towns_are_no_misspelling(left, right, is_doubtful):
    unified, problems = unify_cities([("a.txt", left), ("b.txt", right)])
    assert unified == {left: left, right: right}
    assert bool(problems) == is_doubtful


@pytest.mark.parametrize(
    ("content", "id", "location"),
    [
        (
            None,
            "corpus.no-such-metadata",
            Location(file="odas.toml", option="corpus #1.metadata"),
        ),
        (b"", "files.empty", Location(file="metadata.csv")),
        (
            b'file,city\na.txt,"Le Havre\n',
            "files.csv-quotation",
            Location(file="metadata.csv", line=2),
        ),
        (
            b"file,city,city\na.txt,Lens,Lens\n",
            "files.column-twice",
            Location(file="metadata.csv", line=1),
        ),
    ],
)
def test_a_table_that_cannot_be_read_is_told_once_and_the_rest_goes_on(
    tmp_path, content, id, location
):
    if content is not None:
        (tmp_path / "metadata.csv").write_bytes(content)
    study = study_of(tmp_path, metadata="metadata.csv")
    (file,) = files_of(tmp_path, "a.txt")
    roster = load_roster(study, study.corpus[0], [file])
    (problem,) = roster.problems
    assert roster.rows == {}
    assert (problem.id, problem.location, problem.severity) == (id, location, "error")
    assert hint_of(problem)
    metadata, problems = metadata_of(
        study, study.corpus[0], roster, file, "", {"ville": "Le Havre"}
    )
    assert (metadata.city, problems) == ("Le Havre", [])


def test_a_table_that_tells_nothing_of_the_interviews_names_its_columns(tmp_path):
    _, problems = described(tmp_path, "file,cité,rôle\na.txt,Le Havre,elu\n", "a.txt")
    (problem,) = [problem for problem in problems if problem.location.file == "metadata.csv"]
    assert (problem.severity, place_of(problem)) == ("warning", "line 1")
    assert text_of(problem).endswith('the columns are "file", "cite", "role".')


REAL = Path(__file__).parents[2] / ".." / "shared" / "realdata" / "archelec_two_waves"


@pytest.mark.real
@pytest.mark.skipif(not REAL.is_dir(), reason="the real texts are not here")
def test_each_of_928_leaflets_finds_its_row():
    study = Study(
        file=REAL.resolve() / "study.toml",
        corpus=tuple(
            {"wave": wave, "path": f"texts/EL*_L_{wave}_*.txt", "metadata": "metadata.csv"}
            for wave in ("1988", "1993")
        ),
    )
    cities = {}
    for corpus in study.corpus:
        files = sorted(REAL.resolve().glob(corpus.path))
        roster = load_roster(study, corpus, files)
        assert roster.problems == ()
        found = [metadata_of(study, corpus, roster, file, "", {})[0] for file in files]
        cities[corpus.wave] = (len(found), len({metadata.city for metadata in found}))
    assert cities == {"1988": (230, 7), "1993": (698, 11)}
