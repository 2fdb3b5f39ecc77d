//! The names that articles keep.

/// The length of an id; a longer one is replaced by its hash.
pub const ID_BYTES_MAX: usize = 512;

/// How much of the hash stands for an id that is too long, in hexadecimal figures.
const HASH_FIGURES: usize = 16;

/// Makes an id that can be printed, typed and compared.
///
/// Control characters, and the marks that turn the direction of text around, are taken out, and
/// the white space at both ends. Returns nothing where nothing is left.
pub(in crate::source) fn clean(printed: &str) -> Option<String> {
    let text: String = printed.chars().filter(|c| !is_hidden(*c)).collect();
    let text = text.trim();
    if text.len() > ID_BYTES_MAX {
        let hash = blake3::hash(text.as_bytes()).to_hex();
        return Some(hash[..HASH_FIGURES].to_owned());
    }
    (!text.is_empty()).then(|| text.to_owned())
}

/// Tells whether a character cannot be seen, or turns the direction of others around.
fn is_hidden(c: char) -> bool {
    let is_mark = matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}');
    is_mark || c.is_control() || matches!(c, '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_printable_and_short() {
        assert_eq!(clean(" a\u{1b}b c\n").as_deref(), Some("ab c"));
        assert_eq!(clean("\t \u{0}"), None);
        let long = clean(&"x".repeat(ID_BYTES_MAX + 1)).unwrap_or_default();
        assert_eq!(long.len(), HASH_FIGURES);
        assert_ne!(Some(long), clean(&"y".repeat(ID_BYTES_MAX + 1)));
        assert_eq!(clean(&"é".repeat(256)).map(|id| id.len()), Some(ID_BYTES_MAX));
    }
}
