"""The sheet of names that a person reviews, its faults, and the key.

Rows come from the uses of ``linking``; their reasons get words here. Must not import ``replacing``
or ``audit``, nor the rules of ``finding``.
"""
