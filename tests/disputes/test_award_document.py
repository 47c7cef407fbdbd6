"""What an arbitrator's award is entered with: a file that nobody else can name, and that stays."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from mediation.conversations.actions import files
from mediation.conversations.models import Attachment, Message
from mediation.core.errors import NotFound
from mediation.disputes.queries import exhibits
from mediation.disputes.queries.case import case_view
from mediation.disputes.rules.states import State
from tests.cast import Cast
from tests.disputes.stories import later
from tests.disputes.ways import case_in


def test_the_document_of_an_award_is_ones_own_or_sent_and_is_never_swept(cast: Cast) -> None:
    arbitrated = case_in(cast, State.IN_ARBITRATION)

    def uploaded(who: User) -> Attachment:
        file = SimpleUploadedFile("award.txt", b"So.")
        return files.upload(user=who, thread_id=cast.id_of("internal"), file=file)

    said = {"refund_minor": 0, "release_minor": arbitrated.row.amount_minor}
    with pytest.raises(NotFound):
        arbitrated.say(cast.senior, "enter_award", file_id=uploaded(cast.mediator).pk, **said)
    document = uploaded(cast.senior)
    arbitrated.say(cast.senior, "enter_award", file_id=document.pk, **said)
    with later(days=2):
        assert files.erase_abandoned_uploads() == 1  # what Ana never sent
    assert Attachment.objects.filter(pk=document.pk).exists()


def test_the_award_is_read_by_both_once_two_seniors_have_seen_it(cast: Cast) -> None:
    arbitrated = case_in(cast, State.IN_ARBITRATION)
    file = SimpleUploadedFile("award.txt", b"So it is decided.")
    document = files.upload(user=cast.senior, thread_id=cast.id_of("internal"), file=file)
    sums = {"refund_minor": 50_000, "release_minor": arbitrated.row.amount_minor - 50_000}
    arbitrated.say(cast.senior, "enter_award", file_id=document.pk, **sums)

    def read(who: User, number: int = 1) -> Attachment:
        return exhibits.award_of(user=who, dispute_id=arbitrated.id, round_number=number)

    assert read(cast.supervisor) == document
    for early in (cast.client, cast.freelancer, cast.mediator, cast.agent):
        with pytest.raises(NotFound):
            read(early)
    arbitrated.say(cast.supervisor, "record_award", reason="As decided.")
    for party in (cast.client, cast.freelancer):
        assert read(party) == document
        [told] = case_view(arbitrated.row, party)["awards"]
        assert (told["round"], told["document"]) == (1, "award.txt")
        with pytest.raises(NotFound):
            read(party, 2)
    with pytest.raises(NotFound):
        read(cast.outsider)
    line = Message.objects.get(thread=cast.joint, code="dispute.record_award")
    assert {name: line.params[name] for name in (*sums, "currency")} == {**sums, "currency": "USD"}
