//! What the words of `person:`, `org:`, `place:` and `topic:` stand for in the index.
//!
//! A query knows them as typed. Here the spellings of a name become what they share, a place what
//! the gazetteer knows of it, and a topic its code; what nobody knows stays a word, and is looked for
//! among the names as printed. The words of `demonym:` are those for the people of the place.
//!
//! Recognising misses some names. So the words of a person, of an organisation and of a place that
//! nobody knows are looked for in the text too, where they are printed as a name and belong to none
//! that was recognised: `person:merz` finds *Merz* that was taken for nothing, and never the *Merz*
//! of a company's name.

use crate::annotate::names::{organisation_key, word_keys};
use crate::annotate::places::{Answer, Gazetteer, PlaceId};
use crate::annotate::topics::Topics;
use crate::article::{KEY_MARK, PATH_MARK};
use crate::error::{Error, Kind, Result};
use crate::query::{Casing, Clause, Field, Pattern, Place, WordTest, Words};
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
        Clause::Pattern(Pattern::Words(words)) if words.place == Place::Field(Field::Demonym) => {
            *clause = Clause::Pattern(demonyms(words)?);
            Ok(())
        }
        Clause::Pattern(Pattern::Words(words)) => {
            let unnamed = unnamed(words);
            settle_words(words)?;
            if let Some(unnamed) = unnamed.filter(|_| !lies_somewhere(words)) {
                let named = Clause::words(words.clone());
                *clause = Clause::Any(vec![named, Clause::words(unnamed)]);
            }
            Ok(())
        }
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

/// Returns the words of a name as they stand in the text where nothing was recognised.
fn unnamed(words: &Words) -> Option<Words> {
    let is_name = matches!(words.place, Place::Field(Field::Person | Field::Org | Field::Place));
    let is_sought = is_name && words.casing == Casing::Any && words.tests.iter().all(is_plain);
    is_sought.then(|| Words { place: Place::Text, casing: Casing::Unnamed, ..words.clone() })
}

/// Returns the two alternatives of a name that [`settle`] made of it: as recognised, and overlooked.
pub(super) fn name_parts(clauses: &[Clause]) -> Option<[&Words; 2]> {
    match clauses {
        [Clause::Pattern(Pattern::Words(named)), Clause::Pattern(Pattern::Words(unnamed))]
            if named.are_annotation() && unnamed.casing == Casing::Unnamed =>
        {
            Some([named, unnamed])
        }
        _ => None,
    }
}

/// Tells whether a name is that of a place which the gazetteer knows.
fn lies_somewhere(words: &Words) -> bool {
    let is_path =
        |test: &WordTest| matches!(test, WordTest::Surface(word) if word.starts_with(PATH_MARK));
    words.tests.iter().any(is_path)
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
        Answer::Several(places) => Err(ambiguous(gazetteer, "place", &words.typed, &places)),
        Answer::Unknown => Ok(Vec::new()),
    }
}

/// Returns where the people of a place are named: words of the text, each with a capital.
fn demonyms(words: &Words) -> Result<Pattern> {
    let gazetteer = Gazetteer::bundled()?;
    let typed = &words.typed;
    let place = match gazetteer.ask(typed) {
        Answer::One(place) => place,
        Answer::Several(places) => {
            return Err(ambiguous(gazetteer, "demonym", typed, &places));
        }
        // Whoever names the people means them.
        Answer::Unknown => gazetteer.people(typed).ok_or_else(|| nobody(typed))?,
    };
    let names = gazetteer.demonyms(place);
    if names.is_empty() {
        return Err(nobody(typed));
    }
    let word = |it: &str| WordTest::Surface(it.to_owned());
    let of_people = |name: &String| {
        let tests = name.split(' ').map(word).collect();
        let (place, casing) = (Place::Text, Casing::Capitalized);
        // Nobody typed it: that no article has one of them is no matter.
        Pattern::Words(Words { place, casing, tests, typed: String::new(), ..words.clone() })
    };
    Ok(Pattern::Any(names.iter().map(of_people).collect()))
}

fn nobody(typed: &str) -> Error {
    let message = format!("no people is known of '{}'", printable(typed));
    Error::new(Kind::Usage, message)
        .with_hint("name a country, or search for the word itself: demonym:ukraine, ukrainian")
}

/// Asks which of several places is meant.
fn ambiguous(gazetteer: &Gazetteer, field: &str, typed: &str, places: &[PlaceId]) -> Error {
    let choice = |it: &PlaceId| {
        let kind = gazetteer.place(*it).map_or("", |it| it.kind.name());
        let asked = quoted(&gazetteer.asked_as(*it));
        format!("{field}:{asked} ({}, a {kind})", gazetteer.label(*it))
    };
    let choices: Vec<String> = places.iter().map(choice).collect();
    let message = format!("'{}' is the name of several places", printable(typed));
    Error::new(Kind::Usage, message).with_hint(format!("write {}", choices.join(" or ")))
}

fn quoted(words: &str) -> String {
    if words.contains(' ') { format!("\"{words}\"") } else { words.to_owned() }
}
