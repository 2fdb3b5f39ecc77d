//! What stands where in an item of NewsML 1.0 to 1.2.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{add_markup, add_text, set_dateline};
use crate::article::MentionKind;
use crate::source::nitf;
use crate::source::normal::{Field, List, Record};
use crate::source::xml::Element;

/// The properties of a location that name it, the finest first.
const PLACES: [&str; 4] = ["City", "CountryArea", "Country", "WorldRegion"];

/// How many topics of an item are looked at, and how many of their occurrences.
const TOPICS_MAX: usize = 4096;

/// Fills a record with what an item says of itself, and with its text.
pub(super) fn fill(item: &Element<'_>, record: &mut Record<'_>) {
    let nothing = Element::default();
    identification(item, record);
    management(item.at("NewsManagement").unwrap_or(&nothing), record);
    let date = item.text_at("Identification/NewsIdentifier/DateId");
    set(record, Field::Date, "DateId", date);
    lines(item.find("NewsLines").unwrap_or(&nothing), record);
    set(record, Field::Slug, "NameLabel", item.text_at("Identification/NameLabel"));
    sources(item, record);
    let described = item.find("DescriptiveMetadata").unwrap_or(&nothing);
    let language = described.at("Language").and_then(|it| it.attribute("FormalName"));
    set(record, Field::Language, "Language", language.map(|it| it.to_lowercase().into()));
    set(record, Field::Language, "@xml:lang", item.attribute("xml:lang"));
    for property in described.all("Property") {
        if property.attribute("FormalName").as_deref() == Some("Keyword") {
            let value = property.attribute("Value").unwrap_or_default().into_owned();
            record.push(List::Keywords, "Property Keyword", value);
        }
    }
    subjects(item, described, record);
    named(item, described, record);
    for component in item.all("NewsComponent") {
        body(component, Captions::Passed, record);
    }
    if !record.has_body() {
        item.all("NewsComponent").for_each(|it| body(it, Captions::Taken, record));
    }
}

fn set(record: &mut Record<'_>, field: Field, from: &'static str, value: Option<Cow<'_, str>>) {
    if let Some(value) = value {
        record.set(field, from, value.into_owned());
    }
}

/// Reads the name of the item and its revision.
///
/// A public identifier ends with the revision and a letter that says whether it is an update; a
/// later revision is the same article, so both are taken off.
fn identification(item: &Element<'_>, record: &mut Record<'_>) {
    let Some(identifier) = item.at("Identification/NewsIdentifier") else {
        return;
    };
    let text = |name: &str| identifier.text_at(name).unwrap_or_default().trim().to_owned();
    let revision = text("RevisionId");
    let public = text("PublicIdentifier");
    let id = match public.rsplit_once(':') {
        Some((id, end))
            if !revision.is_empty() && end.trim_end_matches(['A', 'N', 'U']) == revision =>
        {
            id.to_owned()
        }
        _ => public,
    };
    record.set(Field::Id, "PublicIdentifier", id);
    if !text("NewsItemId").is_empty() {
        let parts = ["ProviderId", "DateId", "NewsItemId"].map(text);
        record.set(Field::Id, "NewsIdentifier", format!("urn:newsml:{}", parts.join(":")));
    }
    record.set(Field::Version, "RevisionId", revision);
}

fn management(management: &Element<'_>, record: &mut Record<'_>) {
    let revised = || management.text_at("ThisRevisionCreated");
    set(record, Field::Date, "FirstCreated", management.text_at("FirstCreated"));
    set(record, Field::Date, "ThisRevisionCreated", revised());
    set(record, Field::Updated, "ThisRevisionCreated", revised());
}

fn lines(lines: &Element<'_>, record: &mut Record<'_>) {
    set(record, Field::Headline, "HeadLine", lines.text_at("HeadLine"));
    set(record, Field::Subhead, "SubHeadLine", lines.text_at("SubHeadLine"));
    set(record, Field::Slug, "SlugLine", lines.text_at("SlugLine"));
    if let Some(dateline) = lines.text_at("DateLine") {
        set_dateline(record, "DateLine", dateline);
    }
    for byline in lines.all("ByLine") {
        record.push(List::Byline, "ByLine", byline.text().into_owned());
    }
    for line in lines.all("KeywordLine") {
        for keyword in line.text().split([',', ';']) {
            record.push(List::Keywords, "KeywordLine", keyword.trim().to_owned());
        }
    }
}

/// Reads who published the item: the first place that names anybody.
fn sources(item: &Element<'_>, record: &mut Record<'_>) {
    let administration = item.find("AdministrativeMetadata");
    for place in ["Provider", "Source"] {
        let parties = administration.into_iter().flat_map(|it| it.all(place));
        for party in parties.flat_map(|it| it.all("Party")) {
            if let Some(name) = party.attribute("FormalName") {
                record.push_first(List::Source, place, name.into_owned());
            }
        }
    }
    if let Some(provider) = item.text_at("Identification/NewsIdentifier/ProviderId") {
        record.push_first(List::Source, "ProviderId", provider.into_owned());
    }
}

