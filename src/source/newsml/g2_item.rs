//! What stands where in an item of NewsML-G2.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{add_markup, add_text, set_dateline};
use crate::article::MentionKind;
use crate::source::nitf;
use crate::source::normal::{Field, List, Record};
use crate::source::xml::Element;

/// How many subjects of an item are looked at.
const SUBJECTS_MAX: usize = 1024;

/// How many assertions of an item are looked at.
const ASSERTS_MAX: usize = 4096;

/// The roles of headlines that are the one above the text.
const MAIN_ROLES: &[&str] = &["main", "headline", "title"];

/// Fills a record with what an item says of itself, and with its text.
pub(super) fn fill(item: &Element<'_>, record: &mut Record<'_>) {
    let nothing = Element::default();
    let administration = item.at("itemMeta").unwrap_or(&nothing);
    let content = item.at("contentMeta").unwrap_or(&nothing);
    set(record, Field::Id, "@guid", item.attribute("guid"));
    set(record, Field::Version, "@version", item.attribute("version"));
    dates(administration, content, record);
    sources(item, administration, content, record);
    headlines(content, record);
    set(record, Field::Headline, "itemMeta/title", administration.text_at("title"));
    set(record, Field::Slug, "slugline", content.text_at("slugline"));
    for by in content.all("by") {
        record.push(List::Byline, "by", by.text().into_owned());
    }
    if let Some(dateline) = content.text_at("dateline") {
        set_dateline(record, "contentMeta/dateline", dateline);
    }
    for keyword in content.all("keyword") {
        record.push(List::Keywords, "keyword", keyword.text().into_owned());
    }
    let tag = content.at("language").and_then(|it| it.attribute("tag"));
    set(record, Field::Language, "language@tag", tag);
    set(record, Field::Language, "@xml:lang", item.attribute("xml:lang"));
    subjects(item, content, record);
    body(item, content, record);
    if !record.has_any(List::Byline) {
        creators(content, record);
    }
}

fn set(record: &mut Record<'_>, field: Field, from: &'static str, value: Option<Cow<'_, str>>) {
    if let Some(value) = value {
        record.set(field, from, value.into_owned());
    }
}

fn dates(administration: &Element<'_>, content: &Element<'_>, record: &mut Record<'_>) {
    set(record, Field::Date, "contentCreated", content.text_at("contentCreated"));
    set(record, Field::Date, "firstCreated", administration.text_at("firstCreated"));
    let version = || administration.text_at("versionCreated");
    set(record, Field::Date, "versionCreated", version());
    set(record, Field::Updated, "versionCreated", version());
}

/// Reads who published the item: the first place that names anybody.
fn sources(
    item: &Element<'_>,
    administration: &Element<'_>,
    content: &Element<'_>,
    record: &mut Record<'_>,
) {
    let places = [
        ("provider", administration.at("provider")),
        ("infoSource", content.at("infoSource")),
        ("copyrightHolder", item.at("rightsInfo/copyrightHolder")),
    ];
    for (from, element) in places {
        if let Some(name) = element.and_then(name_of) {
            record.push_first(List::Source, from, name);
        }
    }
}

/// Returns what a thing is called: its name, its literal, or the code without its vocabulary.
fn name_of(thing: &Element<'_>) -> Option<String> {
    let name = name(thing, "").or_else(|| thing.attribute("literal"));
    let code = || Some(thing.attribute("qcode")?.split_once(':')?.1.to_owned());
    name.map(Cow::into_owned).or_else(code).filter(|it| !it.trim().is_empty())
}

/// Returns the name of a thing: the one that is no abbreviation where there are several, then the
/// one in the language of the item, in none, in English.
fn name<'e>(thing: &Element<'e>, language: &str) -> Option<Cow<'e, str>> {
    let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_lowercase();
    let own = primary(language);
    let rank = |name: &&Element<'_>| {
        let role = name.attribute("role").unwrap_or_default();
        let tag = name.attribute("lang").map(|it| primary(&it)).unwrap_or_default();
        let is_short = role.contains("mnemonic") || role.contains("short");
        (is_short, tag != own, !tag.is_empty(), tag != "en")
    };
    let filled = thing.all("name").filter(|it| !it.text().trim().is_empty());
    filled.min_by_key(rank).map(Element::text)
}

