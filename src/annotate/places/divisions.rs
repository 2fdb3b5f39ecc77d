//! The names of states and provinces: `Kharkiv`, `Zhytomyr Oblast`, `Gangwon-do`.

/// The words that say what kind of division it is, behind its name.
const KINDS: [&str; 26] = [
    " Autonomous Region",
    " Autonomous Oblast",
    " Administrative Region",
    " Oblast",
    " oblast",
    " Oblisi",
    " Province",
    " Region",
    " Governorate",
    " Krai",
    " Kray",
    " Republic",
    " Prefecture",
    " Voivodeship",
    " Municipality",
    " County",
    " District",
    " Department",
    " Canton",
    " Parish",
    " State",
    " City",
    "-do",
    "-si",
    " Voblasc’",
    " Territory",
];

/// Returns the name of a division without the word for its kind, if one stands there.
pub(super) fn bare(name: &str) -> Option<&str> {
    let name = name.strip_prefix("State of ").unwrap_or(name);
    let kind = KINDS.iter().find(|kind| name.ends_with(**kind));
    kind.and_then(|kind| name.strip_suffix(kind)).filter(|it| !it.is_empty())
}

/// Returns what to call a division that has the name of a town in it, where its country has a
/// usual word: the town of Kharkiv lies in Kharkiv Oblast.
pub(super) fn told_from_town(name: &str, country: &str) -> Option<String> {
    match country {
        "UA" | "RU" => Some(format!("{name} Oblast")),
        _ => None,
    }
}

/// Returns a name in the letters of an English newspaper: marks that only a transcription has
/// (`Kandahār`, `Ra’s al ‘Ayn`) are dropped, those of European languages stay (`São Paulo`).
pub(super) fn as_printed(name: &str) -> String {
    let mut printed = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            'Ā' | 'Ē' | 'Ī' | 'Ō' | 'Ū' | 'ā' | 'ē' | 'ī' | 'ō' | 'ū' | 'Ḏ'..='ỹ' => {
                let folded = crate::text::fold(c.encode_utf8(&mut [0; 4]));
                match c.is_uppercase() {
                    true => printed.push_str(&folded.to_uppercase()),
                    false => printed.push_str(&folded),
                }
            }
            '‘' | 'ʻ' | 'ʼ' => {}
            '’' => printed.push('\''),
            c => printed.push(c),
        }
    }
    printed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_for_the_kind_is_told_from_the_name() {
        assert_eq!(bare("Zhytomyr Oblast"), Some("Zhytomyr"));
        assert_eq!(bare("Gangwon-do"), Some("Gangwon"));
        assert_eq!(bare("State of Berlin"), None);
        assert_eq!(bare("Texas"), None);
    }

    #[test]
    fn marks_of_a_transcription_are_dropped_and_accents_stay() {
        assert_eq!(as_printed("Kandahār"), "Kandahar");
        assert_eq!(as_printed("Ḩalabjah"), "Halabjah");
        assert_eq!(as_printed("São Paulo"), "São Paulo");
    }
}
