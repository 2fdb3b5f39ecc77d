//! From lines to paragraphs, and from parts to an article.
//!
//! Every reader lays out its text here, so that furniture, datelines and broken lines are told
//! alike in a file of its own and in a record.

use super::{Settings, dateline, furniture};
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
pub(in crate::source) struct Line<'a> {
    /// The text.
    pub(in crate::source) text: &'a str,
    /// Whether it is the first line or follows a blank one.
    pub(in crate::source) opens_block: bool,
    /// By how many characters it was moved in.
    indent: usize,
    /// Whether it is the row of a table, or furniture; looked at only where a text is known to be
    /// broken.
    stands_alone: bool,
}

/// Why a text is refused: it has too many lines or paragraphs.
#[derive(Debug)]
pub(in crate::source) struct TooMany;

impl std::fmt::Display for TooMany {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "more than {PARAGRAPHS_MAX} paragraphs")
    }
}

/// How the lines of a text make its paragraphs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::source) enum Wrap {
    /// A line is a paragraph.
    None,
    /// Lines of a block are one paragraph, broken at so many columns.
    Hard(usize),
    /// The same of a text that is known to be broken, and marks where its paragraphs begin.
    Marked(usize),
    /// The same, and nothing marks where a paragraph begins: one ends with a sentence after which
    /// the next word would have found room.
    Unmarked(usize),
}

