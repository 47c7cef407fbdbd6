"""What the help centre decides, without the database or a clock: numbers in texts, files of articles, answers."""
