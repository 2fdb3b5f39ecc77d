//! What stands where in an entry.

use std::borrow::Cow;

use super::channel::Channel;
use super::text;
use crate::article::MentionKind;
use crate::source::normal::{Field, List, Record};
use crate::source::xml::Element;

/// Where the text of an entry is looked for, the fullest first. A name without a prefix is of the
/// feed's own vocabulary, and has the prefix that the entry has.
const BODIES: &[&str] = &[
    "content:encoded",
    "encoded",
    "content",
    "xhtml:body",
    "body",
    "description",
    "summary",
    "tagline",
    "dc:description",
    "itunes:summary",
    "media:description",
    "media:group/media:description",
];

const HEADLINES: &[&str] = &["title", "dc:title", "media:title", "media:group/media:title"];

const DATES: &[&str] =
    &["pubDate", "published", "issued", "dc:date", "dcterms:issued", "dcterms:created", "created"];

const UPDATES: &[&str] =
    &["updated", "modified", "dcterms:modified", "dc:modified", "atom:updated"];

const AUTHORS: &[&str] = &["author", "dc:creator", "atom:author", "itunes:author"];

/// Keywords, several of them in one element parted by commas.
const KEYWORDS: &[&str] = &["media:keywords", "media:group/media:keywords", "itunes:keywords"];

/// The relations of links that lead to something else than the article.
const OTHER_LINKS: &[&str] =
    &["enclosure", "replies", "hub", "edit", "edit-media", "service.post", "license", "next"];

