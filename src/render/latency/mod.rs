//! How long answers take, for people and for programs.
//!
//! As JSON a result is [`Report`] as it stands; the names of its keys are those of the fields, and a
//! unit is the end of a name. A comparison is an object:
//!
//! | key | value |
//! |---|---|
//! | `rows` | `{reach, class, p, verdict, changes}` each |
//! | `changes` | for each of `p50`, `p90`, `p95`, `p99`, `mean`, `qps`, `cpu`: `{before, after, ratio, low, high}`, times in nanoseconds; `low` and `high` may be null |
//! | `notes` | what people are told |

mod comparison;
mod html;

use std::io::{self, Write};

use super::json::harmless;
use super::{Layout, counted, grouped};
use crate::latency::{Meter, Reach, Report, Row, StageTime, Workload};
use crate::text::{Unit, fitting_beginning, printable, width};

pub use comparison::{latency_comparison, latency_comparison_json};
pub use html::latency_html;

/// How wide the names of classes are.
const NAME_COLUMNS: usize = 14;

/// How wide a time is.
const COLUMNS: usize = 8;

/// How wide a bar is at most, and at least where there is room for any.
const BAR_COLUMNS: (usize, usize) = (30, 6);

/// Returns a report as a JSON object.
pub fn latency_json(report: &Report) -> String {
    // Strings and numbers always have a JSON form.
    harmless(serde_json::to_string_pretty(report).unwrap_or_default())
}

/// Prints what would be asked: the classes, how many queries each has, and the first of these.
///
/// # Errors
///
/// Only those of `out`.
pub fn latency_classes(workload: &Workload, layout: Layout, out: &mut dyn Write) -> io::Result<()> {
    let head = format!("{}{:>7}  such as", name("class"), "queries");
    writeln!(out, "{}", layout.styles.headline.paint(&head))?;
    for (class, queries) in workload.classes.iter().zip(workload.by_class()) {
        let first = queries.first().and_then(|idx| workload.queries.get(*idx));
        let first = first.map(|it| printable(&it.text)).unwrap_or_default();
        let columns = layout.width.saturating_sub(NAME_COLUMNS + COLUMNS + 1);
        let first = fitting_beginning(&first, columns, Unit::Columns);
        writeln!(out, "{}{:>7}  {first}", name(class), queries.len())?;
    }
    Ok(())
}

/// Prints a report as tables, one for each way that queries were followed, with a bar for each class.
///
/// # Errors
///
/// Only those of `out`.
pub fn latency(report: &Report, layout: Layout, out: &mut dyn Write) -> io::Result<()> {
    for reach in reaches(report) {
        let rows: Vec<&Row> = report.rows.iter().filter(|row| row.reach == reach).collect();
        let unit = TimeUnit::of(&rows);
        let heads = ["p50", "p90", "p99", "max", "mean", "cpu"].map(|it| format!("{it:>COLUMNS$}"));
        let title = name(&format!("{}, {}{}", reach.name(), metered(report), unit.name()));
        let head = format!("{title}{:>7}{}", "n", heads.concat());
        writeln!(out, "{}", layout.styles.headline.paint(&head))?;
        let longest_ns = rows.iter().map(|row| row.p90_ns).max().unwrap_or(0);
        for row in rows {
            let times = [row.p50_ns, row.p90_ns, row.p99_ns, row.max_ns].map(|it| it as f64);
            let times = times.into_iter().chain([row.mean_ns]).map(|it| unit.print(it));
            let cpu = row.cpu_mean_ns.map_or_else(|| "-".to_owned(), |it| unit.print(it));
            let cells = times.chain([cpu]).map(|it| format!("{it:>COLUMNS$}"));
            let line =
                format!("{}{:>7}{}", name(&row.class), grouped(row.n), cells.collect::<String>());
            let room = layout.width.saturating_sub(width(&line) + 1).min(BAR_COLUMNS.0);
            let bar = if room < BAR_COLUMNS.1 { String::new() } else { bar(row, longest_ns, room) };
            writeln!(out, "{}", format!("{line} {bar}").trim_end())?;
        }
        writeln!(out)?;
    }
    stages(report, layout, out)?;
    writeln!(out, "bars: █ to p50, ▓ to p90, ░ to p99, as far as the longest p90")?;
    summary(report).iter().try_for_each(|line| {
        writeln!(out, "{}", layout.styles.faint.columnless().paint(&printable(line)))
    })
}

