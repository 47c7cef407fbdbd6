"""uvloop, where it is installed. Must be set before Twisted makes its reactor."""

import asyncio


def use_uvloop() -> None:
    """Make new event loops uvloop's; without it, asyncio's own do the same, slower."""
    try:
        import uvloop
    except ImportError:
        return
    asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
