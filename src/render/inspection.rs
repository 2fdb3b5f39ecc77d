//! What a file came to, field by field.
//!
//! As JSON it is an object:
//!
//! | key | value |
//! |---|---|
//! | `path`, `bytes` | the file |
//! | `format` | its readers, each with the version of its rules: `gzip/1 jsonl/1` |
//! | `encodings` | what it is written in |
//! | `articles`, `withdrawn`, `set_aside` | how many records came to what |
//! | `records` | those that were asked for |
//! | `notes` | the first doubts, in words; `notes_total` says how many there were |
//!
//! A record is `{article, found}`, `{withdrawn, version, updated, by, path, record, found}` or
//! `{class, reason, path, record}`. The article is as `show` prints it, and `found` tells of each
//! field in which place of the record it was found and what stands there: `{field, from, raw}`.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::value::RawValue;

use super::json::{harmless, n_words};
use super::{FORMAT_VERSION, Layout, article_json, counted, grouped};
use crate::article::{Article, Malformed, MentionKind, ParagraphKind, Withdrawal};
use crate::source::{Inspected, Inspection, SourceFile, Trace};
use crate::text::printable;

/// How wide the names of the fields are.
const NAME_COLUMNS: usize = 13;

/// A value is shown at least so far, however narrow the page.
const VALUE_CHARS_MIN: usize = 30;

/// Prints what a file came to.
///
/// # Errors
///
/// Only those of `out`.
pub fn inspection(
    file: &SourceFile,
    found: &Inspection,
    layout: Layout,
    out: &mut dyn Write,
) -> io::Result<()> {
    let headline = layout.styles.headline;
    writeln!(out, "{}", headline.paint(&printable(&file.shown)))?;
    let mut rows = vec![
        ("format", found.outcome.reader.clone()),
        ("encoding", found.encodings.join(", ")),
        ("bytes", grouped(file.size)),
        ("records", records_in_words(found)),
    ];
    rows.retain(|(_, value)| !value.is_empty());
    for (name, value) in rows {
        writeln!(out, "{name:>NAME_COLUMNS$}  {}", printable(&value))?;
    }
    for record in &found.records {
        writeln!(out)?;
        match record {
            Inspected::Article(article, traces) => of_article(article, traces, layout, out)?,
            Inspected::Withdrawal(withdrawal, traces) => {
                of_withdrawal(withdrawal, traces, layout, out)?;
            }
            Inspected::Malformed(malformed) => of_malformed(malformed, layout, out)?,
        }
    }
    if !found.notes.is_empty() {
        writeln!(out)?;
    }
    for note in &found.notes {
        writeln!(out, "note: {}", printable(&note.to_string()))?;
    }
    match found.n_notes - found.notes.len() as u64 {
        0 => Ok(()),
        n => writeln!(out, "and {} more", counted(n, "note")),
    }
}

fn records_in_words(found: &Inspection) -> String {
    let mut parts = vec![counted(found.n_articles, "article")];
    if found.n_withdrawn > 0 {
        parts.push(format!("{} withdrawn", grouped(found.n_withdrawn)));
    }
    if found.n_set_aside > 0 {
        parts.push(format!("{} set aside", grouped(found.n_set_aside)));
    }
    parts.join(", ")
}

/// The rows of a record.
struct Rows<'a> {
    traces: &'a [Trace],
    layout: Layout,
    /// The fields of which there is nothing.
    absent: Vec<&'static str>,
    out: &'a mut dyn Write,
}

