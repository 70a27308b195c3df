"""Who speaks: labels found and learnt in a file, roles decided, files without labels.

Works on lines of text and utterances; must not import a format.
"""
