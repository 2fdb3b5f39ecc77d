//! The language of an article, where nobody said.

use super::Traces;
use crate::article::Article;

/// How much text is looked at.
const SAMPLE_BYTES: usize = 1024;

/// Of fewer letters than this nothing is guessed.
const SAMPLE_BYTES_MIN: usize = 60;

/// Words that are in every English text and hardly in another.
const ENGLISH: &[&str] = &["the", "of", "and", "to", "that", "with", "was", "were", "from", "said"];

/// Of so many words one is among the ten above: in English news it is one of four or five.
const WORDS_PER_ENGLISH_MAX: usize = 9;

/// The commonest words of other languages in Latin letters. A table of figures has none of them,
/// whatever its abbreviations look like.
const COMMON: &[(&str, &[&str])] = &[
    ("af", &["die", "van", "en", "in", "is", "het", "nie", "wat", "vir", "met"]),
    ("ca", &["de", "la", "el", "que", "i", "els", "en", "per", "amb", "les", "del", "un"]),
    ("cs", &["a", "v", "na", "se", "že", "je", "z", "do", "o", "s", "ve", "to"]),
    ("da", &["og", "i", "at", "det", "er", "en", "den", "til", "på", "af", "som", "for"]),
    ("de", &["der", "die", "und", "das", "den", "von", "zu", "mit", "im", "des", "ist", "in"]),
    ("es", &["de", "la", "que", "el", "en", "y", "los", "del", "las", "un", "una", "por"]),
    ("et", &["ja", "on", "ei", "et", "oli", "see", "ta", "kui", "ning", "mis", "ka", "aga"]),
    ("fi", &["ja", "on", "ei", "että", "oli", "se", "hän", "mutta", "joka", "kun", "ovat", "myös"]),
    ("fr", &["de", "la", "le", "les", "et", "des", "en", "un", "une", "du", "dans", "que"]),
    ("hr", &["i", "u", "je", "na", "se", "da", "su", "za", "od", "s", "koji", "a"]),
    ("hu", &["a", "az", "és", "hogy", "nem", "egy", "is", "meg", "el", "volt"]),
    ("id", &["yang", "dan", "di", "dengan", "untuk", "pada", "dari", "ini", "itu", "ke"]),
    ("it", &["di", "e", "il", "la", "che", "in", "un", "del", "per", "una", "della", "i"]),
    ("lt", &["ir", "kad", "yra", "iš", "su", "į", "buvo", "bet", "ne", "tai"]),
    ("lv", &["un", "ir", "no", "ar", "par", "ka", "uz", "bija", "kas", "arī"]),
    ("nb", &["og", "i", "det", "er", "en", "til", "på", "som", "av", "for", "at", "å"]),
    ("nl", &["de", "van", "het", "een", "en", "in", "is", "dat", "op", "te", "voor", "met"]),
    ("pl", &["w", "i", "na", "z", "do", "się", "że", "nie", "to", "jest", "o", "po"]),
    ("pt", &["de", "a", "o", "que", "e", "do", "da", "em", "um", "uma", "para", "os"]),
    ("ro", &["de", "și", "în", "a", "la", "cu", "din", "pe", "că", "o", "un", "nu"]),
    ("sk", &["a", "v", "na", "sa", "že", "je", "s", "z", "do", "o", "to", "vo"]),
    ("sl", &["in", "je", "v", "na", "se", "da", "za", "so", "z", "ki", "pa", "bi"]),
    ("sv", &["och", "i", "att", "det", "som", "en", "på", "är", "av", "för", "med", "den"]),
    ("tr", &["ve", "bir", "bu", "için", "ile", "da", "de", "olarak", "daha", "çok"]),
    ("vi", &["và", "của", "là", "có", "trong", "cho", "được", "với", "một", "các"]),
];

/// Of so many words one, at the least, is among these; of a text that has sentences one of three to
/// six is.
const WORDS_PER_COMMON_MAX: usize = 16;

/// Sets the language of an article that declares none, where its text says so clearly.
///
/// English is told by its commonest words, which costs next to nothing; what is not, by whatlang,
/// whose word counts where the commonest words of the language bear it out.
pub(super) fn settle(article: &mut Article, traces: &mut Traces) {
    if !article.language.is_empty() {
        return;
    }
    let mut sample = String::with_capacity(SAMPLE_BYTES);
    for (_, paragraph) in article.body() {
        let room = SAMPLE_BYTES.saturating_sub(sample.len());
        if room == 0 {
            break;
        }
        let end = paragraph.text.floor_char_boundary(room);
        sample.push_str(&paragraph.text[..end]);
        sample.push('\n');
    }
    if sample.len() < SAMPLE_BYTES_MIN {
        return;
    }
    if let Some(tag) = of_text(&sample) {
        tag.clone_into(&mut article.language);
        traces.note("language", "the text", tag);
    }
}

