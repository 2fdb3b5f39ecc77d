//! The text of a page in Markdown.
//!
//! Markdown is a shorthand of HTML, and HTML may stand in it. So it is written out as HTML, of
//! which the paragraphs are then read as those of a page: tags, comments and breaks mean the same.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::front_matter::first_line;
use crate::source::html;

/// How many quotes and lists a line may open at its beginning; what more there are is dropped.
const OPENINGS_MAX: usize = 64;

/// How many lines a paragraph may have; the rest is another one. The title of a link that nobody
/// closed is looked for to the end of its paragraph, and each line anew from the beginning.
const PARAGRAPH_LINES_MAX: usize = 1_000;

/// What tags of templates begin and end with: those of Hugo, and of Jekyll's Liquid.
const TEMPLATES: &[(&str, &str)] = &[("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}")];

/// The length of such a tag; a longer one is text.
const TEMPLATE_BYTES_MAX: usize = 1024;

/// What a text in Markdown holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Text {
    /// The heading of the first level that opens it.
    pub(super) title: String,
    pub(super) paragraphs: Vec<String>,
}

/// Reads a text. The cost is linear.
pub(super) fn read(markdown: &str) -> Text {
    let prepared = prepared(markdown);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut page = Page::default();
    Parser::new_ext(&prepared, options).for_each(|event| page.take(event));
    let title = html::paragraphs(&page.title).join(" ");
    Text { title, paragraphs: html::paragraphs(&page.html) }
}

/// A text that is being written out as HTML.
#[derive(Default)]
struct Page {
    title: String,
    html: String,
    /// Whether the title is being read.
    in_title: bool,
    /// How many pictures are open: what they hold is read where they cannot be seen.
    n_pictures: usize,
}

impl Page {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(Tag::Image { .. }) => self.n_pictures += 1,
            Event::End(TagEnd::Image) => self.n_pictures = self.n_pictures.saturating_sub(1),
            _ if self.n_pictures > 0 => {}
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) => self.text(&text),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text),
            Event::Html(html) | Event::InlineHtml(html) => self.out().push_str(&html),
            Event::SoftBreak => self.out().push('\n'),
            Event::HardBreak => self.out().push_str("<br>"),
            Event::Rule => self.out().push_str("<hr>"),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn out(&mut self) -> &mut String {
        if self.in_title { &mut self.title } else { &mut self.html }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        let is_first = self.title.is_empty() && self.html.trim().is_empty();
        match tag {
            Tag::Heading { level: HeadingLevel::H1, .. } if is_first => self.in_title = true,
            Tag::CodeBlock(_) => self.out().push_str("<pre>"),
            Tag::TableCell => self.out().push_str("<td>"),
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } => {}
            Tag::Superscript | Tag::Subscript | Tag::MetadataBlock(_) => {}
            // A block of HTML is what it is by itself.
            Tag::HtmlBlock => {}
            _ => self.out().push_str("<p>"),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) if self.in_title => self.in_title = false,
            TagEnd::CodeBlock => self.out().push_str("</pre>"),
            TagEnd::TableCell => self.out().push_str("</td>"),
            TagEnd::Paragraph | TagEnd::Heading(_) => self.out().push_str("</p>"),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        let out = self.out();
        for c in text.chars() {
            match c {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                _ => out.push(c),
            }
        }
    }
}

/// Takes out the tags of templates, and what would make the parser slow: blank lines in a row, each
/// of which may belong to every list that is open, openings of more quotes and lists in one line
/// than anybody writes, and paragraphs without an end.
fn prepared(markdown: &str) -> String {
    let text = without_templates(markdown);
    let mut kept = String::with_capacity(text.len());
    // How many lines there were since the last blank one.
    let (mut rest, mut n_lines) = (text.as_ref(), 0);
    while !rest.is_empty() {
        let (line, below) = first_line(rest);
        let is_blank = line.trim().is_empty();
        if !is_blank && n_lines == PARAGRAPH_LINES_MAX {
            kept.push('\n');
            n_lines = 0;
        }
        if !(is_blank && n_lines == 0) {
            kept.push_str(shallow(line));
            kept.push('\n');
        }
        n_lines = if is_blank { 0 } else { n_lines + 1 };
        rest = below;
    }
    kept
}

/// Drops what a line opens beyond [`OPENINGS_MAX`].
fn shallow(line: &str) -> &str {
    let mut rest = line;
    for _ in 0..OPENINGS_MAX {
        let Some(after) = opened(rest) else {
            return line;
        };
        rest = after;
    }
    while let Some(after) = opened(rest) {
        rest = after;
    }
    rest
}

/// Returns what follows the sign of a quote or of an element of a list.
fn opened(line: &str) -> Option<&str> {
    let line = line.trim_start_matches([' ', '\t']);
    let after = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let n_figures = line.len() - after.len();
    match after.chars().next() {
        Some('>') if n_figures == 0 => Some(&after[1..]),
        Some('-' | '*' | '+') if n_figures == 0 => after[1..].strip_prefix([' ', '\t']),
        Some('.' | ')') if n_figures > 0 => after[1..].strip_prefix([' ', '\t']),
        _ => None,
    }
}

