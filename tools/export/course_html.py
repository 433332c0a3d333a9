"""The HTML of cells and outputs, made fit for a page: nothing in it runs, asks the network or breaks the page."""

import re

import nh3
from bs4 import BeautifulSoup, NavigableString

# What JupyterLab's own sanitizer lets through, without forms, and drawings besides.
DRAWING = set(
    "svg g defs symbol use path rect circle ellipse line polyline polygon text tspan desc marker mask clipPath"
    " pattern linearGradient radialGradient stop".split()
)
ELEMENTS = DRAWING | set(
    "a abbr acronym address article aside audio b bdi bdo big blockquote br caption center cite code col colgroup data"
    " dd del details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hgroup hr i img input ins"
    " kbd li mark menu meter nav ol p pre progress q rp rt ruby s samp section small source span strike strong sub"
    " summary sup table tbody td tfoot th thead time tr track tt u ul var video wbr".split()
)
# What a page neither runs nor fills in, and of these the ones whose content is no text.
LEFT_OUT = set("script style iframe object embed applet canvas template noscript select option textarea".split())
WITH_CONTENT = set("script style iframe template noscript option textarea".split())
KNOWN = {name.lower() for name in ELEMENTS | LEFT_OUT} | set(
    "html head title body link meta base form button label fieldset legend map area optgroup option frame frameset math"
    " center nobr slot dialog search picture hgroup main output datalist param".split()
)

ATTRIBUTES = {
    "*": set("class dir hidden id lang style title translate".split()),
    "a": {"href"},
    "audio": {"controls", "loop", "muted", "src"},
    "col": {"span"},
    "colgroup": {"span"},
    "data": {"value"},
    "details": {"open"},
    "font": {"color", "face", "size"},
    "img": {"alt", "height", "src", "width"},
    "input": {"checked", "disabled"},
    "li": {"value"},
    "meter": {"high", "low", "max", "min", "optimum", "value"},
    "ol": {"reversed", "start", "type"},
    "progress": {"max", "value"},
    "source": {"src", "type"},
    "td": {"align", "colspan", "headers", "rowspan"},
    "th": {"align", "colspan", "headers", "rowspan", "scope"},
    "time": {"datetime"},
    "track": {"default", "kind", "label", "src", "srclang"},
    "video": {"controls", "height", "loop", "muted", "src", "width"},
    **dict.fromkeys(
        DRAWING,
        set(
            "clip-path clip-rule cx cy d dominant-baseline dx dy fill fill-opacity fill-rule font-family font-size"
            " font-style font-weight fx fy gradientTransform gradientUnits height href marker-end marker-mid"
            " marker-start markerHeight markerUnits markerWidth mask offset opacity orient pathLength patternTransform"
            " patternUnits points preserveAspectRatio r refX refY role rotate rx ry stop-color stop-opacity stroke"
            " stroke-dasharray stroke-linecap stroke-linejoin stroke-opacity stroke-width text-anchor transform"
            " viewBox width x x1 x2 y y1 y2".split()
        ),
    ),
}
STYLES = set(
    "align-items background-color border border-bottom border-collapse border-color border-left border-radius"
    " border-right border-spacing border-style border-top border-width box-sizing clear color display fill fill-opacity"
    " flex flex-direction flex-wrap float font-family font-size font-style font-variant font-weight gap"
    " grid-template-columns height justify-content letter-spacing line-height list-style-type margin margin-bottom"
    " margin-left margin-right margin-top max-height max-width min-height min-width opacity overflow overflow-x padding"
    " padding-bottom padding-left padding-right padding-top stop-color stroke stroke-dasharray stroke-width"
    " table-layout text-align text-anchor text-decoration text-indent text-transform vertical-align white-space width"
    " word-break".split()
)
# Pygments' and nbconvert's own, pandas' and JupyterLab's. Any other could take the page's own for itself.
CLASSES = re.compile(r"[a-z]{1,2}\d?|err|highlight|language-\S+|ansi-\S+|task-list-item\S*|dataframe|alert|alert-[a-z]+")
# Where papers are.
REFERENCE = re.compile(r"https://(doi\.org|arxiv\.org)/")
SCHEMES = {"http", "https", "mailto", "tel", "data", "attachment"}
MEDIA = ["img", "audio", "video", "source", "track"]
WRITTEN = {"abbr", "b", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "s", "samp", "strong", "sub", "sup", "u", "var"}
HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]


