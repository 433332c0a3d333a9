"""What nbconvert does not know of a page: its notebook's text as HTML, its title, and what it could not show."""

import base64
import itertools
import json
import posixpath
import re
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from course_equations import Equations, InvalidEquation
from course_html import HEADINGS, clean, title_html
from course_markdown import END, EQUATION, MARK, latex_to_html, markdown_to_html, with_marks
from markupsafe import escape
from nbconvert.preprocessors import CoalesceStreamsPreprocessor, Preprocessor

PROJECT = Path(__file__).resolve().parent.parent.parent

# Stands for \\r where nbconvert must not see one.
RETURN = "\ufdd3"
# The ids of the page's own.
RESERVED = {"content", "definition", "search", "theme", "top"}
# Systems differ in what they know of names, and some of them say nothing of these.
MEDIA_TYPES = {
    **{f".{end}": f"image/{end}" for end in ("png", "jpeg", "gif", "webp", "bmp", "avif")},
    **{f".{end}": f"audio/{end}" for end in ("wav", "ogg", "flac", "aac")},
    **{f".{end}": f"video/{end}" for end in ("mp4", "webm")},
    ".jpg": "image/jpeg",
    ".svg": "image/svg+xml",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".ogv": "video/ogg",
    ".vtt": "text/vtt",
}
# How long a notebook takes, which its first paragraph says.
TIME = r"\s*\bAbout (\d+) minutes\."
# And how long for who leaves out what is deeper.
FIRST_PATH = r"\bFirst path: (\d+) minutes\."
# What a question's metadata tells a page: see question.js.
ASKED = ("answer", "number", "sketch", "within", "sure")
PAGES = itertools.count()


class BrokenPage(Exception):
    """A page that cannot be made; the message names the cell and says why."""


