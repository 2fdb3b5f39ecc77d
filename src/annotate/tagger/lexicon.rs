//! What is known of words before any text is read: clusters of like words, and lists of names.

use crate::error::{Error, Kind, Result};

use super::hash::{append, fingerprint, hash_of};
use super::table::Table;

/// How many words a phrase of the lists has at most; longer ones are left out.
pub(super) const PHRASE_WORDS_MAX: usize = 5;

/// The clusters of a word that has none.
pub(super) const NO_CLUSTERS: Clusters = [NO_CLUSTER; 4];

/// The number of no cluster.
const NO_CLUSTER: u16 = u16::MAX;

/// The clusters of a word, from the coarsest to the finest.
pub(super) type Clusters = [u16; 4];

/// The lists that a name can be on, as bits.
///
/// They are those of `gaz.tsv`: towns (1) and their other names (2), countries, demonyms (8), given
/// names, surnames (32), states, regions; and organisations (512), those of our own list.
pub(in crate::annotate) mod lists {
    /// Towns.
    pub(in crate::annotate) const TOWN: u16 = 1;
    /// Countries.
    pub(in crate::annotate) const COUNTRY: u16 = 4;
    /// Given names.
    pub(in crate::annotate) const GIVEN_NAME: u16 = 16;
    /// States and provinces.
    pub(in crate::annotate) const STATE: u16 = 64;
    /// Regions and continents.
    pub(in crate::annotate) const REGION: u16 = 256;
    /// How many bits there are.
    pub(in crate::annotate) const N: u32 = 10;
}

/// Word clusters and lists of names, in a few megabytes.
///
/// Words are known by 32 bits of their hash (`Table`). The words of the finest cluster share the
/// coarser ones too, so a word has only the number of its finest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lexicon {
    /// From a word to its finest cluster.
    pub(super) words: Table,
    /// From a finest cluster to the three above it.
    pub(super) above: Vec<[u16; 3]>,
    /// From a phrase to the lists that it is on.
    pub(super) phrases: Table,
}

impl Lexicon {
    /// Reads `clusters`: a word and the numbers of its four clusters a line, parted by tabs.
    ///
    /// A word is left out where a lookup finds the same by its other spellings.
    ///
    /// # Errors
    ///
    /// Fails with the number of the line that has too few columns, a number that is none, or coarser
    /// clusters that differ from those that its finest had before.
    pub fn read_clusters(&mut self, text: &str, shown: &str) -> Result<()> {
        let mut rows = Vec::new();
        for (idx, line) in text.lines().enumerate() {
            let row = cluster_row(line).ok_or_else(|| {
                refusal(shown, idx + 1).with_hint("a line is a word and four numbers, with tabs")
            })?;
            if !self.put_above(row.1) {
                let hint = "words of one finest cluster have the same coarser ones";
                return Err(refusal(shown, idx + 1).with_hint(hint));
            }
            rows.push(row);
        }
        // Small letters come first, so that each other spelling can be compared with them.
        rows.sort_by_key(|(word, _)| word.chars().any(char::is_uppercase));
        let mut lower = String::new();
        for (word, clusters) in rows {
            lower.clear();
            lower.extend(word.chars().flat_map(char::to_lowercase));
            let is_known =
                lower != word && self.words.get(fingerprint(hash_of(&lower))) == Some(clusters[3]);
            if !is_known {
                self.words.insert(fingerprint(hash_of(word)), clusters[3], |old, _| old);
            }
        }
        Ok(())
    }

    /// Reads a list of given names, one a line.
    pub fn read_given_names(&mut self, text: &str) {
        text.lines().for_each(|line| self.put_name(line, lists::GIVEN_NAME));
    }

    /// Reads a list of names: a phrase, a tab and the bits of the lists that it is on, a line.
    ///
    /// A phrase that was read before is on the lists of both.
    ///
    /// # Errors
    ///
    /// Fails with the number of the line that has no tab or no number.
    pub fn read_names(&mut self, text: &str, shown: &str) -> Result<()> {
        for (idx, line) in text.lines().enumerate().filter(|(_, line)| !line.is_empty()) {
            let row = line
                .rsplit_once('\t')
                .and_then(|(phrase, bits)| Some((phrase, bits.trim().parse::<u16>().ok()?)));
            let (phrase, bits) = row.ok_or_else(|| {
                refusal(shown, idx + 1)
                    .with_hint("a line is a name, a tab and the sum of its lists")
            })?;
            self.put_name(phrase, bits);
        }
        Ok(())
    }

