//! Titles and offices before names: `President`, `Mr.`, `First Lady`. They are no part of a name.

use super::super::label::{Label, stretches};
use crate::article::MentionKind;

/// Words that stand before a name and belong to none.
const TITLES: &[&str] = &[
    "Adm.",
    "Admiral",
    "Ambassador",
    "Archbishop",
    "Ayatollah",
    "Bishop",
    "Brig.",
    "Brigadier",
    "Capt.",
    "Captain",
    "Cardinal",
    "Chairman",
    "Chancellor",
    "Chief",
    "Cmdr.",
    "Col.",
    "Colonel",
    "Commander",
    "Commissioner",
    "Congressman",
    "Congresswoman",
    "Councillor",
    "Cpl.",
    "Dr",
    "Dr.",
    "Emir",
    "Ex-President",
    "Father",
    "Gen.",
    "General",
    "Gov.",
    "Governor",
    "Imam",
    "Judge",
    "Justice",
    "Lieutenant",
    "Lt.",
    "Madam",
    "Madame",
    "Maj.",
    "Major",
    "Mayor",
    "Minister",
    "Miss",
    "Mr",
    "Mr.",
    "Mrs",
    "Mrs.",
    "Ms",
    "Ms.",
    "Officer",
    "Pope",
    "Premier",
    "President",
    "Prof",
    "Prof.",
    "Professor",
    "Rep.",
    "Representative",
    "Rev.",
    "Reverend",
    "Secretary",
    "Sen.",
    "Senator",
    "Sgt.",
    "Sheikh",
    "Sheriff",
    "Sir",
    "Sister",
    "Speaker",
    "Supt.",
    "Vice-President",
];

/// Offices of several words. Those that end in a title need only their beginnings here.
const OFFICES: &[&[&str]] = &[
    &["First", "Lady"],
    &["Prime", "Minister"],
    &["Foreign", "Minister"],
    &["Defence", "Minister"],
    &["Defense", "Minister"],
    &["Finance", "Minister"],
    &["Interior", "Minister"],
    &["Chief", "Minister"],
    &["Vice", "President"],
    &["Vice", "Chancellor"],
    &["Secretary", "of", "State"],
    &["Secretary", "General"],
    &["Secretary", "-", "General"],
    &["Attorney", "General"],
    &["Crown", "Prince"],
    &["Chief", "Executive"],
    &["Chief", "Justice"],
];

/// Returns labels of a sentence in which no name begins with a title.
///
/// A name that is nothing but titles keeps the last of them.
pub(in crate::annotate) fn without_titles(words: &[&str], labels: &[Label]) -> Vec<Label> {
    let mut labels = labels.to_vec();
    take_titles_off(words, &mut labels);
    labels
}

/// Takes the titles off the names of a sentence or an article.
pub(in crate::annotate) fn take_titles_off(words: &[&str], labels: &mut [Label]) {
    if !labels.iter().any(|it| it.kind() == Some(MentionKind::Person)) {
        return;
    }
    for name in stretches(labels) {
        if name.kind != MentionKind::Person {
            continue;
        }
        let mut start = name.start;
        while start + 1 < name.end {
            let n_words = n_title_words(&words[start..name.end]);
            if n_words == 0 || start + n_words >= name.end {
                break;
            }
            labels[start..start + n_words].fill(Label::OUTSIDE);
            start += n_words;
        }
        labels[start] = Label::begin(name.kind);
    }
}

/// Returns how many words of a title or an office a name begins with.
pub(super) fn n_title_words(words: &[&str]) -> usize {
    let Some(first) = words.first() else { return 0 };
    let office = OFFICES.iter().find(|office| office[0] == *first && words.starts_with(office));
    office.map_or_else(|| usize::from(is_title(first)), |office| office.len())
}

/// Tells whether a word is a title.
fn is_title(word: &str) -> bool {
    TITLES.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, want: &str) {
        let words: Vec<&str> = text.split(' ').collect();
        let person = MentionKind::Person;
        let mut labels = vec![Label::inside(person); words.len()];
        labels[0] = Label::begin(person);
        let labels = without_titles(&words, &labels);
        let left = stretches(&labels);
        assert_eq!(left.len(), 1);
        assert_eq!(words[left[0].start..left[0].end].join(" "), want);
    }

    #[test]
    fn titles_and_offices_go() {
        check("President Ann Hale", "Ann Hale");
        check("Mr. Hale", "Hale");
        check("First Lady Ann Hale", "Ann Hale");
        check("Prime Minister Sir Ann Hale", "Ann Hale");
    }

    #[test]
    fn a_name_never_goes_whole() {
        check("President", "President");
        check("Prime Minister", "Prime Minister");
        check("First Hale", "First Hale");
    }

    #[test]
    fn the_titles_are_sorted() {
        assert!(TITLES.is_sorted());
    }
}
