"""How the API reads and writes, and what its documentation says."""

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["mediation.core.api.wire.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["mediation.core.api.wire.JsonRenderer"],
    "DEFAULT_PARSER_CLASSES": ["mediation.core.api.wire.JsonParser"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "mediation.core.api.wire.OneFormat",
    "DEFAULT_SCHEMA_CLASS": "mediation.core.api.schema.Schema",
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "mediation.core.api.errors.answer_error",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Parley",
    "DESCRIPTION": "Everything a person can do in the live room, for programs. Sign in through the page first; "
    "changing requests carry the CSRF token in `X-CSRFToken`.",
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": [],  # enums stay where they are used
    "PATH_CONVERTER_OVERRIDES": {"seq": int},
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}
