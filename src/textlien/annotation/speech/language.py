"""French speech as a language of spaCy's."""

from __future__ import annotations

from spacy.language import Language
from spacy.util import registry


@registry.languages("fr-x-speech")
class FrenchSpeech(Language):  # type: ignore[no-untyped-call]
    """The language of the annotator, under a private tag of BCP 47.

    spaCy's own ``fr`` compiles a list of compound words when it is imported, which takes two to
    three seconds; our tokenizer does not use it.

    References
    ----------
    Phillips, A., & Davis, M. (2009). Tags for Identifying Languages. BCP 47, section 2.2.7.
    """

    lang = "fr-x-speech"
