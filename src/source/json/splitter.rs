//! Finding the records of a JSON document in a stream, without holding more than one of them.
//!
//! Only brackets, strings and keys are looked at here; what a record holds, serde_json parses. Its
//! own streams (`StreamDeserializer`) end at the first damaged value, and hold an array whole.

use std::io::{self, BufRead, ErrorKind};

use crate::source::RECORD_BYTES_MAX;
use crate::source::stream::filled;
use crate::text::Span;

/// Keys under which a document keeps its records: an array of objects, or an object around them.
const HOLDERS: &[&str] = &[
    "articles",
    "data",
    "docs",
    "documents",
    "entries",
    "hits",
    "item",
    "items",
    "news",
    "posts",
    "records",
    "response",
    "results",
    "stories",
];

/// Keys that only an article has: what stands behind them is part of it, and so is the rest.
const CONTENT: &[&str] = &[
    "bodies",
    "body",
    "body_html",
    "body_text",
    "body_xhtml",
    "content",
    "contents",
    "headline",
    "headlines",
    "paragraphs",
    "text",
];

/// How many holders may stand within each other: `hits.hits[]` has three.
const HOLDERS_MAX: usize = 8;

/// How deep the brackets of a record may stand within each other; serde_json goes no deeper.
pub const JSON_DEPTH_MAX: usize = 127;

/// A key that is longer is none of those that are known.
const KEY_BYTES_MAX: usize = 64;

/// A piece of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// An object, which is held from its first bracket to its last.
    Record,
    /// An object that is too long to be held.
    TooLong,
    /// An object whose brackets stand too deep within each other.
    TooDeep,
    /// An object whose end is missing.
    Cut,
    /// What stands where an object should: a number, a text, anything.
    Stray,
}

/// The records of a document, one after the other.
pub(super) struct Splitter<'a> {
    stream: &'a mut dyn BufRead,
    /// The place of the next byte.
    at: usize,
    /// What stands around the next record, the innermost last.
    around: Vec<Holder>,
    /// Where the first record began that something holds.
    first_held: Option<usize>,
    /// The object that is being read, as far as it may be held.
    held: Vec<u8>,
    /// The deepest that its brackets stand within each other.
    deepest: usize,
}

/// What holds records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holder {
    /// An array of them.
    Array,
    /// An object that has them behind one of its keys.
    Object,
    /// A key behind which one object stands: a record, or a holder too.
    Key,
}

/// What came of the reading of an object's fields.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fields {
    /// All of them were read.
    Whole,
    /// One of them holds records, which come next.
    Open(Holder),
    /// The file ends within.
    Cut,
}

impl<'a> Splitter<'a> {
    pub(super) fn new(stream: &'a mut dyn BufRead) -> Self {
        Self { stream, at: 0, around: Vec::new(), first_held: None, held: Vec::new(), deepest: 0 }
    }

    /// Returns where the first record began that something holds: what stands before it belongs
    /// to all of them.
    pub(super) fn first_held(&self) -> Option<usize> {
        self.first_held
    }

    /// Returns the bytes of the record that came last.
    pub(super) fn record(&self) -> &[u8] {
        &self.held
    }

    /// Returns the next piece of the document with its place.
    pub(super) fn next(&mut self) -> io::Result<Option<(Piece, Span)>> {
        while let Some(byte) = self.significant()? {
            match (byte, self.around.last()) {
                (_, Some(Holder::Object)) => {
                    let fields = self.fields(true)?;
                    self.open(fields);
                }
                (b'{', around) => {
                    if around == Some(&Holder::Key) {
                        self.around.pop();
                    }
                    if let Some(piece) = self.object()? {
                        return Ok(Some(piece));
                    }
                }
                (_, Some(Holder::Key)) => _ = self.around.pop(),
                (b'[', None) => {
                    self.take()?;
                    self.around.push(Holder::Array);
                }
                (b']', Some(Holder::Array)) => {
                    self.take()?;
                    self.around.pop();
                }
                // Records of a sequence begin with this sign (RFC 7464).
                (b',' | 0x1E, _) => self.take()?,
                _ => {
                    let start = self.at;
                    self.value()?;
                    return Ok(Some((Piece::Stray, Span::new(start, self.at))));
                }
            }
        }
        Ok(None)
    }

    /// Reads an object, and returns it where it is a record; else its records come next.
    fn object(&mut self) -> io::Result<Option<(Piece, Span)>> {
        let start = self.at;
        let may_hold =
            self.around.last() != Some(&Holder::Array) && self.around.len() < HOLDERS_MAX;
        self.held.clear();
        self.deepest = 1;
        self.take()?;
        let fields = self.fields(may_hold)?;
        if let Fields::Open(_) = fields {
            self.around.push(Holder::Object);
            self.open(fields);
            return Ok(None);
        }
        if !self.around.is_empty() {
            self.first_held.get_or_insert(start);
        }
        let span = Span::new(start, self.at);
        let piece = match fields {
            Fields::Cut => Piece::Cut,
            _ if span.len() > RECORD_BYTES_MAX => Piece::TooLong,
            _ if self.deepest > JSON_DEPTH_MAX => Piece::TooDeep,
            _ => Piece::Record,
        };
        Ok(Some((piece, span)))
    }

