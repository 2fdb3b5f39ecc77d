//! What the words of `person:`, `org:`, `place:` and `topic:` stand for in the index.
//!
//! A query knows them as typed. Here the spellings of a name become what they share, a place what
//! the gazetteer knows of it, and a topic its code; what nobody knows stays a word, and is looked for
//! among the names as printed.

use crate::annotate::names::{organisation_key, word_keys};
use crate::annotate::places::{Answer, Gazetteer, PlaceId};
use crate::annotate::topics::Topics;
use crate::article::{KEY_MARK, PATH_MARK};
use crate::error::{Error, Kind, Result};
use crate::query::{Clause, Field, Place, WordTest, Words};
use crate::text::printable;

use super::spelling::each_words_mut;

/// Settles what the names in a clause stand for.
///
/// # Errors
///
/// [`Kind::Usage`] where the name of a place may mean several; the choices are named.
pub(super) fn settle(clause: &mut Clause) -> Result<()> {
    match clause {
        Clause::All(clauses) | Clause::Any(clauses) => clauses.iter_mut().try_for_each(settle),
        Clause::Not(clause) | Clause::Weighted(clause, _) => settle(clause),
        Clause::Pattern(_) => each_words_mut(clause, &mut settle_words),
        Clause::Everything | Clause::Date(_) | Clause::WordCount(_) => Ok(()),
    }
}

fn settle_words(words: &mut Words) -> Result<()> {
    let Place::Field(field) = words.place else { return Ok(()) };
    if !field.is_annotation() || !words.tests.iter().all(is_plain) {
        return Ok(());
    }
    let terms = match field {
        Field::Person => marked(word_keys(&words.typed).into_iter()),
        Field::Org => marked(organisation_key(&words.typed).split(' ').map(str::to_owned)),
        Field::Place => place(words)?,
        _ => topic(&words.typed),
    };
    if !terms.is_empty() {
        words.tests = terms.into_iter().map(WordTest::Surface).collect();
    }
    Ok(())
}

fn is_plain(test: &WordTest) -> bool {
    matches!(test, WordTest::Surface(word) if !word.starts_with([KEY_MARK, PATH_MARK]))
}

fn marked(words: impl Iterator<Item = String>) -> Vec<String> {
    words.filter(|it| !it.is_empty()).map(|it| format!("{KEY_MARK}{it}")).collect()
}

fn topic(typed: &str) -> Vec<String> {
    let found = Topics::bundled().named(typed);
    found.map(|it| format!("{:08}", it.0)).into_iter().collect()
}

fn place(words: &Words) -> Result<Vec<String>> {
    let gazetteer = Gazetteer::bundled()?;
    match gazetteer.ask(&words.typed) {
        Answer::One(place) => Ok(vec![format!("{PATH_MARK}{}", gazetteer.path(place))]),
        Answer::Several(places) => Err(ambiguous(gazetteer, &words.typed, &places)),
        Answer::Unknown => Ok(Vec::new()),
    }
}

/// Asks which of several places is meant.
fn ambiguous(gazetteer: &Gazetteer, typed: &str, places: &[PlaceId]) -> Error {
    let choice = |it: &PlaceId| {
        let kind = gazetteer.place(*it).map_or("", |it| it.kind.name());
        format!("place:{} ({}, a {kind})", quoted(&gazetteer.asked_as(*it)), gazetteer.label(*it))
    };
    let choices: Vec<String> = places.iter().map(choice).collect();
    let message = format!("'{}' is the name of several places", printable(typed));
    Error::new(Kind::Usage, message).with_hint(format!("write {}", choices.join(" or ")))
}

fn quoted(words: &str) -> String {
    if words.contains(' ') { format!("\"{words}\"") } else { words.to_owned() }
}
