"""The setting of each interview: whose it is, in which town, and the interviewee's own names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import pandas as pd

from textlien.pseudonyms.finding.mentions import Mention
from textlien.pseudonyms.linking.people import Setting
from textlien.pseudonyms.reasons import Reason


def settings_of(
    interviews: pd.DataFrame, mentions: Iterable[Mention], turns: pd.DataFrame
) -> dict[str, Setting]:
    """Settings by interview.

    Parameters
    ----------
    interviews : table ``interviews``: city and person of each.
    mentions : those of labels, of the roster and of « je m'appelle » tell the interviewee's names.
    turns : table ``turns``: the roles of labels.
    """
    asked = turns.loc[turns["role"] == "interviewer", ["interview_id", "speaker"]]
    askers = {(str(interview), str(label)) for interview, label in asked.itertuples(index=False)}
    own_names: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        is_listed = mention.turn < 0 and (mention.interview, mention.form) not in askers
        is_own = is_listed or mention.evidence.reason is Reason.OWN_NAME
        if mention.first_name and is_own and not mention.is_initials:
            own_names[mention.interview].add(mention.first_name)
    columns = interviews[["interview_id", "city", "person"]].astype(str)
    return {
        interview: Setting(
            circle=f"{city}/{person}" if person else interview,
            town=city,
            own_names=frozenset(own_names[interview]),
        )
        for interview, city, person in columns.itertuples(index=False)
    }
