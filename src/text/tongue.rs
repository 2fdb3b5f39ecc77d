//! The languages that words are stemmed in.

use frostem::Algorithm;

/// The language of a text, as far as it decides what the stems of its words are.
///
/// | language of the article | stems |
/// |---|---|
/// | not known | as in English |
/// | English | Snowball's English |
/// | one of [`Tongue::all`] | Snowball's for it |
/// | any other | none: each word is found by its own folded form |
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tongue(u8);

/// Code, English name and algorithm of each language but English. The places are no part of an
/// index; the codes are.
const SNOWBALL: &[(&str, &str, Algorithm)] = &[
    ("ar", "Arabic", Algorithm::Arabic),
    ("ca", "Catalan", Algorithm::Catalan),
    ("cs", "Czech", Algorithm::Czech),
    ("da", "Danish", Algorithm::Danish),
    ("de", "German", Algorithm::German),
    ("el", "Greek", Algorithm::Greek),
    ("eo", "Esperanto", Algorithm::Esperanto),
    ("es", "Spanish", Algorithm::Spanish),
    ("et", "Estonian", Algorithm::Estonian),
    ("eu", "Basque", Algorithm::Basque),
    ("fa", "Persian", Algorithm::Persian),
    ("fi", "Finnish", Algorithm::Finnish),
    ("fr", "French", Algorithm::French),
    ("ga", "Irish", Algorithm::Irish),
    ("hi", "Hindi", Algorithm::Hindi),
    ("hu", "Hungarian", Algorithm::Hungarian),
    ("hy", "Armenian", Algorithm::Armenian),
    ("id", "Indonesian", Algorithm::Indonesian),
    ("it", "Italian", Algorithm::Italian),
    ("lt", "Lithuanian", Algorithm::Lithuanian),
    ("ne", "Nepali", Algorithm::Nepali),
    ("nl", "Dutch", Algorithm::Dutch),
    ("no", "Norwegian", Algorithm::Norwegian),
    ("pl", "Polish", Algorithm::Polish),
    ("pt", "Portuguese", Algorithm::Portuguese),
    ("ro", "Romanian", Algorithm::Romanian),
    ("ru", "Russian", Algorithm::Russian),
    ("sr", "Serbian", Algorithm::Serbian),
    ("st", "Sesotho", Algorithm::Sesotho),
    ("sv", "Swedish", Algorithm::Swedish),
    ("ta", "Tamil", Algorithm::Tamil),
    ("tr", "Turkish", Algorithm::Turkish),
    ("uk", "Ukrainian", Algorithm::Ukrainian),
    ("yi", "Yiddish", Algorithm::Yiddish),
];

/// Other codes of these languages: ISO 639-2, and what became of one since.
const ALIASES: &[(&str, &str)] = &[
    ("eng", "en"),
    ("ara", "ar"),
    ("cat", "ca"),
    ("ces", "cs"),
    ("cze", "cs"),
    ("dan", "da"),
    ("deu", "de"),
    ("ger", "de"),
    ("ell", "el"),
    ("gre", "el"),
    ("epo", "eo"),
    ("spa", "es"),
    ("est", "et"),
    ("eus", "eu"),
    ("baq", "eu"),
    ("fas", "fa"),
    ("per", "fa"),
    ("pes", "fa"),
    ("fin", "fi"),
    ("fra", "fr"),
    ("fre", "fr"),
    ("gle", "ga"),
    ("hin", "hi"),
    ("hun", "hu"),
    ("hye", "hy"),
    ("arm", "hy"),
    ("ind", "id"),
    ("in", "id"),
    ("ita", "it"),
    ("lit", "lt"),
    ("nep", "ne"),
    ("nld", "nl"),
    ("dut", "nl"),
    ("nor", "no"),
    ("nb", "no"),
    ("nob", "no"),
    ("nn", "no"),
    ("nno", "no"),
    ("pol", "pl"),
    ("por", "pt"),
    ("ron", "ro"),
    ("rum", "ro"),
    ("mo", "ro"),
    ("rus", "ru"),
    ("srp", "sr"),
    ("sot", "st"),
    ("swe", "sv"),
    ("tam", "ta"),
    ("tur", "tr"),
    ("ukr", "uk"),
    ("yid", "yi"),
    ("ji", "yi"),
];

