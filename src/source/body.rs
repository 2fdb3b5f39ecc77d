//! From lines to paragraphs, and from parts to an article.
//!
//! Every reader lays out its text here, so that furniture, datelines and broken lines are told
//! alike in a file of its own and in a record.

use super::{dateline, furniture};
use crate::article::{Article, Paragraph, ParagraphKind};
use crate::text::width;

/// The paragraphs of an article; a text of more is no article and is refused as a whole.
pub const PARAGRAPHS_MAX: usize = 20_000;

/// The length of a paragraph; a longer one is cut into several at white space, nothing is lost.
pub const PARAGRAPH_BYTES_MAX: usize = 1024 * 1024;

/// The lines of an article, of which several may make a paragraph.
const LINES_MAX: usize = 20 * PARAGRAPHS_MAX;

/// The columns of a line that was broken by a machine.
const WRAPPED_COLUMNS: std::ops::RangeInclusive<usize> = 40..=100;

/// A line of text that is not blank, without the white space at its ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line<'a> {
    /// The text.
    pub(super) text: &'a str,
    /// Whether it is the first line or follows a blank one.
    pub(super) opens_block: bool,
    /// By how many characters it was moved in.
    indent: usize,
}

/// Why a text is refused: it has too many lines or paragraphs.
#[derive(Debug)]
pub(super) struct TooMany;

impl std::fmt::Display for TooMany {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "more than {PARAGRAPHS_MAX} paragraphs")
    }
}

/// How the lines of a text make its paragraphs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wrap {
    /// A line is a paragraph.
    None,
    /// Lines of a block are one paragraph, broken at so many columns.
    Hard(usize),
}

/// Cuts a text into its lines and drops the blank ones.
///
/// A line ends with LF, CR, CR LF, form feed, vertical tab, NEL, U+2028 or U+2029 (the newline
/// function of the Unicode Standard, 5.8).
pub(super) fn lines(text: &str) -> Result<Vec<Line<'_>>, TooMany> {
    let mut lines = Vec::new();
    let mut opens_block = true;
    for raw in text.split('\n') {
        // CR LF would look like a blank line between two others.
        let raw = raw.strip_suffix('\r').unwrap_or(raw);
        // The rare ends are looked for only where a byte of one is seen: this is the hot loop.
        let n_parts = if raw.bytes().fold(false, |seen, it| seen | may_end_line(it)) {
            usize::MAX
        } else {
            1
        };
        for raw in raw.splitn(n_parts, ends_line) {
            let text = raw.trim();
            if text.is_empty() {
                opens_block = true;
                continue;
            }
            if lines.len() == LINES_MAX {
                return Err(TooMany);
            }
            lines.push(Line { text, opens_block, indent: raw.len() - raw.trim_start().len() });
            opens_block = false;
        }
    }
    Ok(lines)
}

/// Tells whether a byte may be the first of a line's end other than LF.
fn may_end_line(byte: u8) -> bool {
    matches!(byte, b'\r' | 0x0B | 0x0C | 0xC2 | 0xE2)
}

/// Tells whether a character other than LF ends a line.
fn ends_line(c: char) -> bool {
    matches!(c, '\r' | '\x0B' | '\x0C' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Tells whether a machine broke the lines of a text.
///
/// It did when blank lines part the text into blocks and, of the lines that another follows in
/// the same paragraph, three of four are 40 to 100 columns wide and end near the right margin (the
/// next word would have reached four fifths of the widest), and most end within a sentence. So
/// lists, verse and one short sentence a line stay as they are.
pub(super) fn wrap_of(lines: &[Line<'_>]) -> Wrap {
    if !lines.iter().skip(1).any(|line| line.opens_block) {
        return Wrap::None;
    }
    let pairs = lines.iter().zip(&lines[1..]);
    let inner: Vec<_> = pairs.filter(|(line, next)| goes_on(line, next)).collect();
    let is_wide = |columns: &usize| WRAPPED_COLUMNS.contains(columns);
    let wide: Vec<_> = inner.iter().map(|(it, _)| columns(it)).filter(is_wide).collect();
    let widest = wide.iter().copied().max().unwrap_or_default();
    let is_full = |(line, next): &&(&Line<'_>, &Line<'_>)| {
        let word = next.text.split_whitespace().next().unwrap_or_default();
        5 * (columns(line) + 1 + width(word)) >= 4 * widest
    };
    let n_stops = inner.iter().filter(|(it, _)| ends_sentence(it.text)).count();
    let most = |n: usize| 4 * n >= 3 * inner.len();
    let is_wrapped = inner.len() >= 2
        && 2 * n_stops < inner.len()
        && most(wide.len())
        && most(inner.iter().filter(is_full).count());
    if is_wrapped { Wrap::Hard(widest) } else { Wrap::None }
}

/// Returns the columns of a line, or as many as no wrapped line has in any script.
fn columns(line: &Line<'_>) -> usize {
    match line.text.len() {
        0..1000 => width(line.text),
        len => len,
    }
}

/// Tells whether nothing in the layout parts two lines.
fn goes_on(line: &Line<'_>, next: &Line<'_>) -> bool {
    !next.opens_block && next.indent < line.indent + 2
}

/// Tells whether a line ends as a sentence does, with the quotes and brackets that close after it.
fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']']).ends_with(['.', '!', '?', ':', '…'])
}

