//! A concordance: every match on a line of its own, with the words around it.

use crate::article::Article;
use crate::matcher::{Mark, Spot};
use crate::text::{Span, Tokenizer, Unit, fitting_beginning, fitting_end};

use super::{highlights, text_at};

/// The most characters to the left of a match, and to its right.
pub const CONTEXT_CHARS: usize = 200;

/// The most lines of a concordance; of more matches, the first have one.
pub const LINES_MAX: usize = 10_000;

/// The order of the lines of a concordance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The order of the articles, then of the page.
    #[default]
    Hits,
    /// By the words to the left, the nearest first.
    Left,
    /// By the words to the right, the nearest first.
    Right,
    /// The earliest article first, those without a date last.
    Date,
}

/// A match and what stands around it.
///
/// The three texts follow each other in the headline or the paragraph, with the spaces and the
/// punctuation between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// The number of the article among those that were given, from 0.
    pub article: usize,
    /// Where in the article the match stands.
    pub spot: Spot,
    /// Its bytes in the headline or the paragraph.
    pub span: Span,
    /// What stands before it, up to [`CONTEXT_CHARS`], cut between words.
    pub left: &'a str,
    /// The match.
    pub matched: &'a str,
    /// What stands behind it, likewise.
    pub right: &'a str,
}

/// Returns a line for each match in some articles, at most [`LINES_MAX`].
///
/// A match is what is highlighted: a phrase is one, two words near each other are two, and matches
/// that overlap are one. The context goes over the ends of sentences, not of the paragraph. Lines
/// that are equal by the order keep that of the articles. Where there are too many, those of the
/// first articles are taken, and then put in order.
pub fn concordance<'a>(
    articles: impl IntoIterator<Item = (&'a Article, &'a [Mark])>,
    order: Order,
) -> Vec<Line<'a>> {
    let articles: Vec<(&Article, &[Mark])> = articles.into_iter().collect();
    let lines = articles.iter().enumerate().flat_map(|(idx, (article, marks))| {
        matches(article, marks).map(move |(spot, span)| line(idx, article, spot, span))
    });
    let mut lines: Vec<Line<'a>> = lines.take(LINES_MAX).collect();
    match order {
        Order::Hits => {}
        Order::Left => lines.sort_by_cached_key(|line| {
            let mut words = words_around(line, |word, matched| word.end <= matched.start);
            words.reverse();
            words
        }),
        Order::Right => lines.sort_by_cached_key(|line| {
            words_around(line, |word, matched| matched.end <= word.start)
        }),
        Order::Date => lines.sort_by_key(|line| {
            let date = articles[line.article].0.date;
            (date.is_none(), date.map(|date| date.moment.seconds))
        }),
    }
    lines
}

/// Returns the number of matches in an article that a concordance has lines for.
pub fn n_matches(article: &Article, marks: &[Mark]) -> usize {
    matches(article, marks).count()
}

/// Returns the matches in an article, in the order of the page.
fn matches<'a>(article: &'a Article, marks: &'a [Mark]) -> impl Iterator<Item = (Spot, Span)> + 'a {
    marks.chunk_by(|mark, next| mark.spot == next.spot).flat_map(|here| {
        let spot = here[0].spot;
        highlights(article, here, spot).into_iter().map(move |span| (spot, span))
    })
}

fn line(idx: usize, article: &Article, spot: Spot, span: Span) -> Line<'_> {
    let text = text_at(article, spot);
    let unit = Unit::Characters;
    Line {
        article: idx,
        spot,
        span,
        left: fitting_end(&text[..span.start], CONTEXT_CHARS, unit),
        matched: span.of(text),
        right: fitting_beginning(&text[span.end..], CONTEXT_CHARS, unit),
    }
}

/// Returns the folded words of a line that stand as wanted to the match, in order.
///
/// The line is read as a whole: the rest of `ferry’s`, behind the match, is no word.
fn words_around(line: &Line<'_>, is_wanted: fn(Span, Span) -> bool) -> Vec<String> {
    let text = [line.left, line.matched, line.right].concat();
    let matched = Span::new(line.left.len(), line.left.len() + line.matched.len());
    let mut words = Vec::new();
    Tokenizer::default().tokenize(&text, |token| {
        if token.n_positions == 1 && is_wanted(token.span, matched) {
            words.push(token.word.to_owned());
        }
    });
    words
}

#[cfg(test)]
mod tests {
    use super::super::tests::marked;
    use super::*;

    /// Compares the lines, with `|` around the match.
    #[track_caller]
    fn check(paragraphs: &[&str], order: Order, want: &[&str]) {
        let (article, marks) = marked(paragraphs);
        let lines = concordance([(&article, &marks[..])], order);
        let shown = |it: &Line<'_>| format!("{}|{}|{}", it.left, it.matched, it.right);
        assert_eq!(lines.iter().map(shown).collect::<Vec<_>>(), want);
        assert_eq!(n_matches(&article, &marks), want.len());
    }

    #[test]
    fn each_match_has_a_line_with_what_is_around_it() {
        check(
            &["It rained. The [ferry]’s crew left the [ferry terminal].", "No [boat]."],
            Order::Hits,
            &[
                "It rained. The |ferry|’s crew left the ferry terminal.",
                "It rained. The ferry’s crew left the |ferry terminal|.",
                "No |boat|.",
            ],
        );
        check(&["Nothing."], Order::Hits, &[]);
    }

    #[test]
    fn lines_are_sorted_by_the_nearest_words_on_either_side() {
        let paragraphs = ["Zu old [a] bee.", "An Élan old [b], ant.", "[c]’s cat.", "An old [d]"];
        check(
            &paragraphs,
            Order::Left,
            &["|c|’s cat.", "An old |d|", "An Élan old |b|, ant.", "Zu old |a| bee."],
        );
        check(
            &paragraphs,
            Order::Right,
            &["An old |d|", "An Élan old |b|, ant.", "Zu old |a| bee.", "|c|’s cat."],
        );
    }

    #[test]
    fn context_is_cut_between_words() {
        let filler = "word ".repeat(60);
        let (article, marks) = marked(&[&format!("{filler}[x] {filler}")]);
        let lines = concordance([(&article, &marks[..])], Order::Hits);
        assert_eq!(lines[0].left, "word ".repeat(40));
        assert_eq!(lines[0].right, " word".repeat(40));
    }

    #[test]
    fn of_too_many_matches_the_first_have_lines() {
        let (article, marks) = marked(&[&"[x] ".repeat(LINES_MAX - 1)]);
        let articles = [(&article, &marks[..]), (&article, &marks[..])];
        let lines = concordance(articles, Order::Date);
        assert_eq!(lines.len(), LINES_MAX);
        assert_eq!(lines[LINES_MAX - 1].article, 1);
        assert_eq!(n_matches(&article, &marks), LINES_MAX - 1);
    }
}
