//! The people, organisations and places that a publisher names beside the text.

use super::record::FoundName;
use super::{Traces, clean};
use crate::article::{MentionKind, Named};

/// The length of a name; what is longer is none, and is dropped.
const NAME_BYTES_MAX: usize = 256;

/// The length of a code; a longer one is dropped, and its name is kept.
const CODE_BYTES_MAX: usize = 256;

/// How many words stand on either side of the comma in a person's name at most.
const WORDS_MAX: usize = 4;

/// What stands behind a whole name, and is not turned round with it.
const SUFFIXES: &[&str] = &["jr", "sr", "ii", "iii", "iv"];

/// Words that stand before a family name and belong to it.
const PARTICLES: &[&str] = &[
    "al", "bin", "da", "de", "del", "den", "der", "di", "do", "dos", "du", "el", "la", "le", "mac",
    "san", "st", "ten", "van", "von",
];

/// What stands behind a comma and is no given name: offices, honours and degrees.
const OFFICES: &[&str] = &[
    "analyst",
    "cbe",
    "ceo",
    "chairman",
    "chairwoman",
    "chief",
    "director",
    "editor",
    "founder",
    "governor",
    "judge",
    "kc",
    "manager",
    "mayor",
    "mbe",
    "md",
    "mep",
    "minister",
    "mp",
    "obe",
    "officer",
    "phd",
    "president",
    "professor",
    "qc",
    "secretary",
    "senator",
    "spokesman",
    "spokeswoman",
];

/// What the name of a company ends with behind a comma.
const LEGAL_FORMS: &[&str] = &["co", "corp", "inc", "l.l.c", "llc", "llp", "ltd", "plc", "s.a"];

/// Parts the names that an export keeps in one text: `Hale, Ann; Ruiz, Tom` are two people.
///
/// Semicolons, strokes and ends of lines part names; commas do where there are none of these, but
/// not a family name from a given one (`Merz, Friedrich`), and not a company from its legal form.
/// Brackets and quotes are taken off, of a list as programs print it.
pub(super) fn parted(kind: MentionKind, text: &str) -> Vec<&str> {
    let text = text.trim();
    let list = text.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
    let (text, quotes): (&str, &[char]) = match list {
        Some(list) => (list, &['\'', '"']),
        None => (text, &[]),
    };
    let signs: &[char] = match text.contains([';', '|', '\n']) {
        true => &[';', '|', '\n'],
        false if list.is_none() && kind == MentionKind::Person && may_be_inverted(text) => &[],
        false => &[','],
    };
    let mut names = Vec::new();
    let mut begin = 0;
    for (at, sign) in text.match_indices(signs) {
        let behind = text[at + sign.len()..].split(signs).next().unwrap_or_default();
        if kind == MentionKind::Organisation && is_one_of(LEGAL_FORMS, behind) {
            continue;
        }
        names.push(&text[begin..at]);
        begin = at + sign.len();
    }
    names.push(&text[begin..]);
    names.into_iter().map(|it| it.trim().trim_matches(quotes)).collect()
}

/// Tells whether a text with a comma may be one person: the family name comes first, and is one
/// word. `Ann Hale, Tom Ruiz` are two.
fn may_be_inverted(text: &str) -> bool {
    let mut parts = text.splitn(2, ',');
    let family = parts.next().unwrap_or_default().split_whitespace();
    family.filter(|it| !is_one_of(PARTICLES, it)).count() == 1 && inverted(text).is_some()
}

/// Tells whether a word is one of a list, whatever its case and the signs around it.
fn is_one_of(list: &[&str], word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    list.iter().any(|it| it.eq_ignore_ascii_case(word))
}

/// Makes of what was found what an article has: names in one line and in reading order, each once.
pub(super) fn all(found: &[FoundName<'_>], traces: &mut Traces) -> Vec<Named> {
    let mut named: Vec<Named> = Vec::with_capacity(found.len());
    for FoundName { kind, name, code } in found {
        let Some(name) = name_of(*kind, &clean::line(&name.text)) else {
            continue;
        };
        let code = clean::line(code);
        let code = if code.len() > CODE_BYTES_MAX { String::new() } else { code.into_owned() };
        match named.iter_mut().find(|it| it.kind == *kind && it.name == name) {
            Some(same) if same.code.is_empty() => same.code = code,
            Some(_) => {}
            None => named.push(Named { kind: *kind, name, code }),
        }
    }
    for kind in MentionKind::ALL {
        let of_kind = || found.iter().filter(|it| it.kind == kind).map(|it| &it.name);
        if let Some(first) = of_kind().next() {
            traces.note_all(field(kind), &first.from, of_kind().map(|it| it.text.as_ref()));
        }
    }
    named
}

/// Returns the name of the field that holds what is named of a kind, as traces have it.
fn field(kind: MentionKind) -> &'static str {
    match kind {
        MentionKind::Person => "people",
        MentionKind::Organisation => "organisations",
        MentionKind::Place => "places",
    }
}

