"""The ways in: Zendesk's API, the control for tests, and the page for a person."""