class Page:
    """`site` says where the page stands among others: see make_pages.py. A page of its own has none."""

    def __init__(self, folder, site=None):
        self.folder = Path(folder)
        self.site = site
        # Under which its predictions are kept.
        self.notebook = ""
        self.notes = []
        self.headings = []
        self.ids = set(RESERVED)
        self.sources = []
        self.equations = Equations(next(PAGES), self.unique_id)
        self.place = ""
        # What its first paragraph says.
        self.description = ""
        self.attachments = {}
        # Whether the cell asks for a prediction: its choices are a plain list until a script makes them answerable.
        self.asks = False
        # Whether an equation that cannot be shown is an error. In outputs it is not the author's.
        self.strict = False
        # What the page needs beside it, by its place in the site.
        self.files = {}

    def note(self, what):
        """Something that the page does not show as JupyterLab does."""
        note = f"{self.place}: {what}" if self.place else what
        if note not in self.notes:
            self.notes.append(note)

    # Text

    def markdown(self, source):
        return self.cleaned(markdown_to_html(plain(source), self.mark, self.note))

    def html(self, html):
        return self.cleaned(with_marks(plain(html), self.mark), tables_scroll=False)

    def cleaned(self, html, tables_scroll=True):
        """HTML fit for the page, with equations where their marks were."""
        soup = clean(html, self, tables_scroll)
        if not self.description and soup.p:
            text = re.sub(TIME, "", MARK.sub(self.tex, soup.p.get_text()))
            self.description = re.sub(r"\s+", " ", text).strip()
        for element in soup.find_all(True):
            for attribute, value in element.attrs.items():
                if isinstance(value, str) and EQUATION in value:
                    element[attribute] = self.as_source(value)
        for heading in soup.find_all(HEADINGS):
            self.headings.append(
                {
                    "level": int(heading.name[1]),
                    "id": heading.get("id"),
                    "html": MARK.sub(self.converted, title_html(heading)),
                    "text": MARK.sub(self.tex, heading.get_text()).strip(),
                }
            )
        return self.with_equations(str(soup))

    def latex(self, source):
        return f"<p>{self.with_equations(latex_to_html(plain(source), self.mark))}</p>"

    def mark(self, tex, display, source):
        self.sources.append((tex, display, source))
        return f"{EQUATION}{len(self.sources) - 1}{END}"

    def with_equations(self, html):
        # A bracket or full stop stays on the line of the formula that it belongs to.
        html = re.sub(rf"\(?{MARK.pattern}[.,;:?!)’”-]+", self.unbroken, html)
        return MARK.sub(self.converted, html)

    def unbroken(self, match):
        display = self.sources[int(match[1])][1]
        return match[0] if display else f'<span class="unbroken">{match[0]}</span>'

    def converted(self, match):
        tex, display, source = self.sources[int(match[1])]
        try:
            mathml = self.equations.convert(tex, display)
        except InvalidEquation as error:
            if self.strict:
                raise
            self.note(f"shown as its source: {error}")
            return escape(source)
        return f'<span class="equation">{mathml}</span>' if display else mathml

    def as_source(self, text):
        """An equation where only text can be."""
        return MARK.sub(lambda match: self.sources[int(match[1])][2], text)

    def tex(self, match):
        return self.sources[int(match[1])][0].strip()

    # Names

    def name_heading(self, heading):
        """As JupyterLab names headings, so that links made there lead here too."""
        name = re.sub(r"[ \t\n\r\f]", "-", self.as_source(heading.get_text()).strip())
        if name:
            heading["id"] = name

    def first_heading(self):
        return next((one for one in self.headings if one["level"] == 1 and one["text"] and one["html"]), None)

    def unique_id(self, name):
        name = re.sub(r"[ \t\n\r\f]", "-", name)
        numbered = (f"{name}-{number}" for number in itertools.count(1))
        found = next(one for one in itertools.chain([name], numbered) if one and one not in self.ids)
        self.ids.add(found)
        return found

    # Addresses

    def address(self, url):
        """Where a link leads from this page; None if it leads nowhere that a reader could go."""
        url = url.strip()
        scheme = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", url)
        if scheme:
            if scheme[1].lower() in ("http", "https", "mailto", "tel"):
                return url
            self.note(f"left out: the link to {url[:80]}")
            return None
        if url.startswith("//"):
            return f"https:{url}"
        if url.startswith("#"):
            return url
        path, separator, anchor = url.partition("#")
        path = unquote(path.partition("?")[0])
        if not path.endswith(".ipynb"):
            self.note(f"left out: the link to {path}, which is no page")
            return None
        if self.site is None:
            return quote(f"{path.removesuffix('.ipynb')}.html") + separator + anchor
        name = posixpath.normpath(posixpath.join(posixpath.dirname(self.site["source"]), path))
        if name in self.site["exported"]:
            return href(name, self.site["page"]) + separator + anchor
        if name not in self.site["course"]:
            self.note(f"left out: the link to {path}, which is not there")
        return None

    def media(self, source):
        """The address of a picture, sound or film that comes with the page; None if it does not."""
        source = source.strip()
        if source.startswith("attachment:"):
            return self.attachment(unquote(source.removeprefix("attachment:")))
        if re.match(r"data:(image|audio|video)/", source):
            return source
        if re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*:|//)", source):
            self.note(f"not on the page: {source[:80]}, which needs a network")
            return None
        try:
            file = (self.folder / unquote(urlsplit(source).path)).resolve()
            of_course = any(file.is_relative_to(folder) for folder in (PROJECT, self.folder.resolve()))
            content = file.read_bytes() if of_course and file.suffix.lower() in MEDIA_TYPES else None
        except (OSError, ValueError):
            content = None
        if content is None:
            self.note(f"not on the page: {source[:80] or 'a picture'}, which is no picture of the course")
            return None
        return self.placed(content, MEDIA_TYPES[file.suffix.lower()])

    def attachment(self, name):
        bundle = self.attachments.get(name)
        if not bundle:
            self.note(f"not on the page: the attachment {name}, which is not in the cell")
            return None
        mime, data = next(iter(bundle.items()))
        return self.picture(data, mime)

    def picture(self, data, mime):
        """The address of a picture as outputs and attachments have them; None if it is none."""
        try:
            content = data.encode() if "<" in data else base64.b64decode(data)
        except (AttributeError, TypeError, ValueError):
            content = b""
        if not content or mime not in MEDIA_TYPES.values():
            self.note(f"not on the page: a picture, which is no {mime}")
            return None
        return self.placed(content, mime)

    def placed(self, content, mime):
        # A drawing may have a script, which runs if it is opened by itself, and never as a picture in a page.
        if self.site is None or self.site["single_file"] or mime == "image/svg+xml":
            return f"data:{mime};base64,{base64.b64encode(content).decode()}"
        page = self.site["page"].removesuffix(".html")
        end = next(end for end, one in MEDIA_TYPES.items() if one == mime)
        name = f"assets/{page}/{mime.split('/')[0]}-{len(self.files) + 1}{end}"
        self.files[name] = content
        return quote(posixpath.relpath(name, posixpath.dirname(page) or "."))


