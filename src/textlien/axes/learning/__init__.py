"""Features and labels → calibrated scores: ridge regression, choice of a recipe, folds.

Must not import anything of a model's folder.
"""
