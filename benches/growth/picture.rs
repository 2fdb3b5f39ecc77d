//! The picture: a panel for each kind of measure, all axes logarithmic. It needs nothing else, and
//! is light or dark as its reader's screen is.

use std::collections::BTreeSet;

use crate::figures::Figures;
use crate::law::Law;
use crate::put;
use crate::series::{Line, Panel, Unit, panels};

/// The name of the file.
pub(crate) const NAME: &str = "growth.svg";

/// The size of a panel, and the places of its field within it.
const PANEL: (f64, f64) = (470.0, 300.0);
const FIELD_X: (f64, f64) = (60.0, 308.0);
const FIELD_Y: (f64, f64) = (258.0, 44.0);

/// How many panels stand side by side, and what stands above them.
const COLUMNS: usize = 2;
const HEAD: f64 = 114.0;

/// How far apart two names are at the least.
const NAMES_APART: f64 = 13.5;

/// The colours of lines, on light ground and on dark; where there are more lines the second time is
/// dashed.
const COLOURS: [[&str; 2]; 8] = [
    ["#2f6fb0", "#7db4ea"],
    ["#b4452c", "#f08f74"],
    ["#2b7a5b", "#6cc7a0"],
    ["#8a5aa8", "#c79be4"],
    ["#a8740a", "#e3b34f"],
    ["#0f7f8c", "#62c9d6"],
    ["#b03a78", "#ee8fc0"],
    ["#5d6269", "#b3b8bf"],
];

/// Draws all panels.
pub(crate) fn svg(figures: &Figures) -> String {
    let panels = panels(figures);
    let (width, height) = PANEL;
    let n_rows = panels.len().div_ceil(COLUMNS);
    let (all_x, all_y) = (width * COLUMNS as f64 + 20.0, HEAD + height * n_rows as f64 + 10.0);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {all_x} {all_y}\" role=\"img\" \
         aria-label=\"What grows with an archive\">\n{}<rect class=\"ground\" width=\"{all_x}\" \
         height=\"{all_y}\"/>\n",
        style()
    );
    head(figures, &mut svg);
    for (idx, panel) in panels.iter().enumerate() {
        let (x, y) =
            ((idx % COLUMNS) as f64 * width + 10.0, HEAD + (idx / COLUMNS) as f64 * height);
        put(&mut svg, format_args!("<g transform=\"translate({x} {y})\">\n"));
        if let Some(frame) = Frame::of(panel) {
            frame.draw(panel, &mut svg);
        }
        svg.push_str("</g>\n");
    }
    svg.push_str("</svg>\n");
    svg
}

fn style() -> String {
    let mut style = String::from(
        "<style>\ntext { font: 11.5px system-ui, -apple-system, \"Segoe UI\", Roboto, \"Noto Sans\", \
         sans-serif; }\n.title { font-size: 14px; font-weight: 600; } .over { font-size: 21px; \
         font-weight: 650; } .lead { font-size: 13px; }\n.x { text-anchor: middle; } .y { \
         text-anchor: end; }\n.line { fill: none; stroke-width: 2; stroke-linejoin: round; } \
         .again { stroke-dasharray: 5 3; }\n.grid { stroke-width: 1; } .even { stroke-width: 1; \
         stroke-dasharray: 1.5 4; } .lead-line { stroke-width: 1; opacity: .45; fill: none; }\n",
    );
    for (scheme, of) in [("light", 0), ("dark", 1)] {
        let [ground, sheet, ink, faint, grid] = [
            ["#fbfaf7", "#16181b"],
            ["#ffffff", "#1e2125"],
            ["#1c1d20", "#e8e6e1"],
            ["#6b6d73", "#a4a7ae"],
            ["#e7e4dc", "#33373c"],
        ]
        .map(|it| it[of]);
        if scheme == "dark" {
            style.push_str("@media (prefers-color-scheme: dark) {\n");
        }
        put(
            &mut style,
            format_args!(
                ".ground {{ fill: {ground}; }} .sheet {{ fill: {sheet}; stroke: {grid}; }} \
                 .title, .over {{ fill: {ink}; }} .x, .y, .lead {{ fill: {faint}; }} \
                 .grid {{ stroke: {grid}; }} .even {{ stroke: {faint}; }}\n"
            ),
        );
        for (nth, colour) in COLOURS.iter().enumerate() {
            let colour = colour[of];
            put(
                &mut style,
                format_args!(".s{nth} {{ stroke: {colour}; }} .t{nth} {{ fill: {colour}; }}\n"),
            );
        }
        if scheme == "dark" {
            style.push_str("}\n");
        }
    }
    style + "</style>\n"
}

