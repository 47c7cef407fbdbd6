"""The only writers of a case. `transition` is the one way to say a command; `effects` are what follows from it."""