/// How wide the time of a stage is at least.
const STAGE_COLUMNS: usize = 6;

/// Prints where the time of each class goes, if that is known: the means, in microseconds.
fn stages(report: &Report, layout: Layout, out: &mut dyn Write) -> io::Result<()> {
    let Some(first) = report.rows.iter().find(|row| !row.stages.is_empty()) else {
        return Ok(());
    };
    let columns = |stage: &StageTime| STAGE_COLUMNS.max(stage.stage.len() + 1);
    let head = |it: &StageTime| format!("{:>columns$}", it.stage, columns = columns(it));
    let heads: String = first.stages.iter().map(head).collect();
    let head = format!("{}{heads}", name("stages, µs"));
    writeln!(out, "{}", layout.styles.headline.paint(&head))?;
    for row in report.rows.iter().filter(|row| !row.stages.is_empty()) {
        let mean = |it: &StageTime| {
            format!("{:>columns$}", TimeUnit::Micros.print(it.mean_ns), columns = columns(it))
        };
        let cells: String = row.stages.iter().map(mean).collect();
        writeln!(out, "{}{cells}", name(&row.class))?;
    }
    writeln!(out)
}

/// Returns what stands before the unit of a time that is no time of waiting.
fn metered(report: &Report) -> &'static str {
    match report.run.meter {
        Meter::Wall => "",
        Meter::Cpu => "CPU ",
    }
}

/// Returns the ways that queries were followed, each once.
fn reaches(report: &Report) -> Vec<Reach> {
    let mut reaches: Vec<Reach> = report.rows.iter().map(|row| row.reach).collect();
    reaches.dedup();
    reaches
}

/// Returns the name of a class, as wide as its column.
fn name(class: &str) -> String {
    let class = printable(class);
    let class = fitting_beginning(&class, NAME_COLUMNS - 1, Unit::Columns);
    format!("{class}{}", " ".repeat(NAME_COLUMNS - width(class)))
}

/// Draws a row's times as a bar of at most so many columns. The scale ends at the longest p90 of the
/// table: a single p99 would make all other bars invisible.
fn bar(row: &Row, longest_ns: u64, columns: usize) -> String {
    let share = |ns: u64| ns as f64 / longest_ns.max(1) as f64;
    let end = |ns: u64| (share(ns).min(1.0) * columns as f64).round() as usize;
    let (p50, p90, p99) = (end(row.p50_ns), end(row.p90_ns), end(row.p99_ns));
    let of = |sign: &str, start: usize, end: usize| sign.repeat(end.saturating_sub(start));
    [of("█", 0, p50), of("▓", p50, p90), of("░", p90, p99)].concat()
}

/// Says in some lines what was asked, how, and where.
fn summary(report: &Report) -> Vec<String> {
    let Report { environment, index, workload, run, .. } = report;
    let asked_per_s = run.asked_per_s.map_or(String::new(), |it| format!(" of {it} wanted"));
    let seconds = |ns: u64| format!("{:.2} s", ns as f64 / 1e9);
    let cpu = run.cpu_ns.map_or(String::new(), |it| format!(", CPU {}", seconds(it)));
    let memory = run.memory_bytes_max;
    let memory =
        memory.map_or(String::new(), |it| format!(", peak memory {:.0} MB", it as f64 / 1e6));
    let commit = environment.commit.as_ref().map_or(String::new(), |it| format!(" ({it})"));
    vec![
        format!(
            "asked {} in {}, {:.0}/s{asked_per_s}, {}{cpu}{memory}",
            grouped(run.asked),
            seconds(run.wall_ns),
            run.held_per_s,
            counted(run.threads as u64, "thread"),
        ),
        format!(
            "{} {}; workload {}",
            counted(workload.queries as u64, "query"),
            workload.origin,
            workload.mark
        ),
        format!("caches {}", run.caches),
        format!(
            "{}, {:.1} MB, generation {}; corpus {}",
            counted(index.articles, "article"),
            index.bytes as f64 / 1e6,
            index.generation,
            index.corpus
        ),
        format!(
            "dateline {}{commit} on {}, {}, {}",
            environment.program,
            environment.cpu,
            counted(environment.cores as u64, "core"),
            environment.system
        ),
    ]
}

