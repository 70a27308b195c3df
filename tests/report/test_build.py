from __future__ import annotations

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from plotly.offline import get_plotlyjs

from tests.report.invented import (
    AXES,
    MANIFEST,
    PROBLEMS,
    large_tables,
    page_of,
    study_of,
    tables_of,
)
from textlien.messages.typography import set_label
from textlien.report.build import build_report
from textlien.tables import OUTSIDE, make

NB, NNB = "\u00a0", "\u202f"


class Reader(HTMLParser):
    """Content of a page: text outside scripts and styles, tags, attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.feed(page.replace(get_plotlyjs(), ""))
        self.text = " ".join(" ".join(self.words).split(" "))

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(key, value or "") for key, value in attrs]

    def handle_data(self, data):
        if self.tags and self.tags[-1] not in ("script", "style") and data.strip():
            self.words.append(re.sub(r"[ \n]+", " ", data.strip()))


def shown(tables, study=None):
    return Reader(page_of(tables, study)).text


def french(text):
    return set_label(text)


@pytest.fixture(scope="module")
def tables():
    return tables_of()


def test_figures_count_the_interviews_that_were_kept(tables):
    interviews = tables["interviews"].copy()
    interviews.loc[0, "included"] = False
    text = shown(tables | {"interviews": interviews})
    # 24 interviews of 1,000 to 1,161 words; the first of 1,000 is left out.
    assert "Entretiens 23 Villes 4 Vagues 2 Passages 96" in text
    assert f"Mots des personnes interrogées 24{NNB}932" in text
    assert f"Mots des enquêteurs, non comptés 2{NNB}300" in text


def test_fiction_is_said_at_the_head_and_not_otherwise(tables):
    assert french("Corpus fictif : les 24 entretiens de ce rapport sont inventés") in shown(tables)
    some = tables["interviews"].assign(fictional=[True] * 3 + [False] * 21)
    assert french("Corpus en partie fictif : 3 des 24") in shown(tables | {"interviews": some})
    real = tables["interviews"].assign(fictional=False)
    assert "fictif" not in shown(tables | {"interviews": real})


@pytest.mark.parametrize(
    ("weight", "said"),
    [
        ("words", "Les parts sont des parts de la parole"),
        ("passages", "Les parts sont des parts des passages"),
        ("interviews", "Les parts sont des moyennes par entretien"),
    ],
)
def test_the_page_says_what_a_share_is_a_share_of(tables, weight, said):
    assert said in shown(tables, study_of(profiles={"weight": weight}))


def test_a_problem_is_shown_with_its_file_place_and_remedy(tables):
    text = shown(tables)
    assert "2015/creil_maire.docx le fichier est vide." in text
    assert french("À faire :") + " Rétablissez son contenu, ou retirez-le." in text
    assert "Avertissements de lecture (1)" in text
    assert "2015/metadata.csv , ligne 14" in text
    assert french("Vouliez-vous dire « Clichy-sous-Bois » ?") in text


def test_problems_are_told_in_the_language_of_the_report(tables):
    text = shown(tables, study_of(report={"language": "en"}))
    assert "2015/creil_maire.docx the file is empty." in text
    assert "2015/metadata.csv , line 14" in text


def test_a_verbatim_is_shown_with_its_question_and_who_spoke(tables):
    text = shown(tables)
    assert "On est devenus des distributeurs de secours, je veux dire," in text
    assert french("Question :") + f" Et ça, comment ça se passe dans la ville{NNB}?" in text
    assert "Bordeaux, 2013, Service municipal, CCAS · bordeaux-2013-2" in text


def test_coherence_is_said_in_words(tables):
    text = shown(tables)
    for words in ("Cohérence forte", "Cohérence moyenne", "Cohérence faible", "non calculée"):
        assert words in text


def test_words_are_shown_in_the_form_that_people_said(tables):
    terms = tables["terms"].copy()
    terms.loc[terms["term"] == "voisin", "form"] = "voisins"
    assert "fête quartier voisins place" in shown(tables | {"terms": terms})


@pytest.mark.parametrize("field", ["text", "question"])
def test_markup_in_a_transcript_is_inert(tables, field):
    passages = tables["passages"].copy()
    passages[field] = '<script>alert("pris")</script><img src=x onerror=alert(1)>'
    page = page_of(tables | {"passages": passages})
    harmless = Reader(page_of(tables))
    reader = Reader(page)
    assert reader.tags == harmless.tags
    assert "&lt;script&gt;alert(&#34;pris&#34;)&lt;/script&gt;" in page


def test_markup_in_labels_cities_and_files_is_inert(tables):
    hostile = "</script><script>alert(1)</script>"
    interviews = tables["interviews"].assign(file=hostile, actor=hostile)
    renamed = {"interviews": interviews, "themes": tables["themes"].assign(label=hostile)}
    for name in ("profiles", "contrasts"):
        renamed[name] = tables[name].replace({"city": {"Bordeaux": hostile}})
    study = study_of(study={"name": "essai", "title": hostile})
    page = page_of(tables | renamed, study)
    assert hostile not in page
    assert Reader(page).tags.count("script") == Reader(page_of(tables)).tags.count("script")


def test_the_panel_table_shows_every_figure_that_a_contrast_must_have(tables):
    row = (
        tables["contrasts"]
        .query("scope == 'panel' and item == '1'")
        .assign(estimate_left=0.1, estimate_right=0.221)
    )
    text = shown(tables | {"contrasts": row})
    assert (
        f"1{NB}·{NB}fête, quartier, voisin 10,0{NB}% 22,1{NB}% +12,1 [+7,1{NNB};{NB}+17,1] "
        f"<{NB}0,001 7,1 12 / 12 hausse"
    ) in text
    assert "Les 1 écarts" not in text


def test_few_conclusive_changes_are_said_in_a_sentence(tables):
    panel = tables["contrasts"].query("scope == 'panel' and measure == 'theme'")
    assert french("4 écarts sur 6 sont établis ;") in shown(tables | {"contrasts": panel})
    none = panel.assign(verdict="inconclusive")
    assert french("Aucun des 6 écarts n'est établi :") in shown(tables | {"contrasts": none})
    one = none.assign(verdict=["decrease", *["inconclusive"] * 5])
    assert french("Un seul écart sur 6 est établi ;") in shown(tables | {"contrasts": one})
    every = panel.assign(verdict="increase")
    assert french("Les 6 écarts examinés sont tous établis.") in shown(
        tables | {"contrasts": every}
    )


def test_changes_without_interval_are_called_neither_inconclusive_nor_drawn(tables):
    nothing = tables["contrasts"].assign(
        low=float("nan"),
        high=float("nan"),
        p=float("nan"),
        p_adjusted=float("nan"),
        detectable=float("nan"),
        verdict="not computed",
    )
    page = page_of(tables | {"contrasts": nothing})
    text = Reader(page).text
    assert (
        french("Ensemble du panel, écarts entre 2013 et 2015 : aucun ne peut être établi") in text
    )
    assert french("6 écarts n'ont pas d'intervalle : une des villes a trop peu") in text
    assert french("Bordeaux : aucun verdict, faute d'assez d'entretiens") in text
    assert "+12,1 — — — 12 / 12 non calculé" in text
    assert '<td class="verdict">non concluant</td>' not in page
    assert 'class="chart"' not in page
    assert get_plotlyjs() not in page


def test_a_fragile_theme_is_drawn_and_named_but_counts_among_no_verdicts(tables):
    panel = tables["contrasts"].query("scope == 'panel' and measure == 'theme'")
    unsure = panel.assign(verdict=panel["verdict"].mask(panel["item"] == "1", "fragile"))
    page = page_of(tables | {"contrasts": unsure})
    text = Reader(page).text
    assert french("3 écarts sur 5 sont établis ;") in text
    assert french("Un thème fragile n'a pas de verdict") in text
    assert '<td class="verdict">thème fragile</td>' in page
    assert '<span class="key fragile">' in page


def test_one_wave_alone_has_no_change_and_no_chart():
    page = page_of(tables_of(waves=("2013",)))
    assert french("il faut deux vagues, et au moins une ville") in Reader(page).text
    assert get_plotlyjs() not in page
    assert len(page) < 200_000


def test_a_study_without_codings_says_how_to_have_axes():
    text = shown(tables_of(axes=()))
    assert french("l'étude n'a ni codages ni modèle d'axes") in text
    assert "Qualité du classement" not in text


def test_a_study_without_cities_gives_each_wave_as_a_whole():
    tables = tables_of(cities=("",))
    tables["contrasts"] = tables["contrasts"].query("scope == 'city'")
    text = shown(tables)
    assert french("Aucune ville n'est renseignée : seul l'ensemble") in text
    assert "Villes 0" in text
    assert "Thèmes · Ensemble Aucun des 6 écarts" in text
    assert "Ville par ville" not in text


def test_a_study_without_anything_is_still_a_page():
    text = Reader(build_report({}, study_of(), axes=(), problems=(), manifest={})).text
    for said in (
        "Aucun entretien n'a été retenu.",
        "Aucun thème n'a été calculé.",
        "Aucun profil n'a été calculé.",
        "Aucun profil par acteur",
        "Tous les fichiers ont été lus et retenus.",
    ):
        assert french(said) in text


def test_cells_without_interval_are_listed_with_their_size():
    text = shown(tables_of(cities=("Creil", "Arras"), waves=("2013",), per_cell=2, axes=()))
    assert french("Cellules sans intervalle, faute d'entretiens") in text
    assert "2013, Creil (2 entretiens)" in text
    assert "2013 (4 entretiens)" not in text


def test_the_method_shows_options_versions_and_digests_but_no_path_of_the_machine(tables):
    page = page_of(tables)
    text = Reader(page).text
    assert "segment.target_words 60" in text
    assert "scikit-learn 1.8.0" in text
    assert "read 0123456789abcdef" in text
    assert "2013/bordeaux-2013-1.docx " + "0" * 64 in text
    assert "/ailleurs" not in page


def test_shares_of_a_model_alone_are_said_to_be_so_at_every_place(tables):
    tables = {name: table.copy() for name, table in tables.items()}
    for name in ("profiles", "contrasts"):
        of_axes = tables[name]["measure"] == "axis"
        columns = ["low", "high"] + (["p", "p_adjusted"] if name == "contrasts" else [])
        tables[name].loc[of_axes, columns] = np.nan
        tables[name].loc[of_axes, "basis"] = "uncorrected"
    of_axes = tables["contrasts"]["measure"] == "axis"
    tables["contrasts"].loc[of_axes, "verdict"] = "uncorrected"
    page = shown(tables)
    for text in (
        "selon le modèle seul, que rien ne corrige",
        "ces parts n'ont ni intervalle ni verdict",
        "Parts du modèle seul, sans intervalle",
        "n'ont ni intervalle ni verdict : leurs parts sont celles du modèle seul",
    ):
        assert french(text) in page


def test_quality_of_the_axes_stands_beside_their_shares(tables):
    text = shown(tables)
    assert french("ces parts sont celles des codages") in text
    assert f"Renouveler l’action sociale 0,81 [0,76{NNB};{NB}0,86] 0,66" in text


def test_the_page_is_written_in_the_language_asked_for(tables):
    page = page_of(tables, study_of(report={"language": "en"}))
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">')
    text = Reader(page).text
    assert "How to read these figures" in text
    assert "Renewing social action" in text
    assert not re.search(r"entretien\b|écart|Ensemble", text)


def test_nothing_in_the_page_points_to_the_network(tables):
    reader = Reader(page_of(tables))
    links = [value for key, value in reader.attributes if key in ("src", "href")]
    assert [link for link in links if not link.startswith(("#", "data:,", "tables/"))] == []
    assert "tables/profiles.csv" in links
    assert "tables/contrasts.csv" in links
    policy = [value for key, value in reader.attributes if key == "content"]
    assert any(value.startswith("default-src 'none'") for value in policy)


def test_links_lead_to_tables_that_exist(tables):
    without = {name: tables[name] for name in tables if name not in ("contrasts", "axis_scores")}
    page = page_of(without)
    assert "tables/profiles.csv" in page
    assert "tables/contrasts.csv" not in page
    assert "tables/passage_axes.csv" not in page


def test_the_same_tables_give_the_same_page_whatever_the_order_of_the_manifest(tables):
    first = page_of(tables)
    shuffled = {key: MANIFEST[key] for key in reversed(MANIFEST)}
    shuffled["stages"] = shuffled["stages"] | {"report": {"key": "changes from run to run"}}
    again = build_report(tables, study_of(), axes=AXES, problems=PROBLEMS, manifest=shuffled)
    assert again == first


def test_two_processes_write_the_same_bytes():
    script = (
        "import hashlib; from tests.report.invented import *;"
        "print(hashlib.sha256(page_of(tables_of()).encode()).hexdigest())"
    )
    root = Path(__file__).parents[2]
    digests = {
        subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            text=True,
            check=True,
            cwd=root,
            env=os.environ | {"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_a_study_as_large_as_the_real_ones_stays_under_eight_megabytes():
    page = page_of(large_tables())
    assert len(page.encode()) < 8_000_000
    assert page.count('data-chart="chart-') == 24


def test_what_is_had_without_reading_stands_beside_the_score(tables):
    rows = [
        {"axis": "projet", "metric": metric, "estimate": value, "low": low, "high": high}
        for metric, value, low, high in (
            ("f1", 0.73, 0.65, 0.80),
            ("f1_baseline", 0.34, float("nan"), float("nan")),
        )
    ]
    text = shown(tables | {"axis_scores": make("axis_scores", rows)})
    assert f"0,73 [0,65{NNB};{NB}0,80] sans lire{NB}: 0,34 Précision" in text
    assert "F1 baseline" not in text


def test_an_unknown_metric_of_the_classifier_is_shown_under_its_own_name(tables):
    scores = make(
        "axis_scores",
        pd.DataFrame(
            {
                "axis": ["projet"],
                "metric": ["f1_majority"],
                "estimate": [0.34],
                "low": [float("nan")],
                "high": [float("nan")],
            }
        ),
    )
    assert "f1 majority Projet municipal" in shown(tables | {"axis_scores": scores})


def test_speech_outside_of_themes_is_said_apart_and_is_never_the_first_theme(tables):
    outside = (
        tables["profiles"]
        .query("item == '1'")
        .assign(item=OUTSIDE, estimate=0.613, low=0.58, high=0.65)
    )
    text = shown(tables | {"profiles": pd.concat([tables["profiles"], outside])})
    start = text.index("En bref")
    brief = text[start : text.index("Comment lire", start)]
    assert f"Hors thème, 2013{NB}: 61,3{NB}%" in brief
    assert f"Hors thème (61,3{NB}%)" not in brief
    assert f"«{NB}61,3{NB}%" not in text


def test_speech_outside_of_themes_has_its_reasons_with_their_numbers(tables):
    outside = (
        tables["profiles"]
        .query("item == '1'")
        .assign(item=OUTSIDE, estimate=0.613, low=0.58, high=0.65)
    )
    text = shown(tables | {"profiles": pd.concat([tables["profiles"], outside])})
    assert f"7 passages sur 96 (7,3{NB}%) n’ont pas de thème{NB}: 4 sans aucun terme retenu" in text
    assert "2 dont les mots parlants ne relèvent pas assez d’un thème" in text


def test_themes_set_aside_come_after_the_others_below_a_heading_of_theirs(tables):
    themes = tables["themes"].copy()
    themes.loc[0, "aside"] = True
    text = shown(tables | {"themes": themes})
    assert "Thèmes écartés" not in shown(tables)
    start = text.index("Thèmes écartés")
    assert "Thème 1 fête" in text[start:].replace(NB, " ")
    assert "Thème 2 CCAS" in text[:start].replace(NB, " ")


def test_places_too_far_from_the_model_are_named_beside_every_figure_of_the_axes(tables):
    waves = sorted(set(tables["profiles"]["wave"]))
    rows = [
        {
            **{"wave": wave, "city": "*", "axis": AXES[0].key, "n_interviews": 3, "n_passages": 40},
            **{"unknown": 0.4, "nearness": 0.2, "distance": 5.0, "bound": 1.9},
            **{"exceeds": True, "mean_probability": 0.2, "probability_learnt": 0.3},
        }
        for wave in waves
    ]
    before, page = shown(tables), shown({**tables, "axis_distance": make("axis_distance", rows)})
    note = french("À vérifier par des passages codés à la main")
    profiles, contrasts = tables["profiles"], tables["contrasts"]
    of_axes = contrasts[contrasts["measure"] == "axis"]
    maps = len(waves) * (1 + int((profiles.query("measure == 'axis'")["actor"] != "*").any()))
    blocks = len(of_axes.drop_duplicates(["scope", "city"]))
    assert maps
    assert blocks
    assert note not in before
    assert page.count(note) == 1 + maps + blocks
