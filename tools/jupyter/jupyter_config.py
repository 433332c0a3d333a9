"""Configuration of JupyterLab and nbconvert in this project: quiet, local, and exporting offline pages."""

import os
import re
import sys
from pathlib import Path

tools = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(tools / "export"))

c = get_config()  # noqa: F821

# On this machine only, and no request to anywhere else.
c.ServerApp.ip = "localhost"
# A codespace shows its ports under an address of GitHub's, which the browser's requests then come from.
if "CODESPACE_NAME" in os.environ:
    domain = os.environ.get("GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN", "app.github.dev")
    c.ServerApp.allow_origin_pat = rf"https://{re.escape(os.environ['CODESPACE_NAME'])}-\d+\.{re.escape(domain)}"
# Containers often have no other user; who can reach the server is settled by the line above and the token.
c.ServerApp.allow_root = True
c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
c.LabApp.extension_manager = "readonly"
c.LabApp.extra_labextensions_path = [str(tools / "jupyter" / "labextensions")]

# The course's kernel only.
c.KernelSpecManager.ensure_native_kernel = False
c.KernelSpecManager.allowed_kernelspecs = {"tslab"}

# File → Save and Export Notebook As offers what works here: the others need programs that are not installed, or a CDN.
c.Exporter.enabled = False
for name in ["HTMLExporter", "MarkdownExporter", "ScriptExporter", "NotebookExporter"]:
    c[name].enabled = True
for name in ["SlidesExporter", "WebPDFExporter", "QtPDFExporter", "QtPNGExporter"]:
    c[name].enabled = False

# The same page from `npm run export -- --single-file` and from File → Save and Export Notebook As → HTML.
c.TemplateExporter.extra_template_basedirs = [str(tools / "export")]
c.HTMLExporter.template_name = "course"
# What the pages have more than nbconvert knows of, and their filters.
c.HTMLExporter.preprocessors = ["course_page.Streams", "course_page.CoursePage"]
c.HTMLExporter.filters = {
    name: f"course_filters.{name}"
    for name in (
        "attribute",
        "chart_title",
        "figure_title",
        "figures",
        "has_explorables",
        "heights",
        "html_output",
        "image",
        "inline_file",
        "inline_json",
        "inline_style",
        "latex_output",
        "markdown_output",
        "not_shown",
        "is_aligned",
        "packed_plotly",
        "page_script",
        "picture_height",
        "plain",
        "plotly_file",
        "pretty_json",
        "slider_of",
        "terminal",
        "without_plain_spans",
    )
}
# Of several forms of an output, the one that JupyterLab shows. A chart comes with a picture and a text.
c.NbConvertBase.display_data_priority = [
    "application/vnd.plotly.v1+json",
    "application/vnd.activation-lab.figure+json",
    "application/json",
    "text/html",
    "text/markdown",
    "text/latex",
    "image/svg+xml",
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/webp",
    "image/bmp",
    "image/avif",
    "text/plain",
]