/// Makes a record of an entry, and of what its feed says of itself.
pub(super) fn record(entry: &Element<'_>, channel: &Channel) -> Record<'static> {
    let mut record = Record::default();
    for name in HEADLINES {
        if let Some(title) = own(entry, name) {
            record.set(Field::Headline, *name, text::line(title).into_owned());
        }
    }
    identity(entry, &mut record);
    url(entry, channel, &mut record);
    dates(entry, &mut record);
    people(entry, channel, &mut record);
    keywords(entry, &mut record);
    body(entry, &mut record);
    language(entry, channel, &mut record);
    record
}

/// Adds the text of an entry. One that only says the headline again is taken where there is no
/// other.
fn body(entry: &Element<'_>, record: &mut Record<'static>) {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let headline = words(record.text(Field::Headline));
    let found = || BODIES.iter().filter_map(|name| Some((*name, own(entry, name)?)));
    let (repeated, other): (Vec<_>, Vec<_>) =
        found().partition(|(_, it)| words(&text::line(it)) == headline);
    for (name, element) in other.into_iter().chain(repeated) {
        if !record.has_body() {
            text::append(name, element, record);
        }
    }
}

fn identity(entry: &Element<'_>, record: &mut Record<'static>) {
    for name in ["guid", "id"] {
        if let Some(id) = own(entry, name) {
            record.set(Field::Id, name, id.text().into_owned());
        }
    }
    if let Some(about) = entry.attribute("rdf:about") {
        record.set(Field::Id, "@rdf:about", about.into_owned());
    }
}

fn url(entry: &Element<'_>, channel: &Channel, record: &mut Record<'_>) {
    let base = || {
        let declared = entry.attribute("xml:base").filter(|it| it.contains("://"));
        declared.map(Cow::into_owned).or_else(|| channel.base.clone())
    };
    let original = entry.at("feedburner:origLink").map(|it| ("feedburner:origLink", text_of(it)));
    let mut found: Vec<_> = links(entry).collect();
    found.sort_by_key(|(rank, _)| *rank);
    let linked = found.into_iter().map(|(_, url)| ("link", url));
    let guid = own(entry, "guid")
        .filter(|it| it.attribute("isPermaLink").is_none_or(|it| it != "false"))
        .map(|it| ("guid", text_of(it)))
        .filter(|(_, it)| it.starts_with("http"));
    for (from, url) in original.into_iter().chain(linked).chain(guid) {
        if !record.has(Field::Url) {
            record.set(Field::Url, from, complete(url, base));
        }
    }
}

/// Returns the links of an entry or a feed: how little each is likely to lead to the article, and
/// where it leads.
pub(super) fn links(element: &Element<'_>) -> impl Iterator<Item = (u8, String)> {
    element.all("link").filter_map(|link| {
        let relation = link.attribute("rel").unwrap_or_default();
        if OTHER_LINKS.contains(&relation.as_ref()) {
            return None;
        }
        let kind = link.attribute("type").unwrap_or_default();
        let rank = match relation.as_ref() {
            "" | "alternate" if matches!(kind.as_ref(), "" | "text/html") => 0,
            "" | "alternate" => 1,
            _ => 2,
        };
        let text = text_of(link);
        let url = match link.attribute("href") {
            Some(address) if text.is_empty() => address.trim().to_owned(),
            _ => text,
        };
        (!url.is_empty()).then_some((rank, url))
    })
}

/// Puts the host of a feed before a link that begins with `/`.
fn complete(url: String, base: impl Fn() -> Option<String>) -> String {
    if !url.starts_with('/') || url.starts_with("//") {
        return url;
    }
    let Some(base) = base() else {
        return url;
    };
    let host = base.find("://").map_or(0, |at| at + 3);
    let end = base[host..].find('/').map_or(base.len(), |at| host + at);
    format!("{}{url}", &base[..end])
}

fn dates(entry: &Element<'_>, record: &mut Record<'static>) {
    for (field, names) in [(Field::Date, DATES), (Field::Updated, UPDATES), (Field::Date, UPDATES)]
    {
        for name in names {
            if let Some(date) = own(entry, name) {
                record.set(field, *name, text_of(date));
            }
        }
    }
}

fn people(entry: &Element<'_>, channel: &Channel, record: &mut Record<'static>) {
    for path in AUTHORS {
        if !record.has_any(List::Byline) {
            authors(entry, path).for_each(|name| record.push(List::Byline, *path, name));
        }
    }
    // An entry of Atom without an author has that of its feed.
    if !record.has_any(List::Byline) && entry.local() == "entry" {
        for name in &channel.authors {
            record.push(List::Byline, "author", name.clone());
        }
    }
    let source = own(entry, "source").map(|it| match own(it, "title") {
        Some(title) => ("source/title", text::line(title).into_owned()),
        None => ("source", it.text().into_owned()),
    });
    let publisher = entry.at("dc:publisher").map(|it| ("dc:publisher", it.text().into_owned()));
    let title = Some(("the title of the feed", channel.title.clone()));
    for (from, name) in [source, publisher, title].into_iter().flatten() {
        if !record.has_any(List::Source) {
            record.push(List::Source, from, name);
        }
    }
}

/// Returns the names of the authors of an entry or a feed.
pub(super) fn authors(within: &Element<'_>, path: &str) -> impl Iterator<Item = String> {
    every(within, path).map(|author| {
        let name = author.at("name").map_or_else(|| text_of(author), text_of);
        person(&name).to_owned()
    })
}

/// Returns the name of a person without an address: `ann@courier.example (Ann Hale)`.
fn person(text: &str) -> &str {
    let text = text.trim();
    if !text.contains('@') {
        return text;
    }
    let (before, within) = text.split_once(['(', '<']).unwrap_or((text, ""));
    let within = within.trim_end_matches([')', '>']);
    [before, within].map(str::trim).into_iter().find(|it| !it.contains('@')).unwrap_or_default()
}

fn keywords(entry: &Element<'_>, record: &mut Record<'static>) {
    for category in every(entry, "category") {
        let label = category.attribute("label").filter(|it| !it.trim().is_empty());
        let named = label.or_else(|| category.attribute("term"));
        let name = named.unwrap_or_else(|| text::line(category));
        let name = name.trim().to_owned();
        let domain = category.attribute("domain").or_else(|| category.attribute("scheme"));
        match domain.and_then(|it| kind_of(&it, &name)) {
            Some(kind) => record.named(kind, "category", name, ""),
            None => record.push(List::Keywords, "category", name),
        }
    }
    for place in every(entry, "georss:featurename") {
        record.named(MentionKind::Place, "georss:featurename", text_of(place), "");
    }
    for subject in entry.all("dc:subject") {
        record.push(List::Keywords, "dc:subject", text_of(subject));
    }
    for name in KEYWORDS {
        let words = own(entry, name).map(text_of).unwrap_or_default();
        for word in words.split(',') {
            record.push(List::Keywords, *name, word.trim().to_owned());
        }
    }
    if let Some(section) = entry.at("prism:section") {
        record.push(List::Section, "prism:section", text_of(section));
    }
}

/// Returns what the categories of a vocabulary are: `…/keywords/nyt_per`, `person`. One that only
/// says the last word of its own vocabulary is a section: `…/people`.
fn kind_of(domain: &str, name: &str) -> Option<MentionKind> {
    let last = domain.trim_end_matches('/').rsplit(['/', '#', ':', ',']).next()?;
    let last = last.to_ascii_lowercase();
    let kind = match last.as_str() {
        "nyt_per" | "per" | "person" | "persons" | "people" => MentionKind::Person,
        "nyt_org" | "nyt_org_all" | "org" | "orgs" | "company" | "companies" | "organisation"
        | "organisations" | "organization" | "organizations" => MentionKind::Organisation,
        "nyt_geo" | "geo" | "place" | "places" | "location" | "locations" => MentionKind::Place,
        _ => return None,
    };
    (!name.eq_ignore_ascii_case(&last)).then_some(kind)
}

fn language(entry: &Element<'_>, channel: &Channel, record: &mut Record<'static>) {
    let texts = ["content", "summary", "title"].into_iter().filter_map(|it| own(entry, it));
    for element in texts.chain([entry]) {
        if let Some(language) = element.attribute("xml:lang") {
            record.set(Field::Language, "@xml:lang", language.into_owned());
        }
    }
    if let Some(language) = own(entry, "dc:language") {
        record.set(Field::Language, "dc:language", text_of(language));
    }
    if let Some((from, language)) = &channel.language {
        record.set(Field::Language, *from, language.clone());
    }
}

/// Returns the first element of a name, or at a path of such, as [`every`] finds it.
pub(super) fn own<'e, 'a>(within: &'e Element<'a>, path: &str) -> Option<&'e Element<'a>> {
    let (name, rest) = path.split_once('/').unwrap_or((path, ""));
    let first = every(within, name).next()?;
    if rest.is_empty() { Some(first) } else { own(first, rest) }
}

/// Returns the elements of a name. One without a prefix has that of the element around it, so that
/// the `title` of an entry is not the `media:title` of its picture; case does not count.
fn every<'e, 'a>(within: &'e Element<'a>, name: &str) -> impl Iterator<Item = &'e Element<'a>> {
    let prefix = within.name.rsplit_once(':').map_or("", |(prefix, _)| prefix);
    within.elements().filter(move |it| {
        let (own_prefix, local) = it.name.rsplit_once(':').unwrap_or(("", it.name));
        match name.split_once(':') {
            Some(_) => it.name.eq_ignore_ascii_case(name),
            None => {
                let is_own = own_prefix == prefix || own_prefix.is_empty() || prefix == "rdf";
                is_own && local.eq_ignore_ascii_case(name)
            }
        }
    })
}

pub(super) fn text_of(element: &Element<'_>) -> String {
    element.text().trim().to_owned()
}
