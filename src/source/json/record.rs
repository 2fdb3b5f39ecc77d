//! The fields of a JSON record.

use std::borrow::Cow;
use std::fmt;
use std::ops::ControlFlow;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::error::Category;

use super::dialects::{self, Feed};
use super::keys::{self, Field, Filed, Meaning, N_FIELDS};
use super::mend::mend;
use super::value::{Key, Part, Value};
use crate::article::{Class, MentionKind};
use crate::source::normal::{self, List, Record, Teller};
use crate::text::Span;

/// Why a record could not be read, in words.
#[derive(Debug)]
struct Misread(String);

/// Reads a record and tells it. One that is no JSON is mended where only forbidden characters made
/// it so.
pub(super) fn read(text: &str, teller: &mut Teller<'_, '_>, span: Span) -> ControlFlow<()> {
    read_of(text, None, teller, span)
}

/// Reads a record of a feed, or of none, and tells it.
pub(super) fn read_of(
    text: &str,
    feed: Option<&Feed>,
    teller: &mut Teller<'_, '_>,
    span: Span,
) -> ControlFlow<()> {
    let misread = match parse(text).and_then(|slots| slots.record_of(text, feed)) {
        Ok(record) => return teller.record(record, span),
        Err(misread) => misread,
    };
    if let Some((mended, n_replaced)) = mend(text)
        && let Ok(slots) = parse(&mended)
    {
        return match slots.record_of(&mended, feed) {
            Ok(record) => {
                teller.replaced(n_replaced);
                teller.record(record, span)
            }
            Err(misread) => teller.malformed(span, Class::Damaged, misread.0),
        };
    }
    teller.malformed(span, Class::Damaged, misread.0)
}

/// Tells whether a text is JSON, of any kind.
pub(super) fn is_json(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}

/// Parses a record, or says where it stops being JSON; the column counts bytes from 1.
fn parse(text: &str) -> Result<Slots<'_>, Misread> {
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
struct Slots<'a> {
    /// The best value of each field, in the order of `Field`.
    slots: [Option<Slot<'a>>; N_FIELDS],
    /// Whether it has a key of the dialects that keep their texts in objects.
    is_dialect: bool,
}

impl<'de> Deserialize<'de> for Slots<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyRecord;
        impl<'de> Visitor<'de> for AnyRecord {
            type Value = Slots<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
                let mut slots = Slots::default();
                while let Some(Key(key)) = object.next_key()? {
                    match Field::of(&key) {
                        Some((field, rank)) => {
                            let value = field.admit(object.next_value()?);
                            slots.put(field, Slot { rank, key, value });
                        }
                        None => {
                            slots.is_dialect |= dialects::is_known_by(&key);
                            object.next_value::<IgnoredAny>()?;
                        }
                    }
                }
                Ok(slots)
            }
        }
        deserializer.deserialize_map(AnyRecord)
    }
}

impl<'a> Slots<'a> {
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

    /// Makes a record of an object, in whatever dialect it is.
    fn record_of<'t>(self, text: &'t str, feed: Option<&Feed>) -> Result<Record<'t>, Misread>
    where
        'a: 't,
    {
        if !self.is_dialect && feed.is_none() {
            return self.record();
        }
        match serde_json::from_str(text) {
            Ok(fields) => Ok(dialects::record(&fields, feed)),
            Err(cause) => Err(Misread(format!("not valid JSON: {cause}"))),
        }
    }

    /// Makes a record of what stands in the slots, or says which value is wrong.
    fn record(self) -> Result<Record<'a>, Misread> {
        let mut record = Record::default();
        for (field, slot) in Field::ALL.into_iter().zip(self.slots) {
            let Some(Slot { key, value, .. }) = slot else {
                continue;
            };
            if let Value::Wrong(wrong) = value {
                let key = key.split(char::is_control).collect::<Vec<_>>().join(" ");
                return Err(Misread(format!("'{key}' is {wrong}")));
            }
            match field.meaning() {
                Meaning::Text(field) => {
                    let text = match value {
                        // Seconds may have a fraction.
                        Value::Number(number) if field == normal::Field::Date => {
                            number.split('.').next().unwrap_or_default().to_owned().into()
                        }
                        Value::Number(number) => Cow::Owned(number),
                        value => {
                            let first = value.into_parts().into_iter().next();
                            first.map_or(Cow::Borrowed(""), |it| it.text)
                        }
                    };
                    record.set(field, key, text);
                }
                Meaning::Names(List::Keywords) => {
                    value
                        .into_parts()
                        .into_iter()
                        .for_each(|it| add_keyword(key.clone(), it, &mut record));
                }
                Meaning::Names(list) => {
                    for name in value.into_parts() {
                        record.push(list, key.clone(), name.text);
                    }
                }
                Meaning::Named(kind) => add_named(kind, key, value, &mut record),
                Meaning::Body => {
                    record.body_from(key);
                    value.into_parts().into_iter().for_each(|part| record.part(part.text));
                }
            }
        }
        Ok(record)
    }
}

/// Adds a keyword, or what it names where its object says so: `{"name": "persons", "value": …}`.
fn add_keyword<'a>(key: Cow<'a, str>, part: Part<'a>, record: &mut Record<'a>) {
    let Part { text, value } = part;
    match value.and_then(|value| Some((keys::filed(&text)?, value))) {
        Some((Filed::Named(kind), value)) => record.named(kind, key, value, ""),
        Some((Filed::Subject, value)) => record.push(List::Keywords, key, value),
        None => record.push(List::Keywords, key, text),
    }
}

/// Adds those whom an article names: several of them where they stand in one text.
fn add_named<'a>(kind: MentionKind, key: Cow<'a, str>, value: Value<'a>, record: &mut Record<'a>) {
    match value {
        Value::Text(text) => record.named_in(kind, &key, &text),
        value => {
            for name in value.into_parts() {
                record.named(kind, key.clone(), name.text, "");
            }
        }
    }
}
