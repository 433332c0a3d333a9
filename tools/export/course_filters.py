"""What the page template needs: Markdown with MathML, links between pages, and files put into the page."""

import base64
import html
import json
import re
from pathlib import Path

from latex2mathml.converter import convert as latex_to_mathml
from markupsafe import Markup
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

PLOTLY_MIME = "application/vnd.plotly.v1+json"
PROJECT = Path(__file__).resolve().parent.parent.parent
MATH_FONT = "node_modules/@fontsource/stix-two-math/files/stix-two-math-latin-400-normal.woff2"


def to_mathml(latex, display):
    """An equation without TeX left in it; split is the name under which latex2mathml knows aligned."""
    math = latex_to_mathml(latex.strip().replace("{aligned}", "{split}"), display=display)
    if "<mi>&</mi>" in math or "\\" in math:
        raise ValueError(f"latex2mathml does not understand this equation, write it in a simpler way: {latex}")
    # The bars of an absolute value or a norm are as high as the letter between them and stand close to it.
    math = re.sub(r"<mo[^>]*>(&#x0007C;|&#x02016;)</mo>", r'<mo stretchy="false" lspace="0" rspace="0">\1</mo>', math)
    # TeX's thin space between the name of a function and a bare argument.
    return re.sub(r"(?<!<msup>)(?<!<msub>)(<mi>(?:tanh|log|ln)</mi>)(?=<m[in]>)", r'\1<mspace width="0.17em" />', math)


def beside(url):
    """The page of a notebook, where nothing is known but that pages lie as their notebooks do."""
    return url if re.match(r"[a-z]+:", url) else re.sub(r"\.ipynb(?=$|#)", ".html", url)


class PageRenderer(IPythonRenderer):
    """Equations become MathML, which needs no script; `resolve` says where a link leads, None for nowhere."""

    resolve = staticmethod(beside)

    def block_math(self, body):
        return f'<div class="equation" tabindex="0">{to_mathml(body, display="block")}</div>\n'

    def inline_math(self, body):
        return to_mathml(body, display="inline")

    def latex_environment(self, name, body):
        return self.block_math(f"\\begin{{{name}}}{body}\\end{{{name}}}")

    def link(self, text, url, title=None):
        target = self.resolve(url)
        return text if target is None else super().link(text, target, title)


def markdown_to_html(source, resolve=beside):
    renderer = PageRenderer(escape=False, exclude_anchor_links=True)
    renderer.resolve = resolve
    text = with_heading_ids(MarkdownWithMath(renderer=renderer).render(source))
    text = without_empty_headings(text)
    # A bracket or full stop stays on the line of the formula that it belongs to.
    inline_math = r'\(?<math [^>]*display="inline"[^>]*>(?:(?!</math>).)*</math>'
    text = re.sub(f"({inline_math})([.,;:?!)’”-]+)", r'<span class="unbroken">\1\2</span>', text)
    # A wide table scrolls by itself, not the page.
    return re.sub(r"<table>.*?</table>", r'<div class="table" tabindex="0">\g<0></div>', text, flags=re.DOTALL)


def without_empty_headings(text):
    """An empty corner of a table heads nothing."""
    return re.sub(r"<th[^>]*>\s*</th>", "<td></td>", "".join(text))


def with_heading_ids(text):
    """Headings get ids made of their words, so that links and tables of contents can name them."""

    def add_id(match):
        words = re.sub(r"<[^>]*>|&\w+;", "", match[2]).lower()
        heading_id = "-".join(re.findall(r"[^\W_]+", words))
        return f'<h{match[1]} id="{heading_id}">{match[2]}</h{match[1]}>'

    return re.sub(r"<h([1-6])>(.*?)</h\1>", add_id, text, flags=re.DOTALL)


def page_title(notebook):
    """The notebook's first heading."""
    heading = re.search(r"^# (.+)$", markdown_of(notebook), flags=re.MULTILINE)
    return heading[1] if heading else "Activation functions"


def contents(notebook):
    """The page's headings of the second level, as pairs of an id and what it says."""
    return re.findall(r'<h2 id="([^"]*)">(.*?)</h2>', markdown_to_html(markdown_of(notebook)), flags=re.DOTALL)


def markdown_of(notebook):
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def figures(notebook):
    """The notebook's plotly figures."""
    bundles = [output.get("data", {}) for cell in notebook.cells for output in cell.get("outputs", [])]
    return [data[PLOTLY_MIME] for data in bundles if PLOTLY_MIME in data]


# Pixels. The slider of a chart stands above its plot, where it can be reached with the keyboard.
SLIDER_HEIGHT = 74
PANEL_HEIGHT = 240
PANEL_GAP = 80
LEGEND_HEIGHT = 50


def heights(figure):
    """Of the plot, and of the plot on a narrow screen, where panels that stand side by side go below one another."""
    layout = figure["layout"]
    wide = layout.get("height", 420) - (SLIDER_HEIGHT if layout.get("sliders") else 0)
    panels = sum(re.fullmatch(r"xaxis\d*", key) is not None for key in layout)
    if panels < 2:
        return wide, wide
    margins = layout["margin"]["t"] + layout["margin"]["b"] - (SLIDER_HEIGHT if layout.get("sliders") else 0)
    return wide, panels * (PANEL_HEIGHT + PANEL_GAP) - PANEL_GAP + margins + LEGEND_HEIGHT


def chart_title(figure):
    title = figure["layout"].get("title", {}).get("text", "Chart")
    return re.sub(r"<[^>]*>", "", title.replace("<br>", " "))


def picture(png):
    """The picture's address: the picture itself. A site has it in a file instead."""
    return f"data:image/png;base64,{png}"


def inline_file(path):
    """A file of the project, to stand inside <script> or <style>."""
    return Markup((PROJECT / path).read_text(encoding="utf-8").replace("</script", "<\\/script"))


def inline_style(path):
    """A style sheet to stand inside <style>, with the font in it."""
    font = base64.b64encode((PROJECT / MATH_FONT).read_bytes()).decode()
    return Markup(inline_file(path).replace(Path(MATH_FONT).name, f"data:font/woff2;base64,{font}"))


def inline_json(data):
    """Data to stand inside <script type="application/json">."""
    return Markup(json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/"))


def attribute(text):
    return Markup(html.escape("".join(text)))
