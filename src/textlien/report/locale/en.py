"""English strings: the same keys as the French ones."""

WORDS = {
    # --- page
    "skip": "Skip to content",
    "contents": "Contents",
    "report_of": "Theme profiles per city and wave",
    "fiction_all": "Fictional corpus: the {n} interviews of this report are invented. "
    "No figure describes a real city.",
    "fiction_some": "Partly fictional corpus: {n} of the {total} interviews are invented. "
    "The figures mix real and invented interviews.",
    "no_script": "Charts need JavaScript; the tables beside them give the same figures.",
    "interviews_one": "{n} interview",
    "interviews_many": "{n} interviews",
    "passages_one": "{n} passage",
    "passages_many": "{n} passages",
    "key_interviews": "Interviews",
    "key_cities": "Cities",
    "key_waves": "Waves",
    "key_passages": "Passages",
    "key_words": "Words of interviewees",
    "key_words_interviewer": "Words of interviewers, not counted",
    "all": "All",
    "unknown_city": "City unknown",
    "unknown_actor": "Actor unknown",
    "unknown_wave": "Wave unknown",
    "total": "Total",
    "wave": "Wave {wave}",
    "city": "City",
    "actor": "Actor",
    "none": "—",
    # --- summary
    "brief": "In short",
    "brief_themes": "Most present themes, {wave}: {list}.",
    "brief_axes": "Most present axes, {wave}: {list}.",
    "brief_changes": "{place}, changes between {left} and {right}: {n} of {total} are established.",
    "brief_not_computed": "{place}, changes between {left} and {right}: too few interviews to "
    "establish any.",
    "brief_no_change": "{place}, changes between {left} and {right}: none of the {total} is "
    "established.",
    # --- how to read
    "how": "How to read these figures",
    "how_share": "What a share is",
    "weight_words": "Shares are shares of what interviewees said: each passage counts for its "
    "number of words. Those who speak longer weigh more.",
    "weight_passages": "Shares are shares of passages: each passage counts for one, whatever its "
    "length. Those who speak longer weigh more.",
    "weight_interviews": "Shares are means over interviews: each interview counts for one, long "
    "or short.",
    "how_questions": "Interviewers' words are never counted; the question asked is kept beside "
    "each passage so that it can be read.",
    "how_sum": "A passage is divided among themes: their shares add up to 100% in each city. A "
    "passage may carry several axes or none: their shares do not add up to 100%.",
    "how_interval": "What an interval says",
    "how_interval_text": "“{example}” reads: the observed share is {estimate}; given the number "
    "of interviews, shares from {low} to {high} are compatible with what was heard. The {level} "
    "interval comes from drawing interviews, not passages, at random again, because passages of "
    "one person resemble each other.",
    "how_limits": "What it does not say",
    "how_limits_text": "It covers neither how people were chosen, nor what other questions would "
    "have made them say, nor the errors of the models that find themes and axes. It is about "
    "what was said, not about what is done in the city.",
    # --- corpus
    "corpus": "Corpus",
    "corpus_by_city": "Interviews per city and wave",
    "corpus_by_actor": "Interviews per actor and wave",
    "corpus_empty": "No interview was kept.",
    "left_out": "What was left out",
    "left_out_none": "Every file was read and kept.",
    "warnings": "Reading warnings",
    "notes": "Decisions taken while reading",
    "problem_hint": "To do:",
    "problems_language": "Messages as on the command line.",
    # --- themes
    "themes": "Themes",
    "themes_none": "No theme was computed.",
    "themes_intro": "A theme is a group of words that come together in the same passages. Its "
    "name is made of its most distinctive words: a landmark, not an interpretation; the passages "
    "quoted are there to check it.",
    "theme": "Theme {n}",
    "coherence_strong": "Strong coherence",
    "coherence_medium": "Medium coherence",
    "coherence_weak": "Weak coherence: read with caution",
    "coherence_none": "Coherence not computed",
    "coherence_title": "NPMI: {npmi}",
    "theme_words": "Words of most weight",
    "theme_distinctive": "Most distinctive words",
    "theme_exemplars": "Most typical passages",
    "theme_no_exemplars": "No passage is typical enough to be quoted.",
    "asked": "Question:",
    "more_passages_one": "One more passage",
    "more_passages_many": "{n} more passages",
    "passage_share": "theme makes {share} of the passage",
    # --- heat maps
    "city_theme": "City × theme",
    "city_theme_intro": "Share of each theme in each city, in %.",
    "city_axis": "City × axis",
    "city_axis_intro": "Share of each axis in each city, in %.",
    "actor_items": "By actor",
    "actor_intro": "Share of each theme and axis by the actor interviewed, all cities together, "
    "in %.",
    "actor_none": "No profile by actor: the actor is unknown in every interview, or the option "
    "[profiles] by_actor is off.",
    "no_city": "No city is known: only each wave as a whole is given.",
    "heat_theme": "Themes, wave {wave}",
    "heat_axis": "Axes, wave {wave}",
    "heat_theme_actor": "Themes by actor, wave {wave}",
    "heat_axis_actor": "Axes by actor, wave {wave}",
    "heat_corner": "Share, in %",
    "heat_n": "n = {n}",
    "heat_n_title": "n: number of interviews",
    "show_intervals": "Show intervals",
    "cell_title": "{row}, {column}: {share} {interval}; {interviews}, {passages}",
    "cell_title_bare": "{row}, {column}: {share}, no interval ({reason}); {interviews}, {passages}",
    "no_interval": "no interval",
    "bare_few": "too few interviews",
    "bare_flat": "interviews do not differ",
    "bare_note": "°: no interval, because there are fewer than {n} interviews or they do not "
    "differ; the share is that of these interviews alone.",
    "absent_note": "—: no interview.",
    "legend": "Colour scale, from {low} to {high}",
    "measure_none": "No profile was computed.",
    # --- axes
    "axes_none": "No axis: the study has neither codings nor a model of axes. To have some, code "
    "passages by hand and declare them in [axes] codings.",
    "axes_warning": "These shares come from a model that imitates a reference coding: a share "
    "is the mean of the probabilities that it gives to passages. It makes errors, which may "
    "differ from one city or wave to another: intervals do not count them. Read them "
    "with the table of quality below.",
    "axes_definitions": "What each axis covers",
    "axes_quality": "Quality of the classification",
    "axes_quality_intro": "Measured on interviews that the model had not seen, against the coding "
    "made by hand.",
    "axes_quality_none": "The quality of the classification was not measured in this study.",
    "axis": "Axis",
    "metric_precision": "Precision",
    "metric_recall": "Recall",
    "metric_f1": "F1",
    "metric_f1_new_city": "F1, unseen city",
    "metric_average_precision": "Average precision",
    "metric_brier": "Brier score",
    "metric_calibration_error": "Calibration error",
    "metric_prevalence": "Coded share",
    "metric_n": "Passages coded",
    "metric_n_positive": "Of which on the axis",
    "metric_n_interviews": "Interviews coded",
    "metric_n_split": "Coders split",
    "metric_baseline": "unread: {value}",
    "metric_help": "Precision: among the passages that the model puts on the axis, the share that "
    "the coding puts there too. Recall: among the passages that the coding puts on the axis, the "
    "share that the model finds. F1: harmonic mean of both; “unseen city”: whole cities were set "
    "apart. Average precision: precision over all possible thresholds. Brier score and "
    "calibration error: 0 is best. “Unread”: what one would get without reading the passages.",
    # --- contrasts
    "contrasts": "{left} and {right}",
    "contrasts_title": "Changes between waves",
    "contrasts_none": "No change is computed: two waves are needed, and at least one city present "
    "in both.",
    "contrasts_intro": "A change is the share of {right} minus that of {left}, in percentage "
    "points. It is called established when the probability p, adjusted for the number of changes "
    "examined, falls under {alpha}; otherwise it is “inconclusive”, which does not mean that "
    "nothing changed. The interval is that of one change taken alone: it may leave 0 out without "
    "the change being established.",
    "detectable_help": "The smallest detectable change is the one that this number of interviews "
    "could show: a smaller change may have happened without the survey showing it.",
    "panel": "Whole panel",
    "panel_intro": "Cities present in both waves. Each of them weighs as much as the others, "
    "whatever its number of interviews: these shares may differ from those of a whole wave.",
    "contrasts_by_city": "City by city",
    "contrast_theme": "Themes",
    "contrast_axis": "Axes",
    "verdict_increase": "increase",
    "verdict_decrease": "decrease",
    "verdict_inconclusive": "inconclusive",
    "verdict_not computed": "not computed",
    "summary_none": "None of the {total} changes is established: with a sample of this size, "
    "these data show neither change nor stability.",
    "summary_few": "{n} changes of {total} are established; the others show neither change nor "
    "stability.",
    "summary_one": "Only one change of {total} is established; the others show neither change nor "
    "stability.",
    "summary_all": "All {total} changes examined are established.",
    "summary_not_computed_one": "One change has no interval: one of the cities has too few "
    "interviews in one of the waves ({fewest} are needed).",
    "summary_not_computed_many": "{n} changes have no interval: one of the cities has too few "
    "interviews in one of the waves ({fewest} are needed).",
    "up": "Up: {list}.",
    "down": "Down: {list}.",
    "col_item_theme": "Theme",
    "col_item_axis": "Axis",
    "col_difference": "Change, in points",
    "col_interval": "{level} interval",
    "col_p": "adjusted p",
    "col_detectable": "Smallest detectable change",
    "col_n": "Interviews",
    "col_verdict": "Verdict",
    "chart_x": "Change from {left} to {right}, in points",
    "chart_label": "{title}: change between {left} and {right} with its interval; the same "
    "figures are in the table that follows.",
    "chart_hover": "{item}: {difference} points {interval}, {verdict}",
    "table_title": "Figures: {title}",
    "paired_one": "{n} person interviewed in both waves",
    "paired_many": "{n} persons interviewed in both waves",
    "details_closed": "{title}: {summary}",
    "city_summary_not_computed": "too few interviews for an interval",
    "city_summary_one": "{n} established change of {total}",
    "city_summary_many": "{n} established changes of {total}",
    # --- method
    "method": "Method and warnings",
    "method_intervals": "Intervals: {list}.",
    "method_contrasts": "Changes: {list}.",
    "method_coherence": "Coherence of a theme: mean NPMI of its words (Lau, Newman, Baldwin, "
    "2014); strong from {strong}, weak below {weak}. These thresholds are reading aids.",
    "method_distinctive": "Distinctive words of a theme: FREX order, which weighs frequency and "
    "exclusivity together (Bischof, Airoldi, 2012).",
    "method_fold": "Terms counted together: {list}. A new name of an institution is not a new "
    "theme.",
    "bare_cells": "Cells without interval, for want of interviews",
    "bare_cells_none": "Every cell has an interval.",
    "options": "Options of the study",
    "libraries": "Versions of libraries",
    "stages": "Digests of stages",
    "inputs": "Digests of files",
    "seed": "Random seed: {seed}.",
    "same_bytes": "The same inputs give the same page, byte for byte.",
    "files": "Tables to reuse",
    "files_intro": "All figures of this page, and the passages, as CSV (spreadsheet):",
    "table_interviews": "interviews",
    "table_passages": "passages and the question asked",
    "table_terms": "terms",
    "table_themes": "themes",
    "table_theme_terms": "words of themes",
    "table_theme_exemplars": "typical passages",
    "table_profiles": "shares and their intervals",
    "table_contrasts": "changes between waves",
    "table_passage_themes": "share of each theme in each passage",
    "table_passage_axes": "probability of each axis in each passage",
    "table_axis_scores": "quality of the classification per axis",
    "page_made": "Page made by textlien.",
}
