"""Makes pages of notebooks. On stdin, as JSON:

target      the folder to write to
singleFile  whether each page carries everything, else they share what is in assets/
notebooks   the notebooks to make pages of: from a name relative to notebooks/ to the file with its outputs
course      the names of all notebooks, in reading order
exported    those that have a page in the end
live        the folder of what makes pages run, null for pages that only show
settings    what counts in the place of package.json's entries of the same names
"""

import base64
import json
import posixpath
import re
import shutil
import sys
from functools import partial
from pathlib import Path

import nbformat
from course_filters import (
    MATH_FONT,
    PROJECT,
    figures,
    markdown_of,
    markdown_to_html,
    math_font,
    packed,
    packed_plotly,
    page_script,
    page_title,
    plotly_file,
)
from course_search import write_search
from course_site import Settings, glossary, without_outputs
from live_pages import PLOTLY, copy_live, live_page
from nbconvert.exporters import HTMLExporter
from traitlets.config import PyFileConfigLoader

SCRIPTS = "tools/export/course/scripts"


class Course:
    def __init__(self, names, exported):
        self.notebooks = {name: nbformat.read(PROJECT / "notebooks" / name, as_version=4) for name in names}
        self.exported = exported

    def href(self, name, start):
        """From the page `start` to a notebook's page, None if it has none."""
        return posixpath.relpath(page_of(name), posixpath.dirname(start) or ".") if name in self.exported else None

    def title(self, name):
        return page_title(self.notebooks[name]) if name in self.notebooks else ""

    def resolve(self, source, start, url):
        """Where a link in the notebook `source` leads from the page `start`, None if nowhere."""
        if re.match(r"[a-z]+:|#", url):
            return url
        path, _, anchor = url.partition("#")
        href = self.href(posixpath.normpath(posixpath.join(posixpath.dirname(source), path)), start)
        return href and href + (f"#{anchor}" if anchor else "")

    def neighbours(self, name):
        """Previous and next in reading order; a solution stands beside its exercise."""
        path = [one for one in self.notebooks if not one.startswith("solutions/")]
        exercise = name.replace("solutions/", "exercises/")
        position = path.index(exercise)
        relations = []
        if exercise != name:
            relations.append(("Its exercise", exercise))
        elif position > 0:
            relations.append(("Previous", path[position - 1]))
        solution = name.replace("exercises/", "solutions/")
        if solution != name and solution in self.exported:
            relations.append(("Solution", solution))
        if position + 1 < len(path):
            relations.append(("Next", path[position + 1]))
        return [
            {"relation": relation, "title": page_title(self.notebooks[one]), "href": self.href(one, page_of(name))}
            for relation, one in relations
        ]

    def summary(self, name):
        """For the index: what the notebook's first cell says it is about, and how long it takes."""
        notebook = self.notebooks[name]
        first = re.sub(r"^# .*\n+", "", notebook.cells[0].source)
        minutes = re.search(r"\bAbout (\d+) minutes", first)
        paragraph = re.sub(r"\s*\bAbout \d+ minutes\.", "", first.split("\n\n")[0])
        return {
            # By which the notebooks name one another; the titles of exercises have theirs in them.
            "number": "" if "/" in name else name.split("-")[0],
            "title": page_title(notebook),
            "href": self.href(name, "index.html"),
            "minutes": minutes and minutes[1],
            "summary": markdown_to_html(paragraph, partial(self.resolve, name, "index.html")),
        }

    def goals(self):
        """What one can do after the course, from the first notebook."""
        name, notebook = next(iter(self.notebooks.items()))
        section = re.search(r"^## What you will be able to do\n.*?(?=^## |\Z)", markdown_of(notebook), re.M | re.S)
        return markdown_to_html(section[0], partial(self.resolve, name, "index.html")) if section else ""


def page_of(name):
    return re.sub(r"\.ipynb$", ".html", name)


def write_picture(target, page, count, png):
    """Puts a picture in a file, and returns its address as the page sees it."""
    count[0] += 1
    file = f"assets/{page.removesuffix('.html')}/picture-{count[0]}.png"
    (target / file).parent.mkdir(parents=True, exist_ok=True)
    (target / file).write_bytes(base64.b64decode(png))
    return posixpath.relpath(file, posixpath.dirname(page) or ".")


