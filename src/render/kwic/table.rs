//! A concordance for programs.

use std::io::{self, Write};

use serde::Serialize;

use crate::search::Answer;
use crate::snippet::Line;
use crate::text::printable;

use super::super::json::{FORMAT_VERSION, SummaryJson, harmless, print_last, summary};
use super::{Place, article};

/// The names of the fields, in order; those of [`LineJson`] are the same.
const NAMES: &str = "id\tdate\tparagraph\tstart\tend\tleft\tmatch\tright";

#[derive(Serialize)]
struct LineJson<'a> {
    id: &'a str,
    date: Option<String>,
    paragraph: Option<usize>,
    start: usize,
    end: usize,
    left: &'a str,
    #[serde(rename = "match")]
    matched: &'a str,
    right: &'a str,
}

impl<'a> LineJson<'a> {
    fn of(line: &Line<'a>, answer: &'a Answer) -> Self {
        let article = article(answer, line);
        let Place { paragraph, start, end } = Place::of(line, article);
        Self {
            id: &article.id,
            date: article.date.map(|date| date.moment.to_string()),
            paragraph,
            start,
            end,
            left: line.left,
            matched: line.matched,
            right: line.right,
        }
    }
}

#[derive(Serialize)]
struct ConcordanceJson<'a> {
    format_version: u32,
    lines: Vec<LineJson<'a>>,
    summary: SummaryJson<'a>,
}

pub(super) fn print_tsv(
    answer: &Answer,
    lines: &[Line<'_>],
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "{NAMES}")?;
    for line in lines {
        let LineJson { id, date, paragraph, start, end, left, matched, right } =
            LineJson::of(line, answer);
        let date = date.unwrap_or_default();
        let paragraph = paragraph.map(|idx| idx.to_string()).unwrap_or_default();
        let [id, left, matched, right] = [id, left, matched, right].map(printable);
        writeln!(out, "{id}\t{date}\t{paragraph}\t{start}\t{end}\t{left}\t{matched}\t{right}")?;
    }
    Ok(())
}

pub(super) fn print_json(
    answer: &Answer,
    lines: &[Line<'_>],
    out: &mut dyn Write,
) -> io::Result<()> {
    let lines = lines.iter().map(|line| LineJson::of(line, answer)).collect();
    let whole = ConcordanceJson { format_version: FORMAT_VERSION, lines, summary: summary(answer) };
    writeln!(out, "{}", harmless(serde_json::to_string_pretty(&whole)?))
}

pub(super) fn print_ndjson(
    answer: &Answer,
    lines: &[Line<'_>],
    out: &mut dyn Write,
) -> io::Result<()> {
    for line in lines {
        let line = LineJson::of(line, answer);
        writeln!(out, "{}", harmless(serde_json::to_string(&line)?))?;
    }
    print_last(answer, out)
}
