"""People and teams for administrators. Whatever ends a right goes through `actions`, so open sockets hear of it."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, BaseUserCreationForm
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import QuerySet
from django.forms import CharField, ModelForm, TextInput
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts import actions
from accounts.models import Identifier, Revocation, Team, User
from accounts.rules import CountryMissing, IdentifierKind, NoPhoneNumber, NoSuchCountry, plain_identifier

# The admin's own sign-in page does not count wrong passwords; ours does.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.unregister(Group)
admin.site.site_header = admin.site.site_title = "Parley"


class NewPersonForm(BaseUserCreationForm):
    """How staff come to be: an administrator makes them."""

    class Meta:
        model = User
        fields = ("email", "name", "role")

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class NewPasswordForm(AdminPasswordChangeForm):
    """A password set by an administrator ends every session of that person."""

    @transaction.atomic
    def set_password_and_save(self, user: User, *args: Any, **kwargs: Any) -> User:
        saved: User = super().set_password_and_save(user, *args, **kwargs)  # type: ignore[misc]
        actions.revoke(user=saved, reason="password_changed")
        return saved


@admin.register(User)
class PersonAdmin(UserAdmin):
    """People: found by name, address or company; closed rather than deleted."""

    add_form = NewPersonForm
    change_password_form = NewPasswordForm
    list_display = ("name", "email", "role", "company", "language", "is_active")
    list_filter = ("role", "is_active", "is_staff", "language", "teams")
    search_fields = ("name", "email", "company")
    ordering = ("name",)
    filter_horizontal = ("teams",)
    readonly_fields = ("last_login", "created_at")
    actions = ("deactivate", "reactivate")
    fieldsets = (
        (None, {"fields": ("email", "password")}),
        (_("Person"), {"fields": ("name", "company", "language", "time_zone")}),
        (_("Rights"), {"fields": ("role", "teams", "is_active", "is_staff", "is_superuser")}),
        (_("Dates"), {"fields": ("last_login", "created_at")}),
    )
    add_fieldsets = ((None, {"classes": ("wide",), "fields": ("email", "name", "role", "password1", "password2")}),)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """Only a superuser hands out rights, or nobody below could be kept from making themselves one."""
        fixed = tuple(super().get_readonly_fields(request, obj))
        return fixed if request.user.is_superuser else (*fixed, "role", "is_active", "is_staff", "is_superuser")

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: User, form: ModelForm, change: bool) -> None:
        """Save the plain fields, then let the actions do what ends rights."""
        if not change:
            super().save_model(request, obj, form, change)
            return
        role, is_active = obj.role, obj.is_active
        stored = User.objects.get(pk=obj.pk)
        obj.role, obj.is_active = stored.role, stored.is_active
        super().save_model(request, obj, form, change)
        if role != stored.role:
            actions.change_role(user=obj, role=role)
        if is_active != stored.is_active:
            (actions.reactivate if is_active else actions.deactivate)(user=obj)

    @admin.action(description=_("Close the account and end all sessions"), permissions=["change"])
    def deactivate(self, request: HttpRequest, people: QuerySet[User]) -> None:
        open_accounts = people.filter(is_active=True).exclude(email=request.user.get_username())
        for user in open_accounts:
            actions.deactivate(user=user)
        count = len(open_accounts)
        self.message_user(request, ngettext("%d account closed.", "%d accounts closed.", count) % count)

    @admin.action(description=_("Open the account again"), permissions=["change"])
    def reactivate(self, request: HttpRequest, people: QuerySet[User]) -> None:
        closed_accounts = list(people.filter(is_active=False))
        for user in closed_accounts:
            actions.reactivate(user=user)
        count = len(closed_accounts)
        self.message_user(request, ngettext("%d account opened.", "%d accounts opened.", count) % count)


class IdentifierForm(ModelForm):
    """The thing itself is typed once, and only its fingerprint is kept."""

    text = CharField(
        label=_("What it is"),
        max_length=200,
        help_text=_("Only a fingerprint is kept, to find that two people share it. It cannot be read back."),
        widget=TextInput(attrs={"autocomplete": "off"}),
    )
    country = CharField(
        label=_("Country of the phone number"),
        max_length=2,
        required=False,
        help_text=_("Two letters, such as US, MX or NL. Only where the number is written without its country code."),
        widget=TextInput(attrs={"autocomplete": "off"}),
    )

    class Meta:
        model = Identifier
        fields = ("user", "kind")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        kind, text = said.get("kind"), said.get("text")
        if not kind or not text:
            return said
        try:
            if not plain_identifier(IdentifierKind(kind), text, said.get("country") or ""):
                self.add_error("text", _("There is nothing in it that could be compared. Write it as it is used."))
        except NoSuchCountry:
            self.add_error("country", _("No country has these letters. Write two, such as US, MX or NL."))
        except CountryMissing:
            self.add_error(
                "text",
                _(
                    "Which country's number is this? Write it with its country code, as +31 6 12345678, or name the "
                    "country below."
                ),
            )
        except NoPhoneNumber:
            self.add_error(
                "text", _("There is no phone number like this. Look for a missing or wrong digit, and for its country.")
            )
        return said


@admin.register(Identifier)
class IdentifierAdmin(admin.ModelAdmin):
    """What ties people together, for the conflict check. Added and taken away, never shown."""

    form = IdentifierForm
    list_display = ("user", "kind", "added_at", "is_comparable")
    list_filter = ("kind", "is_comparable")
    search_fields = ("user__name", "user__email")
    autocomplete_fields = ("user",)
    list_select_related = ("user",)
    ordering = ("-added_at",)

    def has_change_permission(self, request: HttpRequest, obj: Identifier | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Identifier, form: ModelForm, change: bool) -> None:
        kind, said = IdentifierKind(obj.kind), form.cleaned_data
        obj.pk = actions.add_identifier(user=obj.user, kind=kind, text=said["text"], country=said["country"]).pk


@admin.register(Team)
class TeamAdmin(admin.ModelAdmin):
    list_display = ("name", "lead")
    search_fields = ("name",)
    autocomplete_fields = ("lead",)


@admin.register(Revocation)
class RevocationAdmin(admin.ModelAdmin):
    """What ended, when and why. Session keys are secrets and are not shown."""

    list_display = ("at", "user", "reason", "is_one_session")
    list_filter = ("reason",)
    search_fields = ("user__name", "user__email")
    date_hierarchy = "at"
    list_select_related = ("user",)
    fields = ("at", "user", "reason", "is_one_session")

    @admin.display(description=_("one session only"), boolean=True)
    def is_one_session(self, row: Revocation) -> bool:
        return bool(row.session_key)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Revocation | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Revocation | None = None) -> bool:
        return False
