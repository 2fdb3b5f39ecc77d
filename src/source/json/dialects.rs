//! Records in the JSON of agencies, feeds and collections, which keep their texts in objects.
//!
//! Which field comes from which of its places is told in `fields.md`.
//!
//! Plain text is preferred, unless it is one paragraph and the HTML beside it has several. A
//! picture, or a package, is an article of its headline and description.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::keys::{self, Filed};
use crate::article::MentionKind;
use crate::source::html::fragment;
use crate::source::normal::{Field, List, Record};

/// Keys by which a record of these dialects is known.
const KNOWN_BY: &[&str] = &[
    "_source",
    "article_url",
    "bodies",
    "body_html",
    "body_text",
    "body_xhtml",
    "content_html",
    "content_text",
    "contents",
    "description_text",
    "descriptions",
    "headlines",
    "pubstatus",
];

/// Under which keys whom and what an article names stands.
const NAMED: &[(MentionKind, &[&str])] = &[
    (MentionKind::Person, &["person", "people", "persons"]),
    (
        MentionKind::Organisation,
        &["organisation", "organisations", "organization", "organizations", "company", "companies"],
    ),
    (MentionKind::Place, &["place", "places"]),
];

/// What a feed says of all its items.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Feed {
    pub(super) title: String,
    pub(super) language: String,
}

impl Feed {
    /// Reads what stands before the first item of a JSON Feed; nothing where it is no feed.
    pub(super) fn of_lead(lead: &str) -> Option<Self> {
        let closed = format!("{lead}]}}");
        let Ok(Value::Object(feed)) = serde_json::from_str(&closed) else {
            return None;
        };
        let feed = Object(&feed);
        let is_feed = feed.text("version").is_some_and(|it| it.contains("jsonfeed.org"));
        // The titles of blogs are written for pages.
        let text = |key| fragment::unescaped(feed.text(key).unwrap_or_default()).into_owned();
        is_feed.then(|| Self { title: text("title"), language: text("language") })
    }
}

/// Tells whether a key is one of those that only these dialects have.
pub(super) fn is_known_by(key: &str) -> bool {
    KNOWN_BY.iter().any(|it| same(it, key))
}

/// Compares keys without their case, `_` and `-`.
fn same(one: &str, other: &str) -> bool {
    letters(one).eq(letters(other))
}

fn letters(key: &str) -> impl Iterator<Item = u8> {
    key.bytes().filter(|it| !matches!(it, b'_' | b'-')).map(|it| it.to_ascii_lowercase())
}

/// Finds the fields of a record.
pub(super) fn record(fields: &Map<String, Value>, feed: Option<&Feed>) -> Record<'static> {
    let mut found = Object(fields);
    if let Some(Value::Object(within)) = fields.get("_source") {
        found = Object(within);
    }
    let mut record = Record::default();
    names(found, &mut record);
    if let Some(Value::Object(ids)) = found.find("altids") {
        set(Object(ids), Field::Id, &["itemid"], &mut record);
    }
    set(found, Field::Id, &["guid", "uri", "id"], &mut record);
    set(found, Field::Version, &["version"], &mut record);
    set(found, Field::Updated, &["versioncreated", "date_modified"], &mut record);
    let published =
        ["contentcreated", "date_published", "published_date", "firstcreated", "versioncreated"];
    set(found, Field::Date, &published, &mut record);
    set(found, Field::Dateline, &["located"], &mut record);
    set(found, Field::Slug, &["slugline"], &mut record);
    set(found, Field::Language, &["language"], &mut record);
    set(found, Field::Url, &["url", "external_url", "article_url"], &mut record);
    if let Some(uri) = found.text("uri").filter(|it| it.starts_with("http")) {
        record.set(Field::Url, "uri", uri.to_owned());
    }
    contents(found, &mut record);
    body(found, &mut record);
    if let Some(status) = found.text("pubstatus").filter(|it| !it.eq_ignore_ascii_case("usable")) {
        record.withdraw(format!("pubstatus {status}"));
    }
    if let Some(feed) = feed {
        record.set(Field::Language, "language of the feed", feed.language.clone());
        record.push(List::Source, "title of the feed", feed.title.clone());
    }
    record
}

fn set(from: Object<'_>, field: Field, keys: &[&'static str], record: &mut Record<'static>) {
    for key in keys {
        if let Some(text) = from.find(key).and_then(scalar) {
            record.set(field, *key, text);
        }
    }
}

/// Finds headlines, and the lists of names.
fn names(found: Object<'_>, record: &mut Record<'static>) {
    let mut headlines = found.texts("headlines");
    headlines.sort_by_key(|it| it.role != "main");
    set(found, Field::Headline, &["headline"], record);
    for headline in headlines {
        let field = if record.has(Field::Headline) { Field::Subhead } else { Field::Headline };
        record.set(field, "headlines", headline.text);
    }
    set(found, Field::Headline, &["title"], record);
    for (list, keys) in [
        (List::Byline, &["byline", "by", "authors", "author"][..]),
        (List::Source, &["source", "infosources", "copyrightholder"]),
        (List::Section, &["service"]),
    ] {
        let named = keys.iter().map(|key| (*key, found.texts(key)));
        let Some((key, texts)) = named.into_iter().find(|(_, texts)| !texts.is_empty()) else {
            continue;
        };
        texts.into_iter().for_each(|it| record.push(list, key, it.text));
    }
    filed_under(found, record);
}

