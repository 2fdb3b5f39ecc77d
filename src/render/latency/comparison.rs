//! Two measurements, side by side.

use std::io::{self, Write};

use serde::Serialize;

use super::super::Layout;
use super::super::json::harmless;
use super::name;
use crate::latency::{Change, Comparison, Metric, Reach, RowChange, Verdict};

/// The numbers that are printed for people.
const SHOWN: [Metric; 3] = [Metric::P50, Metric::P99, Metric::Mean];

/// How wide the change of one is.
const COLUMNS: usize = 17;

/// Prints a comparison as a table: for each class the ratios with the intervals in which they lie,
/// and what that comes to.
///
/// # Errors
///
/// Only those of `out`.
pub fn latency_comparison(
    comparison: &Comparison,
    layout: Layout,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut last = None;
    for row in &comparison.rows {
        if last != Some(row.reach) {
            let gap = if last.is_none() { "" } else { "\n" };
            let heads = SHOWN.map(|it| format!("{:>COLUMNS$}", it.name()));
            let head = format!("{}{}{:>9}", name(row.reach.name()), heads.concat(), "p");
            writeln!(out, "{gap}{}", layout.styles.headline.paint(&head))?;
            last = Some(row.reach);
        }
        let cells =
            SHOWN.map(|it| format!("{:>COLUMNS$}", row.change(it).map_or_else(String::new, ratio)));
        let line = format!("{}{}{:>9}", name(&row.class), cells.concat(), chance(row.p));
        writeln!(out, "{line}  {}", row.verdict.name())?;
    }
    Ok(())
}

/// Prints a ratio and where it lies: `1.08 (1.05–1.12)`.
fn ratio(change: &Change) -> String {
    let print = |ratio: f64| match ratio {
        10.0.. => format!("{ratio:.0}"),
        _ => format!("{ratio:.2}"),
    };
    let interval = change.interval.map(|it| format!(" ({}–{})", print(it.low), print(it.high)));
    format!("{}{}", print(change.ratio), interval.unwrap_or_default())
}

/// Prints a p; below what three digits can tell, that it is.
fn chance(p: f64) -> String {
    if p < 0.001 { "<0.001".to_owned() } else { format!("{p:.3}") }
}

#[derive(Serialize)]
struct ComparisonJson<'a> {
    format_version: u32,
    rows: Vec<RowJson<'a>>,
    notes: &'a [String],
}

#[derive(Serialize)]
struct RowJson<'a> {
    reach: Reach,
    class: &'a str,
    p: f64,
    verdict: Verdict,
    changes: ChangesJson<'a>,
}

/// A change for each number that both know, by its name.
struct ChangesJson<'a>(&'a RowChange);

impl Serialize for ChangesJson<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let known = Metric::ALL.into_iter().filter_map(|it| Some((it.name(), self.0.change(it)?)));
        serializer.collect_map(known.map(|(name, change)| {
            let Change { before, after, ratio, interval } = *change;
            let (low, high) = (interval.map(|it| it.low), interval.map(|it| it.high));
            (name, ChangeJson { before, after, ratio, low, high })
        }))
    }
}

#[derive(Serialize)]
struct ChangeJson {
    before: f64,
    after: f64,
    ratio: f64,
    low: Option<f64>,
    high: Option<f64>,
}

/// Returns a comparison as a JSON object, as the table of the room says.
pub fn latency_comparison_json(comparison: &Comparison) -> String {
    let rows = comparison.rows.iter().map(|row| RowJson {
        reach: row.reach,
        class: &row.class,
        p: row.p,
        verdict: row.verdict,
        changes: ChangesJson(row),
    });
    let whole = ComparisonJson {
        format_version: crate::latency::FORMAT_VERSION,
        rows: rows.collect(),
        notes: &comparison.notes,
    };
    // Strings and numbers always have a JSON form.
    harmless(serde_json::to_string_pretty(&whole).unwrap_or_default())
}
