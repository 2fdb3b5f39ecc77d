//! Pieces of HTML within other formats: the body of a feed's entry, a field of a database.

use std::cell::{Cell, RefCell};

use html5ever::tokenizer::states::{Data, RawData, Rawtext, Rcdata, ScriptData};
use html5ever::tokenizer::{
    CharacterTokens, StartTag, Tag, TagToken, Token, TokenSink, TokenSinkResult,
};

use super::elements::{self, Kind};
use super::flow::{BlankLines, Flow};
use super::tokens::tokenize;

/// The names of elements by which [`is_markup`] knows a text for HTML.
const TELLING: &[&str] = &[
    "a",
    "abbr",
    "article",
    "aside",
    "b",
    "blockquote",
    "br",
    "center",
    "cite",
    "code",
    "div",
    "em",
    "figure",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "iframe",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "q",
    "script",
    "section",
    "small",
    "span",
    "strong",
    "style",
    "sub",
    "sup",
    "table",
    "td",
    "tr",
    "u",
    "ul",
];

/// Returns the paragraphs of a piece of HTML, in order and without their tags.
///
/// Elements that stand as blocks part paragraphs, and so do `<br><br>`, a `<br>` after a sentence,
/// and, where there is neither `<p>` nor `<br>` nor `<div>`, blank lines. Scripts, styles, forms
/// and pictures are dropped; entities are what they stand for. Tags within a sentence leave no
/// space. Nothing fails: what is no HTML is text, and only a text whose tags have attributes by
/// the ten thousand ends there. The cost is linear, whatever stands within what: there is no tree.
pub(in crate::source) fn paragraphs(fragment: &str) -> Vec<String> {
    let blank_lines =
        if has_breaks(fragment) { BlankLines::Nothing } else { BlankLines::Paragraphs };
    let sink = Sink {
        flow: RefCell::new(Flow::new(blank_lines)),
        skipped: RefCell::default(),
        n_pre: Cell::new(0),
    };
    let (sink, _) = tokenize(fragment, Data, sink, |_| true);
    sink.flow.into_inner().finish()
}

/// Tells whether a text that should be plain is HTML: whether it holds a tag of a known element.
///
/// It looks at signs only (`a < b` is none, nor is `<GM.N>`); the cost is that of finding `<`.
pub(in crate::source) fn is_markup(text: &str) -> bool {
    tags(text).any(|name| TELLING.iter().any(|it| it.eq_ignore_ascii_case(name)))
}

/// Returns a text with its entities replaced (`&amp;`, `&#8217;`), and everything else as it is.
pub(in crate::source) fn unescaped(text: &str) -> std::borrow::Cow<'_, str> {
    if !text.contains('&') {
        return text.into();
    }
    let sink = Plain(RefCell::new(String::with_capacity(text.len())));
    let (sink, _) = tokenize(text, RawData(Rcdata), sink, |_| true);
    sink.0.into_inner().into()
}

/// Tells whether a text has an element that parts paragraphs, so that blank lines do not.
fn has_breaks(text: &str) -> bool {
    tags(text).any(|name| ["p", "br", "div"].iter().any(|it| it.eq_ignore_ascii_case(name)))
}

/// Returns the names that follow `<` or `</` in a text and end as those of tags do.
fn tags(text: &str) -> impl Iterator<Item = &str> {
    text.split('<').skip(1).filter_map(|after| {
        let name = after.strip_prefix('/').unwrap_or(after);
        let len = name.bytes().take(16).take_while(u8::is_ascii_alphanumeric).count();
        let ends =
            name[len..].starts_with(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/');
        (len > 0 && ends).then(|| &name[..len])
    })
}

/// Takes the characters of a text without tags.
struct Plain(RefCell<String>);

impl TokenSink for Plain {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        if let CharacterTokens(text) = token {
            self.0.borrow_mut().push_str(&text);
        }
        TokenSinkResult::Continue
    }
}

/// Takes the tokens of a piece of HTML.
struct Sink {
    flow: RefCell<Flow>,
    /// The element whose content is dropped, and how often it is open within itself.
    skipped: RefCell<Option<(String, u32)>>,
    /// How many `<pre>` are open, where lines are lines.
    n_pre: Cell<u32>,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            TagToken(tag) => return self.tag(&tag),
            CharacterTokens(text) if self.skipped.borrow().is_none() => self.text(&text),
            _ => (),
        }
        TokenSinkResult::Continue
    }

    /// Lets the text of a CDATA section through, which feeds leave within HTML.
    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        true
    }
}