/// Appends the paragraphs that the lines make.
pub(super) fn lay_out(
    lines: &[Line<'_>],
    wrap: Wrap,
    paragraphs: &mut Vec<Paragraph>,
) -> Result<(), TooMany> {
    let mut open = String::new();
    let mut last: Option<&Line<'_>> = None;
    for line in lines {
        match last {
            Some(last) if joins(wrap, last, line) => {
                if !breaks_word(&open, line.text) {
                    open.push(' ');
                }
            }
            _ => close(&mut open, paragraphs)?,
        }
        open.push_str(line.text);
        last = Some(line);
    }
    close(&mut open, paragraphs)
}

/// Tells whether a line goes on with the paragraph of the one before it.
///
/// In a text of broken lines a paragraph ends before a blank line, a line that is moved in, and
/// furniture, and after a line of less than half the width.
fn joins(wrap: Wrap, last: &Line<'_>, line: &Line<'_>) -> bool {
    let Wrap::Hard(columns) = wrap else {
        return false;
    };
    goes_on(last, line)
        && 2 * width(last.text) >= columns
        && !furniture::is_furniture(last.text)
        && !furniture::is_furniture(line.text)
}

/// Tells whether a compound was broken after its hyphen: `Anglo-` and `American`.
///
/// A hyphen that the machine put in stays too: it cannot be told from one that was written.
fn breaks_word(open: &str, next: &str) -> bool {
    open.strip_suffix('-').is_some_and(|it| it.ends_with(char::is_alphabetic))
        && next.starts_with(char::is_alphabetic)
}

/// Ends a paragraph, cutting it where it is too long.
fn close(open: &mut String, paragraphs: &mut Vec<Paragraph>) -> Result<(), TooMany> {
    if open.len() <= PARAGRAPH_BYTES_MAX {
        return match std::mem::take(open) {
            text if text.is_empty() => Ok(()),
            text => push(text, paragraphs),
        };
    }
    let whole = std::mem::take(open);
    let mut rest = whole.as_str();
    while !rest.is_empty() {
        let part = first_part(rest);
        push(part.trim_end().to_owned(), paragraphs)?;
        rest = rest[part.len()..].trim_start();
    }
    Ok(())
}

/// Returns as much of a text as a paragraph may hold, up to white space where there is any.
fn first_part(text: &str) -> &str {
    if text.len() <= PARAGRAPH_BYTES_MAX {
        return text;
    }
    let part = &text[..text.floor_char_boundary(PARAGRAPH_BYTES_MAX)];
    match part.rfind(char::is_whitespace) {
        Some(space) if space > 0 => &part[..space],
        _ => part,
    }
}

/// Adds a paragraph and tells what it is.
fn push(text: String, paragraphs: &mut Vec<Paragraph>) -> Result<(), TooMany> {
    if paragraphs.len() == PARAGRAPHS_MAX {
        return Err(TooMany);
    }
    let kind =
        if furniture::is_furniture(&text) { ParagraphKind::Furniture } else { ParagraphKind::Body };
    paragraphs.push(Paragraph { text, kind });
    Ok(())
}

/// Finds the dateline of an article whose parts are complete, and refuses one without any text.
///
/// A dateline that the article has already is kept unless its text opens with one: only that has
/// a span.
pub(super) fn complete(mut article: Article) -> Result<Article, &'static str> {
    let found = article.body().next().map(|(_, paragraph)| dateline::find(&paragraph.text));
    match found {
        None if article.headline.is_empty() => Err("no headline and no body"),
        None => Ok(article),
        Some(found) => {
            article.dateline = found.or(article.dateline);
            Ok(article)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraphs(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        let lines = lines(text).unwrap_or_default();
        assert!(lay_out(&lines, wrap_of(&lines), &mut found).is_ok());
        found.into_iter().map(|it| it.text).collect()
    }

    #[test]
    fn a_line_ends_however_it_was_written() {
        for end in
            ["\n", "\r\n", "\r", "\u{2028}", "\u{2029}", "\x0C", "\x0B", "\u{85}", "\r\n\r\n"]
        {
            assert_eq!(paragraphs(&format!("One.{end} Two. {end}")), ["One.", "Two."]);
        }
    }

    #[test]
    fn lines_that_a_machine_broke_are_joined() {
        let text = "\
The bridge over the Tarrow at Weir Street was closed on Monday after the
yearly inspection found cracks in two of its seven piers, the town said in
a statement. Nobody was hurt.

Buses will go round by the mill, which takes twenty minutes, and the Anglo-
American school will open half an hour later.

“We had no choice,” the mayor said.";
        let joined = paragraphs(text);
        assert_eq!(joined.len(), 3, "{joined:#?}");
        assert!(joined[0].ends_with(
            "cracks in two of its seven piers, the town said in a statement. Nobody was hurt."
        ));
        assert!(joined[1].contains("the Anglo-American school"));
    }

    #[test]
    fn an_indented_line_and_a_short_one_part_broken_lines() {
        let text = "\
  The bridge over the Tarrow at Weir Street was closed on Monday after the
yearly inspection found cracks in two of its seven piers, the town said in
a statement.
  Buses will go round by the mill, which takes twenty minutes, and the
school will open half an hour later than it has until today, the head said.

Ann Hale
Weir Street correspondent of the Courier";
        assert_eq!(paragraphs(text).len(), 4, "{:#?}", paragraphs(text));
    }

    #[test]
    fn lists_and_short_sentences_stay_lines() {
        let list =
            "Results\n\nRovers 1, Tarrow Falls 0\nAlder Bay 2, Coldwater 2\nPort Elsmere 0, Mill 4";
        assert_eq!(paragraphs(list).len(), 4);
        let sentences = "Bridge closed\n\n\
            The bridge over the Tarrow was closed on Monday.\n\
            Buses will go round by the old mill until May.\n\
            Nobody was hurt when the first of the piers cracked.";
        assert_eq!(paragraphs(sentences).len(), 4);
        let uneven = "Prizes\n\n\
            The heaviest pumpkin of the fair, 212 kilograms, Hal Brock\n\
            The longest leek ever shown here, Greta Lindholm\n\
            The best jar of plum jam, and the best jar of any kind, Maud Ferrier\n\
            The oldest visitor who came on foot, Edith Carrow\n\
            The youngest, also on foot and not tired at all, Kit Marlow";
        assert_eq!(paragraphs(uneven).len(), 6);
    }

    #[test]
    fn a_long_paragraph_is_cut_at_white_space_and_nothing_is_lost() {
        let text = "wörter und ".repeat(PARAGRAPH_BYTES_MAX / 8);
        let found = paragraphs(&text);
        assert!(found.len() > 1);
        assert!(found.iter().all(|it| it.len() <= PARAGRAPH_BYTES_MAX));
        assert_eq!(found.join(" "), text.trim());
        let solid = "é".repeat(PARAGRAPH_BYTES_MAX);
        assert_eq!(paragraphs(&solid).concat(), solid);
    }

    #[test]
    fn too_many_paragraphs_are_refused() {
        let fits = "a\n".repeat(PARAGRAPHS_MAX);
        assert_eq!(paragraphs(&fits).len(), PARAGRAPHS_MAX);
        let text = fits + "a";
        let all = lines(&text).unwrap_or_default();
        assert!(lay_out(&all, Wrap::None, &mut Vec::new()).is_err());
        assert!(lines(&"a\n".repeat(LINES_MAX + 1)).is_err());
    }
}
