"""A relation across slices points down and hides its reverse; import-linter cannot see that."""

from django.apps import apps
from django.db.models import Field

OURS = ("accounts", "mediation.")


def test_no_relation_across_slices_has_a_visible_reverse() -> None:
    seen = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, Field)
        and field.is_relation
        and model.__module__.startswith(OURS)
        and field.related_model._meta.app_label != model._meta.app_label
        and field.related_model.__module__.startswith(OURS)
        and not field.remote_field.hidden
    ]
    assert seen == [], 'give these related_name="+"'