def clean(html, page, tables_scroll):
    """A piece of HTML that is closed in itself, with `page`'s ids, addresses and pictures."""
    left_out(html, page.note)
    html = nh3.clean(
        html,
        tags=ELEMENTS,
        clean_content_tags=WITH_CONTENT,
        attributes=ATTRIBUTES,
        attribute_filter=own_attribute,
        filter_style_properties=STYLES,
        url_schemes=SCHEMES,
        link_rel=None,
    )
    soup = BeautifulSoup(html, "html.parser")
    for heading in soup.find_all(HEADINGS):
        page.name_heading(heading)
    unique_ids(soup, page)
    for element in soup.find_all(MEDIA):
        media(element, page)
    for link in soup.find_all("a"):
        link_to(link, page)
    for link in soup.select("p > a[href]"):
        if REFERENCE.match(link["href"]) and link.get_text().lower().startswith(("doi:", "arxiv:")):
            as_reference(soup, link)
    for cell in soup.find_all("td"):
        # A line would end after the minus of 2e-7.
        if re.fullmatch(r"[-−]?[\d.]+e[-+]\d+", cell.get_text()):
            cell["class"] = [*cell.get("class", []), "unbroken"]
    for box in soup.find_all("input"):
        if page.asks:
            box.decompose()
            continue
        # Of all of a form's fields, a task list has boxes.
        box["type"] = "checkbox"
        box["disabled"] = ""
    for cell in soup.find_all(align=True):
        cell["style"] = f"text-align:{cell['align']};{cell.get('style', '')}"
        del cell["align"]
    for heading in soup.find_all("th"):
        # An empty corner of a table heads nothing.
        if not heading.get_text().strip() and not heading.find(True):
            heading.name = "td"
    for table in soup.find_all("table"):
        # A wide table scrolls by itself, not the page.
        if tables_scroll and not table.find_parent("table"):
            table.wrap(soup.new_tag("div", attrs={"class": "table"}))
    return soup


def left_out(html, note):
    """Names what the page will not have."""
    if not re.search(rf"href|<({'|'.join(LEFT_OUT)})", html, re.IGNORECASE):
        return
    soup = BeautifulSoup(html, "html.parser")
    names = sorted({element.name for element in soup.find_all(LEFT_OUT)})
    if names:
        note(f"left out: {', '.join(f'<{name}>' for name in names)}")
    for link in soup.find_all("a", href=True):
        scheme = re.match(r"\s*([a-zA-Z][a-zA-Z0-9+.\-\s]*):", link["href"])
        if scheme and re.sub(r"\s", "", scheme[1]).lower() not in SCHEMES:
            note(f"left out: the link to {link['href'].strip()}")


def own_attribute(element, attribute, value):
    if attribute == "class":
        return " ".join(name for name in value.split() if CLASSES.fullmatch(name)) or None
    if element in DRAWING:
        # Parts of a drawing may be used in it, and nothing else.
        outside = attribute == "href" and not value.startswith("#")
        return None if outside or re.search(r"url\(\s*['\"]?(?!#)", value) else value
    return value


def unique_ids(soup, page):
    """Another cell, or the page, may have an id already. A drawing goes on using its own parts."""
    renamed = {}
    for element in soup.find_all(id=True):
        own = element["id"]
        element["id"] = page.unique_id(own)
        renamed.setdefault(own, element["id"])
    for element in soup.find_all(DRAWING):
        for attribute, value in element.attrs.items():
            if attribute != "id" and "#" in value:
                element[attribute] = re.sub(r"#([^)'\"\s]+)", lambda match: f"#{renamed.get(match[1], match[1])}", value)
    for element in soup.find_all(headers=True):
        element["headers"] = " ".join(renamed.get(one, one) for one in element["headers"].split())


def media(element, page):
    """A picture, sound or film comes with the page, or the page says that it is missing."""
    source = element.get("src")
    if source is None and element.name in ("audio", "video"):
        # It has sources of its own.
        return
    address = page.media(source or "")
    if address is not None:
        element["src"] = address
        return
    if element.name in ("source", "track"):
        element.decompose()
        return
    what = element.get("alt") or source or "a picture"
    element.name = "em"
    element.attrs = {"class": "missing"}
    element.string = f"Not on this page: {what}"


def link_to(link, page):
    address = page.address(link["href"]) if link.has_attr("href") else None
    if address is None:
        link.unwrap()
    else:
        link["href"] = address


def as_reference(soup, link):
    """What a wide page shows in its margin, without the comma before it or the parentheses around it."""
    before, after = link.previous_sibling, link.next_sibling
    reference = link.wrap(soup.new_tag("span", attrs={"class": "reference"}))
    if not isinstance(before, NavigableString):
        return
    # A line may end there.
    is_alone = re.search(r"\s\($", before) and isinstance(after, NavigableString) and after.startswith(")")
    if not is_alone and not re.search(r",\s$", before):
        return
    for place, text in [(0, before[-2:])] + ([(2, ")")] if is_alone else []):
        sign = soup.new_tag("span")
        sign.string = text
        reference.insert(place, sign)
    before.replace_with(NavigableString(before[:-2]))
    if is_alone:
        after.replace_with(NavigableString(after[1:]))


def title_html(heading):
    """What a heading says, to be shown inside a link: its words, and how they are written."""
    copy = BeautifulSoup(heading.decode_contents(), "html.parser")
    for element in copy.find_all(True):
        if element.name in MEDIA:
            element.decompose()
        elif element.name in WRITTEN:
            element.attrs = {}
        else:
            element.unwrap()
    return copy.decode_contents().strip()
