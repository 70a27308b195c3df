"""French strings. Written with ordinary spaces: ``Voice`` sets the no-break ones."""

WORDS = {
    # --- page
    "skip": "Aller au contenu",
    "contents": "Sommaire",
    "report_of": "Profils thématiques par ville et par vague",
    "fiction_all": "Corpus fictif : les {n} entretiens de ce rapport sont inventés. "
    "Aucun chiffre ne décrit une ville réelle.",
    "fiction_some": "Corpus en partie fictif : {n} des {total} entretiens sont inventés. "
    "Les chiffres mêlent entretiens réels et inventés.",
    "no_script": "Les graphiques demandent JavaScript ; les tableaux qui les accompagnent "
    "donnent les mêmes chiffres.",
    "interviews_one": "{n} entretien",
    "interviews_many": "{n} entretiens",
    "passages_one": "{n} passage",
    "passages_many": "{n} passages",
    "key_interviews": "Entretiens",
    "key_cities": "Villes",
    "key_waves": "Vagues",
    "key_passages": "Passages",
    "key_words": "Mots des personnes interrogées",
    "key_words_interviewer": "Mots des enquêteurs, non comptés",
    "all": "Ensemble",
    "unknown_city": "Ville non renseignée",
    "unknown_actor": "Acteur non renseigné",
    "unknown_wave": "Vague non renseignée",
    "total": "Total",
    "wave": "Vague {wave}",
    "city": "Ville",
    "actor": "Acteur",
    "none": "—",
    # --- summary
    "brief": "En bref",
    "brief_themes": "Thèmes les plus présents, {wave} : {list}.",
    "brief_axes": "Axes les plus présents, {wave} : {list}.",
    "brief_changes": "{place}, écarts entre {left} et {right} : {n} sur {total} sont établis.",
    "brief_not_computed": "{place}, écarts entre {left} et {right} : trop peu d'entretiens pour en "
    "établir aucun.",
    "brief_no_change": "{place}, écarts entre {left} et {right} : aucun des {total} n'est établi.",
    # --- how to read
    "how": "Comment lire ces chiffres",
    "how_share": "Ce qu'est une part",
    "weight_words": "Les parts sont des parts de la parole des personnes interrogées : chaque "
    "passage compte pour son nombre de mots. Qui parle plus longtemps pèse davantage.",
    "weight_passages": "Les parts sont des parts des passages : chaque passage compte pour un, "
    "quelle que soit sa longueur. Qui parle plus longtemps pèse davantage.",
    "weight_interviews": "Les parts sont des moyennes par entretien : chaque entretien compte "
    "pour un, qu'il soit long ou bref.",
    "how_questions": "Les paroles des enquêteurs ne sont jamais comptées ; la question posée est "
    "gardée auprès de chaque passage pour qu'on puisse le lire.",
    "how_sum": "Un passage se partage entre les thèmes : leurs parts font 100 % dans chaque "
    "ville. Un passage peut relever de plusieurs axes ou d'aucun : leurs parts ne font pas 100 %.",
    "how_interval": "Ce que dit un intervalle",
    "how_interval_text": "« {example} » se lit : la part observée est de {estimate} ; compte "
    "tenu du nombre d'entretiens, les parts de {low} à {high} sont compatibles avec ce qui a été "
    "entendu. L'intervalle, à {level}, est obtenu en retirant au sort les entretiens et non les "
    "passages, car les passages d'une même personne se ressemblent.",
    "how_limits": "Ce qu'il ne dit pas",
    "how_limits_text": "Il ne couvre ni la manière dont les personnes ont été choisies, ni ce "
    "que d'autres questions auraient fait dire, ni les erreurs des modèles qui trouvent les "
    "thèmes et les axes. Il porte sur ce qui a été dit, non sur ce qui est fait dans la ville.",
    # --- corpus
    "corpus": "Corpus",
    "corpus_by_city": "Entretiens par ville et par vague",
    "corpus_by_actor": "Entretiens par acteur et par vague",
    "corpus_empty": "Aucun entretien n'a été retenu.",
    "left_out": "Ce qui a été laissé de côté",
    "left_out_none": "Tous les fichiers ont été lus et retenus.",
    "warnings": "Avertissements de lecture",
    "notes": "Décisions prises à la lecture",
    "problem_hint": "À faire :",
    "problems_language": "Messages en anglais, comme sur la ligne de commande.",
    # --- themes
    "themes": "Thèmes",
    "themes_none": "Aucun thème n'a été calculé.",
    "themes_intro": "Un thème est un groupe de mots qui reviennent ensemble dans les mêmes "
    "passages. Son nom est fait de ses mots les plus propres : c'est un repère, non une "
    "interprétation ; les passages cités servent à le vérifier.",
    "theme": "Thème {n}",
    "coherence_strong": "Cohérence forte",
    "coherence_medium": "Cohérence moyenne",
    "coherence_weak": "Cohérence faible : à lire avec prudence",
    "coherence_none": "Cohérence non calculée",
    "coherence_title": "NPMI : {npmi}",
    "theme_words": "Mots qui pèsent le plus",
    "theme_distinctive": "Mots les plus propres au thème",
    "theme_exemplars": "Passages les plus typiques",
    "theme_no_exemplars": "Aucun passage n'est assez typique pour être cité.",
    "asked": "Question :",
    "more_passages_one": "Un autre passage",
    "more_passages_many": "{n} autres passages",
    "passage_share": "thème présent à {share} dans le passage",
    # --- heat maps
    "city_theme": "Ville × thème",
    "city_theme_intro": "Part de chaque thème dans chaque ville, en %.",
    "city_axis": "Ville × axe",
    "city_axis_intro": "Part de chaque axe dans chaque ville, en %.",
    "actor_items": "Par acteur",
    "actor_intro": "Part de chaque thème et de chaque axe selon l'acteur interrogé, toutes villes "
    "réunies, en %.",
    "actor_none": "Aucun profil par acteur : l'acteur n'est renseigné dans aucun entretien, ou "
    "l'option [profiles] by_actor est désactivée.",
    "no_city": "Aucune ville n'est renseignée : seul l'ensemble de chaque vague est donné.",
    "heat_theme": "Thèmes, vague {wave}",
    "heat_axis": "Axes, vague {wave}",
    "heat_theme_actor": "Thèmes par acteur, vague {wave}",
    "heat_axis_actor": "Axes par acteur, vague {wave}",
    "heat_corner": "Part, en %",
    "heat_n": "n = {n}",
    "heat_n_title": "n : nombre d'entretiens",
    "show_intervals": "Afficher les intervalles",
    "cell_title": "{row}, {column} : {share} {interval} ; {interviews}, {passages}",
    "cell_title_bare": "{row}, {column} : {share}, sans intervalle ({reason}) ; "
    "{interviews}, {passages}",
    "no_interval": "pas d'intervalle",
    "bare_few": "trop peu d'entretiens",
    "bare_flat": "les entretiens ne diffèrent pas",
    "bare_note": "° : pas d'intervalle, parce qu'il y a moins de {n} entretiens ou qu'ils ne "
    "diffèrent pas ; la part est celle de ces seuls entretiens.",
    "absent_note": "— : aucun entretien.",
    "legend": "Échelle des couleurs, de {low} à {high}",
    "measure_none": "Aucun profil n'a été calculé.",
    # --- axes
    "axes_none": "Aucun axe : l'étude n'a ni codages ni modèle d'axes. Pour en avoir, codez des "
    "passages à la main et déclarez-les dans [axes] codings.",
    "axes_warning": "Ces parts viennent d'un modèle qui reproduit un codage de référence : une "
    "part est la moyenne des probabilités qu'il donne aux passages. Il se trompe, et ses "
    "erreurs peuvent différer d'une ville ou d'une vague à l'autre : les intervalles "
    "ne les comptent pas. Lisez-les avec le tableau de qualité ci-dessous.",
    "axes_definitions": "Ce que recouvre chaque axe",
    "axes_quality": "Qualité du classement",
    "axes_quality_intro": "Mesurée sur des entretiens que le modèle n'avait pas vus, par "
    "comparaison avec le codage de référence.",
    "axes_quality_none": "La qualité du classement n'a pas été mesurée dans cette étude.",
    "axis": "Axe",
    "metric_precision": "Précision",
    "metric_recall": "Rappel",
    "metric_f1": "F1",
    "metric_f1_new_city": "F1, ville non vue",
    "metric_average_precision": "Précision moyenne",
    "metric_brier": "Score de Brier",
    "metric_calibration_error": "Erreur de calibration",
    "metric_prevalence": "Part codée",
    "metric_n": "Passages codés",
    "metric_n_positive": "Dont relevant de l'axe",
    "metric_n_interviews": "Entretiens codés",
    "metric_n_split": "Codeurs partagés",
    "metric_baseline": "sans lire : {value}",
    "metric_help": "Précision : parmi les passages que le modèle attribue à l'axe, la part de ceux "
    "que le codage lui attribue aussi. Rappel : parmi les passages que le codage attribue à "
    "l'axe, la part de ceux que le modèle retrouve. F1 : moyenne harmonique des deux ; « ville non "
    "vue » : des villes entières étaient mises de côté. Précision moyenne : précision sur tous les "
    "seuils possibles. Score de Brier et erreur de calibration : 0 est le mieux. « Sans lire » : "
    "ce qu'on obtiendrait sans lire les passages.",
    # --- contrasts
    "contrasts": "{left} et {right}",
    "contrasts_title": "Écarts entre les vagues",
    "contrasts_none": "Aucun écart n'est calculé : il faut deux vagues, et au moins une ville "
    "présente dans les deux.",
    "contrasts_intro": "Un écart est la part de {right} moins celle de {left}, en points de "
    "pourcentage. Il est dit établi quand la probabilité p, ajustée pour le nombre d'écarts "
    "examinés, passe sous le seuil de {alpha} ; sinon il est « non concluant », ce qui ne veut "
    "pas dire qu'il n'y a pas eu de changement. L'intervalle d'un écart est celui de cet écart "
    "pris seul : il peut laisser 0 de côté sans que l'écart soit établi.",
    "detectable_help": "Le plus petit écart détectable est celui que ce nombre d'entretiens "
    "permettait de voir : un changement plus petit a pu avoir lieu sans que l'enquête le montre.",
    "panel": "Ensemble du panel",
    "panel_intro": "Villes présentes dans les deux vagues. Chaque ville y pèse autant que les "
    "autres, quel que soit son nombre d'entretiens : ces parts peuvent donc différer de celles de "
    "l'ensemble d'une vague.",
    "contrasts_by_city": "Ville par ville",
    "contrast_theme": "Thèmes",
    "contrast_axis": "Axes",
    "verdict_increase": "hausse",
    "verdict_decrease": "baisse",
    "verdict_inconclusive": "non concluant",
    "verdict_not computed": "non calculé",
    "summary_none": "Aucun des {total} écarts n'est établi : à cette taille d'échantillon, ces "
    "données ne permettent d'affirmer ni changement ni stabilité.",
    "summary_few": "{n} écarts sur {total} sont établis ; les autres ne permettent d'affirmer ni "
    "changement ni stabilité.",
    "summary_one": "Un seul écart sur {total} est établi ; les autres ne permettent d'affirmer ni "
    "changement ni stabilité.",
    "summary_all": "Les {total} écarts examinés sont tous établis.",
    "summary_not_computed_one": "Un écart n'a pas d'intervalle : une des villes a trop peu "
    "d'entretiens dans une des vagues (il en faut {fewest}).",
    "summary_not_computed_many": "{n} écarts n'ont pas d'intervalle : une des villes a trop peu "
    "d'entretiens dans une des vagues (il en faut {fewest}).",
    "up": "En hausse : {list}.",
    "down": "En baisse : {list}.",
    "col_item_theme": "Thème",
    "col_item_axis": "Axe",
    "col_difference": "Écart, en points",
    "col_interval": "Intervalle à {level}",
    "col_p": "p ajusté",
    "col_detectable": "Plus petit écart détectable",
    "col_n": "Entretiens",
    "col_verdict": "Verdict",
    "chart_x": "Écart de {left} à {right}, en points",
    "chart_label": "{title} : écart entre {left} et {right} avec son intervalle ; les mêmes "
    "chiffres sont dans le tableau qui suit.",
    "chart_hover": "{item} : {difference} points {interval}, {verdict}",
    "table_title": "Chiffres : {title}",
    "paired_one": "{n} personne interrogée aux deux vagues",
    "paired_many": "{n} personnes interrogées aux deux vagues",
    "details_closed": "{title} : {summary}",
    "city_summary_not_computed": "trop peu d'entretiens pour un intervalle",
    "city_summary_one": "{n} écart établi sur {total}",
    "city_summary_many": "{n} écarts établis sur {total}",
    # --- method
    "method": "Méthode et avertissements",
    "method_intervals": "Intervalles : {list}.",
    "method_contrasts": "Écarts : {list}.",
    "method_coherence": "Cohérence d'un thème : NPMI moyen de ses mots (Lau, Newman, Baldwin, "
    "2014) ; forte à partir de {strong}, faible au-dessous de {weak}. Ces seuils sont des "
    "repères de lecture.",
    "method_distinctive": "Mots propres à un thème : ordre FREX, qui pèse à la fois la fréquence "
    "et l'exclusivité (Bischof, Airoldi, 2012).",
    "method_fold": "Termes réunis avant le compte : {list}. Un changement de nom d'institution "
    "n'est pas un changement de thème.",
    "bare_cells": "Cellules sans intervalle, faute d'entretiens",
    "bare_cells_none": "Toutes les cellules ont un intervalle.",
    "options": "Options de l'étude",
    "libraries": "Versions des bibliothèques",
    "stages": "Empreintes des étapes",
    "inputs": "Empreintes des fichiers",
    "seed": "Graine du hasard : {seed}.",
    "same_bytes": "Les mêmes entrées donnent la même page, octet pour octet.",
    "files": "Tableaux à reprendre",
    "files_intro": "Tous les chiffres de cette page, et les passages, en CSV (tableur) :",
    "table_interviews": "les entretiens",
    "table_passages": "les passages et la question posée",
    "table_terms": "les termes",
    "table_themes": "les thèmes",
    "table_theme_terms": "les mots des thèmes",
    "table_theme_exemplars": "les passages typiques",
    "table_profiles": "les parts et leurs intervalles",
    "table_contrasts": "les écarts entre vagues",
    "table_passage_themes": "la part de chaque thème dans chaque passage",
    "table_passage_axes": "la probabilité de chaque axe dans chaque passage",
    "table_axis_scores": "la qualité du classement par axe",
    "page_made": "Page produite par textlien.",
}

METHODS = {
    "mean over passages; logit t interval, bootstrap over interviews": "moyenne sur les passages ; "
    "intervalle t sur l'échelle logit, entretiens retirés au sort (bootstrap)",
    "difference of shares; t interval, bootstrap over interviews, persons where paired": "dans "
    "une ville, différence des parts ; intervalle t, entretiens retirés au sort (bootstrap), "
    "ensemble quand une même personne a été interrogée deux fois",
    "mean over cities of the difference of shares; t interval, bootstrap over interviews, persons "
    "where paired": "pour le panel, moyenne des villes",
}
"""Column ``method`` of the tables, in French."""
