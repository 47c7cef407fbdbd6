"""Conditions of triggers and automations: rows of field, operator and value, all of them or any. Pure.

`fields` is the vocabulary, `reading` turns what somebody typed into typed rows, `judging` says what holds and why.
"""
