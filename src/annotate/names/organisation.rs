//! The names of organisations.

use crate::text::fold;

/// Words behind a company's name that say its legal form.
const FORMS: [&str; 31] = [
    "inc",
    "incorporated",
    "corp",
    "corporation",
    "co",
    "company",
    "ltd",
    "limited",
    "plc",
    "llc",
    "llp",
    "lp",
    "ag",
    "gmbh",
    "sa",
    "nv",
    "bv",
    "spa",
    "srl",
    "ab",
    "oyj",
    "oy",
    "asa",
    "kg",
    "kgaa",
    "se",
    "pty",
    "bhd",
    "pte",
    "sas",
    "kk",
];

/// Words that are written in several ways, or shortened.
const SPELLINGS: [(&str, &str); 24] = [
    ("organisation", "organization"),
    ("organisations", "organizations"),
    ("labour", "labor"),
    ("centre", "center"),
    ("centres", "centers"),
    ("defence", "defense"),
    ("programme", "program"),
    ("theatre", "theater"),
    ("harbour", "harbor"),
    ("dept", "department"),
    ("assn", "association"),
    ("assoc", "association"),
    ("univ", "university"),
    ("intl", "international"),
    ("govt", "government"),
    ("natl", "national"),
    ("fed", "federal"),
    ("bros", "brothers"),
    ("mfg", "manufacturing"),
    ("st", "saint"),
    ("corporation", "corp"),
    ("company", "co"),
    ("incorporated", "inc"),
    ("limited", "ltd"),
];

/// The letters of a name that is too short to stand without its legal form: `News Corp` is not
/// `News`.
const SHORT: usize = 4;

/// Returns the key under which the spellings of an organisation's name are one.
///
/// Case, accents, full stops and `the` are gone, the legal form behind the name is left out, British
/// and American spellings are one: `Apple Inc.` is Apple, `the U.S. Treasury` is US Treasury,
/// `World Health Organisation` is World Health Organization. Empty where it has no letter.
pub fn organisation_key(name: &str) -> String {
    let mut folded = fold(name);
    folded.retain(|c| !matches!(c, '.' | '\'' | '’' | '‘'));
    let folded = folded.replace('&', " and ");
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty());
    let mut words: Vec<&str> = words.map(spelt).collect();
    if words.len() > 1 && words[0] == "the" {
        words.remove(0);
    }
    join_single_letters(&words).join(" ")
}

fn spelt(word: &str) -> &str {
    SPELLINGS.iter().find(|it| it.0 == word).map_or(word, |it| it.1)
}

/// Leaves out the legal form, and joins letters that stand alone: `u s` is `us`.
fn join_single_letters(words: &[&str]) -> Vec<String> {
    let mut joined: Vec<String> = Vec::with_capacity(words.len());
    let mut was_single = false;
    for word in words {
        let is_single = word.len() == 1;
        match joined.last_mut() {
            Some(last) if is_single && was_single => last.push_str(word),
            _ => joined.push((*word).to_owned()),
        }
        was_single = is_single;
    }
    let is_form = |it: &String| FORMS.contains(&it.as_str());
    while joined.len() > 1 && joined.last().is_some_and(is_form) {
        let rest = &joined[..joined.len() - 1];
        let is_short = rest.len() == 1 && rest[0].chars().count() <= SHORT;
        if is_short {
            break;
        }
        joined.pop();
        if joined.len() > 1 && joined.last().is_some_and(|it| it == "and") {
            joined.pop();
        }
    }
    joined
}
