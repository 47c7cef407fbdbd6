"""The yard-stick: a durable chat on stock Django, Channels and `channels_redis`, written the usual way."""
