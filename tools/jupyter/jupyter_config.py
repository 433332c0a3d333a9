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
c.HTMLExporter.filters = {
    "markdown2html": "course_filters.markdown_to_html",
    "page_title": "course_filters.page_title",
    "contents": "course_filters.contents",
    "figures": "course_filters.figures",
    "heights": "course_filters.heights",
    "description": "course_site.description",
    "plotly_file": "course_filters.plotly_file",
    "packed_plotly": "course_filters.packed_plotly",
    "page_script": "course_filters.page_script",
    "chart_title": "course_filters.chart_title",
    "without_empty_headings": "course_filters.without_empty_headings",
    "without_plain_spans": "course_filters.without_plain_spans",
    "picture": "course_filters.picture",
    "inline_file": "course_filters.inline_file",
    "inline_style": "course_filters.inline_style",
    "inline_json": "course_filters.inline_json",
    "attribute": "course_filters.attribute",
}
# A chart comes with a picture and a text: the chart first.
c.NbConvertBase.display_data_priority = [
    "application/vnd.plotly.v1+json",
    "text/html",
    "text/markdown",
    "image/svg+xml",
    "image/png",
    "text/plain",
]
