//! What stands where in a story of NITF.

use std::borrow::Cow;

use super::names;
use crate::source::normal::{Field, List, Record};
use crate::source::xml::{self, Element};

/// Fills a record with what a story says of itself, and with its text.
pub(super) fn fill(story: &Element<'_>, record: &mut Record<'_>) {
    let nothing = Element::default();
    let head = story.at("head").unwrap_or(&nothing);
    let top = story.at("body/body.head").unwrap_or(&nothing);
    administration(head, record);
    names::identified(head, record);
    headlines(head, top, record);
    people(top, record);
    dates(head, top, record);
    if let Some(name) = top.text_at("distributor") {
        record.push_first(List::Source, "distributor", name.into_owned());
    }
    if let Some(holder) = attribute(head, "docdata/doc.copyright", "holder") {
        record.push_first(List::Source, "doc.copyright@holder", holder);
    }
    for name in ["baselang", "lang"] {
        if let Some(language) = story.attribute(name) {
            record.set(Field::Language, format!("nitf@{name}"), language.into_owned());
        }
    }
    body(story, record);
}

/// Adds what a story says that stands within another format, where that has not said it.
pub(in crate::source) fn fill_within(story: &Element<'_>, record: &mut Record<'_>) {
    let nothing = Element::default();
    let head = story.at("head").unwrap_or(&nothing);
    let top = story.at("body/body.head").unwrap_or(&nothing);
    headlines(head, top, record);
    if record.has_any(List::Byline) {
        datelines(top, record);
    } else {
        people(top, record);
    }
    dates(head, top, record);
    names::identified(head, record);
    body(story, record);
}

/// Adds the paragraphs of a story, and whom and what is marked in them.
fn body(story: &Element<'_>, record: &mut Record<'_>) {
    let content = || story.find("body.content");
    let full = content().and_then(|it| {
        it.all("block").find(|block| block.attribute("class").as_deref() == Some("full_text"))
    });
    let found = match (full, content()) {
        (Some(full), _) => Some(("block full_text", full)),
        (None, Some(content)) => Some(("body.content", content)),
        // Some have forgotten the elements that part a body.
        (None, None) => {
            story.at("body").filter(|it| it.at("body.head").is_none()).map(|it| ("body", it))
        }
    };
    if let Some((from, found)) = found {
        append(from, found, record);
        names::marked(found, record);
    }
    for tagline in story.at("body/body.end").into_iter().flat_map(|it| it.all("tagline")) {
        append("body.end/tagline", tagline, record);
    }
    if !record.has_body()
        && let Some(summary) = story.at("body/body.head/abstract")
    {
        append("abstract", summary, record);
    }
}

fn append(from: &'static str, element: &Element<'_>, record: &mut Record<'_>) {
    for paragraph in xml::paragraphs(element) {
        record.body_from(from);
        record.paragraph(paragraph);
    }
}

/// Returns the value of an attribute of the element at a path, where it is not blank.
pub(super) fn attribute(element: &Element<'_>, path: &str, name: &str) -> Option<String> {
    let value = element.at(path)?.attribute(name)?;
    (!value.trim().is_empty()).then(|| value.into_owned())
}

fn set(record: &mut Record<'_>, field: Field, from: &'static str, value: Option<String>) {
    if let Some(value) = value {
        record.set(field, from, value);
    }
}

/// Returns the content of a `<meta>` by its name.
fn meta<'e>(head: &Element<'e>, name: &str) -> Option<Cow<'e, str>> {
    head.all("meta").find(|it| it.attribute("name").as_deref() == Some(name))?.attribute("content")
}

/// Reads what names and files the story.
fn administration(head: &Element<'_>, record: &mut Record<'_>) {
    set(record, Field::Id, "doc-id@id-string", attribute(head, "docdata/doc-id", "id-string"));
    set(record, Field::Version, "du-key@version", attribute(head, "docdata/du-key", "version"));
    set(record, Field::Url, "pubdata@ex-ref", attribute(head, "pubdata", "ex-ref"));
    for name in ["slug", "anpa-keyword"] {
        if let Some(slug) = meta(head, name) {
            record.set(Field::Slug, format!("meta {name}"), slug.into_owned());
        }
    }
    if let Some(name) = attribute(head, "pubdata", "name") {
        record.push(List::Source, "pubdata@name", name);
    }
    if let Some(section) = attribute(head, "pubdata", "position.section") {
        record.push(List::Section, "pubdata@position.section", section);
    }
    for name in ["online_sections", "dsk"] {
        if let Some(sections) = meta(head, name).filter(|_| !record.has_any(List::Section)) {
            for section in sections.split(';') {
                record.push(List::Section, format!("meta {name}"), section.trim().to_owned());
            }
        }
    }
    let docdata = head.at("docdata");
    for keyword in
        docdata.into_iter().flat_map(|it| it.all("key-list")).flat_map(|it| it.all("keyword"))
    {
        if let Some(key) = keyword.attribute("key") {
            record.push(List::Keywords, "key-list/keyword", key.into_owned());
        }
    }
    let identified = docdata.and_then(|it| it.at("identified-content"));
    for classifier in identified.into_iter().flat_map(|it| it.all("classifier")) {
        let is_subject = classifier.attribute("type").is_some_and(|it| it.ends_with("descriptor"));
        if is_subject {
            record.push(List::Keywords, "classifier", classifier.text().into_owned());
        }
    }
    for subject in head.at("tobject").into_iter().flat_map(|it| it.all("tobject.subject")) {
        add_subject(subject, record);
    }
}

