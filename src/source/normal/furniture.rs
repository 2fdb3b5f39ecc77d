//! Telling the lines of a page that are no reporting.
//!
//! The lists are patterns of real pages and meant to grow; they are short because each line that
//! is wrongly hidden from search is worse than ten that are wrongly found.

/// The characters that such a line may have; a longer one is reporting, however it begins.
const LINE_CHARS_MAX: usize = 120;

/// Lines that are nothing else, but for the punctuation at their end.
const WHOLE: &[&str] = &[
    "advertisement",
    "advertisements",
    "article continues below advertisement",
    "article continues after advertisement",
    "continue reading",
    "continue reading below",
    "more on this story",
    "read also",
    "read more",
    "related",
    "related articles",
    "related stories",
    "related topics",
    "see also",
    "share this",
    "share this article",
    "share this story",
    "skip advertisement",
    "story continues below",
    "story continues below advertisement",
];

/// What a line may begin with, the colon included, whatever follows.
const LABELS: &[&str] = &[
    "advertisement:",
    "also read:",
    "more on this story:",
    "read also:",
    "read more:",
    "read next:",
    "related:",
    "related article:",
    "related articles:",
    "related story:",
    "related stories:",
    "related topics:",
    "see also:",
    "watch also:",
];

/// Labels of a credit; what follows them may also be a caption, which is reporting.
const CREDITS: &[&str] = &["photo:", "photo by:", "photo credit:", "image:", "picture:"];

/// What a line may begin with that asks something of the reader, and the words of which one comes
/// next, if anything does.
const REQUESTS: &[(&str, &[&str])] = &[
    ("click here", &["to", "for", "and"]),
    ("share this article", &["on", "with", "via"]),
    ("share this story", &["on", "with", "via"]),
    ("follow us on", &["facebook", "twitter", "instagram", "telegram", "x", "youtube"]),
];

/// What a line may begin with that offers a letter; signing up for a census is news.
const OFFERS: &[&str] = &["sign up for", "sign up to", "subscribe to"];

/// The words of which an offer holds one.
const OFFERED: &[&str] =
    &["alerts", "channel", "email", "emails", "newsletter", "newsletters", "podcast"];

/// The letters that the patterns above begin with: most lines are told by their first letter.
const FIRST: &[u8] = b"acfimprsw";

/// Tells whether a line is furniture: "Read also:", "ADVERTISEMENT", "Click here to …".
///
/// Only the patterns above count, in any case, and only in lines of at most 120 characters: to
/// show a stray line costs nothing, to hide reporting from search costs trust.
pub(in crate::source) fn is_furniture(line: &str) -> bool {
    if !line.bytes().next().is_some_and(|it| FIRST.contains(&it.to_ascii_lowercase())) {
        return false;
    }
    if line.len() > LINE_CHARS_MAX && line.chars().nth(LINE_CHARS_MAX).is_some() {
        return false;
    }
    let end = line.trim_end_matches(['.', ':', '!', '…', '»', '>', '-', '—', ' ']);
    WHOLE.iter().any(|whole| end.eq_ignore_ascii_case(whole))
        || LABELS.iter().any(|label| after(line, label).is_some())
        || CREDITS.iter().any(|label| after(line, label).is_some() && !line.ends_with('.'))
        || is_request(line)
        || is_offer(line)
}

/// Tells whether a line asks for a click or a share: the opening alone, or one of the next words.
fn is_request(line: &str) -> bool {
    REQUESTS.iter().any(|(opening, next)| {
        after(line, opening)
            .is_some_and(|rest| words(rest).next().is_none_or(|word| is_among(word, next)))
    })
}

/// Tells whether a line offers a letter or a channel.
fn is_offer(line: &str) -> bool {
    OFFERS.iter().any(|opening| {
        after(line, opening).is_some_and(|rest| words(rest).any(|word| is_among(word, OFFERED)))
    })
}

