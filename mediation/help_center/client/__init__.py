"""What is asked outside this code: the encoder of sentences (local, or an operator's) and the detector of languages.

Nothing heavy is imported before the first text: processes that answer no questions do not pay for it.
"""
