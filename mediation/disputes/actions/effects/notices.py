"""Notices on two channels to the party whose silence would count."""

from mediation.disputes.actions.step import Step, effect
from mediation.disputes.models import Notice


@effect("give_notice")
def give_notice(step: Step) -> None:
    """One on each channel; the worker hands them over. Written with the command, so none can be forgotten."""
    for channel in Notice.Channel:
        Notice.objects.get_or_create(
            dispute=step.dispute,
            to=step.dispute.respondent,
            channel=channel.value,
            code=step.row.command,
            defaults={"params": {"number": step.dispute.number}, "written_at": step.now},
        )
