"""Measures the product's speed beside the app that an ordinary developer would have written (`plain/`).

`load` is the command line; see README.md for the workloads and for how to read the figures.
"""
