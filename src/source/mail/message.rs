//! One message: its headers, and the parts of it that are text.

use std::borrow::Cow;
use std::ops::ControlFlow;
use std::sync::LazyLock;

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{
    Encoding, HeaderName, Message, MessageParser, MessagePart, MimeHeaders, PartType,
};

use super::body::{self, Body, DelSp};
use crate::article::Class;
use crate::source::decode;
use crate::source::normal::{Field, List, Record, Teller};

/// How deep messages may be attached to each other.
pub const MAIL_DEPTH_MAX: usize = 8;

/// How many parts a message may have.
pub const MAIL_PARTS_MAX: usize = 10_000;

/// How many lines of headers may stand together.
pub const MAIL_HEADER_LINES_MAX: usize = 2_000;

/// Why a message is no article: the class and the reason.
pub(super) type Refused = (Class, String);

/// Reads a message; the teller only takes note of how its texts were decoded.
pub(super) fn read(
    bytes: &[u8],
    teller: &mut Teller<'_, '_>,
) -> ControlFlow<(), Result<Record<'static>, Refused>> {
    static PARSER: LazyLock<MessageParser> = LazyLock::new(MessageParser::default);
    if let Some(reason) = beyond(bytes) {
        return ControlFlow::Continue(Err((Class::Limit, reason)));
    }
    let Some(message) = PARSER.parse(bytes) else {
        let reason = "a message without headers".to_owned();
        return ControlFlow::Continue(Err((Class::Damaged, reason)));
    };
    let mut record = Record::default();
    fill(&message, &mut record);
    let read = body_of(&message, teller, &mut record);
    take_apart(message);
    ControlFlow::Continue(read?.map(|()| record))
}

/// Returns the name of the header that a line is.
pub(super) fn header_name(line: &str) -> Option<&str> {
    let (name, _) = line.split_once(':')?;
    let is_name = |byte: u8| (b'!'..=b'~').contains(&byte);
    (!name.is_empty() && name.bytes().all(is_name)).then_some(name)
}

/// Says which limit a message breaks, before anything is made of it.
fn beyond(bytes: &[u8]) -> Option<String> {
    let (mut n_parts, mut n_headers) = (0, 0);
    for line in bytes.split(|byte| *byte == b'\n') {
        n_parts += usize::from(line.starts_with(b"--"));
        let line = line.trim_ascii_end();
        let start = &line[..line.len().min(80)];
        n_headers = match std::str::from_utf8(start).ok().and_then(header_name) {
            Some(_) => n_headers + 1,
            None if line.is_empty() => 0,
            None => n_headers,
        };
        if n_headers > MAIL_HEADER_LINES_MAX {
            return Some(format!("a message with more than {MAIL_HEADER_LINES_MAX} headers"));
        }
    }
    (n_parts > MAIL_PARTS_MAX).then(|| format!("a message of more than {MAIL_PARTS_MAX} parts"))
}

/// Drops a message from the outside in: a message in a message in a message would otherwise take as
/// many calls as they are deep.
fn take_apart(message: Message<'_>) {
    let mut whole = vec![message];
    while let Some(message) = whole.pop() {
        for part in message.parts {
            if let PartType::Message(inner) = part.body {
                whole.push(inner);
            }
        }
    }
}

/// Fills the fields that stand in headers.
fn fill(message: &Message<'_>, record: &mut Record<'static>) {
    let header = |name: &'static str| {
        message.header(name).and_then(|it| it.as_text()).map(|it| it.trim().to_owned())
    };
    record.set(Field::Headline, "Subject", message.subject().unwrap_or_default().to_owned());
    record.set(Field::Id, "Message-ID", message.message_id().unwrap_or_default().to_owned());
    match message.date().filter(|it| it.is_valid()) {
        Some(date) => record.set(Field::Date, "Date", date.to_rfc3339()),
        None => {
            let raw = message.header_raw(HeaderName::Date).unwrap_or_default();
            record.set(Field::Date, "Date", raw.trim().to_owned());
        }
    }
    if let Some(language) = header("Content-Language") {
        let first = language.split(',').next().unwrap_or_default();
        record.set(Field::Language, "Content-Language", first.trim().to_owned());
    }
    let archived = message.header_raw("Archived-At").unwrap_or_default().trim();
    let archived = archived.trim_start_matches('<').trim_end_matches('>');
    if archived.starts_with("http") {
        record.set(Field::Url, "Archived-At", archived.to_owned());
    }
    for (list, name) in [(List::Keywords, "Keywords"), (List::Section, "Newsgroups")] {
        for word in message.header_raw(name).unwrap_or_default().split(',') {
            record.push(list, name, word.trim().to_owned());
        }
    }
    if let Some(from) = message.from().and_then(|it| it.first()) {
        record.push(List::Byline, "From", from.name().unwrap_or_default().to_owned());
        let raw = message.header_raw(HeaderName::ListId).unwrap_or_default();
        let list = raw.split('<').next().unwrap_or_default().trim().trim_matches('"');
        record.push(List::Source, "List-ID", list.to_owned());
        let domain = from.address().and_then(|it| it.rsplit_once('@'));
        if let (false, Some((_, domain))) = (record.has_any(List::Source), domain) {
            record.push(List::Source, "From", domain.to_owned());
        }
    }
}

