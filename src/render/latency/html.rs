//! A page with the curves of each class.

use super::{TimeUnit, metered, reaches, summary};
use crate::latency::{Meter, Reach, Report, Row, StageTime};
use crate::render::grouped;
use crate::render::html::{escaped, head, put};

const STYLE: &str = include_str!("page.css");

/// Returns a report as one page of HTML that needs nothing else: no script, no font, no image.
///
/// At the top stand the numbers of the whole run. Then each class has a chart: the time within which
/// a share of its queries is answered, both axes logarithmic and the same in all charts, so that
/// every nine behind the point takes as much room as the one before. Below stand all numbers.
pub fn latency_html(report: &Report) -> String {
    let title = format!("{} articles", grouped(report.index.articles));
    let mut page = head(&format!("dateline bench: {title}"), STYLE);
    put(
        &mut page,
        format_args!(
            "<body>\n<p class=\"over\">dateline bench</p>\n<h1>{}</h1>\n<p>{}</p>\n",
            escaped(&title),
            escaped(&subtitle(report))
        ),
    );
    doubts(report, &mut page);
    tiles(report, &mut page);
    charts(report, &mut page);
    stages(report, &mut page);
    for reach in reaches(report) {
        table(report, reach, &mut page);
    }
    footer(report, &mut page);
    page.push_str("</body>\n</html>\n");
    page
}

fn subtitle(report: &Report) -> String {
    let pace = match report.run.asked_per_s {
        Some(per_s) => format!("{per_s} queries a second, timed from when each was to begin"),
        None => "each query asked when the one before was answered".to_owned(),
    };
    let threads = match report.run.threads {
        1 => "one thread".to_owned(),
        n => format!("{n} threads"),
    };
    let seconds = report.run.wall_ns as f64 / 1e9;
    let pace = match report.run.meter {
        Meter::Wall => pace,
        Meter::Cpu => format!("{pace}; all times are CPU times"),
    };
    format!("{} queries in {seconds:.1} s by {threads}, {pace}.", grouped(report.run.asked))
}

/// Tells what makes the numbers doubtful, before anybody reads them.
fn doubts(report: &Report, page: &mut String) {
    if report.notes.is_empty() {
        return;
    }
    page.push_str("<ul class=\"doubts\">\n");
    for note in &report.notes {
        put(page, format_args!("<li>{}</li>\n", escaped(note)));
    }
    page.push_str("</ul>\n");
}

fn tiles(report: &Report, page: &mut String) {
    let run = &report.run;
    page.push_str("<div class=\"tiles\">\n");
    let mut tile = |name: &str, number: &str, unit: &str| {
        put(
            page,
            format_args!(
                "<div class=\"tile\"><div class=\"name\">{name}</div>\
                 <div class=\"mean\">{number} <small>{unit}</small></div></div>\n"
            ),
        );
    };
    for reach in reaches(report) {
        let rows: Vec<&Row> = report.rows.iter().filter(|row| row.reach == reach).collect();
        let unit = TimeUnit::of(&rows);
        let [p50, p99] = [middle(&rows, |row| row.p50_ns), middle(&rows, |row| row.p99_ns)];
        let rest = format!("{} · p99 {}", unit.name(), unit.print(p99));
        tile(&format!("{}, the middle class", reach.name()), &unit.print(p50), &rest);
    }
    tile("answered", &grouped(run.held_per_s.round() as u64), "/ s");
    if let Some(cpu_ns) = run.cpu_ns {
        let share = cpu_ns as f64 / run.wall_ns.max(1) as f64;
        tile("CPU beside wall", &format!("{:.0}", share * 100.0), "%");
    }
    if let Some(bytes) = run.memory_bytes_max {
        tile("peak memory", &grouped((bytes as f64 / 1e6).round() as u64), "MB");
    }
    page.push_str("</div>\n");
}

/// Returns the median of a number of all classes.
fn middle(rows: &[&Row], number: fn(&Row) -> u64) -> f64 {
    let mut numbers: Vec<u64> =
        rows.iter().filter(|row| row.n > 0).map(|row| number(row)).collect();
    numbers.sort_unstable();
    numbers.get(numbers.len() / 2).copied().unwrap_or(0) as f64
}

