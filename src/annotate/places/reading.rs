//! What is left of a printed name when the words around it are told from it.

use super::PlaceKind;

/// The words before a name that say which part of the place is meant.
const PARTS: [&str; 26] = [
    "northern",
    "southern",
    "eastern",
    "western",
    "central",
    "north",
    "south",
    "east",
    "west",
    "northeastern",
    "northwestern",
    "southeastern",
    "southwestern",
    "north-eastern",
    "north-western",
    "south-eastern",
    "south-western",
    "greater",
    "downtown",
    "upstate",
    "mainland",
    "rural",
    "central-eastern",
    "occupied",
    "upper",
    "lower",
];

/// The words behind a name that say what kind of place it is.
const STATES: [&str; 9] = [
    "state",
    "province",
    "oblast",
    "governorate",
    "prefecture",
    "krai",
    "region",
    "voivodeship",
    "department",
];

const AREAS: [&str; 2] = ["area", "region"];

const TOWNS: [&str; 3] = ["city", "town", "village"];

/// A printed name, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Reading<'a> {
    /// The name itself: `Paris` of `Paris, Texas`, `Kherson` of `Kherson region`.
    pub(super) name: &'a str,
    /// The place behind a comma.
    pub(super) within: Option<&'a str>,
    /// The kind of place that the words around it ask for.
    pub(super) wanted: Wanted,
}

/// Which kind of place is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Wanted {
    /// Any.
    Any,
    /// No other than this one.
    Only(PlaceKind),
    /// This one if there is one.
    Rather(PlaceKind),
}

impl<'a> Reading<'a> {
    pub(super) fn whole(name: &'a str) -> Self {
        Self { name, within: None, wanted: Wanted::Any }
    }

    /// Lists the ways to take a name apart, the most careful first.
    pub(super) fn all(printed: &'a str) -> impl Iterator<Item = Self> {
        let printed = printed.trim();
        let apart = printed
            .split_once(", ")
            .map(|(name, within)| Self { within: Some(within), ..Self::whole(name) });
        let part = without_part(printed);
        let kind = without_kind(printed).or_else(|| without_kind(part.unwrap_or_default()));
        let part = part.map(Self::whole);
        std::iter::once(Self::whole(printed)).chain(apart).chain(kind).chain(part)
    }
}

fn without_part(printed: &str) -> Option<&str> {
    let (first, rest) = printed.split_once(' ')?;
    PARTS.iter().any(|it| it.eq_ignore_ascii_case(first)).then(|| rest.trim_start())
}

fn without_kind(printed: &str) -> Option<Reading<'_>> {
    let (name, last) = printed.rsplit_once(' ')?;
    let is = |words: &[&str]| words.iter().any(|it| it.eq_ignore_ascii_case(last));
    let wanted = if is(&AREAS) {
        Wanted::Rather(PlaceKind::Division)
    } else if is(&STATES) {
        Wanted::Only(PlaceKind::Division)
    } else if is(&TOWNS) {
        Wanted::Only(PlaceKind::City)
    } else {
        return None;
    };
    Some(Reading { name, within: None, wanted })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_told_from_the_words_around_it() {
        let last = |printed| Reading::all(printed).last().unwrap();
        assert_eq!(last("Paris, Texas").within, Some("Texas"));
        assert_eq!(last("eastern Ukraine").name, "Ukraine");
        assert_eq!(last("Kherson region").wanted, Wanted::Rather(PlaceKind::Division));
        assert_eq!(last("Helmand Province").wanted, Wanted::Only(PlaceKind::Division));
        assert_eq!(last("Kharkiv"), Reading::whole("Kharkiv"));
    }
}
