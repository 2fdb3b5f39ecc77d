//! XML: what its formats have in common.
//!
//! A reader of an XML format names the elements that are its records and maps one at a time. The
//! rest is here:
//!
//! ```text
//! fn read(&self, input: Input<'_>, each: &mut Each<'_>) -> io::Result<()> {
//!     xml::read(input, each, &["item", "entry"], &NO_ARTICLE, &mut |told: Told<'_>, teller| {
//!         let mut record = Record::default();
//!         record.set(Field::Headline, "title", told.record.text_at("title").unwrap_or_default());
//!         // `told.lead` is what stands before the first record: the title of the channel.
//!         told.article(record, teller)
//!     })
//! }
//!
//! fn lead<'h>(&self, head: &'h [u8]) -> &'h [u8] { xml::lead(head, &["item", "entry"]) }
//!
//! fn sniff(&self, head: &Head<'_>) -> Confidence { match xml::root(head.text()).as_deref() { .. } }
//! ```
//!
//! - [`read`] finds the records in the stream, holds one at a time, decodes it and makes a tree of
//!   it. A record is an element of one of the names, whatever its prefix and its place. One that
//!   begins within another ends that.
//! - [`Element`] is the tree: `at("head/title")`, `all("category")`, `find("body.content")`,
//!   `attribute("href")`, `text()`. Names are compared without prefixes unless one is asked for:
//!   `at("content:encoded")`.
//! - [`paragraphs`] are those of an element in the words of NITF or XHTML. Text that is HTML (a
//!   `description`, `content:encoded`) goes through `html::paragraphs`.
//! - [`root`] is the name of the root element, for sniffing; [`lead`] is what `Reader::lead` is to
//!   return.
//!
//! The parser is our own, and takes what parsers refuse, because archives hold it: ends that fit
//! nothing, a stray `&` or `<`, entities of HTML without a DTD, control characters, files that break
//! off. References to entities of a document's own are left as they are written, and none is fetched;
//! a document that declares some by which it could swell is refused.
//!
//! A record whose end is missing is told as far as it goes.
//!
//! | limit | |
//! |---|---|
//! | `RECORD_BYTES_MAX` | the length of a record |
//! | `FILE_BYTES_MAX` | the length of a file in UTF-16, which is held as a whole |
//! | [`DEPTH_MAX`] | how deeply elements may stand within each other |
//! | [`NODES_MAX`] | the elements and texts of a record |

mod entities;
mod flow;
mod markup;
mod prolog;
mod records;
mod tree;

use std::cell::OnceCell;
use std::io;
use std::ops::ControlFlow;

pub(super) use flow::paragraphs;
pub(super) use prolog::{begins_record, lead, root};
pub(super) use tree::Element;
pub use tree::{DEPTH_MAX, NODES_MAX};

use self::records::{Piece, Records};
use super::decode::Units;
use super::normal::{Record, Teller};
use super::{Each, Input};
use crate::article::Class;
use crate::text::Span;

/// Why a document is refused that declares entities.
const SWELLS: &str = "declares entities, which can swell without end";

/// A record that is to be told.
pub(super) struct Told<'a> {
    /// The element that is the record.
    pub(super) record: &'a Element<'a>,
    /// What stands before the first record of the file; its root is not closed there.
    pub(super) lead: &'a Element<'a>,
    span: Span,
    /// Whether the record is the root of the file, and the file nothing else.
    is_only: bool,
}

impl Told<'_> {
    /// Tells what was found in the record: the article that the file is where it is nothing else.
    pub(super) fn article(
        &self,
        record: Record<'_>,
        teller: &mut Teller<'_, '_>,
    ) -> ControlFlow<()> {
        match self.is_only {
            true => teller.only(record, self.span),
            false => teller.record(record, self.span),
        }
    }

    /// Tells that the record is no article, and what it is instead.
    pub(super) fn no_article(
        &self,
        reason: impl Into<String>,
        teller: &mut Teller<'_, '_>,
    ) -> ControlFlow<()> {
        self.refuse(Class::Format, reason, teller)
    }

    fn refuse(
        &self,
        class: Class,
        reason: impl Into<String>,
        teller: &mut Teller<'_, '_>,
    ) -> ControlFlow<()> {
        match self.is_only {
            true => teller.file_malformed(self.span, class, reason),
            false => teller.malformed(self.span, class, reason),
        }
    }
}

