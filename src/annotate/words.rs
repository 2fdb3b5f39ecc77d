//! The words of an article as the tagger wants them: as annotated corpora cut them.
//!
//! That is another cut than the one that is indexed ([`crate::text::Tokenizer`]): signs are words,
//! nothing is folded, and possessives and contractions are parted as the Penn Treebank parts them.

use crate::text::{Span, ascii_word_end, sentence_starts};

/// Abbreviations that keep their full stop.
const ABBREVIATIONS: &[&str] = &[
    "adm", "apr", "aug", "ave", "brig", "bros", "calif", "capt", "cmdr", "co", "col", "conn",
    "corp", "cpl", "dec", "dr", "feb", "fla", "ft", "gen", "gov", "hon", "inc", "jan", "jr", "jul",
    "jun", "lt", "ltd", "maj", "mass", "messrs", "mich", "minn", "mr", "mrs", "ms", "mt", "no",
    "nov", "oct", "penn", "prof", "rep", "rev", "sen", "sept", "sep", "sgt", "sr", "st", "supt",
    "tenn", "va", "vs",
];

/// Contractions that are words of their own, behind their apostrophe.
const CONTRACTIONS: &[&str] = &["s", "re", "ve", "ll", "d", "m"];

/// Adds the words of a text to `words`, and to `ends` where each sentence ends among them.
///
/// - Letters and figures make a word, with `.` and `,` inside figures, apostrophes inside names
///   (`O'Brien`), and the full stops of abbreviations and initials (`U.S.`, `Mr.`, `J.`);
/// - `'s` and `n't` are words; so is each hyphen and each other sign, three full stops are one;
/// - an address (`https://…`, `ann@courier.example`) is a word.
pub(super) fn cut(text: &str, words: &mut Vec<Span>, ends: &mut Vec<usize>) {
    let mut starts = sentence_starts(text).into_iter().skip(1).peekable();
    let mut at = 0;
    while at < text.len() {
        if starts.next_if(|start| *start <= at).is_some() {
            close(words, ends);
        }
        if text.as_bytes()[at] == b' ' {
            at += 1;
            continue;
        }
        if let Some(end) = plain_word_end(text.as_bytes(), at) {
            words.push(Span::new(at, end));
            at = end;
            continue;
        }
        let rest = &text[at..];
        let first = rest.chars().next().unwrap_or(' ');
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let n_bytes = if first.is_alphanumeric() { word_bytes(text, at) } else { sign_bytes(rest) };
        push(text, Span::new(at, at + n_bytes), words);
        at += n_bytes;
    }
    close(words, ends);
}

/// Returns where the word ends that begins at a byte, if it is a plain one: letters and figures of
/// ASCII, and behind them nothing that could belong to it. Nearly all words are, and there is nothing
/// else to ask of them.
#[inline]
fn plain_word_end(bytes: &[u8], start: usize) -> Option<usize> {
    let end = ascii_word_end(bytes, start);
    let is_plain = match bytes[end..] {
        [] => true,
        [b',', next, ..] => !next.is_ascii_digit(),
        [b'.' | b',' | b':' | b'\'' | b'@' | b'_' | b'-', ..] => false,
        [next, ..] => next.is_ascii(),
    };
    (is_plain && end > start).then_some(end)
}

fn close(words: &[Span], ends: &mut Vec<usize>) {
    if ends.last().copied().unwrap_or(0) < words.len() {
        ends.push(words.len());
    }
}

/// Adds a word, with its contraction apart.
fn push(text: &str, span: Span, words: &mut Vec<Span>) {
    let word = span.of(text);
    let apart = match word.as_bytes() {
        // Most words are plain: nothing is looked for in them.
        bytes if bytes.iter().all(u8::is_ascii_alphanumeric) => None,
        _ => contraction_bytes(word),
    };
    match apart.filter(|n| *n < word.len()) {
        Some(n_bytes) => {
            words.push(Span::new(span.start, span.end - n_bytes));
            words.push(Span::new(span.end - n_bytes, span.end));
        }
        None => words.push(span),
    }
}

