"""What a page has besides if its cells run in it: the scripts that tools/live/ builds, and its notebook to be saved."""

import base64
import gzip
import json
import posixpath
import shutil
from pathlib import Path
from urllib.parse import quote

import nbformat
from course_filters import figures, packed_plotly
from course_page import sound
from markupsafe import Markup

# Draws every chart that the library makes.
PLOTLY = "plotly-cartesian"

# Parts that only pages need whose cells import them, as in tools/live/page/kernel.js.
ADDITIONS = {"digits": "activation-lab/digits", "tensorflow": "@tensorflow/"}


def live_page(live, name, notebook, single_file):
    """What the template needs; a page of a site has its notebook in a file beside it, see `notebook_file`."""
    notebook_part = packed("notebook", saved_notebook(name, notebook))
    has_plotly = bool(figures(notebook))
    if not single_file:
        file = f"assets/{name.removesuffix('.ipynb')}/notebook.js"
        files = [("notebook", quote(file))] + ([] if has_plotly else [("plotly", f"assets/{PLOTLY}.js")])
        return {"files": files, "notebook_file": {file: notebook_part}}
    parts = ["kernel", "editor"]
    parts += [part for part, mark in ADDITIONS.items() if any(mark in cell.source for cell in notebook.cells)]
    texts = [(part, Markup(read(live, f"{part}.js"))) for part in parts]
    if not has_plotly:
        texts.append(("plotly", packed_plotly(PLOTLY)))
    return {
        "style": Markup(read(live, "live.css")),
        "script": Markup(read(live, "live.js").replace("</script", "<\\/script")),
        "parts": [*texts, ("notebook", Markup(notebook_part))],
    }


def copy_live(live, target):
    """What the pages of a site share."""
    folder = target / "assets" / "live"
    shutil.rmtree(folder, ignore_errors=True)
    if live:
        shutil.copytree(live, folder, ignore=shutil.ignore_patterns(".*"))


def read(folder, name):
    return (Path(folder) / name).read_text(encoding="utf-8")


def saved_notebook(name, notebook):
    """The notebook as it is saved from its page: without outputs, which JupyterLab makes anew."""
    copy = sound(nbformat.from_dict(notebook))
    for cell in copy.cells:
        if cell.cell_type == "code":
            cell.update(outputs=[], execution_count=None)
    text = nbformat.writes(copy, version=nbformat.NO_CONVERT)
    return {"name": posixpath.basename(name), "notebook": json.loads(text)}


def packed(name, data):
    """As tools/live/build.mjs packs its parts. Without the time, so that the same notebook gives the same file."""
    text = gzip.compress(json.dumps(data, ensure_ascii=False).encode(), mtime=0)
    return f'(globalThis.courseParts ??= {{}})["{name}"] = "{base64.b64encode(text).decode()}";\n'
