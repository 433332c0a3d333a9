"""Markdown as JupyterLab reads it. Equations become marks, which take the place of MathML until the HTML is clean."""

import re
from html import escape, unescape

from course_html import KNOWN
from mistune import import_plugin
from mistune.plugins.table import table
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath, MathBlockParser, MathInlineParser
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

# Characters that no notebook has, once it is read: Unicode keeps them for programs' own use.
EQUATION, END, PIPE = "\ufdd0", "\ufdd1", "\ufdd2"
MARK = re.compile(f"{EQUATION}(\\d+){END}")


def braces(depth):
    """What stands between two braces, with others in it."""
    return rf"\{{(?:[^{{}}\\]|\\.{f'|{braces(depth - 1)}' if depth > 0 else ''})*\}}"


# A $ between braces ends no equation, as in \text{for all $x$}; nor does one after a backslash.
BODY = rf"(?:[^$\\{{}}]|\\.|{braces(4)})+?"
BLOCK = rf"\$\$(?P<block>{BODY})\$\$"
INLINE = rf"(?<![$\\])\$(?!\$)(?P<inline>{BODY})\$(?!\$)"
LATEX = re.compile(
    rf"{BLOCK}|{INLINE}|\\\[(?P<brackets>.+?)\\\]|\\\((?P<parentheses>.+?)\\\)"
    r"|\\begin\{(?P<name>[a-z]+\*?)\}.+?\\end\{(?P=name)\}",
    re.DOTALL,
)
CODE_OR_EQUATION = re.compile(rf"(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)|{BLOCK}|{INLINE}")
ALIGNMENTS = {(False, False): None, (True, False): "left", (False, True): "right", (True, True): "center"}
DELIMITER_ROW = r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*"
TABLE = rf"^ {{0,3}}(?=[^\n]*\|)[^\n]+\n(?=[^\n]*\|){DELIMITER_ROW}(?:\n|$)"


def markdown_to_html(source, mark, note):
    """HTML that is not clean yet. `mark(tex, display, source)` keeps an equation and returns its mark."""
    parser = MarkdownWithMath(
        renderer=PageRenderer(mark, note), block=MathBlockParser(), inline=Inline(hard_wrap=False), plugins=PLUGINS
    )
    return parser.render(with_hidden_pipes(source)).replace(PIPE, "|")


def latex_to_html(source, mark):
    """Text as it is, with marks for the equations in it."""
    pieces, end = [], 0
    for match in LATEX.finditer(source):
        tex = match["block"] or match["brackets"] or match["inline"] or match["parentheses"] or match[0]
        display = match["inline"] is None and match["parentheses"] is None
        pieces += [escape(source[end : match.start()], quote=False), mark(tex, display, match[0])]
        end = match.end()
    return "".join([*pieces, escape(source[end:], quote=False)])


def with_marks(html, mark):
    """HTML may have equations too, everywhere but in code."""
    pieces, code = [], 0
    for piece in re.split(r"(<[^>]*>)", html):
        tag = re.match(r"<(/?)(pre|code|script|style|textarea)\b", piece, re.IGNORECASE)
        code += {None: 0, "": 1, "/": -1}[tag and tag[1]]
        plain = piece.startswith("<") or code > 0 or not LATEX.search(piece)
        pieces.append(piece if plain else latex_to_html(unescape(piece), mark))
    return "".join(pieces)


def with_hidden_pipes(source):
    """The | of an equation parts no cells of a table. Code is left alone: there a \\ must stand before it."""
    return CODE_OR_EQUATION.sub(lambda match: match[0] if match["ticks"] else match[0].replace("|", PIPE), source)


class Inline(MathInlineParser):
    SPECIFICATION = {
        **MathInlineParser.SPECIFICATION,
        "block_math_tex": f"(?s:{BLOCK.replace('block', 'math_block_tex')})",
        "inline_math_tex": f"(?s:{INLINE.replace('inline', 'math_inline_tex')})",
    }

    def __call__(self, text, env):
        return super().__call__(text.replace(PIPE, "|"), env)


class PageRenderer(IPythonRenderer):
    def __init__(self, mark, note):
        super().__init__(escape=False, exclude_anchor_links=True)
        self.mark = mark
        self.note = note

    def block_math(self, body):
        return self.mark(body, True, f"$${body}$$")

    def inline_math(self, body):
        return self.mark(body, False, f"${body}$")

    def latex_environment(self, name, body):
        tex = f"\\begin{{{name}}}{body}\\end{{{name}}}"
        return self.mark(tex, True, tex)

    def inline_html(self, html):
        return unknown_tags_as_text(html)

    def block_html(self, html):
        return with_marks(unknown_tags_as_text(html), self.mark) + "\n"

    def block_code(self, code, info=None):
        """nbconvert writes the name of a language that it does not know above the code."""
        language = (info or "").split(None, 1)[:1]
        try:
            if language and language != ["mermaid"]:
                get_lexer_by_name(language[0])
        except ClassNotFound:
            info = None
        return super().block_code(code.replace(PIPE, "|"), info)

    def block_mermaidjs(self, code):
        self.note("a Mermaid diagram is shown as its source")
        return super().block_code(code, None)

    def _embed_image_or_attachment(self, src):
        """Pictures are looked for when the HTML is cleaned, which may have some of its own."""
        return src


def unknown_tags_as_text(html):
    """What looks like a tag and is none, as in Array<number>."""
    tag = r"</?([a-zA-Z][^\s/>]*)[^>]*>"
    return re.sub(tag, lambda match: match[0] if match[1].lower() in KNOWN else escape(match[0]), html)


def parse_table(block, match, state):
    """As GitHub and JupyterLab read tables: a row may have fewer cells or more, and \\| is a | in code too."""
    header, delimiters = match[0].rstrip("\n").split("\n")
    aligns = [ALIGNMENTS[cell.startswith(":"), cell.endswith(":")] for cell in cells_of(delimiters)]
    if len(cells_of(header)) != len(aligns):
        return None
    rows = []
    position = match.end()
    while position < state.cursor_max:
        line = state.get_line(position)
        if not line.strip() or re.match(r" {0,3}(#{1,6}\s|>|```|~~~|[-*+]\s|\d+[.)]\s|<)", line):
            break
        rows.append(row_of(cells_of(line), aligns, head=False))
        position += len(line)
    head = {"type": "table_head", "children": row_of(cells_of(header), aligns, head=True)["children"]}
    state.append_token({"type": "table", "children": [head, {"type": "table_body", "children": rows}]})
    return position


def cells_of(line):
    line = re.sub(r"^\||(?<!\\)\|$", "", line.strip())
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)]


def row_of(cells, aligns, head):
    padded = [*cells, *[""] * len(aligns)]
    children = [
        {"type": "table_cell", "text": text, "attrs": {"align": align, "head": head}}
        for text, align in zip(padded, aligns)
    ]
    return {"type": "table_row", "children": children}


def tables(markdown):
    """mistune's tables, read by parse_table; in lists and quotes too."""
    table(markdown)
    block = markdown.block
    block.rules.remove("nptable")
    block.register("table", TABLE, parse_table)
    block.insert_rule(block.block_quote_rules, "table", before="paragraph")
    block.insert_rule(block.list_rules, "table", before="paragraph")


PLUGINS = [*(import_plugin(name) for name in MarkdownWithMath.DEFAULT_PLUGINS if name != "table"), tables]