impl Rows<'_> {
    /// Prints a field by the name that its trace has: the value, then where it was found, and what
    /// stands there where that is something else.
    fn put(&mut self, field: &'static str, value: &str) -> io::Result<()> {
        if value.is_empty() {
            self.absent.push(field);
            return Ok(());
        }
        let trace = self.traces.iter().find(|trace| trace.field == field);
        let from = trace.map_or(String::new(), |trace| {
            let raw = printable(trace.raw.trim());
            match raw.is_empty() || value.starts_with(raw.as_ref()) {
                true => trace.from.clone(),
                false => format!("{}: '{}'", trace.from, shortened(&raw, VALUE_CHARS_MIN)),
            }
        });
        let from = match from.as_str() {
            "" => String::new(),
            from => format!("  ({})", printable(from)),
        };
        let room = self.layout.width.saturating_sub(NAME_COLUMNS + 2 + from.chars().count());
        let value = shortened(&printable(value), room.max(VALUE_CHARS_MIN));
        let from = self.layout.styles.faint.paint(&from);
        writeln!(self.out, "{field:>NAME_COLUMNS$}  {value}{from}")
    }

    /// Names the fields of which there is nothing, in as many lines as they take.
    fn end(self) -> io::Result<()> {
        let mut lines: Vec<String> = Vec::new();
        for field in self.absent {
            match lines.last_mut() {
                Some(line) if NAME_COLUMNS + line.len() + field.len() + 5 <= self.layout.width => {
                    line.push_str(&format!(", {field}"));
                }
                last => {
                    last.into_iter().for_each(|line| line.push(','));
                    lines.push(field.to_owned());
                }
            }
        }
        for (idx, line) in lines.iter().enumerate() {
            let name = if idx == 0 { "not found" } else { "" };
            writeln!(self.out, "{name:>NAME_COLUMNS$}  {line}")?;
        }
        Ok(())
    }
}

fn of_article(
    article: &Article,
    traces: &[Trace],
    layout: Layout,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "{}", layout.styles.headline.paint(&printable(&article.origin.to_string())))?;
    let mut rows = Rows { traces, layout, absent: Vec::new(), out };
    let date = article.date.map(|it| format!("{} [{}]", it.moment, it.provenance.name()));
    let dateline = article.dateline.as_ref().map(|it| match it.agency.as_str() {
        "" => it.place.clone(),
        agency => format!("{} ({agency})", it.place),
    });
    let subjects = article.subjects.iter();
    let subjects: Vec<String> =
        subjects.map(|it| format!("{} {}", it.code, it.label).trim().to_owned()).collect();
    rows.put("id", &article.id)?;
    rows.put("version", &number(article.version))?;
    rows.put("headline", &article.headline)?;
    rows.put("subhead", &article.subhead)?;
    rows.put("byline", &article.byline)?;
    rows.put("dateline", &dateline.unwrap_or_default())?;
    rows.put("date", &date.unwrap_or_default())?;
    rows.put("updated", &article.updated.map(|it| it.to_string()).unwrap_or_default())?;
    rows.put("source", &article.source)?;
    rows.put("section", &article.section)?;
    rows.put("slug", &article.slug)?;
    rows.put("keywords", &article.keywords.join(", "))?;
    rows.put("subjects", &subjects.join(", "))?;
    rows.put("people", &names(article, MentionKind::Person))?;
    rows.put("organisations", &names(article, MentionKind::Organisation))?;
    rows.put("places", &names(article, MentionKind::Place))?;
    rows.put("language", &article.language)?;
    rows.put("url", &article.url)?;
    rows.put("paragraphs", &paragraphs_in_words(article))?;
    for (_, paragraph) in article.body().take(1) {
        rows.put("lead", &paragraph.text)?;
    }
    rows.end()
}

/// Lists what the publisher says that the article names of a kind.
fn names(article: &Article, kind: MentionKind) -> String {
    let of_kind = article.named.iter().filter(|it| it.kind == kind);
    of_kind.map(|it| it.name.as_str()).collect::<Vec<_>>().join(", ")
}

fn paragraphs_in_words(article: &Article) -> String {
    let n_body = article.body().count() as u64;
    let is_furniture = |kind| kind == ParagraphKind::Furniture;
    let n_furniture = article.paragraphs.iter().filter(|it| is_furniture(it.kind)).count() as u64;
    let mut told = format!("{} of {}", grouped(n_body), counted(n_words(article), "word"));
    if n_furniture > 0 {
        told.push_str(&format!(", and {} of furniture", grouped(n_furniture)));
    }
    told
}

