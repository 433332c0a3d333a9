"""What the page template needs: outputs as HTML, charts, scripts and styles, and files put into the page."""

import base64
import gzip
import io
import json
import re
import subprocess
from functools import cache
from html import escape
from pathlib import Path

from course_page import PROJECT, plain
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from jinja2 import pass_context
from markupsafe import Markup
from nbconvert.filters import ansi2html

PLOTLY_MIME = "application/vnd.plotly.v1+json"
# A figure to touch: its name and what is set, see lib/course/explore.ts.
FIGURE_MIME = "application/vnd.activation-lab.figure+json"
MATH_FONT = "node_modules/@fontsource/stix-two-math/files/stix-two-math-latin-400-normal.woff2"
# Temml's, for equations that are set in this font, which it calls STIXTwoMath.
MATH_STYLE = "node_modules/temml/dist/Temml-STIX2.css"
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
# Every colour of charts and pages, light and dark.
LOOK = json.loads((PROJECT / "lib/charts/look.json").read_text(encoding="utf-8"))
# Plotly's own, in its texts.
PLOTLY_TAGS = re.compile(r"</?(?:b|i|em|s|u|sub|sup|span|a)(?:\s[^<>]*)?>", re.IGNORECASE)
# What JupyterLab draws, and what a page without a kernel and a network does not.
DRAWN_IN_JUPYTERLAB = re.compile(r"application/(vnd\.vega|vnd\.jupyter\.widget-view|pdf|geo\+json|(x-)?javascript)|text/(javascript|vnd\.mermaid)")


def page_of(context):
    page = context["resources"]["page"]
    page.place = context["cell"].place
    return page


# Outputs


@pass_context
def html_output(context, html):
    page = page_of(context)
    return Markup(page.equations.with_references(page.html(html)))


@pass_context
def markdown_output(context, source):
    page = page_of(context)
    return Markup(page.equations.with_references(page.markdown(source)))


@pass_context
def latex_output(context, source):
    page = page_of(context)
    return Markup(page.equations.with_references(page.latex(source)))


@pass_context
def image(context, output, mime):
    """Data of a picture: its address and, if they are said, its size and what it shows."""
    page = page_of(context)
    metadata = output.get("metadata", {})
    metadata = {**metadata, **metadata.get(mime, {})}
    alt = metadata.get("alt") or output.data.get("text/plain") or f"Output of {page.place}"
    size = {key: round(metadata[key]) for key in ("width", "height") if isinstance(metadata.get(key), int | float)}
    return {"src": page.picture(output.data[mime], mime), "alt": alt, **size}


@pass_context
def not_shown(context, output, shown):
    """The types of an output of which the page shows nothing. What JupyterLab shows better is noted too."""
    missing = [one for one in output.data if DRAWN_IN_JUPYTERLAB.match(one)]
    if not shown:
        missing = list(output.data)
    if missing:
        page_of(context).note(f"its output {', '.join(missing)} is {'shown as text' if shown else 'not shown'}")
    return "" if shown else ", ".join(missing)


def terminal(text):
    """What a terminal shows, with its colours."""
    links = r"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"
    return Markup(plain(ansi2html(re.sub(links, "", text))))


def is_aligned(text):
    """Whether a printed text has columns, which broken lines would destroy. As in outputs.js."""
    return bool(re.search(r"\S {2,}\S", text))


def without_plain_spans(code):
    """Highlighted code without the spans that page.css gives no colour: they are most of a page's elements."""
    coloured = "k|kd|kr|kt|kc|ow|s|s1|s2|sb|sr|mi|mf|c1|cm"
    return re.sub(rf'<span class="(?!(?:{coloured})")\w+">([^<]*)</span>', r"\1", code)


# Charts

# Pixels. The slider of a chart stands above its plot, where it can be reached with the keyboard.
SLIDER_HEIGHT = LOOK["sliderHeight"]
PANEL_HEIGHT = 240
PANEL_GAP = 80
LEGEND_HEIGHT = 50
# Plotly's own, where a figure says nothing.
HEIGHT = 420
MARGIN = {"t": 100, "b": 80}


def figures(notebook):
    """The notebook's plotly figures."""
    return figures_in(notebook.cells)


def figures_in(cells):
    bundles = [output.get("data", {}) for cell in cells for output in cell.get("outputs", [])]
    return [data[PLOTLY_MIME] for data in bundles if PLOTLY_MIME in data]


@cache
def figure_table():
    return json.loads((PROJECT / "lib/course/figures.json").read_text(encoding="utf-8"))


def figure_title(name):
    """What a figure to touch is called."""
    return figure_table().get(str(name), {}).get("title", str(name))


def has_explorables(notebook):
    """Whether the notebook shows a figure to touch."""
    return any(FIGURE_MIME in output.get("data", {}) for cell in notebook.cells for output in cell.get("outputs", []))


