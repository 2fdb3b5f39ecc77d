//! Tags, and the text between them.

use std::borrow::Cow;

use super::entities;
use crate::source::normal::Record;

/// The length of a tag with its attributes.
const TAG_BYTES_MAX: usize = 512;

/// The length of the name of an element.
const NAME_BYTES_MAX: usize = 32;

/// Elements that stand as blocks, so that the text beside them is another paragraph.
const BLOCKS: &[&str] = &[
    "P", "H1", "H2", "H3", "H4", "H5", "H6", "DIV", "LI", "UL", "OL", "TABLE", "TR", "TABLEROW",
    "ROWRULE", "CAPTION", "HEADER", "HR",
];

/// A tag, or a comment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tag<'a> {
    /// The name as written; nothing of a comment.
    pub(super) name: &'a str,
    /// What stands between the name and the end.
    attributes: &'a str,
    /// Whether it ends an element.
    pub(super) is_closing: bool,
    /// Where it begins and ends in the text.
    pub(super) start: usize,
    pub(super) end: usize,
}

impl<'a> Tag<'a> {
    /// Tells whether it is a tag of an element.
    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// Returns the value of an attribute: `id="x"`, `id='x'` or `id=x`.
    pub(super) fn attribute(&self, name: &str) -> Option<&'a str> {
        let mut rest = self.attributes;
        while let Some((before, after)) = rest.split_once('=') {
            let after = after.trim_start();
            let (value, next) = match after.chars().next() {
                Some(quote @ ('"' | '\'')) => {
                    after[1..].split_once(quote).unwrap_or((&after[1..], ""))
                }
                _ => after.split_once(char::is_whitespace).unwrap_or((after, "")),
            };
            let key = before.split_whitespace().next_back().unwrap_or_default();
            if key.eq_ignore_ascii_case(name) {
                return Some(value);
            }
            rest = next;
        }
        None
    }
}

/// Returns the tags and comments of a text, in order.
///
/// A `<` that begins neither is text: `a < b`, `<GM.N>`, `<3`.
pub(super) fn tags(text: &str) -> Tags<'_> {
    Tags { text, at: 0, has_comments: true }
}

/// The tags of a text.
pub(super) struct Tags<'a> {
    text: &'a str,
    at: usize,
    /// Whether the end of a comment may still come.
    has_comments: bool,
}

impl<'a> Iterator for Tags<'a> {
    type Item = Tag<'a>;

    fn next(&mut self) -> Option<Tag<'a>> {
        loop {
            let start = self.at + self.text[self.at..].find('<')?;
            self.at = start + 1;
            let found = if self.text[self.at..].starts_with('!') {
                self.comment(start)
            } else {
                tag(self.text, start)
            };
            if let Some(found) = found {
                self.at = found.end;
                return Some(found);
            }
        }
    }
}

impl<'a> Tags<'a> {
    /// Reads the comment or the declaration at a place.
    fn comment(&mut self, start: usize) -> Option<Tag<'a>> {
        let rest = &self.text[start..];
        let len = if !rest.starts_with("<!--") {
            let head = &rest.as_bytes()[..rest.len().min(TAG_BYTES_MAX)];
            head.iter().position(|it| *it == b'>').map(|at| at + 1)
        } else if self.has_comments {
            rest.find("-->").map(|at| at + 3)
        } else {
            None
        };
        // One search to the end in vain is enough for all that begin after.
        self.has_comments &= len.is_some() || !rest.starts_with("<!--");
        let end = start + len?;
        Some(Tag { name: "", attributes: "", is_closing: false, start, end })
    }
}

/// Reads the tag at a place.
fn tag(text: &str, start: usize) -> Option<Tag<'_>> {
    let bytes = &text.as_bytes()[start..text.len().min(start + TAG_BYTES_MAX)];
    let is_closing = bytes.get(1) == Some(&b'/');
    let from = 1 + usize::from(is_closing);
    let name = bytes.get(from..)?;
    let is_name = |it: &&u8| it.is_ascii_alphanumeric() || matches!(it, b'_' | b'-');
    let n_name = name.iter().take(NAME_BYTES_MAX).take_while(is_name).count();
    let ends =
        name.get(n_name).is_some_and(|it| matches!(it, b'>' | b'/') || it.is_ascii_whitespace());
    if !ends || !name[0].is_ascii_alphabetic() {
        return None;
    }
    let n_rest = name[n_name..].iter().position(|it| matches!(it, b'<' | b'>'))?;
    let end_of_name = start + from + n_name;
    let end = end_of_name + n_rest;
    (text.as_bytes().get(end) == Some(&b'>')).then(|| Tag {
        name: &text[start + from..end_of_name],
        attributes: &text[end_of_name..end],
        is_closing,
        start,
        end: end + 1,
    })
}

/// An element, or a piece of a record that is in none.
#[derive(Clone, Copy, Debug)]
pub(super) struct Section<'a> {
    /// Its opening tag; nothing where it is in no element.
    pub(super) tag: Option<Tag<'a>>,
    /// What stands in it, with the tags in it.
    pub(super) raw: &'a str,
}

/// How an element ends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ends {
    /// Where it is closed, or where the next one begins.
    Anyhow,
    /// Only where it is closed: others may stand in it.
    Closed,
}