fn head(figures: &Figures, svg: &mut String) {
    let settings = figures.sizes.iter().flat_map(|it| [&it.built_by, &it.asked_by]);
    let settings: BTreeSet<String> =
        settings.map(|it| format!("{}, commit {}", it.date, it.commit)).collect();
    let settings = Vec::from_iter(settings).join("; ");
    let lines = [
        "Across stands the number of articles; all axes are logarithmic. Behind each name is the \
         exponent of its law: at 1 ten times the"
            .to_owned(),
        "articles take ten times as much (the dotted line), at 0 they take no more. Times of \
         queries are CPU times of one thread."
            .to_owned(),
        format!("Measured {settings}."),
    ];
    svg.push_str("<text class=\"over\" x=\"24\" y=\"38\">What grows with an archive</text>\n");
    for (line, y) in lines.iter().zip([62, 80, 98]) {
        put(svg, format_args!("<text class=\"lead\" x=\"24\" y=\"{y}\">{line}</text>\n"));
    }
}

/// The axes of a panel, as powers of ten.
struct Frame {
    x: (f64, f64),
    y: (f64, f64),
    unit: Unit,
}

impl Frame {
    fn of(panel: &Panel) -> Option<Self> {
        let points = || panel.lines.iter().flat_map(|it| &it.points);
        let range = |of: fn(&(f64, f64)) -> f64| {
            let logs = || points().map(|it| of(it).log10());
            Some((logs().reduce(f64::min)?, logs().reduce(f64::max)?))
        };
        let (x, y) = (range(|it| it.0)?, range(|it| it.1)?);
        // A line that hardly rises must not look like one that does.
        let y_room = (0.04 * (y.1 - y.0)).max((1.0 - (y.1 - y.0)) / 2.0).max(0.05);
        let y = (y.0 - y_room, y.1 + y_room);
        Some(Self { x: (x.0 - 0.06, x.1.max(x.0 + 0.1) + 0.06), y, unit: panel.unit })
    }

    fn x(&self, articles: f64) -> f64 {
        let share = (articles.log10() - self.x.0) / (self.x.1 - self.x.0);
        FIELD_X.0 + (FIELD_X.1 - FIELD_X.0) * share
    }

    fn y(&self, measure: f64) -> f64 {
        let share = (measure.log10() - self.y.0) / (self.y.1 - self.y.0);
        FIELD_Y.0 + (FIELD_Y.1 - FIELD_Y.0) * share
    }

    fn draw(&self, panel: &Panel, svg: &mut String) {
        let (width, height) = PANEL;
        put(
            svg,
            format_args!(
                "<rect class=\"sheet\" x=\"4\" y=\"4\" width=\"{}\" height=\"{}\" rx=\"8\"/>\
                 <text class=\"title\" x=\"18\" y=\"28\">{}</text>\n",
                width - 8.0,
                height - 8.0,
                panel.title
            ),
        );
        self.grid(svg);
        let mut names: Vec<Name> = Vec::new();
        for (nth, line) in panel.lines.iter().enumerate() {
            self.line(nth, line, svg);
            names.extend(Name::of(nth, line, self));
        }
        set_apart(&mut names);
        names.iter().for_each(|name| name.draw(svg));
    }

    fn grid(&self, svg: &mut String) {
        let ((left, right), (bottom, top)) = (FIELD_X, FIELD_Y);
        let is_wide = self.y.1 - self.y.0 > 2.2;
        for mark in marks(self.y, if is_wide { &[1.0] } else { &[1.0, 2.0, 5.0] }) {
            let y = self.y(mark);
            let told = amount(mark, self.unit);
            put(
                svg,
                format_args!(
                    "<line class=\"grid\" x1=\"{left}\" y1=\"{y:.1}\" x2=\"{right}\" y2=\"{y:.1}\"/>\
                     <text class=\"y\" x=\"{}\" y=\"{:.1}\">{told}</text>\n",
                    left - 6.0,
                    y + 4.0
                ),
            );
        }
        for mark in marks(self.x, &[1.0]) {
            let x = self.x(mark);
            put(
                svg,
                format_args!(
                    "<line class=\"grid\" x1=\"{x:.1}\" y1=\"{bottom}\" x2=\"{x:.1}\" y2=\"{top}\"/>\
                     <text class=\"x\" x=\"{x:.1}\" y=\"{}\">{}</text>\n",
                    bottom + 17.0,
                    n_articles(mark)
                ),
            );
        }
        self.even(svg);
    }

    /// Draws where a measure would go that begins at the bottom and grows as the archive does.
    fn even(&self, svg: &mut String) {
        let n_powers = (self.x.1 - self.x.0).min(self.y.1 - self.y.0);
        let along = |range: (f64, f64), at: (f64, f64)| {
            at.0 + (at.1 - at.0) * n_powers / (range.1 - range.0)
        };
        put(
            svg,
            format_args!(
                "<line class=\"even\" x1=\"{}\" y1=\"{}\" x2=\"{:.1}\" y2=\"{:.1}\"/>\n",
                FIELD_X.0,
                FIELD_Y.0,
                along(self.x, FIELD_X),
                along(self.y, FIELD_Y)
            ),
        );
    }

