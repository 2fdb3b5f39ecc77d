//! What a page says of itself in JSON-LD, in the words of schema.org.

use serde_json::{Map, Value};

use super::{fragment, things};
use crate::source::json::mend;
use crate::source::normal::{Field, List, Record};

/// How much JSON-LD is read; what comes after is not.
const SCRIPT_BYTES_MAX: usize = 2 * 1024 * 1024;

/// How deep an article may stand in what surrounds it.
const DEPTH_MAX: usize = 8;

/// The parts of an object in which the article of the page may stand; lists of other articles are
/// not among them.
const AROUND: &[&str] = &["@graph", "mainEntity", "mainEntityOfPage", "hasPart"];

/// What a page says of itself.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// The object that describes an article.
    article: Option<Map<String, Value>>,
    /// The types of all objects, without their vocabulary.
    pub(super) types: Vec<String>,
}

/// Reads the scripts of a page; what is no JSON is passed over.
///
/// Of several articles the one counts that has the headline of the page, then the one with most
/// of what an article has, then the first: pages describe those that they recommend, too.
pub(super) fn read<'a>(scripts: impl Iterator<Item = &'a str>, headlines: &[&str]) -> Said {
    let mut articles = Vec::new();
    let mut types = Vec::new();
    let mut room = SCRIPT_BYTES_MAX;
    for script in scripts {
        let Some(left) = room.checked_sub(script.len()) else {
            break;
        };
        room = left;
        for value in values(script) {
            collect(value, DEPTH_MAX, &mut articles, &mut types);
        }
    }
    let weight = |it: &Map<String, Value>| {
        let own = text(it, "headline").or_else(|| text(it, "name")).unwrap_or_default();
        let is_own = headlines.iter().any(|headline| same(headline, &own));
        let has = |key| usize::from(it.contains_key(key));
        (is_own, has("headline") + has("datePublished") + 2 * has("articleBody"))
    };
    // `max_by_key` would take the last of equals.
    let best = articles.into_iter().rev().max_by_key(weight);
    Said { article: best, types }
}

/// Returns the values of a script, mended where only what surrounds it or forbidden characters make
/// it no JSON.
fn values(script: &str) -> Vec<Value> {
    let bare = bare(script);
    let parse = |text: &str| {
        let values = serde_json::Deserializer::from_str(text).into_iter::<Value>();
        values.map_while(Result::ok).collect::<Vec<_>>()
    };
    let found = parse(bare);
    if !found.is_empty() {
        return found;
    }
    let mended = mend(bare).map(|(text, _)| text);
    let text = mended.as_deref().unwrap_or(bare);
    let found = parse(text);
    if found.is_empty() { parse(&without_stray_commas(text)) } else { found }
}

/// Takes off the comments with which scripts were hidden from old browsers and from XML.
fn bare(script: &str) -> &str {
    let is_around = |c: char| c.is_whitespace() || matches!(c, '/' | '*' | ';' | '\u{feff}');
    let mut bare = script.trim_matches(is_around);
    for (opening, closing) in [("<![CDATA[", "]]>"), ("<!--", "-->")] {
        bare = bare.strip_prefix(opening).unwrap_or(bare).trim_matches(is_around);
        bare = bare.strip_suffix(closing).unwrap_or(bare).trim_matches(is_around);
    }
    bare
}

/// Drops the commas before closing brackets, which editors of templates leave behind.
fn without_stray_commas(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let (mut in_text, mut escaped) = (false, false);
    for (at, c) in text.char_indices() {
        let is_stray = c == ',' && !in_text && text[at + 1..].trim_start().starts_with(['}', ']']);
        if !is_stray {
            kept.push(c);
        }
        match c {
            '"' if !escaped => in_text = !in_text,
            _ => (),
        }
        escaped = in_text && c == '\\' && !escaped;
    }
    kept
}

/// Finds the articles in a value, and the types of all that is there.
fn collect(
    value: Value,
    depth: usize,
    articles: &mut Vec<Map<String, Value>>,
    types: &mut Vec<String>,
) {
    if depth == 0 {
        return;
    }
    match value {
        Value::Array(values) => {
            values.into_iter().for_each(|it| collect(it, depth - 1, articles, types));
        }
        Value::Object(mut object) => {
            for key in AROUND {
                if object.get(*key).is_some_and(|it| it.is_array() || it.is_object())
                    && let Some(inner) = object.remove(*key)
                {
                    // What stood there may be only the name of the page.
                    if let (true, Some(id)) = (*key == "mainEntityOfPage", reference(&inner)) {
                        object.insert((*key).to_owned(), Value::String(id));
                    }
                    collect(inner, depth - 1, articles, types);
                }
            }
            let own: Vec<String> = types_of(&object);
            let is_article = own.iter().any(|it| is_article(it));
            types.extend(own);
            if is_article {
                articles.push(object);
            }
        }
        _ => (),
    }
}

