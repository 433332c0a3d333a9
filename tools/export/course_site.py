"""What the pages of a site say of the course: what they are about, where it is at home, how to run it."""

import copy
import json
import re
from urllib.parse import quote

import nbformat
from course_equations import to_mathml
from course_page import PROJECT, sound
from nbconvert.preprocessors import ClearOutputPreprocessor


def without_outputs(notebook):
    """A notebook as a learner begins with it, as a file."""
    cleared, _ = ClearOutputPreprocessor(enabled=True)(sound(copy.deepcopy(notebook)), {})
    return nbformat.writes(cleared) + "\n"


def glossary(course):
    """The entries of data/glossary.json for their page, in the order of the alphabet."""
    entries = json.loads((PROJECT / "data" / "glossary.json").read_text(encoding="utf-8"))
    return [
        {
            **entry,
            # As in glossary.mjs.
            "id": entry["term"].lower().replace(" ", "-"),
            "href": course.href(f"{entry['where']}.ipynb", "glossary.html"),
            "title": course.title(f"{entry['where']}.ipynb"),
        }
        for entry in sorted(entries, key=lambda entry: entry["term"].lower())
    ]


def one_page(sheet):
    """What lib/course/one-page.ts says, with its formulas as MathML."""
    formulas = ("formula", "slope")
    functions = [
        {**row, **{name: to_mathml(row[name], False, "one-page.html") for name in formulas}}
        for row in sheet["functions"]
    ]
    return {**sheet, "functions": functions}


class Settings:
    """What package.json says of where the course is; the pages leave out what it does not say."""

    def __init__(self, package):
        repository = package.get("repository") or ""
        if isinstance(repository, dict):
            repository = repository.get("url", "")
        # As npm takes it: github:owner/name, or an address.
        repository = re.sub(r"^github:", "https://github.com/", repository)
        self.source = re.sub(r"^git\+|\.git$", "", repository)
        homepage = package.get("homepage") or ""
        self.home = homepage and homepage.rstrip("/") + "/"

    def binder(self, name):
        """Where mybinder.org opens a notebook in JupyterLab."""
        on_github = re.fullmatch(r"https://github\.com/([^/]+/[^/]+)/?", self.source)
        path = quote(f"lab/tree/notebooks/{name}", safe="")
        return on_github and f"https://mybinder.org/v2/gh/{on_github[1]}/HEAD?urlpath={path}"
