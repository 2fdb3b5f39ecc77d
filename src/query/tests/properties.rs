//! Laws that hold for every query and every text.

use proptest::prelude::*;

use super::trees::query;
use crate::query::parse;

/// Puts pieces that mean something to the parser where they do not belong.
fn mutated() -> impl Strategy<Value = String> {
    let pieces = "|\"|“|”|«|»|(|)|-| - |*|?|~|~2|\"~4|^|^2|^1 |:|>=|..|/5| AND | or |NOT |date:|headline:|\
                  id:| W/5 | NOT W/5 | w5 | pre/s |/|exact(|atleast3(|first/5(|slop/1(\"|date:\"last \
                  |today|é|\u{1b}|\u{301}|\u{3000}|\0";
    let pieces: Vec<&str> = pieces.split('|').chain(["|", " "]).collect();
    let change = (any::<prop::sample::Index>(), 0..3_usize, prop::sample::select(pieces));
    let changes = prop::collection::vec(change, 1..5);
    (query(), changes).prop_map(|(query, changes)| {
        let mut text: Vec<char> = query.to_string().chars().collect();
        for (at, n_removed, piece) in changes {
            let at = at.index(text.len() + 1);
            let end = text.len().min(at + n_removed);
            text.splice(at..end, piece.chars());
        }
        text.into_iter().collect()
    })
}

/// Checks that a text is refused with a caret under it, or reads the same once printed.
fn check_any(text: &str) {
    match parse(text) {
        Ok(query) => {
            let printed = query.to_string();
            assert_eq!(parse(&printed).ok(), Some(query), "{text:?} prints {printed:?}");
        }
        Err(error) => {
            let message = error.to_string();
            assert!(!message.contains(|c: char| c.is_control() && c != '\n'), "{message:?}");
            let n_lines = message.lines().count();
            assert_eq!(n_lines, if text.trim().is_empty() { 1 } else { 3 }, "{message}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_printed_query_reads_the_same(query in query()) {
        let printed = query.to_string();
        let found = parse(&printed).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(&found, &query, "{}", printed);
        prop_assert_eq!(found.to_string(), printed);
    }

    #[test]
    fn a_damaged_query_is_refused_or_reads_the_same_once_printed(text in mutated()) {
        check_any(&text);
    }

    #[test]
    fn any_text_is_refused_or_reads_the_same_once_printed(text in ".{0,40}|[a-z5 :\"|()*?~^/.><=-]{0,40}") {
        check_any(&text);
    }
}