/// Cuts a text into its lines and drops the blank ones.
///
/// A line ends with LF, CR, CR LF, form feed, vertical tab, NEL, U+2028 or U+2029 (the newline
/// function of the Unicode Standard, 5.8).
pub(in crate::source) fn lines(text: &str) -> Result<Vec<Line<'_>>, TooMany> {
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
            let indent = raw.len() - raw.trim_start().len();
            lines.push(Line { text, opens_block, indent, stands_alone: false });
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
pub(in crate::source) fn wrap_of(lines: &[Line<'_>]) -> Wrap {
    if !lines.iter().skip(1).any(|line| line.opens_block) {
        return Wrap::None;
    }
    let pairs = lines.iter().zip(&lines[1..]);
    let inner: Vec<_> = pairs.filter(|(line, next)| goes_on(line, next)).collect();
    let is_wide = |columns: &usize| WRAPPED_COLUMNS.contains(columns);
    let wide: Vec<_> = inner.iter().map(|(it, _)| columns(it)).filter(is_wide).collect();
    let widest = wide.iter().copied().max().unwrap_or_default();
    let is_full = |(line, next): &&(&Line<'_>, &Line<'_>)| 5 * reach(line, next) >= 4 * widest;
    let n_stops = inner.iter().filter(|(it, _)| ends_sentence(it.text)).count();
    let most = |n: usize| 4 * n >= 3 * inner.len();
    let is_wrapped = inner.len() >= 2
        && 2 * n_stops < inner.len()
        && most(wide.len())
        && most(inner.iter().filter(is_full).count());
    if is_wrapped { Wrap::Hard(widest) } else { Wrap::None }
}

/// Tells at how many columns a machine broke the lines of a text that is known to be broken.
///
/// It did where two of three lines that another follows in the same paragraph end near the right
/// margin, and none is wider than broken lines are; else they are a list. The first line does not
/// count, nor do rows of tables and lines that end a sentence.
fn breaks_of(lines: &[Line<'_>]) -> Wrap {
    let pairs = || lines.iter().zip(lines.iter().skip(1));
    let n_inner = pairs().filter(|(line, next)| goes_on(line, next)).count();
    let are_text = |line: &Line<'_>, next: &Line<'_>| !line.stands_alone && !next.stands_alone;
    let inner = || pairs().filter(|(line, next)| goes_on(line, next) && are_text(line, next));
    let widest = inner().map(|(line, _)| columns(line)).max().unwrap_or_default();
    let telling = || inner().skip(1).filter(|(line, _)| !ends_sentence(line.text));
    let is_full = |(line, next): &(&Line<'_>, &Line<'_>)| 5 * reach(line, next) >= 4 * widest;
    match n_inner {
        0 => Wrap::None,
        _ if widest > *WRAPPED_COLUMNS.end() => Wrap::None,
        _ if 3 * telling().filter(is_full).count() < 2 * telling().count() => Wrap::None,
        _ if n_inner + 1 < lines.len() => Wrap::Marked(widest),
        _ => Wrap::Unmarked(widest),
    }
}

/// Returns the columns that a line would have with the first word of the next one.
fn reach(line: &Line<'_>, next: &Line<'_>) -> usize {
    let word = next.text.split_whitespace().next().unwrap_or_default();
    columns(line) + 1 + width(word)
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

/// Appends the paragraphs of a text: its lines, or its blocks where a machine broke the lines.
pub(super) fn append(
    text: &str,
    settings: &Settings,
    paragraphs: &mut Vec<Paragraph>,
) -> Result<(), TooMany> {
    let lines = lines(text)?;
    join(&lines, wrap_of(&lines), |text| append_one(text, settings, paragraphs))
}

/// Appends the paragraphs of a text whose lines a machine broke.
pub(super) fn append_broken(
    text: &str,
    settings: &Settings,
    paragraphs: &mut Vec<Paragraph>,
) -> Result<(), TooMany> {
    let mut lines = lines(text)?;
    let margin = lines.iter().map(|it| it.indent).min().unwrap_or_default();
    for line in &mut lines {
        // Two lines that are moved in are two paragraphs: the lines of a report of earnings.
        line.opens_block |= line.indent >= margin + 2;
        line.stands_alone = is_row(line.text) || furniture::is_furniture(line.text);
    }
    if let Some(last) = lines.last_mut() {
        last.opens_block |= last.indent > margin && furniture::ends_story(last.text);
    }
    join(&lines, breaks_of(&lines), |text| append_one(text, settings, paragraphs))
}

/// Joins the lines that make a paragraph, and passes the paragraphs on.
pub(in crate::source) fn join(
    lines: &[Line<'_>],
    wrap: Wrap,
    mut each: impl FnMut(String) -> Result<(), TooMany>,
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
            _ => each(std::mem::take(&mut open))?,
        }
        open.push_str(line.text);
        last = Some(line);
    }
    each(open)
}

/// Tells whether a line goes on with the paragraph of the one before it.
///
/// In a text of broken lines a paragraph ends before a blank line, a line that is moved in, the row
/// of a table and furniture, and after a line of less than half the width. Where the text is known
/// to be broken, a short line ends a paragraph only if it ends a sentence too: the first one is
/// short where the dateline stood before it.
fn joins(wrap: Wrap, last: &Line<'_>, line: &Line<'_>) -> bool {
    let is_short = |columns: usize| 2 * width(last.text) < columns;
    let is_end = match wrap {
        Wrap::None => return false,
        Wrap::Hard(columns) => is_short(columns),
        Wrap::Marked(columns) => is_short(columns) && ends_sentence(last.text),
        Wrap::Unmarked(columns) => ends_sentence(last.text) && reach(last, line) < columns,
    };
    let is_furniture = || match wrap {
        Wrap::Hard(_) => furniture::is_furniture(last.text) || furniture::is_furniture(line.text),
        _ => last.stands_alone || line.stands_alone,
    };
    goes_on(last, line) && !is_end && !is_furniture()
}

/// Tells whether a line is the row of a table: blanks or dots lead from one column to the next.
fn is_row(line: &str) -> bool {
    let (mut last, mut n_same) = (0, 0);
    line.bytes().any(|byte| {
        n_same = if byte == last { n_same + 1 } else { 1 };
        last = byte;
        matches!((byte, n_same), (b' ', 3) | (b'.', 4))
    })
}

/// Tells whether a compound was broken after its hyphen: `Anglo-` and `American`.
///
/// A hyphen that the machine put in stays too: it cannot be told from one that was written.
fn breaks_word(open: &str, next: &str) -> bool {
    open.strip_suffix('-').is_some_and(|it| it.ends_with(char::is_alphabetic))
        && next.starts_with(char::is_alphabetic)
}

/// Appends one paragraph, cut into several where it is too long.
pub(super) fn append_one(
    text: String,
    settings: &Settings,
    paragraphs: &mut Vec<Paragraph>,
) -> Result<(), TooMany> {
    if text.len() <= PARAGRAPH_BYTES_MAX {
        return match text.is_empty() {
            true => Ok(()),
            false => push(text, settings, paragraphs),
        };
    }
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let part = first_part(rest);
        push(part.trim_end().to_owned(), settings, paragraphs)?;
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
fn push(text: String, settings: &Settings, paragraphs: &mut Vec<Paragraph>) -> Result<(), TooMany> {
    if paragraphs.len() == PARAGRAPHS_MAX {
        return Err(TooMany);
    }
    let is_furniture = furniture::is_furniture(&text) || settings.furniture.is_match(&text);
    let kind = if is_furniture { ParagraphKind::Furniture } else { ParagraphKind::Body };
    paragraphs.push(Paragraph { text, kind });
    Ok(())
}

/// Finds the dateline of an article whose parts are complete, tells the lines behind its story,
/// and refuses one without any text.
///
/// A dateline that the article has already is kept unless its text opens with one: only that has
/// a span.
pub(super) fn complete(mut article: Article) -> Result<Article, &'static str> {
    end_story(&mut article.paragraphs);
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

/// Tells the lines at the end that belong to the wire, where reporting stands before them.
fn end_story(paragraphs: &mut [Paragraph]) {
    let n_reporting = paragraphs.iter().filter(|it| it.kind == ParagraphKind::Body).count();
    let last = paragraphs.iter_mut().rev().filter(|it| it.kind == ParagraphKind::Body);
    let last = last.take(n_reporting.saturating_sub(1));
    for paragraph in last.take_while(|it| furniture::ends_story(&it.text)) {
        paragraph.kind = ParagraphKind::Furniture;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraphs(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        assert!(append(text, &Settings::default(), &mut found).is_ok());
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

    fn broken(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        assert!(append_broken(text, &Settings::default(), &mut found).is_ok());
        found.into_iter().map(|it| it.text).collect()
    }

    #[test]
    fn lines_that_are_known_to_be_broken_need_less_proof() {
        assert_eq!(
            broken("   The bridge\nwas closed\n on Monday."),
            ["The bridge was closed on Monday."]
        );
        let story = "\
The bridge over
the Tarrow at Weir Street was closed on Monday after the yearly inspection
found cracks in two of its seven piers, the town said.
    Nobody was hurt.
    Buses will go round by the mill, which takes twenty minutes, the head of
the school said.
 Reuter";
        assert_eq!(broken(story).len(), 4, "{:#?}", broken(story));
        let unmarked = "\
The bridge over the Tarrow at Weir Street was closed on Monday after the
yearly inspection.
Buses will go round by the mill, which takes twenty minutes. Nobody came.
The head of the school said that lessons begin half an hour later.";
        assert_eq!(broken(unmarked).len(), 2, "{:#?}", broken(unmarked));
    }

    #[test]
    fn rows_of_tables_stay_lines_in_a_text_that_is_known_to_be_broken() {
        let table =
            "Crossings in a week\n Old ferry........12 vs.....14\n New ferry.........9 vs......0";
        assert_eq!(broken(table).len(), 3);
        let earnings =
            "Shr 16 cts vs 12 cts\n    Net 3.4 mln vs 2.1 mln\n    Revs 40 mln vs 38 mln";
        assert_eq!(broken(earnings).len(), 3);
        assert_eq!(
            broken("LARGE SILVER   --   411.0   413.0\n3 MONTHS    420.0    420.0").len(),
            2
        );
        assert_eq!(broken(&"x ".repeat(80).repeat(3)).len(), 1);
        assert_eq!(broken(&format!("{0}\n{0}\n{0}", "word ".repeat(30))).len(), 3);
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
        assert!(append(&text, &Settings::default(), &mut Vec::new()).is_err());
        assert!(lines(&"a\n".repeat(LINES_MAX + 1)).is_err());
    }
}
