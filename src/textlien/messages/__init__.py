"""All texts for users, in French and in English: one catalogue, one way to render it.

Code knows an identifier and parameters (:class:`~textlien.messages.message.Message`); the words
are in ``fr/*.toml`` and ``en/*.toml``, one file per room of the code.
Must import nothing of textlien.
"""
