//! What was recognised in an article, as the index keeps it.

use crate::text::{Span, Tokenizer};

use super::{Entity, MentionKind, PATH_MARK, Part, Witness};

/// Whom, what and which places an article names, and what it is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Annotations {
    /// Those that are named, each once: first those that the publisher names, then in the order in
    /// which they are first mentioned.
    pub entities: Vec<Entity>,
    /// The topics, the publisher's first.
    pub topics: Vec<TopicMark>,
}

/// A topic of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicMark {
    /// The code of the Media Topic, `16000000`; empty for a section that an archive was taught.
    pub code: String,
    /// What it is called.
    pub label: String,
    /// The codes of the topics that contain it, from the nearest outward.
    pub within: Vec<String>,
    /// How much of the article is about it: how often it is indexed, from 1 on.
    pub weight: u8,
    /// Who says so.
    pub witness: Witness,
}

/// The positions that stay free between two entities, and between two topics. Who asks for words that
/// are near each other in a name is to ask for no greater distance, lest one word be of another name.
pub const NAME_GAP: u32 = 16;

/// Where an article names somebody or something, in reading order: for whoever goes through all of it.
pub struct Mentioned(Vec<(Part, Span, MentionKind)>);

impl Mentioned {
    /// Puts the mentions of an article in order.
    pub fn of(annotations: &Annotations) -> Self {
        let mentions = annotations.mentions().into_iter();
        Self(mentions.map(|(part, span, entity)| (part, span, entity.kind)).collect())
    }

    /// Returns those in a part of the article.
    pub fn within(&self, part: Part) -> &[(Part, Span, MentionKind)] {
        let from = self.0.partition_point(|it| it.0 < part);
        let n = self.0[from..].partition_point(|it| it.0 == part);
        &self.0[from..from + n]
    }
}

impl Annotations {
    /// Returns the entities of a kind.
    pub fn of_kind(&self, kind: MentionKind) -> impl Iterator<Item = &Entity> {
        self.entities.iter().filter(move |it| it.kind == kind)
    }

    /// Returns all mentions in reading order, with what they mention.
    pub fn mentions(&self) -> Vec<(Part, Span, &Entity)> {
        let mut all = Vec::with_capacity(self.entities.iter().map(|it| it.mentions.len()).sum());
        for entity in &self.entities {
            all.extend(entity.mentions.iter().map(|(part, span)| (*part, *span, entity)));
        }
        all.sort_by_key(|(part, span, _)| (*part, *span));
        all
    }

    /// Calls `visit` with every term by which entities of a kind are found, its position, and the
    /// place of the entity among all; positions never fall.
    ///
    /// A name has its folded words in a row, and the terms of its key in a row from the same
    /// position on. A place has at its first position its path, and each beginning of it.
    pub fn each_term(
        &self,
        kind: MentionKind,
        tokenizer: &mut Tokenizer,
        visit: &mut dyn FnMut(&str, u32, usize),
    ) {
        let step = u32::from(kind != MentionKind::Place);
        let mut base = 0;
        for (idx, entity) in self.entities.iter().enumerate().filter(|(_, it)| it.kind == kind) {
            let visit_term =
                |(term, n): (&String, u32), visit: &mut dyn FnMut(&str, u32, usize)| {
                    visit(term, base + n, idx);
                    if step == 0 {
                        let ends = term.match_indices(PATH_MARK).map(|it| it.0).skip(1);
                        ends.for_each(|end| visit(&term[..end], base + n, idx));
                    }
                };
            let all_terms = entity.terms();
            let mut terms = all_terms.iter().zip((0..).map(|n| n * step)).peekable();
            let n_words = tokenizer.tokenize(entity.name(), |token| {
                while let Some(term) = terms.next_if(|(_, n)| *n <= token.position) {
                    visit_term(term, visit);
                }
                visit(token.word, base + token.position, idx);
            });
            terms.for_each(|term| visit_term(term, visit));
            base += n_words.max(all_terms.len() as u32) + NAME_GAP;
        }
    }

    /// Calls `visit` with every term by which the topics are found, its position, and the place of
    /// the topic among all: the codes of the topics and of those that contain them, and the words of
    /// what they are called; positions never fall.
    ///
    /// All codes stand at position 0: they are no neighbours of anything, and take no room so.
    pub fn each_topic_term(
        &self,
        tokenizer: &mut Tokenizer,
        visit: &mut dyn FnMut(&str, u32, usize),
    ) {
        for (idx, topic) in self.topics.iter().enumerate() {
            let codes = std::iter::once(&topic.code).chain(&topic.within);
            codes.filter(|code| !code.is_empty()).for_each(|code| visit(code, 0, idx));
        }
        let mut base = 0;
        for (idx, topic) in self.topics.iter().enumerate() {
            let n_words =
                tokenizer.tokenize(&topic.label, |it| visit(it.word, base + it.position, idx));
            base += n_words + NAME_GAP;
        }
    }
}
