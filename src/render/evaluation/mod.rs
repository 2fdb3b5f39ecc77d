//! How good a run is, for people and for programs.
//!
//! As JSON it is an object:
//!
//! | key | value |
//! |---|---|
//! | `n_queries` | over how many queries the mean is |
//! | `mean` | a number for each measure: `map`, `ndcg_10`, `p_10`, `recall_100`, `recall_1000`, `mrr_10` |
//! | `baseline` | only with a baseline: its `mean`, and `difference`, `p`, `better` and `worse` for each measure |
//! | `queries` | `{id, query, relevant, found, relevant_found, scores, baseline}` each; `query` may be null |
//! | `gaps` | ids of queries: `unjudged`, `unasked`, `unanswered`, `without_relevant` |
//! | `notes` | what people are told of the gaps |

mod html;

use std::io::{self, Write};

use serde::Serialize;

use super::json::harmless;
use super::style::Style;
use super::{FORMAT_VERSION, Layout};
use crate::eval::{Comparison, Difference, Evaluation, Measure, Scores};
use crate::text::{Unit, fitting_beginning, printable, width};

pub use html::evaluation_html;

/// How good a run is, and a baseline beside it.
#[derive(Clone, Copy, Debug)]
pub struct EvaluationReport<'a> {
    /// How good the run is.
    pub evaluation: &'a Evaluation,
    /// What it is compared with.
    pub comparison: Option<&'a Comparison>,
}

/// Which rows are printed for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    /// The means.
    Mean,
    /// Every query, and the means.
    EachQuery,
}

/// How wide a measure is.
const COLUMNS: usize = 9;

/// How wide the names of rows are, where no query has a longer id.
const NAME_COLUMNS_MIN: usize = 12;

/// How wide they are at most.
const NAME_COLUMNS_MAX: usize = 40;

/// Prints the measures as a table.
///
/// # Errors
///
/// Only those of `out`.
pub fn evaluation(
    report: &EvaluationReport<'_>,
    rows: Rows,
    layout: Layout,
    out: &mut dyn Write,
) -> io::Result<()> {
    let EvaluationReport { evaluation, comparison } = report;
    let queries = match rows {
        Rows::Mean => &[],
        Rows::EachQuery => evaluation.queries.as_slice(),
    };
    let n_name = queries.iter().map(|it| width(&printable(&it.id))).max().unwrap_or(0);
    let table = Table { n_name: n_name.clamp(NAME_COLUMNS_MIN, NAME_COLUMNS_MAX), layout };
    table.head(out)?;
    for (idx, query) in queries.iter().enumerate() {
        match comparison {
            None => table.numbers(&query.id, &query.scores, out)?,
            Some(comparison) => {
                let baseline = comparison.baseline_of(idx);
                table.numbers(&query.id, &query.scores, out)?;
                let less = |measure| query.scores.get(measure) - baseline.get(measure);
                table.changes("", Scores::each(less), out)?;
            }
        }
    }
    let n_queries = evaluation.queries.len();
    let noun = if n_queries == 1 { "query" } else { "queries" };
    table.numbers(&format!("{n_queries} {noun}"), &evaluation.mean, out)?;
    match comparison {
        None => Ok(()),
        Some(comparison) => table.comparison(comparison, out),
    }
}

/// The table for people: a column for each measure.
struct Table {
    n_name: usize,
    layout: Layout,
}

impl Table {
    fn head(&self, out: &mut dyn Write) -> io::Result<()> {
        let names = Measure::ALL.map(|measure| format!("{:>COLUMNS$}", measure.name()));
        let head = format!("{:n_name$}{}", "", names.concat(), n_name = self.n_name);
        writeln!(out, "{}", self.layout.styles.headline.paint(&head))
    }

    fn row(
        &self,
        name: &str,
        cells: [String; 6],
        style: Style,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let name = printable(name);
        let name = fitting_beginning(&name, self.n_name, Unit::Columns);
        let gap = " ".repeat(self.n_name - width(name));
        let cells = cells.map(|cell| format!("{cell:>COLUMNS$}")).concat();
        let row = [name, &gap, &cells].concat();
        writeln!(out, "{}", style.paint(row.trim_end()))
    }

    fn numbers(&self, name: &str, scores: &Scores, out: &mut dyn Write) -> io::Result<()> {
        let cells = Measure::ALL.map(|measure| format!("{:.4}", scores.get(measure)));
        self.row(name, cells, PLAIN, out)
    }

    fn changes(&self, name: &str, scores: Scores, out: &mut dyn Write) -> io::Result<()> {
        let cells = Measure::ALL.map(|measure| change(scores.get(measure)));
        self.row(name, cells, self.layout.styles.faint, out)
    }

