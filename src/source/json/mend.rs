//! Mending records that only forbidden characters make invalid.

/// Replaces what JSON forbids and real archives hold, and counts it.
///
/// A control character that was not escaped becomes a space. Half of a surrogate pair (`\ud83d`
/// alone, where a program cut an emoji in two) becomes U+FFFD. Returns nothing where there is
/// nothing of the kind.
pub(in crate::source) fn mend(text: &str) -> Option<(String, u64)> {
    let mut mended = String::with_capacity(text.len());
    let mut n_replaced = 0;
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c < ' ' || c == '\\') {
        mended.push_str(&rest[..at]);
        rest = &rest[at..];
        let (kept, len) = match surrogates(rest) {
            _ if !rest.starts_with('\\') => (" ", 1),
            Surrogates::Half => ("\\ufffd", 6),
            Surrogates::Pair => (&rest[..12], 12),
            Surrogates::None => {
                // An escape may be of any letter, and the text may end with the backslash.
                let len = 1 + rest[1..].chars().next().map_or(0, char::len_utf8);
                (&rest[..len], len)
            }
        };
        n_replaced += u64::from(kept != &rest[..len]);
        mended.push_str(kept);
        rest = &rest[len..];
    }
    mended.push_str(rest);
    (n_replaced > 0).then_some((mended, n_replaced))
}

/// What surrogates a text begins with.
enum Surrogates {
    None,
    Half,
    Pair,
}

fn surrogates(text: &str) -> Surrogates {
    match (unit(text), text.get(6..).and_then(unit)) {
        (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => Surrogates::Pair,
        (Some(0xD800..=0xDFFF), _) => Surrogates::Half,
        _ => Surrogates::None,
    }
}

/// Reads the unit of UTF-16 that a text begins with: `\u00e9`.
fn unit(text: &str) -> Option<u16> {
    let figures = text.strip_prefix("\\u")?.get(..4)?;
    u16::from_str_radix(figures, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, want: Option<(&str, u64)>) {
        let want = want.map(|(text, n)| (text.to_owned(), n));
        assert_eq!(mend(text), want, "{text:?}");
    }

    #[test]
    fn forbidden_characters_are_replaced() {
        check("{\"a\": \"x\ty\u{3}\"}", Some(("{\"a\": \"x y \"}", 2)));
        check(r#""cut \ud83d""#, Some((r#""cut \ufffd""#, 1)));
        check(r"\ude00\ud83d\ud83d\ude00", Some((r"\ufffd\ufffd\ud83d\ude00", 2)));
    }

    #[test]
    fn what_json_allows_is_left() {
        check(r#"{"a": "\n\\ud83d \ud83d\ude00 \u00e9 \é"}"#, None);
        check("\\", None);
        check("", None);
    }
}
