//! A page with a bar for each query.

use super::{EvaluationReport, chance};
use crate::eval::{Comparison, Evaluation, Measure, N_PERMUTATIONS, QueryScores};
use crate::render::grouped;
use crate::render::html::{escaped, head, put};

const STYLE: &str = include_str!("page.css");

/// Returns a report as one page of HTML that needs nothing else: no script, no font, no image.
///
/// At the top stands a tile for each measure, with the numbers of all queries as a skyline from the
/// best to the worst. Below stands a bar for each query, by the measure that tells most. With a
/// baseline the bars are differences, the greatest gain first. `title` is plain text.
pub fn evaluation_html(title: &str, report: &EvaluationReport<'_>) -> String {
    let EvaluationReport { evaluation, comparison } = *report;
    let mut page = head(title, STYLE);
    let title = escaped(title);
    put(
        &mut page,
        format_args!(
            "<body>\n<p class=\"over\">dateline eval</p>\n<h1>{title}</h1>\n<p>{}</p>\n",
            subtitle(report)
        ),
    );
    page.push_str("<div class=\"tiles\">\n");
    for measure in Measure::ALL {
        put(&mut page, format_args!("{}\n", tile(measure, evaluation, comparison)));
    }
    page.push_str("</div>\n");
    match comparison {
        None => bars(evaluation, &mut page),
        Some(comparison) => changes(evaluation, comparison, &mut page),
    }
    notes(evaluation, &mut page);
    page.push_str("</body>\n</html>\n");
    page
}

fn subtitle(report: &EvaluationReport<'_>) -> String {
    let evaluation = report.evaluation;
    let n_relevant: usize = evaluation.queries.iter().map(|it| it.n_relevant).sum();
    let queries = n_queries(evaluation.queries.len());
    let relevant = match n_relevant {
        1 => "1 relevant article".to_owned(),
        n => format!("{} relevant articles", grouped(n as u64)),
    };
    let beside = if report.comparison.is_some() { ", beside a baseline" } else { "" };
    format!("{queries} with {relevant}{beside}.")
}

fn n_queries(n: usize) -> String {
    if n == 1 { "1 query".to_owned() } else { format!("{} queries", grouped(n as u64)) }
}

/// Returns the tile of a measure: its mean, what changed, and a skyline of the queries.
fn tile(measure: Measure, evaluation: &Evaluation, comparison: Option<&Comparison>) -> String {
    let change = comparison.map_or(String::new(), |comparison| {
        let found = comparison.difference(measure);
        let class = class(found.mean, 0.00005);
        let p = in_words(found.p);
        let change = format!("<span{class}>{:+.4}</span> · p {p}", found.mean);
        format!("\n<div class=\"change\">{change}</div>")
    });
    let mut scores: Vec<f64> = evaluation.queries.iter().map(|it| it.scores.get(measure)).collect();
    scores.sort_unstable_by(|a, b| b.total_cmp(a));
    format!(
        "<div class=\"tile\"><div class=\"name\">{}</div>\n<div class=\"mean\">{:.4}</div>{change}\n{}</div>",
        measure.name(),
        evaluation.mean.get(measure),
        skyline(&scores)
    )
}

/// How wide and how high the skyline is, in units of its own.
const SKYLINE: (f64, f64) = (300.0, 60.0);

/// Returns a picture of numbers between 0 and 1, side by side.
fn skyline(scores: &[f64]) -> String {
    let (width, height) = SKYLINE;
    let step = width / scores.len().max(1) as f64;
    let mut path = format!("M0 {height}");
    for (idx, score) in scores.iter().enumerate() {
        let (left, right) = (idx as f64 * step, (idx + 1) as f64 * step);
        let top = height * (1.0 - score);
        put(&mut path, format_args!("L{left:.1} {top:.1}L{right:.1} {top:.1}"));
    }
    format!(
        "<svg viewBox=\"0 0 {width} {height}\" preserveAspectRatio=\"none\" aria-hidden=\"true\">\
         <path class=\"skyline\" d=\"{path}L{width} {height}Z\"/></svg>"
    )
}

/// Writes a bar for each query, the best first.
fn bars(evaluation: &Evaluation, page: &mut String) {
    let measure = evaluation.chief_measure();
    let mut queries: Vec<&QueryScores> = evaluation.queries.iter().collect();
    sort(&mut queries, measure);
    let name = of_a_query(measure);
    put(page, format_args!("<h2>Query by query</h2>\n<p>By {name}, the best first.</p>\n"));
    table(&queries, measure, page);
}

/// Puts the best first; equals stay in their order.
fn sort(queries: &mut [&QueryScores], measure: Measure) {
    queries.sort_by(|a, b| b.scores.get(measure).total_cmp(&a.scores.get(measure)));
}

