//! The topics of an article.

use crate::annotate::language::is_readable;
use crate::annotate::topics::{
    Classifier, Guess, TopicId, TopicWords, Topics, guess, map_publisher,
};
use crate::article::{Article, TopicMark, Witness};

/// Returns what an article is about: what its publisher says, else what a classifier or the words
/// of the taxonomy say, else nothing.
pub(super) fn topics(
    article: &Article,
    words: &mut TopicWords,
    classifier: Option<&Classifier>,
) -> Vec<TopicMark> {
    let published = map_publisher(&article.subjects, &article.section, &article.keywords);
    if !published.is_empty() {
        return published.into_iter().filter_map(|it| mark(it, Witness::Publisher)).collect();
    }
    if classifier.is_none() && !is_readable(article) {
        return Vec::new();
    }
    let body: Vec<&str> = article.body().map(|(_, it)| it.text.as_str()).collect();
    let guessed = match classifier {
        Some(classifier) => classifier.classify(words, &article.headline, &body),
        None => guess(words, &article.headline, &body),
    };
    guessed.and_then(recognised).into_iter().collect()
}

fn recognised(guess: Guess) -> Option<TopicMark> {
    let Guess { name, topic, .. } = guess;
    match topic {
        Some(topic) => mark(topic, Witness::Recognised),
        None => Some(TopicMark {
            code: String::new(),
            label: name,
            within: Vec::new(),
            witness: Witness::Recognised,
        }),
    }
}

fn mark(topic: TopicId, witness: Witness) -> Option<TopicMark> {
    let topics = Topics::bundled();
    let code = |it: TopicId| format!("{:08}", it.0);
    Some(TopicMark {
        code: code(topic),
        label: topics.get(topic)?.label.to_owned(),
        within: topics.ancestors(topic).map(code).collect(),
        witness,
    })
}
