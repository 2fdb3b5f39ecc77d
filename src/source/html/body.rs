//! Which text of a page is the article's: the one that is seen, or the one in JSON-LD.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use super::fragment;

/// So many words in a row must be the same for a paragraph to be in a text.
const ROW: usize = 3;

/// How much more JSON-LD must hold to be preferred, in percent of what is seen.
const MORE: usize = 130;

/// How much of what is seen must be in JSON-LD for it to be whole, in percent.
const WHOLE: usize = 70;

/// The rows of a paragraph that must be in a text, in percent.
const WITHIN: usize = 50;

/// Chooses the text of a page, and tells where it was found.
///
/// The page has paragraphs where JSON-LD mostly has none, so what is seen is kept, unless JSON-LD
/// holds much more: then the page loads its text by a script, or hides it. Where JSON-LD holds
/// nearly all that is seen it also tells what the article is not: what comes before its first and
/// after its last paragraph is dropped. What lies between stays, for JSON-LD leaves out captions
/// and headings.
pub(super) fn choose(paragraphs: &mut Vec<String>, whole: Option<&str>) -> &'static str {
    const SEEN: &str = "text of the page";
    const SAID: &str = "JSON-LD articleBody";
    let Some(whole) = whole else {
        return SEEN;
    };
    let said = match fragment::is_markup(whole) {
        true => fragment::paragraphs(whole),
        false => fragment::unescaped(whole).lines().map(|it| it.trim().to_owned()).collect(),
    };
    let letters = |all: &[String]| {
        all.iter().map(|it| it.chars().filter(|c| c.is_alphanumeric()).count()).sum::<usize>()
    };
    let (n_seen, n_said) = (letters(paragraphs), letters(&said));
    if 100 * n_said > MORE * n_seen {
        *paragraphs = said.into_iter().filter(|it| !it.is_empty()).collect();
        return SAID;
    }
    let rows = Rows::of(&said);
    let are_in: Vec<bool> = paragraphs.iter().map(|it| rows.hold(it)).collect();
    let pairs = paragraphs.iter().zip(&are_in);
    let n_in = pairs
        .filter(|(_, is_in)| **is_in)
        .map(|(it, _)| letters(std::slice::from_ref(it)))
        .sum::<usize>();
    let first = are_in.iter().position(|it| *it);
    let last = are_in.iter().rposition(|it| *it);
    if let (Some(first), Some(last), true) = (first, last, 100 * n_in >= WHOLE * n_seen) {
        paragraphs.truncate(last + 1);
        paragraphs.drain(..first);
    }
    SEEN
}

/// The rows of words in a text, by their hashes.
struct Rows {
    hasher: RandomState,
    hashes: HashSet<u64>,
}

impl Rows {
    fn of(paragraphs: &[String]) -> Self {
        let mut rows = Self { hasher: RandomState::new(), hashes: HashSet::new() };
        // A sentence of JSON-LD may go on where a paragraph of the page ends.
        let words: Vec<String> = paragraphs.iter().flat_map(|it| words(it)).collect();
        for row in words.windows(ROW) {
            let hash = rows.hasher.hash_one(row);
            rows.hashes.insert(hash);
        }
        rows
    }

    /// Tells whether most of a paragraph is in the text; one of fewer words than a row is not.
    fn hold(&self, paragraph: &str) -> bool {
        let words: Vec<String> = words(paragraph).collect();
        let n_rows = words.windows(ROW).count();
        let is_in = |row: &&[String]| self.hashes.contains(&self.hasher.hash_one(*row));
        let n_in = words.windows(ROW).filter(is_in).count();
        n_rows > 0 && 100 * n_in >= WITHIN * n_rows
    }
}

/// Returns the words of a text in small letters; those of a script without spaces are its letters.
fn words(text: &str) -> impl Iterator<Item = String> {
    let is_wide = |c: char| c >= '\u{2E80}';
    let pieces = text.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty());
    pieces.flat_map(move |it| match it.contains(is_wide) {
        true => it.chars().map(String::from).collect(),
        false => vec![it.to_lowercase()],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: [&str; 3] = [
        "The bridge over the Tarrow at Weir Street was closed on Monday.",
        "Buses will go round by the mill, which takes twenty minutes.",
        "Nobody was hurt, the town said in a statement.",
    ];

    #[track_caller]
    fn check(seen: &[&str], said: Option<&str>, want: &[&str], from: &str) {
        let mut paragraphs: Vec<String> = seen.iter().map(|it| (*it).to_owned()).collect();
        let found = choose(&mut paragraphs, said);
        assert_eq!(paragraphs, want);
        assert!(found.contains(from), "{found}");
    }

    #[test]
    fn what_is_seen_is_kept_with_its_paragraphs() {
        check(&STORY, None, &STORY, "page");
        check(&STORY, Some(&STORY.join(" ")), &STORY, "page");
        check(&STORY, Some(STORY[0]), &STORY, "page");
        check(&STORY, Some("Something else altogether, said in other words."), &STORY, "page");
    }

    #[test]
    fn what_stands_around_an_article_is_dropped_where_json_ld_is_whole() {
        let seen = [
            &["Share this with your friends"],
            &STORY[..2],
            &["A caption"],
            &STORY[2..],
            &["Read more of our stories"],
        ]
        .concat();
        let want = [&STORY[..2], &["A caption"], &STORY[2..]].concat();
        check(&seen, Some(&STORY.join(" ")), &want, "page");
    }

    #[test]
    fn what_the_page_loads_later_is_taken_from_json_ld() {
        check(&["Loading"], Some(&STORY.join("\n\n")), &STORY, "JSON-LD");
        check(&[], Some(&format!("<p>{}</p>", STORY.join("</p><p>"))), &STORY, "JSON-LD");
    }
}
