//! Case and accent folding.

use unicode_normalization::UnicodeNormalization;

/// Folds a word: lower case, without accents, in compatible letters.
///
/// `Müller` and `muller`, `São` and `sao`, `ﬁsh` and `fish`, `Straße` and `strasse` are the same
/// word afterwards. Folding is Unicode NFKD without the accents of the Latin, Greek, Cyrillic,
/// Hebrew and Arabic scripts, and a small table for letters that do not decompose. The marks of
/// other scripts carry meaning (a Hindi vowel is a mark) and stay.
pub fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    fold_into(word, &mut folded);
    folded
}

/// Folds a word onto the end of `out`.
pub(super) fn fold_into(word: &str, out: &mut String) {
    if word.is_ascii() {
        let start = out.len();
        out.push_str(word);
        out[start..].make_ascii_lowercase();
        return;
    }
    for c in word.chars() {
        match c {
            'й' | 'Й' => out.push('й'),
            _ => std::iter::once(c).nfkd().for_each(|c| fold_decomposed(c, out)),
        }
    }
}

fn fold_decomposed(c: char, out: &mut String) {
    if is_accent(c) || is_ignorable(c) {
        return;
    }
    match c {
        'ß' | 'ẞ' => out.push_str("ss"),
        'æ' | 'Æ' => out.push_str("ae"),
        'œ' | 'Œ' => out.push_str("oe"),
        'þ' | 'Þ' => out.push_str("th"),
        'ø' | 'Ø' => out.push('o'),
        'đ' | 'Đ' | 'ð' | 'Ð' => out.push('d'),
        'ł' | 'Ł' => out.push('l'),
        'ħ' | 'Ħ' => out.push('h'),
        'ı' => out.push('i'),
        'ς' => out.push('σ'),
        // A capital may lower to a letter and an accent of its own (`İ`).
        _ => out.extend(c.to_lowercase().filter(|&c| !is_accent(c))),
    }
}

/// Tells whether a mark only decorates a letter in its script.
pub(super) fn is_accent(c: char) -> bool {
    matches!(c,
        '\u{0300}'..='\u{036F}' | '\u{0483}'..='\u{0487}' | '\u{0591}'..='\u{05C7}'
        | '\u{0610}'..='\u{061A}' | '\u{0640}' | '\u{064B}'..='\u{065F}' | '\u{0670}'
        | '\u{06D6}'..='\u{06DC}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}'
        | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
}

/// Tells whether a character is invisible and says nothing: a soft hyphen, a joiner, a mark of
/// byte order.
pub(super) fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_ligatures_and_soft_hyphens_fold_away() {
        for (printed, folded) in [
            ("Müller", "muller"),
            ("SÃO", "sao"),
            ("Zoe\u{0308}", "zoe"),
            ("ﬁsh", "fish"),
            ("Straße", "strasse"),
            ("Łódź", "lodz"),
            ("İstanbul", "istanbul"),
            ("co\u{00AD}operate", "cooperate"),
            ("ΟΔΟΣ", "οδοσ"),
            ("Зеленський", "зеленський"),
            ("مُحَمَّد", "محمد"),
            ("ＮＡＴＯ", "nato"),
            ("हिन्दी", "हिन्दी"),
        ] {
            assert_eq!(fold(printed), folded, "{printed}");
        }
    }

    #[test]
    fn folding_twice_changes_nothing() {
        for word in ["Ünïcödé", "ΣΊΣΥΦΟΣ", "Ǆ", "ﬃ", "ſ", "İI"] {
            assert_eq!(fold(&fold(word)), fold(word), "{word}");
        }
    }
}
