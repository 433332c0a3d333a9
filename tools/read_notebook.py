"""Reads a notebook, or says in a sentence what is wrong with its file."""

import re
from pathlib import Path

import nbformat


class BrokenNotebook(Exception):
    """The file holds no notebook; the message says why and what to do."""


def read_notebook(file: Path):
    try:
        text = file.read_bytes().decode()
    except UnicodeDecodeError as error:
        raise BrokenNotebook(f"is not UTF-8 (byte {error.start}): save it as UTF-8") from error
    if not text.strip():
        raise BrokenNotebook("is empty: restore it, or delete it")
    if text.startswith("\ufeff"):
        raise BrokenNotebook("begins with a byte order mark (BOM), which Jupyter does not read: save it as UTF-8 without")
    conflict = re.search(r"^(<{7}|={7}|>{7})", text, re.MULTILINE)
    try:
        notebook = nbformat.reads(text, as_version=4)
    except Exception as error:  # nbformat raises what its parts raise.
        if conflict:
            line = text.count("\n", 0, conflict.start()) + 1
            raise BrokenNotebook(f"has conflict markers of git in line {line}: resolve the conflict") from error
        raise BrokenNotebook(f"is no notebook: {str(error).splitlines()[0]}") from error
    cells = notebook.get("cells")
    if not isinstance(cells, list) or not all(isinstance(cell.get("source"), str) for cell in cells):
        raise BrokenNotebook("is no notebook: its cells are no list of cells")
    if not cells:
        raise BrokenNotebook("has no cells: write one, or delete the notebook")
    return notebook
