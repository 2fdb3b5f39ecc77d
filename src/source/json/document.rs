//! JSON documents: records in an array, in an object around them, or one after the other.

use std::io::{self, BufRead};
use std::ops::ControlFlow;

use super::dialects::Feed;
use super::record;
use super::splitter::{JSON_DEPTH_MAX, Piece, Splitter};
use crate::article::Class;
use crate::source::decode::{self, Units};
use crate::source::normal::Teller;
use crate::source::stream::whole;
use crate::source::{Confidence, Each, FILE_BYTES_MAX, Head, Input, RECORD_BYTES_MAX, Reader};
use crate::text::Span;

/// Reads a JSON document.
///
/// ```text
/// {"headline": "Bridge closed",            one record, over as many lines as it likes
///  "body": "It rained."}
/// [{"id": 1, …}, {"id": 2, …}]             an array of records
/// {"total": 2, "articles": [{…}, {…}]}     an object that keeps them under a known key
/// {"hits": {"hits": [{"_source": {…}}]}}   the same, deeper
/// {"id": 1, …}{"id": 2, …}                 records one after the other (RFC 7464 too)
/// ```
///
/// Records are counted from 1 as they stand in the document, and a span is an object from its
/// first bracket to its last. One of them is held at a time, so that memory does not grow with the
/// file; only a document in UTF-16 is held whole, up to 64 MiB. A record that is no JSON is told
/// with its place, and the next is read. A quote that is missing takes what follows with it, up to
/// the next quote that closes a bracket too many, and at worst the rest of the file.
pub struct JsonDocument;

impl Reader for JsonDocument {
    fn name(&self) -> &'static str {
        "json"
    }

    fn version(&self) -> u32 {
        2
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let text = head.text().trim_start_matches(['\u{feff}', '\u{1e}', ' ', '\t', '\r', '\n']);
        let next = |text: &str| text.get(1..).map(str::trim_start).unwrap_or_default().to_owned();
        let is_spread = text.get(1..).is_some_and(|it| it.starts_with(['\n', '\r']));
        match (text.chars().next(), next(text)) {
            (Some('['), within) if within.starts_with('{') => {
                match next(&within).starts_with(['"', '}']) {
                    true => Confidence::Certain,
                    false => Confidence::No,
                }
            }
            (Some('{'), within) if within.starts_with('"') => {
                match is_spread || holds_records(text) {
                    true => Confidence::Certain,
                    false => Confidence::Likely,
                }
            }
            (Some('{'), within) if within == "}" => Confidence::Likely,
            _ => Confidence::No,
        }
    }

    fn read(&self, input: Input<'_>, each: &mut Each<'_>) -> io::Result<()> {
        let mut teller = Teller::new(&input, each);
        let (units, n_mark) = Units::of(input.stream.fill_buf()?);
        if units == Units::Bytes {
            input.stream.consume(n_mark);
            let place = |span: Span| Span::new(span.start + n_mark, span.end + n_mark);
            return tell(input.stream, teller, &place);
        }
        let Some(bytes) = whole(input.stream, FILE_BYTES_MAX)? else {
            let reason = format!("in UTF-16 and longer than {FILE_BYTES_MAX} bytes");
            _ = teller.file_malformed(Span::default(), Class::Limit, reason);
            return Ok(());
        };
        let decoded = decode::decode(&bytes);
        if teller.decoded(&decoded).is_break() {
            return Ok(());
        }
        let text = decoded.text.as_ref();
        let units_before = |at: usize| text.get(..at).map_or(0, |it| it.encode_utf16().count());
        let place = |span: Span| {
            Span::new(n_mark + 2 * units_before(span.start), n_mark + 2 * units_before(span.end))
        };
        tell(&mut text.as_bytes(), teller, &place)
    }

    fn lead<'h>(&self, head: &'h [u8]) -> &'h [u8] {
        let (units, n_mark) = Units::of(head);
        let (mark, mut rest) = head.split_at(n_mark);
        if units != Units::Bytes {
            return mark;
        }
        let mut splitter = Splitter::new(&mut rest);
        _ = splitter.next();
        let first = splitter.first_held();
        head.get(..n_mark + first.unwrap_or(0)).unwrap_or(mark)
    }
}

/// Tells whether a document begins with what holds records.
pub(super) fn holds_records(head: &str) -> bool {
    let mut bytes = head.as_bytes();
    let mut splitter = Splitter::new(&mut bytes);
    splitter.next().is_ok() && splitter.first_held().is_some()
}

/// Tells the records of a document; `place` takes a place in the stream to that in the file.
fn tell(
    stream: &mut dyn BufRead,
    mut teller: Teller<'_, '_>,
    place: &dyn Fn(Span) -> Span,
) -> io::Result<()> {
    let feed = feed_of(stream.fill_buf()?);
    teller.in_context(format!("{feed:?}").as_bytes());
    let mut splitter = Splitter::new(stream);
    let mut n_strays = 0;
    while let Some((piece, span)) = splitter.next()? {
        let whole = place(span);
        let flow = match piece {
            Piece::Record => one(splitter.record(), whole, feed.as_ref(), &mut teller),
            Piece::TooLong => {
                let reason = format!("record longer than {RECORD_BYTES_MAX} bytes");
                teller.malformed(whole, Class::Limit, reason)
            }
            Piece::TooDeep => {
                let reason = format!("brackets nested deeper than {JSON_DEPTH_MAX}");
                teller.malformed(whole, Class::Limit, reason)
            }
            Piece::Cut => {
                teller.malformed(whole, Class::Damaged, "the file breaks off within the record")
            }
            Piece::Stray if n_strays == 0 => {
                n_strays += 1;
                teller.malformed(whole, Class::Damaged, "the record is not an object")
            }
            Piece::Stray => {
                teller.pass();
                ControlFlow::Continue(())
            }
        };
        if flow.is_break() {
            return Ok(());
        }
    }
    _ = teller.end();
    Ok(())
}

/// Reads what a feed says of itself before its first item, as far as the first bytes have it.
fn feed_of(head: &[u8]) -> Option<Feed> {
    let lead = JsonDocument.lead(head);
    std::str::from_utf8(lead).ok().and_then(Feed::of_lead)
}

/// Tells one record.
fn one(
    bytes: &[u8],
    span: Span,
    feed: Option<&Feed>,
    teller: &mut Teller<'_, '_>,
) -> ControlFlow<()> {
    if teller.stands(bytes, span)? {
        return ControlFlow::Continue(());
    }
    let decoded = decode::decode_units(bytes, Units::Bytes);
    teller.decoded(&decoded)?;
    record::read_of(&decoded.text, feed, teller, span)
}
