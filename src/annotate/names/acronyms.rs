//! `WHO`, where the World Health Organization stands in the same article.

/// Words that an acronym may leave out.
const SMALL: [&str; 12] =
    ["of", "the", "and", "for", "in", "on", "to", "de", "des", "du", "la", "&"];

/// The letters of an acronym.
const LETTERS: std::ops::RangeInclusive<usize> = 2..=7;

/// Finds for each name of an article that is an acronym the full name that it stands for.
///
/// Returns places in `names`; `None` where a name is no acronym, where no name fits, or where
/// different ones do. Costs the square of the names at worst: names beyond 1,000 are left alone.
pub fn full_names(names: &[&str]) -> Vec<Option<usize>> {
    const NAMES_MAX: usize = 1_000;
    let known = &names[..names.len().min(NAMES_MAX)];
    let mut found = vec![None; names.len()];
    for (name, found) in known.iter().zip(&mut found) {
        let Some(letters) = letters(name) else { continue };
        let mut full = known.iter().enumerate().filter(|(_, it)| has_initials(it, &letters));
        let Some((first, full_name)) = full.next() else { continue };
        let is_one = full.all(|(_, it)| it.eq_ignore_ascii_case(full_name));
        *found = is_one.then_some(first);
    }
    found
}

/// Returns the letters of an acronym: `WHO`, `U.N.`, `NATO`.
fn letters(name: &str) -> Option<String> {
    let letters: String = name.chars().filter(|it| *it != '.').collect();
    let is_acronym =
        letters.chars().all(char::is_uppercase) && LETTERS.contains(&letters.chars().count());
    is_acronym.then_some(letters)
}

/// Tells whether the first letters of a name's words are these, with or without the small words.
fn has_initials(name: &str, letters: &str) -> bool {
    let words = || name.split([' ', '-']).filter(|it| !it.is_empty());
    if words().count() < 2 {
        return false;
    }
    let initial = |word: &str| word.chars().next().map(|it| it.to_ascii_uppercase());
    let is_large = |word: &&str| !SMALL.contains(&word.to_lowercase().as_str());
    words().filter(is_large).filter_map(initial).eq(letters.chars())
        || words().filter_map(initial).eq(letters.chars())
}