/// Reads the text of a message and of those attached to it, or says why there is none.
fn body_of(
    message: &Message<'_>,
    teller: &mut Teller<'_, '_>,
    record: &mut Record<'static>,
) -> ControlFlow<(), Result<(), Refused>> {
    let mut waiting = vec![(message, 0)];
    while let Some((message, depth)) = waiting.pop() {
        if depth > MAIL_DEPTH_MAX {
            let reason = format!("messages attached more than {MAIL_DEPTH_MAX} deep");
            return ControlFlow::Continue(Err((Class::Limit, reason)));
        }
        if depth > 0 {
            record.paragraph(message.subject().unwrap_or_default().to_owned());
        }
        let body = text_of(message, teller)?;
        if depth == 0 {
            record.body_from(body.from);
        }
        body.fill(record);
        let inner = message.parts.iter().rev().filter_map(|part| match &part.body {
            PartType::Message(inner) => Some((inner, depth + 1)),
            _ => None,
        });
        waiting.extend(inner);
    }
    if record.has_body() {
        return ControlFlow::Continue(Ok(()));
    }
    let is_calendar = |part: &MessagePart<'_>| {
        part.content_type().is_some_and(|it| it.subtype() == Some("calendar"))
    };
    let reason = match message.parts.iter().any(is_calendar) {
        true => "an invitation of a calendar, no article",
        false if message.parts.len() > 1 || !message.parts.iter().all(MessagePart::is_text) => {
            "a message of files alone, no article"
        }
        false => "a message without a text",
    };
    ControlFlow::Continue(Err((Class::Format, reason.to_owned())))
}

/// Decodes the parts of one message that are to be read, and chooses among them.
fn text_of(message: &Message<'_>, teller: &mut Teller<'_, '_>) -> ControlFlow<(), Body> {
    let parts = |ids: &[u32]| ids.iter().filter_map(|it| message.part(*it)).collect::<Vec<_>>();
    let (mut plain, mut page) = (String::new(), String::new());
    for part in parts(&message.text_body) {
        if matches!(part.body, PartType::Text(_)) {
            let text = decoded(message, part, teller)?;
            plain.push_str(&unbroken(part, text));
            plain.push_str("\n\n");
        }
    }
    for part in parts(&message.html_body) {
        if matches!(part.body, PartType::Html(_)) {
            page.push_str(&decoded(message, part, teller)?);
        }
    }
    ControlFlow::Continue(Body::choose(plain, &page))
}

/// Joins the lines of a part that says that they flow.
fn unbroken(part: &MessagePart<'_>, text: String) -> String {
    let says = |name: &str, value: &str| {
        let said = part.content_type().and_then(|it| it.attribute(name));
        said.is_some_and(|it| it.eq_ignore_ascii_case(value))
    };
    match (says("format", "flowed"), says("delsp", "yes")) {
        (false, _) => text,
        (true, true) => body::unflowed(&text, DelSp::Yes),
        (true, false) => body::unflowed(&text, DelSp::No),
    }
}

/// Decodes the text of a part.
///
/// mail-parser would replace every byte that is not what the part declares; here such a text is
/// guessed, as those of all formats are, and what is replaced is counted.
fn decoded(
    message: &Message<'_>,
    part: &MessagePart<'_>,
    teller: &mut Teller<'_, '_>,
) -> ControlFlow<(), String> {
    let (start, end) = (part.raw_body_offset() as usize, part.raw_end_offset() as usize);
    let raw = message.raw_message.get(start..end).unwrap_or_default();
    let bytes = match part.encoding {
        Encoding::None => Cow::Borrowed(raw),
        Encoding::QuotedPrintable => quoted_printable_decode(raw).map_or(raw.into(), Cow::Owned),
        Encoding::Base64 => base64_decode(raw).map_or(raw.into(), Cow::Owned),
    };
    let label = part.content_type().and_then(|it| it.attribute("charset"));
    let decoded = decode::declared(&bytes, label);
    teller.decoded(&decoded)?;
    ControlFlow::Continue(decoded.text.into_owned())
}
