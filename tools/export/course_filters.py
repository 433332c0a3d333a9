"""What the page template needs: Markdown with MathML, links between pages, and files put into the page."""

import base64
import gzip
import html
import io
import json
import re
import subprocess
from functools import cache
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from latex2mathml.converter import convert as latex_to_mathml
from markupsafe import Markup
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

PLOTLY_MIME = "application/vnd.plotly.v1+json"
PROJECT = Path(__file__).resolve().parent.parent.parent
MATH_FONT = "node_modules/@fontsource/stix-two-math/files/stix-two-math-latin-400-normal.woff2"
# What equations are made of: letters, Greek, signs, arrows and operators, and the letters of mathematics that are
# italic, bold, script or double-struck. The whole font has six times the size.
MATH_CHARACTERS = (
    "20-7E A0-FF 300-315 391-3F5 2010-2044 2057 2070-209F 2102 210E 2113 2115 211D 2124 2190-2199 21A6 21D0-21D4 "
    "2200-22FF 2308-230B 23DE-23DF 27E8-27E9 1D400-1D467 1D49C-1D4B5 1D538-1D550 1D6E2-1D71B"
)
PLOTLY = {
    "plotly-cartesian": "node_modules/plotly.js-cartesian-dist-min/plotly-cartesian.min.js",
    "plotly": "node_modules/plotly.js-dist-min/plotly.min.js",
}
# What the smaller plotly draws. https://github.com/plotly/plotly.js/blob/master/dist/README.md
CARTESIAN = set(
    "scatter bar box heatmap histogram histogram2d histogram2dcontour contour scatterternary violin image pie".split()
)


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


def without_plain_spans(code):
    """Highlighted code without the spans that page.css gives no colour: they are most of a page's elements."""
    coloured = "k|kd|kr|kt|kc|ow|s|s1|s2|sb|sr|mi|mf|c1|cm"
    return re.sub(rf'<span class="(?!(?:{coloured})")\w+">([^<]*)</span>', r"\1", code)


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


def plotly_file(some_figures):
    """The smallest plotly that draws these figures, "" if there is none to draw."""
    types = {trace.get("type", "scatter") for figure in some_figures for trace in figure["data"]}
    if not some_figures:
        return ""
    return "plotly-cartesian" if types <= CARTESIAN else "plotly"


@cache
def packed_plotly(name):
    """A script with plotly packed in it, a third of its size; charts.js unpacks it."""
    script = (PROJECT / PLOTLY[name]).read_bytes()
    licence = re.match(rb"/\*.*?\*/", script, flags=re.DOTALL)[0].decode()
    return Markup(f'{licence}\nglobalThis.packedPlotly = "{packed(script)}";\n')


def packed(content):
    """Text that unpack.mjs unpacks."""
    return base64.b64encode(gzip.compress(content, mtime=0)).decode()


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


@cache
def page_script(path):
    """A script with what it imports in one piece: browsers load no modules from disk."""
    esbuild = PROJECT / "node_modules" / "esbuild" / "bin" / "esbuild"
    command = ["node", esbuild, PROJECT / path, "--bundle", "--minify", "--charset=utf8", "--log-level=warning"]
    script = subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout
    return Markup(script.replace("</script", "<\\/script"))


@cache
def math_font():
    """The font of equations as a woff2 file, without the characters that they do not use."""
    font = TTFont(PROJECT / MATH_FONT, recalcTimestamp=False)
    options = Options(hinting=False, desubroutinize=True)
    subsetter = Subsetter(options)
    ranges = [[int(end, 16) for end in part.split("-")] for part in MATH_CHARACTERS.split()]
    subsetter.populate(unicodes=[one for ends in ranges for one in range(ends[0], ends[-1] + 1)])
    subsetter.subset(font)
    font.flavor = "woff2"
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()


def inline_style(path):
    """A style sheet to stand inside <style>, with the font in it."""
    font = base64.b64encode(math_font()).decode()
    return Markup(inline_file(path).replace(Path(MATH_FONT).name, f"data:font/woff2;base64,{font}"))


def inline_json(data):
    """Data to stand inside <script type="application/json">."""
    return Markup(json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/"))


def attribute(text):
    return Markup(html.escape("".join(text)))
