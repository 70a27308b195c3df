"""The annotator made for French speech: its tokenizer, tagger and lemmatizer, and its training."""