/// Takes out the tags of templates; one that does not end in its line is text.
fn without_templates(markdown: &str) -> std::borrow::Cow<'_, str> {
    if !markdown.contains("{{") && !markdown.contains("{%") {
        return markdown.into();
    }
    let mut kept = String::with_capacity(markdown.len());
    for line in markdown.split_inclusive('\n') {
        let mut rest = line;
        while let Some(at) = rest.find('{') {
            let (before, tag) = rest.split_at(at);
            kept.push_str(before);
            let known = TEMPLATES.iter().find(|(opening, _)| tag.starts_with(opening));
            let looked_at = &tag[..tag.floor_char_boundary(TEMPLATE_BYTES_MAX)];
            let after = known.and_then(|(_, end)| Some(&tag[looked_at.find(end)? + end.len()..]));
            rest = match after {
                Some(after) => after,
                None => {
                    kept.push('{');
                    &tag[1..]
                }
            };
        }
        kept.push_str(rest);
    }
    kept.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(markdown: &str, want: &[&str]) {
        assert_eq!(read(markdown).paragraphs, want, "{markdown:?}");
    }

    #[test]
    fn blocks_are_paragraphs_and_marks_within_them_are_dropped() {
        check(
            "The *ferry* to **Port\nHale** sailed.\n\nIt was `late`, ~~not~~.",
            &["The ferry to Port Hale sailed.", "It was late, not."],
        );
        check(
            "## Prizes\n* Leek: [Ann Hale](/hale)\n* Plum\n  1. red\n  2. blue\n\n> Well done.",
            &["Prizes", "Leek: Ann Hale", "Plum", "red", "blue", "Well done."],
        );
        check("One.  \nTwo\\\nthree", &["One.", "Two three"]);
        check("| a | b |\n|---|---|\n| 1 | 2 |", &["a b", "1 2"]);
        check("```sh\nls -l\n\ncd /\n```\n", &["ls -l", "cd /"]);
        check("Said.[^1]\n\n[^1]: In a letter.", &["Said.", "In a letter."]);
        check("Port 2 < 3 Rovers & co, 1\\* AT&amp;T", &["Port 2 < 3 Rovers & co, 1* AT&T"]);
    }

    #[test]
    fn pictures_and_targets_of_links_are_dropped() {
        check("![The *bridge*](a.jpg)\n\nIt is [closed][1].\n\n[1]: http://a/", &["It is closed."]);
        check("<https://alderbay.example/>", &["https://alderbay.example/"]);
    }

    #[test]
    fn html_is_read_as_on_a_page() {
        check(
            "<div class=a>\n\nOne *ferry*.\n\n</div>\n<!-- no -->\nTwo <b>ferries</b><br>",
            &["One ferry.", "Two ferries"],
        );
        check("<script>\nno()\n\nno()\n</script>\n\nYes.", &["Yes."]);
    }

    #[test]
    fn tags_of_templates_are_dropped() {
        check(
            "{{< figure src=\"a.jpg\" >}}\nIt {{% em %}}rained{{% /em %}}.\n{% include ad.html %}\n",
            &["It rained."],
        );
        check("{Laughter} {% and {{ x }}", &["{Laughter} {% and {{ x }}"]);
    }

    #[test]
    fn a_heading_that_opens_the_text_is_its_title() {
        for markdown in ["# Bridge *closed* #\n\nIt rained.", "Bridge closed\n===\n\nIt rained."] {
            let want = Text {
                title: "Bridge closed".to_owned(),
                paragraphs: vec!["It rained.".to_owned()],
            };
            assert_eq!(read(markdown), want);
        }
        check("It rained.\n\n# Bridge closed", &["It rained.", "Bridge closed"]);
        check("## Bridge closed\n\nIt rained.", &["Bridge closed", "It rained."]);
    }

    #[test]
    fn line_ends_of_all_systems_part_lines() {
        for end in ["\n", "\r\n", "\r"] {
            let markdown = ["One", "ferry.", "", "", "* Two", "* Three"].join(end);
            check(&markdown, &["One ferry.", "Two", "Three"]);
        }
    }

    #[test]
    fn a_link_that_nobody_closed_is_not_looked_for_without_end() {
        let opened = format!("[Tides](t \"High{}", "\n+++".repeat(2_500));
        let lengths: Vec<usize> = read(&opened).paragraphs.iter().map(String::len).collect();
        let [first, second, third] = lengths.as_slice() else { panic!("{lengths:?}") };
        assert_eq!((*second, *third), (4_000 - 1, 501 * 4 - 1), "{first}");
    }

    #[test]
    fn no_nesting_takes_long() {
        let floods = [
            ("* ", "\n"),
            ("> ", "\n\n"),
            ("1. ", "\n  \n"),
            ("[", "]"),
            ("*a_", "a\n"),
            ("`", "``\n"),
            ("<a ", "\n\n"),
            ("![", "](\n"),
            ("|", "|-\n"),
            ("{{<", "{%"),
            ("&", "\\\n"),
        ];
        for (opening, line) in floods {
            let flood = opening.repeat(60_000) + &line.repeat(60_000);
            _ = read(&(flood + "\n\nThe end."));
        }
    }
}
