//! What a page says of itself in its head and in the attributes of its elements.

use std::borrow::Cow;

use dom_query::{Document, NodeRef};

/// How many tags are remembered of one kind; a page of news has a few dozen.
const TAGS_MAX: usize = 1_000;

/// How much text of an element is taken for a headline, a name or a date.
const TEXT_BYTES_MAX: usize = 2_000;

/// How many nodes of an element are looked through for its text.
const TEXT_NODES_MAX: usize = 2_000;

/// The elements in which no visible text stands.
const UNSEEN: &[&str] = &["script", "style", "noscript", "template", "svg"];

/// Words in the class of an element that is the second headline.
const SUBHEAD_CLASSES: &[&str] =
    &["standfirst", "subheadline", "sub-headline", "subhead", "subtitle", "dek", "deck"];

/// Parts of the class of an element that holds the date.
const DATE_CLASSES: &[&str] = &["date", "pub-time", "timestamp", "posted"];

/// How many such elements are looked at.
const DATES_MAX: usize = 50;

/// A time that stands in the page.
#[derive(Debug)]
pub(super) struct Time {
    /// What the machine is to read, else what people do.
    pub(super) text: String,
    /// Whether the page says that it is when the article was published.
    pub(super) is_published: bool,
}

/// What was gathered.
#[derive(Debug, Default)]
pub(super) struct Meta {
    /// The names of `<meta>` in small letters, and their contents.
    tags: Vec<(String, String)>,
    /// The names of `itemprop` in small letters, and what they say.
    props: Vec<(String, String)>,
    /// The scripts of JSON-LD.
    pub(super) scripts: Vec<String>,
    /// The title of the window.
    pub(super) title: String,
    /// The headlines of the first order.
    pub(super) h1s: Vec<String>,
    /// The headline of an entry of hNews, the microformat of news.
    pub(super) entry_title: String,
    /// The second headline.
    pub(super) subhead: String,
    /// Who is linked to as the author.
    pub(super) authors: Vec<String>,
    /// The times that stand in the page.
    pub(super) times: Vec<Time>,
    /// The language that the page declares.
    pub(super) language: String,
    /// The address that the page gives itself.
    pub(super) canonical: String,
    /// The lines that may be the date as people read it.
    pub(super) dates: Vec<String>,
}

impl Meta {
    /// Gathers what a page says, in one walk through it.
    pub(super) fn of(page: &Document) -> Self {
        let mut meta = Self::default();
        for node in page.root().descendants_it() {
            let Some(name) = node.element_ref().map(|it| it.name.local.clone()) else {
                continue;
            };
            meta.element(&name, &node);
        }
        meta
    }

    fn element(&mut self, name: &str, node: &NodeRef<'_>) {
        match name {
            "meta" => self.tag(node),
            "html" => self.language = attribute(node, "lang"),
            "link" if attribute(node, "rel").eq_ignore_ascii_case("canonical") => {
                self.canonical = attribute(node, "href");
            }
            // A drawing has a title too.
            "title" if self.title.is_empty() && !is_within(node, "svg") => {
                self.title = text(node);
            }
            "h1" if self.h1s.len() < TAGS_MAX => self.h1s.push(text(node)),
            "script" if attribute(node, "type").to_ascii_lowercase().contains("ld+json") => {
                self.scripts.push(node.text().to_string());
            }
            "time" => self.time(node),
            "a" if attribute(node, "rel").split_whitespace().any(|it| it == "author") => {
                self.author(text(node));
            }
            _ => (),
        }
        if name != "meta" {
            self.prop(node);
        }
        if matches!(name, "p" | "h2" | "h3" | "div" | "span" | "abbr" | "li" | "td") {
            self.by_class(node);
        }
    }

    /// Takes what an element is by the name of its class, as far as such names are the same
    /// everywhere.
    fn by_class(&mut self, node: &NodeRef<'_>) {
        let class = attribute(node, "class").to_ascii_lowercase();
        let has = |names: &[&str]| {
            let mut words = class.split(|c: char| c.is_whitespace() || c == '_');
            words.any(|it| names.contains(&it))
        };
        if self.subhead.is_empty() && has(SUBHEAD_CLASSES) {
            self.subhead = text(node);
        }
        // The microformats hNews and hAtom.
        if self.entry_title.is_empty() && has(&["entry-title"]) {
            self.entry_title = text(node);
        }
        let machine = attribute(node, "title");
        if !machine.is_empty() && has(&["updated", "published", "dtstamp"]) {
            self.times.push(Time { text: machine, is_published: true });
        }
        let is_date = DATE_CLASSES.iter().any(|it| class.contains(it));
        if is_date && self.dates.len() < DATES_MAX {
            self.dates.push(text(node));
        }
    }

