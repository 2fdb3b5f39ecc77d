//! Files of many messages, each after a line that begins with `From `.

use std::io;
use std::ops::ControlFlow;

use super::message;
use crate::article::Class;
use crate::source::decode::{self, Units};
use crate::source::lines::{Line, Lines, RECORD_BYTES_MAX};
use crate::source::normal::Teller;
use crate::source::{Confidence, Each, Head, Input, Reader};
use crate::text::Span;

/// Reads a mailbox (RFC 4155), message by message.
///
/// A message begins with a line such as `From ann@alderbay.example Thu Mar 14 09:30:00 2024`, at
/// the top or after a blank line, and the line has to hold a time and a year: a sentence that
/// begins with "From" is none. Of lines that were quoted (`>From `, `>>From `) one sign is taken
/// off, as in the form *mboxrd*; lengths (`Content-Length`) are not believed. `Origin::span` is the
/// message with its first line. A message longer than 16 MiB is told and passed over.
pub struct Mbox;

impl Reader for Mbox {
    fn name(&self) -> &'static str {
        "mbox"
    }

    fn version(&self) -> u32 {
        1
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let mut lines = head.text().trim_start_matches('\u{feff}').trim_start().lines();
        let is_first = lines.next().is_some_and(|it| is_postmark(it.as_bytes()));
        let is_header = lines.next().is_none_or(|it| {
            message::header_name(it).is_some() || it.starts_with(">From ") || it.is_empty()
        });
        if is_first && is_header { Confidence::Certain } else { Confidence::No }
    }

    fn read(&self, input: Input<'_>, each: &mut Each<'_>) -> io::Result<()> {
        let mut teller = Teller::new(&input, each);
        let mut lines = Lines::new(input.stream)?;
        let units = lines.units();
        let mut open = Message::default();
        while let Some((line, span)) = lines.next()? {
            let line = match line {
                Line::Whole(bytes) => bytes,
                Line::TooLong => {
                    open.is_too_long = true;
                    open.grow(span);
                    continue;
                }
            };
            let decoded;
            let line = if units == Units::Bytes {
                line
            } else {
                decoded = decode::decode_units(line, units);
                decoded.text.as_bytes()
            };
            if open.is_at_blank && is_postmark(line) {
                if open.tell(&mut teller).is_break() {
                    return Ok(());
                }
                open = Message::begin(span);
                continue;
            }
            open.take(line, span);
        }
        if open.tell(&mut teller).is_continue() {
            _ = teller.end();
        }
        Ok(())
    }
}

/// Tells whether a line is the first of a message.
fn is_postmark(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else {
        return false;
    };
    let is_year = |it: &[u8]| it.len() == 4 && it.iter().all(u8::is_ascii_digit);
    let is_time = |it: &[u8]| it.get(2) == Some(&b':') || it.get(1) == Some(&b':');
    let mut words = rest.split(u8::is_ascii_whitespace).take(16);
    words.clone().any(is_time) && words.any(is_year)
}

/// A message whose end has not come.
struct Message {
    bytes: Vec<u8>,
    /// Where it stands, once it has begun.
    span: Option<Span>,
    /// Whether it has the line that begins it; what stands before the first one is no message.
    is_marked: bool,
    is_too_long: bool,
    /// Whether the last line was blank, so that another message may begin.
    is_at_blank: bool,
}

impl Default for Message {
    fn default() -> Self {
        Self {
            bytes: Vec::new(),
            span: None,
            is_marked: false,
            is_too_long: false,
            is_at_blank: true,
        }
    }
}

impl Message {
    fn begin(span: Span) -> Self {
        Self { span: Some(span), is_marked: true, is_at_blank: false, ..Self::default() }
    }

    fn grow(&mut self, line: Span) {
        let start = self.span.map_or(line.start, |it| it.start);
        self.span = Some(Span::new(start, line.end));
    }

    /// Adds a line, without the sign by which a line that begins with `From ` was quoted.
    fn take(&mut self, line: &[u8], span: Span) {
        self.is_at_blank = line.is_empty();
        if line.is_empty() && self.bytes.is_empty() && !self.is_marked {
            return;
        }
        self.grow(span);
        let bare = line.iter().position(|it| *it != b'>').unwrap_or(line.len());
        let is_quoted = bare > 0 && line[bare..].starts_with(b"From ");
        let line = if is_quoted { &line[1..] } else { line };
        if self.is_too_long || self.bytes.len() + line.len() >= RECORD_BYTES_MAX {
            self.is_too_long = true;
            self.bytes = Vec::new();
            return;
        }
        self.bytes.extend_from_slice(line);
        self.bytes.push(b'\n');
    }

    /// Tells the message. What stands before the first one is told too, for nothing should.
    fn tell(&self, teller: &mut Teller<'_, '_>) -> ControlFlow<()> {
        let Some(span) = self.span else {
            return ControlFlow::Continue(());
        };
        if self.is_too_long {
            let reason = format!("message longer than {RECORD_BYTES_MAX} bytes");
            return teller.malformed(span, Class::Limit, reason);
        }
        if !self.is_marked {
            if self.bytes.iter().all(u8::is_ascii_whitespace) {
                return ControlFlow::Continue(());
            }
            return teller.malformed(span, Class::Damaged, "a text before the first message");
        }
        match message::read(&self.bytes, teller)? {
            Ok(record) => teller.record(record, span),
            Err((class, reason)) => teller.malformed(span, class, reason),
        }
    }
}