impl Sink {
    fn tag(&self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        let kind = elements::kind(name);
        if self.skips(name, tag, kind) {
            return raw(name, tag);
        }
        let mut flow = self.flow.borrow_mut();
        match kind {
            Kind::Inline | Kind::Dropped => (),
            Kind::Block => flow.break_paragraph(),
            Kind::Break => flow.break_line(),
            Kind::Cell => flow.gap(),
            Kind::Lines => {
                flow.break_paragraph();
                let n_pre = self.n_pre.get();
                self.n_pre.set(if tag.kind == StartTag {
                    n_pre + 1
                } else {
                    n_pre.saturating_sub(1)
                });
            }
        }
        raw(name, tag)
    }

    /// Tells whether a tag belongs to what is dropped, and keeps account of it.
    ///
    /// A dropped element that was not closed ends with the next block: an unclosed `<svg>` must
    /// not take the rest of the article with it.
    fn skips(&self, name: &str, tag: &Tag, kind: Kind) -> bool {
        let mut skipped = self.skipped.borrow_mut();
        match (skipped.as_mut(), tag.kind) {
            (Some((open, n)), StartTag) if open == name => *n += u32::from(!tag.self_closing),
            (Some((open, n)), _) if open == name => {
                *n -= 1;
                if *n == 0 {
                    *skipped = None;
                }
            }
            (Some((open, _)), _) if matches!(kind, Kind::Block) && !holds_blocks(open) => {
                *skipped = None;
                return false;
            }
            (Some(_), _) => (),
            (None, StartTag) if kind == Kind::Dropped => {
                if !tag.self_closing || raw_kind(name).is_some() {
                    *skipped = Some((name.to_owned(), 1));
                }
            }
            (None, _) => return false,
        }
        true
    }

    /// Adds text that is to be read.
    fn text(&self, text: &str) {
        let mut flow = self.flow.borrow_mut();
        if self.n_pre.get() == 0 { flow.text(text) } else { flow.lines(text) }
    }
}

/// Tells whether blocks may stand in an element that is dropped.
fn holds_blocks(name: &str) -> bool {
    matches!(name, "noscript" | "template" | "object" | "head" | "map" | "button" | "math")
}

/// Returns how the content of an element is to be taken that holds no tags.
fn raw_kind(name: &str) -> Option<html5ever::tokenizer::states::RawKind> {
    match name {
        "script" => Some(ScriptData),
        "style" | "iframe" | "noembed" | "noframes" | "xmp" => Some(Rawtext),
        "title" | "textarea" => Some(Rcdata),
        _ => None,
    }
}