    fn comparison(&self, comparison: &Comparison, out: &mut dyn Write) -> io::Result<()> {
        self.numbers("baseline", &comparison.baseline.mean, out)?;
        let differences = comparison.differences;
        self.row("difference", differences.map(|it| change(it.mean)), PLAIN, out)?;
        self.row("p", differences.map(|it| chance(it.p)), PLAIN, out)?;
        self.row("better", differences.map(|it| it.n_better.to_string()), PLAIN, out)?;
        self.row("worse", differences.map(|it| it.n_worse.to_string()), PLAIN, out)
    }
}

const PLAIN: Style = Style { on: "", off: "", width: 0 };

/// Prints a difference with its sign; nothing for none.
fn change(difference: f64) -> String {
    if difference.abs() < 0.00005 { "=".to_owned() } else { format!("{difference:+.4}") }
}

/// Prints a p; below what four digits can tell, that it is.
fn chance(p: f64) -> String {
    if p < 0.0001 { "<0.0001".to_owned() } else { format!("{p:.4}") }
}

#[derive(Serialize)]
struct ReportJson<'a> {
    format_version: u32,
    n_queries: usize,
    mean: ScoresJson,
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline: Option<BaselineJson>,
    queries: Vec<QueryJson<'a>>,
    gaps: GapsJson<'a>,
    notes: Vec<String>,
}

/// A value for each measure, under the names for programs.
struct ScoresJson(Scores);

impl Serialize for ScoresJson {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(Measure::ALL.map(|measure| (measure.key(), self.0.get(measure))))
    }
}

#[derive(Serialize)]
struct BaselineJson {
    mean: ScoresJson,
    difference: ScoresJson,
    p: ScoresJson,
    better: CountsJson,
    worse: CountsJson,
}

/// A number of queries for each measure.
struct CountsJson([(&'static str, usize); Measure::ALL.len()]);

impl Serialize for CountsJson {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0)
    }
}

#[derive(Serialize)]
struct QueryJson<'a> {
    id: &'a str,
    query: Option<&'a str>,
    relevant: usize,
    found: usize,
    relevant_found: usize,
    scores: ScoresJson,
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline: Option<ScoresJson>,
}

#[derive(Serialize)]
struct GapsJson<'a> {
    unjudged: &'a [String],
    unasked: &'a [String],
    unanswered: &'a [String],
    without_relevant: &'a [String],
}

/// Returns a report as a JSON object, as the table of the room says.
pub fn evaluation_json(report: &EvaluationReport<'_>) -> String {
    let EvaluationReport { evaluation, comparison } = report;
    let gaps = &evaluation.gaps;
    let whole = ReportJson {
        format_version: FORMAT_VERSION,
        n_queries: evaluation.queries.len(),
        mean: ScoresJson(evaluation.mean),
        baseline: comparison.map(baseline_json),
        queries: queries_json(evaluation, *comparison),
        gaps: GapsJson {
            unjudged: &gaps.unjudged,
            unasked: &gaps.unasked,
            unanswered: &gaps.unanswered,
            without_relevant: &gaps.without_relevant,
        },
        notes: gaps.notes(),
    };
    // Strings and numbers always have a JSON form.
    harmless(serde_json::to_string_pretty(&whole).unwrap_or_default())
}

fn queries_json<'a>(
    evaluation: &'a Evaluation,
    comparison: Option<&'a Comparison>,
) -> Vec<QueryJson<'a>> {
    let queries = evaluation.queries.iter().enumerate().map(|(idx, query)| QueryJson {
        id: &query.id,
        query: query.text.as_deref(),
        relevant: query.n_relevant,
        found: query.n_found,
        relevant_found: query.n_relevant_found,
        scores: ScoresJson(query.scores),
        baseline: comparison.map(|it| ScoresJson(it.baseline_of(idx))),
    });
    queries.collect()
}

fn baseline_json(comparison: &Comparison) -> BaselineJson {
    let number = |of: fn(&Difference) -> f64| {
        ScoresJson(Scores::each(|measure| of(comparison.difference(measure))))
    };
    let count = |of: fn(&Difference) -> usize| {
        CountsJson(Measure::ALL.map(|it| (it.key(), of(comparison.difference(it)))))
    };
    BaselineJson {
        mean: ScoresJson(comparison.baseline.mean),
        difference: number(|it| it.mean),
        p: number(|it| it.p),
        better: count(|it| it.n_better),
        worse: count(|it| it.n_worse),
    }
}
