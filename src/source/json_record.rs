//! The fields of a JSON record.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::error::Category;

use super::body::{self, TooMany};
use super::json_keys::{Field, N_FIELDS};
use super::json_mend::mend;
use super::json_value::{Key, Value};
use super::{HEADLINE_WORDS_MAX, dateline, id, path_date};
use crate::article::{Article, Dated, Paragraph, Provenance};
use crate::text::Moment;

/// How much of a date that is not understood is told.
const REFUSED_CHARS_MAX: usize = 64;

/// An article that was read, and the doubts about it.
pub(super) struct Read {
    /// The article, but for its origin.
    pub(super) article: Article,
    /// What stood for its date and is not understood.
    pub(super) refused_date: Option<String>,
    /// How many characters were replaced that JSON does not allow.
    pub(super) n_replaced: u64,
}

/// Why a record could not be read, in words.
#[derive(Debug)]
pub(super) struct Misread(pub(super) String);

/// Reads the article of a record.
///
/// The path lends its date to a record that has none, and `fallback_id` its name to one that has
/// neither id nor url. A record that is no JSON is mended where only forbidden characters made
/// it so.
pub(super) fn read(
    text: &str,
    path: &str,
    fallback_id: impl FnOnce() -> String,
) -> Result<Read, Misread> {
    let misread = match parse(text) {
        Ok(record) => return record.article(path, fallback_id, 0),
        Err(misread) => misread,
    };
    let Some((mended, n_replaced)) = mend(text) else {
        return Err(misread);
    };
    match parse(&mended) {
        Ok(record) => record.article(path, fallback_id, n_replaced),
        Err(_) => Err(misread),
    }
}

/// Tells whether a text is JSON, of any kind.
pub(super) fn is_json(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}

/// Parses a record, or says where it stops being JSON; the column counts bytes from 1.
fn parse(text: &str) -> Result<Record<'_>, Misread> {
    let cause = match serde_json::from_str(text) {
        Ok(record) => return Ok(record),
        // The only thing that a record refuses by itself is to be no object.
        Err(cause) if cause.classify() == Category::Data => {
            match serde_json::from_str::<IgnoredAny>(text) {
                Ok(_) => return Err(Misread("the record is not an object".to_owned())),
                Err(cause) => cause,
            }
        }
        Err(cause) => cause,
    };
    let words = cause.to_string();
    let words = words.split(" at line ").next().unwrap_or_default();
    let column = cause.column();
    Err(Misread(format!("not valid JSON: {words} at column {column}")))
}

/// A value with the key that it stood under.
struct Slot<'a> {
    /// The rank of the key among those of its field.
    rank: usize,
    /// The key as written, for the message about a wrong value.
    key: Cow<'a, str>,
    value: Value<'a>,
}

/// A record whose values wait to become an article; texts are borrowed from its line.
///
/// It is read by a visitor of its own rather than as `serde_json::Value`, which would copy every
/// text, or as a derived struct, which knows neither folded keys nor values of several forms.
#[derive(Default)]
struct Record<'a> {
    /// The best value of each field, in the order of `Field`.
    slots: [Option<Slot<'a>>; N_FIELDS],
}

impl<'de> Deserialize<'de> for Record<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyRecord;
        impl<'de> Visitor<'de> for AnyRecord {
            type Value = Record<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
                let mut record = Record::default();
                while let Some(Key(key)) = object.next_key()? {
                    match Field::of(&key) {
                        Some((field, rank)) => {
                            let value = field.admit(object.next_value()?);
                            record.put(field, Slot { rank, key, value });
                        }
                        None => _ = object.next_value::<IgnoredAny>()?,
                    }
                }
                Ok(record)
            }
        }
        deserializer.deserialize_map(AnyRecord)
    }
}

impl<'a> Record<'a> {
    /// Keeps a value unless a better one is there: of a preferred key, or the only one to be read.
    fn put(&mut self, field: Field, slot: Slot<'a>) {
        if matches!(slot.value, Value::Absent) {
            return;
        }
        let weight = |it: &Slot<'_>| (matches!(it.value, Value::Wrong(_)), it.rank);
        let place = &mut self.slots[field as usize];
        if place.as_ref().is_none_or(|old| weight(&slot) <= weight(old)) {
            *place = Some(slot);
        }
    }