def make_pages(target, single_file, notebooks, course, settings, live):
    config = PyFileConfigLoader(str(PROJECT / "tools/jupyter/jupyter_config.py")).load_config()
    needed = set()
    for name, file in notebooks.items():
        page = page_of(name)
        notebook = nbformat.read(file, as_version=4)
        (target / page).parent.mkdir(parents=True, exist_ok=True)
        # What an earlier page had.
        shutil.rmtree(target / "assets" / page.removesuffix(".html"), ignore_errors=True)
        exporter = HTMLExporter(config=config)
        exporter.register_filter("markdown2html", partial(markdown_to_html, resolve=partial(course.resolve, name, page)))
        if not single_file:
            exporter.register_filter("picture", partial(write_picture, target, page, [0]))
        file_of_notebook = without_outputs(notebook)
        if not single_file:
            (target / name).write_text(file_of_notebook, encoding="utf-8", newline="\n")
        site = {
            "single_file": single_file,
            "root": "../" * page.count("/"),
            "page": page,
            "neighbours": course.neighbours(name),
            "notebook": posixpath.basename(name),
            "packed_notebook": packed(file_of_notebook.encode()),
            "binder": settings.binder(name),
            "settings": settings,
        }
        if live:
            site["live"] = live_page(live, target, name, notebook, single_file)
        html, _ = exporter.from_notebook_node(notebook, resources={"site": site})
        (target / page).write_text(html, encoding="utf-8", newline="\n")
        needed.add(plotly_file(figures(notebook)))
        if live:
            needed.add(PLOTLY)
    parts = {"The course": "", "Exercises": "exercises", "Solutions": "solutions"}
    templates = HTMLExporter(config=config).environment
    site = {"root": "", "is_index": True, "settings": settings}
    index = templates.get_template("contents.html.j2").render(
        site={**site, "single_file": single_file, "page": "index.html"},
        resources={},
        goals=course.goals(),
        parts=[
            {"name": part, "pages": [course.summary(one) for one in course.exported if posixpath.dirname(one) == folder]}
            for part, folder in parts.items()
        ],
    )
    (target / "index.html").write_text(index, encoding="utf-8", newline="\n")
    terms = templates.get_template("glossary.html.j2").render(
        site={"root": "", "settings": settings, "single_file": single_file, "page": "glossary.html"},
        resources={},
        entries=glossary(course),
    )
    (target / "glossary.html").write_text(terms, encoding="utf-8", newline="\n")
    if single_file:
        return
    write_assets(target / "assets", needed - {""})
    copy_live(live, target)
    search = write_search(page_script(f"{SCRIPTS}/search-index.mjs"), target, [*map(page_of, course.exported), "glossary.html"])
    (target / "assets" / "search.js").write_text(search, encoding="utf-8", newline="\n")
    # Servers show it for addresses in any folder, so it carries everything.
    lost = templates.get_template("404.html.j2").render(site={**site, "single_file": True}, resources={})
    (target / "404.html").write_text(lost, encoding="utf-8", newline="\n")
    shutil.copyfile(PROJECT / "LICENSE", target / "LICENSE.txt")


def write_assets(folder, plotlys):
    """What the pages share."""
    folder.mkdir(exist_ok=True)
    shutil.copyfile(PROJECT / "tools/export/course/page.css", folder / "page.css")
    shutil.copyfile(PROJECT / "notebooks/images/jupyterlab.png", folder / "preview.png")
    (folder / Path(MATH_FONT).name).write_bytes(math_font())
    scripts = {"page": page_script(f"{SCRIPTS}/page.mjs")} | {name: packed_plotly(name) for name in plotlys}
    for name, script in scripts.items():
        (folder / f"{name}.js").write_text(script, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    job = json.load(sys.stdin)
    package = json.loads((PROJECT / "package.json").read_text(encoding="utf-8"))
    make_pages(
        Path(job["target"]),
        job["singleFile"],
        job["notebooks"],
        Course(job["course"], job["exported"]),
        Settings({**package, **job["settings"]}),
        job["live"],
    )
