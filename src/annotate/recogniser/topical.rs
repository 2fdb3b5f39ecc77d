//! The topics of an article.

use crate::annotate::topics::{
    Classifier, Guess, SpokenFor, TopicId, TopicWords, Topics, map_publisher,
};
use crate::article::{Article, TopicMark, Witness};

/// How much a topic weighs that a publisher or a classifier names, who do not say how much.
const NAMED_WEIGHT: u8 = 8;

/// The most that a topic weighs.
const WEIGHT_MAX: f32 = 32.0;

/// Returns what the publisher of an article says that it is about.
pub(super) fn published(article: &Article) -> Vec<TopicMark> {
    let published = map_publisher(&article.subjects, &article.section, &article.keywords);
    let mark = |it| mark(it, NAMED_WEIGHT, Witness::Publisher);
    published.into_iter().filter_map(mark).collect()
}

/// Returns what a classifier says that an article is about.
pub(super) fn classified(
    article: &Article,
    words: &mut TopicWords,
    classifier: &Classifier,
) -> Vec<TopicMark> {
    let body: Vec<&str> = article.body().map(|(_, it)| it.text.as_str()).collect();
    let class = classifier.classify(words, &article.headline, &body);
    class.and_then(recognised).into_iter().collect()
}

/// Returns what the words of an article say that it is about.
pub(super) fn spoken(topics: &[SpokenFor]) -> Vec<TopicMark> {
    let mark =
        |it: &SpokenFor| mark(it.topic, it.evidence.min(WEIGHT_MAX) as u8, Witness::Recognised);
    topics.iter().filter_map(mark).collect()
}

fn recognised(guess: Guess) -> Option<TopicMark> {
    let Guess { name, topic, .. } = guess;
    match topic {
        Some(topic) => mark(topic, NAMED_WEIGHT, Witness::Recognised),
        None => Some(TopicMark {
            code: String::new(),
            label: name,
            within: Vec::new(),
            weight: NAMED_WEIGHT,
            witness: Witness::Recognised,
        }),
    }
}

fn mark(topic: TopicId, weight: u8, witness: Witness) -> Option<TopicMark> {
    let topics = Topics::bundled();
    let code = |it: TopicId| format!("{:08}", it.0);
    Some(TopicMark {
        code: code(topic),
        label: topics.get(topic)?.label.to_owned(),
        within: topics.ancestors(topic).map(code).collect(),
        weight,
        witness,
    })
}
