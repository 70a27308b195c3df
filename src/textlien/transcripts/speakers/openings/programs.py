"""Lines that programs write into transcripts and conversations: nobody said them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from textlien.errors import Problem
from textlien.transcripts.speakers.openings.candidates import Line

_MEDIA = (
    r"(?:médias?|media|image|photo|vidéo|video|audio|sticker|autocollant|gif|document|fichier|"
    r"carte de visite|contact|message vocal|note vocale|voice message|pièce jointe)s?"
)
_ABSENT = (
    r"(?:omise?s?|omitted|absente?s?|non inclus(?:es?)?|non jointe?s?|supprimée?s?|manquante?s?|"
    r"not included|ignorée?s?)"
)
_FILE = r"[\w-]{1,60}\.(?:jpe?g|png|gif|webp|mp4|opus|ogg|m4a|aac|pdf|vcf|heic|mov)"
_MENTIONS = (
    rf"{_MEDIA}(?: \w{{1,12}})? {_ABSENT}",
    r"(?:ce|un) message a été supprimé.{0,40}",
    r"vous avez supprimé ce message",
    r"(?:message supprimé|deleted message)",
    r"this message was deleted.{0,20}",
    r"you deleted this message",
    r"(?:appel|call)\b.{0,20}(?:manqué|sans réponse|entrant|sortant)e?.{0,20}",
    r"(?:appel vocal|appel vidéo|appel audio|voice call|video call|missed v\w{3,4} call).{0,30}",
    r".{0,60}\((?:fichier joint|file attached)\)",
    r"(?:pièce jointe|fichier joint|attached) ?: ?.{0,80}",
    rf"{_FILE}(?: \W?.{{0,30}})?",
    # Signed with the name of the group or of the contact on an iPhone.
    r"(?:les |vos )?(?:messages?|appels|calls?)\b.{0,40}\b(?:chiffrés?|encrypted)\b.{0,200}",
    r"(?:null|en attente de ce message.{0,60}|waiting for this message.{0,60})",
)
_MENTION = re.compile(rf"\W{{0,3}}(?:{'|'.join(_MENTIONS)})\W{{0,3}}", re.IGNORECASE)
_EDITED = re.compile(
    r"\s{0,3}[<(](?:(?:(?:ce )?message (?:a été )?)?modifié|(?:this message was )?edited)[>)]\s*$",
    re.IGNORECASE,
)
_RECORDING = r"(?:la |l'|l’|the )?(?:transcription|transcript|enregistrement|recording)s?"
_DONE = (
    r"(?:arrêtée?|démarrée?|commencée?|lancée?|interrompue?|terminée?|activée?|désactivée?|"
    r"stopped|started|ended|paused|resumed)"
)
_MAKERS = (
    r"(?:https?://|www\.|otter|teams|zoom|sonix|happy ?scribe|trint|descript|whisper|noscribe|"
    r"amberscript|transkriptor|turbo ?scribe|notta|google|good ?tape|fireflies|rev\.com|f4|maxqda|"
    r"nvivo|vocalmatic|temi\b|gladia|assembly ?ai|vook|authôt|microsoft|amara|un logiciel|une ia\b|"
    r"l'intelligence artificielle|ai\b|artificial)"
)
_MADE = (
    r"(?:transcription|transcript|transcrit|transcribed|générée?|generated|sous-titrage|sous-titres|"
    r"créée?|created|exportée?|exported|réalisée?|ce document a été|this \w{4,10} was)"
)
_CLOSINGS = (
    rf".{{0,60}}\b(?:a|as|avez|has|have) {_DONE} {_RECORDING}\b.{{0,40}}",
    rf".{{0,60}}\b(?:stopped|started|ended) {_RECORDING}\b.{{0,40}}",
    rf"{_RECORDING} (?:a |est |has |was )?(?:été |is |been )?{_DONE}\b.{{0,40}}",
    rf"{_MADE}\b.{{0,40}}\b(?:par|by|avec|with|from|de|on|sur)\b.{{0,12}}{_MAKERS}.{{0,80}}",
    rf"(?:fin|end|début|start) (?:de |of )?{_RECORDING}\b.{{0,20}}",
    r"https?://\S{0,100}(?:otter|sonix|happyscribe|trint|turboscribe|notta)\S{0,100}",
)
_CLOSING = re.compile(rf"\W{{0,3}}(?:{'|'.join(_CLOSINGS)})\W{{0,3}}", re.IGNORECASE)
_CLOSING_WORDS = re.compile(
    r"transcri|enregistrement|recording|générée?|generated|sous-tit|export|créée?\b|created|réalisé|http",
    re.IGNORECASE,
)
_LONGEST = 240
# Lines at the beginning and at the end of a file among which a program writes its own.
_FIRST_LINES, _LAST_LINES = 12, 6
_EXCERPT = 60


def without_closings(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Lines that a person wrote or said, and those that open or close the export of a program."""
    edges = {*range(_FIRST_LINES), *range(len(lines) - _LAST_LINES, len(lines))}
    kept: list[Line] = []
    left_out: list[Line] = []
    for index, line in enumerate(lines):
        (left_out if index in edges and is_closing(line.text) else kept).append(line)
    return kept, left_out


def is_closing(text: str) -> bool:
    """True if a line says who or what transcribed, or when a recording began or ended.

    >>> is_closing("Claire Delorme a arrêté la transcription")
    True
    >>> is_closing("Le maire a arrêté les travaux de la place")
    False
    """
    return (
        len(text) <= _LONGEST
        and bool(_CLOSING_WORDS.search(text))
        and bool(_CLOSING.fullmatch(text))
    )


def is_mention(text: str) -> bool:
    """True if a message is no more than the mention of one, or of a picture or a call.

    >>> is_mention("<Médias omis>"), is_mention("J'ai vu ton message")
    (True, False)
    """
    return len(text) <= _LONGEST and bool(_MENTION.fullmatch(text.strip()))


def without_remark(text: str) -> str:
    """A message without the remark that it was edited."""
    return _EDITED.sub("", text)


def note(left_out: Sequence[Line], file: str) -> list[Problem]:
    """A note that counts the lines left out, with the first of them."""
    if not left_out:
        return []
    first = min(left_out, key=lambda line: (line.place.line or 0, line.place.paragraph or 0))
    example = (first.rest or first.text).strip()[:_EXCERPT]
    place = replace(first.place, file=file)
    return [Problem.note("speakers.program-lines", place, lines=len(left_out), example=example)]