/// Returns the length of the contraction that a word ends in: `'s`, `’ll`, `n't`.
fn contraction_bytes(word: &str) -> Option<usize> {
    let (before, behind) = word.rsplit_once(is_apostrophe)?;
    let n_bytes = word.len() - before.len();
    let is = |wanted: &str| behind.eq_ignore_ascii_case(wanted);
    if is("t") && before.ends_with(['n', 'N']) {
        return Some(n_bytes + 1);
    }
    CONTRACTIONS.iter().any(|it| is(it)).then_some(n_bytes)
}

/// Returns the length of the word that begins at `start` with a letter or a figure.
fn word_bytes(text: &str, start: usize) -> usize {
    let rest = &text[start..];
    if let Some(n_bytes) = address_bytes(rest) {
        return n_bytes;
    }
    let mut end = run_bytes(rest);
    loop {
        let mut behind = rest[end..].chars();
        let (Some(sign), Some(next)) = (behind.next(), behind.next()) else { break };
        let last = rest[..end].chars().next_back().unwrap_or(' ');
        let is_joint = match sign {
            '.' => joins_with_stop(&rest[..end], last, next),
            ',' | ':' => last.is_ascii_digit() && next.is_ascii_digit(),
            '\'' | '’' => next.is_alphabetic() && last.is_alphanumeric(),
            _ => false,
        };
        if !is_joint {
            break;
        }
        end += sign.len_utf8();
        end += run_bytes(&rest[end..]);
    }
    if rest[end..].starts_with('.') && keeps_stop(&rest[..end]) {
        end += 1;
    }
    end
}

/// Tells whether a full stop between two characters is inside a word: `2.5`, `U.S.`, `bbc.co`.
fn joins_with_stop(before: &str, last: char, next: char) -> bool {
    if last.is_ascii_digit() && next.is_ascii_digit() {
        return true;
    }
    let is_initial = before.rsplit('.').next().is_some_and(|it| it.chars().count() == 1);
    is_initial && next.is_alphabetic() || next.is_lowercase() && last.is_alphanumeric()
}

/// Tells whether a word is short for another: initials and [`ABBREVIATIONS`].
fn keeps_stop(word: &str) -> bool {
    let is_letter = |part: &str| {
        let mut chars = part.chars();
        chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
    };
    if word.len() > 6 && !word.contains('.') {
        return false;
    }
    if word.split('.').all(is_letter) {
        return word.contains('.') || word.starts_with(char::is_uppercase) && word != "I";
    }
    word.starts_with(char::is_uppercase)
        && ABBREVIATIONS.iter().any(|it| it.eq_ignore_ascii_case(word))
}

/// Returns the length of an address of the web or of mail that the text begins with.
fn address_bytes(rest: &str) -> Option<usize> {
    let n_name = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let (name, behind) = rest.split_at(n_name);
    let is_address = match behind.as_bytes().first()? {
        b':' => behind.starts_with("://"),
        b'.' if name == "www" => true,
        b'@' | b'.' | b'_' | b'-' => is_mail(rest),
        _ => false,
    };
    if !is_address {
        return None;
    }
    let is_end = |c: char| c.is_whitespace() || matches!(c, '"' | '”' | ')' | '>' | ',');
    let n_bytes = rest.find(is_end).unwrap_or(rest.len());
    Some(rest[..n_bytes].trim_end_matches(['.', ';', ':', '!', '?', '\'', '’']).len())
}

/// Tells whether a text begins with an address of mail; its name has at most 64 bytes (RFC 5321).
fn is_mail(rest: &str) -> bool {
    let is_of_name = |it: &u8| it.is_ascii_alphanumeric() || matches!(it, b'.' | b'_' | b'-');
    let n_name = rest.bytes().take(64).take_while(is_of_name).count();
    let behind = &rest.as_bytes()[n_name..];
    behind.first() == Some(&b'@') && behind.get(1).is_some_and(u8::is_ascii_alphanumeric)
}

/// Returns the length of the letters, figures and their marks that a text begins with.
fn run_bytes(rest: &str) -> usize {
    let n_ascii = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    if rest.as_bytes().get(n_ascii).is_none_or(u8::is_ascii) {
        return n_ascii;
    }
    let end = rest[n_ascii..].find(|c: char| !is_word_char(c));
    end.map_or(rest.len(), |n| n_ascii + n)
}

