"""A filled database is one that the product could have written itself."""

import pytest
from django.db.models import Count, Max, Min

from accounts.models import User
from benchmarks.fill import fill
from mediation.conversations.models import Message, Thread
from mediation.conversations.queries.history import page_before
from mediation.conversations.queries.search import search
from mediation.events.models import Event


@pytest.mark.django_db(transaction=True)
def test_filled_threads_are_gapless_found_and_known_as_handled() -> None:
    fill(rooms=6, messages=300)
    for model, thread in ((Message, "thread"), (Event, "topic_id")):
        for row in model.objects.values(thread).annotate(first=Min("seq"), last=Max("seq"), count=Count("seq")):
            assert (row["first"], row["last"]) == (1, row["count"])
            assert Thread.objects.get(pk=row[thread]).head_seq == row["last"]
    assert Message.objects.filter(kind="text").count() == 300
    assert not Event.objects.filter(type="message.sent", handled_at__isnull=True).exists()
    client = User.objects.get(email="busy0@bench.example")
    message = Message.objects.filter(thread__room__contract__client=client, kind="text").order_by("-created_at").first()
    assert message is not None
    found = search(user=client, words=max(message.body.split(), key=len))
    assert any(hit["seq"] == message.seq for hit in found["hits"])
    assert page_before(user=client, thread_id=message.thread_id).messages[-1]["text"]
