//! Texts whose words are only words.

use super::{CLAUSES_MAX, Query, check_size};
use crate::error::{Error, Kind, Result};
use crate::text::words;

/// Takes a text for plain words side by side, as if nothing in it were an operator or a sign.
///
/// `"CLOSING OF MARKETS" NOT (UNDER) <DISC*>` is six words. What stands between white space is a
/// word as typed, and what holds no letter and no figure is left out. The tree may be one that
/// [`parse`](super::parse) never gives, so it need not print as something that reads the same.
///
/// # Errors
///
/// [`Kind::Usage`] where the text has no word, or more than [`CLAUSES_MAX`], or is longer than
/// [`QUERY_BYTES_MAX`](super::QUERY_BYTES_MAX).
pub fn plain(text: &str) -> Result<Query> {
    check_size(text)?;
    let typed = text.split_whitespace().filter(|typed| !words(typed).is_empty());
    let mut found: Vec<Query> = typed.map(|typed| Query::Word(typed.to_owned())).collect();
    match found.len() {
        0 => Err(Error::new(Kind::Usage, "the query has no word")
            .with_hint("write words of letters or figures")),
        1 => Ok(found.remove(0)),
        n if n > CLAUSES_MAX => {
            let message = format!("the query has {n} words, and at most {CLAUSES_MAX} are read");
            Err(Error::new(Kind::Usage, message).with_hint("search for fewer words at once"))
        }
        _ => Ok(Query::Loose(found)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, words: &[&str]) {
        let words: Vec<Query> = words.iter().map(|it| Query::Word((*it).to_owned())).collect();
        assert_eq!(plain(text).unwrap(), Query::Loose(words));
    }

    #[test]
    fn nothing_is_an_operator() {
        check("MARKETS NOT UNDER DISCUSSION", &["MARKETS", "NOT", "UNDER", "DISCUSSION"]);
        check("HENLEY <HENG> \"BUYS OR", &["HENLEY", "<HENG>", "\"BUYS", "OR"]);
        check("(a W/5 date:2024 wom?n b*", &["(a", "W/5", "date:2024", "wom?n", "b*"]);
    }

    #[test]
    fn what_is_no_word_is_left_out() {
        check("COUP , 1963 . * \"", &["COUP", "1963"]);
        assert_eq!(plain("-oil .").unwrap(), Query::Word("-oil".to_owned()));
        assert_eq!(plain(". , *").unwrap_err().message, "the query has no word");
        let long = "a ".repeat(CLAUSES_MAX + 1);
        assert_eq!(
            plain(&long).unwrap_err().message,
            "the query has 1025 words, and at most 1024 are read"
        );
    }
}
