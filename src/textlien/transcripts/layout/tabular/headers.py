"""Names that people give to the columns of a table of turns, in the languages of programs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from textlien.text.folding import fold
from textlien.transcripts.speakers.sides import ANSWER, QUESTION


class ColumnRole(StrEnum):
    """Content of a column of a table of turns."""

    NUMBER = "number"
    """A running number."""
    TIME = "time"
    """A moment or a span, or where it begins."""
    END = "end"
    """A moment at which something ends."""
    SPEAKER = "speaker"
    TEXT = "text"
    """Speech of the speaker in another column, or speech with its labels inside."""
    VOICE = "voice"
    """Speech of the speaker that the column is of: its questions, its answers."""
    SECTION = "section"
    """Themes under which several rows stand."""
    NOTES = "notes"
    """Codes, remarks, translations: what was written about the speech."""
    BLANK = "blank"


_NAMES: dict[ColumnRole, str] = {
    ColumnRole.NUMBER: """
        n no nr nb num numero numeros number id index ordre order rang rank ligne lignes line
        row tour tours turn tdp nummer zeile numero_de_tour n_tour n_de_tour no_tour lfd_nr
        numero_ligne nro fila riga linha regel""",
    ColumnRole.TIME: """
        temps time times timespan timespans time_span minutage minute minutes min horodatage
        timecode timecodes time_code tc timing heure chrono chronometrage timestamp timestamps
        repere reperes zeit zeitmarke zeitstempel zeitspanne zeitraum tiempo tiempos tempo
        minuto minutos minutaje tijd debut start begin beginning begins from in de von
        time_start timestart start_time starttime temps_debut heure_debut tc_in beginn anfang
        inicio inizio startzeit begintijd""",
    ColumnRole.END: """
        fin end stop ends to out a bis au time_end timeend end_time endtime temps_fin heure_fin
        tc_out duree duration ende endzeit dauer final fine durata duracion eindtijd""",
    ColumnRole.SPEAKER: """
        locuteur locutrice locuteurs locuteur_trice speaker speakers speakername speaker_name
        speaker_id qui qui_parle who intervenant intervenante intervenants personne personnes
        person participant participants nom noms prenom name names interlocuteur interlocutrice
        acteur label voix voice identite sprecher sprecherin sprechende sprecher_in hablante
        hablantes persona interlocutor interlocutore parlante locutor locutora orador orateur
        oratrice falante spreker role roles rolle nom_du_locuteur emetteur auteur author
        from_who interviewpartner""",
    ColumnRole.TEXT: """
        contenu contenus content contents texte textes text texts verbatim verbatims
        transcription transcriptions transcript transcripts propos parole paroles discours
        enonce enonces dialogue dialogues speech utterance utterances inhalt inhalte transkript
        transkription wortlaut aussage aussagen redebeitrag beitrag gesprochenes contenido texto
        textos transcripcion contenuto testo trascrizione inhoud tekst echange echanges dit
        ce_qui_est_dit conversation prise_de_parole tour_de_parole tours_de_parole intervention
        interventions extrait phrase phrases conteudo transcricao fala said words mots entretien
        interview""",
    ColumnRole.SECTION: """
        theme themes thematique thematiques section sections partie parties rubrique rubriques
        chapitre bloc topic topics sujet sujets thema themen tema temas tematica abschnitt
        kapitel""",
    ColumnRole.NOTES: """
        code codes codage codages categorie categories sous_categorie sous_theme sous_themes
        remarque remarques observation observations commentaire commentaires analyse analyses
        analysis note notes memo memos mot_cle mots_cles keyword keywords comment comments
        remark remarks kode kodes kodierung kategorie kategorien bemerkung bemerkungen anmerkung
        anmerkungen notiz notizen kommentar codigo codigos codice codici categoria comentario
        comentarios observacion observaciones nota notas commento interpretation interpretations
        idee idees resume synthese summary non_verbal gestes geste attitude attitudes contexte
        traduction translation ubersetzung traduccion traduzione tag tags emotion emotions
        relecture verification a_verifier description paraphrase reduction themes_codes
        codes_themes annotation annotations concept concepts coding codings sentiment indicateur
        indicateurs variable variables dimension dimensions""",
}
_QUESTIONS = frozenset(
    "question questions relance relances demande demandes frage fragen pregunta preguntas domanda "
    "domande pergunta perguntas vraag vragen".split()
)
_ANSWERS = frozenset(
    "reponse reponses answer answers antwort antworten respuesta respuestas risposta risposte "
    "resposta respostas antwoord antwoorden".split()
)
_ROLES = {
    name.replace("_", " "): role for role, names in _NAMES.items() for name in names.split()
} | dict.fromkeys(_QUESTIONS | _ANSWERS, ColumnRole.VOICE)
NAMES_OF_TEXT = frozenset(
    name for name, role in _ROLES.items() if role in (ColumnRole.TEXT, ColumnRole.VOICE)
)
"""Names, folded, of columns of speech."""

# « Temps (min) », « Texte de l'entretien »: a name, and a few words that say more.
_MOST_WORDS = 6
_LONGEST = 60
# « de », « from » and « n » name a column alone only: « de toute façon » is speech.
_LONGEST_PREPOSITION = 4
# « Nr. » and « Rép. » are short for a name.
_ENDS_SENTENCE = re.compile(r"(?:\w{5,}|\W)[.!…]\s*$|[!…]\s*$")
_SIGNS = frozenset(("#", "n°", "№", "n.", "nº"))


def role_of_name(name: str) -> ColumnRole | None:
    """Role that the name of a column says, or None.

    >>> role_of_name("N°"), role_of_name("Temps (min)").value, role_of_name("Enquêtrice")
    (<ColumnRole.NUMBER: 'number'>, 'time', None)
    """
    if name.strip().casefold() in _SIGNS:
        return ColumnRole.NUMBER
    words = fold(name).split()
    if not words or len(words) > _MOST_WORDS:
        return None
    whole = _ROLES.get(" ".join(words))
    if whole or (len(words) == 2 and words[1].isdecimal()):  # « Personne 1 » is a person
        return whole
    openings = (" ".join(words[:length]) for length in range(len(words) - 1, 0, -1))
    names = [name for name in (*openings, *words[1:]) if len(name) > _LONGEST_PREPOSITION]
    return next((_ROLES[name] for name in names if name in _ROLES), None)


def label_of_voice(name: str) -> str:
    """Label of a column of one voice by its name: of questions and answers one for all languages.

    Of several such words the first counts: an answer to a follow-up question is an answer.

    >>> label_of_voice("Frage"), label_of_voice("Mme Lamotte :")
    ('(question)', 'Mme Lamotte')
    >>> label_of_voice("Réponse à la relance"), label_of_voice("Votre question, sans réponse")
    ('(réponse)', '(question)')
    """
    first = next((word for word in fold(name).split() if word in _QUESTIONS | _ANSWERS), "")
    if first in _QUESTIONS:
        return QUESTION
    return ANSWER if first else name.rstrip(" :")


def may_be_header(cells: Sequence[str]) -> bool:
    """True if all cells of a row are as short as names, and none is a sentence."""
    filled = [cell for cell in cells if cell.strip()]
    return bool(filled) and all(
        len(cell) <= _LONGEST
        and len(cell.split()) <= _MOST_WORDS
        and not _ENDS_SENTENCE.search(cell)
        for cell in filled
    )
