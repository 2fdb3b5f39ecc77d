//! How far one spelling is from another.

/// Returns how many insertions, deletions, substitutions and exchanges of neighbours turn one word
/// into the other, in characters (optimal string alignment: no part is changed twice).
pub fn edit_distance(from: &str, to: &str) -> usize {
    let from: Vec<char> = from.chars().collect();
    let to: Vec<char> = to.chars().collect();
    // The rows of the last two characters and of this one.
    let mut before_last = vec![0; to.len() + 1];
    let mut last: Vec<usize> = (0..=to.len()).collect();
    let mut row = last.clone();
    for i in 1..=from.len() {
        row[0] = i;
        for j in 1..=to.len() {
            let is_other = usize::from(from[i - 1] != to[j - 1]);
            let replaced = last[j - 1] + is_other;
            let mut least = replaced.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1] {
                least = least.min(before_last[j - 2] + 1);
            }
            row[j] = least;
        }
        std::mem::swap(&mut before_last, &mut last);
        std::mem::swap(&mut last, &mut row);
    }
    last[to.len()]
}

/// Tells whether at most `most` edits turn one word into the other.
///
/// Most words are out before any distance is computed: an edit brings in one letter at most.
pub fn is_within_edits(from: &str, to: &str, most: usize) -> bool {
    let (from_letters, to_letters) = (letters(from), letters(to));
    let n_missing = (from_letters & !to_letters).count_ones() as usize;
    let n_new = (to_letters & !from_letters).count_ones() as usize;
    n_missing <= most
        && n_new <= most
        && from.chars().count().abs_diff(to.chars().count()) <= most
        && edit_distance(from, to) <= most
}

/// Returns the set of a word's letters; letters outside ASCII share their places with others.
fn letters(word: &str) -> u64 {
    word.chars().fold(0, |set, c| set | 1 << (u32::from(c) % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_slip_counts_once() {
        for (from, to, distance) in [
            ("zelensky", "zelensky", 0),
            ("zelenskiy", "zelensky", 1),
            ("zelenskyy", "zelenskiy", 1),
            ("selenskyj", "zelensky", 2),
            ("teh", "the", 1),
            ("ca", "abc", 3),
            ("", "abc", 3),
            ("müller", "muller", 1),
        ] {
            assert_eq!(edit_distance(from, to), distance, "{from} {to}");
            assert_eq!(edit_distance(to, from), distance, "{to} {from}");
            assert!(is_within_edits(from, to, distance));
            assert!(distance == 0 || !is_within_edits(from, to, distance - 1));
        }
    }
}
