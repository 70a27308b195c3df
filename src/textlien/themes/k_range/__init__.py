"""Choice of k: themes for each number of a range, on draws of the interviews, and one advice.

``measure`` fits, ``compare`` makes the table of it, ``advise`` applies one rule and tells what is
lost on either side. Must not import the pipeline: who calls maps
the fits over processes.
"""
