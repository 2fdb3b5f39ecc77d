//! Paragraphs of text that is marked up in NITF or XHTML.

use super::entities;
use super::tree::{Element, Node};
use crate::source::html;
use crate::source::html::elements::{self, Kind};
use crate::source::html::flow::{BlankLines, Flow};

/// The elements of NITF that XHTML does not have, and that stand by themselves.
const BLOCKS: &[&str] = &[
    "block",
    "bq",
    "hl1",
    "hl2",
    "hedline",
    "fn",
    "note",
    "nitf-table",
    "body.content",
    "body.head",
    "body.end",
    "abstract",
    "tagline",
    "datasource",
    "credit",
];

/// What is no text of the article: pictures with their captions, what is said to editors, and what
/// stands around the text of a page.
const DROPPED: &[&str] = &[
    "media",
    "media-reference",
    "media-caption",
    "media-producer",
    "nitf-table-metadata",
    "header",
    "footer",
    "nav",
];

/// Returns the paragraphs of an element, in order and without their tags.
///
/// Lines of `<pre>` are lines; rows of a table are paragraphs. Pictures are dropped with their
/// captions, and so is what HTML drops. A paragraph that is HTML in turn, all its signs escaped, is
/// what a browser would show.
pub(in crate::source) fn paragraphs(element: &Element<'_>) -> Vec<String> {
    let mut flow = Flow::new(BlankLines::Nothing);
    append(element, Lines::Joined, &mut flow);
    let mut paragraphs = flow.finish();
    if paragraphs.iter().any(|it| html::is_markup(it)) {
        let shown = |text: String| match html::is_markup(&text) {
            true => html::paragraphs(&text),
            false => vec![text],
        };
        paragraphs = paragraphs.into_iter().flat_map(shown).collect();
    }
    paragraphs
}

/// What the ends of lines are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lines {
    /// White space.
    Joined,
    /// Ends of lines.
    Kept,
}

fn append(element: &Element<'_>, lines: Lines, flow: &mut Flow) {
    for node in &element.nodes {
        match node {
            Node::Text(text) => append_text(&entities::replaced(text), lines, flow),
            Node::Verbatim(text) => append_text(text, lines, flow),
            Node::Element(inner) => append_element(inner, lines, flow),
        }
    }
}

fn append_element(element: &Element<'_>, lines: Lines, flow: &mut Flow) {
    match kind(element.local()) {
        Kind::Inline => append(element, lines, flow),
        Kind::Block => {
            flow.break_paragraph();
            append(element, lines, flow);
            flow.break_paragraph();
        }
        Kind::Lines => {
            flow.break_paragraph();
            append(element, Lines::Kept, flow);
            flow.break_paragraph();
        }
        Kind::Break => {
            append(element, lines, flow);
            flow.break_line();
        }
        Kind::Cell => {
            flow.gap();
            append(element, lines, flow);
            flow.gap();
        }
        Kind::Dropped => (),
    }
}

/// Returns what an element does to the text around and within it.
fn kind(name: &str) -> Kind {
    if BLOCKS.contains(&name) {
        return Kind::Block;
    }
    if DROPPED.contains(&name) {
        return Kind::Dropped;
    }
    elements::kind(name)
}

fn append_text(text: &str, lines: Lines, flow: &mut Flow) {
    if lines == Lines::Joined { flow.text(text) } else { flow.lines(text) }
}

#[cfg(test)]
mod tests {
    use super::super::tree::parse;
    use super::*;

    #[track_caller]
    fn check(text: &str, want: &[&str]) {
        assert_eq!(paragraphs(&parse(text).unwrap_or_default()), want, "{text}");
    }

    #[test]
    fn elements_of_nitf_and_xhtml_make_paragraphs() {
        check(
            "<block><hl2>Tides</hl2><p>The <org>Harbour Board</org> met.</p></block><p/><p>It rained.</p>",
            &["Tides", "The Harbour Board met.", "It rained."],
        );
        check("<x:p>One</x:p><x:p>caf&eacute;</x:p>", &["One", "café"]);
        check(
            "<table><tr><td>Rovers</td><td>2</td></tr><tr><td>Port</td><td>0</td></tr></table>",
            &["Rovers 2", "Port 0"],
        );
        check("<p>one <br/>two</p>", &["one two"]);
        check("<p>&lt;p&gt;one&lt;/p&gt;&lt;script&gt;two&lt;/script&gt;</p>", &["one"]);
        check("<pre>Rovers 2.\nPort 0.</pre>", &["Rovers 2.", "Port 0."]);
    }

    #[test]
    fn pictures_are_dropped_with_their_captions() {
        check("<p>a</p><media><media-caption>b</media-caption></media><p>c</p>", &["a", "c"]);
        check("<head><title/></head><p>c</p>", &["c"]);
    }
}
