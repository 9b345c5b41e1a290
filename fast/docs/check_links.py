#!/usr/bin/env python3
"""Checks that every link within a site leads to an existing file and anchor.

    python3 check_links.py SITE
"""

from __future__ import annotations

import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Dict, List, Set
from urllib.parse import unquote, urlsplit


class Page(HTMLParser):
    """The links of a page, and the anchors that it contains."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: List[str] = []
        self.places: Set[str] = set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attributes: List[tuple]) -> None:
        for name, value in attributes:
            if name in ("href", "src") and value and tag != "base":
                self.links.append(value)
            elif name in ("id", "name") and value:
                self.places.add(value)


def main(site: Path) -> int:
    pages: Dict[Path, Page] = {path.resolve(): Page(path) for path in site.rglob("*.html")}
    bad = 0
    count = 0
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc or link == "#":
                continue
            count += 1
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if target.is_dir():
                target /= "index.html"
            there = target.exists() and (
                not parts.fragment or target not in pages or unquote(parts.fragment) in pages[target].places
            )
            if not there:
                bad += 1
                print(f"{path.relative_to(site.resolve())}: {link} leads nowhere")
    print(f"{len(pages)} pages, {count} links within them, {bad} lead nowhere")
    return 1 if bad or not pages else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
