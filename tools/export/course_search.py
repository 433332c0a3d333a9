"""What the search of a site looks through: the text of its pages, section by section."""

import json
import re
from html.parser import HTMLParser
from urllib.parse import quote

HEADINGS = {"h1", "h2", "h3", "h4"}
# Folded answers must not be found before they are opened.
UNSEEN = {"details", "script", "style", "nav", "header", "footer", "annotation"}


def write_search(script, target, pages):
    """The script that searches, with the sections of these pages behind it."""
    sections = [section for page in pages for section in sections_of(page, (target / page).read_text(encoding="utf-8"))]
    data = json.dumps(sections, ensure_ascii=False, separators=(",", ":"))
    return f"{script}\nglobalThis.beginSearch({data});\n"


def sections_of(page, html):
    reader = SectionReader(page)
    reader.feed(html)
    reader.close()
    return [
        {**section, "text": re.sub(r"\s+", " ", section["text"]).strip(), "code": section["code"].strip()}
        for section in reader.sections
    ]


class SectionReader(HTMLParser):
    """Reads a page; each heading with an id begins a section."""

    def __init__(self, page):
        super().__init__()
        self.page = page
        self.sections = []
        self.title = ""
        self.unseen = []
        self.heading = None
        self.code = 0

    def handle_starttag(self, tag, attributes):
        if tag in UNSEEN:
            self.unseen.append(tag)
        if self.unseen:
            return
        attributes = dict(attributes)
        if tag in HEADINGS and attributes.get("id"):
            self.heading = ""
            self.sections.append({"page": quote(self.page), "id": attributes["id"], "text": "", "code": ""})
        elif tag == "div" and (self.code or attributes.get("class") == "code"):
            self.code += 1

    def handle_endtag(self, tag):
        if self.unseen:
            if tag == self.unseen[-1]:
                self.unseen.pop()
        elif tag in HEADINGS and self.heading is not None:
            if tag == "h1" and not self.title:
                self.title = self.heading.strip()
            self.sections[-1] |= {"section": self.heading.strip(), "title": self.title}
            self.heading = None
        elif tag == "div" and self.code:
            self.code -= 1
        elif tag in ("p", "li", "tr", "pre", "td", "th") and self.sections:
            self.sections[-1]["text"] += " "

    def handle_data(self, data):
        if self.unseen or not self.sections:
            return
        if self.heading is not None:
            self.heading += data
        else:
            self.sections[-1]["code" if self.code else "text"] += data
