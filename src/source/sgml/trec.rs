//! Files of TREC: records of SGML.

use std::borrow::Cow;
use std::io;
use std::ops::ControlFlow;

use super::elements::{self, Section, Tag};
use super::fields::{self, Meaning};
use super::records::{Piece, Records};
use super::{dates, web};
use crate::article::Class;
use crate::source::decode::{self, Units};
use crate::source::lines::RECORD_BYTES_MAX;
use crate::source::normal::{Field, Record, Teller};
use crate::source::{Confidence, Each, Head, Input, Reader};
use crate::text::Span;

/// The element that is a record.
const NAME: &str = "DOC";

/// Elements of which one stands in every record.
const TELLING: &[&str] = &["DOCNO", "DOCID", "DOCHDR", "TEXT", "HEADLINE", "BODY"];

/// How a code stands before its label: `P4922 Gas production`.
const CODE_BYTES: std::ops::RangeInclusive<usize> = 4..=6;

/// What ends with a stop of its own.
const ABBREVIATIONS: &[&str] = &["bros", "co", "corp", "cos", "inc", "jr", "ltd", "plc", "sr"];

/// Reads a file of `<DOC>` records; the fields are in the table of the room.
///
/// `Origin::span` is a record with its two tags. Records are decoded one by one.
pub struct Trec;

impl Reader for Trec {
    fn name(&self) -> &'static str {
        "trec"
    }

    fn version(&self) -> u32 {
        2
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let mut tags = elements::tags(head.text()).filter(|it| !it.name.is_empty());
        let Some(first) = tags.next() else {
            return Confidence::No;
        };
        let is_first = elements::is_bare(&head.text()[..first.start]) && first.is(NAME);
        let is_telling = |it: &Tag<'_>| TELLING.iter().any(|name| it.is(name));
        let is_named = ["id", "docid", "docno"].iter().any(|it| first.attribute(it).is_some());
        if is_first && (is_named || tags.any(|it| is_telling(&it))) {
            Confidence::Certain
        } else {
            Confidence::No
        }
    }

    fn read(&self, input: Input<'_>, each: &mut Each<'_>) -> io::Result<()> {
        read(input, each, NAME, tell)
    }
}

/// What tells a record: its bytes, its place, and what the file is written in.
type Tell = fn(&[u8], Span, Units, &mut Teller<'_, '_>) -> ControlFlow<()>;

/// Reads a file of records, and tells what stands between them.
pub(super) fn read(
    input: Input<'_>,
    each: &mut Each<'_>,
    name: &'static str,
    tell: Tell,
) -> io::Result<()> {
    let mut teller = Teller::new(&input, each);
    let mut records = Records::new(input.stream, name)?;
    let units = records.units();
    teller.in_context(format!("{units:?}").as_bytes());
    let mut n_told = 0;
    let mut is_blank = true;
    while let Some((piece, span)) = records.next()? {
        let flow = match piece {
            Piece::Record(bytes) => match teller.stands(bytes, span) {
                ControlFlow::Continue(false) => tell(bytes, span, units, &mut teller),
                told => told.map_continue(|_| ()),
            },
            Piece::Unclosed(_) => {
                let reason = format!("a record without its end, </{name}>");
                teller.malformed(span, Class::Damaged, reason)
            }
            Piece::TooLong => {
                let reason = format!("record longer than {RECORD_BYTES_MAX} bytes");
                teller.malformed(span, Class::Limit, reason)
            }
            Piece::Between(bytes) => {
                let decoded = decode::decode_units(bytes, units);
                is_blank &= decoded.text.trim_start_matches('\u{feff}').trim().is_empty();
                if elements::is_bare(&decoded.text) {
                    continue;
                }
                let reason = format!("text that is in no record, <{name}>");
                teller.malformed(span, Class::Damaged, reason)
            }
        };
        if flow.is_break() {
            return Ok(());
        }
        n_told += 1;
    }
    _ = match n_told {
        0 if !is_blank => teller.end_without(Class::Format, format!("a file without <{name}>")),
        _ => teller.end(),
    };
    Ok(())
}