/// What a reader does with a record.
pub(super) type Tell<'t> = dyn FnMut(&Told<'_>, &mut Teller<'_, '_>) -> ControlFlow<()> + 't;

/// Reads the records of a file, one by one.
///
/// `nothing` says what a file is that has no record, by the name of its root.
pub(super) fn read(
    input: Input<'_>,
    each: &mut Each<'_>,
    names: &'static [&'static str],
    nothing: &dyn Fn(&str) -> String,
    tell: &mut Tell<'_>,
) -> io::Result<()> {
    let mut teller = Teller::new(&input, each);
    let mut records = Records::new(input.stream, names)?;
    teller.replaced(records.n_replaced());
    let units = records.units();
    let (file, lead) = (OnceCell::new(), OnceCell::new());
    let mut n_records = 0;
    while let Some((piece, span)) = records.next()? {
        n_records += 1;
        let bytes = match piece {
            Piece::Whole(bytes) => bytes.to_vec(),
            Piece::TooLong(limit) => {
                let reason = format!("record longer than {limit} bytes");
                if teller.malformed(span, Class::Limit, reason).is_break() {
                    return Ok(());
                }
                continue;
            }
        };
        let is_only = n_records == 1 && records.is_last()?;
        let file = file.get_or_init(|| File::of(records.lead(), units));
        if n_records == 1 {
            teller.in_context(records.lead());
        }
        if file.swells {
            _ = teller.file_malformed(span, Class::Limit, SWELLS);
            return Ok(());
        }
        let lead = lead.get_or_init(|| tree::parse(&file.lead).unwrap_or_default());
        let place = (span, is_only && !file.has_root);
        if file.tell(&bytes, place, lead, &mut teller, tell).is_break() {
            return Ok(());
        }
    }
    _ = if n_records > 0 { teller.end() } else { end_without(&records, nothing, teller) };
    Ok(())
}

/// Ends a file in which there was no record, and says what it is.
fn end_without(
    records: &Records<'_>,
    nothing: &dyn Fn(&str) -> String,
    teller: Teller<'_, '_>,
) -> ControlFlow<()> {
    let text = prolog::decoded(records.lead(), records.units(), None).text;
    if text.chars().all(is_blank) {
        return teller.end();
    }
    if prolog::may_swell(text.as_bytes()) {
        return teller.end_without(Class::Limit, SWELLS);
    }
    let root = root(&text);
    teller.end_without(Class::Format, nothing(root.as_deref().unwrap_or("text")))
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

/// What is known of a file once its first record is found.
struct File {
    units: Units,
    label: Option<String>,
    lead: String,
    swells: bool,
    has_root: bool,
}

impl File {
    fn of(lead: &[u8], units: Units) -> Self {
        let label = prolog::encoding(lead);
        let decoded = prolog::decoded(lead, units, label.as_deref());
        Self {
            units,
            swells: prolog::may_swell(lead),
            has_root: root(&decoded.text).is_some(),
            lead: decoded.text.into_owned(),
            label,
        }
    }

    /// Makes a tree of a record, and has it told.
    fn tell(
        &self,
        bytes: &[u8],
        (span, is_only): (Span, bool),
        lead: &Element<'_>,
        teller: &mut Teller<'_, '_>,
        tell: &mut Tell<'_>,
    ) -> ControlFlow<()> {
        if !is_only && teller.stands(bytes, span)? {
            return ControlFlow::Continue(());
        }
        let decoded = prolog::decoded(bytes, self.units, self.label.as_deref());
        teller.decoded(&decoded)?;
        let nothing = Element::default();
        let parsed = tree::parse(&decoded.text);
        let document = parsed.as_ref().unwrap_or(&nothing);
        let record = document.elements().next().unwrap_or(&nothing);
        let told = Told { record, lead, span, is_only };
        match &parsed {
            Ok(_) => tell(&told, teller),
            Err(reason) => told.refuse(Class::Limit, reason.as_str(), teller),
        }
    }
}
