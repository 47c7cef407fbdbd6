"""The running stand-in, for every test of this folder."""

from tests.zendesk_standin.running import standin as standin  # noqa: PLC0414
from tests.zendesk_standin.running import zendesk as zendesk  # noqa: PLC0414
