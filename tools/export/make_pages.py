"""Makes pages of notebooks. On stdin, as JSON:

target      the folder to write to
folder      where the notebooks are
singleFile  whether each page carries everything, else they share what is in assets/
notebooks   the notebooks to make pages of: from a name relative to the folder to the file with its outputs
course      the names of all notebooks, in reading order
exported    those that have a page in the end
live        the folder of what makes pages run, null for pages that only show
settings    what counts in the place of package.json's entries of the same names
exercises   the parts of each exercise, by its key
onePage     what stands on the page to print: see lib/course/one-page.ts
reference   whether the site has the library's API reference, in reference/

Answers on stdout, as JSON:

made        the notebooks that have a new page
failures    why the others have none, sentences that name the notebook and the cell
notes       what a page does not show as JupyterLab does, likewise
"""

import json
import posixpath
import re
import shutil
import sys
import traceback
from functools import cache
from pathlib import Path

from bs4 import BeautifulSoup
from course_filters import FIGURE_MIME, figures_in, math_font, packed, packed_plotly, page_script, page_style, plotly_file
from course_page import FIRST_PATH, PROJECT, TIME, BrokenPage, Page, href, page_of, sound
from course_picture import picture
from course_search import write_search
from course_site import Settings, glossary, one_page, without_outputs
from live_pages import PLOTLY, copy_live, live_page
from markupsafe import Markup, escape
from nbconvert.exporters import HTMLExporter
from traitlets.config import PyFileConfigLoader

sys.path.insert(0, str(PROJECT / "tools"))
from read_notebook import BrokenNotebook, read_notebook  # noqa: E402

CONFIG = PyFileConfigLoader(str(PROJECT / "tools/jupyter/jupyter_config.py")).load_config()
SCRIPTS = "tools/export/course/scripts"
# Which cell's chart is a notebook's picture in the index.
PICTURES = json.loads((PROJECT / "tools/export/course/conf.json").read_text(encoding="utf-8"))["pictures"]
# Of the index; a course without a first path has one part of notebooks.
PARTS = {
    "first-path": "First path",
    "deeper": "Deeper",
    "course": "The course",
    "exercises": "Exercises",
    "solutions": "Solutions",
}
# What draws the figures to touch.
FIGURES = "tools/figures/figures.mjs"
# Pages of the site's own.
OWN_PAGES = {"index.html", "glossary.html", "one-page.html", "404.html"}


@cache
def exporter():
    """One for all pages, because it takes longer to read its templates than to fill them."""
    return HTMLExporter(config=CONFIG)


