//! A record as a tree.

use std::borrow::Cow;

use super::entities;
use super::markup::{self, Markup};

/// How deeply elements may stand within each other.
pub const DEPTH_MAX: usize = 256;

/// How many elements and texts a record may have.
pub const NODES_MAX: usize = 1_000_000;

/// An element with all that stands in it.
///
/// Everything is a piece of the record's text; references are replaced when a text is asked for.
#[derive(Debug, Default)]
pub(in crate::source) struct Element<'a> {
    /// The name as it is written, with its prefix: `dc:creator`. The document itself has none.
    pub(in crate::source) name: &'a str,
    /// What stands in it, in order.
    pub(in crate::source) nodes: Vec<Node<'a>>,
    /// What stands between the name and the end of the tag.
    attributes: &'a str,
}

/// A piece of what stands in an element.
#[derive(Debug)]
pub(in crate::source) enum Node<'a> {
    /// An element.
    Element(Element<'a>),
    /// Text whose references are not replaced yet.
    Text(&'a str),
    /// Text in which no sign counts: a CDATA section.
    Verbatim(&'a str),
}

/// Parses a text, and returns the document around its elements.
///
/// An end that fits no open element is passed over; one that fits closes what was left open
/// within. Fails with the reason where a limit is broken.
pub(in crate::source) fn parse(text: &str) -> Result<Element<'_>, String> {
    let bytes = text.as_bytes();
    let mut open = vec![Element::default()];
    let (mut at, mut n_nodes) = (0, 0);
    while at < text.len() {
        let sign = text[at..].find('<').map_or(text.len(), |found| at + found);
        if sign > at {
            push(&mut open, Node::Text(&text[at..sign]));
        }
        n_nodes += 2;
        if n_nodes > NODES_MAX {
            return Err(format!("more than {NODES_MAX} elements and texts"));
        }
        if sign == text.len() {
            break;
        }
        let (markup, end) = markup::read(bytes, sign);
        match markup {
            Markup::Start { name, attributes, is_empty } => {
                let element = Element {
                    name: &text[name],
                    attributes: &text[attributes],
                    ..Element::default()
                };
                match is_empty {
                    true => push(&mut open, Node::Element(element)),
                    false if open.len() > DEPTH_MAX => {
                        return Err(format!("elements more than {DEPTH_MAX} deep"));
                    }
                    false => open.push(element),
                }
            }
            Markup::End { name } => {
                let name = &text[name];
                if let Some(idx) = open.iter().rposition(|it| it.name == name) {
                    while open.len() > idx.max(1) {
                        close(&mut open);
                    }
                }
            }
            Markup::Verbatim { text: range } => push(&mut open, Node::Verbatim(&text[range])),
            Markup::Passed => (),
            Markup::Sign => push(&mut open, Node::Text(&text[sign..end])),
        }
        at = end;
    }
    while open.len() > 1 {
        close(&mut open);
    }
    Ok(open.pop().unwrap_or_default())
}

fn push<'a>(open: &mut [Element<'a>], node: Node<'a>) {
    if let Some(parent) = open.last_mut() {
        parent.nodes.push(node);
    }
}

fn close(open: &mut Vec<Element<'_>>) {
    if let Some(element) = open.pop() {
        push(open, Node::Element(element));
    }
}

