"""One module per stage: what its result depends on and what computes it.

A stage takes its algorithm from a room below; it must not import another stage's module.
"""