    /// Takes the clusters of another lexicon where this one has none, and likewise its lists.
    pub fn complete(&mut self, other: &Self) {
        if self.above.is_empty() {
            self.words = other.words.clone();
            self.above = other.above.clone();
        }
        if self.phrases == Table::default() {
            self.phrases = other.phrases.clone();
        }
    }

    /// Adds a name to lists.
    pub(super) fn put_name(&mut self, phrase: &str, bits: u16) {
        let n_words = phrase.split_whitespace().count();
        if (1..=PHRASE_WORDS_MAX).contains(&n_words) {
            let words = phrase.split_whitespace();
            let hash = words.fold(0, |hash, word| append(hash, hash_of(word)));
            self.phrases.insert(fingerprint(hash), bits, |old, new| old | new);
        }
    }

    /// Returns the clusters of a word by the first of its spellings that is known.
    pub(super) fn clusters(&self, spellings: [u64; 3]) -> Clusters {
        let found = spellings.into_iter().find_map(|it| self.words.get(fingerprint(it)));
        let Some(finest) = found else { return NO_CLUSTERS };
        match self.above.get(usize::from(finest)) {
            Some(&[coarse, middle, fine]) => [coarse, middle, fine, finest],
            None => NO_CLUSTERS,
        }
    }

    /// Returns the lists that a phrase is on, by its hash.
    #[inline]
    pub(super) fn lists(&self, phrase: u64) -> u16 {
        self.phrases.get(fingerprint(phrase)).unwrap_or(0)
    }

    /// Notes the clusters above a finest one, and tells whether they are those noted before.
    fn put_above(&mut self, [coarse, middle, fine, finest]: Clusters) -> bool {
        let place = usize::from(finest);
        if self.above.len() <= place {
            self.above.resize(place + 1, [NO_CLUSTER; 3]);
        }
        let known = self.above[place];
        self.above[place] = [coarse, middle, fine];
        known == [NO_CLUSTER; 3] || known == self.above[place]
    }
}

fn cluster_row(line: &str) -> Option<(&str, Clusters)> {
    let mut columns = line.split('\t');
    let word = columns.next().filter(|it| !it.is_empty())?;
    let mut clusters = NO_CLUSTERS;
    for cluster in &mut clusters {
        *cluster = columns.next()?.parse().ok().filter(|it| *it != NO_CLUSTER)?;
    }
    Some((word, clusters))
}

fn refusal(shown: &str, line: usize) -> Error {
    Error::new(Kind::Usage, format!("cannot read '{shown}:{line}'"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLUSTERS: &str =
        "Harbour\t1\t2\t3\t4\nharbour\t1\t2\t3\t4\nPort\t5\t6\t7\t8\nport\t1\t2\t3\t4\n";

    fn lexicon() -> Lexicon {
        let mut lexicon = Lexicon::default();
        lexicon.read_clusters(CLUSTERS, "clusters.tsv").unwrap();
        lexicon.read_names("Alder Bay\t1\nAlder Bay\t64\nHale\t32\n", "names.tsv").unwrap();
        lexicon
    }

    fn clusters(word: &str) -> Clusters {
        let lower = hash_of(&word.to_lowercase());
        lexicon().clusters([hash_of(word), hash_of(word), lower])
    }

    #[test]
    fn a_word_has_the_clusters_of_its_own_spelling_or_of_its_small_letters() {
        assert_eq!(clusters("Harbour"), [1, 2, 3, 4]);
        assert_eq!(clusters("HARBOUR"), [1, 2, 3, 4]);
        assert_eq!(clusters("Port"), [5, 6, 7, 8]);
        assert_eq!(clusters("quay"), NO_CLUSTERS);
        assert_eq!(
            lexicon().words.sorted().len(),
            3,
            "a spelling that tells nothing new is left out"
        );
    }

    #[test]
    fn a_name_is_on_all_the_lists_that_have_it() {
        let hash = append(append(0, hash_of("Alder")), hash_of("Bay"));
        assert_eq!(lexicon().lists(hash), 65);
        assert_eq!(lexicon().lists(append(0, hash_of("Bay"))), 0);
    }

    #[test]
    fn a_broken_line_is_named_by_its_number() {
        let mut lexicon = Lexicon::default();
        let error = lexicon.read_clusters("a\t1\t2\t3\t4\nb\t1\t2\t3\n", "c.tsv").unwrap_err();
        assert_eq!(error.to_string(), "cannot read 'c.tsv:2'");
        let error = lexicon.read_clusters("a\t1\t2\t3\t4\nb\t9\t2\t3\t4\n", "c.tsv").unwrap_err();
        assert_eq!(error.to_string(), "cannot read 'c.tsv:2'");
        assert!(lexicon.read_names("Hale\n", "n.tsv").is_err());
    }
}
