"""`manage.py zendesk_standin`: a Zendesk of our own, until Ctrl-C."""

from django.core.management import BaseCommand


class Command(BaseCommand):
    help = "Starts a server that speaks Zendesk's protocol, with a page to answer as an agent."
