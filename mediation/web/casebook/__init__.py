"""The case file as people read it: one composition (`book`), drawn as a page by a template and as a PDF by `pdf`."""