    /// Enters what an object holds, or leaves the object.
    fn open(&mut self, fields: Fields) {
        match fields {
            Fields::Open(holder) => self.around.push(holder),
            Fields::Whole | Fields::Cut => _ = self.around.pop(),
        }
    }

    /// Reads the fields of an object to its last bracket, or to the first that holds records.
    fn fields(&mut self, mut may_hold: bool) -> io::Result<Fields> {
        if !may_hold {
            return self.rest(1);
        }
        while let Some(byte) = self.significant()? {
            match byte {
                b'}' => {
                    self.take()?;
                    return Ok(Fields::Whole);
                }
                b'"' => {
                    let key = self.key()?;
                    let is = |list: &[&str]| {
                        list.iter().any(|it| it.as_bytes().eq_ignore_ascii_case(&key))
                    };
                    may_hold = may_hold && !is(CONTENT);
                    if !may_hold {
                        return self.rest(1);
                    }
                    if is(HOLDERS)
                        && let Some(holder) = self.holder()?
                    {
                        return Ok(Fields::Open(holder));
                    }
                }
                b':' | b',' => self.take()?,
                _ => self.value()?,
            }
        }
        Ok(Fields::Cut)
    }

    /// Looks behind a key whether objects stand there.
    fn holder(&mut self) -> io::Result<Option<Holder>> {
        if self.significant()? == Some(b':') {
            self.take()?;
        }
        match self.significant()? {
            Some(b'{') => Ok(Some(Holder::Key)),
            Some(b'[') => {
                self.take()?;
                if self.significant()? == Some(b'{') {
                    return Ok(Some(Holder::Array));
                }
                self.rest(1)?;
                Ok(None)
            }
            _ => Ok(None),
        }
    }

    /// Reads a string that begins here, and returns what it is as a key.
    fn key(&mut self) -> io::Result<Vec<u8>> {
        self.take()?;
        let mut key = Vec::new();
        let mut is_escaped = false;
        self.scan(|byte| {
            let is_end = byte == b'"' && !is_escaped;
            is_escaped = byte == b'\\' && !is_escaped;
            if !is_end && key.len() < KEY_BYTES_MAX {
                key.push(byte);
            }
            is_end
        })?;
        Ok(key)
    }

    /// Reads any value that begins here.
    fn value(&mut self) -> io::Result<()> {
        match self.peek()? {
            Some(b'"') => _ = self.key()?,
            Some(b'{' | b'[') => {
                self.take()?;
                self.rest(1)?;
            }
            _ => loop {
                self.take()?;
                let is_end = |byte: u8| byte.is_ascii_whitespace() || b",:]}[{\"".contains(&byte);
                if self.peek()?.is_none_or(is_end) {
                    break;
                }
            },
        }
        Ok(())
    }

    /// Reads to the bracket that closes `depth` open ones.
    fn rest(&mut self, mut depth: usize) -> io::Result<Fields> {
        let (mut in_string, mut is_escaped, mut deepest) = (false, false, depth);
        let ended = self.scan(|byte| {
            if in_string {
                match byte {
                    _ if is_escaped => is_escaped = false,
                    b'\\' => is_escaped = true,
                    b'"' => in_string = false,
                    _ => {}
                }
                return false;
            }
            match byte {
                b'"' => in_string = true,
                b'{' | b'[' => {
                    depth += 1;
                    deepest = deepest.max(depth);
                }
                b'}' | b']' => depth -= 1,
                _ => {}
            }
            depth == 0
        })?;
        self.deepest = self.deepest.max(deepest);
        Ok(if ended { Fields::Whole } else { Fields::Cut })
    }

    /// Returns the next byte that is no white space, which is passed over.
    fn significant(&mut self) -> io::Result<Option<u8>> {
        loop {
            match self.peek()? {
                Some(byte) if byte.is_ascii_whitespace() => self.take()?,
                found => return Ok(found),
            }
        }
    }

    fn peek(&mut self) -> io::Result<Option<u8>> {
        Ok(self.buffer()?.first().copied())
    }

    fn take(&mut self) -> io::Result<()> {
        self.scan(|_| true)?;
        Ok(())
    }