/// Adds a subject, whose words go from the coarse to the fine: type, matter, detail.
fn add_subject(subject: &Element<'_>, record: &mut Record<'_>) {
    let value =
        |name: &str| subject.attribute(&format!("tobject.subject.{name}")).unwrap_or_default();
    let number = value("refnum");
    let is_iptc = matches!(value("ipr").as_ref(), "" | "IPTC")
        && number.len() == 8
        && number.bytes().all(|it| it.is_ascii_digit());
    let code = if is_iptc { format!("subj:{number}") } else { number.into_owned() };
    let words = ["detail", "matter", "type", "code"].map(value);
    let label = words.iter().find(|it| !it.trim().is_empty());
    record.subject("tobject.subject", &code, label.map_or("", AsRef::as_ref));
}

fn headlines(head: &Element<'_>, top: &Element<'_>, record: &mut Record<'_>) {
    for (field, path) in [(Field::Headline, "hedline/hl1"), (Field::Subhead, "hedline/hl2")] {
        let text = top.text_at(path).unwrap_or_default();
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        if field == Field::Headline || words(&text) != words(record.text(Field::Headline)) {
            record.set(field, path, text.into_owned());
        }
    }
    if let Some(title) = head.text_at("title") {
        record.set(Field::Headline, "head/title", title.into_owned());
    }
}

/// Reads who wrote the story.
fn people(top: &Element<'_>, record: &mut Record<'_>) {
    let is_index =
        |byline: &Element<'_>| byline.attribute("class").as_deref() == Some("normalized_byline");
    let bylines: Vec<_> = top.all("byline").collect();
    let printed = bylines.iter().filter(|it| !is_index(it) || bylines.len() == 1);
    for byline in printed {
        record.push(List::Byline, "byline", text_without(byline, "byttl"));
    }
    if let Some(office) = top.text_at("byline/byttl").filter(|_| !record.has_any(List::Byline)) {
        record.push(List::Byline, "byline/byttl", office.into_owned());
    }
    datelines(top, record);
}

fn datelines(top: &Element<'_>, record: &mut Record<'_>) {
    if let Some(dateline) = top.at("dateline") {
        if let Some(location) = dateline.at("location") {
            record.set(Field::Dateline, "dateline/location", text_without(location, ""));
        }
        record.set(Field::Dateline, "dateline", text_without(dateline, "story.date"));
    }
}

/// Returns the text of an element but for that of the elements of a name right within it; between
/// two elements there is white space at least.
pub(super) fn text_without(element: &Element<'_>, name: &str) -> String {
    let parts = element.texts().filter(|(inner, _)| inner.is_none_or(|it| !it.is(name)));
    let text = parts.map(|(_, text)| text).collect::<Vec<_>>().join(" ");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.replace(" ,", ",").trim_end_matches([',', ' ']).to_owned()
}

fn dates(head: &Element<'_>, top: &Element<'_>, record: &mut Record<'_>) {
    let is_embargoed =
        attribute(head, "docdata", "management-status").as_deref() == Some("embargoed");
    let release = || attribute(head, "docdata/date.release", "norm");
    if is_embargoed {
        set(record, Field::Date, "date.release@norm", release());
    }
    set(record, Field::Date, "date.issue@norm", attribute(head, "docdata/date.issue", "norm"));
    set(record, Field::Date, "story.date@norm", attribute(top, "dateline/story.date", "norm"));
    set(
        record,
        Field::Date,
        "pubdata@date.publication",
        attribute(head, "pubdata", "date.publication"),
    );
    set(record, Field::Date, "date.release@norm", release());
    let part = |name: &str| meta(head, &format!("publication_{name}"))?.trim().parse::<u16>().ok();
    if let (Some(year), Some(month), Some(day)) =
        (part("year"), part("month"), part("day_of_month"))
    {
        record.set(Field::Date, "meta publication_year", format!("{year:04}-{month:02}-{day:02}"));
    }
}