/// Writes a chart for each class, all ways of following its queries in it.
fn charts(report: &Report, page: &mut String) {
    let Some(frame) = Frame::of(report) else { return };
    page.push_str("<h2>Class by class</h2>\n<p>");
    for reach in reaches(report) {
        let (name, meaning) = (reach.name(), meaning(reach));
        put(page, format_args!("<span class=\"key {name}\">{name}</span> {meaning} "));
    }
    page.push_str(
        "Across: the share of queries; up: the time within which they were answered; \
         the dot is the longest. Beside the key: p50 · p99.</p>\n<div class=\"charts\">\n",
    );
    let mut classes: Vec<&str> = Vec::new();
    for row in &report.rows {
        if !classes.contains(&row.class.as_str()) {
            classes.push(&row.class);
        }
    }
    for class in classes {
        let rows: Vec<&Row> =
            report.rows.iter().filter(|row| row.class == class && row.n > 0).collect();
        let numbers = rows.iter().map(|row| {
            let unit = TimeUnit::of(&[row]);
            let [p50, p99] = [row.p50_ns, row.p99_ns].map(|it| unit.print(it as f64));
            format!("<span class=\"{}\">{p50} · {p99} {}</span>", row.reach.name(), unit.name())
        });
        let numbers: Vec<String> = numbers.collect();
        put(
            page,
            format_args!(
                "<figure><figcaption><b>{}</b>{}</figcaption>\n{}</figure>\n",
                escaped(class),
                numbers.concat(),
                frame.chart(&rows)
            ),
        );
    }
    page.push_str("</div>\n");
}

fn meaning(reach: Reach) -> &'static str {
    match reach {
        Reach::Show => "from the query to the printed page.",
        Reach::Rank => "from the query to the ids of the hits.",
        Reach::Process => "from the start of a process to its end.",
        Reach::Cold => "the same, the index having to be read from the disk.",
    }
}

/// What all charts have in common: their axes.
struct Frame {
    /// The shortest and the longest time, as powers of ten of nanoseconds.
    y: (f64, f64),
    /// The rarest share, as the number of nines.
    nines: f64,
}

/// How wide and high a chart is, in units of its own, and where its field begins and ends.
const CHART: (f64, f64) = (320.0, 190.0);
const FIELD_X: (f64, f64) = (46.0, 310.0);
const FIELD_Y: (f64, f64) = (165.0, 8.0);

impl Frame {
    fn of(report: &Report) -> Option<Self> {
        let rows = report.rows.iter().filter(|row| row.n > 0);
        let shortest_ns = rows.clone().map(|row| row.min_ns.max(1)).min()? as f64;
        let longest_ns = rows.clone().map(|row| row.max_ns).max()? as f64;
        let nines = beyond(rows.map(|row| row.n).max()?).max(1.0);
        let low = shortest_ns.log10() - 0.05;
        Some(Self { y: (low, (longest_ns.log10() + 0.05).max(low + 1.0)), nines })
    }

    fn x(&self, nines: f64) -> f64 {
        FIELD_X.0 + (FIELD_X.1 - FIELD_X.0) * (nines / self.nines).clamp(0.0, 1.0)
    }

    fn y(&self, ns: f64) -> f64 {
        let share = (ns.max(1.0).log10() - self.y.0) / (self.y.1 - self.y.0);
        FIELD_Y.0 + (FIELD_Y.1 - FIELD_Y.0) * share.clamp(0.0, 1.0)
    }

    fn chart(&self, rows: &[&Row]) -> String {
        let (width, height) = CHART;
        let mut svg = format!("<svg viewBox=\"0 0 {width} {height}\" role=\"img\">");
        self.grid(&mut svg);
        for row in rows {
            self.curve(row, &mut svg);
        }
        svg.push_str("</svg>");
        svg
    }

    fn grid(&self, svg: &mut String) {
        let ((left, right), (bottom, top)) = (FIELD_X, FIELD_Y);
        for power in self.y.0.ceil() as i32..=self.y.1.floor() as i32 {
            let y = self.y(10_f64.powi(power));
            put(
                svg,
                format_args!(
                    "<line x1=\"{left}\" y1=\"{y:.1}\" x2=\"{right}\" y2=\"{y:.1}\"/>\
                     <text x=\"{:.0}\" y=\"{:.1}\" class=\"y\">{}</text>",
                    left - 5.0,
                    y + 3.5,
                    time_of_power(power)
                ),
            );
        }
        let marks =
            [(0.0, "0"), (0.301, "50"), (1.0, "90"), (2.0, "99"), (3.0, "99.9"), (4.0, "99.99")];
        for (nines, share) in marks.into_iter().filter(|mark| mark.0 <= self.nines + 0.01) {
            let x = self.x(nines);
            put(
                svg,
                format_args!(
                    "<line x1=\"{x:.1}\" y1=\"{bottom}\" x2=\"{x:.1}\" y2=\"{top}\"/>\
                     <text x=\"{x:.1}\" y=\"{:.0}\">{share}%</text>",
                    bottom + 15.0
                ),
            );
        }
    }

    fn curve(&self, row: &Row, svg: &mut String) {
        let mut path = String::new();
        let mut last = (FIELD_X.0, FIELD_Y.0);
        for (share, ns) in &row.curve {
            let nines = if *share < 1.0 { -(1.0 - share).log10() } else { beyond(row.n) };
            last = (self.x(nines), self.y(*ns as f64));
            let sign = if path.is_empty() { 'M' } else { 'L' };
            put(&mut path, format_args!("{sign}{:.1} {:.1}", last.0, last.1));
        }
        let name = row.reach.name();
        let (x, y) = last;
        put(
            svg,
            format_args!(
                "<path class=\"curve {name}\" d=\"{path}\"/>\
                 <circle class=\"{name}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"2.6\"/>"
            ),
        );
    }
}