    /// Takes what a `<meta>` says.
    fn tag(&mut self, node: &NodeRef<'_>) {
        let content = attribute(node, "content");
        if content.is_empty() {
            return;
        }
        for key in ["property", "name", "http-equiv", "itemprop"] {
            let name = attribute(node, key).to_ascii_lowercase();
            let list = if key == "itemprop" { &mut self.props } else { &mut self.tags };
            if !name.is_empty() && list.len() < TAGS_MAX {
                list.push((name, content.clone()));
            }
        }
    }

    /// Takes what an element with an `itemprop` says: an attribute for machines, else its text.
    fn prop(&mut self, node: &NodeRef<'_>) {
        let names = attribute(node, "itemprop").to_ascii_lowercase();
        if names.is_empty() || self.props.len() >= TAGS_MAX {
            return;
        }
        let told = ["content", "datetime"].iter().map(|key| attribute(node, key));
        let told = told.into_iter().find(|it| !it.is_empty());
        let is_text = matches!(
            names.as_str(),
            "author"
                | "headline"
                | "headline name"
                | "name"
                | "alternativeheadline"
                | "datepublished"
                | "datemodified"
                | "articlesection"
                | "datecreated"
        );
        let told = match told {
            Some(told) => told,
            None if is_text => text(node),
            None => return,
        };
        for name in names.split_whitespace() {
            self.props.push((name.to_owned(), told.clone()));
        }
        if names.split_whitespace().any(|it| it == "author") && !is_within(node, "aside") {
            // The name of an author stands within what is said of them.
            let mut within = node.descendants_it().take(TEXT_NODES_MAX);
            let name = within.find(|it| attribute(it, "itemprop") == "name");
            self.author(text(&name.unwrap_or(*node)));
        }
    }

    fn author(&mut self, name: String) {
        if !name.is_empty() && self.authors.len() < TAGS_MAX && !self.authors.contains(&name) {
            self.authors.push(name);
        }
    }

    fn time(&mut self, node: &NodeRef<'_>) {
        if self.times.len() >= TAGS_MAX {
            return;
        }
        let told = attribute(node, "datetime");
        let text = if told.is_empty() { text(node) } else { told };
        let class = attribute(node, "class").to_ascii_lowercase();
        let is_published = node.has_attr("pubdate")
            || attribute(node, "itemprop").eq_ignore_ascii_case("datePublished")
            || class.contains("publi")
            || class.contains("entry-date");
        self.times.push(Time { text, is_published });
    }

    /// Returns the content of the first `<meta>` of a name, which is in small letters.
    pub(super) fn tag_of(&self, name: &str) -> Option<&str> {
        self.tags_of(name).next()
    }

    /// Returns the contents of all `<meta>` of a name.
    pub(super) fn tags_of(&self, name: &str) -> impl Iterator<Item = &str> {
        self.tags.iter().filter(move |(it, _)| it == name).map(|(_, content)| content.as_str())
    }

    /// Returns what the first element with an `itemprop` of a name says.
    pub(super) fn prop_of(&self, name: &str) -> Option<&str> {
        self.props.iter().find(|(it, _)| it == name).map(|(_, told)| told.as_str())
    }
}

/// Returns an attribute without white space at its ends; the empty text where there is none.
fn attribute(node: &NodeRef<'_>, name: &str) -> String {
    let found = node.query(|it| {
        let attrs = &it.as_element()?.attrs;
        let found = attrs.iter().find(|it| &*it.name.local == name)?;
        Some(found.value.trim().to_owned())
    });
    found.flatten().unwrap_or_default()
}

/// Returns the text that stands in an element, in one line and its beginning where it is long.
fn text(node: &NodeRef<'_>) -> String {
    let mut all = String::new();
    for part in node.descendants_it().take(TEXT_NODES_MAX) {
        if all.len() >= TEXT_BYTES_MAX {
            break;
        }
        if !part.is_text() {
            continue;
        }
        let is_unseen = part.parent().is_some_and(|it| UNSEEN.iter().any(|name| it.has_name(name)));
        if !is_unseen {
            all.push_str(&part.text());
        }
    }
    let words: Vec<&str> = all.split_whitespace().collect();
    let line: Cow<'_, str> = words.join(" ").into();
    line[..line.floor_char_boundary(TEXT_BYTES_MAX)].to_owned()
}

fn is_within(node: &NodeRef<'_>, name: &str) -> bool {
    node.ancestors_it(None).any(|it| it.has_name(name))
}
