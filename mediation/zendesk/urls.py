"""The address that Zendesk rings."""

from django.urls import path

from mediation.zendesk import views

app_name = "zendesk"

urlpatterns = [path("webhook/", views.webhook, name="webhook")]