fn is_word_char(c: char) -> bool {
    // Marks belong to the letter before them; so do joiners inside words.
    c.is_alphanumeric()
        || matches!(c, '\u{300}'..='\u{36F}' | '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}')
}

/// Returns the length of the sign that a text begins with.
fn sign_bytes(rest: &str) -> usize {
    if rest.starts_with("...") {
        return 3;
    }
    if rest.starts_with("--") {
        return 2;
    }
    let first = rest.chars().next().map_or(1, char::len_utf8);
    let is_behind_apostrophe = rest.starts_with(is_apostrophe);
    if is_behind_apostrophe {
        let n_letters = run_bytes(&rest[first..]);
        let letters = &rest[first..first + n_letters];
        if letters.eq_ignore_ascii_case("s") {
            return first + n_letters;
        }
    }
    first
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cut_up(text: &str) -> (Vec<Span>, Vec<usize>) {
        let (mut words, mut ends) = (Vec::new(), Vec::new());
        cut(text, &mut words, &mut ends);
        (words, ends)
    }

    #[track_caller]
    fn check(text: &str, want: &str) {
        let (words, ends) = cut_up(text);
        let mut start = 0;
        let sentences = ends.iter().map(|&end| {
            let sentence: Vec<&str> = words[start..end].iter().map(|it| it.of(text)).collect();
            start = end;
            sentence.join(" ")
        });
        assert_eq!(sentences.collect::<Vec<_>>().join(" | "), want);
    }

    #[test]
    fn possessives_and_contractions_are_words() {
        check("Hale's boat", "Hale 's boat");
        check("Hale’s", "Hale ’s");
        check("the Hales' boat", "the Hales ' boat");
        check("She didn't say we'll go", "She did n't say we 'll go");
        check("O'Brien and d’Estaing", "O'Brien and d’Estaing");
        check("the U.S.'s", "the U.S. 's");
    }

    #[test]
    fn hyphens_and_signs_stand_alone() {
        check("the Hale-Ruiz summit", "the Hale - Ruiz summit");
        check("“Yes,” (he said)...", "“ Yes , ” ( he said ) ...");
        check("$90 billion, 4.2% of 1,500", "$ 90 billion , 4.2 % of 1,500");
    }

    #[test]
    fn full_stops_stay_with_abbreviations_and_leave_sentences() {
        check("Mr. Hale left the U.S. on Monday.", "Mr. Hale left the U.S. on Monday .");
        check("J. P. Ruiz spoke. Nobody came.", "J. P. Ruiz spoke . | Nobody came .");
        check("It ended.The mill closed", "It ended . The mill closed");
        check("They left at 5 p.m.", "They left at 5 p.m.");
    }

    #[test]
    fn an_address_is_a_word() {
        check(
            "see https://courier.example/a-b?c=1, or",
            "see https://courier.example/a-b?c=1 , or",
        );
        check("ann.hale@courier.example.", "ann.hale@courier.example .");
    }

    #[test]
    fn letters_of_any_script_make_words() {
        check("Wałęsa à Łódź", "Wałęsa à Łódź");
        check("", "");
        check(" \u{a0} ", "");
    }

    proptest! {
        #[test]
        fn plain_words_are_told_as_others_are(text in "[a-z0-9.,:'@_ -]{1,12}[-a-z.,:;'’@_/ \\\\(\"é1]{0,12}") {
            if let Some(end) = plain_word_end(text.as_bytes(), 0) {
                prop_assert_eq!(word_bytes(&text, 0), end);
                prop_assert_eq!(contraction_bytes(&text[..end]), None);
            }
        }

        #[test]
        fn words_lie_in_order_and_leave_out_only_white_space(text in "[ -~éß’“”…市\n\u{301}]{0,60}") {
            let (words, ends) = cut_up(&text);
            let mut at = 0;
            for span in &words {
                prop_assert!(text[at..span.start].trim().is_empty());
                prop_assert!(!span.of(&text).is_empty());
                at = span.end;
            }
            prop_assert!(text[at..].trim().is_empty());
            prop_assert!(ends.is_sorted());
            prop_assert_eq!(ends.last().copied().unwrap_or(0), words.len());
        }
    }
}
