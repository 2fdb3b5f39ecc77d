//! The stems of words of any language.

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::fold::{fold, is_ignorable};
use super::stem::Stemmer;
use super::tokens::WORD_BYTES_MAX;
use super::tongue::Tongue;

/// What stands between a stem of another language than English and the code of that language.
const TONGUE_MARK: char = '\u{1}';

/// Takes words to the terms that they are found by: stems, each marked with its language.
///
/// The term of an English word is its stem; of a language without a stemmer, its folded form. The
/// others are marked (`haus␁de`), so that the German *Kinder* is not found by what is *kind* in
/// English.
///
/// Snowball wants letters as they are printed, ä and é, but a query may be typed without them. So a
/// word is found by two stems where they differ: that of the printed letters, folded afterwards,
/// and that of the folded letters. A word is always found by its folded form, then, and by the other
/// forms of the word as well as Snowball knows them by the letters that were typed.
#[derive(Default)]
pub struct Stems {
    english: Stemmer,
    others: Vec<Memory>,
}

/// The terms that were made of words of one language, each term closed by a line feed.
type Memory = FxHashMap<Box<str>, Box<str>>;

/// How many words of a language are remembered; about 10 MB.
const WORDS_MAX: usize = 50_000;

impl Stems {
    /// Returns the one term of a word in a language whose terms have no marks.
    pub fn unmarked<'a>(&'a mut self, tongue: Tongue, word: &'a str) -> &'a str {
        if tongue == Tongue::ENGLISH { self.english.stem(word) } else { word }
    }

    /// Calls `visit` with the terms of a word, one or two: folded, and as it is printed.
    pub fn each(&mut self, tongue: Tongue, word: &str, printed: &str, visit: &mut dyn FnMut(&str)) {
        let Some((place, algorithm)) = tongue.algorithm() else {
            return visit(self.unmarked(tongue, word));
        };
        if self.others.len() <= place {
            self.others.resize_with(place + 1, Memory::default);
        }
        let memory = &mut self.others[place];
        let key = if is_letters(printed) { printed } else { word };
        if !memory.contains_key(key) {
            if memory.len() >= WORDS_MAX {
                memory.clear();
            }
            let stemmer = frostem::Stemmer::new(algorithm);
            memory.insert(key.into(), terms(stemmer, tongue, word, key).into());
        }
        if let Some(terms) = memory.get(key) {
            terms.lines().for_each(visit);
        }
    }

    /// Returns the terms of a word in several languages, each once.
    pub fn all(&mut self, tongues: &[Tongue], word: &str, printed: &str) -> Vec<String> {
        let mut terms = Vec::with_capacity(tongues.len());
        for tongue in tongues {
            self.each(*tongue, word, printed, &mut |term| {
                if !terms.iter().any(|it| it == term) {
                    terms.push(term.to_owned());
                }
            });
        }
        terms
    }
}

/// Parts a term of [`Stems`]: the stem, and the code of its language where it has one.
pub fn parted(term: &str) -> (&str, Option<&str>) {
    match term.rsplit_once(TONGUE_MARK) {
        Some((stem, code)) => (stem, Some(code)),
        None => (term, None),
    }
}

fn terms(stemmer: frostem::Stemmer, tongue: Tongue, word: &str, key: &str) -> String {
    let of_folded = stem_or_word(stemmer, word);
    let lower = lowered(key, tongue);
    let of_printed = fold(&stem_or_word(stemmer, &lower));
    let code = tongue.code();
    let mut terms = format!("{of_folded}{TONGUE_MARK}{code}\n");
    if of_printed != of_folded && !of_printed.is_empty() {
        terms.insert_str(0, &format!("{of_printed}{TONGUE_MARK}{code}\n"));
    }
    terms
}

