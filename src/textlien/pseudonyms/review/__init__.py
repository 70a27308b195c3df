"""The sheet of names that a person reviews, its faults, and the key.

Must not import ``finding``.
"""
