"""channels_redis on redis-py 8: the trap in its defaults, and that our settings stay out of it."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from channels.layers import channel_layers
from channels_redis.core import RedisChannelLayer
from channels_redis.pubsub import RedisPubSubChannelLayer
from django.conf import settings
from redis._defaults import DEFAULT_SOCKET_TIMEOUT

from mediation.serving import valkey
from mediation.serving.child import Child

IDLE_SECONDS = 0.3


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Child]:
    """A Valkey of our own, to be killed and started again."""
    child = Child("valkey", valkey.command(tmp_path / "v.sock"), stops_in=1)
    child.start()
    valkey.wait_until_it_answers(tmp_path / "v.sock")
    yield child
    child.ask_to_stop()
    child.wait_stopped()


def our_layer(address: str) -> RedisPubSubChannelLayer:
    """The layer of our settings, on another server."""
    config = settings.CHANNEL_LAYERS["default"]["CONFIG"]
    return RedisPubSubChannelLayer(hosts=[config["hosts"][0] | {"address": address}], prefix=config["prefix"])


def test_the_default_time_out_of_redis_py_is_the_wait_of_the_core_layer() -> None:
    # Equal: the socket gives up in the moment in which an idle channel's wait ends. This is why it must be set.
    assert RedisChannelLayer.brpop_timeout >= DEFAULT_SOCKET_TIMEOUT


def test_an_idle_consumer_on_the_core_layer_crashes_when_both_waits_are_equal(server: Child, tmp_path: Path) -> None:
    async def wait_for_nothing() -> None:
        layer = RedisChannelLayer(hosts=[{"address": f"unix://{tmp_path / 'v.sock'}", "socket_timeout": IDLE_SECONDS}])
        layer.brpop_timeout = IDLE_SECONDS
        try:
            await layer.receive(await layer.new_channel())
        finally:
            await layer.close_pools()

    with pytest.raises(redis.TimeoutError):
        asyncio.run(wait_for_nothing())


def test_an_idle_consumer_on_our_layer_outlives_the_socket_time_out(server: Child, tmp_path: Path) -> None:
    async def idle_then_receive() -> object:
        hosts = [{"address": f"unix://{tmp_path / 'v.sock'}", "socket_timeout": IDLE_SECONDS}]
        layer = RedisPubSubChannelLayer(hosts=hosts)
        channel = await layer.new_channel()
        await layer.group_add("room", channel)
        await asyncio.sleep(3 * IDLE_SECONDS)
        await layer.group_send("room", {"type": "hint"})
        try:
            return await asyncio.wait_for(layer.receive(channel), 10)
        finally:
            await layer.flush()

    assert asyncio.run(idle_then_receive()) == {"type": "hint"}


def test_the_configured_time_outs_reach_the_connections() -> None:
    async def connections() -> list[object]:
        layer = channel_layers.make_backend("default")
        channel = await layer.new_channel()
        await layer.send(channel, {"type": "hint"})
        (shard,) = layer._get_layer()._shards
        try:
            return [shard._pubsub.connection, await shard._redis.connection_pool.get_connection()]
        finally:
            await layer.flush()

    for connection in asyncio.run(connections()):
        assert (connection.socket_timeout, connection.socket_connect_timeout) == (2, 2)
        assert connection.retry.get_retries() == 1


def test_our_layer_comes_back_with_its_groups_after_the_server_was_killed(server: Child, tmp_path: Path) -> None:
    async def survive() -> object:
        layer = our_layer(f"unix://{tmp_path / 'v.sock'}")
        channel = await layer.new_channel()
        await layer.group_add("room", channel)
        server.process.kill()
        server.process.wait()
        server.start()
        reading = asyncio.ensure_future(layer.receive(channel))
        try:
            async with asyncio.timeout(30):
                while not reading.done():
                    await say(layer)
                    await asyncio.wait([reading], timeout=0.1)
                return reading.result()
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)
            await layer.flush()

    async def say(layer: RedisPubSubChannelLayer) -> None:
        try:
            await layer.group_send("room", {"type": "hint"})
        except redis.RedisError:
            await asyncio.sleep(0.05)

    assert asyncio.run(survive()) == {"type": "hint"}
