"""Small pictures of charts for the index: their lines, points and surfaces, without words."""

from itertools import groupby
from math import isfinite, log10

from course_filters import LOOK, layout_of, traces_of

WIDTH, HEIGHT = 160, 100
# Of a surface, and of the points of a line: as many as such a small picture can show.
CELLS, STEPS, POINTS = (40, 25), 48, 80
DARK = {
    entry["light"]: entry["dark"] for group in ("activations", "neutral", "colours") for entry in LOOK[group].values()
}


def picture(figure):
    """An SVG of a figure's last panel; None if it has nothing that is drawn here."""
    traces = traces_of(figure)
    axes = [trace.get("xaxis", "x") for trace in traces]
    traces = [trace for trace, axis in zip(traces, axes) if axis == axes[-1]]
    scales = [scale(figure, traces, name) for name in ("x", "y")]
    parts = [part for trace in traces for part in drawn(trace, *scales)]
    if not parts:
        return None
    return f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true" focusable="false">{"".join(parts)}</svg>'


def drawn(trace, to_x, to_y):
    kind = trace.get("type", "scatter")
    if kind in ("contour", "heatmap"):
        yield from surface(trace)
    elif kind == "scatter" and to_x and to_y:
        points = [(to_x(x), to_y(y)) for x, y in zip(numbers(trace.get("x")), numbers(trace.get("y")))]
        mode = trace.get("mode", "lines")
        if "lines" in mode:
            # A line may have gaps.
            pieces = [list(group) for is_gap, group in groupby(points, lambda point: None in point) if not is_gap]
            colour = both(trace.get("line", {}).get("color"))
            width = min(2, trace.get("line", {}).get("width", 2))
            yield from (line(piece, colour, width) for piece in pieces if len(piece) > 1 and colour)
        if "markers" in mode:
            colour = both(trace.get("marker", {}).get("color"))
            known = [(x, y) for x, y in points if x is not None and y is not None and 0 <= x <= WIDTH and 0 <= y <= HEIGHT]
            if known and colour:
                yield dots(every(known, POINTS), colour)


def line(points, colour, width):
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in every(points, STEPS))
    return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{width}"/>'


def dots(points, colour):
    path = "".join(f"M{x:.0f} {y:.0f}h0" for x, y in points)
    return f'<path d="{path}" stroke="{colour}" stroke-width="3" stroke-linecap="round"/>'


def surface(trace):
    """As bars, each as long as the colour stays the same."""
    rows = [row for row in (numbers(row) for row in trace.get("z") or []) if row]
    known = [value for row in rows for value in row if value is not None]
    low, high = trace.get("zmin", min(known, default=0)), trace.get("zmax", max(known, default=1))
    colours = [colour for _, colour in trace.get("colorscale") or []] if isinstance(trace.get("colorscale"), list) else []
    if not known or not colours or high <= low:
        return

    def colour_at(column, row):
        value = rows[row * len(rows) // CELLS[1]][column * len(rows[0]) // CELLS[0]]
        share = 0 if value is None else min(1, max(0, (value - low) / (high - low)))
        return colours[min(int(share * len(colours)), len(colours) - 1)]

    width, height = WIDTH // CELLS[0], HEIGHT // CELLS[1]
    bars = {}
    for row in range(CELLS[1]):
        top = HEIGHT - (row + 1) * height
        for colour, group in groupby(range(CELLS[0]), lambda column: colour_at(column, row)):
            columns = list(group)
            length = len(columns) * width
            bars.setdefault(colour, []).append(f"M{columns[0] * width} {top}h{length}v{height}h-{length}z")
    for colour, some in bars.items():
        if both(colour):
            yield f'<path d="{"".join(some)}" fill="{both(colour)}"/>'


def scale(figure, traces, name):
    """From a value to a place in the picture; None if there are no values."""
    axis = traces[-1].get(f"{name}axis", name)
    layout = layout_of(figure).get(axis.replace(name, f"{name}axis", 1)) or {}
    is_log = layout.get("type") == "log"

    def shown(value):
        if value is None or (is_log and value <= 0):
            return None
        return log10(value) if is_log else value

    values = [shown(value) for trace in traces for value in numbers(trace.get(name))]
    values = [value for value in values if value is not None]
    low, high = layout.get("range") or (min(values, default=0), max(values, default=0))
    if not values or not low < high:
        return None
    length, margin = (WIDTH, 0) if name == "x" else (HEIGHT, 3)

    # A line may lead out of the picture, which ends at its edge.
    def place(value):
        value = shown(value)
        if value is None:
            return None
        share = (value - low) / (high - low)
        share = share if name == "x" else 1 - share
        return margin + share * (length - 2 * margin)

    return place


def numbers(values):
    """Only numbers have a place."""
    some = values if isinstance(values, list) else []
    return [value if isinstance(value, int | float) and isfinite(value) else None for value in some]


def every(points, most):
    """So many of them at most, the last included."""
    step = max(1, -(-len(points) // most))
    return points if step == 1 else [*points[:-1:step], points[-1]]


def both(colour):
    """A colour on light paper and on dark; None for the pale ones of bands, and for all that the table does not have."""
    return f"light-dark({colour}, {DARK[colour]})" if isinstance(colour, str) and colour in DARK else None
