//! Names that an archive knows better than any model: lists of its own.
//!
//! `names.tsv` says what a name stands for, and what it is in full; `none` says that it is no name:
//!
//! ```text
//! person  Zelenskyy    Volodymyr Zelensky
//! org     Grey Heron
//! none    Union
//! ```
//!
//! `places.tsv` says where a place lies, as a query would (`springfield/illinois`), or `-` where it is
//! none of the gazetteer. Columns are parted by tabs; empty lines, and those that begin with `#`, say
//! nothing.

use std::collections::HashMap;

use crate::article::{Article, Mention, MentionKind, Part, Witness};
use crate::error::Result;
use crate::text::{Line, Span, fold, lines};

use super::places::{Answer, Gazetteer, PlaceId};

/// The lines of a list at most.
pub const LINES_MAX: usize = 200_000;

/// The bytes of a name at most.
const NAME_BYTES_MAX: usize = 256;

/// The lists of an archive.
#[derive(Clone, Debug, Default)]
pub struct Lists {
    /// The names by their first words, the longest first.
    names: HashMap<String, Vec<Listed>>,
    /// The places by their folded names.
    places: HashMap<String, Option<PlaceId>>,
    /// The BLAKE3 hashes of the lists.
    sums: Vec<[u8; 32]>,
}

/// A name of a list.
#[derive(Clone, Debug)]
struct Listed {
    name: String,
    /// Nothing where it is no name.
    kind: Option<MentionKind>,
    /// The name in full.
    full: String,
}

impl Lists {
    /// Reads a list of names; `shown` is what errors call it.
    ///
    /// # Errors
    ///
    /// [`Kind::Usage`](crate::error::Kind::Usage) with the number of the line that cannot be used.
    pub fn read_names(&mut self, bytes: &[u8], shown: &str) -> Result<()> {
        for line in said(bytes, shown) {
            let line = line?;
            let refused = |why| line.fault(why, SHAPE);
            let columns = columns(&line);
            let (kind, name, full) = match columns.as_slice() {
                [kind, name] => (*kind, *name, *name),
                [kind, name, full] => (*kind, *name, *full),
                _ => return Err(refused("it does not have two or three columns")),
            };
            let known = MentionKind::ALL.into_iter().find(|it| it.name() == kind);
            if known.is_none() && kind != "none" {
                return Err(refused("its first column is not person, org, place or none"));
            }
            if first_word(name).is_empty() || name.len() > NAME_BYTES_MAX {
                return Err(refused("its name does not begin with a letter, or has no end"));
            }
            let listed = Listed { name: name.to_owned(), kind: known, full: full.to_owned() };
            self.names.entry(first_word(name).to_owned()).or_default().push(listed);
        }
        let longest_first =
            |names: &mut Vec<Listed>| names.sort_by_key(|it| usize::MAX - it.name.len());
        self.names.values_mut().for_each(longest_first);
        self.sums.push(*blake3::hash(bytes).as_bytes());
        Ok(())
    }

    /// Reads a list of places; `shown` is what errors call it.
    ///
    /// # Errors
    ///
    /// [`Kind::Usage`](crate::error::Kind::Usage) with the number of the line that cannot be used.
    pub fn read_places(&mut self, bytes: &[u8], shown: &str) -> Result<()> {
        let gazetteer = Gazetteer::bundled()?;
        for line in said(bytes, shown) {
            let line = line?;
            let refused = |why| line.fault(why, SHAPE);
            let columns = columns(&line);
            let [name, place] = columns.as_slice() else {
                return Err(refused("it does not have two columns"));
            };
            let place = match (*place, gazetteer.ask(place)) {
                ("-", _) => None,
                (_, Answer::One(place)) => Some(place),
                (_, Answer::Several(_)) => {
                    return Err(refused("several places have that name"));
                }
                (_, Answer::Unknown) => return Err(refused("no place has that name")),
            };
            self.places.insert(fold(name), place);
        }
        self.sums.push(*blake3::hash(bytes).as_bytes());
        Ok(())
    }

    /// Returns what tells the lists from others, for the version of the annotations.
    pub(super) fn sums(&self) -> &[[u8; 32]] {
        &self.sums
    }

    /// Returns where a place lies that is on the list, if anywhere; nothing for one that is not.
    pub(super) fn place(&self, name: &str) -> Option<Option<PlaceId>> {
        if self.places.is_empty() { None } else { self.places.get(&fold(name)).copied() }
    }

    /// Puts the names of the list in the place of what was recognised there.
    pub(super) fn settle(&self, article: &Article, mentions: &mut Vec<Mention>) {
        if self.names.is_empty() {
            return;
        }
        let mut found: Vec<(Part, Span, &Listed)> = Vec::new();
        self.find(&article.headline, Part::Headline, &mut found);
        for (idx, paragraph) in article.body() {
            self.find(&paragraph.text, Part::Paragraph(idx as u32), &mut found);
        }
        let overlaps = |it: &Mention| {
            let n_before = found
                .partition_point(|(part, span, _)| (*part, span.end) <= (it.part, it.span.start));
            let next = found.get(n_before);
            it.part != Part::Record
                && next.is_some_and(|(part, span, _)| *part == it.part && span.start < it.span.end)
        };
        mentions.retain(|it| !overlaps(it));
        mentions.extend(found.iter().filter_map(|(part, span, listed)| {
            let (part, span, name) = (*part, *span, listed.full.clone());
            Some(Mention { kind: listed.kind?, part, span, name, witness: Witness::Listed })
        }));
        mentions.sort_by_key(|it| (it.part, it.span));
    }