/// The unit of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TimeUnit {
    Micros,
    Millis,
}

impl TimeUnit {
    /// Milliseconds are for tables in which nothing is much shorter than one.
    fn of(rows: &[&Row]) -> Self {
        let shortest_ns = rows.iter().filter(|row| row.n > 0).map(|row| row.p50_ns).min();
        if shortest_ns.unwrap_or(0) < 2_000_000 { Self::Micros } else { Self::Millis }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Micros => "µs",
            Self::Millis => "ms",
        }
    }

    fn ns(self) -> f64 {
        match self {
            Self::Micros => 1e3,
            Self::Millis => 1e6,
        }
    }

    /// Prints a time: of short ones a tenth, of long ones no more than is known.
    fn print(self, ns: f64) -> String {
        let time = ns / self.ns();
        if time < 100.0 { format!("{time:.1}") } else { grouped(time.round() as u64) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::latency::{Environment, FORMAT_VERSION, IndexState, RunState, WorkloadState};
    use crate::render::{Names, Styles};

    fn report() -> Report {
        let row = |class: &str, us: u64| Row {
            class: class.to_owned(),
            n: 1_250,
            p50_ns: us * 1_000,
            p90_ns: us * 2_000,
            p99_ns: us * 4_000,
            max_ns: us * 50_500,
            mean_ns: us as f64 * 1_100.0,
            cpu_mean_ns: Some(us as f64 * 990.0),
            ..Row::default()
        };
        Report {
            format_version: FORMAT_VERSION,
            environment: Environment::default(),
            index: IndexState::default(),
            workload: WorkloadState::default(),
            run: RunState::default(),
            rows: vec![row("word", 50), row("a class with a long name", 100)],
            notes: Vec::new(),
        }
    }

    #[test]
    fn a_table_has_a_row_and_a_bar_for_each_class() {
        let mut out = Vec::new();
        latency(
            &report(),
            Layout { styles: Styles::PLAIN, names: Names::Matched, width: 80 },
            &mut out,
        )
        .unwrap();
        let printed = String::from_utf8(out).unwrap();
        let lines: Vec<&str> = printed.lines().take(5).collect();
        assert_eq!(
            lines,
            [
                "show, µs            n     p50     p90     p99     max    mean     cpu",
                "word            1,250    50.0     100     200   2,525    55.0    49.5 ███▓▓░░░░░",
                "a class with    1,250     100     200     400   5,050     110    99.0 █████▓▓▓▓▓",
                "",
                "bars: █ to p50, ▓ to p90, ░ to p99, as far as the longest p90"
            ]
        );
        let mut narrow = Vec::new();
        latency(
            &report(),
            Layout { styles: Styles::PLAIN, names: Names::Matched, width: 70 },
            &mut narrow,
        )
        .unwrap();
        assert!(!String::from_utf8(narrow).unwrap().contains("▓▓"));
    }

    #[test]
    fn long_times_are_told_in_milliseconds() {
        let mut row = Row { n: 1, p50_ns: 8_400_000, ..Row::default() };
        assert_eq!(TimeUnit::of(&[&row]), TimeUnit::Millis);
        assert_eq!(TimeUnit::Millis.print(8_400_000.0), "8.4");
        row.p50_ns = 900_000;
        assert_eq!(TimeUnit::of(&[&row]), TimeUnit::Micros);
        assert_eq!(TimeUnit::Micros.print(1_234_567.0), "1,235");
    }

    #[test]
    fn a_report_comes_back_from_its_json() {
        let mut report = report();
        report.rows[0].samples = vec![(0, 5), (7, 123)];
        report.rows[0].curve = vec![(0.5, 7), (1.0, 9)];
        let json = latency_json(&report);
        assert!(json.contains("\"samples\": [[0,5],[7,123]]"), "{json}");
        assert_eq!(Report::read(json.as_bytes(), "r.json").unwrap(), report);
    }
}