/// Returns the types of an object without their vocabulary: `http://schema.org/NewsArticle`.
pub(super) fn types_of(object: &Map<String, Value>) -> Vec<String> {
    let bare = |it: &str| it.rsplit(['/', '#', ':']).next().unwrap_or(it).to_owned();
    match object.get("@type") {
        Some(Value::String(it)) => vec![bare(it)],
        Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).map(bare).collect(),
        _ => Vec::new(),
    }
}

/// Tells whether a type of schema.org is an article: `NewsArticle` and all that are one.
fn is_article(name: &str) -> bool {
    name.ends_with("Article")
        || matches!(name, "BlogPosting" | "LiveBlogPosting" | "SocialMediaPosting" | "Report")
}

impl Said {
    /// Tells whether the page says that it is an article.
    pub(super) fn is_article(&self) -> bool {
        self.article.is_some()
    }

    /// Returns a text of the article.
    pub(super) fn text(&self, key: &str) -> Option<String> {
        text(self.article.as_ref()?, key)
    }

    /// Returns the text of the article, or of the entries of a live blog.
    pub(super) fn body(&self) -> Option<String> {
        let article = self.article.as_ref()?;
        let whole = |it: &Map<String, Value>| it.get("articleBody")?.as_str().map(str::to_owned);
        whole(article).filter(|it| !it.trim().is_empty()).or_else(|| {
            let entries = article.get("liveBlogUpdate")?.as_array()?;
            let entries = entries.iter().filter_map(Value::as_object).map(|it| {
                let parts = [text(it, "headline"), whole(it)];
                parts.into_iter().flatten().collect::<Vec<_>>().join("\n\n")
            });
            Some(entries.collect::<Vec<_>>().join("\n\n"))
        })
    }

    /// Fills the fields that the article has, but for its headline and its text.
    pub(super) fn fill(&self, record: &mut Record<'_>) {
        let Some(article) = &self.article else {
            return;
        };
        let mut set = |field, key: &str| {
            if let Some(text) = text(article, key) {
                record.set(field, format!("JSON-LD {key}"), text);
            }
        };
        set(Field::Subhead, "alternativeHeadline");
        set(Field::Dateline, "dateline");
        set(Field::Language, "inLanguage");
        set(Field::Version, "version");
        for key in ["author", "creator"] {
            if !record.has_any(List::Byline) {
                push(record, List::Byline, article, key);
            }
        }
        for key in ["publisher", "sourceOrganization", "provider"] {
            if !record.has_any(List::Source) {
                push(record, List::Source, article, key);
            }
        }
        push(record, List::Section, article, "articleSection");
        for name in names(article.get("keywords")) {
            for word in name.split([',', ';']) {
                record.push(List::Keywords, "JSON-LD keywords", word.trim().to_owned());
            }
        }
        things::fill(article, record);
    }

    /// Returns where the article stands on the web.
    pub(super) fn url(&self) -> Option<String> {
        let keys = ["url", "mainEntityOfPage", "@id"];
        keys.iter().find_map(|key| self.text(key)).filter(|it| it.starts_with("http"))
    }
}

/// Adds the names that an object has under a key.
fn push(record: &mut Record<'_>, list: List, object: &Map<String, Value>, key: &str) {
    for name in names(object.get(key)) {
        // An author may be named by a page about them, which is no name.
        if !name.starts_with("http") {
            record.push(list, format!("JSON-LD {key}"), name);
        }
    }
}

/// Returns a value that is one text.
fn text(object: &Map<String, Value>, key: &str) -> Option<String> {
    names(object.get(key)).into_iter().next()
}

/// Returns the texts of a value: texts, numbers, names of objects, arrays of these.
pub(super) fn names(value: Option<&Value>) -> Vec<String> {
    let found = match value {
        Some(Value::String(text)) => vec![clean(text)],
        Some(Value::Number(number)) => vec![number.to_string()],
        Some(Value::Array(all)) => all.iter().filter_map(name).collect(),
        Some(object @ Value::Object(_)) => name(object).into_iter().collect(),
        _ => Vec::new(),
    };
    found.into_iter().filter(|it| !it.is_empty()).collect()
}

/// Returns the name of a thing.
pub(super) fn name(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(clean(text)),
        Value::Object(object) => ["name", "alternateName", "@value", "@id"]
            .iter()
            .find_map(|key| object.get(*key)?.as_str())
            .map(clean),
        _ => None,
    }
}

/// Returns what a thing is referred to by.
fn reference(value: &Value) -> Option<String> {
    value.as_object()?.get("@id")?.as_str().map(str::to_owned)
}

