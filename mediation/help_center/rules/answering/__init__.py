"""Which article answers a question, and how sure that is: pure functions over numbers, in any language.

The sentence encoder is handed in (`encode(texts, kind)` → rows of unit length); articles, confirmed questions and who
may read what come as plain values. `engine.Engine` is the door: it is built from what is stored, learns from every
confirmation, and answers, proposes or keeps silent.
"""