fn table(queries: &[&QueryScores], measure: Measure, page: &mut String) {
    table_head(of_a_query(measure), page);
    for query in queries {
        let score = query.scores.get(measure);
        let bar = format!("<i style=\"left:0;width:{:.1}%\"></i>", score * 100.0);
        row(query, &format!("<div class=\"track\">{bar}</div>"), &format!("{score:.4}"), page);
    }
    page.push_str("</tbody>\n</table>\n");
}

/// Writes a bar for what changed with each query, the greatest gain first.
fn changes(evaluation: &Evaluation, comparison: &Comparison, page: &mut String) {
    let measure = evaluation.chief_measure();
    let queries = evaluation.queries.iter().enumerate();
    let mut changed: Vec<(f64, &QueryScores)> = queries
        .map(|(idx, query)| {
            let before = comparison.baseline_of(idx).get(measure);
            (query.scores.get(measure) - before, query)
        })
        .collect();
    changed.sort_by(|a, b| b.0.total_cmp(&a.0));
    let found = comparison.difference(measure);
    let name = of_a_query(measure);
    put(page, format_args!("<h2>What changed, query by query</h2>\n"));
    put(
        page,
        format_args!(
            "<p>By {name}: {} better, {} worse, {} the same; p {}.</p>\n",
            found.n_better,
            found.n_worse,
            evaluation.queries.len() - found.n_better - found.n_worse,
            in_words(found.p)
        ),
    );
    let (unchanged, changed): (Vec<_>, Vec<_>) = changed.into_iter().partition(|it| it.0 == 0.0);
    table_head(name, page);
    for (change, query) in changed {
        let half = change.abs().min(1.0) * 50.0;
        let left = if change < 0.0 { 50.0 - half } else { 50.0 };
        let class = class(change, 0.0);
        let bar = format!("<i{class} style=\"left:{left:.1}%;width:{half:.1}%\"></i><b></b>");
        let numbers = format!("{:.4} <span{class}>{change:+.4}</span>", query.scores.get(measure));
        row(query, &format!("<div class=\"track middle\">{bar}</div>"), &numbers, page);
    }
    page.push_str("</tbody>\n</table>\n");
    if !unchanged.is_empty() {
        let n = n_queries(unchanged.len());
        put(page, format_args!("<details>\n<summary>{n} the same</summary>\n"));
        let mut unchanged: Vec<&QueryScores> = unchanged.iter().map(|(_, query)| *query).collect();
        sort(&mut unchanged, measure);
        table(&unchanged, measure, page);
        page.push_str("</details>\n");
    }
}

/// Returns how a measure of one query is called.
fn of_a_query(measure: Measure) -> &'static str {
    match measure {
        Measure::AveragePrecision => "average precision",
        Measure::ReciprocalRank10 => "reciprocal rank",
        other => other.name(),
    }
}

fn class(change: f64, least: f64) -> &'static str {
    match change {
        it if it > least => " class=\"gain\"",
        it if it < -least => " class=\"loss\"",
        _ => "",
    }
}

fn table_head(measure: &str, page: &mut String) {
    put(
        page,
        format_args!(
            "<table>\n<thead><tr><th>Query</th><th></th><th class=\"number\">{measure}</th>\
             <th class=\"number faint\">relevant found</th></tr></thead>\n<tbody>\n"
        ),
    );
}

fn row(query: &QueryScores, bar: &str, numbers: &str, page: &mut String) {
    let id = escaped(&query.id);
    let words = match &query.text {
        Some(text) => format!("{}<small>{id}</small>", escaped(text)),
        None => id,
    };
    let QueryScores { n_relevant, n_relevant_found, .. } = query;
    put(
        page,
        format_args!(
            "<tr><td class=\"query\">{words}</td><td class=\"bar\">{bar}</td><td class=\"number\">{numbers}</td>\
             <td class=\"number faint\">{n_relevant_found} of {n_relevant}</td></tr>\n"
        ),
    );
}

fn notes(evaluation: &Evaluation, page: &mut String) {
    let notes = evaluation.gaps.notes();
    let told = notes.iter().map(|note| format!("<div>{}</div>\n", escaped(note)));
    put(
        page,
        format_args!(
            "<footer>\n{}<div>Every judged query with a relevant article counts, 0 where nothing \
             was found. p is that of a paired randomisation test, two-sided, with {} \
             permutations.</div>\n</footer>\n",
            told.collect::<String>(),
            grouped(N_PERMUTATIONS.into())
        ),
    );
}

fn in_words(p: f64) -> String {
    escaped(&chance(p))
}
