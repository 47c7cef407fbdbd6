"""The only writers of conversations. Each action is one transaction that also records its events."""
