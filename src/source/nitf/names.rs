//! Whom and what a story of NITF names.

use super::content::text_without;
use crate::article::MentionKind;
use crate::source::normal::Record;
use crate::source::xml::Element;

/// The parts of a location, the finest first.
const PARTS: [&str; 5] = ["sublocation", "city", "state", "region", "country"];

/// Attributes that hold a code, and those that name its vocabulary.
const CODES: [&str; 5] = ["value", "location-code", "city-code", "state-code", "region-code"];
const SCHEMES: [&str; 2] = ["idsrc", "code-source"];

/// Adds what stands for the whole story: `docdata/identified-content`.
pub(super) fn identified(head: &Element<'_>, record: &mut Record<'_>) {
    let all = head.all("docdata").flat_map(|it| it.all("identified-content"));
    for element in all.flat_map(Element::elements) {
        if let Some((kind, name, code)) = named(element) {
            record.named(kind, "identified-content", name, code);
        }
    }
}

/// Adds what is marked in a text, however deep.
///
/// Agencies mark possessives with the names: `Ann Hale's`. Only companies are called so.
pub(super) fn marked(text: &Element<'_>, record: &mut Record<'_>) {
    for element in text.elements() {
        let Some((kind, mut name, code)) = named(element) else {
            marked(element, record);
            continue;
        };
        if kind != MentionKind::Organisation && ["'s", "’s"].iter().any(|it| name.ends_with(it)) {
            name.pop();
            name.pop();
        }
        record.named(kind, "body.content", name, code);
    }
}

/// Returns what an element names, by its name and its code, where it is one that names something.
fn named(element: &Element<'_>) -> Option<(MentionKind, String, String)> {
    let (kind, named) = match element.local() {
        "person" => (MentionKind::Person, element),
        "org" => (MentionKind::Organisation, element),
        "location" => (MentionKind::Place, finest(element)),
        _ => return None,
    };
    Some((kind, text_without(named, "function"), code(named)))
}

/// Returns the finest part of a location, where it consists of such and of punctuation.
fn finest<'e, 'a>(location: &'e Element<'a>) -> &'e Element<'a> {
    let mut between = location.texts().filter(|(part, _)| part.is_none());
    if between.any(|(_, text)| text.contains(char::is_alphanumeric)) {
        return location;
    }
    let mut parts = PARTS.iter().flat_map(|it| location.all(it));
    parts.find(|it| !it.text().trim().is_empty()).unwrap_or(location)
}

/// Returns the code of an element with the vocabulary before it: `iptc.org:acm`.
fn code(element: &Element<'_>) -> String {
    let first = |element: &Element<'_>, names: &[&str]| {
        names.iter().find_map(|it| element.attribute(it)).unwrap_or_default().into_owned()
    };
    let within = element.at("alt-code").filter(|_| first(element, &CODES).is_empty());
    let element = within.unwrap_or(element);
    let (code, scheme) = (first(element, &CODES), first(element, &SCHEMES));
    if code.is_empty() || scheme.is_empty() { code } else { format!("{scheme}:{code}") }
}