const ENGLISH: u8 = u8::MAX;
const UNSTEMMED: u8 = u8::MAX - 1;

impl Tongue {
    /// English, and what is not known.
    pub const ENGLISH: Self = Self(ENGLISH);

    /// All languages that nothing here stems.
    pub const UNSTEMMED: Self = Self(UNSTEMMED);

    /// Turkish, whose dotless letter is a letter of its own.
    pub(super) fn is_turkish(self) -> bool {
        self.code() == "tr"
    }

    /// Returns the one that a BCP 47 tag names; `und` and nothing are English.
    ///
    /// Only the language itself is looked at, not the script or the country: `de-AT` is German.
    pub fn of(tag: &str) -> Self {
        // What most articles say needs no looking up.
        if matches!(tag, "" | "en") {
            return Self::ENGLISH;
        }
        let language = tag.trim().split(['-', '_']).next().unwrap_or_default();
        let language = language.to_ascii_lowercase();
        if matches!(language.as_str(), "" | "en" | "und" | "mul" | "mis" | "zxx") {
            return Self::ENGLISH;
        }
        let alias = ALIASES.iter().find(|(alias, _)| *alias == language);
        let code = alias.map_or(language.as_str(), |(_, code)| code);
        if code == "en" { Self::ENGLISH } else { Self::by_code(code).unwrap_or(Self::UNSTEMMED) }
    }

    /// Returns the one with a code, as [`Self::code`] gives it.
    pub fn by_code(code: &str) -> Option<Self> {
        match code {
            "en" => return Some(Self::ENGLISH),
            "-" => return Some(Self::UNSTEMMED),
            _ => {}
        }
        let place = SNOWBALL.iter().position(|it| it.0 == code)?;
        u8::try_from(place).ok().map(Self)
    }

    /// Returns the ISO 639-1 code; `-` for the languages that are not stemmed.
    pub fn code(self) -> &'static str {
        match self.0 {
            ENGLISH => "en",
            UNSTEMMED => "-",
            place => SNOWBALL.get(usize::from(place)).map_or("-", |it| it.0),
        }
    }

    /// Returns the English name; of those that are not stemmed, that.
    pub fn name(self) -> &'static str {
        match self.0 {
            ENGLISH => "English",
            place => SNOWBALL.get(usize::from(place)).map_or("no stems", |it| it.1),
        }
    }

    /// Returns all that have stems of their own, but for English.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..SNOWBALL.len() as u8).map(Self)
    }

    /// Tells whether the terms of its words tell the language.
    pub fn is_marked(self) -> bool {
        self.0 < UNSTEMMED
    }

    /// Returns its place among [`Self::all`], and what stems it.
    pub(super) fn algorithm(self) -> Option<(usize, Algorithm)> {
        let place = usize::from(self.0);
        SNOWBALL.get(place).map(|it| (place, it.2))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_names_a_language() {
        for (tag, code) in [
            ("", "en"),
            ("und", "en"),
            ("en-GB", "en"),
            ("de", "de"),
            ("de-AT", "de"),
            ("DE_at", "de"),
            ("ger", "de"),
            ("nb", "no"),
            ("nn-NO", "no"),
            ("zh-Hans", "-"),
            ("ja", "-"),
            ("sr-Latn-RS", "sr"),
        ] {
            assert_eq!(Tongue::of(tag).code(), code, "{tag}");
        }
    }

    #[test]
    fn codes_are_read_back_and_aliases_lead_somewhere() {
        for tongue in Tongue::all().chain([Tongue::ENGLISH, Tongue::UNSTEMMED]) {
            assert_eq!(Tongue::by_code(tongue.code()), Some(tongue));
        }
        for (alias, code) in ALIASES {
            assert!(Tongue::by_code(code).is_some(), "{alias}");
            assert!(Tongue::by_code(alias).is_none(), "{alias}");
        }
    }
}