/// Reads the headlines by their roles.
fn headlines(content: &Element<'_>, record: &mut Record<'_>) {
    let role = |it: &Element<'_>| {
        let role = it.attribute("role").unwrap_or_default().to_lowercase();
        role.rsplit(':').next().unwrap_or_default().to_owned()
    };
    let is_main =
        |it: &&Element<'_>| role(it).is_empty() || MAIN_ROLES.contains(&role(it).as_str());
    let is_second = |it: &&Element<'_>| role(it).contains("sub");
    let is_filled = |it: &&Element<'_>| !it.text().trim().is_empty();
    let all = || content.all("headline").filter(is_filled);
    let main = all().find(is_main).or_else(|| all().find(|it| !is_second(it)));
    set(record, Field::Headline, "headline", main.map(Element::text));
    set(record, Field::Subhead, "headline@role sub", all().find(is_second).map(Element::text));
}

fn creators(content: &Element<'_>, record: &mut Record<'_>) {
    for creator in content.all("creator") {
        if let Some(name) = name(creator, "").filter(|it| it.trim().contains(char::is_whitespace)) {
            record.push(List::Byline, "creator/name", name.into_owned());
        }
    }
}

/// Reads what the item is about. What is known to be a person, an organisation or a place is no
/// subject, unless nobody says what it is called.
fn subjects(item: &Element<'_>, content: &Element<'_>, record: &mut Record<'_>) {
    let language = record.text(Field::Language).to_owned();
    let mut asserted = None;
    for subject in content.all("subject").take(SUBJECTS_MAX) {
        let code = subject.attribute("qcode").unwrap_or_default();
        let literal = subject.attribute("literal").unwrap_or_default();
        let name = name(subject, &language).or_else(|| {
            let asserts = asserted.get_or_insert_with(|| asserts(item));
            name(asserts.get(&code).or_else(|| asserts.get(&literal))?, &language)
        });
        // A literal may be a name, or only tie the subject to what is asserted of it.
        let is_name = !literal.is_empty() && !literal.contains(|c: char| c.is_ascii_digit());
        let name = name.or_else(|| Some(literal.clone()).filter(|_| is_name));
        let kind = subject.attribute("type").as_deref().and_then(kind_of);
        if let (Some(kind), Some(name)) = (kind, &name) {
            record.named(kind, "subject", name.clone().into_owned(), code.into_owned());
            continue;
        }
        let label = name.unwrap_or(literal);
        record.subject("subject", &code, &label);
        if subject.attribute("type").is_some_and(|it| it.ends_with("category")) {
            record.push(List::Section, "subject of a category", label.into_owned());
        }
    }
}

/// Returns what the item says of things beside its text, by their codes and literals.
fn asserts<'e, 'a>(item: &'e Element<'a>) -> BTreeMap<Cow<'a, str>, &'e Element<'a>> {
    let asserts = item.all("assert").take(ASSERTS_MAX);
    let named = asserts
        .filter_map(|it| Some((it.attribute("qcode").or_else(|| it.attribute("literal"))?, it)));
    named.filter(|(key, _)| !key.is_empty()).collect()
}

/// Returns what a concept of a nature is: `cpnat:person`, `cpnat:geoArea`, `spcpnat:team`.
fn kind_of(nature: &str) -> Option<MentionKind> {
    let local = nature.rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
    Some(match local.as_str() {
        "person" => MentionKind::Person,
        "organisation" | "organization" | "team" => MentionKind::Organisation,
        "geoarea" | "place" | "poi" => MentionKind::Place,
        _ => return None,
    })
}

/// Adds the text of an item: one rendition of it, the one that is marked up where there is one.
fn body(item: &Element<'_>, content: &Element<'_>, record: &mut Record<'_>) {
    let set = item.at("contentSet");
    for inline in set.into_iter().flat_map(|it| it.all("inlineXML")) {
        if record.has_body() {
            return;
        }
        match inline.find("nitf") {
            Some(story) => nitf::fill_within(story, record),
            None => add_markup(record, "inlineXML", inline.find("body").unwrap_or(inline)),
        }
    }
    for inline in set.into_iter().flat_map(|it| it.all("inlineData")) {
        let rendition = inline.attribute("rendition").unwrap_or_default().to_lowercase();
        if !record.has_body() && !rendition.contains("headline") && !rendition.contains("public") {
            add_text(record, "inlineData", inline);
        }
    }
    for description in content.all("description") {
        if !record.has_body() {
            add_text(record, "description", description);
        }
    }
}