/// Returns a name as it is read, or nothing where it is none.
fn name_of(kind: MentionKind, printed: &str) -> Option<String> {
    let is_name = printed.contains(char::is_alphabetic) && printed.len() <= NAME_BYTES_MAX;
    match kind {
        _ if !is_name => None,
        MentionKind::Person => {
            let bare = without_office(printed);
            Some(inverted(bare).unwrap_or_else(|| bare.to_owned()))
        }
        MentionKind::Organisation | MentionKind::Place => Some(printed.to_owned()),
    }
}

/// Returns a person's name without the office that an index has behind it: `Hale, Ann (Mayor)`.
fn without_office(printed: &str) -> &str {
    let before = printed.strip_suffix(')').and_then(|it| it.rsplit_once('('));
    before.map(|(name, _)| name.trim()).filter(|it| !it.is_empty()).unwrap_or(printed)
}

/// Turns a person's name round that begins with the family: `Merz, Friedrich`, `Hale, Ann B Jr`.
///
/// Returns nothing where it does not surely so: several commas, figures, many words, and an office
/// or a degree behind the comma.
fn inverted(printed: &str) -> Option<String> {
    let parts: Vec<&str> = printed.splitn(4, ',').map(str::trim).collect();
    let (family, given, behind) = match parts[..] {
        [family, given] => (family, given, ""),
        [family, given, behind] if is_one_of(SUFFIXES, behind) => (family, given, behind),
        _ => return None,
    };
    let are_few = |name: &str| (1..=WORDS_MAX).contains(&name.split_whitespace().count());
    let starts_low = |name: &str| name.starts_with(char::is_lowercase);
    let is_name = are_few(family)
        && are_few(given)
        && !printed.contains(|c: char| c.is_ascii_digit())
        && (!starts_low(given) || starts_low(family))
        && !given.split_whitespace().any(|it| is_one_of(OFFICES, it));
    let (given, suffix) = match given.rsplit_once(' ') {
        Some((given, suffix)) if is_one_of(SUFFIXES, suffix) => (given, suffix),
        _ if is_one_of(SUFFIXES, given) => return None,
        _ => (given, behind),
    };
    is_name.then(|| format!("{given} {family} {suffix}").trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_named_in_reading_order() {
        for (printed, want) in [
            ("Merz, Friedrich", "Friedrich Merz"),
            ("HALE, ANN B", "ANN B HALE"),
            ("Hale, Ann B Jr", "Ann B Hale Jr"),
            ("Hale, Tom Adam, Jr.", "Tom Adam Hale Jr."),
            ("Ruiz Marlow, Andrea Maria", "Andrea Maria Ruiz Marlow"),
            ("van der Meer, Jan", "Jan van der Meer"),
            ("Meer, Jan van der", "Jan van der Meer"),
            ("Hale, Ann (Mayor)", "Ann Hale"),
            ("Ann Hale", "Ann Hale"),
            ("Ann Hale, Jr.", "Ann Hale, Jr."),
            ("Ann Hale, mayor", "Ann Hale, mayor"),
            ("Ann Hale, MP", "Ann Hale, MP"),
            ("Ann Hale, Chief Engineer", "Ann Hale, Chief Engineer"),
            ("Hale, Ann, Ruiz, Tom", "Hale, Ann, Ruiz, Tom"),
            ("Hale, 14 March", "Hale, 14 March"),
            ("(Ann)", "(Ann)"),
            ("Hale,", "Hale,"),
        ] {
            let name = name_of(MentionKind::Person, printed);
            assert_eq!(name.as_deref(), Some(want), "{printed}");
        }
        let place = name_of(MentionKind::Place, "Tarrow, Alder Bay");
        assert_eq!(place.as_deref(), Some("Tarrow, Alder Bay"));
    }

    #[test]
    fn what_has_no_letter_or_no_end_is_no_name() {
        assert_eq!(name_of(MentionKind::Place, "54.32, 10.14"), None);
        assert_eq!(name_of(MentionKind::Person, ""), None);
        assert_eq!(name_of(MentionKind::Person, &"Ann ".repeat(100)), None);
    }

    #[test]
    fn names_in_one_text_are_parted() {
        use MentionKind::{Organisation, Person, Place};
        for (kind, text, want) in [
            (Person, "Hale, Ann; Ruiz, Tom", &["Hale, Ann", "Ruiz, Tom"][..]),
            (Person, "Ann Hale|Tom Ruiz", &["Ann Hale", "Tom Ruiz"]),
            (Person, "Ann Hale, Tom Ruiz", &["Ann Hale", "Tom Ruiz"]),
            (Person, "van Hale, Ann", &["van Hale, Ann"]),
            (Person, "['Ann Hale', \"Tom Ruiz\"]", &["Ann Hale", "Tom Ruiz"]),
            (Organisation, "Bay Ferries, Inc., Courier", &["Bay Ferries, Inc.", "Courier"]),
            (Place, "Alder Bay, Tarrow", &["Alder Bay", "Tarrow"]),
            (Place, "", &[""]),
            (Place, "[]", &[""]),
        ] {
            assert_eq!(parted(kind, text), want, "{text}");
        }
    }
}