/// Tells what is in a record.
fn tell(bytes: &[u8], span: Span, units: Units, teller: &mut Teller<'_, '_>) -> ControlFlow<()> {
    if units == Units::Bytes
        && let Some(page) = web::page(bytes)
    {
        return web::tell(page, span, teller);
    }
    let decoded = decode::decode_units(bytes, units);
    teller.decoded(&decoded)?;
    teller.record(record(&decoded.text), span)
}

/// Finds the fields of a record.
fn record(text: &str) -> Record<'_> {
    let mut record = Record::default();
    let sections = elements::sections(text, fields::ends);
    let of = |section: &Section<'_>| section.tag.and_then(|it| fields::meaning(it.name));
    for section in &sections {
        let (Some(tag), Some(meaning)) = (section.tag, of(section)) else {
            continue;
        };
        match meaning {
            Meaning::Text(field) => record.set(field, place(&tag), elements::plain(section.raw)),
            Meaning::Date => set_date(place(&tag), elements::plain(section.raw), &mut record),
            Meaning::Names(list) => record.push(list, place(&tag), elements::plain(section.raw)),
            Meaning::Subjects => {
                for (code, label) in entries(&tag, section.raw) {
                    record.subject(place(&tag), &code, &label);
                }
            }
            Meaning::Named(kind) => {
                for (code, label) in entries(&tag, section.raw) {
                    record.named(kind, place(&tag), without_stop(&label).to_owned(), code);
                }
            }
            Meaning::Body => {
                record.body_from(place(&tag));
                elements::add_body(section.raw, &mut record);
            }
            Meaning::Headline(_) | Meaning::Header | Meaning::Other => {}
        }
    }
    set_headlines(&sections, &mut record);
    set_ids(text, &sections, &mut record);
    if !record.has_body() {
        record.body_from("DOC");
        for section in sections.iter().filter(|it| it.tag.is_none()) {
            record.part(elements::plain(section.raw));
        }
    }
    record
}

/// Returns the name of an element as the place where a value was found.
fn place(tag: &Tag<'_>) -> String {
    tag.name.to_ascii_uppercase()
}

/// Sets the headline and the one below it: the preferred of those that there are.
fn set_headlines<'a>(sections: &[Section<'a>], record: &mut Record<'a>) {
    let mut headlines: Vec<(u8, Tag<'a>, Cow<'a, str>)> = Vec::new();
    for section in sections {
        if let Some(tag) = section.tag
            && let Some(Meaning::Headline(rank)) = fields::meaning(tag.name)
        {
            let text = elements::plain(section.raw);
            let is_new = headlines.iter().all(|(_, _, it)| it.trim() != text.trim());
            if is_new && !text.trim().is_empty() && headlines.len() < HEADLINES_MAX {
                headlines.push((rank, tag, text));
            }
        }
    }
    headlines.sort_by_key(|(rank, ..)| *rank);
    for (field, (_, tag, text)) in [Field::Headline, Field::Subhead].into_iter().zip(headlines) {
        record.set(field, place(&tag), text);
    }
}

/// How many headlines a record may have; what comes after is dropped.
const HEADLINES_MAX: usize = 8;

/// Sets the id, and the date that it holds where the record has no other.
fn set_ids<'a>(text: &'a str, sections: &[Section<'a>], record: &mut Record<'a>) {
    for section in sections.iter().filter(|it| it.tag.is_some_and(|tag| tag.is("DOCID"))) {
        record.set(Field::Id, "DOCID", elements::plain(section.raw));
    }
    if let Some(doc) = elements::tags(text).next() {
        for name in ["id", "docid", "docno"] {
            record.set(Field::Id, "DOC id", doc.attribute(name).unwrap_or_default());
        }
        for name in ["lang", "language"] {
            record.set(Field::Language, "DOC lang", doc.attribute(name).unwrap_or_default());
        }
        if let Some(date) = doc.attribute("date") {
            set_date("DOC date".to_owned(), date.into(), record);
        }
    }
    if let Some(date) = dates::of_id(record.text(Field::Id)) {
        record.set(Field::Date, "DOCNO", date.to_string());
    }
}

