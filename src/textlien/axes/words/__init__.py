"""Words that speak for an axis and against it: in the corpus, and in each passage.

``contributions`` takes scores apart, ``content`` tells words of content from tool words, ``corpus``
and ``passages`` make tables of both. Must not import ``learning`` but for the classifier's type.
"""
