"""The spaCy pipeline for French speech: tokenizer, tagger's embedding, lemmatizer, folder.

Registered with spaCy by entry points. Must not import ``annotation.training``.
"""