/// Lines that say that a story is over, but for the signs around them: the marks of the wires.
const ENDS: &[&str] =
    &["30", "ap", "afp", "dpa", "end", "end it", "ends", "fin", "more", "reuter", "reuters", "upi"];

/// What a line behind a story may begin with that says who worked on it.
const CREDITED: &[&str] = &[
    "additional reporting by ",
    "compiled by ",
    "edited by ",
    "editing by ",
    "reporting and writing by ",
    "reporting by ",
    "writing by ",
];

/// Tells whether a line that ends a story belongs to the wire and not to the story: `REUTER`,
/// `-30-`, `###`, `(Reporting by Ann Hale; Editing by Tom Ruiz)`.
///
/// That is asked of the last lines only: elsewhere such words may be a heading.
pub(in crate::source) fn ends_story(line: &str) -> bool {
    let bare = line.trim_matches(|c: char| !c.is_alphanumeric());
    bare.is_empty()
        || is_among(bare, ENDS)
        || line.ends_with(')') && CREDITED.iter().any(|it| after(bare, it).is_some())
        || CREDITED.iter().any(|it| after(line, it).is_some()) && line.contains(';')
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn is_among(word: &str, list: &[&str]) -> bool {
    list.iter().any(|it| word.eq_ignore_ascii_case(it))
}

/// Returns what follows `opening` where the line begins with it, in any case.
fn after<'a>(line: &'a str, opening: &str) -> Option<&'a str> {
    line.get(..opening.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(opening))
        .then(|| &line[opening.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_belong_to_the_page_are_furniture() {
        for line in [
            "Read also:",
            "READ ALSO: Bridge closed for a year",
            "ADVERTISEMENT",
            "Advertisement",
            "- Advertisement".trim_start_matches("- "),
            "Related: Council votes on the bridge",
            "Related stories",
            "See also:",
            "Click here to read more.",
            "Click here",
            "Share this article",
            "Share this article on Facebook",
            "Sign up for our daily newsletter.",
            "Sign up for The Courier’s morning newsletter",
            "Photo: Ann Hale / Courier",
            "Follow us on Facebook and Telegram",
        ] {
            assert!(is_furniture(line), "{line}");
        }
    }

    #[test]
    fn a_story_ends_before_the_marks_of_the_wire() {
        for line in [
            "REUTER",
            " Reuter -",
            "-30-",
            "###",
            "* * *",
            "--END--",
            "(Reporting by Ann Hale; Editing by Tom Ruiz)",
            "Reporting by Ann Hale in Coldwater; editing by Tom Ruiz",
        ] {
            assert!(ends_story(line), "{line}");
        }
        for line in ["The end.", "Reporting by night is hard.", "30 houses burnt", "1 - 0"] {
            assert!(!ends_story(line), "{line}");
        }
    }

    #[test]
    fn all_patterns_begin_with_one_of_a_few_letters() {
        let requests = REQUESTS.iter().map(|(opening, _)| opening);
        let patterns = WHOLE.iter().chain(LABELS).chain(CREDITS).chain(OFFERS).chain(requests);
        for pattern in patterns {
            assert!(FIRST.contains(&pattern.as_bytes()[0]), "{pattern}");
        }
    }

    #[test]
    fn reporting_is_no_furniture() {
        for line in [
            "Read also the small print, the mayor said.",
            "Advertisement revenue fell by a third.",
            "Related to the dead man by marriage, she inherited the mill.",
            "Sign up for the census began on Monday.",
            "Click here became a byword for fraud.",
            "Photo: A man walks his dog across the bridge.",
            "Share this article was all it said, and nobody did.",
            "Seeing also: believing",
            "“Read also: the bridge.”",
            "",
        ] {
            assert!(!is_furniture(line), "{line}");
        }
        let long = format!("Related: {}", "bridge ".repeat(20));
        assert!(!is_furniture(&long));
    }
}
