//! The names of people.

use super::spelling::word_key;

/// Words before a name that are no part of it.
const HONORIFICS: [&str; 30] = [
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "prof",
    "professor",
    "sir",
    "dame",
    "lord",
    "lady",
    "rev",
    "reverend",
    "gen",
    "general",
    "col",
    "colonel",
    "capt",
    "captain",
    "sgt",
    "lt",
    "maj",
    "sen",
    "senator",
    "rep",
    "gov",
    "president",
    "herr",
    "frau",
];

/// Words behind a name that are no part of it. `Jr.` is one: it tells the son from his father.
const TITLES: [&str; 13] =
    ["sr", "esq", "phd", "md", "mp", "obe", "cbe", "mbe", "kc", "qc", "rn", "ret", "senior"];

/// Particles inside a name that some spellings leave out.
const ARTICLES: [&str; 2] = ["al", "el"];

/// Returns the key under which the spellings of a person's name are one.
///
/// Case, accents, hyphens and honorifics are gone, a middle initial is left out where it stands
/// alone (`John F. Kennedy` is John Kennedy; George H. W. Bush stays), transcriptions are folded
/// (`Zelensky`, `Zelenskyy`), and what some write as one word is one (`Kim Jong-un`, `Kim Jongun`).
/// `Jr.` stays: Donald Trump Jr. is not his father. Empty where the name has no letter.
pub fn person_key(name: &str) -> String {
    key_of(&parts(name))
}

/// Returns the keys of the words of a name, by any of which a reader may ask for the person:
/// `friedrich` and `merz`. Initials and `Jr.` are not among them.
pub fn word_keys(name: &str) -> Vec<String> {
    keys_of_words(parts(name))
}

/// Returns both, what [`person_key`] and what [`word_keys`] return: the name is taken apart once.
pub fn person_keys(name: &str) -> (String, Vec<String>) {
    let parts = parts(name);
    (key_of(&parts), keys_of_words(parts))
}

fn key_of(parts: &[Part]) -> String {
    parts.iter().filter(|it| it.role != Role::Initial).map(|it| it.key.as_str()).collect()
}

fn keys_of_words(parts: Vec<Part>) -> Vec<String> {
    let words = parts.into_iter().filter(|it| it.role == Role::Word);
    words.map(|it| it.key).filter(|it| it.chars().count() > 1).collect()
}

/// Returns the consonants of each word of a name, with those that are easily exchanged made one:
/// `klntn` for Clinton. For searches only: now and then two people share it.
pub fn skeleton(name: &str) -> String {
    let of_word = |key: &String| -> String {
        let mut letters = String::new();
        for (idx, letter) in key.chars().enumerate() {
            let letter = match letter {
                'c' | 'q' => 'k',
                'w' => 'v',
                'z' => 's',
                'j' => 'y',
                'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h' if idx > 0 => continue,
                letter => letter,
            };
            if !letters.ends_with(letter) {
                letters.push(letter);
            }
        }
        letters
    };
    word_keys(name).iter().map(of_word).collect::<Vec<_>>().join(" ")
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Word,
    /// A middle initial that stands alone, and says little.
    Initial,
    /// An initial at the beginning, one of several, or `Jr.`.
    Mark,
}

struct Part {
    key: String,
    role: Role,
}

/// Takes a name apart.
fn parts(name: &str) -> Vec<Part> {
    let words = words(name);
    let is_initial = |word: &str| word.chars().count() == 1;
    let n_words = words.len();
    let mut parts = Vec::with_capacity(n_words);
    for (idx, word) in words.iter().enumerate() {
        let lower = word.to_lowercase();
        let is_inside = idx > 0 && idx + 1 < n_words;
        if is_inside && ARTICLES.contains(&lower.as_str()) {
            continue;
        }
        let stands_alone = !is_initial(&words[idx.saturating_sub(1)])
            && words.get(idx + 1).is_some_and(|it| !is_initial(it));
        let role = match lower.as_str() {
            "jr" | "junior" if idx > 1 => Role::Mark,
            _ if !is_initial(word) => Role::Word,
            _ if is_inside && stands_alone => Role::Initial,
            _ => Role::Mark,
        };
        let key = if lower == "junior" && idx > 1 { "jr".to_owned() } else { word_key(word) };
        if !key.is_empty() {
            parts.push(Part { key, role });
        }
    }
    parts
}

/// Returns the words of a name without honorifics and titles; `J.K.` and `JK` are two.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let apart = |c: char| c.is_whitespace() || matches!(c, '-' | '‐' | '‑' | '–' | '.' | ',' | '_');
    let has_small = name.contains(char::is_lowercase);
    for word in name.split(apart).filter(|it| it.contains(char::is_alphanumeric)) {
        let n_chars = word.chars().count();
        let are_initials =
            words.is_empty() && has_small && n_chars == 2 && word.chars().all(char::is_uppercase);
        match are_initials {
            true => words.extend(word.chars().map(String::from)),
            false => words.push(word.to_owned()),
        }
    }
    let is_one_of = |list: &[&str], word: &String| list.contains(&word.to_lowercase().as_str());
    let n_honorifics = words.iter().take_while(|it| is_one_of(&HONORIFICS, it)).count();
    if n_honorifics < words.len() {
        words.drain(..n_honorifics);
    }
    while words.len() > 1 && words.last().is_some_and(|it| is_one_of(&TITLES, it)) {
        words.pop();
    }
    words
}
