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

/// Sets the language of an article that declares none, where its text says so clearly.
///
/// English is told by its commonest words, which costs next to nothing; what is not, by whatlang.
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
    found.is_reliable().then(|| tag(found.lang())).flatten()
}

fn is_english(sample: &str) -> bool {
    let mut n_words = 0;
    let mut n_english = 0;
    for word in sample.split_ascii_whitespace() {
        n_words += 1;
        n_english += usize::from(ENGLISH.iter().any(|it| word.eq_ignore_ascii_case(it)));
    }
    n_words > 8 && n_english * WORDS_PER_ENGLISH_MAX >= n_words
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
            ("212 214 15 18 0 0 1 4 7 / 12 19 33", None),
        ] {
            assert_eq!(of_text(text), want, "{text}");
        }
    }
}
