//! Where sentences begin.

use std::borrow::Cow;

use super::Span;
use super::ascii::position_of_rare;

/// Returns the byte offsets at which the sentences of a paragraph begin, in order.
///
/// A sentence ends at `.`, `!`, `?` or `…`, with the quotes and brackets that close after it,
/// when white space follows and then no small letter. A full stop after an abbreviation
/// (`Gen.`, `Nov.`, `U.S.`) or an initial (`J. Smith`) ends nothing, unless the next word is one
/// that mostly opens sentences. Full-width stops end a sentence without any space.
///
/// The rules are ours because Unicode's (Standard Annex 29) break after every `Mr.`; they agree
/// with it on the characters.
pub fn sentence_starts(text: &str) -> Vec<usize> {
    let mut starts = Vec::with_capacity(text.len() / SENTENCE_BYTES + 2);
    let first = text.len() - text.trim_start().len();
    if first < text.len() {
        starts.push(first);
    }
    let bytes = text.as_bytes();
    let mut at = first;
    while let Some(n) = position_of_rare(&bytes[at..], may_end) {
        at += n;
        match bytes[at] {
            b'.' | b'!' | b'?' => match next_start(text, at, at + 1) {
                Some(start) => {
                    starts.push(start);
                    at = start;
                }
                None => at += 1,
            },
            _ => {
                let c = text[at..].chars().next().unwrap_or(' ');
                let after = at + c.len_utf8();
                let start = match c {
                    '…' | '؟' | '۔' | '।' => next_start(text, at, after),
                    '。' | '！' | '？' => (after < text.len()).then_some(after),
                    _ => None,
                };
                starts.extend(start);
                at = start.unwrap_or(after);
            }
        }
    }
    starts
}

/// Most sentences are longer.
const SENTENCE_BYTES: usize = 64;

/// Tells whether a sign may begin with a byte that ends a sentence.
fn may_end(byte: u8) -> bool {
    (byte == b'.') | (byte == b'!') | (byte == b'?') | (byte >= 0xC0)
}

/// Returns the sentences of a paragraph, without the white space between them.
pub fn sentences(text: &str) -> Vec<Span> {
    let starts = sentence_starts(text);
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let spans = starts.iter().zip(ends);
    spans.map(|(&start, end)| Span::new(start, start + text[start..end].trim_end().len())).collect()
}

/// Returns where the next sentence starts if one ends with the stop at `stop..after`.
fn next_start(text: &str, stop: usize, after: usize) -> Option<usize> {
    let rest = text[after..].trim_start_matches(is_closing);
    let next = rest.trim_start();
    if next.is_empty() || next.len() == rest.len() {
        return None;
    }
    let word = next.trim_start_matches(is_opening);
    if word.starts_with(char::is_lowercase) {
        return None;
    }
    if text.as_bytes()[stop] == b'.' && text[after..].len() == rest.len() {
        match last_word(&text[..stop]) {
            Before::Title => return None,
            Before::Abbreviation if !opens_sentences(word) => return None,
            _ => {}
        }
    }
    Some(text.len() - next.len())
}

/// What stands before a full stop.
enum Before {
    /// A word that ends its sentence.
    Word,
    /// A title or an initial: a name follows, never a new sentence.
    Title,
    /// A short form that may end a sentence too.
    Abbreviation,
}

fn last_word(before: &str) -> Before {
    let start = before.rfind(|c: char| c.is_whitespace() || is_opening(c));
    let word =
        start.map_or(before, |at| before[at..].trim_start_matches(|c: char| !c.is_alphanumeric()));
    let mut chars = word.chars();
    if let (Some(first), None) = (chars.next(), chars.next()) {
        return if first.is_uppercase() { Before::Title } else { Before::Word };
    }
    if word.len() > 6 {
        return Before::Word;
    }
    // `U.S`, `p.m`, `D.C`: single letters with stops between them.
    if word.contains('.') && word.split('.').all(|part| part.chars().count() == 1) {
        return Before::Abbreviation;
    }
    let lower = match word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        true => Cow::Borrowed(word),
        false => Cow::Owned(word.to_lowercase()),
    };
    if is_among(TITLES, &lower) {
        Before::Title
    } else if is_among(ABBREVIATIONS, &lower) {
        Before::Abbreviation
    } else {
        Before::Word
    }
}

