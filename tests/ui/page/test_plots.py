"""Plots of measures: what is drawn, what the keyboard reaches, what is shown as set aside."""

import re
import xml.etree.ElementTree as ElementTree

import pytest

from assistant.types import Point, Series
from ui.page.plots import HEIGHT, WIDTH, Source, evolution

HOSTILE = '"><script>alert(1)</script>'


def point(date: str, value: str, number: float | None = None, *, rejected: bool = False) -> Point:
    return Point(date, value, float(value.replace(",", ".")) if number is None else number, 0, 0, rejected)


def drawn(*points: Point, name: str = "Créatinine", unit: str = "µmol/L") -> str:
    series = Series(name, unit, points)
    return str(evolution(series, "0", lambda each: Source(points.index(each) + 1, f"Source {points.index(each) + 1}")))


def figure(html: str) -> ElementTree.Element:
    """Read the figure as XML, which it is: what a parser accepts, a browser draws."""
    return ElementTree.fromstring(html)


THREE = (point("2025-03-04", "148"), point("2025-03-06", "131"), point("2025-03-10", "112"))


def test_a_picture_with_a_title_a_description_and_a_table() -> None:
    root = figure(drawn(*THREE))
    [svg] = root.iter("svg")
    assert svg.get("role") == "img"
    assert svg.findtext("title") == "Évolution : Créatinine"
    assert "3 valeurs, de 148 µmol/L le 04/03/2025 à 112 µmol/L le 10/03/2025" in str(svg.findtext("desc"))
    rows = [["".join(cell.itertext()) for cell in row] for row in root.iter("tr")]
    assert rows == [
        ["Date", "Valeur", "Source"],
        ["10/03/2025", "112 µmol/L", "[3]"],
        ["06/03/2025", "131 µmol/L", "[2]"],
        ["04/03/2025", "148 µmol/L", "[1]"],
    ]


def test_each_point_is_a_button_over_its_dot() -> None:
    root = figure(drawn(*THREE))
    dots = [(float(dot.get("cx", "")), float(dot.get("cy", ""))) for dot in root.iter("circle")]
    buttons = [button for button in root.iter("button") if button.get("class") == "point"]
    assert [button.get("data-number") for button in buttons] == ["1", "2", "3"]
    for (x, y), button in zip(dots, buttons, strict=True):
        left, top = map(float, re.findall(r"[\d.]+", str(button.get("style"))))
        assert left == pytest.approx(100 * x / WIDTH, abs=0.05)
        assert top == pytest.approx(100 * y / HEIGHT, abs=0.05)
    assert buttons[0].get("aria-label") == "148 µmol/L le 04/03/2025. Source 1"


def test_time_and_values_are_to_scale() -> None:
    dots = [(float(d.get("cx", "")), float(d.get("cy", ""))) for d in figure(drawn(*THREE)).iter("circle")]
    (x1, y1), (x2, y2), (x3, y3) = dots
    assert (x2 - x1) / (x3 - x1) == pytest.approx(2 / 6, abs=0.01)
    assert (y2 - y1) / (y3 - y1) == pytest.approx((148 - 131) / (148 - 112), abs=0.01)
    assert y1 < y3  # higher values stand higher


def test_a_rejected_value_is_crossed_and_off_the_line() -> None:
    html = drawn(THREE[0], point("2025-03-05", "612", rejected=True), THREE[2])
    root = figure(html)
    assert len(list(root.iter("circle"))) == 2
    assert len([path for path in root.iter("path") if path.get("class") == "cross"]) == 1
    assert len([line for line in root.iter("line") if "course" in str(line.get("class"))]) == 1
    assert "<s>612 µmol/L</s>" in html
    assert "valeur écartée" in html


def test_a_long_time_without_value_is_shortened_and_said_so() -> None:
    days = [point(f"2025-03-{day:02}", str(day)) for day in range(1, 6)]
    html = drawn(point("2023-01-01", "3"), *days)
    xs = [float(dot.get("cx", "")) for dot in figure(f"<div>{html}</div>").iter("circle")]
    assert xs[1] - xs[0] < xs[-1] - xs[1]
    assert "raccourci" in html
    assert 'class="course cut"' in html
    assert "raccourci" not in drawn(*days)


@pytest.mark.parametrize(
    "points",
    [
        (THREE[0],),
        (Point("2025", "148", 148.0, 0, 0), THREE[1]),
        (Point("", "148", 148.0, 0, 0), THREE[1]),
        (Point("2025-03-04", "négatif", None, 0, 0), THREE[1]),
    ],
)
def test_a_single_placed_value_has_a_table_only(points: tuple[Point, ...]) -> None:
    html = drawn(*points)
    assert "<svg" not in html
    assert html.count("<tr>") == len(points) + 1


@pytest.mark.parametrize(
    "points",
    [
        (point("2025-03-04", "4"), point("2025-03-04", "4")),
        (point("2025-03-04", "0"), point("2025-03-05", "0")),
        (point("2025-03-04", "-2"), point("2025-03-05", "3")),
        (point("2025-03-04", "0,0003"), point("2025-03", "120000")),
        (point("2025-03-04T08:00:00", "4"), point("2025-03-04T20:30", "5")),
    ],
)
def test_odd_values_stay_inside_the_frame(points: tuple[Point, ...]) -> None:
    for dot in figure(f"<div>{drawn(*points)}</div>").iter("circle"):
        assert 0 <= float(dot.get("cx", "")) <= WIDTH
        assert 0 <= float(dot.get("cy", "")) <= HEIGHT


def test_a_unit_written_with_the_value_is_not_repeated() -> None:
    assert "148 µmol/L µmol/L" not in drawn(Point("2025-03-04", "148 µmol/L", 148.0, 0, 0), THREE[1])


def test_hostile_names_stay_text() -> None:
    html = drawn(*THREE, name=HOSTILE, unit=HOSTILE)
    assert "<script" not in html
    figure(html)


def test_a_point_without_proof_has_no_button() -> None:
    html = str(evolution(Series("Poids", "kg", THREE), "0", lambda _: None))
    assert "<button" not in html
    assert "112 kg" in html
