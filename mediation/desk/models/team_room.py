"""What a team is told and tells itself: who took which case, what its people write, who is meant by it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Team
from mediation.conversations.models import Message
from mediation.desk.rules.announcements import Announcement
from mediation.disputes.models import Dispute

User = settings.AUTH_USER_MODEL


class TeamLine(models.Model):
    """A line in the room of a team: words of `actor`, or a code that is rendered for its reader. `person` is who has
    the case now, where that is not `actor`. `referral` is the id of a referred case, of which the desk knows nothing
    else. An announcement has the event it was told by, so that it is told once;
    words have a `client_id`, so that they are said once.
    """

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="+", db_index=False)
    code = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Announcement])
    dispute = models.ForeignKey(Dispute, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    actor = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    referral = models.UUIDField(null=True)
    body = models.TextField(blank=True)
    event_id = models.BigIntegerField(null=True)
    client_id = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "event_id"], name="team_line_once"),
            models.UniqueConstraint(fields=["actor", "client_id"], name="team_words_once"),
            models.CheckConstraint(
                condition=Q(code=Announcement.SAID.value, event_id__isnull=True, client_id__isnull=False)
                | (
                    ~Q(code=Announcement.SAID.value)
                    & Q(event_id__isnull=False)
                    & (
                        Q(dispute__isnull=False, referral__isnull=True)
                        | Q(dispute__isnull=True, referral__isnull=False)
                    )
                ),
                name="team_line_is_words_or_news",
            ),
        ]
        indexes = [
            models.Index(fields=["team", "-at", "-id"], name="team_line_newest"),
            models.Index(fields=["at"], name="team_line_at"),
        ]


class Mention(models.Model):
    """Somebody of staff is meant by words of a colleague: in a team's room (`line`) or in the staff notes of a case,
    where `message` says which, so that it is told once.
    """

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    line = models.ForeignKey(TeamLine, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    dispute = models.ForeignKey(Dispute, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    message = models.ForeignKey(Message, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    text = models.CharField(max_length=300)
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "person"], name="mention_in_note_once")]
        indexes = [models.Index(fields=["person", "-at"], condition=Q(seen_at__isnull=True), name="mention_unseen")]
