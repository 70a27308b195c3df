"""Layout of pages that people write: blocks of text, rows of tables, page furniture, hyphens.

Shared by formats with paragraphs or pages (``.docx``, ``.odt``, ``.rtf``, ``.html``, ``.pdf``,
``.txt``). Works on plain values; must not import a format.
"""