/// Returns where the longest of so many times stands: as far behind the last share that they tell
/// apart as twice as many would reach.
fn beyond(n: u64) -> f64 {
    (2.0 * n as f64).log10()
}

/// Prints a power of ten of nanoseconds.
fn time_of_power(power: i32) -> String {
    let (unit, below) = match power {
        ..3 => ("ns", 0),
        3..6 => ("µs", 3),
        6..9 => ("ms", 6),
        _ => ("s", 9),
    };
    format!("{} {unit}", grouped(10_u64.pow((power - below).clamp(0, 18).unsigned_abs())))
}

/// Writes where the time of each class goes, as a bar of its stages; all bars have one scale.
fn stages(report: &Report, page: &mut String) {
    let rows: Vec<&Row> = report.rows.iter().filter(|row| !row.stages.is_empty()).collect();
    let Some(first) = rows.first() else { return };
    page.push_str("<h2>Where the time goes</h2>\n<p>");
    for (nth, stage) in first.stages.iter().enumerate() {
        put(page, format_args!("<span class=\"stage s{nth}\">{}</span> ", escaped(&stage.stage)));
    }
    page.push_str("<br>The mean of each stage; of each query the fastest of three further rounds counts.</p>\n<table class=\"stages\"><tbody>\n");
    let whole = |row: &Row| row.stages.iter().map(|stage| stage.mean_ns).sum::<f64>();
    let longest_ns = rows.iter().map(|row| whole(row)).fold(1.0, f64::max);
    for row in rows {
        let segment = |(nth, stage): (usize, &StageTime)| {
            let share = stage.mean_ns / longest_ns * 100.0;
            let title = format!("{} {} µs", stage.stage, TimeUnit::Micros.print(stage.mean_ns));
            format!(
                "<i class=\"s{nth}\" style=\"width:{share:.2}%\" title=\"{}\"></i>",
                escaped(&title)
            )
        };
        let segments: String = row.stages.iter().enumerate().map(segment).collect();
        put(
            page,
            format_args!(
                "<tr><td>{}</td><td class=\"stack\"><div>{segments}</div></td>\
                 <td class=\"number\">{} µs</td></tr>\n",
                escaped(&row.class),
                TimeUnit::Micros.print(whole(row))
            ),
        );
    }
    page.push_str("</tbody></table>\n");
}

/// The columns of a table behind that of the class.
const HEADS: [&str; 12] =
    ["n", "hits", "min", "p50", "p90", "p95", "p99", "p99.9", "max", "mean", "a second", "CPU"];

fn table(report: &Report, reach: Reach, page: &mut String) {
    let rows: Vec<&Row> = report.rows.iter().filter(|row| row.reach == reach).collect();
    let unit = TimeUnit::of(&rows);
    let (name, unit_name) = (reach.name(), [metered(report), unit.name()].concat());
    put(
        page,
        format_args!(
            "<h2>{name}, in {unit_name}</h2>\n<div class=\"wide\"><table>\n<thead><tr><th>class</th>"
        ),
    );
    for head in HEADS {
        put(page, format_args!("<th class=\"number\">{head}</th>"));
    }
    page.push_str("<th>the slowest</th></tr></thead>\n<tbody>\n");
    for row in rows {
        put(page, format_args!("<tr><td>{}</td>", escaped(&row.class)));
        for cell in cells(row, unit) {
            put(page, format_args!("<td class=\"number\">{cell}</td>"));
        }
        put(page, format_args!("<td class=\"query\">{}</td></tr>\n", escaped(&row.slowest)));
    }
    page.push_str("</tbody>\n</table></div>\n");
}

fn cells(row: &Row, unit: TimeUnit) -> [String; HEADS.len()] {
    let time = |ns: u64| unit.print(ns as f64);
    let half = (row.mean_high_ns - row.mean_low_ns) / 2.0;
    [
        grouped(row.n),
        format!("{:.1}", row.hits_mean),
        time(row.min_ns),
        time(row.p50_ns),
        time(row.p90_ns),
        time(row.p95_ns),
        time(row.p99_ns),
        time(row.p999_ns),
        time(row.max_ns),
        format!("{} <small>± {}</small>", unit.print(row.mean_ns), unit.print(half)),
        grouped(row.per_s.round() as u64),
        row.cpu_mean_ns.map_or_else(|| "–".to_owned(), |it| unit.print(it)),
    ]
}

fn footer(report: &Report, page: &mut String) {
    page.push_str("<footer>\n");
    for line in summary(report) {
        put(page, format_args!("<div>{}</div>\n", escaped(&line)));
    }
    page.push_str(
        "<div>Percentiles are true to a thousandth. The mean lies within ± with 95 % confidence: \
         half of a bootstrap interval that draws queries first and then their times.</div>\n\
         </footer>\n",
    );
}