/// Tells the tokenizer what follows a tag.
fn raw(name: &str, tag: &Tag) -> TokenSinkResult<()> {
    match raw_kind(name) {
        Some(kind) if tag.kind == StartTag => TokenSinkResult::RawData(kind),
        _ => TokenSinkResult::Continue,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(fragment: &str, want: &[&str]) {
        assert_eq!(paragraphs(fragment), want, "{fragment:?}");
    }

    #[test]
    fn blocks_part_paragraphs_and_words_within_them_do_not() {
        check(
            "<p>The <b>ferry</b> sailed.</p><p>It was <i>la</i>te.</p>",
            &["The ferry sailed.", "It was late."],
        );
        check("<div>One<div>Two</div>Three</div>", &["One", "Two", "Three"]);
        check("<p>Unclosed<p>twice", &["Unclosed", "twice"]);
        check("<h2>Prizes</h2><ul><li>Leek<li>Plum</ul>", &["Prizes", "Leek", "Plum"]);
        check("<span>Alder</span><span> Bay</span>\n <em>is</em>  open.", &["Alder Bay is open."]);
        check(
            "<blockquote>“No,” she said.</blockquote>Nobody left.",
            &["“No,” she said.", "Nobody left."],
        );
    }

    #[test]
    fn line_breaks_part_paragraphs_where_they_are_meant_to() {
        check("One.<br><br>Two<br/>\n<br />three", &["One.", "Two", "three"]);
        check("The ferry sailed.<br>It was late.", &["The ferry sailed.", "It was late."]);
        check("“No.”<br>Nobody left.", &["“No.”", "Nobody left."]);
        check("3 Weir Street<br>Alder Bay", &["3 Weir Street Alder Bay"]);
        check("<br>One.<br>", &["One."]);
    }

    #[test]
    fn blank_lines_part_paragraphs_where_nothing_else_does() {
        check(
            "One <b>ferry</b>.\n\nTwo\nferries.\r\n\r\nThree.",
            &["One ferry.", "Two ferries.", "Three."],
        );
        check("<p>One\n\nferry.</p>", &["One ferry."]);
        check("plain", &["plain"]);
        check(" \n\n ", &[]);
    }

    #[test]
    fn what_is_not_to_be_read_is_dropped() {
        check("<script>if (a < b) { x('<p>no</p>') }</script><style>p{}</style>Yes.", &["Yes."]);
        check("<p>Yes<!-- no <p> --></p><iframe src=x>no</iframe>", &["Yes"]);
        check("a<svg><path d='x'/><text>no</text></svg>b", &["ab"]);
        check("<svg>unclosed<p>Yes.</p>", &["Yes."]);
        check("<noscript><p>Turn it on.</p></noscript><p>Yes.", &["Yes."]);
        check("<title>Kept from the text</title><select><option>no</select>Yes.", &["Yes."]);
        check("<img src=a alt='no'>", &[]);
    }

    #[test]
    fn entities_and_white_space_are_what_they_stand_for() {
        check(
            "Hale &amp; Ruiz&#8217;s &lsquo;mill&rsquo; &#x2014; caf&eacute;",
            &["Hale & Ruiz’s ‘mill’ — café"],
        );
        check("<p>&nbsp;&nbsp;Moved in.</p><p>&nbsp;</p>", &["Moved in."]);
        check("ten&nbsp;kilometres", &["ten\u{a0}kilometres"]);
        check("a\t\tb \x01 c", &["a b c"]);
        check("AT&T & co &copy", &["AT&T & co ©"]);
        check("<![CDATA[<p>kept]]>", &["<p>kept"]);
    }

    #[test]
    fn lines_of_preformatted_text_are_lines() {
        check(
            "<pre>Rovers 2\nPort 0\n\nThe end\ncame late.</pre>",
            &["Rovers 2 Port 0", "The end came late."],
        );
        check(
            "<table><tr><td>Rovers</td><td>2</td></tr><tr><td>Port<td>0</table>",
            &["Rovers 2", "Port 0"],
        );
    }

    #[test]
    fn tags_are_told_from_signs() {
        for text in ["<p>x", "a<br/>b", "x</p>", "<IMG SRC=a>", "a <a href='x'>b</a>", "<b\n>"] {
            assert!(is_markup(text), "{text}");
        }
        for text in ["a < b", "<GM.N> said", "1<2 and 3>2", "<p", "", "<ferry>", "x <3", "<", "</>"]
        {
            assert!(!is_markup(text), "{text}");
        }
    }

    #[test]
    fn entities_alone_are_replaced_and_lines_kept() {
        assert_eq!(unescaped("Hale &amp; Ruiz\n\n1 < 2 &#8212; <b>"), "Hale & Ruiz\n\n1 < 2 — <b>");
        assert_eq!(unescaped("a\nb"), "a\nb");
        assert_eq!(unescaped("R&D & </title> &"), "R&D & </title> &");
    }

    #[test]
    fn no_bytes_take_long_or_break_it() {
        check(&("<div>".repeat(5_000) + "deep" + &"</div>".repeat(5_000)), &["deep"]);
        let signs = "<".repeat(2 * 1024 * 1024);
        assert_eq!(paragraphs(&signs).len(), 1);
        assert!(!is_markup(&signs));
        let many: String = (0..400_000).map(|idx| format!(" a{idx}")).collect();
        assert!(paragraphs(&format!("<p>one</p><p {many}>two")).starts_with(&["one".to_owned()]));
        assert_eq!(paragraphs(&"<svg>".repeat(100_000)).len(), 0);
        assert_eq!(paragraphs(&"&#0;&#x110000;&bogus;".repeat(1_000)).len(), 1);
    }

    proptest::proptest! {
        #[test]
        fn any_text_gives_paragraphs(
            parts in proptest::collection::vec(
                "<[a-z]{1,4}|</?(p|svg|pre|script|select|br|li|title)/?>|&[#a-z0-9]{0,6};?|[ \n\r]{1,3}|.{0,9}",
                0..60,
            )
        ) {
            let text = parts.concat();
            _ = is_markup(&text);
            _ = unescaped(&text);
            for paragraph in paragraphs(&text) {
                proptest::prop_assert_eq!(paragraph.trim(), &paragraph);
                let is_clean = !paragraph.is_empty() && !paragraph.contains(['\n', '\u{1}', '\u{2}']);
                proptest::prop_assert!(is_clean);
            }
        }
    }
}
