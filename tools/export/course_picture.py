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
    axis = layout_of(figure).get(axis_of(traces[-1], "y")) or {}
    from_top = axis.get("autorange") == "reversed"
    parts = [part for trace in traces for part in drawn(trace, *scales, from_top)]
    if not parts:
        return None
    return f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true" focusable="false">{"".join(parts)}</svg>'


def drawn(trace, to_x, to_y, from_top):
    kind = trace.get("type", "scatter")
    if kind in ("contour", "heatmap"):
        yield from surface(trace, from_top)
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


def surface(trace, from_top):
    """As bars, each as long as the colour stays the same."""
    rows = [row for row in (numbers(row) for row in trace.get("z") or []) if row]
    rows = rows[::-1] if from_top else rows
    known = [value for row in rows for value in row if value is not None]
    low, high = trace.get("zmin", min(known, default=0)), trace.get("zmax", max(known, default=1))
    colours = [colour for _, colour in trace.get("colorscale") or []] if isinstance(trace.get("colorscale"), list) else []
    if not known or not colours or high <= low:
        return

    # As it is, if there is so little of it.
    is_small = len(rows[0]) <= 48 and len(rows) <= CELLS[1]
    across, down = (len(rows[0]), len(rows)) if is_small else CELLS

    def colour_at(column, row):
        value = rows[row * len(rows) // down][column * len(rows[0]) // across]
        share = 0 if value is None else min(1, max(0, (value - low) / (high - low)))
        if len(colours) == 2:
            return colours[1], round(share, 1)
        return colours[min(int(share * len(colours)), len(colours) - 1)], 1

    bars = {}
    for row in range(down):
        top, height = round(HEIGHT - (row + 1) * HEIGHT / down, 1), round(HEIGHT / down, 1)
        for colour, group in groupby(range(across), lambda column: colour_at(column, row)):
            columns = list(group)
            left, length = (round(count * WIDTH / across, 1) for count in (columns[0], len(columns)))
            bars.setdefault(colour, []).append(f"M{left:g} {top:g}h{length:g}v{height:g}h-{length:g}z")
    for (colour, opacity), some in bars.items():
        if both(colour) and opacity > 0:
            yield f'<path d="{"".join(some)}" fill="{both(colour)}" opacity="{opacity}" shape-rendering="crispEdges"/>'


def axis_of(trace, name):
    """What the layout calls its axis x or y."""
    return trace.get(f"{name}axis", name).replace(name, f"{name}axis", 1)


def scale(figure, traces, name):
    """From a value to a place in the picture; None if there are no values."""
    layout = layout_of(figure).get(axis_of(traces[-1], name)) or {}
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
