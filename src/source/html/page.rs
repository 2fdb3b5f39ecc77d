//! A page of the web: which article it is, or that it is none.

use dom_query::Document;
use dom_smoothie::{Config, Readability};

use super::json_ld::{self, Said};
use super::meta::Meta;
use super::{body, fragment, headline, tree};
use crate::article::Class;
use crate::source::normal::{Field, List, Record, path_date};
use crate::text::{Moment, Precision};

/// The length of a page; a longer one is set aside.
pub const PAGE_BYTES_MAX: usize = 16 * 1024 * 1024;

/// The text that a page must have which says that it is an article.
const DECLARED_BYTES_MIN: usize = 1;

/// The text that a page must have under a headline.
const TEXT_BYTES_MIN: usize = 80;

/// The text that a page must have without a headline, or where much else says that it is none.
const MUCH_BYTES_MIN: usize = 300;

/// The text up to which a page may be the notice of an error.
const NOTICE_BYTES_MAX: usize = 1_500;

/// Of the text of an index so much is links, in percent.
const LINKED_MIN: usize = 50;

/// What the headline of an error begins or ends with.
const ERRORS: &[&str] = &[
    "404",
    "403",
    "500",
    "502",
    "503",
    "access denied",
    "are you a robot",
    "attention required",
    "bad gateway",
    "error",
    "forbidden",
    "just a moment",
    "not found",
    "page introuvable",
    "page unavailable",
    "página no encontrada",
    "seite nicht gefunden",
    "service unavailable",
    "sivua ei löydy",
    "страница не найдена",
    "too many requests",
];

/// The length of a line that may say when a page was printed.
const STAMP_BYTES_MAX: usize = 64;

/// The words of such a line beside the names of days and months.
const STAMPS: &[&str] = &[
    "a",
    "am",
    "at",
    "bst",
    "cest",
    "cet",
    "cst",
    "edt",
    "est",
    "et",
    "gmt",
    "m",
    "on",
    "p",
    "pdt",
    "pm",
    "posted",
    "pst",
    "published",
    "pt",
    "updated",
    "utc",
];

/// How the names of days and months begin, in English.
const CALENDAR: &[&str] = &[
    "mon", "tue", "wed", "thu", "fri", "sat", "sun", "jan", "feb", "mar", "apr", "may", "jun",
    "jul", "aug", "sep", "oct", "nov", "dec",
];

/// The types of schema.org whose pages list others.
const INDEXES: &[&str] =
    &["CollectionPage", "ItemList", "ProfilePage", "SearchResultsPage", "ContactPage"];

/// The names of `<meta>` that hold the day of publication, the first the first to count.
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "article:published",
    "parsely-pub-date",
    "sailthru.date",
    "datepublished",
    "publish-date",
    "publish_date",
    "publishdate",
    "pubdate",
    "publication_date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date.created",
    "dc.date",
    "date",
    "pdate",
    "ptime",
    "displaydate",
    "dcsext.articlefirstpublished",
    "originalpublicationdate",
    "article.published",
    "created",
];

/// The names of `<meta>` that hold the time of the last change.
const UPDATED: &[&str] =
    &["article:modified_time", "og:updated_time", "article:modified", "dcterms.modified"];

/// Why a page gives no article.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::source) struct Refused {
    /// [`Class::Format`] where it is a page of another kind, [`Class::Limit`] where it breaks one.
    pub(in crate::source) class: Class,
    /// The reason in words.
    pub(in crate::source) reason: String,
}

/// Reads the article of a page, or says why it has none.
///
/// What the page says of itself in JSON-LD counts first, then its `<meta>` (Open Graph, Dublin Core
/// and what publishers use), then the attributes and elements of its text. The text is found by
/// dom_smoothie, which does what the reader view of Firefox does; see [`body`] for what JSON-LD
/// has to do with it. `url` is where the page was fetched, where that is known.
pub(in crate::source) fn read(page: &str, url: Option<&str>) -> Result<Record<'static>, Refused> {
    if page.len() > PAGE_BYTES_MAX {
        let reason = format!("page longer than {PAGE_BYTES_MAX} bytes");
        return Err(Refused { class: Class::Limit, reason });
    }
    let refused = |reason| Refused { class: Class::Limit, reason };
    let document = tree::parse(page).map_err(refused)?;
    let meta = Meta::of(&document);
    let shown: Vec<&str> = meta.h1s.iter().chain([&meta.title]).map(String::as_str).collect();
    let said = json_ld::read(meta.scripts.iter().map(String::as_str), &shown);
    let mut record = Record::default();
    if let Some(url) = url {
        record.set(Field::Url, "the crawl", url.to_owned());
    }
    headline::fill(&meta, &said, &mut record);
    said.fill(&mut record);
    fill(&meta, &said, &mut record);
    let text = Text::of(document, record.text(Field::Headline), &said);
    if let Some(reason) = no_article(&meta, &said, &record, &text) {
        let reason = format!("a page that is no article: {reason}");
        return Err(Refused { class: Class::Format, reason });
    }
    if let Some(byline) = text.byline
        && !record.has_any(List::Byline)
    {
        record.push(List::Byline, "byline in the text", byline);
    }
    record.body_from(text.from);
    for paragraph in text.paragraphs {
        record.paragraph(paragraph);
    }
    Ok(record)
}

