//! What a publisher files an article under, as Media Topics.

use crate::article::Subject;

use super::taxonomy::{TopicId, Topics, label_key};

/// Names of sections and keywords that are no labels of the taxonomy. A section such as `World` or
/// `Opinion` says where a story plays or how it is told, not what it is about, and is not here.
const SECTIONS: &[(&str, u32)] = &[
    ("art", 1_000_000),
    ("arts", 1_000_000),
    ("arts and culture", 1_000_000),
    ("arts and entertainment", 1_000_000),
    ("art and design", 1_000_000),
    ("books", 1_000_000),
    ("celebrity", 8_000_000),
    ("celebrities", 8_000_000),
    ("culture", 1_000_000),
    ("entertainment", 1_000_000),
    ("entertainment and arts", 1_000_000),
    ("film", 1_000_000),
    ("movies", 1_000_000),
    ("media", 1_000_000),
    ("music", 1_000_000),
    ("showbiz", 1_000_000),
    ("stage", 1_000_000),
    ("television", 1_000_000),
    ("tv and radio", 1_000_000),
    ("theater", 1_000_000),
    ("theatre", 1_000_000),
    ("court", 2_000_000),
    ("courts", 2_000_000),
    ("crime", 2_000_000),
    ("crime and courts", 2_000_000),
    ("crime and law", 2_000_000),
    ("justice", 2_000_000),
    ("law", 2_000_000),
    ("accidents", 3_000_000),
    ("disaster", 3_000_000),
    ("disasters", 3_000_000),
    ("disasters and accidents", 3_000_000),
    ("banking", 4_000_000),
    ("business", 4_000_000),
    ("business and economy", 4_000_000),
    ("business day", 4_000_000),
    ("companies", 4_000_000),
    ("economics", 4_000_000),
    ("economy", 4_000_000),
    ("economy and business", 4_000_000),
    ("finance", 4_000_000),
    ("financial", 4_000_000),
    ("markets", 4_000_000),
    ("money", 4_000_000),
    ("personal finance", 4_000_000),
    ("real estate", 4_000_000),
    ("education", 5_000_000),
    ("schools", 5_000_000),
    ("university", 5_000_000),
    ("climate", 6_000_000),
    ("climate and environment", 6_000_000),
    ("environment", 6_000_000),
    ("health", 7_000_000),
    ("health and wellness", 7_000_000),
    ("medicine", 7_000_000),
    ("wellness", 7_000_000),
    ("jobs", 9_000_000),
    ("labor", 9_000_000),
    ("labour", 9_000_000),
    ("cars", 10_000_000),
    ("dining", 10_000_000),
    ("fashion", 10_000_000),
    ("food", 10_000_000),
    ("food and drink", 10_000_000),
    ("gardening", 10_000_000),
    ("home and garden", 10_000_000),
    ("leisure", 10_000_000),
    ("life and style", 10_000_000),
    ("lifestyle", 10_000_000),
    ("living", 10_000_000),
    ("style", 10_000_000),
    ("travel", 10_000_000),
    ("election", 11_000_000),
    ("elections", 11_000_000),
    ("government", 11_000_000),
    ("politics", 11_000_000),
    ("politics and conflicts", 11_000_000),
    ("us politics", 11_000_000),
    ("religion", 12_000_000),
    ("faith", 12_000_000),
    ("internet", 13_000_000),
    ("science", 13_000_000),
    ("science and environment", 13_000_000),
    ("science and technology", 13_000_000),
    ("space", 13_000_000),
    ("tech", 13_000_000),
    ("technology", 13_000_000),
    ("society", 14_000_000),
    ("baseball", 15_000_000),
    ("basketball", 15_000_000),
    ("cricket", 15_000_000),
    ("football", 15_000_000),
    ("golf", 15_000_000),
    ("rugby", 15_000_000),
    ("soccer", 15_000_000),
    ("sport", 15_000_000),
    ("sports", 15_000_000),
    ("tennis", 15_000_000),
    ("conflict", 16_000_000),
    ("defence", 16_000_000),
    ("defense", 16_000_000),
    ("military", 16_000_000),
    ("war", 16_000_000),
    ("weather", 17_000_000),
];

/// The subjects and keywords of an article that are read.
const WORDS_MAX: usize = 500;

/// Returns the topics that a publisher filed an article under, each once, the subjects first.
///
/// Codes of the Media Topics and of the older subject codes are read as they are; labels, sections
/// and keywords where they are labels of the taxonomy or usual names of sections. What says nothing
/// is left out. All of it is the publisher's word, and is to be marked so.
pub fn map_publisher(subjects: &[Subject], section: &str, keywords: &[String]) -> Vec<TopicId> {
    let topics = Topics::bundled();
    let mut found: Vec<TopicId> = Vec::new();
    let mut add = |topic: Option<TopicId>| {
        if let Some(topic) = topic.filter(|it| !found.contains(it)) {
            found.push(topic);
        }
    };
    for subject in subjects.iter().take(WORDS_MAX) {
        let by_code = Some(&subject.code).filter(|it| !it.is_empty());
        let by_code = by_code.and_then(|it| topics.named(it));
        add(by_code.or_else(|| named_by_word(topics, &subject.label)));
    }
    for part in section.split(['/', '>', '|', ';']) {
        add(named_by_word(topics, part));
    }
    for keyword in keywords.iter().take(WORDS_MAX) {
        add(named_by_word(topics, keyword));
    }
    found
}

/// Finds a topic by its label, or by the usual name of a section.
///
/// A label of one word is common in keywords with another meaning, so the name of a section is
/// tried first: `football` is sport, whatever is played.
fn named_by_word(topics: &Topics, words: &str) -> Option<TopicId> {
    let key = label_key(words);
    let section = SECTIONS.iter().find(|(name, _)| *name == key);
    match section {
        Some((_, topic)) => Some(TopicId(*topic)),
        None => topics.named(words),
    }
}
