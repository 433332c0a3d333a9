"""Equations as MathML, by equations.mjs, which runs in a Node of its own."""

import atexit
import json
import re
import subprocess
from html import escape
from pathlib import Path
from threading import Lock
from urllib.parse import quote


class InvalidEquation(Exception):
    """An equation that cannot be shown; the message says which and why."""


_node = None
_lock = Lock()


def to_mathml(tex, display, page):
    """`page` says whose commands the equation knows."""
    global _node
    # JupyterLab exports several notebooks at once, in threads.
    with _lock:
        if _node is None or _node.poll() is not None:
            command = ["node", str(Path(__file__).with_name("equations.mjs"))]
            _node = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")
            atexit.register(_node.stdin.close)
        _node.stdin.write(json.dumps({"tex": tex, "display": display, "page": page}) + "\n")
        _node.stdin.flush()
        answer = json.loads(_node.stdout.readline())
    if "error" in answer:
        raise InvalidEquation(f"the equation {tex} cannot be shown: {answer['error']}")
    return answer["mathml"]


class Equations:
    """The equations of one page, with the numbers that \\label, \\tag and environments ask for."""

    def __init__(self, page, unique_id):
        self.page = page
        self.unique_id = unique_id
        self.count = 0
        self.labels = {}

    def convert(self, tex, display):
        mathml = to_mathml(tex.strip(), display, self.page)
        if mathml.startswith("<math"):
            mathml = re.sub(r"""<a href='[^>]*></a>""", r"<mtext>\g<0></mtext>", mathml)
        return self.with_numbers(mathml)

    def with_numbers(self, mathml):
        label = None

        def write(match):
            nonlocal label
            if match["row"]:
                label = match["id"] if match["id"] not in self.labels else None
                if label is None:
                    return "<mtr"
                self.labels[label] = {"id": self.unique_id(f"equation-{label}"), "number": "???"}
                return f'<mtr id="{escape(self.labels[label]["id"])}"'
            number = match["tag"]
            if number is None:
                self.count += 1
                number = f"({self.count})"
            if label is not None:
                self.labels[label]["number"] = number.removeprefix("(").removesuffix(")")
            return number

        parts = r'(?P<row><mtr(?: id="(?P<id>[^"]*)")?)|<span class="tml-eqn"></span>|(?<=class="tml-tag">)(?P<tag>[^<]*)'
        return re.sub(parts, write, mathml)

    def with_references(self, html):
        """When all equations are converted: one may be named before it comes."""

        def write(match):
            label = self.labels.get(match["id"], {"id": None, "number": "???"})
            text = f"({label['number']})" if match["parentheses"] else label["number"]
            return text if label["id"] is None else f'<a href="#{quote(label["id"])}">{text}</a>'

        reference = r"""<a href='#(?P<id>[^']*)' class="tml-ref(?P<parentheses> tml-eqref)?"></a>"""
        return re.sub(reference, write, html)
