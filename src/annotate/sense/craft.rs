//! Ships and spacecraft have names of their own, which are those of nobody and nowhere: *the trawler
//! Grey Heron*, *the lander, Vikram,* and *the Dali, a ship of 300 metres*.

use rustc_hash::FxHashSet;

use super::super::label::{Label, Stretch};
use super::super::tagger::lists;
use super::Reading;

/// Words for what has such a name; sorted.
const CRAFT: &[&str] = &[
    "barge",
    "battleship",
    "boat",
    "cruiser",
    "destroyer",
    "ferry",
    "freighter",
    "frigate",
    "icebreaker",
    "lander",
    "lifeboat",
    "liner",
    "lugger",
    "rover",
    "schooner",
    "ship",
    "spacecraft",
    "submarine",
    "tanker",
    "trawler",
    "tug",
    "vessel",
    "yacht",
];

/// Words behind which such a word is what somebody does: *to ferry Biden*.
const BEFORE_VERBS: &[&str] =
    &["to", "will", "would", "can", "could", "must", "may", "and", "they"];

/// How far behind a name and a comma the word may stand that says what it is.
const REACH: usize = 6;

/// Words behind which a place stands; sorted.
const BEFORE_PLACES: &[&str] = &["at", "from", "in", "near", "outside"];

/// Takes the labels off the names of ships and spacecraft, and off all that are the same or its end,
/// unless one of them is plainly a place: the ferry *Alder Bay* and the town.
pub(super) fn leave_craft_out(reading: &Reading<'_>, names: &[Stretch], labels: &mut [Label]) {
    let mut starts = reading.sentences().map(|it| it.start).peekable();
    let mut sentence = 0;
    let (mut crafts, mut places) = (FxHashSet::default(), FxHashSet::default());
    for name in names.iter().filter(|it| !is_country(reading, it)) {
        while let Some(start) = starts.next_if(|start| *start <= name.start) {
            sentence = start;
        }
        let words = Around {
            before: &reading.words[sentence..name.start],
            behind: &reading.words[name.end..],
        };
        if words.tell_craft() {
            labels[name.start..name.end].fill(Label::OUTSIDE);
            crafts.extend(reading.keys_of_ends(name));
        } else if words.tell_place() {
            places.insert(reading.key(name));
        }
    }
    let is_craft = |name: &&Stretch| {
        let key = reading.key(name);
        crafts.contains(&key) && !places.contains(&key) && !is_country(reading, name)
    };
    if !crafts.is_empty() {
        let all = names.iter().filter(is_craft);
        all.for_each(|name| labels[name.start..name.end].fill(Label::OUTSIDE));
    }
}

fn is_country(reading: &Reading<'_>, name: &Stretch) -> bool {
    name.n_words() == 1 && reading.facts[name.start].lists & lists::COUNTRY != 0
}

/// The words before a name in its sentence, and those behind it.
struct Around<'a> {
    before: &'a [&'a str],
    behind: &'a [&'a str],
}

impl Around<'_> {
    /// Tells whether they say that the name is that of a ship or a spacecraft.
    fn tell_craft(&self) -> bool {
        let is_noun = |it: &str| CRAFT.binary_search(&it).is_ok();
        let is_verb = |it: &str| BEFORE_VERBS.contains(&it);
        match self.before {
            [.., verb, noun] if is_noun(noun) => return !is_verb(verb),
            [noun] if is_noun(noun) => return true,
            [.., noun, ","] if is_noun(noun) => return self.behind.first() == Some(&","),
            _ => {}
        }
        let is_told = matches!(self.behind, [",", "a" | "an", ..])
            && self.behind[2..]
                .iter()
                .take(REACH)
                .take_while(|it| **it != ",")
                .any(|it| is_noun(it));
        is_told && self.before.last().is_some_and(|it| it.eq_ignore_ascii_case("the"))
    }

    /// Tells whether they say that the name is that of a place.
    fn tell_place(&self) -> bool {
        self.before.last().is_some_and(|it| BEFORE_PLACES.binary_search(it).is_ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, is_craft: bool) {
        let words: Vec<&str> = text.split(' ').collect();
        let is_name = |it: &&&str| it.starts_with(char::is_uppercase) && **it != "The";
        let start = words.iter().position(|it| is_name(&it)).unwrap();
        let n_words = words[start..].iter().take_while(is_name).count();
        let around = Around { before: &words[..start], behind: &words[start + n_words..] };
        assert_eq!(around.tell_craft(), is_craft, "{text}");
    }

    #[test]
    fn ships_and_spacecraft_are_told_by_the_words_beside_them() {
        check("the trawler Grey Heron capsized", true);
        check("The lander , Vikram , touched the ground", true);
        check("The Dali , a ship of about 300 metres , hit a pier", true);
        check("they went to ferry Biden across", false);
        check("the tug , Keane said , was late", false);
        check("we saw that Keane , a skipper , left", false);
        assert!(CRAFT.is_sorted() && BEFORE_PLACES.is_sorted());
    }
}