    /// Reads bytes up to the one that is the last, and holds them; returns whether it came.
    fn scan(&mut self, mut is_last: impl FnMut(u8) -> bool) -> io::Result<bool> {
        loop {
            let buffer = match self.stream.fill_buf() {
                Err(cause) if cause.kind() == ErrorKind::Interrupted => continue,
                buffer => buffer?,
            };
            if buffer.is_empty() {
                return Ok(false);
            }
            let last = buffer.iter().position(|byte| is_last(*byte));
            let len = last.map_or(buffer.len(), |last| last + 1);
            if self.held.len() + len <= RECORD_BYTES_MAX {
                self.held.extend_from_slice(&buffer[..len]);
            }
            self.stream.consume(len);
            self.at += len;
            if last.is_some() {
                return Ok(true);
            }
        }
    }

    fn buffer(&mut self) -> io::Result<&[u8]> {
        filled(self.stream)
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    /// Splits a document through a small buffer, and prints its pieces.
    fn pieces(document: &str) -> Vec<String> {
        let mut stream = BufReader::with_capacity(7, document.as_bytes());
        let mut splitter = Splitter::new(&mut stream);
        let mut pieces = Vec::new();
        while let Ok(Some((piece, span))) = splitter.next() {
            if piece == Piece::Record {
                assert_eq!(splitter.record(), span.of(document).as_bytes());
            }
            pieces.push(match piece {
                Piece::Record => span.of(document).to_owned(),
                other => format!("{other:?}"),
            });
        }
        pieces
    }

    #[track_caller]
    fn check(document: &str, want: &[&str]) {
        assert_eq!(pieces(document), want, "{document}");
    }

    #[test]
    fn records_are_found_wherever_documents_keep_them() {
        check("{\"a\": 1}", &["{\"a\": 1}"]);
        check(" {\"a\": {\"b\": [1, \"}\"]}} ", &["{\"a\": {\"b\": [1, \"}\"]}}"]);
        check("[{\"a\": 1}, {\"a\": 2}]", &["{\"a\": 1}", "{\"a\": 2}"]);
        check("{\"a\": 1}\n{\"a\": 2}", &["{\"a\": 1}", "{\"a\": 2}"]);
        check("\u{1e}{\"a\": 1}\n\u{1e}{\"a\": 2}", &["{\"a\": 1}", "{\"a\": 2}"]);
        check(
            "{\"n\": 1, \"articles\": [{\"a\": 1}, {\"a\": 2}], \"x\": {}}",
            &["{\"a\": 1}", "{\"a\": 2}"],
        );
        check("{\"hits\": {\"total\": 1, \"hits\": [{\"a\": 1}]}}", &["{\"a\": 1}"]);
        check(
            "{\"data\": {\"meta\": {\"x\": 1}, \"item\": {\"headline\": \"h\"}}}",
            &["{\"headline\": \"h\"}"],
        );
        check("{\"data\": [], \"docs\": [{\"a\": 1}]}", &["{\"a\": 1}"]);
    }

    #[test]
    fn what_an_article_holds_is_part_of_it() {
        let article = "{\"headline\": \"h\", \"items\": [{\"a\": 1}]}";
        check(article, &[article]);
        check(&format!("[{article}]"), &[article]);
        let listed = "{\"items\": [{\"items\": [{\"a\": 1}]}]}";
        check(listed, &["{\"items\": [{\"a\": 1}]}"]);
        check("{\"items\": [1, {\"a\": 1}]}", &["{\"items\": [1, {\"a\": 1}]}"]);
    }

    #[test]
    fn brackets_and_quotes_within_strings_say_nothing() {
        let tricky = r#"{"a": "\"}]{\\", "b\"{": "[", "items": "{"}"#;
        check(tricky, &[tricky]);
    }

    #[test]
    fn what_is_no_record_is_told_and_the_rest_is_read() {
        check("[1, {\"a\": 1}, \"x\", null]", &["Stray", "{\"a\": 1}", "Stray", "Stray"]);
        check("[{\"a\": 1}, {\"b\": ", &["{\"a\": 1}", "Cut"]);
        check("{\"articles\": [{\"a\": 1}, {\"b\": \"x", &["{\"a\": 1}", "Cut"]);
        check("{\"articles\": ", &["Cut"]);
        check("", &[]);
        check("]}:", &["Stray", "Stray", "Stray"]);
    }

    #[test]
    fn the_deep_and_the_long_are_told_and_the_rest_is_read() {
        let deep = format!("[{{\"a\": {}{}}}, {{\"b\": 1}}]", "[".repeat(5_000), "]".repeat(5_000));
        check(&deep, &["TooDeep", "{\"b\": 1}"]);
        let nested = "{\"data\": ".repeat(5_000);
        assert_eq!(pieces(&nested), ["Cut"]);
        let long = format!("[{{\"a\": \"{}\"}}, {{\"b\": 1}}]", "x".repeat(RECORD_BYTES_MAX));
        assert_eq!(pieces(&long), ["TooLong", "{\"b\": 1}"]);
    }
}
