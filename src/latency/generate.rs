//! A workload made of an index: queries of every form, drawn from its own articles.
//!
//! | class | a query is |
//! |---|---|
//! | `word-rare`, `word-middle`, `word-frequent` | a word, by how many articles have it |
//! | `and`, `or` | two to four words of one article |
//! | `phrase` | two to four words in a row of a paragraph |
//! | `proximity` | two words of a paragraph, within eight words of each other |
//! | `wildcard` | the beginning of a word |
//! | `fuzzy` | a word with a letter left out |
//! | `field` | a word of a headline, in the headline |
//! | `date` | a word of an article, in the month of the article |
//! | `newest` | a word that many articles have, the latest first |
//! | `show` | an article whole, by its id |
//! | `count` | how many articles have two or three words |
//!
//! Each query is drawn from an article that is there, so it finds something; only a `fuzzy` one may
//! find another word. Facets get their class here when they can be asked for.

use std::collections::{BTreeSet, HashSet};

use crate::article::Article;
use crate::error::{Error, Kind, Result};
use crate::query;
use crate::random::SplitMix64;
use crate::search::Sort;
use crate::text::{Tokenizer, is_stop_word};

use super::Workload;
use super::workload::{How, Verb};

/// How many articles the words are drawn from, where there are so many.
pub const ARTICLES_SAMPLED: u64 = 500;

/// The most words of an article that are looked at.
const WORDS_PER_ARTICLE_MAX: usize = 2_000;

/// How often a query is drawn before a class is given up, for each query that it should have.
const ATTEMPTS: usize = 30;

/// How far apart the two words of a proximity are.
const DISTANCE: usize = 8;

/// What queries are made of.
pub struct Material<'a> {
    /// Some articles of the index.
    pub articles: &'a [Article],
    /// How many articles the index has.
    pub n_articles: u64,
    /// Returns how many articles have each of some words.
    pub n_with: &'a dyn Fn(&[String]) -> Result<Vec<u64>>,
}

/// A workload, and what could not be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generated {
    /// The queries.
    pub workload: Workload,
    /// Which classes have fewer queries than wanted.
    pub notes: Vec<String>,
}

/// Makes `n_each` queries of each class, none twice; the same material and seed make the same ones.
///
/// # Errors
///
/// [`Kind::Usage`] where the articles have not a word to ask for; and those of `n_with`.
pub fn generate(material: &Material<'_>, n_each: usize, seed: u64) -> Result<Generated> {
    let texts: Vec<Text<'_>> = material.articles.iter().map(Text::of).collect();
    let bands = bands(&texts, material)?;
    let mut workload = Workload::default();
    let mut notes = Vec::new();
    for (nth, (class, make, how)) in (0..).zip(CLASSES) {
        let random = SplitMix64::new(seed.wrapping_mul(CLASSES.len() as u64).wrapping_add(nth));
        let mut draw = Draw { random, texts: &texts, bands: &bands };
        let mut made = HashSet::new();
        for _ in 0..n_each * ATTEMPTS {
            if made.len() == n_each {
                break;
            }
            let Some(text) = make(&mut draw).filter(|text| can_be_asked(text, how)) else {
                continue;
            };
            if made.insert(text.clone()) {
                workload.add(class, &text, how);
            }
        }
        if made.len() < n_each {
            notes.push(format!("{class}: {} of {n_each} queries could be made", made.len()));
        }
    }
    if workload.queries.is_empty() {
        return Err(Error::new(Kind::Usage, "no queries can be made of the articles of the index")
            .with_hint("write some queries to a file, and name it with --queries"));
    }
    Ok(Generated { workload, notes })
}