/// Parts a record into the elements that are wanted and what stands in none of them.
///
/// An element ends where it is closed, else where the next one begins, else with the record. What
/// stands in elements that nobody wants is in none. `wanted` tells how an element ends.
pub(super) fn sections<'a>(
    text: &'a str,
    wanted: impl Fn(&str) -> Option<Ends>,
) -> Vec<Section<'a>> {
    let mut sections = Vec::new();
    let mut open: Option<(Tag<'a>, Ends)> = None;
    let mut from = 0;
    for tag in tags(text) {
        let is_next = match (&open, tag.is_closing) {
            (Some((element, _)), true) => tag.is(element.name),
            (None, true) | (Some((_, Ends::Closed)), false) => false,
            (_, false) => wanted(tag.name).is_some(),
        };
        if !is_next {
            continue;
        }
        sections.push(Section { tag: open.map(|it| it.0), raw: &text[from..tag.start] });
        from = tag.end;
        open = if tag.is_closing { None } else { wanted(tag.name).map(|ends| (tag, ends)) };
    }
    sections.push(Section { tag: open.map(|it| it.0), raw: &text[from..] });
    sections
}

/// Returns a text without its tags, and with what its entities stand for.
///
/// Blocks part it with a blank line, `<BR>` with a line break, cells with a blank.
pub(super) fn plain(raw: &str) -> Cow<'_, str> {
    if !raw.contains(['<', '&']) {
        return Cow::Borrowed(raw);
    }
    let mut plain = String::with_capacity(raw.len());
    let mut from = 0;
    for tag in tags(raw) {
        entities::append(&raw[from..tag.start], &mut plain);
        from = tag.end;
        if BLOCKS.iter().any(|it| tag.is(it)) {
            plain.push_str("\n\n");
        } else if tag.is("BR") {
            plain.push('\n');
        } else if tag.is("TABLECELL") || tag.is("TD") || tag.is("TH") {
            plain.push(' ');
        }
    }
    entities::append(&raw[from..], &mut plain);
    Cow::Owned(plain)
}

/// Adds a text to the body: the elements `P` where there are any, else its lines, which a machine
/// broke.
pub(super) fn add_body<'a>(raw: &'a str, record: &mut Record<'a>) {
    let mut from = 0;
    let mut has_blocks = false;
    for tag in tags(raw).filter(|it| it.is("P")) {
        add_block(&raw[from..tag.start], record);
        from = tag.end;
        has_blocks = true;
    }
    if has_blocks {
        add_block(&raw[from..], record);
    } else {
        record.broken(plain(raw));
    }
}

/// Adds what stands between two tags `P`: a paragraph, unless it has blank lines.
fn add_block<'a>(raw: &'a str, record: &mut Record<'a>) {
    let text = plain(raw);
    let mut lines = text.trim().lines();
    if lines.any(|line| line.trim().is_empty()) {
        record.broken(text);
    } else {
        record.paragraph(text);
    }
}

/// Tells whether a text holds nothing but tags, comments and white space.
pub(super) fn is_bare(text: &str) -> bool {
    let mut from = 0;
    for tag in tags(text) {
        if !is_blank(&text[from..tag.start]) {
            return false;
        }
        from = tag.end;
    }
    is_blank(&text[from..])
}

/// Tells whether there is only white space, but for instructions: `<?xml version="1.0"?>`.
fn is_blank(text: &str) -> bool {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}');
    text.is_empty() || text.starts_with("<?") && text.find("?>") == Some(text.len() - 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, want: &[&str]) {
        let names: Vec<&str> = tags(text).map(|it| it.name).collect();
        assert_eq!(names, want, "{text}");
    }

    #[test]
    fn tags_are_told_from_signs() {
        check("<P>a</P> <F P=100> b</F><BR/>", &["P", "P", "F", "F", "BR"]);
        check("a < b <GM.N> <3 </> <P <TEXT> <", &["TEXT"]);
        check("<!-- <P> --><TEXT><!DOCTYPE x>", &["", "TEXT", ""]);
        check("<!-- <P>", &["P"]);
        check(&format!("<P {}>", "x".repeat(TAG_BYTES_MAX)), &[]);
    }

    #[test]
    fn attributes_are_read_however_they_are_quoted() {
        let tag = tags(r#"<DOC id="a b" type='story' lang=en date = 1998>"#).next();
        let value = |name| tag.and_then(|it| it.attribute(name)).unwrap_or_default();
        assert_eq!([value("ID"), value("type"), value("lang")], ["a b", "story", "en"]);
        assert_eq!([value("date"), value("x")], ["1998", ""]);
    }

    #[test]
    fn a_text_loses_its_tags_and_no_word() {
        assert_eq!(plain("plain"), "plain");
        assert_eq!(plain("<F P=1> a</F>&amp;<BR>b <ferry>c"), " a&\nb c");
        assert_eq!(plain("<P>a</P>b").trim(), "a\n\nb");
    }

    #[test]
    fn elements_end_where_the_next_one_begins() {
        let wanted = |name: &str| match name {
            "A" | "B" => Some(Ends::Anyhow),
            "T" => Some(Ends::Closed),
            _ => None,
        };
        let found: Vec<_> = sections("0<A>1<x>2<B>3</B>4</A>5<T>6<A>7</T>8<B>9", wanted)
            .iter()
            .map(|it| (it.tag.map_or("", |tag| tag.name), it.raw))
            .collect();
        let want = [
            ("", "0"),
            ("A", "1<x>2"),
            ("B", "3"),
            ("", "4</A>5"),
            ("T", "6<A>7"),
            ("", "8"),
            ("B", "9"),
        ];
        assert_eq!(found, want);
    }

    #[test]
    fn no_signs_take_long() {
        for text in ["<", "<!--", "<a", "<!", "<a b=", "</"] {
            assert!(tags(&text.repeat(500_000)).count() <= 1);
        }
    }
}
