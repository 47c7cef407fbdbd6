"""Static files under names that hold their hash, so that browsers may keep them for good."""

from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

from mediation.core.joined import joined, joined_styles
from mediation.core.squeezed import squeezed, squeezed_script

_IMPORTS = CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1]


# Modules whose page loads many: what a page asks for instead, once files are collected.
JOINED = {
    "js/room/main.js": "js/room/joined.js",
    "js/room/staff.js": "js/room/staff-joined.js",
    "js/desk/palette.js": "js/desk/palette-joined.js",
}


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Also rewrites `import … from "./x.js";` to hashed names, in our own modules only: packages bring files whose
    comments look like imports of what is not there.
    """

    support_js_module_import_aggregation = True
    _js_module_import_aggregation_patterns = ("js/*.js", _IMPORTS)

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str, bool]]:
        """Before the names are made: one script for each page that has many and each style sheet with its parts in it
        (see `mediation.core.joined`), without what only we read.
        """
        if not dry_run:
            for entry, name in JOINED.items():
                if entry in paths:
                    self._put(name, squeezed_script(joined(entry, self._text)), paths)
            for name in [name for name in paths if name.startswith("css/")]:
                self._put(name, squeezed(joined_styles(name, self._text)), paths)
        yield from super().post_process(paths, dry_run, **options)

    def _put(self, name: str, text: str, paths: dict[str, Any]) -> None:
        self.delete(name)
        self._save(name, ContentFile(text.encode()))
        paths[name] = (self, name)

    def _text(self, name: str) -> str:
        with self.open(name) as file:
            return file.read().decode()
