"""Sending: the one path where speed decides the design, and the only one written in plain SQL.

`send` is the action; `store` its transaction; `rows` the statements; `extras` what few messages have.
"""