/// Finds what an article is filed under, and whom and what it names.
fn filed_under(found: Object<'_>, record: &mut Record<'static>) {
    for key in ["keywords", "tags"] {
        if !record.has_any(List::Keywords) {
            keywords(found, key, record);
        }
    }
    for (kind, keys) in NAMED {
        for key in *keys {
            if let Some(value) = found.find(key) {
                named(value, *kind, key, record);
            }
        }
    }
    for key in ["subject", "subjects"] {
        for subject in found.objects(key) {
            let code = ["code", "literal", "qcode", "uri"].iter().find_map(|it| subject.text(it));
            let code = code.map(code_of).unwrap_or_default();
            record.subject(key, &code, subject.text("name").unwrap_or_default());
        }
    }
}

/// Adds the keywords under a key, and what they name where their objects say so.
fn keywords(found: Object<'_>, key: &'static str, record: &mut Record<'static>) {
    let filed = |it: &Object<'_>| keys::filed(it.text("name")?);
    for object in found.objects(key) {
        if let (Some(Filed::Named(kind)), Some(value)) = (filed(&object), object.text("value")) {
            record.named(kind, key, value.to_owned(), "");
        }
    }
    for text in found.texts_of(key, |it| !matches!(filed(it), Some(Filed::Named(_)))) {
        record.push(List::Keywords, key, text.text);
    }
}

/// Adds whom or what is named under a key: in a text, in objects, in an array of these.
fn named(value: &Value, kind: MentionKind, key: &'static str, record: &mut Record<'static>) {
    match value {
        Value::String(text) => record.named_in(kind, key, text),
        Value::Object(object) => add_named(Object(object), kind, key, record),
        Value::Array(all) => {
            for value in all {
                match value {
                    Value::String(name) => record.named(kind, key, name.clone(), ""),
                    Value::Object(object) => add_named(Object(object), kind, key, record),
                    _ => {}
                }
            }
        }
        _ => {}
    }
}

/// Adds whom or what an object names.
///
/// A place that only lies around one that is named (`rels` `ancestor`, at the AP) is not named.
fn add_named(
    object: Object<'_>,
    kind: MentionKind,
    key: &'static str,
    record: &mut Record<'static>,
) {
    let is_around = matches!(object.find("rels"), Some(Value::Array(rels))
        if !rels.is_empty() && rels.iter().all(|it| it.as_str() == Some("ancestor")));
    let names = object.texts("names");
    let name = object.text("name").or_else(|| names.first().map(|it| it.text.as_str()));
    if let Some(name) = name.or_else(|| object.text("literal")).filter(|_| !is_around) {
        record.named(kind, key, name.to_owned(), named_code(object, name));
    }
}

/// Returns the code of what has a name, with its vocabulary: `https://cv.example/person/7`,
/// `places:7`. A code that only says the name again is none.
fn named_code(object: Object<'_>, name: &str) -> String {
    let printed = |key: &str| object.find(key).and_then(scalar);
    let code = ["code", "literal"].iter().find_map(|it| printed(it));
    let code = code.filter(|it| !it.trim().is_empty() && it != name);
    let whole = || ["uri", "qcode"].iter().find_map(|it| printed(it)).unwrap_or_default();
    match (object.text("scheme"), code) {
        (Some(scheme), Some(code)) if scheme.ends_with(['/', '#', ':', '=']) => {
            scheme.to_owned() + &code
        }
        (Some(scheme), Some(code)) if scheme.contains("://") => format!("{scheme}/{code}"),
        (Some(scheme), Some(code)) => format!("{scheme}:{code}"),
        (None, code) if whole().is_empty() => code.unwrap_or_default(),
        _ => whole(),
    }
}

/// Spells a code with the vocabulary of the IPTC that it is of: Media Topics begin with 2, and
/// the older subject codes with 0 or 1.
fn code_of(printed: &str) -> Cow<'_, str> {
    let last = printed.rsplit('/').next().unwrap_or(printed);
    let figures = last.rsplit(':').next().unwrap_or(last);
    let is_code = figures.len() == 8 && figures.bytes().all(|it| it.is_ascii_digit());
    match figures.as_bytes().first() {
        Some(b'2') if is_code => format!("medtop:{figures}").into(),
        Some(_) if is_code => format!("subj:{figures}").into(),
        _ => last.into(),
    }
}