/// Draws one query.
type Make = fn(&mut Draw<'_>) -> Option<String>;

/// As `search` asks by default.
const PLAIN: How = How {
    verb: Verb::Search,
    sort: Sort::Relevance,
    matching: crate::search::Match::Auto,
    spelling: crate::search::Spelling::Corrected,
    expansion: crate::search::Expansion::None,
    limit: super::workload::LIMIT,
};

/// The classes, in the order of the report.
const CLASSES: [(&str, Make, How); 15] = [
    ("word-rare", |draw| draw.word(0), PLAIN),
    ("word-middle", |draw| draw.word(1), PLAIN),
    ("word-frequent", |draw| draw.word(2), PLAIN),
    ("and", |draw| draw.joined(" AND ", 4), PLAIN),
    ("or", |draw| draw.joined(" OR ", 4), PLAIN),
    ("phrase", |draw| draw.phrase(), PLAIN),
    ("proximity", |draw| draw.proximity(), PLAIN),
    ("wildcard", |draw| draw.wildcard(), PLAIN),
    ("fuzzy", |draw| draw.fuzzy(), PLAIN),
    ("field", |draw| draw.field(), PLAIN),
    ("date", |draw| draw.date(), PLAIN),
    ("newest", |draw| draw.word(2), How { sort: Sort::Newest, ..PLAIN }),
    ("show", |draw| draw.id(), How { verb: Verb::Show, ..PLAIN }),
    ("count", |draw| draw.joined(" AND ", 3), How { verb: Verb::Count, ..PLAIN }),
    ("facets", |draw| draw.word(2), How { verb: Verb::Facets, ..PLAIN }),
];

/// Tells whether a query can be understood, and an id stand in a line.
fn can_be_asked(text: &str, how: How) -> bool {
    let stands_in_a_line = text.trim() == text && !text.contains(['\t', '\n', '\r']);
    stands_in_a_line && (how.verb == Verb::Show || query::parse(text).is_ok())
}

/// The words of an article.
struct Text<'a> {
    article: &'a Article,
    headline: Vec<Word>,
    paragraphs: Vec<Vec<Word>>,
    /// All words of the body that may be asked for alone.
    content: Vec<String>,
}

/// A word, and where it stands in its paragraph.
struct Word {
    word: String,
    position: u32,
}

impl<'a> Text<'a> {
    fn of(article: &'a Article) -> Self {
        let mut n_words = 0;
        let mut paragraphs = Vec::new();
        for (_, paragraph) in article.body() {
            if n_words < WORDS_PER_ARTICLE_MAX {
                let words = words(&paragraph.text);
                n_words += words.len();
                paragraphs.push(words);
            }
        }
        let content: BTreeSet<&str> = paragraphs
            .iter()
            .flatten()
            .map(|it| it.word.as_str())
            .filter(|it| is_content(it))
            .collect();
        let content = content.into_iter().map(str::to_owned).collect();
        Self { article, headline: words(&article.headline), paragraphs, content }
    }
}

/// Returns the words of a text that are letters throughout; compounds are left out.
fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    Tokenizer::default().tokenize(text, |token| {
        if token.n_positions == 1 && token.word.chars().all(char::is_alphabetic) {
            words.push(Word { word: token.word.to_owned(), position: token.position });
        }
    });
    words
}

/// The shortest and the longest word that is asked for alone, in letters.
const LETTERS: (usize, usize) = (3, 24);

fn is_content(word: &str) -> bool {
    (LETTERS.0..=LETTERS.1).contains(&word.chars().count()) && !is_stop_word(word)
}

/// Sorts the words into rare, middle and frequent ones.
///
/// Rare is what one article in 2,000 has or fewer, frequent what more than one in 50 has. In a
/// small archive up to two articles are few, and four are many.
fn bands(texts: &[Text<'_>], material: &Material<'_>) -> Result<[Vec<String>; 3]> {
    let words: BTreeSet<&String> = texts.iter().flat_map(|text| &text.content).collect();
    let words: Vec<String> = words.into_iter().cloned().collect();
    let counts = (material.n_with)(&words)?;
    let (rare_max, middle_max) =
        ((material.n_articles / 2_000).max(2), (material.n_articles / 50).max(3));
    let mut bands = [Vec::new(), Vec::new(), Vec::new()];
    for (word, n_with) in words.into_iter().zip(counts) {
        let band = usize::from(n_with > rare_max) + usize::from(n_with > middle_max);
        bands[band].push(word);
    }
    Ok(bands)
}

/// What queries are drawn from.
struct Draw<'a> {
    random: SplitMix64,
    texts: &'a [Text<'a>],
    bands: &'a [Vec<String>; 3],
}