fn subjects(item: &Element<'_>, described: &Element<'_>, record: &mut Record<'_>) {
    let language = record.text(Field::Language).to_owned();
    for subject in described.all("SubjectCode").flat_map(Element::elements) {
        let number = subject.attribute("FormalName").unwrap_or_default();
        let is_iptc = number.len() == 8 && number.bytes().all(|it| it.is_ascii_digit());
        let code = if is_iptc { format!("subj:{number}") } else { number.clone().into_owned() };
        record.subject("SubjectCode", &code, &topic(item, &number, &language).unwrap_or_default());
    }
}

/// Returns what the item's own list of topics calls a number, in a language where it does.
fn topic<'e>(item: &Element<'e>, number: &str, language: &str) -> Option<Cow<'e, str>> {
    let topics = item.find("TopicSet")?;
    let is_it = |it: &&Element<'_>| it.text_at("FormalName").is_some_and(|it| it.trim() == number);
    name(topics.all("Topic").find(is_it)?, language)
}

/// Returns the name of a topic, in a language where it has one.
fn name<'e>(topic: &Element<'e>, language: &str) -> Option<Cow<'e, str>> {
    let is_name = |it: &&Element<'_>| it.attribute("Variant").as_deref() == Some("Name");
    let is_ours = |it: &&Element<'_>| it.attribute("lang").as_deref() == Some(language);
    let names = || topic.all("Description").filter(is_name);
    names().find(is_ours).or_else(|| names().next()).map(Element::text)
}

/// Reads whom and what the item names: the topics that occur in it and are such, and the places
/// that it does not only come from.
fn named(item: &Element<'_>, described: &Element<'_>, record: &mut Record<'_>) {
    let language = record.text(Field::Language).to_owned();
    let mut topics = BTreeMap::new();
    for topic in item.find("TopicSet").into_iter().flat_map(|it| it.all("Topic")).take(TOPICS_MAX) {
        topics.extend(topic.attribute("Duid").map(|duid| (duid, topic)));
    }
    for occurrence in described.all("TopicOccurrence").take(TOPICS_MAX) {
        let link = occurrence.attribute("Topic").unwrap_or_default();
        let Some(topic) = topics.get(link.rsplit('#').next().unwrap_or_default()) else {
            continue;
        };
        let nature = topic.at("TopicType").and_then(|it| it.attribute("FormalName"));
        let formal = topic.text_at("FormalName").unwrap_or_default();
        let scheme = topic.at("FormalName").and_then(|it| it.attribute("Scheme"));
        let code = match scheme.filter(|it| !it.is_empty()) {
            Some(scheme) => format!("{scheme}:{}", formal.trim()),
            None => formal.trim().to_owned(),
        };
        if let (Some(kind), Some(name)) =
            (nature.as_deref().and_then(kind_of), name(topic, &language))
        {
            record.named(kind, "TopicOccurrence", name.into_owned(), code);
        }
    }
    let is_origin = |it: &Element<'_>| it.attribute("HowPresent").as_deref() == Some("Origin");
    for location in described.all("Location").filter(|it| !is_origin(it)) {
        let part = |name: &str| {
            let is_it = |it: &&Element<'_>| it.attribute("FormalName").as_deref() == Some(name);
            location.all("Property").find(is_it)?.attribute("Value").filter(|it| !it.is_empty())
        };
        if let Some(place) = PLACES.iter().find_map(|it| part(it)) {
            record.named(MentionKind::Place, "Location", place.into_owned(), "");
        }
    }
}

/// Returns what a topic of a type is.
fn kind_of(nature: &str) -> Option<MentionKind> {
    Some(match nature.to_ascii_lowercase().as_str() {
        "person" => MentionKind::Person,
        "company" | "organisation" | "organization" => MentionKind::Organisation,
        "city" | "country" | "countryarea" | "geography" | "location" | "place" | "worldregion" => {
            MentionKind::Place
        }
        _ => return None,
    })
}

/// What becomes of the captions of pictures.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Captions {
    /// They are passed over, as the text beside them is there.
    Passed,
    /// They are the text.
    Taken,
}

/// Adds the text of a component and of those within it.
///
/// Components that are equivalent are the same text in several formats, and the first of them is
/// taken.
fn body(component: &Element<'_>, captions: Captions, record: &mut Record<'_>) {
    let role = component.at("Role").and_then(|it| it.attribute("FormalName")).unwrap_or_default();
    if captions == Captions::Passed && role.to_lowercase().contains("caption") {
        return;
    }
    let are_equivalent = component.attribute("EquivalentsList").as_deref() == Some("yes");
    for part in component.elements() {
        if are_equivalent && record.has_body() {
            return;
        }
        match part.local() {
            "NewsComponent" => body(part, captions, record),
            "ContentItem" if is_text(part) => {
                if let Some(content) = part.at("DataContent") {
                    add(content, record);
                }
            }
            _ => (),
        }
    }
}

/// Tells whether what a content item holds is text, as far as it says; what is encoded is none.
fn is_text(content: &Element<'_>) -> bool {
    let media = content.at("MediaType").and_then(|it| it.attribute("FormalName"));
    media.is_none_or(|it| {
        it.to_lowercase().contains("text") || it.to_lowercase().contains("caption")
    })
}

fn add(content: &Element<'_>, record: &mut Record<'_>) {
    match content.find("nitf") {
        Some(story) => nitf::fill_within(story, record),
        None if content.elements().next().is_some() => {
            add_markup(record, "DataContent", content.find("body").unwrap_or(content));
        }
        None => add_text(record, "DataContent", content),
    }
}
