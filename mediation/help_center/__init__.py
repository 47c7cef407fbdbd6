"""The help centre: articles in every language of the site, who may read which, search, and questions that are asked.

Owns sections, articles, their versions, old addresses, and what was asked with what was shown. Numbers in articles are
read from the policies in force when somebody reads. Nothing below knows of it.
"""