    /// Returns the value of a field, absent where the record has none.
    fn value(&self, field: Field) -> &Value<'a> {
        let slot = self.slots[field as usize].as_ref();
        slot.map_or(&Value::Absent, |slot| &slot.value)
    }

    /// Returns the text of a field in one line.
    fn line(&self, field: Field) -> String {
        one_line(self.value(field).as_str().unwrap_or_default())
    }

    /// Returns the names of a field: `Ann Hale, Tom Ruiz and Kit Marlow`.
    fn names(&self, field: Field) -> String {
        let names: Vec<String> = self.value(field).parts().iter().map(|it| one_line(it)).collect();
        match names.split_last() {
            Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
            _ => names.concat(),
        }
    }

    /// Makes an article of the record, or says which value is wrong.
    fn article(
        &self,
        path: &str,
        fallback_id: impl FnOnce() -> String,
        n_replaced: u64,
    ) -> Result<Read, Misread> {
        if let Some((key, wrong)) = self.wrong() {
            return Err(Misread(format!("'{}' is {wrong}", one_line(key))));
        }
        let (date, refused_date) = self.date(path);
        let mut headline = self.line(Field::Headline);
        let paragraphs = self.paragraphs(&mut headline)?;
        let url = self.line(Field::Url);
        let article = Article {
            id: self.id(&url, fallback_id),
            headline,
            byline: without_by(self.names(Field::Byline)),
            dateline: dateline::of_field(&self.line(Field::Dateline)),
            date,
            source: self.names(Field::Source),
            section: self.names(Field::Section),
            slug: self.names(Field::Slug),
            language: self.line(Field::Language),
            url,
            paragraphs,
            ..Article::default()
        };
        let article = body::complete(article).map_err(|reason| Misread(reason.to_owned()))?;
        Ok(Read { article, refused_date, n_replaced })
    }

    /// Returns the record's own id, else its url, else the name of its place.
    fn id(&self, url: &str, fallback: impl FnOnce() -> String) -> String {
        let own = self.value(Field::Id).as_str().unwrap_or_default();
        id::clean(own)
            .or_else(|| id::clean(url))
            .or_else(|| id::clean(&fallback()))
            .unwrap_or_default()
    }

    /// Lays out the body, before it the headline where that is too long to be one.
    fn paragraphs(&self, headline: &mut String) -> Result<Vec<Paragraph>, Misread> {
        let mut paragraphs = Vec::new();
        let mut words = headline.split_whitespace();
        if words.nth(HEADLINE_WORDS_MAX).is_some() {
            append(&std::mem::take(headline), &mut paragraphs)?;
        }
        for part in self.value(Field::Body).parts() {
            append(part, &mut paragraphs)?;
        }
        Ok(paragraphs)
    }

    /// Returns the first field that has a value it cannot hold, by its key.
    fn wrong(&self) -> Option<(&str, &'static str)> {
        self.slots.iter().flatten().find_map(|slot| match slot.value {
            Value::Wrong(wrong) => Some((slot.key.as_ref(), wrong)),
            _ => None,
        })
    }

    /// Reads the date, and returns what stands for it where that is not understood.
    ///
    /// Only a record that says nothing of its date is dated by its path: one that says something
    /// else would be given a date against its word.
    fn date(&self, path: &str) -> (Option<Dated>, Option<String>) {
        let dated = |provenance| move |moment| Dated { moment, provenance };
        let printed = match self.value(Field::Date) {
            // Seconds may have a fraction.
            Value::Number(number) => number.split('.').next(),
            value => value.as_str(),
        };
        match printed.map(|it| (it, Moment::parse(it))) {
            None => (path_date::find(path).map(dated(Provenance::Path)), None),
            Some((_, Some(moment))) => (Some(dated(Provenance::Meta)(moment)), None),
            Some((printed, None)) => {
                let told = printed.trim().chars().take(REFUSED_CHARS_MAX);
                (None, Some(told.collect()))
            }
        }
    }
}

/// Appends the paragraphs of a text: its lines, or its blocks where a machine broke the lines.
fn append(text: &str, paragraphs: &mut Vec<Paragraph>) -> Result<(), Misread> {
    let refused = |it: TooMany| Misread(it.to_string());
    let lines = body::lines(text).map_err(refused)?;
    body::lay_out(&lines, body::wrap_of(&lines), paragraphs).map_err(refused)
}

/// Joins the lines of a text, each without the white space at its ends.
fn one_line(text: &str) -> String {
    let lines: Vec<&str> = text
        .split(|c: char| c.is_control() && c.is_whitespace() && c != '\t')
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    lines.join(" ")
}

/// Takes the word "By" from a byline that was copied as printed.
fn without_by(byline: String) -> String {
    match byline.get(..3) {
        Some(by) if by.eq_ignore_ascii_case("by ") => byline[3..].trim_start().to_owned(),
        _ => byline,
    }
}