    fn line(&self, nth: usize, line: &Line, svg: &mut String) {
        let place =
            |(n, measure): &(f64, f64)| format!("{:.1} {:.1}", self.x(*n), self.y(*measure));
        let places: Vec<String> = line.points.iter().map(place).collect();
        let (colour, again) =
            (nth % COLOURS.len(), if nth < COLOURS.len() { "" } else { " again" });
        put(
            svg,
            format_args!("<path class=\"line s{colour}{again}\" d=\"M{}\"/>\n", places.join("L")),
        );
        for (n, measure) in &line.points {
            let (x, y) = (self.x(*n), self.y(*measure));
            put(
                svg,
                format_args!(
                    "<circle class=\"t{colour}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"2.4\"/>\n"
                ),
            );
        }
    }
}

/// Returns the powers of ten in a range, and multiples of them.
fn marks((low, high): (f64, f64), times: &[f64]) -> Vec<f64> {
    let powers = low.floor() as i32..=high.ceil() as i32;
    let marks = powers.flat_map(|power| times.iter().map(move |it| it * 10_f64.powi(power)));
    marks.filter(|it| (low..=high).contains(&it.log10())).collect()
}

/// A line's name, beside its end.
struct Name {
    colour: usize,
    text: String,
    /// Where the line ends.
    end: (f64, f64),
    y: f64,
}

impl Name {
    fn of(nth: usize, line: &Line, frame: &Frame) -> Option<Self> {
        let (n, measure) = line.points.last()?;
        let law = Law::of(&line.points).map(|it| format!(" {:.2}", it.exponent));
        let text = format!("{}{}", line.name, law.unwrap_or_default().replace('-', "−"));
        let end = (frame.x(*n), frame.y(*measure));
        Some(Self { colour: nth % COLOURS.len(), text, end, y: end.1 })
    }

    fn draw(&self, svg: &mut String) {
        let Self { colour, text, end: (x, end_y), y } = self;
        let beside = FIELD_X.1 + 14.0;
        put(
            svg,
            format_args!(
                "<path class=\"lead-line s{colour}\" d=\"M{:.1} {end_y:.1}L{:.1} {y:.1}\"/>\
                 <text class=\"t{colour}\" x=\"{beside}\" y=\"{:.1}\">{text}</text>\n",
                x + 4.0,
                beside - 3.0,
                y + 4.0
            ),
        );
    }
}

/// Sets names apart that would lie one upon the other, each as near its line as can be: those that
/// touch are a block, which stands around the middle of their lines.
fn set_apart(names: &mut [Name]) {
    names.sort_by(|a, b| a.end.1.total_cmp(&b.end.1));
    let mut blocks: Vec<(f64, usize)> = Vec::new();
    for name in names.iter() {
        let (mut middle, mut n) = (name.end.1, 1);
        while let Some((other, n_others)) = blocks.last().copied() {
            let half = |n: usize| NAMES_APART * n as f64 / 2.0;
            if other + half(n_others) <= middle - half(n) {
                break;
            }
            blocks.pop();
            middle = (other * n_others as f64 + middle * n as f64) / (n + n_others) as f64;
            n += n_others;
        }
        let room = NAMES_APART * (n as f64 - 1.0) / 2.0;
        let (highest, lowest) = (FIELD_Y.1 + room, FIELD_Y.0 + 8.0 - room);
        blocks.push((middle.min(lowest).max(highest), n));
    }
    let mut names = names.iter_mut();
    for (middle, n) in blocks {
        for (nth, name) in names.by_ref().take(n).enumerate() {
            name.y = middle + NAMES_APART * (nth as f64 - (n as f64 - 1.0) / 2.0);
        }
    }
}

/// Prints an amount that is a round number.
pub(crate) fn amount(amount: f64, unit: Unit) -> String {
    let steps: &[(f64, &str)] = match unit {
        Unit::Time => &[(1.0, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns")],
        Unit::Bytes => &[(1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "kB"), (1.0, "B")],
    };
    let fits = |it: &&(f64, &str)| amount >= it.0 * 0.999;
    let (step, name) = steps.iter().find(fits).unwrap_or(&steps[steps.len() - 1]);
    let number = amount / step;
    let n_figures = if number < 9.95 && (number - number.round()).abs() > 0.005 { 1 } else { 0 };
    format!("{number:.n_figures$} {name}")
}

/// Prints a number of articles that is a power of ten.
fn n_articles(n: f64) -> String {
    match n {
        1e6.. => format!("{:.0} M", n / 1e6),
        1e3.. => format!("{:.0} k", n / 1e3),
        _ => format!("{n:.0}"),
    }
}
