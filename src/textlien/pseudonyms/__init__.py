"""Pseudonyms: names suggested, reviewed by a person, replaced everywhere, and looked for again."""