class Course:
    """What a page says of the others."""

    def __init__(self, folder, names, exported, exercises):
        self.folder = folder
        self.exercises = exercises
        self.names = names
        self.exported = exported
        notebooks = {name: self.read(name) for name in names}
        self.cells = {name: notebook.cells if notebook else [] for name, notebook in notebooks.items()}
        self.texts = {
            name: [sound(cell).source for cell in cells if cell.cell_type == "markdown"]
            for name, cells in self.cells.items()
        }
        self.titles = {name: self.first_heading(name) for name in names}
        # The minutes of the notebooks that say that they are on it.
        stated = {name: re.search(FIRST_PATH, texts[0]) for name, texts in self.texts.items() if texts}
        self.first_path = {name: int(match[1]) for name, match in stated.items() if match}

    def read(self, name):
        try:
            return read_notebook(self.folder / name)
        except BrokenNotebook:
            return None

    def href(self, name, start):
        """From the page `start` to a notebook's page, None if it has none."""
        return href(name, start) if name in self.exported else None

    def title(self, name):
        return self.titles.get(name, "")

    def rendered(self, name, source):
        """A cell of a notebook as the index shows it, and its page."""
        site = {
            "course": self.names,
            "exported": self.exported,
            "page": "index.html",
            "single_file": True,
            "source": name,
        }
        page = Page((self.folder / name).parent, site)
        return page.equations.with_references(page.markdown(source)), page

    def first_heading(self, name):
        headings = (self.rendered(name, source)[1].first_heading() for source in self.texts[name])
        return next((heading["html"] for heading in headings if heading), escape(Path(name).stem))

    def neighbours(self, name):
        """Previous and next in reading order; a solution stands beside its exercise."""
        path = [one for one in self.names if not one.startswith("solutions/")]
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
        if name in self.first_path:
            steps = list(self.first_path)
            after = steps[steps.index(name) + 1 :][:1]
            relations += [("Next on the first path", one) for one in after if ("Next", one) not in relations]
        return [
            {"relation": relation, "title": self.title(one), "href": self.href(one, page_of(name))}
            for relation, one in relations
        ]

    def summary(self, name):
        """For the index: what the notebook's first cell says it is about, and how long it takes."""
        html, _ = self.rendered(name, next(iter(self.texts[name]), ""))
        soup = BeautifulSoup(html, "html.parser")
        minutes = re.search(TIME, soup.get_text())
        return {
            # By which the notebooks name one another; the titles of exercises have theirs in them.
            "number": "" if "/" in name else name.split("-")[0],
            "title": self.title(name),
            "href": self.href(name, "index.html"),
            "minutes": minutes and int(minutes[1]),
            "first_path": self.first_path.get(name),
            "notebook": name.removesuffix(".ipynb"),
            "questions": sum("predict" in cell.get("metadata", {}) for cell in self.cells[name]),
            "parts": self.parts(name),
            "picture": self.picture(name),
            "solution": self.solution(name),
            "summary": re.sub(TIME, "", str(soup.p or "")).replace("<p></p>", ""),
        }

    def solution(self, name):
        """Of an exercise, if it is among the pages."""
        solution = name.replace("exercises/", "solutions/")
        return self.summary(solution) if solution != name and solution in self.exported else None

    def parts(self, name):
        """Of an exercise, as a learner's progress names them: fiftyLayers.signal for one of exercises/2-fifty-layers."""
        exercise = re.fullmatch(r"exercises/\d+-(.+)\.ipynb", name)
        key = re.sub(r"-(\w)", lambda match: match[1].upper(), exercise[1]) if exercise else None
        return [f"{key}.{part}" for part in self.exercises.get(key, [])]

    def picture(self, name):
        """A drawing of the chart that stands for a notebook: the one in the cell that conf.json names, else its first."""
        chosen = PICTURES.get(name.removesuffix(".ipynb"))
        cells = self.cells[name] if "/" not in name else []
        best = [cell for cell in cells if cell.get("id") == chosen]
        drawings = (picture(figure) for some in (best, cells) for figure in figures_in(some))
        return next((Markup(one) for one in drawings if one), None)

    def still(self, figure, single_file):
        """A figure to touch as it stands still, from the first notebook that has its picture: its address in the index,
        None if there is none, and the files that it needs."""
        page = Page(self.folder, {"page": "index.html", "single_file": single_file})
        outputs = (one for cells in self.cells.values() for cell in cells for one in cell.get("outputs", []))
        for data in (output.get("data", {}) for output in outputs):
            shown = data.get(FIGURE_MIME)
            if isinstance(shown, dict) and shown.get("figure") == figure and data.get("image/png"):
                return page.picture(data["image/png"], "image/png"), page.files
        return None, {}

    def part(self, name):
        """Where in the index a notebook stands."""
        if "/" in name:
            return posixpath.dirname(name)
        if not self.first_path:
            return "course"
        return "first-path" if name in self.first_path else "deeper"

    def place(self, name):
        """The same for the top of its page, with where it leads in the index."""
        part = self.part(name)
        if part not in ("first-path", "deeper"):
            return None
        steps = list(self.first_path)
        step = f", {steps.index(name) + 1} of {len(steps)}" if name in steps else ""
        return {"part": part, "name": PARTS[part] + step}

    def goals(self):
        """What one can do after the course, from the first notebook."""
        name = self.names[0]
        text = "\n\n".join(self.texts[name])
        section = re.search(r"^## What you will be able to do\n.*?(?=^## |\Z)", text, re.M | re.S)
        return self.rendered(name, section[0])[0] if section else ""


def make_pages(job):
    """A notebook that cannot be shown stops its own page only, and no link leads to it."""
    target, notebooks = Path(job["target"]), job["notebooks"]
    course = Course(Path(job["folder"]), job["course"], job["exported"], job["exercises"])
    package = json.loads((PROJECT / "package.json").read_text(encoding="utf-8"))
    settings = Settings({**package, **job["settings"]})
    failures = {}
    while True:
        notes, failed, needed = [], {}, set()
        for name, file in notebooks.items():
            try:
                notes += make_page(target, name, Path(file), course, settings, needed, job["singleFile"], job["live"])
            except BrokenNotebook as error:
                failed[name] = f"{name} {error}"
            except BrokenPage as error:
                failed[name] = f"{name}, {error}"
            except Exception as error:  # Nobody foresees all that a notebook can be.
                traceback.print_exc()
                failed[name] = f"{name}: its page could not be made: {type(error).__name__}, {error}"
        if not failed:
            break
        # Others may have a link to it. An earlier page of it stays as it is.
        failures |= failed
        notebooks = {name: file for name, file in notebooks.items() if name not in failed}
        course.exported = [
            name for name in course.exported if name not in failed or (target / page_of(name)).exists()
        ]
    if notebooks:
        make_site(target, course, settings, needed, job)
    return {"made": list(notebooks), "failures": list(failures.values()), "notes": notes}