/// Tells whether a word is in a list that is in order.
fn is_among(list: &[&str], word: &str) -> bool {
    list.binary_search(&word).is_ok()
}

fn opens_sentences(rest: &str) -> bool {
    let word = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    is_among(OPENERS, &word.to_lowercase())
}

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | '›' | ')' | ']')
}

fn is_opening(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '‘' | '«' | '‹' | '„' | '(' | '[' | '¿' | '¡')
}

const TITLES: &[&str] = &[
    "adm", "capt", "cmdr", "col", "dr", "fig", "ft", "gen", "gov", "hon", "insp", "lt", "maj",
    "messrs", "mlle", "mme", "mr", "mrs", "ms", "mt", "no", "nos", "pres", "prof", "rep", "rev",
    "sen", "sgt", "st", "ste", "supt", "vs",
];

const ABBREVIATIONS: &[&str] = &[
    "approx", "apr", "aug", "ave", "blvd", "bros", "calif", "co", "conn", "corp", "cos", "dec",
    "dept", "est", "etc", "feb", "fla", "fri", "ill", "inc", "jan", "jr", "jul", "jun", "ltd",
    "mar", "mass", "mich", "minn", "mon", "nov", "oct", "pct", "penn", "plc", "rd", "sat", "sep",
    "sept", "sr", "sun", "tenn", "tex", "thu", "thur", "thurs", "tue", "tues", "va", "wash", "wed",
];

const OPENERS: &[&str] = &[
    "a",
    "after",
    "all",
    "an",
    "and",
    "as",
    "at",
    "before",
    "both",
    "but",
    "for",
    "he",
    "her",
    "his",
    "how",
    "however",
    "i",
    "if",
    "in",
    "it",
    "its",
    "many",
    "meanwhile",
    "most",
    "no",
    "on",
    "one",
    "our",
    "she",
    "since",
    "so",
    "some",
    "that",
    "the",
    "their",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "two",
    "under",
    "we",
    "what",
    "when",
    "while",
    "who",
    "why",
    "with",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(marked: &str) {
        let text = marked.replace('|', "");
        let found: Vec<&str> = sentences(&text).iter().map(|span| span.of(&text)).collect();
        let want: Vec<&str> = marked.split('|').map(str::trim).collect();
        assert_eq!(found, want);
    }

    #[test]
    fn the_lists_are_in_order() {
        for list in [TITLES, ABBREVIATIONS, OPENERS] {
            assert!(list.is_sorted());
        }
    }

    #[test]
    fn stops_end_sentences() {
        check("The mill closed. |It opened again! |Did it? |Yes.");
    }

    #[test]
    fn closing_quotes_belong_to_the_sentence_before() {
        check("“We are tired.” |The mayor said so. |(She meant it.) |‘Fine.’");
    }

    #[test]
    fn titles_initials_and_short_forms_end_nothing() {
        check("Mr. Hale met Gen. J. P. Ruiz on Nov. 3 at No. 10. |They talked.");
        check("The U.S. Senate met. |He left the U.S. |The vote failed.");
        check("At 5 p.m. Monday it rained. |Alder Inc. |The firm sells nets.");
    }

    #[test]
    fn small_letters_continue_a_sentence() {
        check("Yahoo! said so. |“Why?” asked Mr. Hale.");
    }

    #[test]
    fn other_scripts_have_stops_of_their_own() {
        check("市長は言った。|彼は去った。");
        check("هل عاد؟ |نعم عاد.");
    }

    #[test]
    fn white_space_alone_holds_no_sentence() {
        assert!(sentence_starts(" \t ").is_empty());
        assert_eq!(sentence_starts("  One."), [2]);
    }
}