/// Returns a text without the entities and tags that should not be in JSON, and often are.
fn clean(text: &str) -> String {
    if fragment::is_markup(text) {
        return fragment::paragraphs(text).join(" ");
    }
    fragment::unescaped(text).trim().to_owned()
}

/// Tells whether two headlines are the same but for punctuation and case, or one is the beginning of
/// the other.
pub(super) fn same(left: &str, right: &str) -> bool {
    let letters = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let (left, right) = (letters(left), letters(right));
    let shorter = left.len().min(right.len());
    shorter > 0 && (left.starts_with(&right) || right.starts_with(&left))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(scripts: &[&str]) -> Said {
        read(scripts.iter().copied(), &["Bridge closed"])
    }

    #[track_caller]
    fn check(script: &str, key: &str, want: &str) {
        assert_eq!(said(&[script]).text(key).unwrap_or_default(), want, "{script}");
    }

    #[test]
    fn articles_of_every_type_are_found_wherever_they_stand() {
        for script in [
            r#"{"@type": "NewsArticle", "headline": "Bridge closed"}"#,
            r#"{"@type": ["Thing", "http://schema.org/ReportageNewsArticle"], "headline": "Bridge closed"}"#,
            r#"[{"@type": "WebSite"}, {"@type": "BlogPosting", "headline": "Bridge closed"}]"#,
            r#"{"@graph": [{"@type": "WebPage"}, {"@type": "LiveBlogPosting", "headline": "Bridge closed"}]}"#,
            r#"{"@type": "WebPage", "mainEntity": {"@type": "schema:Article", "headline": "Bridge closed"}}"#,
            r#"{"@type": "WebSite"}{"@type": "AnalysisNewsArticle", "headline": "Bridge closed"}"#,
        ] {
            check(script, "headline", "Bridge closed");
        }
        check(r#"{"@type": "WebPage", "headline": "Bridge closed"}"#, "headline", "");
        check(
            r#"{"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "headline": "Other"}]}"#,
            "headline",
            "",
        );
    }

    #[test]
    fn of_several_articles_that_of_the_page_counts() {
        let other = r#"{"@type": "NewsArticle", "headline": "Ferry", "datePublished": "2024", "articleBody": "x"}"#;
        let own = r#"{"@type": "NewsArticle", "headline": "Bridge closed", "url": "http://courier.example/1"}"#;
        assert_eq!(said(&[other, own]).url().as_deref(), Some("http://courier.example/1"));
    }

    #[test]
    fn json_that_was_damaged_on_its_way_is_mended() {
        let article = r#"{"@type": "NewsArticle", "headline": "Bridge closed"}"#;
        check(&format!("<!-- {article} -->"), "headline", "Bridge closed");
        check(&format!("//<![CDATA[\n{article}\n//]]>"), "headline", "Bridge closed");
        check(&format!("{article};"), "headline", "Bridge closed");
        check(
            "{\"@type\": \"Article\",\n \"headline\": \"Bridge\nclosed\",}",
            "headline",
            "Bridge closed",
        );
        check(
            r#"{"@type": "Article", "headline": "a,]b", "keywords": ["x",],}"#,
            "headline",
            "a,]b",
        );
        check(r#"{"@type": "Article", "headline": "Bridge" closed"}"#, "headline", "");
        check(&"[".repeat(100_000), "headline", "");
    }

    #[test]
    fn values_of_every_form_are_read() {
        let script = r#"{"@type": "NewsArticle", "headline": "Hale &amp; Ruiz&#8217;s <i>mill</i>",
            "author": [{"name": "Ann Hale"}, "Tom Ruiz", {"url": "x"}], "publisher": {"name": "Courier"},
            "inLanguage": {"alternateName": "en"}, "keywords": "bridge, Tarrow", "about": {"name": "Transport"},
            "mainEntityOfPage": {"@type": "WebPage", "@id": "http://courier.example/1"}}"#;
        let said = said(&[script]);
        assert_eq!(said.text("headline").as_deref(), Some("Hale & Ruiz’s mill"));
        assert_eq!(said.url().as_deref(), Some("http://courier.example/1"));
        let mut record = Record::default();
        said.fill(&mut record);
        let told = format!("{record:?}");
        for want in ["Ann Hale", "Tom Ruiz", "Courier", "\"bridge\"", "\"Tarrow\"", "Transport"] {
            assert!(told.contains(want), "{want}: {told}");
        }
        assert_eq!(record.text(Field::Language), "en");
    }

    #[test]
    fn the_entries_of_a_live_blog_are_its_text() {
        let script = r#"{"@type": "LiveBlogPosting", "headline": "Bridge closed", "liveBlogUpdate": [
            {"headline": "First", "articleBody": "One."}, {"articleBody": "Two."}]}"#;
        assert_eq!(said(&[script]).body().as_deref(), Some("First\n\nOne.\n\nTwo."));
    }
}