/// Finds what the collection of The Washington Post keeps in one list.
fn contents(found: Object<'_>, record: &mut Record<'static>) {
    for part in found.objects("contents") {
        let Some(content) = part.find("content").and_then(scalar) else {
            continue;
        };
        match part.text("type").unwrap_or_default() {
            "kicker" => record.push(List::Section, "kicker", content),
            "title" => record.set(Field::Headline, "title", content),
            "byline" if !record.has_any(List::Byline) => {
                record.push(List::Byline, "byline", content);
            }
            "date" => record.set(Field::Date, "date", content),
            "sanitized_html" | "tweet" => {
                record.body_from("contents");
                html(&content, record);
            }
            _ => {}
        }
    }
}

/// Finds the text, in the form that tells its paragraphs best.
fn body(found: Object<'_>, record: &mut Record<'static>) {
    if record.has_body() {
        return;
    }
    let bodies = found.texts("bodies");
    let of_kind = |kind: &str| {
        let texts = bodies.iter().filter(|it| it.role.contains(kind));
        texts.max_by_key(|it| it.text.len()).map(|it| ("bodies", it.text.clone()))
    };
    let under = |keys: &[&'static str]| -> Option<(&'static str, String)> {
        keys.iter().find_map(|key| Some((*key, found.text(key)?.to_owned())))
    };
    let plain = under(&["body_text", "content_text"]).or_else(|| of_kind("plain"));
    let marked_up = under(&["body_html", "body_xhtml", "content_html"])
        .or_else(|| of_kind("html"))
        .or_else(|| of_kind("nitf"));
    let paragraphs = marked_up.map(|(from, text)| {
        let text = text.split_once("<body.content").map_or(text.as_str(), |(_, it)| it).to_owned();
        (from, fragment::paragraphs(text.split("</body.content").next().unwrap_or_default()))
    });
    let is_one = |text: &str| !text.trim().contains('\n');
    match (plain, paragraphs) {
        (Some((_, text)), Some((from, paragraphs))) if is_one(&text) && paragraphs.len() > 1 => {
            record.body_from(from);
            paragraphs.into_iter().for_each(|it| record.paragraph(it));
        }
        (Some((from, text)), _) => {
            record.body_from(from);
            record.part(text);
        }
        (None, Some((from, paragraphs))) => {
            record.body_from(from);
            paragraphs.into_iter().for_each(|it| record.paragraph(it));
        }
        (None, None) => {
            let described = found.texts("descriptions").into_iter().next();
            let described = described.map(|it| ("descriptions", it.text));
            let described = under(&["description_text", "summary"]).or(described);
            if let Some((from, text)) = described.or_else(|| under(&["body", "content", "text"])) {
                record.body_from(from);
                record.part(text);
            }
        }
    }
}

fn html(text: &str, record: &mut Record<'static>) {
    match fragment::is_markup(text) || text.contains('&') {
        true => fragment::paragraphs(text).into_iter().for_each(|it| record.paragraph(it)),
        false => record.paragraph(text.to_owned()),
    }
}

/// Returns a text, or a number as it is written.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A text with what it is for.
struct Text {
    /// The role, and the type of the content.
    role: String,
    text: String,
}

/// An object whose keys are compared without case, `_` and `-`.
#[derive(Clone, Copy)]
struct Object<'a>(&'a Map<String, Value>);

impl<'a> Object<'a> {
    fn find(self, key: &str) -> Option<&'a Value> {
        self.0.get(key).or_else(|| self.0.iter().find(|(it, _)| same(it, key)).map(|(_, it)| it))
    }

    fn text(self, key: &str) -> Option<&'a str> {
        self.find(key)?.as_str().filter(|it| !it.trim().is_empty())
    }

    /// Returns the objects of an array, or the one that stands alone.
    fn objects(self, key: &str) -> Vec<Object<'a>> {
        match self.find(key) {
            Some(Value::Array(values)) => {
                values.iter().filter_map(Value::as_object).map(Object).collect()
            }
            Some(Value::Object(fields)) => vec![Object(fields)],
            _ => Vec::new(),
        }
    }

    /// Returns the texts of an array, and of the objects in it, or the one that stands alone.
    fn texts(self, key: &str) -> Vec<Text> {
        self.texts_of(key, |_| true)
    }

    /// Returns the same without those of objects that are not wanted.
    fn texts_of(self, key: &str, is_wanted: impl Fn(&Object<'_>) -> bool) -> Vec<Text> {
        let plain = |text: &str| Text { role: String::new(), text: text.to_owned() };
        let mut texts: Vec<Text> = match self.find(key) {
            Some(Value::String(text)) => vec![plain(text)],
            Some(Value::Array(values)) => {
                values.iter().filter_map(Value::as_str).map(plain).collect()
            }
            _ => Vec::new(),
        };
        for object in self.objects(key).into_iter().filter(is_wanted) {
            let Some(text) = ["value", "name", "text"].iter().find_map(|it| object.text(it)) else {
                continue;
            };
            let role = [object.text("role"), object.text("contenttype")];
            let role = role.into_iter().flatten().collect::<Vec<_>>().join(" ");
            texts.push(Text { role: role.to_lowercase(), text: text.to_owned() });
        }
        texts.retain(|it| !it.text.trim().is_empty());
        texts
    }
}