fn set_date<'a>(from: String, printed: Cow<'a, str>, record: &mut Record<'a>) {
    let date = match printed {
        Cow::Borrowed(printed) => dates::stated(printed),
        Cow::Owned(printed) => Cow::Owned(dates::stated(&printed).into_owned()),
    };
    record.set(Field::Date, from, date);
}

/// Returns what stands in an element with codes before the labels: one a line, or between
/// semicolons.
fn entries(tag: &Tag<'_>, raw: &str) -> Vec<(String, String)> {
    let text = elements::plain(raw);
    let scheme = tag.name.to_ascii_lowercase();
    let entry = |printed: &str| {
        let (code, label) = coded(printed.trim());
        let code = if code.is_empty() { String::new() } else { format!("{scheme}:{code}") };
        (code, label.to_owned())
    };
    text.split(['\n', ';'])
        .map(entry)
        .filter(|(code, label)| !(code.is_empty() && label.is_empty()))
        .collect()
}

/// Returns a name without the stop that the Financial Times has behind each; that of an
/// abbreviation is its own.
fn without_stop(name: &str) -> &str {
    let Some(bare) = name.strip_suffix('.') else {
        return name;
    };
    let last = bare.rsplit(' ').next().unwrap_or_default();
    let is_short = ABBREVIATIONS.iter().any(|it| it.eq_ignore_ascii_case(last));
    if is_short || last.contains('.') || last.chars().count() == 1 { name } else { bare }
}

/// Parts the code of a subject from its label: `OHIO (OH)`, `P4922 Gas production`, and of a
/// country with the part of the world behind it, `GBZ  United Kingdom, EC.`
fn coded(printed: &str) -> (&str, &str) {
    let is_code = |it: &str| {
        !it.is_empty()
            && it.len() <= 6
            && it.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'.')
    };
    if let Some((label, code)) = printed.strip_suffix(')').and_then(|it| it.rsplit_once('('))
        && is_code(code)
    {
        return (code, label.trim());
    }
    match printed.split_once(' ') {
        Some((code, label))
            if CODE_BYTES.contains(&code.len())
                && is_code(code)
                && code.bytes().any(|it| it.is_ascii_digit()) =>
        {
            (code, label.trim())
        }
        Some((code, label)) if code.len() == 3 && code.ends_with('Z') && is_code(code) => {
            (code, label.rsplit_once(", ").map_or(label, |(country, _)| country).trim())
        }
        _ => ("", printed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_parted_from_labels() {
        for (printed, want) in [
            ("FERRIES AND BRIDGES (FRB)", ("FRB", "FERRIES AND BRIDGES")),
            ("P4922 Bridge Building.", ("P4922", "Bridge Building.")),
            ("ALDER BAY", ("", "ALDER BAY")),
            ("Bridges (closed)", ("", "Bridges (closed)")),
            ("ABZ  Alder Bay, Tarrow.", ("ABZ", "Alder Bay")),
            ("TRZ  Tarrow.", ("TRZ", "Tarrow.")),
            ("CMMT Comment", ("", "CMMT Comment")),
            ("", ("", "")),
        ] {
            assert_eq!(coded(printed), want, "{printed}");
        }
    }

    #[test]
    fn the_stop_behind_a_name_is_taken_off() {
        for (printed, want) in [
            ("Bay Ferries.", "Bay Ferries"),
            ("Bay Ferries Inc.", "Bay Ferries Inc."),
            ("Bay Ferries S.A.", "Bay Ferries S.A."),
            ("Bay Ferries", "Bay Ferries"),
            (".", ""),
        ] {
            assert_eq!(without_stop(printed), want);
        }
    }
}