fn of_withdrawal(
    withdrawal: &Withdrawal,
    traces: &[Trace],
    layout: Layout,
    out: &mut dyn Write,
) -> io::Result<()> {
    let origin = printable(&withdrawal.origin.to_string()).into_owned();
    writeln!(out, "{}", layout.styles.headline.paint(&format!("{origin}: withdrawn")))?;
    let mut rows = Rows { traces, layout, absent: Vec::new(), out };
    rows.put("id", &withdrawal.id)?;
    rows.put("version", &number(withdrawal.version))?;
    rows.put("updated", &withdrawal.updated.map(|it| it.to_string()).unwrap_or_default())?;
    rows.put("by", &withdrawal.by)?;
    rows.end()
}

fn of_malformed(malformed: &Malformed, layout: Layout, out: &mut dyn Write) -> io::Result<()> {
    let origin = printable(&malformed.origin.to_string()).into_owned();
    writeln!(out, "{}", layout.styles.headline.paint(&format!("{origin}: set aside")))?;
    writeln!(out, "{:>NAME_COLUMNS$}  {}", "class", malformed.class.name())?;
    writeln!(out, "{:>NAME_COLUMNS$}  {}", "reason", printable(&malformed.reason))
}

/// Returns a number as it is told, and nothing for nothing.
fn number(n: u64) -> String {
    if n == 0 { String::new() } else { n.to_string() }
}

/// Returns the beginning of a text that is longer than so many characters.
fn shortened(text: &str, n_chars: usize) -> String {
    match text.char_indices().nth(n_chars) {
        Some(_) => text.chars().take(n_chars.saturating_sub(1)).chain(['…']).collect(),
        None => text.to_owned(),
    }
}

#[derive(Serialize)]
struct InspectionJson<'a> {
    format_version: u32,
    path: &'a str,
    bytes: u64,
    format: &'a str,
    encodings: &'a [&'static str],
    articles: u64,
    withdrawn: u64,
    set_aside: u64,
    records: Vec<RecordJson<'a>>,
    notes: Vec<String>,
    notes_total: u64,
}

#[derive(Serialize)]
#[serde(untagged)]
enum RecordJson<'a> {
    Article {
        article: Box<RawValue>,
        found: Vec<FoundJson<'a>>,
    },
    Withdrawal {
        withdrawn: &'a str,
        version: Option<u64>,
        updated: Option<String>,
        by: &'a str,
        path: &'a str,
        record: u64,
        found: Vec<FoundJson<'a>>,
    },
    Malformed {
        class: &'static str,
        reason: &'a str,
        path: &'a str,
        record: u64,
    },
}

#[derive(Serialize)]
struct FoundJson<'a> {
    field: &'static str,
    from: &'a str,
    raw: &'a str,
}

impl<'a> RecordJson<'a> {
    fn of(record: &'a Inspected) -> Option<Self> {
        let found = |traces: &'a [Trace]| {
            let found = |it: &'a Trace| FoundJson { field: it.field, from: &it.from, raw: &it.raw };
            traces.iter().map(found).collect()
        };
        Some(match record {
            Inspected::Article(article, traces) => Self::Article {
                article: RawValue::from_string(article_json(article)).ok()?,
                found: found(traces),
            },
            Inspected::Withdrawal(it, traces) => Self::Withdrawal {
                withdrawn: &it.id,
                version: Some(it.version).filter(|version| *version > 0),
                updated: it.updated.map(|moment| moment.to_string()),
                by: &it.by,
                path: &it.origin.path,
                record: it.origin.record,
                found: found(traces),
            },
            Inspected::Malformed(it) => Self::Malformed {
                class: it.class.name(),
                reason: &it.reason,
                path: &it.origin.path,
                record: it.origin.record,
            },
        })
    }
}

/// Returns what a file came to as a JSON object, as the table of the room says.
pub fn inspection_json(file: &SourceFile, found: &Inspection) -> String {
    let whole = InspectionJson {
        format_version: FORMAT_VERSION,
        path: &file.shown,
        bytes: file.size,
        format: &found.outcome.reader,
        encodings: &found.encodings,
        articles: found.n_articles,
        withdrawn: found.n_withdrawn,
        set_aside: found.n_set_aside,
        records: found.records.iter().filter_map(RecordJson::of).collect(),
        notes: found.notes.iter().map(ToString::to_string).collect(),
        notes_total: found.n_notes,
    };
    // Strings and numbers always have a JSON form.
    harmless(serde_json::to_string_pretty(&whole).unwrap_or_default())
}
