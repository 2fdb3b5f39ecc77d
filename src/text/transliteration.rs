//! Spellings of one name in several transcriptions.

/// Returns what the transcriptions of a folded name have in common.
///
/// `zelensky`, `zelenskiy`, `zelenskyy` and `zelenskij` share one key, and so do `schevchenko` and
/// `shevchenko`, `osama` and `ossama`: `y` and `j` are `i`, `ph` is `f`, `ck` and `c` are `k`,
/// `sch` is `sh`, `w` is `v`, and a doubled letter is one.
pub fn transliteration_key(word: &str) -> String {
    let mut key = String::with_capacity(word.len());
    let mut rest = word;
    while let Some(c) = rest.chars().next() {
        let pair = PAIRS.iter().find(|(typed, _)| rest.starts_with(typed));
        let (letters, n_bytes) = match pair {
            Some((typed, letters)) => (*letters, typed.len()),
            None => ("", c.len_utf8()),
        };
        let single = match c {
            'y' | 'j' => 'i',
            'c' => 'k',
            'w' => 'v',
            c => c,
        };
        match letters {
            "" => push(&mut key, single),
            letters => letters.chars().for_each(|c| push(&mut key, c)),
        }
        rest = &rest[n_bytes..];
    }
    key
}

/// Several letters that stand for others.
const PAIRS: [(&str, &str); 3] = [("sch", "sh"), ("ph", "f"), ("ck", "k")];

/// Adds a letter unless it stands there already.
fn push(key: &mut String, c: char) {
    if !key.ends_with(c) {
        key.push(c);
    }
}

/// Returns the letters with which words of the same key can begin.
pub fn transliterated_initials(word: &str) -> Vec<char> {
    let Some(first) = word.chars().next() else {
        return Vec::new();
    };
    const GROUPS: [&[char]; 4] = [&['i', 'y', 'j'], &['f', 'p'], &['c', 'k'], &['v', 'w']];
    let group = GROUPS.iter().find(|group| group.contains(&first));
    group.map_or_else(|| vec![first], |group| group.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transcriptions_of_a_name_share_a_key() {
        for names in [
            vec!["zelensky", "zelenskiy", "zelenskyy", "zelenskij", "zelenski"],
            vec!["shevchenko", "schevchenko", "shewchenko"],
            vec!["osama", "ossama"],
            vec!["kruschev", "krushev"],
            vec!["sofia", "sophia", "sofija"],
            vec!["yushchenko", "iushchenko", "jushchenko"],
        ] {
            let keys: Vec<String> = names.iter().map(|name| transliteration_key(name)).collect();
            assert!(keys.iter().all(|key| *key == keys[0]), "{names:?} {keys:?}");
            for name in &names {
                let initials = transliterated_initials(names[0]);
                assert!(initials.contains(&name.chars().next().unwrap()), "{name}");
            }
        }
        assert_ne!(transliteration_key("putin"), transliteration_key("bulgakov"));
        assert_eq!(transliteration_key(""), "");
        assert!(transliterated_initials("").is_empty());
    }
}
