//! Files of Reuters-21578.

use std::io;
use std::ops::ControlFlow;

use super::elements::{self, Ends, Tag};
use super::trec;
use crate::article::MentionKind;
use crate::source::decode::{self, Units};
use crate::source::normal::{Field, List, Record, Teller};
use crate::source::{Confidence, Each, Head, Input, Reader};
use crate::text::Span;

/// The element that is a record.
const NAME: &str = "REUTERS";

/// The elements of lists, the scheme of what is in them, and what it is unless a subject.
const LISTS: &[(&str, &str, Option<MentionKind>)] = &[
    ("TOPICS", "reuters-topics", None),
    ("PLACES", "reuters-places", Some(MentionKind::Place)),
    ("PEOPLE", "reuters-people", Some(MentionKind::Person)),
    ("ORGS", "reuters-orgs", Some(MentionKind::Organisation)),
    ("EXCHANGES", "reuters-exchanges", None),
    ("COMPANIES", "reuters-companies", Some(MentionKind::Organisation)),
];

/// The other elements that are known.
const ELEMENTS: &[&str] =
    &["DATE", "MKNOTE", "UNKNOWN", "TEXT", "AUTHOR", "DATELINE", "TITLE", "BODY"];

/// How the wire named the end of a line, which some of the texts kept in two signs.
const LINE_END: &str = "^M";

/// Reads a file of the Reuters-21578 collection; the fields are in the table of the room.
///
/// `Origin::span` is a record with its two tags. Control characters, which the collection has as
/// entities, are left out. The line at the end of a text that names the agency is furniture.
pub struct Reuters;

impl Reader for Reuters {
    fn name(&self) -> &'static str {
        "reuters-sgml"
    }

    fn version(&self) -> u32 {
        2
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let first = elements::tags(head.text()).find(|it| !it.name.is_empty());
        match first {
            Some(tag) if tag.is(NAME) && elements::is_bare(&head.text()[..tag.start]) => {
                Confidence::Certain
            }
            _ => Confidence::No,
        }
    }

    fn read(&self, input: Input<'_>, each: &mut Each<'_>) -> io::Result<()> {
        trec::read(input, each, NAME, tell)
    }
}

/// Tells what is in a record.
fn tell(bytes: &[u8], span: Span, units: Units, teller: &mut Teller<'_, '_>) -> ControlFlow<()> {
    let decoded = decode::decode_units(bytes, units);
    teller.decoded(&decoded)?;
    teller.record(record(&decoded.text), span)
}

/// Tells how an element ends, where it is known.
fn ends(name: &str) -> Option<Ends> {
    let mut known = LISTS.iter().map(|(it, ..)| it).chain(ELEMENTS);
    known.any(|it| it.eq_ignore_ascii_case(name)).then_some(Ends::Anyhow)
}

/// Finds the fields of a record.
fn record(text: &str) -> Record<'_> {
    let mut record = Record::default();
    if let Some(id) = elements::tags(text).next().and_then(|it| it.attribute("NEWID")) {
        record.set(Field::Id, "NEWID", format!("reuters:{id}"));
    }
    record.push(List::Source, NAME, "Reuters");
    for section in elements::sections(text, ends) {
        let Some(tag) = section.tag else {
            continue;
        };
        if let Some((name, scheme, kind)) = LISTS.iter().find(|(it, ..)| tag.is(it)) {
            for label in labels(section.raw) {
                let code = format!("{scheme}:{label}");
                match kind {
                    Some(kind) => record.named(*kind, *name, label, code),
                    None => record.subject(*name, &code, &label),
                }
            }
        } else if tag.is("TITLE") {
            record.set(Field::Headline, "TITLE", elements::plain(section.raw));
        } else if tag.is("DATELINE") {
            record.set(Field::Dateline, "DATELINE", elements::plain(section.raw));
        } else if tag.is("AUTHOR") {
            record.push(List::Byline, "AUTHOR", elements::plain(section.raw));
        } else if tag.is("DATE") {
            record.set(Field::Date, "DATE", time(section.raw));
        } else if tag.is("BODY") {
            record.body_from("BODY");
            add_text(elements::plain(section.raw).into_owned(), &mut record);
        } else if is_whole(&tag) {
            add_whole(section.raw, &mut record);
        }
    }
    record
}

/// Tells whether a text was not parted into its elements.
fn is_whole(tag: &Tag<'_>) -> bool {
    tag.is("TEXT") && tag.attribute("TYPE").is_some_and(|it| it.eq_ignore_ascii_case("UNPROC"))
}

/// Returns what stands in a list, entry by entry.
fn labels(raw: &str) -> impl Iterator<Item = String> {
    let mut from = None;
    elements::tags(raw).filter(|it| it.is("D")).filter_map(move |tag| {
        let begun = from.take();
        from = (!tag.is_closing).then_some(tag.end);
        let begun = begun.filter(|_| tag.is_closing)?;
        Some(elements::plain(&raw[begun..tag.start]).trim().to_owned())
    })
}

/// Returns the time of a record without what the wire or a reader of it left behind it:
/// ` 3-MAR-1987  09:15:05.40&#5;F`.
fn time(raw: &str) -> String {
    let printed = raw.split(['&', '#']).next().unwrap_or_default();
    printed.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Adds a text that was not parted: its first line is the headline where it stands in capitals over
/// an indented one.
fn add_whole<'a>(raw: &'a str, record: &mut Record<'a>) {
    let text = elements::plain(raw).into_owned();
    record.body_from("TEXT");
    let text = text.trim_start_matches(|c: char| c == '\n' || c == '\r' || c.is_control());
    let Some((first, rest)) = text.split_once('\n') else {
        return record.part(text.to_owned());
    };
    let is_headline = rest.starts_with(' ') && !first.chars().any(char::is_lowercase);
    if is_headline && !record.has(Field::Headline) {
        record.set(Field::Headline, "TEXT", first.to_owned());
        add_text(rest.to_owned(), record);
    } else {
        add_text(text.to_owned(), record);
    }
}

/// Adds a text whose lines the wire broke.
fn add_text(mut text: String, record: &mut Record<'_>) {
    if text.contains(LINE_END) {
        text = text
            .lines()
            .map(|it| it.trim_end().trim_end_matches(LINE_END))
            .fold(String::new(), |text, line| text + line + "\n");
    }
    record.broken(text);
}
