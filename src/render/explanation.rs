//! How a query was read, for people.

use std::io::{self, Write};

use crate::article::Article;
use crate::search::{ClauseReport, Evidence, Explanation, ScoreReport};
use crate::text::{Tongue, printable};

use super::Layout;
use super::numbers::counted;
use super::text::{COLUMNS_MAX, headline, passage};

/// Prints how a query was read: the canonical form, how many articles fulfil each clause, and of
/// an article the clauses that hold, the passages that show it, and its score taken apart.
///
/// # Errors
///
/// Only those of `out`.
pub fn explanation(
    explanation: &Explanation,
    article: Option<&Article>,
    layout: Layout,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "{}", head(explanation, article))?;
    for report in &explanation.clauses {
        out.write_all(line(report).as_bytes())?;
        if let (Some(evidence), Some(article)) = (&report.evidence, article) {
            out.write_all(proof(evidence, article, layout).as_bytes())?;
        }
    }
    match &explanation.score {
        Some(score) => write!(out, "\n{}", arithmetic(score)),
        None => Ok(()),
    }
}

fn head(explanation: &Explanation, article: Option<&Article>) -> String {
    let mut out = format!("read as   {}\n", printable(&explanation.query));
    for correction in &explanation.corrections {
        out.push_str(&format!("spelling  {}\n", printable(&correction.to_string())));
    }
    if !explanation.left_out.is_empty() {
        out.push_str(&format!("left out  {}\n", explanation.left_out.join(", ")));
    }
    for note in &explanation.notes {
        out.push_str(&format!("note      {}\n", printable(&note.to_string())));
    }
    if let Some(article) = article {
        let (id, title) = (printable(&article.id), shortened(article.title()));
        out.push_str(&format!("article   {id} · {title}\n"));
        let tongue = Tongue::of(&article.language);
        if tongue != Tongue::ENGLISH {
            let tag = printable(&article.language);
            out.push_str(&format!("language  {tag}: {}\n", tongue.name()));
        }
    }
    out
}

/// Returns the beginning of a title that is a whole paragraph.
fn shortened(title: &str) -> String {
    match title.char_indices().nth(TITLE_CHARS_MAX) {
        Some((end, _)) => format!("{}…", printable(title[..end].trim_end())),
        None => printable(title).into_owned(),
    }
}

/// How much of a title is shown.
const TITLE_CHARS_MAX: usize = 70;

/// How far the passages of a clause stand from the margin.
const INDENT: usize = 25;

fn line(report: &ClauseReport) -> String {
    let holds = match report.evidence.as_ref().map(|it| it.holds) {
        Some(true) => "yes  ",
        Some(false) => "no   ",
        None => "",
    };
    let n = counted(report.n_articles, "article");
    let indent = report.depth * 2;
    format!("{n:>16}  {holds}{:indent$}{}\n", "", printable(&report.text))
}

/// Prints the words of the article that fulfil a clause.
fn proof(evidence: &Evidence, article: &Article, layout: Layout) -> String {
    let columns = layout.width.min(COLUMNS_MAX).saturating_sub(INDENT);
    let mut lines = Vec::new();
    if !evidence.headline_highlights.is_empty() {
        lines.extend(headline(article, &evidence.headline_highlights, &[], layout, columns));
    }
    lines.extend(evidence.passage.iter().flat_map(|it| passage(it, layout, columns)));
    lines.iter().map(|line| format!("{:INDENT$}{line}\n", "")).collect()
}

/// Takes a score apart.
fn arithmetic(score: &ScoreReport) -> String {
    let mut out = format!(
        "score {:.3}, of an article that counts as {} words; the average is {:.0}; k1 {}, b {}\n",
        score.total, score.n_words, score.average_n_words, score.bm25.k1, score.bm25.b
    );
    for part in &score.parts {
        let text = printable(&part.text);
        let Some(n_articles) = part.n_articles else {
            out.push_str(&format!("{:>11.3}  {text}\n", part.score));
            continue;
        };
        let times = match part.n_occurrences {
            Some(1) => "once".to_owned(),
            Some(n) => format!("{n} times"),
            None => "together".to_owned(),
        };
        let n_articles = counted(n_articles, "article");
        out.push_str(&format!("{:>11.3}  {text}: {times}; in {n_articles} in all\n", part.score));
    }
    out
}