def make_page(target, name, file, course, settings, needed, single_file, live):
    """Writes all of a page, or nothing. Returns what it does not show."""
    page = page_of(name)
    if page.lower() in OWN_PAGES:
        raise BrokenPage(f"its page would take the place of {page.lower()}: give the notebook another name")
    notebook = read_notebook(file)
    begun = without_outputs(notebook)
    site = {
        "binder": settings.binder(name),
        "course": course.names,
        "exported": course.exported,
        "neighbours": course.neighbours(name),
        "notebook": posixpath.basename(name),
        "packed_notebook": packed(begun.encode()),
        "page": page,
        "picture": course.picture(name),
        "place": course.place(name),
        "root": "../" * page.count("/"),
        "settings": settings,
        "single_file": single_file,
        "source": name,
    }
    files = {} if single_file else {name: begun.encode()}
    if live:
        site["live"] = live_page(live, name, notebook, single_file)
        files |= {path: text.encode() for path, text in site["live"].pop("notebook_file", {}).items()}
    metadata = {"name": Path(name).stem, "path": str((course.folder / name).parent)}
    html, resources = exporter().from_notebook_node(
        notebook, resources={"metadata": metadata, "site": site}
    )
    # What an earlier page had.
    shutil.rmtree(target / "assets" / page.removesuffix(".html"), ignore_errors=True)
    write_files(target, {**files, page: html.encode(), **resources["page"].files})
    needed.add(plotly_file(figures_in(notebook.cells)))
    if live:
        needed.add(PLOTLY)
    return [f"{name}, {note}" for note in resources["page"].notes]


def write_files(target, files):
    for path, content in files.items():
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_bytes(content)


def make_site(target, course, settings, needed, job):
    """What there is besides the notebooks' pages."""
    single_file, live, reference = job["singleFile"], job["live"], job["reference"]
    parts = {part: [] for part in ("first-path", "deeper", "course", "exercises", "solutions")}
    for name in course.exported:
        # A solution stands with its exercise, if that is there.
        exercise = name.replace("solutions/", "exercises/")
        if exercise == name or exercise not in course.exported:
            parts[course.part(name)].append(course.summary(name))
    templates = exporter().environment
    site = {"root": "", "is_index": True, "settings": settings}
    still, files = course.still("network", single_file)
    write_files(target, files)
    index = templates.get_template("contents.html.j2").render(
        site={**site, "single_file": single_file, "page": "index.html", "reference": reference},
        resources={},
        goals=course.goals(),
        still=still,
        parts=[{"id": part, "name": PARTS[part], "pages": pages} for part, pages in parts.items()],
    )
    (target / "index.html").write_text(index, encoding="utf-8", newline="\n")
    terms = templates.get_template("glossary.html.j2").render(
        site={"root": "", "settings": settings, "single_file": single_file, "page": "glossary.html"},
        resources={},
        entries=glossary(course),
    )
    (target / "glossary.html").write_text(terms, encoding="utf-8", newline="\n")
    sheet = templates.get_template("one-page.html.j2").render(
        site={"root": "", "settings": settings, "single_file": single_file, "page": "one-page.html"},
        resources={},
        sheet=one_page(job["onePage"]),
        href=course.href("07-choosing-an-activation.ipynb", "one-page.html"),
    )
    (target / "one-page.html").write_text(sheet, encoding="utf-8", newline="\n")
    if single_file:
        return
    write_assets(target / "assets", needed - {""})
    copy_live(live, target)
    search = write_search(page_script(f"{SCRIPTS}/search-index.mjs"), target, [*map(page_of, course.exported), "glossary.html", "one-page.html"])
    (target / "assets" / "search.js").write_text(search, encoding="utf-8", newline="\n")
    # Servers show it for addresses in any folder, so it carries everything.
    lost = templates.get_template("404.html.j2").render(site={**site, "single_file": True}, resources={})
    (target / "404.html").write_text(lost, encoding="utf-8", newline="\n")
    shutil.copyfile(PROJECT / "LICENSE", target / "LICENSE.txt")


def write_assets(folder, plotlys):
    """What the pages share."""
    folder.mkdir(exist_ok=True)
    shutil.copyfile(PROJECT / "notebooks/images/jupyterlab.png", folder / "preview.png")
    (folder / "page.css").write_text(page_style("tools/export/course/page.css"), encoding="utf-8", newline="\n")
    (folder / "STIXTwoMath.woff2").write_bytes(math_font())
    scripts = {"page": page_script(f"{SCRIPTS}/page.mjs"), "figures": page_script(FIGURES)} | {name: packed_plotly(name) for name in plotlys}
    for name, script in scripts.items():
        (folder / f"{name}.js").write_text(script, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    json.dump(make_pages(json.load(sys.stdin)), sys.stdout)
