"""Real names that are left in what was written.

Reads files as a stranger would; must not import ``finding.rules``.
"""
