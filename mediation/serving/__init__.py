"""Everything on one machine: starts, watches and stops the embedded default, and looks at it from outside.

Owns `manage.py serve` and `manage.py doctor`. It knows processes and settings, not the product: what it starts are
this project's own commands. No events come in or go out.
"""
