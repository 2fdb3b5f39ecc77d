//! From an article to everything that the index keeps of its names, places and topics.
//!
//! ```text
//! tagger ──▶ mentions ──▶ entities: people and organisations by their keys, places by their paths
//! publisher's names, subjects, sections ──▶ first of all
//! vocabulary, where the publisher says nothing ──▶ a topic, or none
//! ```

mod entities;
mod located;
mod memory;
mod published;
mod topical;

use std::sync::{Arc, OnceLock};

use crate::article::{Annotations, Article, Mention, TopicMark};
use crate::error::Result;

use super::lists::Lists;
use super::places::{Gazetteer, Resolver};
use super::tagger::{Model, Tagger};
use super::topics::{Classifier, Said, Spokesman, TopicWords};
use super::{article::Words, language::is_readable, tagger};

use entities::Entities;
use memory::Memory;

/// The version of the rules by which annotations are made of what the models say.
///
/// Raise it with every change after which the same article has other annotations; models and lists
/// count by themselves.
const RULES: u32 = 4;

/// The beginning of a model or a gazetteer that holds its sum.
const HEADER_BYTES: usize = 64;

/// What articles are annotated by: what the program carries, and what an archive brings itself. All
/// workers share it, and nothing of it is unpacked before the first of them.
#[derive(Clone, Debug, Default)]
pub struct Knowledge {
    lists: Arc<Lists>,
    classifier: Option<Arc<Classifier>>,
    /// Unpacked by the first worker, while the others wait for it; nothing where it is damaged.
    model: Arc<OnceLock<Option<Arc<Model>>>>,
    /// Told more than once in a run.
    version: OnceLock<String>,
}

impl Knowledge {
    /// Adds the lists of an archive, and what it was taught of its sections.
    pub fn with(self, lists: Lists, classifier: Option<Classifier>) -> Self {
        let (classifier, version) = (classifier.map(Arc::new), OnceLock::new());
        Self { lists: Arc::new(lists), classifier, version, ..self }
    }

    /// Returns what tells annotations from those that were made by another model, by other lists or
    /// by other rules.
    pub fn version(&self) -> &str {
        self.version.get_or_init(|| self.sum())
    }

    fn sum(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&RULES.to_le_bytes());
        for file in [tagger::COMMITTED, super::places::BUNDLED] {
            // The sum of each stands where it begins.
            hasher.update(&file[..file.len().min(HEADER_BYTES)]);
        }
        for part in super::topics::TABLES {
            hasher.update(part.as_bytes());
        }
        for sum in self.lists.sums() {
            hasher.update(sum);
        }
        if let Some(classifier) = &self.classifier {
            hasher.update(&classifier.to_bytes());
        }
        hasher.finalize().to_hex()[..16].to_owned()
    }

    /// Makes a recogniser, one for each worker.
    ///
    /// # Errors
    ///
    /// When the program itself is damaged.
    pub fn recogniser(&self) -> Result<Recogniser> {
        let unpack = || Model::committed().ok().map(Arc::new);
        let model = match self.model.get_or_init(unpack) {
            Some(model) => Arc::clone(model),
            None => Arc::new(Model::committed()?),
        };
        Ok(Recogniser {
            tagger: Tagger::new(model),
            lists: Arc::clone(&self.lists),
            resolver: Resolver::new(Gazetteer::bundled()?),
            classifier: self.classifier.clone(),
            words: TopicWords::default(),
            spokesman: Spokesman::default(),
            memory: Memory::default(),
        })
    }
}

/// Annotates articles, one after the other.
pub struct Recogniser {
    tagger: Tagger,
    lists: Arc<Lists>,
    resolver: Resolver<'static>,
    classifier: Option<Arc<Classifier>>,
    words: TopicWords,
    spokesman: Spokesman,
    memory: Memory,
}

impl Recogniser {
    /// Returns what an article names, and what it is about.
    ///
    /// Of an article in another language than English only what its publisher and the lists of the
    /// archive say is told.
    pub fn annotate(&mut self, article: &Article) -> Annotations {
        let words = is_readable(article).then(|| Words::of(article));
        let mut mentions = match &words {
            Some(words) => self.tagger.mentions_of(article, words),
            None => Vec::new(),
        };
        let topics = self.topics(article, words.as_ref());
        self.lists.settle(article, &mut mentions);
        let mut entities = Entities::new(&mut self.memory);
        entities.add_people_and_organisations(article, &mentions);
        entities.add_places(article, &mentions, &mut self.resolver, &self.lists);
        entities.join_surnames();
        entities.add_published(article, self.resolver.gazetteer());
        Annotations { entities: entities.in_order(), topics }
    }

    /// Returns what an article is about: what its publisher says, else what a classifier or its words
    /// say, which the tagger has just read, else nothing.
    fn topics(&mut self, article: &Article, words: Option<&Words<'_>>) -> Vec<TopicMark> {
        let published = topical::published(article);
        if !published.is_empty() {
            return published;
        }
        match (&self.classifier, words) {
            (Some(classifier), _) => topical::classified(article, &mut self.words, classifier),
            (None, Some(words)) => {
                let all = self.tagger.classes().zip(&words.words).enumerate();
                let said = all.map(|(idx, (class, word))| Said {
                    class,
                    word,
                    in_headline: idx < words.n_of_headline,
                });
                topical::spoken(&self.spokesman.spoken_for(self.tagger.n_forgotten(), said))
            }
            (None, None) => Vec::new(),
        }
    }
}

/// Returns a mention as it is printed.
fn printed<'a>(article: &'a Article, mention: &Mention) -> &'a str {
    article.text_of(mention.part).map_or("", |text| mention.span.of(text))
}

#[cfg(test)]
mod tests;
