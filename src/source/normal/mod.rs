//! Making articles of what readers find: alike, whatever the format.
//!
//! A reader says what stands in a record and where ([`Record`]); everything that articles of all
//! formats have in common is done here, once: text is mended ([`clean`]), paragraphs are laid out
//! and furniture told ([`body`]), bylines, datelines, dates and languages are read, ids are given.
//! The [`Teller`] numbers what comes and tells it.

pub(super) mod body;
mod byline;
mod clean;
pub(super) mod dateline;
mod dates;
pub(super) mod furniture;
pub(super) mod id;
mod language;
mod named;
pub(super) mod path_date;
mod record;
mod teller;

use std::borrow::Cow;

pub(super) use record::{Field, List, Record};
pub(super) use teller::Teller;

use self::body::TooMany;
use self::record::{Found, Part};
use super::{HEADLINE_WORDS_MAX, NoteKind, Settings, Trace};
use crate::article::{Article, Dated, Paragraph, ParagraphKind, Provenance, Subject, Withdrawal};

/// Where a record stands, as far as that says something of it.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    /// The path as it is told; it may hold a date.
    pub(super) shown: &'a str,
    /// The path below the root; ids are made of it.
    pub(super) below: &'a str,
    /// The number of the record, 0 where the file is one article.
    pub(super) number: u64,
    /// When the file was written, in nanoseconds since 1970.
    pub(super) mtime_ns: Option<i64>,
    /// What is configured for the source.
    pub(super) settings: &'a Settings,
}

/// What became of a record.
#[derive(Debug)]
pub(super) enum Made {
    /// An article, but for its origin.
    Article(Box<Article>),
    /// The word that an article is withdrawn, but for its origin.
    Withdrawal(Box<Withdrawal>),
}

/// What became of a record, and what else there is to say of it.
#[derive(Debug)]
pub(super) struct Normal {
    pub(super) made: Made,
    pub(super) doubts: Vec<NoteKind>,
    pub(super) traces: Vec<Trace>,
}

/// Makes an article of a record, or says in words why it is none.
///
/// Its id is the record's own, else its url, else the path with the record's number. The path lends
/// its date to a record that says nothing of it: one that says something else would be given a date
/// against its word.
pub(super) fn normal(record: Record<'_>, place: Place<'_>) -> Result<Normal, String> {
    let mut traces = Traces { wanted: place.settings.traced, traces: Vec::new() };
    let mut doubts = Vec::new();
    let url = record.line(Field::Url, &mut traces);
    let id = own_id(&record, &url, place, &mut traces)?;
    let version = record.version(&mut traces);
    let updated = dates::updated(&record, &mut traces, &mut doubts);
    if let Some(by) = &record.withdrawn {
        let by = clean::line(by).into_owned();
        let withdrawal = Withdrawal { id, version, updated, by, ..Withdrawal::default() };
        let made = Made::Withdrawal(Box::new(withdrawal));
        return Ok(Normal { made, doubts, traces: traces.traces });
    }
    let mut headline = record.line(Field::Headline, &mut traces);
    let paragraphs = record.paragraphs(&mut headline, place.settings, &mut traces)?;
    let mut article = Article {
        id,
        version,
        updated,
        headline,
        subhead: record.line(Field::Subhead, &mut traces),
        byline: byline::of_names(&record.names(List::Byline, &mut traces)),
        dateline: dateline::of_field(&record.line(Field::Dateline, &mut traces)),
        source: joined(&record.names(List::Source, &mut traces)),
        section: joined(&record.names(List::Section, &mut traces)),
        slug: record.line(Field::Slug, &mut traces),
        keywords: record.names(List::Keywords, &mut traces),
        language: record.line(Field::Language, &mut traces),
        url,
        paragraphs,
        ..Article::default()
    };
    if !record.subjects.is_empty() {
        traces.note("subjects", &record.subjects_from, "");
        let line = |text: &str| clean::line(text).into_owned();
        let subjects = record.subjects.iter();
        article.subjects =
            subjects.map(|it| Subject { code: line(&it.code), label: line(&it.label) }).collect();
    }
    article.named = named::all(&record.named, &mut traces);
    article = body::complete(article).map_err(str::to_owned)?;
    article.date = dates::date(&record, &article, place, &mut traces, &mut doubts);
    language::settle(&mut article, &mut traces);
    if let Some(dateline) = &article.dateline {
        traces.note("dateline", "the first paragraph", &dateline.place);
    }
    Ok(Normal { made: Made::Article(Box::new(article)), doubts, traces: traces.traces })
}

/// How much of a value is told as it stands in the file.
const RAW_BYTES_MAX: usize = 200;

/// Collects where values were found, where anybody asks.
pub(super) struct Traces {
    wanted: bool,
    traces: Vec<Trace>,
}

