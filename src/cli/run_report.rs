//! The report of a run, as people read it in the morning.

use std::fmt::Write as _;

use crate::index::Home;
use crate::ingest::{Report, RunOutcome};
use crate::render::{counted, grouped};

use super::progress::megabytes;

/// The last good run before one, to compare it with.
pub(super) fn run_before(home: &Home, run: u64) -> Option<Report> {
    let runs = home.runs().into_iter().rev().filter(|it| *it < run || run == 0);
    let mut reports = runs.filter_map(|it| Report::from_json(&home.report(it)?));
    reports.find(|report| report.outcome.is_good())
}

/// Returns what an index that was just built comes to, in one line.
pub(super) fn summary(report: &Report) -> String {
    let seconds = report.took_ms as f64 / 1e3;
    let rate = report.bytes_read as f64 / 1e6 / seconds.max(0.001);
    let mut line = format!(
        "{} from {} in {seconds:.1} s ({rate:.1} MB/s); generation {}, {}",
        counted(report.articles.read, "article"),
        counted(report.files.seen, "file"),
        report.generation,
        megabytes(report.index_bytes),
    );
    if report.articles.undated > 0 {
        let _ = write!(line, "; {} without a date", report.articles.undated);
    }
    line
}

/// Returns the report of a run as a table, beside the good run before it.
pub(super) fn table(report: &Report, before: Option<&Report>) -> String {
    let mut table = Table { lines: headline(report), before };
    if before.is_some() {
        table.line("", "this run", Some("last run".to_owned()));
    }
    table.row("files", report.files.seen, |it| it.files.seen);
    table.part("new", report.files.added, |it| it.files.added);
    table.part("changed", report.files.changed, |it| it.files.changed);
    table.part("moved", report.files.moved, |it| it.files.moved);
    table.part("read again", report.files.retried, |it| it.files.retried);
    table.part("only touched", report.files.touched, |it| it.files.touched);
    table.part("gone", report.files.deleted, |it| it.files.deleted);
    table.part("left for next time", report.files.left, |it| it.files.left);
    table.row("articles", report.articles.in_index, |it| it.articles.in_index);
    table.part("new", report.articles.added, |it| it.articles.added);
    table.part("updated", report.articles.updated, |it| it.articles.updated);
    table.part("gone", report.articles.deleted, |it| it.articles.deleted);
    table.part("superseded", report.articles.superseded, |it| it.articles.superseded);
    table.part("withdrawn", report.articles.withdrawn, |it| it.articles.withdrawn);
    table.row("set aside", report.set_aside, |it| it.set_aside);
    for (class, n) in &report.set_aside_by_class {
        let of = |it: &Report| it.set_aside_by_class.get(class).copied().unwrap_or_default();
        table.part(class.name(), *n, of);
    }
    table.row("set aside in all", report.quarantined, |it| it.quarantined);
    table.text("index", |it| megabytes(it.index_bytes), report);
    table.text("read", |it| megabytes(it.bytes_read), report);
    table.text("time", |it| seconds(it.took_ms), report);
    if report.bytes_read > 0 && report.outcome.is_good() {
        let stages = report.stages_ms;
        for (name, ms) in [
            ("planning", stages.plan),
            ("reading", stages.read),
            ("merging", stages.merge),
            ("publishing", stages.publish),
        ] {
            table.line(name, &seconds(ms), None);
        }
        let cpu = report.cpu_ms;
        table.line("processor", &seconds(cpu.all), None);
        for (name, ms) in [
            ("parsing", cpu.read),
            ("recognising", cpu.annotate),
            ("cutting words", cpu.analyze),
            ("finding copies", cpu.copies),
        ] {
            table.line(name, &seconds(ms), None);
        }
        let _ = writeln!(
            table.lines,
            "{:>20}  {:>12}  articles a second, {:.1} MB/s",
            "speed",
            grouped(report.articles_per_s as u64),
            report.megabytes_per_s,
        );
    }
    if let Some(bytes) = report.memory_bytes_max {
        let _ = writeln!(table.lines, "{:>20}  {:>12}  at most", "memory", megabytes(bytes));
    }
    table.lines
}

fn headline(report: &Report) -> String {
    let took = seconds(report.took_ms);
    let generation = report.generation;
    let mut line = match report.outcome {
        RunOutcome::Published => format!("run {}: generation {generation} in {took}", report.run),
        RunOutcome::Partial => {
            format!("run {}: generation {generation} in {took}, not all of it", report.run)
        }
        RunOutcome::Unchanged => {
            format!("run {}: nothing has changed; generation {generation} stays", report.run)
        }
        RunOutcome::Interrupted => {
            format!("run {}: stopped after {took}; the next run goes on from here", report.run)
        }
        RunOutcome::Failed => format!("run {}: failed after {took}", report.run),
    };
    line.push('\n');
    line
}

fn seconds(ms: u64) -> String {
    format!("{:.1} s", ms as f64 / 1e3)
}

/// Rows of a name, what is now, and what was before.
struct Table<'a> {
    lines: String,
    before: Option<&'a Report>,
}

impl Table<'_> {
    fn row(&mut self, name: &str, now: u64, of: impl Fn(&Report) -> u64) {
        let before = self.before.map(|it| grouped(of(it)));
        self.line(name, &grouped(now), before);
    }

    /// Adds a row only where there is something to tell.
    fn part(&mut self, name: &str, now: u64, of: impl Fn(&Report) -> u64) {
        if now > 0 {
            self.row(name, now, of);
        }
    }

    fn text(&mut self, name: &str, of: impl Fn(&Report) -> String, report: &Report) {
        let before = self.before.map(&of);
        self.line(name, &of(report), before);
    }

    fn line(&mut self, name: &str, now: &str, before: Option<String>) {
        let before = before.map(|it| format!("  {it:>12}")).unwrap_or_default();
        // Writing to a string cannot fail.
        let _ = writeln!(self.lines, "{name:>20}  {now:>12}{before}");
    }
}
