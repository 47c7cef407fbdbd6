"""What the mirror decides, without Zendesk, the database or a clock."""
