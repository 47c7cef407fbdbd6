"""What Upwork promises to the parties, and keeps."""

from mediation.disputes.actions.step import Step, effect


@effect("promise")
def promise(step: Step) -> None:
    """In front of everyone: from now on a clock counts."""
    made = step.dispute.promises.create(
        made_by=step.person,
        text=step.payload["text"],
        reopenings=step.dispute.reopenings,
        made_at=step.now,
        due_at=step.payload["due_at"],
    )
    step.line |= {"text": made.text, "due_at": made.due_at.isoformat()}
    step.data |= {"promise": str(made.pk)}
    step.result |= {"promise_id": str(made.pk)}


@effect("keep_promise")
def keep_promise(step: Step) -> None:
    kept = step.dispute.promises.get(pk=step.payload["promise_id"])
    kept.kept_by, kept.kept_at = step.person, step.now
    kept.save(update_fields=["kept_by", "kept_at"])
    step.line |= {"text": kept.text}
    step.data |= {"promise": str(kept.pk)}
