"""The study file: its options, how it is loaded, how its errors are worded.

Opens no transcript; must not import ``tables`` or anything above.
"""
