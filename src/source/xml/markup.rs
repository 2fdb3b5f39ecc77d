//! The signs of XML, as archives write them.
//!
//! What is well-formed is read as the recommendation says (XML 1.0, fifth edition). Everything else
//! has a meaning too, because a parser that stops at the first fault would lose an article for a
//! stray `<`: a sign that begins nothing is text, and a tag that is not closed ends where the next
//! one begins. Every byte is looked at a bounded number of times, whatever stands there.

use std::ops::Range;

/// What a `<` begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Markup {
    /// An element, by its name; the attributes are what stands between the name and the end.
    Start { name: Range<usize>, attributes: Range<usize>, is_empty: bool },
    /// The end of an element.
    End { name: Range<usize> },
    /// Text in which no sign counts.
    Verbatim { text: Range<usize> },
    /// A comment, an instruction or a declaration.
    Passed,
    /// Nothing: it is a sign of the text.
    Sign,
}

/// What a comment begins with.
pub(super) const COMMENT: (&[u8], &[u8]) = (b"<!--", b"-->");

/// What a section of verbatim text begins with, and ends with.
pub(super) const CDATA: (&[u8], &[u8]) = (b"<![CDATA[", b"]]>");

/// What an instruction begins with, and ends with.
pub(super) const INSTRUCTION: (&[u8], &[u8]) = (b"<?", b">");

/// Reads the markup that begins at the `<` at `at`, and returns where it ends.
///
/// What is not closed before the text ends is closed there.
pub(super) fn read(text: &[u8], at: usize) -> (Markup, usize) {
    let rest = text.get(at..).unwrap_or_default();
    for (opening, closing) in [COMMENT, CDATA, INSTRUCTION] {
        if rest.starts_with(opening) {
            let from = at + opening.len();
            let (to, end) = match find(text, from, closing) {
                Some(found) => (found, found + closing.len()),
                None => (text.len(), text.len()),
            };
            let verbatim = Markup::Verbatim { text: from..to };
            return (if opening == CDATA.0 { verbatim } else { Markup::Passed }, end);
        }
    }
    let is_end = rest.get(1) == Some(&b'/');
    let is_declaration = rest.get(1) == Some(&b'!');
    let name = name_at(text, at + if is_end || is_declaration { 2 } else { 1 });
    if name.is_empty() {
        return (Markup::Sign, at + 1);
    }
    let (to, end) = tag_end(text, name.end);
    if is_declaration {
        return (Markup::Passed, end);
    }
    if is_end {
        return (Markup::End { name }, end);
    }
    let is_empty = to > name.end && text.get(to - 1) == Some(&b'/');
    let attributes = name.end..if is_empty { to - 1 } else { to };
    (Markup::Start { name, attributes, is_empty }, end)
}

/// Returns the name that stands at a place; it is empty where none does.
pub(super) fn name_at(text: &[u8], at: usize) -> Range<usize> {
    let rest = text.get(at..).unwrap_or_default();
    let begins = |byte: &u8| byte.is_ascii_alphabetic() || *byte >= 0x80 || *byte == b'_';
    if !rest.first().is_some_and(begins) {
        return at..at;
    }
    let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>' | b'<' | b'=');
    at..at + rest.iter().position(ends).unwrap_or(rest.len())
}

/// Returns a name without its prefix: `encoded` of `content:encoded`.
pub(super) fn local(name: &[u8]) -> &[u8] {
    match name.iter().rposition(|byte| *byte == b':') {
        Some(colon) => &name[colon + 1..],
        None => name,
    }
}

/// Returns where the inside of a tag ends, and where the tag does.
///
/// A `>` within quotes does not end it, unless the quotes are not closed before the next `<`.
fn tag_end(text: &[u8], from: usize) -> (usize, usize) {
    let mut quote = None;
    let mut first = None;
    for (idx, byte) in text.iter().enumerate().skip(from) {
        match (byte, quote) {
            (b'<', None) => return (idx, idx),
            (b'<', Some(_)) => return first.map_or((idx, idx), |end| (end, end + 1)),
            (b'>', None) => return (idx, idx + 1),
            (b'>', Some(_)) if first.is_none() => first = Some(idx),
            (b'"' | b'\'', None) => quote = Some(*byte),
            (byte, Some(open)) if *byte == open => quote = None,
            _ => (),
        }
    }
    first.map_or((text.len(), text.len()), |end| (end, end + 1))
}

/// Finds bytes in others, from a place on.
pub(super) fn find(text: &[u8], from: usize, wanted: &[u8]) -> Option<usize> {
    let (first, rest) = wanted.split_first()?;
    let mut at = from;
    while let Some(found) = text.get(at..)?.iter().position(|byte| byte == first) {
        at += found + 1;
        if text.get(at..)?.starts_with(rest) {
            return Some(at - 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, want: &str, end: usize) {
        let (markup, found) = read(text.as_bytes(), 0);
        let told = match markup {
            Markup::Start { name, attributes, is_empty } => {
                format!("{}|{}|{is_empty}", &text[name], &text[attributes])
            }
            Markup::End { name } => format!("/{}", &text[name]),
            Markup::Verbatim { text: range } => format!("[{}]", &text[range]),
            Markup::Passed => "passed".to_owned(),
            Markup::Sign => "sign".to_owned(),
        };
        assert_eq!((told.as_str(), found), (want, end), "{text}");
    }

    #[test]
    fn markup_is_read_as_it_was_meant() {
        check("<p>x", "p||false", 3);
        check("<dc:creator a='1>2' b=\"'\" />x", "dc:creator| a='1>2' b=\"'\" |true", 28);
        check("</p >x", "/p", 5);
        check("<![CDATA[a < b]]>x", "[a < b]", 17);
        check("<!-- <p> -->x", "passed", 12);
        check("<?xml version='1.0'?>x", "passed", 21);
        check("<!DOCTYPE nitf>x", "passed", 15);
    }

    #[test]
    fn what_is_not_well_formed_has_a_meaning() {
        check("< 5 and > 3", "sign", 1);
        check("<3", "sign", 1);
        check("<p <b>", "p| |false", 3);
        check("<a t='O'Brien'>x</a>", "a| t='O'Brien'|false", 15);
        check("<p", "p||false", 2);
        check("<![CDATA[cut", "[cut]", 12);
        check("<!-- cut", "passed", 8);
    }

    #[test]
    fn names_are_told_without_their_prefixes() {
        assert_eq!(local(b"content:encoded"), b"encoded");
        assert_eq!(local(b"item"), b"item");
    }
}
