//! When it was published, and how that is known.

use super::record::Field;
use super::{Place, Record, Traces, dated, path_date};
use crate::article::{Article, Dated, Provenance};
use crate::source::{DateFrom, NoteKind};
use crate::text::{Moment, Precision};

/// How much of a date that is not understood is told.
const REFUSED_CHARS_MAX: usize = 64;

/// Reads when this version was made.
pub(super) fn updated(
    record: &Record<'_>,
    traces: &mut Traces,
    doubts: &mut Vec<NoteKind>,
) -> Option<Moment> {
    let found = record.found(Field::Updated)?;
    match parse(&found.text) {
        Ok(moment) => {
            traces.note("updated", &found.from, &found.text);
            Some(moment)
        }
        Err(doubt) => {
            doubts.push(doubt);
            None
        }
    }
}

/// Finds the date of an article in the places that its source is configured for, in that order.
pub(super) fn date(
    record: &Record<'_>,
    article: &Article,
    place: Place<'_>,
    traces: &mut Traces,
    doubts: &mut Vec<NoteKind>,
) -> Option<Dated> {
    let mut says_something = false;
    for from in &place.settings.date_from {
        let found = match from {
            DateFrom::Meta => match record.found(Field::Date) {
                None => None,
                Some(found) => match parse(&found.text) {
                    Ok(moment) => {
                        traces.note("date", &found.from, &found.text);
                        let provenance = match record.has_printed_date {
                            true => Provenance::Body,
                            false => Provenance::Meta,
                        };
                        Some(Dated { moment, provenance })
                    }
                    Err(doubt) => {
                        doubts.push(doubt);
                        says_something = true;
                        None
                    }
                },
            },
            // One that says something else would be given a date against its word.
            _ if says_something => None,
            DateFrom::Path => path_date::find(place.shown).map(dated(Provenance::Path)),
            DateFrom::Dateline => of_dateline(article, place).map(dated(Provenance::Dateline)),
            DateFrom::Mtime => of_mtime(place).map(dated(Provenance::Mtime)),
        };
        if let Some(found) = found {
            traces.note("date", provenance_in_words(found.provenance), "");
            return Some(found);
        }
    }
    if says_something { None } else { fetched(record, traces) }
}

/// Returns what to call a place that is no field.
fn provenance_in_words(provenance: Provenance) -> &'static str {
    match provenance {
        Provenance::Meta => "the record",
        Provenance::Body => "the text",
        Provenance::Path => "the path",
        Provenance::Dateline => "the dateline",
        Provenance::Mtime => "the time of the file",
    }
}

/// Reads when a page was fetched, which is at most a few days after it was published in crawls of
/// news, and the only day that is known of many a page.
fn fetched(record: &Record<'_>, traces: &mut Traces) -> Option<Dated> {
    let found = record.found(Field::Fetched)?;
    let moment = parse(&found.text).ok()?;
    traces.note("date", &found.from, &found.text);
    Some(Dated { moment, provenance: Provenance::Mtime })
}

fn of_mtime(place: Place<'_>) -> Option<Moment> {
    Some(Moment::of_timestamp(place.mtime_ns?.div_euclid(1_000_000_000)))
}

/// Reads the day that a dateline names, in the year that it names or that the path does.
fn of_dateline(article: &Article, place: Place<'_>) -> Option<Moment> {
    let span = article.dateline.as_ref()?.span;
    let (_, paragraph) = article.body().next()?;
    let year = || path_date::find(place.shown).filter(|it| it.precision == Precision::Year);
    super::dateline::day(paragraph.text.get(span.start..span.end)?, year)
}

/// Reads a date, or says why it is none.
fn parse(printed: &str) -> Result<Moment, NoteKind> {
    let printed = printed.trim();
    Moment::parse(printed).ok_or_else(|| {
        let told: String = printed.chars().take(REFUSED_CHARS_MAX).collect();
        NoteKind::Date { reason: why_not(&told), printed: told }
    })
}

/// Says why a date is refused.
fn why_not(printed: &str) -> &'static str {
    let numbers: Vec<u32> = printed
        .split(|c: char| !c.is_ascii_digit())
        .filter(|it| !it.is_empty())
        .map_while(|it| it.parse().ok())
        .collect();
    let is_plain =
        printed.chars().all(|c| c.is_ascii_digit() || matches!(c, '/' | '-' | '.' | ' '));
    match numbers[..] {
        [day, month, year] if is_plain && day <= 12 && month <= 12 && year > 31 => {
            "may be the day first, or the month"
        }
        [year, month, day, ..]
            if year > 31 && (month > 12 || month == 0 || day == 0 || day > 28) =>
        {
            "is not in the calendar"
        }
        _ => "is not understood",
    }
}