/// The text of a page.
struct Text {
    paragraphs: Vec<String>,
    from: &'static str,
    /// How much of it is links, in percent.
    linked: usize,
    /// The byline that stands over it.
    byline: Option<String>,
}

impl Text {
    fn of(document: Document, headline: &str, said: &Said) -> Self {
        let config = Config { disable_json_ld: true, ..Config::default() };
        let mut found = Self { paragraphs: Vec::new(), from: "text", linked: 0, byline: None };
        if let Ok(mut readability) = Readability::with_document(document, None, Some(config))
            && let Ok(article) = readability.parse()
        {
            found.paragraphs = fragment::paragraphs(&article.content);
            found.byline = article.byline;
            let n_linked: usize =
                readability.doc.select("a").iter().map(|it| words_len(&it.text())).sum();
            found.linked = 100 * n_linked / words_len(&article.text_content).max(1);
        }
        found.from = body::choose(&mut found.paragraphs, said.body().as_deref());
        let n_top = found.paragraphs.iter().take_while(|it| is_top(it, headline)).count();
        found.paragraphs.drain(..n_top);
        found
    }

    fn len(&self) -> usize {
        self.paragraphs.iter().map(String::len).sum()
    }
}

/// Tells whether a line over the text says what is a field of its own: the headline, the date, or
/// how often the article was read or shared.
fn is_top(line: &str, headline: &str) -> bool {
    let is_headline = json_ld::same(line, headline) && line.len() <= 2 * headline.len();
    let is_stamp = |word: &str| {
        let word = word.to_lowercase();
        word.starts_with(|c: char| c.is_ascii_digit())
            || STAMPS.iter().any(|it| word == *it)
            || word.get(..3).is_some_and(|it| CALENDAR.contains(&it))
    };
    let mut words = line.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty());
    is_headline || line.len() <= STAMP_BYTES_MAX && words.all(is_stamp)
}

/// Returns the length of a text without its white space.
fn words_len(text: &str) -> usize {
    text.split_whitespace().map(str::len).sum()
}

