"""Hashed static files: our modules import each other by their hashed names."""

import re
from pathlib import Path

from django.conf import LazySettings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from mediation.core.storage import HashedStaticFiles


def collect(folder: Path, settings: LazySettings, files: dict[str, str]) -> HashedStaticFiles:
    settings.STATIC_ROOT = str(folder)
    source = FileSystemStorage(folder)
    for name, text in files.items():
        source.save(name, ContentFile(text.encode()))
    storage = HashedStaticFiles(location=str(folder))
    problems = [
        what
        for _name, _to, what in storage.post_process({n: (source, n) for n in files})
        if isinstance(what, Exception)
    ]
    assert problems == []
    return storage


def test_imports_between_our_modules_are_rewritten(tmp_path: Path, settings: LazySettings) -> None:
    files = {"js/room/a.js": 'import { b } from "../lib/b.js";\nb();\n', "js/lib/b.js": "export const b = () => 1;\n"}
    storage = collect(tmp_path, settings, files)
    hashed = (tmp_path / storage.hashed_files["js/room/a.js"]).read_text()
    assert re.search(r'from "\.\./lib/b\.[0-9a-f]{12}\.js"', hashed)


def test_what_looks_like_an_import_in_a_packages_comment_does_no_harm(tmp_path: Path, settings: LazySettings) -> None:
    storage = collect(tmp_path, settings, {"package/x.js": '// import x from "./not-here";\n'})
    assert "package/x.js" in storage.hashed_files
