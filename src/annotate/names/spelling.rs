//! What the transcriptions of a word have in common.
//!
//! The rules are those under which no two names of news were seen to fall together: `y` is `i` only
//! where it cannot tell Smith from Smyth, `w` is `v` only where Weil and Veil stay two.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::text::fold;

/// The letters of a word from which on a doubled letter is one: Lee and Le are two names.
const DOUBLED_MIN: usize = 5;

/// Letters that stand for others, wherever they are; longer ones first.
const ANYWHERE: [(&str, &str); 14] = [
    ("shch", "sh"),
    ("tsch", "ch"),
    ("tch", "ch"),
    ("sch", "sh"),
    ("ph", "f"),
    ("kh", "k"),
    ("ck", "k"),
    ("gh", "g"),
    ("dh", "d"),
    ("dj", "j"),
    ("ou", "u"),
    ("tz", "ts"),
    ("x", "ks"),
    ("q", "k"),
];

/// Endings that stand for others, in words of six letters and more.
const ENDINGS: [(&str, &str); 6] =
    [("off", "ov"), ("eff", "ev"), ("ow", "ov"), ("ew", "ev"), ("owa", "ova"), ("ewa", "eva")];

/// Given names and surnames whose transcriptions follow no rule; the first is the key.
const FAMILIES: [&str; 27] = [
    "mohamed mohammed mohammad mohamad muhammad muhammed muhamad mohamud mahomed",
    "ahmed ahmad achmed achmad",
    "husein hussein hussain husain husayn hussayn hossein hosein",
    "yusuf yousef youssef yusef yousuf yousaf yusuff joussef",
    "khalid khaled",
    "omar umar",
    "osama usama oussama",
    "saeed said sayeed saed",
    "abdul abdel abdoul",
    "abdullah abdulla abdallah abdalla",
    "ibrahim ebrahim",
    "kasem qasem qassem kassem qasim qassim ghasem",
    "suleimani soleimani sulaimani soleymani suleymani",
    "suleiman sulaiman suleyman soleiman",
    "gaddafi qaddafi kadafi gadhafi kaddafi qadhafi khadafy gadafi qadafi",
    "alexander aleksandr alexandr aleksander alyaksandr aliaksandr",
    "mikhail michail mihail",
    "dmitry dmitri dmitriy dmitrii dimitri dimitry",
    "nikolai nikolay nicolai nikolaj",
    "yuri yury yuriy yurii iouri jurij",
    "sergei sergey serguei sergej",
    "alexei alexey aleksei aleksey alexej aleksej",
    "yevgeny evgeny evgeni yevgeni evgeniy yevgeniy evgenii",
    "tchaikovsky tschaikowsky chaikovsky tchaikovski tschaikowski",
    "yeltsin eltsin jelzin",
    "khrushchev kruschev krushchev khruschev chruschtschow",
    "shevardnadze schewardnadse chevardnadze",
];

/// Returns the first name of each family by all of its names.
fn families() -> &'static HashMap<&'static str, &'static str> {
    static BY_NAME: OnceLock<HashMap<&str, &str>> = OnceLock::new();
    BY_NAME.get_or_init(|| {
        let mut by_name = HashMap::new();
        for family in FAMILIES {
            let first = family.split(' ').next().unwrap_or_default();
            for name in family.split(' ') {
                by_name.entry(name).or_insert(first);
            }
        }
        by_name
    })
}

/// Returns the key of a word as printed: letters only, in lower case.
pub(super) fn word_key(word: &str) -> String {
    let word = word.replace(['đ', 'Đ'], "dj");
    let mut folded = fold(&word);
    folded.retain(char::is_alphanumeric);
    if let Some(first) = families().get(folded.as_str()) {
        return (*first).to_owned();
    }
    if !folded.is_ascii() {
        return folded;
    }
    let n_letters = folded.len();
    let mut key = folded;
    if n_letters >= 6 {
        key = with_ending(key);
        key = without_umlauts(&key);
    }
    if n_letters >= 8 || key.starts_with("wl") {
        key = key.replace('w', "v");
    }
    key = key.replace("owsk", "ovsk").replace("ewsk", "evsk");
    for (typed, letters) in ANYWHERE {
        key = key.replace(typed, letters);
    }
    if n_letters >= DOUBLED_MIN {
        key = with_single_letters(&with_one_i(&key));
    }
    if n_letters >= 7 && key.ends_with("ah") {
        key.pop();
    }
    key
}

fn with_ending(key: String) -> String {
    for (ending, letters) in ENDINGS {
        if let Some(stem) = key.strip_suffix(ending) {
            return format!("{stem}{letters}");
        }
    }
    key
}

/// Takes `ue` and `oe` before a consonant for the umlauts that they may stand for, and `ae` where
/// it is not that of Michael.
fn without_umlauts(key: &str) -> String {
    let bytes = key.as_bytes();
    let is_dropped = |idx: usize| {
        let before = idx.checked_sub(1).map(|it| bytes[it]);
        let after = bytes.get(idx + 1).copied();
        let is_consonant = after.is_some_and(|it| !b"aeiouyl".contains(&it));
        let is_l = after == Some(b'l');
        bytes[idx] == b'e'
            && match before {
                Some(b'u' | b'o') => is_consonant || is_l,
                Some(b'a') => is_consonant,
                _ => false,
            }
    };
    key.char_indices().filter(|(idx, _)| !is_dropped(*idx)).map(|it| it.1).collect()
}

/// Writes `i` for `y` and `j` at the end, and behind a vowel; an `i` stands once.
fn with_one_i(key: &str) -> String {
    let mut out = String::with_capacity(key.len());
    let mut letters = key.chars().peekable();
    while let Some(letter) = letters.next() {
        let is_last = letters.peek().is_none();
        let is_behind_vowel = out.ends_with(['a', 'e', 'i', 'o', 'u']);
        let is_before_y = matches!(letters.peek(), Some('y' | 'i' | 'j'));
        let is_i = match letter {
            'y' => is_last || is_behind_vowel || is_before_y,
            'j' => is_behind_vowel && (is_last || out.ends_with('i')),
            _ => false,
        };
        out.push(if is_i { 'i' } else { letter });
    }
    if let Some(rest) = out.strip_prefix("ye") {
        out = format!("e{rest}");
    }
    out
}

/// Writes doubled letters once; `ee` and `oo` are sounds of their own.
fn with_single_letters(key: &str) -> String {
    let mut out = String::with_capacity(key.len());
    for letter in key.chars() {
        if !out.ends_with(letter) || matches!(letter, 'e' | 'o') {
            out.push(letter);
        }
    }
    out
}
