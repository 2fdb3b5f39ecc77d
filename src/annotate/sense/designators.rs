//! Last words that say of a name what it stands for: `Quay Street`, `Carrow Library`.

use super::super::label::{Label, Stretch};
use super::Reading;
use crate::article::MentionKind;

/// Names that end so are those of places.
const PLACES: &[&str] = &[
    "Avenue",
    "Bay",
    "Beach",
    "Bridge",
    "Canal",
    "County",
    "Falls",
    "Island",
    "Islands",
    "Lake",
    "Lane",
    "Mountain",
    "Mountains",
    "Peninsula",
    "Province",
    "River",
    "Road",
    "Sea",
    "Square",
    "Strait",
    "Street",
    "Valley",
];

/// Names that end so are those of organisations.
const ORGANISATIONS: &[&str] = &[
    "Agency",
    "Army",
    "Association",
    "Authority",
    "Church",
    "Club",
    "College",
    "Commission",
    "Committee",
    "Company",
    "Cooperative",
    "Corp.",
    "Corporation",
    "Council",
    "Court",
    "Department",
    "Federation",
    "Foundation",
    "Group",
    "Inc.",
    "Institute",
    "League",
    "Library",
    "Ltd.",
    "Ministry",
    "Organisation",
    "Organization",
    "Party",
    "Press",
    "Rovers",
    "School",
    "Society",
    "University",
];

/// Agencies, whose names end reports and are taken for surnames: `Reuter`.
const AGENCIES: &[&str] =
    &["AFP", "AP", "DPA", "Interfax", "Reuter", "Reuters", "TASS", "UPI", "Xinhua"];

/// Gives names of several words the kind that the last of them says, and agencies theirs.
pub(super) fn name_by_last_word(reading: &Reading<'_>, names: &[Stretch], labels: &mut [Label]) {
    for name in names {
        let last = &reading.words[name.end - 1];
        let kind = match last {
            _ if name.n_words() == 1 && is_agency(last) => MentionKind::Organisation,
            _ if name.n_words() == 1 => continue,
            _ if PLACES.contains(last) => MentionKind::Place,
            _ if ORGANISATIONS.contains(last) => MentionKind::Organisation,
            _ => continue,
        };
        if kind != name.kind {
            Stretch { kind, ..*name }.write(labels);
        }
    }
}

fn is_agency(word: &str) -> bool {
    AGENCIES.iter().any(|it| it.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_in_order_and_share_nothing() {
        assert!(PLACES.is_sorted() && ORGANISATIONS.is_sorted() && AGENCIES.is_sorted());
        assert!(!PLACES.iter().any(|it| ORGANISATIONS.contains(it)));
    }
}
