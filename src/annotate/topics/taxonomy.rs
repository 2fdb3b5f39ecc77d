//! The Media Topics of the IPTC: what they are called, and what contains what.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::text::fold;

/// The table of topics: code, parent, an `x` where it is retired, subject codes, label, definition.
pub(super) const TABLE: &str = include_str!("../data/topics/topics.tsv");

/// The number of a Media Topic: 20000065 is civil unrest, 16000000 conflict, war and peace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TopicId(pub u32);

/// A topic of the taxonomy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Topic {
    /// Its number.
    pub id: TopicId,
    /// What it is called: `armed conflict`.
    pub label: &'static str,
    /// What it is, in a sentence; may be empty.
    pub definition: &'static str,
    /// The topic that contains it; `None` for one of the seventeen at the top.
    pub parent: Option<TopicId>,
    /// Whether the IPTC has withdrawn it. Old articles bear it still.
    pub is_retired: bool,
}

/// The taxonomy.
#[derive(Debug)]
pub struct Topics {
    /// In the order of their numbers.
    topics: Vec<Topic>,
    by_label: HashMap<String, TopicId>,
    by_subject_code: HashMap<u32, TopicId>,
}

impl Topics {
    /// Returns the taxonomy, read on the first call.
    pub fn bundled() -> &'static Self {
        static READ: OnceLock<Topics> = OnceLock::new();
        READ.get_or_init(|| Self::read(TABLE))
    }

    /// Reads a table; a line that is none is left out.
    fn read(table: &'static str) -> Self {
        let mut topics = Vec::new();
        let (mut by_label, mut by_subject_code) = (HashMap::new(), HashMap::new());
        for line in table.lines().skip(1) {
            let fields: Vec<&'static str> = line.split('\t').collect();
            let &[code, parent, retired, subjects, label, definition] = fields.as_slice() else {
                continue;
            };
            let Ok(id) = code.parse().map(TopicId) else { continue };
            let parent = parent.parse().map(TopicId).ok();
            let is_retired = !retired.is_empty();
            topics.push(Topic { id, label, definition, parent, is_retired });
            for subject in subjects.split(',').filter_map(|it| it.parse().ok()) {
                by_subject_code.entry(subject).or_insert(id);
            }
        }
        topics.sort_by_key(|it| it.id);
        // A label of today is stronger than one that is withdrawn.
        let of_today = |is_retired| topics.iter().filter(move |it| it.is_retired == is_retired);
        for topic in of_today(false).chain(of_today(true)) {
            by_label.entry(label_key(topic.label)).or_insert(topic.id);
        }
        Self { topics, by_label, by_subject_code }
    }

    /// Lists all topics in the order of their numbers.
    pub fn all(&self) -> &[Topic] {
        &self.topics
    }

    /// Returns a topic by its number.
    pub fn get(&self, id: TopicId) -> Option<&Topic> {
        let found = self.topics.binary_search_by_key(&id, |it| it.id);
        found.ok().and_then(|it| self.topics.get(it))
    }

    /// Finds the topic that is called so: `armed conflict`, `20000056`, `medtop:20000056`, its web
    /// address, or a subject code of the taxonomy before this one (`11003000`, `subj:15054000`).
    ///
    /// A subject code that no topic took over leads to the topic at the top that it lies under.
    pub fn named(&self, words: &str) -> Option<TopicId> {
        let words = words.trim();
        let code = words.rsplit(['/', ':']).next().unwrap_or(words);
        let is_code = (7..=8).contains(&code.len()) && code.bytes().all(|it| it.is_ascii_digit());
        if !is_code {
            return self.by_label.get(&label_key(words)).copied();
        }
        let number: u32 = code.parse().ok()?;
        let top = TopicId(number / 1_000_000 * 1_000_000);
        let exact = self.get(TopicId(number)).map(|it| it.id);
        let taken_over = || self.by_subject_code.get(&number).copied();
        exact.or_else(taken_over).or_else(|| self.get(top).map(|it| it.id))
    }

    /// Lists the topics that contain a topic, from the nearest outward; not the topic itself.
    pub fn ancestors(&self, id: TopicId) -> impl Iterator<Item = TopicId> + '_ {
        let parent = |it: &TopicId| self.get(*it)?.parent;
        // The table is ten levels deep at most; a damaged one leads in no circle.
        std::iter::successors(parent(&id), parent).take(16)
    }

    /// Tells whether a topic is another or lies under it.
    pub fn is_within(&self, inner: TopicId, outer: TopicId) -> bool {
        inner == outer || self.ancestors(inner).any(|it| it == outer)
    }

    /// Returns which of the seventeen topics at the top a topic lies under.
    pub fn top(&self, id: TopicId) -> TopicId {
        self.ancestors(id).last().unwrap_or(id)
    }
}

/// Returns what the spellings of a label have in common.
pub(super) fn label_key(label: &str) -> String {
    let folded = fold(label).replace('&', " and ");
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty());
    words.collect::<Vec<_>>().join(" ")
}
