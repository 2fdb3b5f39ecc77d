//! Files of one message.

use std::io;
use std::ops::ControlFlow;

use super::message;
use crate::article::Class;
use crate::source::decode::{self, Units};
use crate::source::lines::RECORD_BYTES_MAX;
use crate::source::normal::Teller;
use crate::source::stream::whole;
use crate::source::{Confidence, Each, Head, Input, Reader};
use crate::text::Span;

/// Names of headers, of which real messages have two at least.
const HEADERS: &[&str] = &["from", "date", "subject", "to", "sender", "newsgroups", "reply-to"];

/// Names of headers that only a machine writes that carries mail.
const CARRIED: &[&str] = &[
    "received",
    "return-path",
    "delivered-to",
    "message-id",
    "mime-version",
    "dkim-signature",
    "list-id",
    "path",
];

/// Reads a file that is one message, as programs for mail save it.
///
/// The whole file is held in memory, up to 16 MiB, and what mail-parser makes of it.
pub struct Mail;

impl Reader for Mail {
    fn name(&self) -> &'static str {
        "mail"
    }

    fn version(&self) -> u32 {
        1
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let names = header_names(head.text().trim_start_matches('\u{feff}').trim_start());
        let n_of = |list: &[&str]| {
            names.iter().filter(|name| list.iter().any(|it| name.eq_ignore_ascii_case(it))).count()
        };
        let is_named = head.path().extension().is_some_and(|it| it.eq_ignore_ascii_case("eml"));
        match (n_of(HEADERS), n_of(CARRIED)) {
            (2.., 1..) => Confidence::Certain,
            (2.., _) if names.iter().any(|it| it.eq_ignore_ascii_case("subject")) => {
                Confidence::Likely
            }
            (1.., _) | (_, 1..) if is_named => Confidence::Likely,
            _ => Confidence::No,
        }
    }

    fn read(&self, input: Input<'_>, each: &mut Each<'_>) -> io::Result<()> {
        let mut teller = Teller::new(&input, each);
        _ = match whole(input.stream, RECORD_BYTES_MAX as u64)? {
            Some(bytes) => tell(&bytes, teller),
            None => {
                let reason = format!("message longer than {RECORD_BYTES_MAX} bytes");
                teller.file_malformed(Span::default(), Class::Limit, reason)
            }
        };
        Ok(())
    }
}

/// Tells what is in a file.
fn tell(bytes: &[u8], mut teller: Teller<'_, '_>) -> ControlFlow<()> {
    let whole = Span::new(0, bytes.len());
    let (units, mark) = Units::of(bytes);
    let decoded;
    let message = if units == Units::Bytes {
        &bytes[mark..]
    } else {
        decoded = decode::decode(bytes);
        teller.decoded(&decoded)?;
        decoded.text.as_bytes()
    };
    let is_white = |byte: &u8| matches!(byte, b'\r' | b'\n' | b' ' | b'\t');
    let n_white = message.iter().take_while(|it| is_white(it)).count();
    let message = message.get(n_white..).unwrap_or_default();
    if message.is_empty() || String::from_utf8_lossy(message).trim().is_empty() {
        return teller.end();
    }
    match message::read(message, &mut teller)? {
        Ok(record) => teller.only(record, whole)?,
        Err((class, reason)) => teller.file_malformed(whole, class, reason)?,
    }
    teller.end()
}

/// Returns the names of the headers that a text begins with; none where a line is no header.
fn header_names(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut lines = text.split('\n').map(|it| it.trim_end_matches('\r')).peekable();
    while let Some(line) = lines.next() {
        // The last line may be cut off.
        if line.is_empty() || lines.peek().is_none() {
            break;
        }
        if line.starts_with([' ', '\t']) && !names.is_empty() {
            continue;
        }
        match message::header_name(line) {
            Some(name) => names.push(name),
            None => return Vec::new(),
        }
    }
    names
}