fn of_text(sample: &str) -> Option<&'static str> {
    if is_english(sample) {
        return Some("en");
    }
    let found = whatlang::detect(sample)?;
    let tag = found.is_reliable().then(|| tag(found.lang())).flatten()?;
    let common = COMMON.iter().find(|(it, _)| *it == tag).map(|it| it.1);
    common.is_none_or(|common| has_common(sample, common)).then_some(tag)
}

/// Tells whether enough of the words of a text are among the commonest of a language.
fn has_common(sample: &str, common: &[&str]) -> bool {
    let (n_words, n_common) = counted(sample.split_whitespace(), |word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        common.contains(&word.as_str())
    });
    n_common * WORDS_PER_COMMON_MAX >= n_words
}

fn is_english(sample: &str) -> bool {
    let (n_words, n_english) = counted(sample.split_ascii_whitespace(), |word| {
        ENGLISH.iter().any(|it| word.eq_ignore_ascii_case(it))
    });
    n_words > 8 && n_english * WORDS_PER_ENGLISH_MAX >= n_words
}

/// Counts words, and those among them that are common.
fn counted<'a>(
    words: impl Iterator<Item = &'a str>,
    is_common: impl Fn(&str) -> bool,
) -> (usize, usize) {
    words.fold((0, 0), |(n, n_common), word| (n + 1, n_common + usize::from(is_common(word))))
}

/// Returns the BCP 47 tag of a language, which is its ISO 639-1 code where it has one.
fn tag(language: whatlang::Lang) -> Option<&'static str> {
    use whatlang::Lang;
    Some(match language {
        Lang::Afr => "af",
        Lang::Ara => "ar",
        Lang::Ben => "bn",
        Lang::Bul => "bg",
        Lang::Cat => "ca",
        Lang::Ces => "cs",
        Lang::Cmn => "zh",
        Lang::Dan => "da",
        Lang::Deu => "de",
        Lang::Ell => "el",
        Lang::Eng => "en",
        Lang::Est => "et",
        Lang::Fin => "fi",
        Lang::Fra => "fr",
        Lang::Heb => "he",
        Lang::Hin => "hi",
        Lang::Hrv => "hr",
        Lang::Hun => "hu",
        Lang::Hye => "hy",
        Lang::Ind => "id",
        Lang::Ita => "it",
        Lang::Jpn => "ja",
        Lang::Kat => "ka",
        Lang::Kor => "ko",
        Lang::Lav => "lv",
        Lang::Lit => "lt",
        Lang::Nld => "nl",
        Lang::Nob => "nb",
        Lang::Pes => "fa",
        Lang::Pol => "pl",
        Lang::Por => "pt",
        Lang::Ron => "ro",
        Lang::Rus => "ru",
        Lang::Slk => "sk",
        Lang::Slv => "sl",
        Lang::Spa => "es",
        Lang::Srp => "sr",
        Lang::Swe => "sv",
        Lang::Tam => "ta",
        Lang::Tha => "th",
        Lang::Tur => "tr",
        Lang::Ukr => "uk",
        Lang::Urd => "ur",
        Lang::Vie => "vi",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_told_by_the_text() {
        for (text, want) in [
            (
                "The bridge over the Tarrow was closed on Monday after the inspection found cracks \
              in two of its seven piers, the town said.",
                Some("en"),
            ),
            (
                "Die Brücke über den Tarrow wurde am Montag gesperrt, nachdem bei der jährlichen \
              Prüfung Risse in zwei der sieben Pfeiler gefunden worden waren.",
                Some("de"),
            ),
            (
                "Le pont sur le Tarrow a été fermé lundi après la découverte de fissures dans deux \
              de ses sept piles, a annoncé la mairie.",
                Some("fr"),
            ),
            (
                "Мост через Тарроу закрыли в понедельник после того, как проверка обнаружила трещины \
              в двух из семи опор, сообщили в мэрии.",
                Some("ru"),
            ),
            (
                "Silta suljettiin maanantaina, kun tarkastuksessa oli löytynyt halkeamia kahdesta \
              pilarista, kertoi kaupunki. Se on suljettu ainakin kesään saakka.",
                Some("fi"),
            ),
            (
                "Most nad rzeką zamknięto w poniedziałek, gdy w czasie kontroli na dwóch filarach \
              znaleziono pęknięcia, jak podało miasto.",
                Some("pl"),
            ),
            ("212 214 15 18 0 0 1 4 7 / 12 19 33", None),
            (
                "Shr 41 cts vs 36 cts. Net 2,104,377 vs 1,850,022. Revs 30.1 mln vs 27.8 mln. Nine \
              mths. Shr 1.20 dlrs vs 1.02 dlrs. Net 6,000,912 vs 5,204,118",
                None,
            ),
        ] {
            assert_eq!(of_text(text), want, "{text}");
        }
    }
}
