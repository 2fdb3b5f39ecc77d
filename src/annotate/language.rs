//! Whether a text is English: the tagger knows no other language.

use crate::article::Article;
use crate::text::Tongue;

/// How many words are looked at.
const SAMPLE_WORDS: usize = 200;

/// Of fewer words than this nothing is asked but their letters: a headline may have no small word.
const SAMPLE_WORDS_MIN: usize = 20;

/// Small words that are in every English text, and together hardly in another.
const ENGLISH: &[&str] = &[
    "a", "after", "and", "as", "at", "be", "by", "for", "from", "had", "has", "he", "her", "his",
    "in", "is", "it", "of", "on", "said", "she", "that", "the", "they", "this", "to", "was",
    "were", "which", "who", "will", "with",
];

/// Of so many words one must be of [`ENGLISH`]; in English news it is one of three.
const WORDS_PER_ENGLISH_MAX: usize = 10;

/// Tells whether names are looked for in an article.
///
/// An article whose language is known is read if that is English. Of one whose language nobody knows
/// half of the letters must be Latin, and of twenty words or more one in ten a small word of English.
pub(super) fn is_readable(article: &Article) -> bool {
    if !article.language.is_empty() {
        return Tongue::of(&article.language) == Tongue::ENGLISH;
    }
    let body = article.body().map(|(_, paragraph)| paragraph.text.as_str());
    let texts = std::iter::once(article.headline.as_str()).chain(body);
    let mut words = texts.flat_map(str::split_whitespace).take(SAMPLE_WORDS);
    let (mut n_words, mut n_english, mut n_latin) = (0, 0, 0);
    for word in words.by_ref().filter(|it| it.contains(char::is_alphabetic)) {
        n_words += 1;
        n_latin += usize::from(is_latin(word));
        let letters = word.trim_matches(|c: char| !c.is_alphabetic());
        n_english += usize::from(ENGLISH.iter().any(|it| letters.eq_ignore_ascii_case(it)));
    }
    n_latin * 2 >= n_words
        && (n_words < SAMPLE_WORDS_MIN || n_english * WORDS_PER_ENGLISH_MAX >= n_words)
}

/// Tells whether a text may hold English: half of its letters at least are Latin.
pub(super) fn is_in_latin_letters(text: &str) -> bool {
    if text.is_ascii() {
        return true;
    }
    let (mut n_letters, mut n_latin) = (0, 0);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        n_letters += 1;
        n_latin += usize::from(is_latin_letter(c));
    }
    n_latin * 2 >= n_letters
}

fn is_latin(word: &str) -> bool {
    word.chars().filter(|c| c.is_alphabetic()).all(is_latin_letter)
}

/// Tells whether a letter is of the blocks from Basic Latin to Latin Extended-B, or of Latin Extended
/// Additional.
fn is_latin_letter(c: char) -> bool {
    matches!(c, '\0'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Paragraph, ParagraphKind};

    fn article(text: &str, language: &str) -> Article {
        let paragraph = Paragraph { text: text.to_owned(), kind: ParagraphKind::Body };
        Article { paragraphs: vec![paragraph], language: language.to_owned(), ..Article::default() }
    }

    const ENGLISH: &str = "The harbour of Alder Bay was closed on Monday, and the mayor of the town \
                           said that it would stay so for a year at least.";
    const GERMAN: &str = "Der Hafen von Alder Bay wurde am Montag geschlossen, und die \
                          Bürgermeisterin der Stadt sagte, dass er mindestens ein Jahr lang zu bleibe.";

    #[test]
    fn what_is_known_to_be_english_is_read() {
        assert!(is_readable(&article(GERMAN, "en-GB")));
        assert!(!is_readable(&article(ENGLISH, "de")));
    }

    #[test]
    fn where_nobody_knows_small_words_and_letters_tell() {
        assert!(is_readable(&article(ENGLISH, "")));
        assert!(is_readable(&article(&ENGLISH.to_uppercase(), "")));
        assert!(!is_readable(&article(GERMAN, "")));
        assert!(!is_readable(&article("Мэр города закрыла порт", "")));
        assert!(is_readable(&article("Mayor Hale closes harbour", "")));
    }

    #[test]
    fn a_paragraph_in_other_letters_is_told_apart() {
        assert!(is_in_latin_letters("Wałęsa spoke in Łódź on Monday."));
        assert!(!is_in_latin_letters("市長 Hale は言った。彼は去った。"));
    }
}
