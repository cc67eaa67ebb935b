"""A plot of a measure and its table: a picture in SVG, its points as buttons laid over it, each opening its source.

The picture is an image with a title and a description; what a reader may press are buttons in percent of
its frame, so that keyboard and screen readers reach each point. No script and no request.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import accumulate, pairwise
from math import floor, log10
from statistics import median

from markupsafe import Markup

from assistant.types import Point, Series
from ui.page.wording import counted, date_label, day_label

WIDTH, HEIGHT = 640, 220
LEFT, RIGHT, TOP, BOTTOM = 56, 16, 14, 28
_TICKS = 4
_DATES = 4
_DECIMALS = 1e-9
_LONG, _SHORTENED = 20, 0.3
"""How many times the usual gap between two values is shortened, and to what share of the others together."""


@dataclass(frozen=True)
class Source:
    """Where a point is proven: the number of its citation on the page, and what its button says of it."""

    number: int
    label: str


_CUT = Markup('<p class="cut-note">Pointillé : un long temps sans valeur, raccourci sur le tracé.</p>')
SourceOf = Callable[[Point], Source | None]


@dataclass(frozen=True)
class _Dot:
    point: Point
    x: float
    y: float
    after_cut: bool


def evolution(series: Series, turn: str, source_of: SourceOf) -> Markup:
    """Return the figure of a measure: its plot when there are two dated numbers, its table always."""
    dots = _dots(series.points)
    heading = f"{series.name} ({series.unit})" if series.unit else series.name
    plot = _plot(series, dots, turn, source_of) if len(dots) > 1 else Markup("")
    return Markup('<figure class="evolution"><figcaption>{}</figcaption>{}{}</figure>').format(
        heading, plot, _table(series, turn, source_of)
    )


def _plot(series: Series, dots: Sequence[_Dot], turn: str, source_of: SourceOf) -> Markup:
    first, last = dots[0].point, dots[-1].point
    title = f"Évolution : {series.name}"
    told = (
        f"{counted(len(dots), 'valeur')}, de {_amount(first, series)} le {day_label(first.date)}"
        f" à {_amount(last, series)} le {day_label(last.date)}. Les valeurs sont dans le tableau qui suit."
    )
    note = _CUT if any(dot.after_cut for dot in dots) else Markup("")
    marks = Markup("").join(map(_mark, dots))
    buttons = Markup("").join(_button(dot, series, turn, source) for dot in dots if (source := source_of(dot.point)))
    return Markup(
        '<div class="plot"><svg viewBox="0 0 {} {}" role="img" aria-label="{}. {}"><title>{}</title><desc>{}</desc>{}{}'
        "{}</svg>{}</div>{}"
    ).format(WIDTH, HEIGHT, title, told, title, told, _grid(dots), _line(dots), marks, buttons, note)


def _dots(points: Sequence[Point]) -> list[_Dot]:
    """Place the dated numbers: time from left to right, values upwards; a long time without any value is shortened."""
    placed = [
        (point, day, point.number)
        for point in points
        if (day := _day(point.date)) is not None and point.number is not None
    ]
    if not placed:
        return []
    placed.sort(key=lambda one: one[1])
    ticks = _ticks([number for _, _, number in placed])
    shares, cut = _shares([day for _, day, _ in placed])
    return [
        _Dot(point, LEFT + (WIDTH - LEFT - RIGHT) * share, _height(number, ticks), after_cut)
        for (point, _, number), share, after_cut in zip(placed, shares, cut, strict=True)
    ]


def _shares(days: Sequence[float]) -> tuple[list[float], list[bool]]:
    """Return where each day stands between the first (0) and the last (1), and whether the time before was shortened.

    The gap between two stays would press the values of each stay into one place.
    """
    gaps = [later - earlier for earlier, later in pairwise(days)]
    usual = median([gap for gap in gaps if gap] or [1.0])
    shortened = [gap > _LONG * usual for gap in gaps]
    kept = sum(gap for gap, cut in zip(gaps, shortened, strict=True) if not cut) or 1.0
    lengths = [kept * _SHORTENED if cut else gap for gap, cut in zip(gaps, shortened, strict=True)]
    whole = sum(lengths)
    starts = [0.0, *accumulate(lengths)]
    return [start / whole if whole else 0.5 for start in starts], [False, *shortened]


def _height(number: float, ticks: Sequence[float]) -> float:
    share = (number - ticks[0]) / (ticks[-1] - ticks[0])
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


def _ticks(numbers: Sequence[float]) -> list[float]:
    """Return round numbers around the values, at least two."""
    low, high = min(numbers), max(numbers)
    spread = (high - low) or abs(high) or 1.0
    power = 10 ** floor(log10(spread / _TICKS))
    step = next(step for step in (power, 2 * power, 5 * power, 10 * power) if spread / step <= _TICKS)
    start = floor(low / step + _DECIMALS) * step
    ticks = [start]
    while ticks[-1] < high - _DECIMALS or len(ticks) < 2:
        ticks.append(ticks[-1] + step)
    return ticks


def _grid(dots: Sequence[_Dot]) -> Markup:
    ticks = _ticks([dot.point.number for dot in dots if dot.point.number is not None])
    rows = Markup("").join(
        Markup(
            '<line class="grid" x1="{}" x2="{}" y1="{:.1f}" y2="{:.1f}"/><text class="tick" x="{}" y="{:.1f}">{}</text>'
        ).format(LEFT, WIDTH - RIGHT, y, y, LEFT - 8, y + 4, _written(tick))
        for tick in ticks
        for y in (_height(tick, ticks),)
    )
    shown = _spread(dots)
    columns = Markup("").join(
        Markup('<text class="date" x="{:.1f}" y="{}" text-anchor="{}">{}</text>').format(
            dot.x, HEIGHT - 8, _anchor(dot.x), day_label(dot.point.date[:10])
        )
        for dot in shown
    )
    return rows + columns


def _spread(dots: Sequence[_Dot]) -> list[_Dot]:
    """Return the dots whose dates are written below: first, last, and those between that leave room."""
    apart = (WIDTH - LEFT - RIGHT) / _DATES
    shown = [dots[0]]
    for dot in dots[1:-1]:
        if dot.x - shown[-1].x >= apart and dots[-1].x - dot.x >= apart:
            shown.append(dot)
    return [*shown, dots[-1]] if dots[-1].x - dots[0].x >= apart / 2 else shown


def _anchor(x: float) -> str:
    return "start" if x < LEFT + 40 else "end" if x > WIDTH - RIGHT - 40 else "middle"


def _line(dots: Sequence[_Dot]) -> Markup:
    """Return the line through the values that stand, dashed across a time that was shortened."""
    standing = [dot for dot in dots if not dot.point.rejected]
    return Markup("").join(
        Markup('<line class="course{}" x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}"/>').format(
            " cut" if any(dot.after_cut for dot in dots if left.x < dot.x <= right.x) else "",
            left.x, left.y, right.x, right.y,
        )
        for left, right in pairwise(standing)
    )  # fmt: skip


def _mark(dot: _Dot) -> Markup:
    if dot.point.rejected:
        x, y, r = dot.x, dot.y, 5
        return Markup('<path class="cross" d="M{:.1f} {:.1f} L{:.1f} {:.1f} M{:.1f} {:.1f} L{:.1f} {:.1f}"/>').format(
            x - r, y - r, x + r, y + r, x - r, y + r, x + r, y - r
        )
    return Markup('<circle class="dot" cx="{:.1f}" cy="{:.1f}" r="4.5"/>').format(dot.x, dot.y)


def _button(dot: _Dot, series: Series, turn: str, source: Source) -> Markup:
    aside = ", valeur écartée" if dot.point.rejected else ""
    label = f"{_amount(dot.point, series)} le {date_label(dot.point.date)}{aside}. {source.label}"
    return Markup(
        '<button type="button" class="point" data-action="cite" data-turn="{}" data-number="{}"'
        ' style="left:{:.2f}%;top:{:.2f}%" aria-label="{}" title="{}"></button>'
    ).format(turn, source.number, 100 * dot.x / WIDTH, 100 * dot.y / HEIGHT, label, label)


def _table(series: Series, turn: str, source_of: SourceOf) -> Markup:
    rows = Markup("").join(_row(point, series, turn, source_of(point)) for point in reversed(series.points))
    return Markup(
        '<table><caption class="sr">Valeurs : {}</caption><thead><tr><th scope="col">Date</th>'
        '<th scope="col">Valeur</th><th scope="col">Source</th></tr></thead><tbody>{}</tbody></table>'
    ).format(series.name, rows)


def _row(point: Point, series: Series, turn: str, source: Source | None) -> Markup:
    value = _amount(point, series)
    shown = Markup('<s>{}</s> <span class="aside">valeur écartée</span>').format(value) if point.rejected else value
    button = source and Markup(
        '<button type="button" class="cite" data-action="cite" data-turn="{}" data-number="{}" aria-label="{}"'
        ' title="{}">[{}]</button>'
    ).format(turn, source.number, source.label, source.label, source.number)
    return Markup('<tr><th scope="row">{}</th><td class="number">{}</td><td>{}</td></tr>').format(
        date_label(point.date), shown, button or ""
    )


def _amount(point: Point, series: Series) -> str:
    return point.value if point.value.endswith(series.unit) else f"{point.value} {series.unit}"


def _written(tick: float) -> str:
    return f"{tick:.6g}".replace(".", ",")


def _day(iso: str) -> float | None:
    """Return a moment as a number of days; a month alone is placed at its beginning, a year alone nowhere."""
    parts = iso[:10].split("-")
    if len(parts) < 2:
        return None
    try:
        day = date(*(int(part) for part in (*parts, "1", "1")[:3])).toordinal()
        hour = time.fromisoformat(iso[11:19]) if len(iso) > 10 else time()
    except ValueError:
        return None
    return day + (hour.hour + hour.minute / 60) / 24