impl Traces {
    /// Notes where the value of a field stands, and what stands there; the first note counts.
    fn note(&mut self, field: &'static str, from: &str, raw: &str) {
        let is_there = self.traces.iter().any(|it| it.field == field);
        if self.wanted && !is_there {
            let raw = raw[..raw.floor_char_boundary(RAW_BYTES_MAX)].to_owned();
            self.traces.push(Trace { field, from: from.to_owned(), raw });
        }
    }

    /// Notes where the values of a list stand.
    fn note_all<'a>(
        &mut self,
        field: &'static str,
        from: &str,
        raw: impl Iterator<Item = &'a str>,
    ) {
        if self.wanted {
            self.note(field, from, &raw.collect::<Vec<_>>().join(", "));
        }
    }
}

impl Record<'_> {
    fn found(&self, field: Field) -> Option<&Found<'_>> {
        self.fields[field as usize].as_ref()
    }

    /// Returns the text of a field in one line.
    fn line(&self, field: Field, traces: &mut Traces) -> String {
        let Some(found) = self.found(field) else {
            return String::new();
        };
        let line = clean::line(&found.text).into_owned();
        traces.note(field.name(), &found.from, &found.text);
        line
    }

    fn names(&self, list: List, traces: &mut Traces) -> Vec<String> {
        let found = &self.lists[list as usize];
        let names: Vec<String> =
            found.iter().map(|it| clean::line(&it.text).into_owned()).collect();
        if let Some(first) = found.first() {
            traces.note_all(list.name(), &first.from, found.iter().map(|it| it.text.as_ref()));
        }
        names
    }

    /// Returns the number that a version begins with, after any letters: `2`, `v2`, `2.0`.
    fn version(&self, traces: &mut Traces) -> u64 {
        let Some(found) = self.found(Field::Version) else {
            return 0;
        };
        let figures = found.text.trim().trim_start_matches(|c: char| !c.is_ascii_digit());
        let end = figures.find(|c: char| !c.is_ascii_digit()).unwrap_or(figures.len());
        let version = figures[..end].parse().unwrap_or(0);
        traces.note("version", &found.from, &found.text);
        version
    }

    /// Lays out the body, before it the headline where that is too long to be one.
    fn paragraphs(
        &self,
        headline: &mut String,
        settings: &Settings,
        traces: &mut Traces,
    ) -> Result<Vec<Paragraph>, String> {
        let refused = |it: TooMany| it.to_string();
        let mut paragraphs = Vec::new();
        if headline.split_whitespace().nth(HEADLINE_WORDS_MAX).is_some() {
            body::append(&std::mem::take(headline), settings, &mut paragraphs).map_err(refused)?;
        }
        for part in &self.parts {
            match part {
                Part::Lines(text) => {
                    body::append(&clean::text(text), settings, &mut paragraphs).map_err(refused)?;
                }
                Part::Broken(text) => {
                    body::append_broken(&clean::text(text), settings, &mut paragraphs)
                        .map_err(refused)?;
                }
                Part::Furniture(text) => {
                    let n_before = paragraphs.len();
                    body::append(&clean::text(text), settings, &mut paragraphs).map_err(refused)?;
                    for paragraph in paragraphs.iter_mut().skip(n_before) {
                        paragraph.kind = ParagraphKind::Furniture;
                    }
                }
                Part::Paragraph(text) => {
                    let line = clean::line(text);
                    body::append_one(line.into_owned(), settings, &mut paragraphs)
                        .map_err(refused)?;
                }
            }
        }
        traces.note("paragraphs", &self.parts_from, "");
        Ok(paragraphs)
    }
}

/// Returns the record's own id, else its url, else the name of its place.
fn own_id(
    record: &Record<'_>,
    url: &str,
    place: Place<'_>,
    traces: &mut Traces,
) -> Result<String, String> {
    let own = record.found(Field::Id);
    if let Some((own, id)) = own.and_then(|own| Some((own, id::clean(&own.text)?))) {
        traces.note("id", &own.from, &own.text);
        return Ok(id);
    }
    let (from, id) = match (id::clean(url), place.number) {
        (Some(id), _) => ("the url", Some(id)),
        (None, 0) => ("the path", id::clean(place.below)),
        (None, number) => ("the path", id::clean(&format!("{}#{number}", place.below))),
    };
    let id = id.ok_or("no name to make an id of")?;
    traces.note("id", from, &id);
    Ok(id)
}

/// Joins names: `Ann Hale, Tom Ruiz and Kit Marlow`.
fn joined(names: &[String]) -> String {
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => names.concat(),
    }
}

/// Makes the date of a record that has it printed.
fn dated(provenance: Provenance) -> impl Fn(crate::text::Moment) -> Dated {
    move |moment| Dated { moment, provenance }
}

/// Returns a text as it is, or as it was mended.
type Mended<'a> = Cow<'a, str>;