def plotly_file(some_figures):
    """The smallest plotly that draws these figures, "" if there is none to draw."""
    types = {trace.get("type", "scatter") for figure in some_figures for trace in traces_of(figure)}
    if not some_figures:
        return ""
    return "plotly-cartesian" if types <= CARTESIAN else "plotly"


def traces_of(figure):
    data = figure.get("data") if isinstance(figure, dict) else None
    return [trace for trace in data if isinstance(trace, dict)] if isinstance(data, list) else []


@cache
def packed_plotly(name):
    """A script with plotly packed in it, a third of its size; charts.js unpacks it."""
    script = (PROJECT / PLOTLY[name]).read_bytes()
    licence = re.match(rb"/\*.*?\*/", script, flags=re.DOTALL)[0].decode()
    return Markup(f'{licence}\nglobalThis.packedPlotly = "{packed(script)}";\n')


def packed(content):
    """Text that unpack.mjs unpacks."""
    return base64.b64encode(gzip.compress(content, mtime=0)).decode()


def layout_of(figure):
    layout = figure.get("layout") if isinstance(figure, dict) else None
    return layout if isinstance(layout, dict) else {}


def slider_of(figure):
    """The slider that the page has in the place of the plot's own, which answers to the mouse only: a withSlider's."""
    sliders = layout_of(figure).get("sliders") or []
    if len(sliders) != 1 or (sliders[0].get("y"), sliders[0].get("yanchor")) != (1, "bottom"):
        return None
    steps = sliders[0].get("steps") or []
    if not steps or any(step.get("method") != "animate" or "label" not in step for step in steps):
        return None
    active = sliders[0].get("active", 0)
    return {
        "prefix": sliders[0].get("currentvalue", {}).get("prefix", ""),
        "active": active,
        "label": steps[active]["label"],
        "last": len(steps) - 1,
    }


def heights(figure):
    """Of the plot, and of the plot on a narrow screen, where panels that stand side by side go below one another."""
    layout = layout_of(figure)
    slider = SLIDER_HEIGHT if slider_of(figure) else 0
    height = layout.get("height")
    wide = round(height if isinstance(height, int | float) and height > 0 else HEIGHT) - slider
    panels = sum(is_panel(layout, key) for key in layout)
    if panels < 2:
        return wide, wide
    margin = {**MARGIN, **(layout.get("margin") or {})}
    margins = margin["t"] + margin["b"] - slider
    return wide, panels * (PANEL_HEIGHT + PANEL_GAP) - PANEL_GAP + margins + LEGEND_HEIGHT


def picture_height(figure):
    """Of the picture that goes with a chart, which is 840 pixels wide: see render.mjs."""
    wide, _ = heights(figure)
    return round(1.2 * (wide + (SLIDER_HEIGHT if slider_of(figure) else 0)))


def is_panel(layout, key):
    """As in page.js: a second axis of the same plot has no place of its own."""
    if not re.fullmatch(r"xaxis\d*", key) or layout[key].get("overlaying"):
        return False
    return "domain" in layout[key] and "domain" in layout.get(key.replace("x", "y", 1), {})


def chart_title(figure):
    title = layout_of(figure).get("title") or {}
    text = title if isinstance(title, str) else title.get("text")
    return PLOTLY_TAGS.sub("", re.sub(r"<br\s*/?>", " ", str(text or "Chart")))


# Files


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
    # ss04 has the primes that Temml sets.
    features = [*Options().layout_features, "dtls", "ss01", "ss04", "ssty"]
    options = Options(hinting=False, desubroutinize=True, layout_features=features)
    subsetter = Subsetter(options)
    ranges = [[int(end, 16) for end in part.split("-")] for part in MATH_CHARACTERS.split()]
    subsetter.populate(unicodes=[one for ends in ranges for one in range(ends[0], ends[-1] + 1)])
    subsetter.subset(font)
    font.flavor = "woff2"
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()


def page_style(path):
    """A style sheet, with that of equations, and with the colours as --paper, --accent and so on."""
    colours = LOOK["colours"] | LOOK["page"] | LOOK["terminal"]
    lines = [f"  --{name}: light-dark({one['light']}, {one['dark']});" for name, one in colours.items()]
    sheets = [(PROJECT / one).read_text(encoding="utf-8") for one in (MATH_STYLE, path)]
    return "\n".join([sheets[0], ":root {", *lines, "}", sheets[1]])


@cache
def inline_style(path):
    """The same to stand inside <style>, with the font in it."""
    font = base64.b64encode(math_font()).decode()
    return Markup(page_style(path).replace("./STIXTwoMath.woff2", f"data:font/woff2;base64,{font}"))


def inline_json(data):
    """Data to stand inside <script type="application/json">, where <!-- and <script> would mean something."""
    numbers = json.loads(json.dumps(data), parse_constant=lambda name: None)
    return Markup(json.dumps(numbers, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"))


def pretty_json(data):
    return json.dumps(data, ensure_ascii=False, indent=2)


def attribute(text):
    return Markup(escape(plain("".join(text))))