def href(name, start):
    """From a page to the page of a notebook."""
    return quote(posixpath.relpath(page_of(name), posixpath.dirname(start) or "."))


def page_of(name):
    return f"{name.removesuffix('.ipynb')}.html"


def plain(text):
    """Without the characters that only a terminal understands."""
    return re.sub("[\x08\x1b]", "", text)


def sound(value):
    """Without characters that HTML cannot have; two halves of a character that were apart are one again."""
    if isinstance(value, str):
        if re.search("[\ud800-\udfff]", value):
            value = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        value = re.sub("[\ufdd0-\ufdef\ufffe\uffff]", "\ufffd", value)
        return re.sub("[\x00-\x07\x0b\x0e-\x1a\x1c-\x1f\x7f-\x9f]", "", value)
    if isinstance(value, dict):
        entries = [(sound(key), sound(one)) for key, one in value.items()]
        value.clear()
        value.update(entries)
    elif isinstance(value, list):
        value[:] = [sound(one) for one in value]
    return value


class Streams(CoalesceStreamsPreprocessor):
    """Prints that follow one another as one block, in which \\r and \\b do what they do in JupyterLab."""

    def preprocess_cell(self, cell, resources, cell_index):
        # nbconvert's own \r deletes a line of which JupyterLab keeps what nothing is written over.
        streams = [output for output in cell.get("outputs", []) if output.output_type == "stream"]
        for output in streams:
            output.text = output.text.replace("\r\n", "\n").replace("\r", RETURN)
        cell, resources = super().preprocess_cell(cell, resources, cell_index)
        for output in streams:
            output.text = "\n".join(overwritten(line) for line in output.text.split("\n"))
        return cell, resources


def overwritten(line):
    shown, cursor = "", 0
    for part in re.split(f"([{RETURN}\b])", line):
        if part == RETURN:
            cursor = 0
        elif part == "\b":
            shown = shown[: max(0, cursor - 1)] + shown[cursor + 1 :]
            cursor = max(0, cursor - 1)
        else:
            shown = shown[:cursor] + part + shown[cursor + len(part) :]
            cursor += len(part)
    return shown


class CoursePage(Preprocessor):
    """Gives the template `resources.page`, and each Markdown cell its HTML."""

    def preprocess(self, nb, resources):
        nb = sound(nb)
        metadata = resources.get("metadata", {})
        page = Page(metadata.get("path") or ".", resources.get("site"))
        page.notebook = (page.site or {}).get("source", "").removesuffix(".ipynb") or metadata.get("name", "")
        page.title = {"html": escape(metadata.get("name") or "Notebook"), "text": metadata.get("name") or "Notebook"}
        page.strict = True
        for cell, (number, place) in zip(nb.cells, places(nb)):
            cell.number = number
            cell.place = page.place = place
            cell.anchor = page.unique_id(f"cell-id={cell.get('id', '')}")
            if cell.cell_type == "markdown":
                page.attachments = cell.get("attachments", {})
                predict = cell.metadata.get("predict")
                page.asks = isinstance(predict, dict)
                cell.predict = json.dumps({key: predict[key] for key in ASKED if key in predict}) if page.asks else ""
                try:
                    cell.html = page.markdown(cell.source)
                except InvalidEquation as error:
                    raise BrokenPage(f"{place}: {error}") from error
        page.strict = page.asks = False
        for cell in nb.cells:
            if cell.cell_type == "markdown":
                cell.html = page.equations.with_references(cell.html)
        page.title = page.first_heading() or page.title
        resources["page"] = page
        return nb, resources


def places(notebook):
    """The number of each code cell, as its run counts them, and what a reader finds each cell by."""
    number = 0
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.source.strip():
            number += 1
            yield number, f"code cell {number}"
        else:
            begin = cell.source.strip().split("\n")[0]
            yield None, f"the cell that begins “{begin[:60]}”" if begin else "an empty cell"
