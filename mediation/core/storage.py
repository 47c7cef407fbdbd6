"""Static files under names that hold their hash, so that browsers may keep them for good."""

from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

from mediation.core.joined import joined

_IMPORTS = CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1]


# Modules whose page loads many: what a page asks for instead, once files are collected.
JOINED = {"js/room/main.js": "js/room/joined.js"}


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Also rewrites `import … from "./x.js";` to hashed names, in our own modules only: packages bring files whose
    comments look like imports of what is not there.
    """

    support_js_module_import_aggregation = True
    _js_module_import_aggregation_patterns = ("js/*.js", _IMPORTS)

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str, bool]]:
        """Before the names are made: one script for each page that has many (see `mediation.core.joined`)."""
        for entry, name in JOINED.items():
            if dry_run or entry not in paths:
                continue
            self.delete(name)
            self._save(name, ContentFile(joined(entry, self._text).encode()))
            paths[name] = (self, name)
        yield from super().post_process(paths, dry_run, **options)

    def _text(self, name: str) -> str:
        with self.open(name) as file:
            return file.read().decode()
