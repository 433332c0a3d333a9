"""What the page template needs: Markdown with MathML, links between pages, and files put into the page."""

import html
import json
import re
from pathlib import Path

from latex2mathml.converter import convert as latex_to_mathml
from markupsafe import Markup
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

PROJECT = Path(__file__).resolve().parent.parent.parent


def to_mathml(latex, display):
    """An equation without TeX left in it; split is the name under which latex2mathml knows aligned."""
    math = latex_to_mathml(latex.strip().replace("{aligned}", "{split}"), display=display)
    if "<mi>&</mi>" in math or "\\" in math:
        raise ValueError(f"latex2mathml does not understand this equation, write it in a simpler way: {latex}")
    return math


class PageRenderer(IPythonRenderer):
    """Equations become MathML, which needs no script; links to notebooks lead to their pages."""

    def block_math(self, body):
        return f'<div class="equation" tabindex="0">{to_mathml(body, display="block")}</div>\n'

    def inline_math(self, body):
        return to_mathml(body, display="inline")

    def latex_environment(self, name, body):
        return self.block_math(f"\\begin{{{name}}}{body}\\end{{{name}}}")

    def link(self, text, url, title=None):
        if not re.match(r"[a-z]+:", url):
            url = re.sub(r"\.ipynb(?=$|#)", ".html", url)
        return super().link(text, url, title)


def markdown_to_html(source):
    renderer = PageRenderer(escape=False, exclude_anchor_links=True)
    text = with_heading_ids(MarkdownWithMath(renderer=renderer).render(source))
    # A wide table scrolls by itself, not the page.
    return re.sub(r"<table>.*?</table>", r'<div class="table" tabindex="0">\g<0></div>', text, flags=re.DOTALL)


def with_heading_ids(text):
    """Headings get ids made of their words, so that links and tables of contents can name them."""

    def add_id(match):
        words = re.sub(r"<[^>]*>|&\w+;", "", match[2]).lower()
        heading_id = "-".join(re.findall(r"[^\W_]+", words))
        return f'<h{match[1]} id="{heading_id}">{match[2]}</h{match[1]}>'

    return re.sub(r"<h([1-6])>(.*?)</h\1>", add_id, text, flags=re.DOTALL)


def page_title(notebook):
    """The notebook's first heading."""
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    heading = re.search(r"^# (.+)$", text, flags=re.MULTILINE)
    return heading[1] if heading else "Activation functions"


def inline_file(path):
    """A file of the project, to stand inside <script> or <style>."""
    return Markup((PROJECT / path).read_text(encoding="utf-8").replace("</script", "<\\/script"))


def inline_json(data):
    """Data to stand inside <script type="application/json">."""
    return Markup(json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/"))


def attribute(text):
    return Markup(html.escape("".join(text)))
