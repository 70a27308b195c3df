"""Reasons of roles in words, and the block of the study file that confirms or corrects roles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import get_args

from textlien.files.toml import inline
from textlien.messages.message import Message, message
from textlien.messages.translator import Translator
from textlien.study.options import UNLABELLED
from textlien.transcripts.model import Decision, Role

FEW_WORDS = 30
"""Words below which a speaker only passes by an interview: a greeting or two."""

_CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f\ud800-\udfff]")


def reason_of(decision: Decision) -> Message:
    """Reason for the role of a speaker, with the figures in per cent."""
    habit, others, words = (round(100 * (share or 0)) for share in decision.evidence)
    return message(
        f"speakers.reason-{decision.reason}",
        habit=habit,
        others=others,
        words=words,
        few=FEW_WORDS,
    )


def proposal(file: str, decisions: Mapping[str, Decision], translator: Translator) -> str:
    """Block of the study file that confirms the roles of one file, to be corrected if need be.

    Parameters
    ----------
    file : path of the file relative to the study file.
    decisions : role of each label, and why; those that are not sure come with their reason.
    translator : language of the reasons, which are comments.

    Returns
    -------
    A ``[[speakers.file]]`` block of TOML, ended by a line feed.

    >>> from textlien.transcripts.model import RoleReason
    >>> print(proposal("t/a.txt", {"JD": Decision("interviewer", RoleReason.LABEL, sure=False),
    ...                            "ML": Decision("interviewee", RoleReason.REMAINING)},
    ...                Translator("en")))
    [[speakers.file]]
    path = "t/a.txt"
    # JD: the label names the role
    interviewer = ["JD"]
    interviewee = ["ML"]
    <BLANKLINE>
    """
    lines = ["[[speakers.file]]", f"path = {inline(file)}"]
    # Pasted as it is, a block in which nobody asks would make of every question an answer.
    nobody_asks = all(part.role != "interviewer" for part in decisions.values())
    if nobody_asks:
        lines.append(f"# {translator.text('speakers.only-if-nobody-asks')}")
    mark = "# " if nobody_asks else ""
    for role in get_args(Role):
        parts = {
            label or UNLABELLED: part
            for label, part in decisions.items()
            if part.role == role and (label or not part.sure)
        }
        lines += _comments(parts, translator)
        if parts:
            lines.append(f"{mark}{role} = {inline(list(parts))}")
    return "\n".join(lines) + "\n"


def _comments(parts: Mapping[str, Decision], translator: Translator) -> Iterator[str]:
    """Reasons of the roles that are not sure, as comments of TOML."""
    for label, part in parts.items():
        if not part.sure:
            reason = reason_of(part)
            comment = translator.text("speakers.labelled-reason", label=label, reason=reason)
            # A comment of TOML holds no control character.
            yield _CONTROL.sub(" ", f"# {comment}")