/// Says why a page is no article.
///
/// Every rule needs two signs, so that a page which says nothing of itself but has a headline and
/// a paragraph is an article.
fn no_article(meta: &Meta, said: &Said, record: &Record<'_>, text: &Text) -> Option<&'static str> {
    let len = text.len();
    let kind = meta.tag_of("og:type").unwrap_or_default().to_ascii_lowercase();
    let headline = record.text(Field::Headline);
    if !said.is_article() {
        if len <= NOTICE_BYTES_MAX && is_error(headline) {
            return Some("the notice of an error");
        }
        let is_video = kind.starts_with("video") || said.types.iter().any(|it| it == "VideoObject");
        if is_video && len < MUCH_BYTES_MIN {
            return Some("a video with hardly any text");
        }
        let is_front = kind == "website" && is_root(record.text(Field::Url));
        let is_list = said.types.iter().any(|it| INDEXES.contains(&it.as_str()));
        let is_linked = text.linked >= LINKED_MIN && kind != "article";
        if is_front || is_linked || is_list && kind != "article" {
            return Some("an index of others");
        }
    }
    let is_declared = said.is_article() || kind == "article";
    let least = match (is_declared, headline.is_empty()) {
        (true, false) => DECLARED_BYTES_MIN,
        (false, false) => TEXT_BYTES_MIN,
        (_, true) => MUCH_BYTES_MIN,
    };
    (len < least).then_some("hardly any text")
}

/// Tells whether a headline is that of an error.
fn is_error(headline: &str) -> bool {
    let lower = headline.to_lowercase();
    let words = lower.trim_matches(|c: char| !c.is_alphanumeric());
    ERRORS.iter().any(|it| words.starts_with(it) || words.ends_with(it))
}

/// Tells whether an address is that of a whole site.
fn is_root(url: &str) -> bool {
    let path = url.split_once("://").map_or("", |(_, rest)| rest);
    let path = path.split_once('/').map_or("", |(_, path)| path);
    path.is_empty() || path.starts_with('?') || path.starts_with("index.")
}

/// Fills what JSON-LD did not say from the rest of the page.
fn fill(meta: &Meta, said: &Said, record: &mut Record<'static>) {
    for (from, url) in [
        ("link canonical", meta.canonical.as_str()),
        ("meta og:url", meta.tag_of("og:url").unwrap_or_default()),
    ] {
        if url.starts_with("http") {
            record.set(Field::Url, from, url.to_owned());
        }
    }
    if let Some(url) = said.url() {
        record.set(Field::Url, "JSON-LD url", url);
    }
    fill_dates(meta, said, record);
    fill_names(meta, record);
    record.set(Field::Language, "html lang", meta.language.clone());
    for name in ["og:locale", "content-language", "dc.language"] {
        if let Some(tag) = meta.tag_of(name) {
            record.set(Field::Language, format!("meta {name}"), tag.replace('_', "-"));
        }
    }
    if let Some(subhead) = meta.prop_of("alternativeheadline") {
        record.set(Field::Subhead, "itemprop alternativeHeadline", subhead.to_owned());
    }
    record.set(Field::Subhead, "class of the second headline", meta.subhead.clone());
}

/// Fills the lists of names.
fn fill_names(meta: &Meta, record: &mut Record<'static>) {
    let mut first = |list, names: &[&str]| {
        for name in names {
            if record.has_any(list) {
                return;
            }
            for told in meta.tags_of(name).filter(|it| !it.starts_with("http")) {
                record.push(list, format!("meta {name}"), told.to_owned());
            }
        }
    };
    let authors =
        ["author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl"];
    first(List::Byline, &authors);
    first(List::Source, &["og:site_name", "dc.publisher", "application-name", "cre"]);
    first(List::Section, &["article:section", "parsely-section", "section"]);
    first(List::Keywords, &["article:tag"]);
    if !record.has_any(List::Byline) {
        for author in &meta.authors {
            record.push(List::Byline, "rel or itemprop author", author.clone());
        }
    }
    for name in ["news_keywords", "keywords"] {
        if !record.has_any(List::Keywords) {
            for word in meta.tag_of(name).unwrap_or_default().split([',', ';']) {
                record.push(List::Keywords, format!("meta {name}"), word.trim().to_owned());
            }
        }
    }
    if let Some(section) = meta.prop_of("articlesection") {
        record.push(List::Section, "itemprop articleSection", section.to_owned());
    }
}

/// Fills the dates: the first that is understood, else the first that was to be one.
fn fill_dates(meta: &Meta, said: &Said, record: &mut Record<'static>) {
    let mut published = Vec::new();
    let of_json_ld = |key: &str| said.text(key).map(|date| (format!("JSON-LD {key}"), date));
    published.extend(of_json_ld("datePublished"));
    for name in PUBLISHED {
        published.extend(meta.tag_of(name).map(|it| (format!("meta {name}"), it.to_owned())));
    }
    let of_prop =
        |prop: &str| meta.prop_of(prop).map(|it| (format!("itemprop {prop}"), it.to_owned()));
    published.extend(of_prop("datepublished"));
    // An article may be filed long after it was published.
    published.extend(of_json_ld("dateCreated"));
    published.extend(of_prop("datecreated"));
    let times = meta.times.iter().filter(|it| it.is_published).chain(&meta.times);
    published.extend(times.map(|it| ("time".to_owned(), it.text.clone())));
    let (printed, url) = (printed_date(meta), path_date::find(record.text(Field::Url)));
    let understood = published.iter().find_map(|(from, date)| Some((from, day_of(date)?)));
    if let Some((from, date)) = understood {
        record.set(Field::Date, from.clone(), date.to_owned());
    } else if let Some(date) = printed {
        record.set(Field::Date, "a line of the page", date.to_owned());
        record.date_is_printed();
    } else if let Some(date) = url.filter(|it| it.precision >= Precision::Day) {
        record.set(Field::Date, "url", date.to_string());
    } else if let Some((from, date)) = published.into_iter().find(|(from, _)| from != "time") {
        record.set(Field::Date, from, date);
    }
    let mut updated = Vec::from_iter(said.text("dateModified"));
    updated.extend(UPDATED.iter().filter_map(|it| meta.tag_of(it)).map(str::to_owned));
    updated.extend(meta.prop_of("datemodified").map(str::to_owned));
    if let Some(date) = updated.iter().find_map(|it| day_of(it)) {
        record.set(Field::Updated, "date of the last change", date.to_owned());
    }
}

/// Finds the date that people read, which a page may have and no other.
fn printed_date<'a>(meta: &'a Meta) -> Option<&'a str> {
    let bare =
        |line: &'a String| day_of(line.rsplit_once(": ").map_or(line.as_str(), |(_, it)| it));
    meta.dates.iter().find_map(bare)
}

/// Returns what of a text is understood as a day, or a time of one.
///
/// Where the time is not, the day is enough. A number alone is a length or a size.
fn day_of(text: &str) -> Option<&str> {
    let text = text.trim();
    let is_day = |it: &&str| Moment::parse(it).is_some_and(|it| it.precision >= Precision::Day);
    let day = text.get(..10).filter(|it| it.contains('-'));
    [Some(text), day].into_iter().flatten().find(is_day)
}
