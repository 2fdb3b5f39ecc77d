//! What stands where in an item of NewsML-G2.

use std::borrow::Cow;

use super::{add_markup, add_text, set_dateline};
use crate::source::nitf;
use crate::source::normal::{Field, List, Record};
use crate::source::xml::Element;

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
    subjects(content, record);
    let tag = content.at("language").and_then(|it| it.attribute("tag"));
    set(record, Field::Language, "language@tag", tag);
    set(record, Field::Language, "@xml:lang", item.attribute("xml:lang"));
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
    let name = name(thing).or_else(|| thing.attribute("literal"));
    let code = || Some(thing.attribute("qcode")?.split_once(':')?.1.to_owned());
    name.map(Cow::into_owned).or_else(code).filter(|it| !it.trim().is_empty())
}

/// Returns the name of a thing, the one that is no abbreviation where there are several.
fn name<'e>(thing: &Element<'e>) -> Option<Cow<'e, str>> {
    let is_short = |it: &&Element<'_>| {
        it.attribute("role").is_some_and(|role| role.contains("mnemonic") || role.contains("short"))
    };
    let long = thing.all("name").find(|it| !is_short(it));
    long.or_else(|| thing.at("name")).map(Element::text).filter(|it| !it.trim().is_empty())
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
        if let Some(name) = name(creator).filter(|it| it.trim().contains(char::is_whitespace)) {
            record.push(List::Byline, "creator/name", name.into_owned());
        }
    }
}

fn subjects(content: &Element<'_>, record: &mut Record<'_>) {
    for subject in content.all("subject") {
        let code = subject.attribute("qcode").unwrap_or_default();
        let label = name(subject).or_else(|| subject.attribute("literal")).unwrap_or_default();
        record.subject("subject", &code, &label);
        if subject.attribute("type").is_some_and(|it| it.ends_with("category")) {
            record.push(List::Section, "subject of a category", label.into_owned());
        }
    }
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