    /// Finds the names of the list in a text, the longest at each place.
    fn find<'a>(&'a self, text: &str, part: Part, found: &mut Vec<(Part, Span, &'a Listed)>) {
        let mut at = 0;
        while let Some(start) = text[at..].find(char::is_alphanumeric).map(|it| at + it) {
            let word = first_word(&text[start..]);
            let fits = |it: &&Listed| {
                let rest = text[start..].strip_prefix(it.name.as_str());
                rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
            };
            let listed = self.names.get(word).and_then(|names| names.iter().find(fits));
            let length = listed.map_or(word.len(), |it| it.name.len());
            if let Some(listed) = listed {
                found.push((part, Span::new(start, start + length), listed));
            }
            at = start + length.max(1);
        }
    }
}

/// Returns the letters and figures that a text begins with.
fn first_word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    &text[..end]
}

/// What a line of a list is.
const SHAPE: &str = "part the columns with tabs: the kind, the name, and the name in full where that \
                     differs; in a list of places the name and where it lies";

/// Returns the lines of a list that say something.
fn said<'a>(bytes: &'a [u8], shown: &'a str) -> impl Iterator<Item = Result<Line<'a>>> {
    let is_remark = |line: &Line<'_>| line.text.starts_with('#');
    lines(bytes, shown, LINES_MAX).filter(move |line| !line.as_ref().is_ok_and(is_remark))
}

fn columns<'a>(line: &Line<'a>) -> Vec<&'a str> {
    line.text.trim_end().split('\t').map(str::trim).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Paragraph, ParagraphKind};

    fn article(text: &str) -> Article {
        let paragraph = Paragraph { text: text.to_owned(), kind: ParagraphKind::Body };
        Article { paragraphs: vec![paragraph], ..Article::default() }
    }

    fn names(list: &str, text: &str, recognised: &[(usize, usize)]) -> Vec<String> {
        let mut lists = Lists::default();
        lists.read_names(list.as_bytes(), "names.tsv").unwrap();
        let mention = |it: &(usize, usize)| Mention {
            kind: MentionKind::Person,
            part: Part::Paragraph(0),
            span: Span::new(it.0, it.1),
            name: text[it.0..it.1].to_owned(),
            witness: Witness::Recognised,
        };
        let mut mentions: Vec<Mention> = recognised.iter().map(mention).collect();
        lists.settle(&article(text), &mut mentions);
        let told = mentions.iter();
        told.map(|it| format!("{} {} = {}", it.kind.name(), it.span.of(text), it.name)).collect()
    }

    #[test]
    fn a_list_counts_more_than_what_was_recognised() {
        let text = "The Grey Heron sank off Union on Monday, said Ann Hale.";
        let recognised = [(4, 14), (24, 29), (46, 54)];
        assert_eq!(
            names("org\tGrey Heron\tTrawler Grey Heron\nnone\tUnion\n", text, &recognised),
            ["org Grey Heron = Trawler Grey Heron", "person Ann Hale = Ann Hale"]
        );
    }

    #[test]
    fn the_longest_name_counts_and_words_are_whole() {
        let list = "place\tAlder\nplace\tAlder Bay\n# a remark\n\nperson\tHal\n";
        assert_eq!(
            names(list, "Alder Bay and Alder, but no Hale.", &[]),
            ["place Alder Bay = Alder Bay", "place Alder = Alder"]
        );
    }

    #[test]
    fn a_line_that_cannot_be_used_is_told() {
        let names =
            |text: &str| Lists::default().read_names(text.as_bytes(), "names.tsv").unwrap_err();
        assert!(names("person\tA\nanimal\tHeron\n").to_string().starts_with("names.tsv:2: "));
        assert!(names("person\n").to_string().contains("two or three columns"));
        let places =
            |text: &str| Lists::default().read_places(text.as_bytes(), "places.tsv").unwrap_err();
        assert!(places("Bay\tnowhereville\n").to_string().contains("no place has that name"));
        assert!(places("Bay\tgeorgia\n").to_string().contains("several places"));
    }

    #[test]
    fn places_lie_where_the_list_says() {
        let mut lists = Lists::default();
        lists.read_places(b"Coldwater\t-\nVernon\tvernon/texas\n", "places.tsv").unwrap();
        assert_eq!(lists.place("COLDWATER"), Some(None));
        assert!(lists.place("Vernon").is_some_and(|it| it.is_some()));
        assert_eq!(lists.place("Paris"), None);
    }
}