impl<'a> Draw<'a> {
    fn text(&mut self) -> Option<&'a Text<'a>> {
        self.random.one_of(self.texts)
    }

    /// Draws a word of an article.
    fn content(&mut self) -> Option<&'a str> {
        let text = self.text()?;
        self.random.one_of(&text.content).map(String::as_str)
    }

    fn word(&mut self, band: usize) -> Option<String> {
        self.random.one_of(self.bands.get(band)?).cloned()
    }

    /// Joins two words of an article, or more.
    fn joined(&mut self, operator: &str, n_max: usize) -> Option<String> {
        let text = self.text()?;
        let n_words = 2 + self.random.below(n_max - 1);
        let mut words: Vec<&str> = text.content.iter().map(String::as_str).collect();
        self.random.shuffle(&mut words);
        words.truncate(n_words);
        (words.len() >= 2).then(|| words.join(operator))
    }

    /// Draws words of a paragraph, from one that may be asked for alone on.
    fn row(&mut self) -> Option<&'a [Word]> {
        let text = self.text()?;
        let paragraph = self.random.one_of(&text.paragraphs)?;
        let start = self.random.below(paragraph.len());
        let row = paragraph.get(start..)?;
        row.first().is_some_and(|it| is_content(&it.word)).then_some(row)
    }

    fn phrase(&mut self) -> Option<String> {
        let row = self.row()?;
        let n_words = 2 + self.random.below(3);
        let row = row.get(..n_words)?;
        let is_unbroken = row.windows(2).all(|it| it[0].position + 1 == it[1].position);
        let ends_well = row.last().is_some_and(|it| is_content(&it.word));
        let words: Vec<&str> = row.iter().map(|it| it.word.as_str()).collect();
        (is_unbroken && ends_well).then(|| format!("\"{}\"", words.join(" ")))
    }

    fn proximity(&mut self) -> Option<String> {
        let row = self.row()?;
        let other = row.get(2 + self.random.below(DISTANCE - 2))?;
        let first = row.first()?;
        let is_near = (other.position - first.position) as usize <= DISTANCE;
        let is_other = is_content(&other.word) && other.word != first.word;
        (is_near && is_other).then(|| format!("{} W/{DISTANCE} {}", first.word, other.word))
    }

    fn wildcard(&mut self) -> Option<String> {
        let word: Vec<char> = self.content()?.chars().collect();
        let longest = word.len().checked_sub(2).filter(|it| *it >= 4)?;
        let n_letters = 4 + self.random.below(longest - 3);
        Some(word.into_iter().take(n_letters).chain(['*']).collect())
    }

    fn fuzzy(&mut self) -> Option<String> {
        let mut word: Vec<char> = self.content()?.chars().collect();
        if word.len() < 6 {
            return None;
        }
        word.remove(1 + self.random.below(word.len() - 2));
        Some(word.into_iter().chain("~1".chars()).collect())
    }

    fn field(&mut self) -> Option<String> {
        let text = self.text()?;
        let word = &self.random.one_of(&text.headline)?.word;
        is_content(word).then(|| format!("headline:{word}"))
    }

    fn date(&mut self) -> Option<String> {
        let text = self.text()?;
        let word = self.random.one_of(&text.content)?;
        let date = text.article.date?.moment.to_string();
        // The month is the beginning of an ISO date; of a date without one the year is.
        let month = date.get(..7).or(date.get(..4))?;
        Some(format!("{word} AND date:{month}"))
    }

    fn id(&mut self) -> Option<String> {
        self.text().map(|text| text.article.id.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Dated, Paragraph, ParagraphKind, Provenance};
    use crate::text::Moment;

    /// Makes articles whose words are of one, three, four or all of them.
    fn articles() -> Vec<Article> {
        let names = ["amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "heron"];
        let article = |(idx, name): (usize, &&str)| Article {
            id: format!("wire/{idx}"),
            headline: format!("Council hears of the {name} harbour"),
            date: Moment::parse("2025-08-18")
                .map(|moment| Dated { moment, provenance: Provenance::Meta }),
            paragraphs: vec![Paragraph {
                text: format!(
                    "The {name} harbour of trio{letter} and quartet{quarter} was closed; nobody of the \
                     fishermen could say when ferries would leave again.",
                    letter = char::from(b'a' + (idx / 3) as u8),
                    quarter = char::from(b'a' + (idx / 4) as u8)
                ),
                kind: ParagraphKind::Body,
            }],
            ..Article::default()
        };
        names.iter().enumerate().map(article).collect()
    }

    fn made(articles: &[Article], n_each: usize, seed: u64) -> Generated {
        let texts: Vec<Text<'_>> = articles.iter().map(Text::of).collect();
        let n_with = |words: &[String]| {
            let count = |word: &String| texts.iter().filter(|it| it.content.contains(word)).count();
            Ok(words.iter().map(|word| count(word) as u64).collect())
        };
        let n_articles = articles.len() as u64;
        generate(&Material { articles, n_articles, n_with: &n_with }, n_each, seed).unwrap()
    }

    #[test]
    fn each_class_gets_its_queries_and_the_seed_says_which() {
        let articles = articles();
        let Generated { workload, notes } = made(&articles, 2, 1);
        assert_eq!(notes, [""; 0]);
        let classes: Vec<&str> = CLASSES.iter().map(|it| it.0).collect();
        assert_eq!(workload.classes, classes);
        assert!(workload.by_class().iter().all(|it| it.len() == 2));
        assert_eq!(made(&articles, 2, 1).workload, workload);
        assert_ne!(made(&articles, 2, 2).workload, workload);
        assert_eq!(Workload::read(workload.to_lines().as_bytes(), "w").unwrap(), workload);
    }

    #[test]
    fn words_are_sorted_by_how_many_articles_have_them() {
        let articles = articles();
        let workload = made(&articles, 2, 1).workload;
        let of_class = |class: &str| {
            let class = workload.classes.iter().position(|it| it == class).unwrap();
            let queries = workload.queries.iter().filter(move |it| it.class == class);
            queries.map(|it| it.text.clone()).collect::<Vec<_>>()
        };
        let n_with =
            |word: &str| articles.iter().filter(|it| it.paragraphs[0].text.contains(word)).count();
        for word in of_class("word-rare") {
            assert!(n_with(&word) <= 2, "{word}");
        }
        for word in of_class("word-frequent") {
            assert!(n_with(&word) >= 4, "{word}");
        }
        for phrase in of_class("phrase") {
            let words = phrase.trim_matches('"');
            assert!(n_with(words) > 0, "{phrase}");
        }
    }

    #[test]
    fn a_class_that_cannot_be_filled_is_told() {
        let articles = articles();
        let notes = made(&articles, 20, 1).notes;
        assert!(notes.contains(&"show: 8 of 20 queries could be made".to_owned()), "{notes:?}");
    }

    #[test]
    fn of_nothing_no_query_can_be_made() {
        let n_with = |_: &[String]| Ok(Vec::new());
        let material = Material { articles: &[], n_articles: 0, n_with: &n_with };
        let error = generate(&material, 5, 1).unwrap_err();
        assert_eq!(error.message, "no queries can be made of the articles of the index");
    }
}