impl<'a> Element<'a> {
    /// Returns the name without its prefix.
    pub(in crate::source) fn local(&self) -> &'a str {
        self.name.rsplit(':').next().unwrap_or_default()
    }

    /// Tells whether it has this name; a prefix counts only where it is given.
    pub(in crate::source) fn is(&self, name: &str) -> bool {
        if name.contains(':') { self.name == name } else { self.local() == name }
    }

    /// Returns the elements right within it, in order.
    pub(in crate::source) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.nodes.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            _ => None,
        })
    }

    /// Returns the elements of a name right within it, in order.
    pub(in crate::source) fn all(&self, name: &str) -> impl Iterator<Item = &Self> {
        self.elements().filter(move |it| it.is(name))
    }

    /// Returns the first element at a path: `head/docdata/doc-id`.
    pub(in crate::source) fn at(&self, path: &str) -> Option<&Self> {
        let (name, rest) = path.split_once('/').unwrap_or((path, ""));
        match rest {
            "" => self.all(name).next(),
            rest => self.all(name).find_map(|it| it.at(rest)),
        }
    }

    /// Returns the first element of a name within it, however deep, in the order of the text.
    pub(in crate::source) fn find(&self, name: &str) -> Option<&Self> {
        self.elements().find_map(|it| if it.is(name) { Some(it) } else { it.find(name) })
    }

    /// Returns the value of an attribute; a prefix counts only where it is given.
    pub(in crate::source) fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        let mut rest = self.attributes;
        while let Some((before, after)) = rest.split_once('=') {
            let key = before.split_whitespace().last().unwrap_or_default();
            let after = after.trim_start();
            let (value, next) = match after.chars().next() {
                Some(quote @ ('"' | '\'')) => {
                    let inside = &after[1..];
                    inside.split_once(quote).unwrap_or((inside, ""))
                }
                _ => after.split_once(char::is_whitespace).unwrap_or((after, "")),
            };
            let local = key.rsplit(':').next().unwrap_or_default();
            if key == name || (local == name && !name.contains(':')) {
                return Some(entities::replaced(value));
            }
            rest = next;
        }
        None
    }

    /// Returns the text at a path, or nothing where there is none.
    pub(in crate::source) fn text_at(&self, path: &str) -> Option<Cow<'a, str>> {
        self.at(path).map(Self::text)
    }

    /// Returns all text within it as it was written, with references replaced.
    pub(in crate::source) fn text(&self) -> Cow<'a, str> {
        match &self.nodes[..] {
            [] => Cow::Borrowed(""),
            [Node::Text(text)] => entities::replaced(text),
            [Node::Verbatim(text)] => Cow::Borrowed(text),
            _ => {
                let mut whole = String::new();
                self.append_text(&mut whole);
                Cow::Owned(whole)
            }
        }
    }

    /// Returns the pieces of its text, each with the element right within it in which it stands.
    pub(in crate::source) fn texts(&self) -> impl Iterator<Item = (Option<&Self>, Cow<'a, str>)> {
        self.nodes.iter().map(|node| match node {
            Node::Element(element) => (Some(element), element.text()),
            Node::Text(text) => (None, entities::replaced(text)),
            Node::Verbatim(text) => (None, Cow::Borrowed(*text)),
        })
    }

    fn append_text(&self, whole: &mut String) {
        for node in &self.nodes {
            match node {
                Node::Element(element) => element.append_text(whole),
                Node::Text(text) => whole.push_str(&entities::replaced(text)),
                Node::Verbatim(text) => whole.push_str(text),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_at(text: &str, path: &str) -> String {
        let document = parse(text).unwrap_or_default();
        document.text_at(path).map(Cow::into_owned).unwrap_or_default()
    }

    #[test]
    fn elements_are_found_by_their_paths() {
        let text = "<nitf><head><title>a</title></head><head><x:title>b</x:title></head></nitf>";
        assert_eq!(text_at(text, "nitf/head/title"), "a");
        assert_eq!(text_at(text, "nitf/head/x:title"), "b");
        assert_eq!(text_at("<a><b>one <i>two</i></b></a>", "a/b"), "one two");
        assert_eq!(text_at("<a><![CDATA[1 &amp; 2]]> &amp; 3</a>", "a"), "1 &amp; 2 & 3");
    }

    #[test]
    fn attributes_are_read_as_they_were_meant() {
        let document = parse("<a xml:lang='en' b = \"R&amp;D\" c=d e/>").unwrap_or_default();
        let element = document.at("a");
        let value = |name| element.and_then(|it| it.attribute(name)).unwrap_or_default();
        assert_eq!(value("lang"), "en");
        assert_eq!(value("xml:lang"), "en");
        assert_eq!(value("b"), "R&D");
        assert_eq!(value("c"), "d");
        assert_eq!(value("e"), "");
    }

    #[test]
    fn damage_does_not_lose_what_follows() {
        assert_eq!(text_at("<a><b>x<c>y</b><d>z</d></a>", "a/d"), "z");
        assert_eq!(text_at("<a>1 < 2 & </q> 3</a>", "a"), "1 < 2 &  3");
        assert_eq!(text_at("<a><b>cut", "a/b"), "cut");
        assert_eq!(text_at("</a></a><a>x</a>", "a"), "x");
    }

    #[test]
    fn limits_are_told() {
        let deep = "<a>".repeat(5_000);
        assert_eq!(parse(&deep).map(|_| ()), Err("elements more than 256 deep".to_owned()));
        let many = "<a/>".repeat(NODES_MAX);
        assert!(parse(&many).is_err_and(|reason| reason.starts_with("more than 1000000")));
    }
}