/// Returns the stem, folded; the word where nothing is left of it, or where it has a figure.
fn stem_or_word(stemmer: frostem::Stemmer, word: &str) -> String {
    if word.chars().any(char::is_numeric) {
        return word.to_owned();
    }
    let stem = fold(&stemmer.stem(word));
    if stem.is_empty() { word.to_owned() } else { stem }
}

/// Returns a printed word in small letters, composed, as Snowball wants it.
fn lowered(printed: &str, tongue: Tongue) -> String {
    let letters = printed.chars().filter(|c| !is_ignorable(*c)).nfc();
    if tongue.is_turkish() {
        let dotted = |c| match c {
            'I' => 'ı',
            'İ' => 'i',
            c => c,
        };
        return letters.map(dotted).collect::<String>().to_lowercase();
    }
    letters.collect::<String>().to_lowercase()
}

/// Tells whether a printed word is one word without stops, apostrophes and hyphens in it: of
/// others the folded form is all that counts.
fn is_letters(printed: &str) -> bool {
    let is_letter = |c: char| c.is_alphabetic() || is_combining_mark(c) || is_ignorable(c);
    printed.len() <= WORD_BYTES_MAX && printed.chars().all(is_letter)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn terms(code: &str, printed: &str) -> Vec<String> {
        let tongue = Tongue::by_code(code).unwrap();
        Stems::default().all(&[tongue], &fold(printed), printed)
    }

    /// Checks that words share a term.
    fn check(code: &str, forms: &[&str]) {
        let first = terms(code, forms[0]);
        for form in forms {
            let other = terms(code, form);
            assert!(other.iter().any(|it| first.contains(it)), "{code}: {first:?} and {other:?}");
        }
    }

    #[test]
    fn forms_of_a_word_share_a_term() {
        check("de", &["Häuser", "Haus", "Hauses", "HÄUSERN", "hauser"]);
        check("de", &["Müller", "muller", "Mueller"]);
        check("de", &["Straße", "Straßen", "strasse", "STRASSE"]);
        check("fr", &["élections", "élection", "elections", "ÉLECTIONS"]);
        check("fi", &["satama", "sataman", "satamassa"]);
        check("fi", &["päätös", "paatos", "PÄÄTÖS"]);
        check("ru", &["мост", "моста", "мосту", "МОСТЫ"]);
        check("ru", &["ещё", "еще"]);
        check("ar", &["مدينة", "المدينة"]);
        check("ar", &["أعلن", "اعلن", "أَعْلَنَ"]);
        check("tr", &["kapı", "kapılar", "KAPILAR", "kapi"]);
        check("el", &["δρόμος", "ΔΡΟΜΟΣ", "δρομοσ"]);
        check("es", &["elección", "elecciones", "eleccion"]);
        check("en", &["ferries", "ferry"]);
    }

    #[test]
    fn terms_tell_their_language_but_in_english() {
        assert_eq!(terms("de", "Häuser"), ["haus\u{1}de"]);
        assert_eq!(terms("fr", "annoncées"), ["annonc\u{1}fr", "annonce\u{1}fr"]);
        assert_eq!(terms("en", "Houses"), ["hous"]);
        assert_eq!(terms("-", "Houses"), ["houses"]);
        assert_eq!(terms("de", "G20"), ["g20\u{1}de"]);
    }

    proptest! {
        /// Snowball is generated code that cuts strings by their bytes.
        #[test]
        fn no_word_is_too_strange(
            word in "[a-zà-ÿĀ-ž]{1,14}|[ء-ي]{1,12}|[ऀ-ॿ]{1,9}|[஀-௿]{1,9}|[Ͱ-Ͽ]{1,12}|[Ѐ-ӿ]{1,14}\
                |[א-ת]{1,9}|[\u{530}-\u{58F}]{1,9}|\\PC{1,9}",
        ) {
            let mut stems = Stems::default();
            for tongue in Tongue::all() {
                let terms = stems.all(&[tongue], &fold(&word), &word);
                prop_assert!(!terms.is_empty() && terms.len() <= 2);
            }
        }
    }
}
