//! `dateline eval`.

use std::io::{self, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::error::{Kind, Result};
use crate::eval::{
    Comparison, DEPTH, Evaluation, FILE_BYTES_MAX, Judgments, Ranking, Run, Topic, topics,
};
use crate::query::{Field, Query};
use crate::render::{EvaluationReport, Rows, evaluation, evaluation_html, evaluation_json};
use crate::search::{Expansion, Match, Request, Searcher, Spelling};
use crate::text::printable;

use super::args::{Args, Eval, Plain};
use super::files::{self, shown, write};
use super::settings::home;
use super::{NAME, Outcome, say, terminal, today};

pub(super) fn run(args: &Args, eval: &Eval) -> anyhow::Result<Outcome> {
    // Every file is read before the first search: a mistake in the last one should not cost a run.
    let topics = parsed(eval.topics.as_deref(), topics)?.unwrap_or_default();
    let judgments = parsed(eval.qrels.as_deref(), Judgments::read)?;
    let baseline = parsed(eval.baseline.as_deref(), Run::read)?;
    let scored = parsed(eval.score.as_deref(), Run::read)?;
    let run = match scored {
        Some(run) => run,
        None => search(args, eval, &topics)?,
    };
    if let Some(path) = &eval.run {
        write(path, run.to_trec(NAME))?;
    }
    let Some(judgments) = judgments else {
        return Ok(Outcome::Done);
    };
    let found = Evaluation::of(&run, &judgments, &topics)?;
    let baseline = baseline.map(|it| Evaluation::of(&it, &judgments, &topics)).transpose()?;
    let comparison = baseline.map(|baseline| Comparison::of(&found, baseline));
    let report = EvaluationReport { evaluation: &found, comparison: comparison.as_ref() };
    if let Some(path) = &eval.html {
        let title = eval.qrels.as_deref().map_or_else(String::new, shown);
        write(path, evaluation_html(&title, &report))?;
    }
    print(args, eval, &report)?;
    tell(&report);
    Ok(Outcome::Done)
}

fn print(args: &Args, eval: &Eval, report: &EvaluationReport<'_>) -> io::Result<()> {
    match eval.format {
        Plain::Json => writeln!(io::stdout(), "{}", evaluation_json(report)),
        Plain::Text => {
            let rows = if eval.queries { Rows::EachQuery } else { Rows::Mean };
            let mut out = Vec::new();
            evaluation(report, rows, terminal::layout(args.color), &mut out)?;
            io::stdout().write_all(&out)
        }
    }
}

/// Tells what topics, judgments and runs do not share.
fn tell(report: &EvaluationReport<'_>) {
    for note in report.evaluation.gaps.notes() {
        say(&format!("note: {}", printable(&note)));
    }
    if let Some(comparison) = report.comparison
        && comparison.baseline.gaps != report.evaluation.gaps
    {
        for note in comparison.baseline.gaps.notes() {
            say(&format!("note: baseline: {}", printable(&note)));
        }
    }
}

/// Searches every topic, and says how long that took.
fn search(args: &Args, eval: &Eval, topics: &[Topic]) -> Result<Run> {
    let searcher = Searcher::open(&home(args))?;
    let spelling = if eval.no_correct { Spelling::AsTyped } else { Spelling::Corrected };
    let today = today();
    let weights = eval.numbers.ranking()?;
    let started = Instant::now();
    let ranking = |topic: &Topic| {
        let request = Request {
            limit: DEPTH,
            matching: Match::Any,
            spelling,
            expansion: if eval.expand { Expansion::Feedback } else { Expansion::None },
            ranking: weights,
            today,
            ..Request::new(asked(topic, eval.field))
        };
        let listing = match searcher.listing(&request) {
            // A place of whose name there are several, say: it is the query that finds nothing.
            Err(error) if error.kind == Kind::Usage => {
                say(&format!("note: {}: {error}", printable(&topic.id)));
                Vec::new()
            }
            listing => listing?,
        };
        let listing = listing.into_iter();
        Ok(Ranking::of_search(&topic.id, listing.map(|listed| (listed.id, listed.score))))
    };
    let rankings = topics.iter().map(ranking).collect::<Result<_>>()?;
    say(&pace(topics.len(), started.elapsed()));
    Ok(Run { rankings })
}

/// Returns the query of a topic: its words, of which any may match, or the same in a field.
///
/// A place and a topic are asked for by all that they are called; of a person and an organisation any
/// part of the name will do, and the whole counts most.
fn asked(topic: &Topic, field: Option<Field>) -> Query {
    let Some(field) = field else { return topic.query.clone() };
    let within = |part| Query::Field(field, Box::new(part));
    let words: Vec<&str> = topic.text.split_whitespace().collect();
    let [_, _, ..] = words.as_slice() else { return within(Query::Word(topic.text.clone())) };
    let whole = within(Query::Phrase(topic.text.clone()));
    if !matches!(field, Field::Person | Field::Org) {
        return whole;
    }
    let parts = words.iter().map(|it| within(Query::Word((*it).to_owned())));
    Query::Or(std::iter::once(whole).chain(parts).collect())
}

fn pace(n_queries: usize, took: Duration) -> String {
    let seconds = took.as_secs_f64();
    let queries = if n_queries == 1 { "query".to_owned() } else { format!("{n_queries} queries") };
    format!("{queries} in {seconds:.2} s, {:.0} a second", n_queries as f64 / seconds.max(1e-6))
}

/// Reads a file, if one is named, and what it holds.
fn parsed<T>(path: Option<&Path>, parse: impl Fn(&[u8], &str) -> Result<T>) -> Result<Option<T>> {
    path.map(|path| parse(&files::read(path, FILE_BYTES_MAX)?, &shown(path))).transpose()
}
