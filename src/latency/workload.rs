//! What is asked: queries, each with its class.

use std::fmt;

use crate::error::Result;
use crate::search::{self, Expansion, Facet, Match, Sort, Spelling};
use crate::text::{Line, is_unprintable, lines, no_lines};

use super::{CLASS_BYTES_MAX, CLASSES_MAX, LINES_MAX, QUERIES_MAX};

/// The class of a query for which none is named.
pub const CLASS: &str = "query";

/// What a line of a workload is.
const SHAPE: &str = "a line is a class, a tab and a query; behind a second tab may stand how it is \
                     asked, such as 'newest' or 'count'";

/// What is done with a query.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Verb {
    /// It is searched.
    #[default]
    Search,
    /// The articles that match are counted.
    Count,
    /// They are counted by [`FACETS`].
    Facets,
    /// It is the id of an article, which is printed whole.
    Show,
}

/// How a query is asked; by default as `search` asks it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct How {
    /// What is done.
    pub verb: Verb,
    /// The order of the hits.
    pub sort: Sort,
    /// How words side by side are taken.
    pub matching: Match,
    /// Whether misspelt words are corrected.
    pub spelling: Spelling,
    /// Whether it learns from its best answers.
    pub expansion: Expansion,
    /// The most hits.
    pub limit: usize,
}

/// What the articles are counted by where a query asks for facets.
pub const FACETS: [Facet; 5] =
    [Facet::Person, Facet::Place, Facet::Topic, Facet::Source, Facet::Year];

/// How many hits a search asks for where nobody says otherwise.
pub(super) const LIMIT: usize = 10;

impl Default for How {
    fn default() -> Self {
        Self {
            verb: Verb::default(),
            sort: Sort::default(),
            matching: Match::default(),
            spelling: Spelling::default(),
            expansion: Expansion::default(),
            limit: LIMIT,
        }
    }
}

impl How {
    /// Reads the words that its [`Display`](fmt::Display) prints, in any order.
    pub(super) fn parse(text: &str) -> std::result::Result<Self, String> {
        let mut how = Self::default();
        for word in text.split_ascii_whitespace() {
            match word {
                "count" => how.verb = Verb::Count,
                "facets" => how.verb = Verb::Facets,
                "show" => how.verb = Verb::Show,
                "newest" => how.sort = Sort::Newest,
                "oldest" => how.sort = Sort::Oldest,
                "all" => how.matching = Match::All,
                "any" => how.matching = Match::Any,
                "as-typed" => how.spelling = Spelling::AsTyped,
                "expand" => how.expansion = Expansion::Feedback,
                word => {
                    let limit = word.strip_prefix("limit=").and_then(|it| it.parse().ok());
                    let limit = limit.filter(|it| (1..=search::HITS_MAX).contains(it));
                    how.limit = limit.ok_or_else(|| format!("'{word}' is no way to ask"))?;
                }
            }
        }
        Ok(how)
    }
}

/// Prints what differs from how `search` asks by default, in words.
impl fmt::Display for How {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verb = match self.verb {
            Verb::Search => "",
            Verb::Count => "count",
            Verb::Facets => "facets",
            Verb::Show => "show",
        };
        let sort = match self.sort {
            Sort::Relevance => "",
            Sort::Newest => "newest",
            Sort::Oldest => "oldest",
        };
        let matching = match self.matching {
            Match::Auto => "",
            Match::All => "all",
            Match::Any => "any",
        };
        let spelling = match self.spelling {
            Spelling::Corrected => "",
            Spelling::AsTyped => "as-typed",
        };
        let expansion = match self.expansion {
            Expansion::None => "",
            Expansion::Feedback => "expand",
        };
        let limit = format!("limit={}", self.limit);
        let limit = if self.limit == LIMIT { "" } else { &limit };
        let words = [verb, sort, matching, spelling, expansion, limit];
        let words: Vec<&str> = words.into_iter().filter(|it| !it.is_empty()).collect();
        f.write_str(&words.join(" "))
    }
}

/// A query of a workload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The index of its class.
    pub class: usize,
    /// The query as typed, or an id.
    pub text: String,
    /// How it is asked.
    pub how: How,
}

/// Queries by class, in a fixed order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Workload {
    /// The names of the classes, in the order in which they came.
    pub classes: Vec<String>,
    /// The queries.
    pub queries: Vec<Asked>,
}

impl Workload {
    /// Reads a workload: a line each, the class, a tab, the query, and where it is not asked as
    /// `search` asks by default another tab and how. Without a tab the class is [`CLASS`].
    ///
    /// Whether a query can be understood is found out when it is asked. `file` is what errors call
    /// the file.
    ///
    /// # Errors
    ///
    /// [`Kind::Usage`](crate::error::Kind::Usage) at the first line that is no query, and where there
    /// is no query at all.
    pub fn read(bytes: &[u8], file: &str) -> Result<Self> {
        let mut workload = Self::default();
        for line in lines(bytes, file, LINES_MAX) {
            let line = line?;
            let (class, text, how) = fields(&line)?;
            workload.add_line(&line, class, text, how)?;
        }
        workload.checked(file)
    }

    /// Adds a query that stands in a line.
    pub(super) fn add_line(
        &mut self,
        line: &Line<'_>,
        class: &str,
        text: &str,
        how: How,
    ) -> Result<()> {
        if let Some(reason) = fault_of_class(class) {
            return Err(line.fault(&reason, SHAPE));
        }
        if text.is_empty() {
            return Err(line.fault("no query", SHAPE));
        }
        self.add(class, text, how);
        if self.classes.len() > CLASSES_MAX {
            let reason = format!("more than {CLASSES_MAX} classes");
            return Err(line.fault(&reason, "a class has many queries: give it a common name"));
        }
        if self.queries.len() > QUERIES_MAX {
            return Err(line.too_many(QUERIES_MAX));
        }
        Ok(())
    }

    /// Adds a query, and its class where it is new.
    pub(super) fn add(&mut self, class: &str, text: &str, how: How) {
        let class_idx = self.classes.iter().position(|it| it == class).unwrap_or_else(|| {
            self.classes.push(class.to_owned());
            self.classes.len() - 1
        });
        self.queries.push(Asked { class: class_idx, text: text.to_owned(), how });
    }

    /// Returns the workload, unless nothing is in it.
    pub(super) fn checked(self, file: &str) -> Result<Self> {
        if self.queries.is_empty() {
            return Err(no_lines(file, "query", SHAPE));
        }
        Ok(self)
    }

    /// Prints the workload as [`Self::read`] reads it.
    pub fn to_lines(&self) -> String {
        let mut lines = String::new();
        for Asked { class, text, how } in &self.queries {
            let class = self.classes.get(*class).map_or(CLASS, String::as_str);
            let how = how.to_string();
            let how = if how.is_empty() { how } else { format!("\t{how}") };
            lines.push_str(&format!("{class}\t{text}{how}\n"));
        }
        lines
    }

    /// Returns what tells workloads apart: the first 16 hexadecimal figures of the BLAKE3 hash of
    /// [`Self::to_lines`].
    pub fn mark(&self) -> String {
        let hash = blake3::hash(self.to_lines().as_bytes()).to_hex();
        hash.chars().take(16).collect()
    }

    /// Returns the indexes of the queries of each class.
    pub fn by_class(&self) -> Vec<Vec<usize>> {
        let mut by_class = vec![Vec::new(); self.classes.len()];
        for (idx, query) in self.queries.iter().enumerate() {
            if let Some(queries) = by_class.get_mut(query.class) {
                queries.push(idx);
            }
        }
        by_class
    }
}

/// Returns the class, the query and how it is asked.
fn fields<'a>(line: &Line<'a>) -> Result<(&'a str, &'a str, How)> {
    let fields: Vec<&str> = line.text.split('\t').map(str::trim).collect();
    let (class, text, how) = match fields[..] {
        [text] => (CLASS, text, ""),
        [class, text] => (class, text, ""),
        [class, text, how] => (class, text, how),
        _ => return Err(line.fault(&format!("{} tabs", fields.len() - 1), SHAPE)),
    };
    let class = if class.is_empty() { CLASS } else { class };
    let how = How::parse(how).map_err(|reason| line.fault(&reason, WAYS))?;
    Ok((class, text, how))
}

/// The words of the third column.
const WAYS: &str = "the ways are: count, show; newest, oldest; all, any; as-typed; limit=20";

fn fault_of_class(class: &str) -> Option<String> {
    if class.len() > CLASS_BYTES_MAX {
        return Some(format!("a class with more than {CLASS_BYTES_MAX} bytes"));
    }
    class.contains(is_unprintable).then(|| "a sign in the class that cannot be printed".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refuses(bytes: &[u8], message: &str) {
        assert_eq!(Workload::read(bytes, "w.tsv").unwrap_err().message, message);
    }

    #[test]
    fn a_line_is_a_query_with_its_class_and_how_it_is_asked() {
        let text = "word\tferry\n\nbare words\r\nword\tmill\tnewest limit=20\n\t a \n";
        let workload = Workload::read(text.as_bytes(), "w.tsv").unwrap();
        assert_eq!(workload.classes, ["word", "query"]);
        let how = How { sort: Sort::Newest, limit: 20, ..How::default() };
        let asked: Vec<_> =
            workload.queries.iter().map(|it| (it.class, it.text.as_str(), it.how)).collect();
        let plain = How::default();
        assert_eq!(
            asked,
            [(0, "ferry", plain), (1, "bare words", plain), (0, "mill", how), (1, "a", plain)]
        );
        assert_eq!(workload.by_class(), [vec![0, 2], vec![1, 3]]);
    }

    #[test]
    fn a_workload_comes_back_as_it_was_written() {
        let text =
            "a\tferry\nb\tid:7\tshow\na\tx\tcount all\nb\ty\toldest any as-typed expand limit=1\n";
        let workload = Workload::read(text.as_bytes(), "w.tsv").unwrap();
        assert_eq!(workload.to_lines(), text);
        assert_eq!(Workload::read(workload.to_lines().as_bytes(), "w.tsv").unwrap(), workload);
    }

    #[test]
    fn the_mark_is_of_what_is_asked_and_not_of_how_it_is_laid_out() {
        let mark = |text: &str| Workload::read(text.as_bytes(), "w.tsv").unwrap().mark();
        assert_eq!(mark("query\tferry\n"), mark("\u{feff}ferry\r\n\n"));
        assert_ne!(mark("ferry\n"), mark("ferries\n"));
        assert_ne!(mark("a\tferry\n"), mark("a\tferry\tcount\n"));
        assert_eq!(mark("ferry\n").len(), 16);
    }

    #[test]
    fn what_is_no_query_is_told_with_its_line() {
        refuses(b"a\tb\n\na\t\n", "w.tsv:3: no query");
        refuses(b"a\tb\tc\td\n", "w.tsv:1: 3 tabs");
        refuses(b"a\tb\tsoon\n", "w.tsv:1: 'soon' is no way to ask");
        refuses(b"a\tb\tlimit=0\n", "w.tsv:1: 'limit=0' is no way to ask");
        refuses(b"a\x1b[1m\tb\n", "w.tsv:1: a sign in the class that cannot be printed");
        refuses(b"a\tb\xFF\n", "w.tsv:1: not UTF-8");
        refuses(b" \n", "w.tsv: no query in it");
        let classes: String = (0..=CLASSES_MAX).map(|idx| format!("c{idx}\tq\n")).collect();
        refuses(classes.as_bytes(), "w.tsv:101: more than 100 classes");
        let long = format!("{}\tq\n", "c".repeat(CLASS_BYTES_MAX + 1));
        refuses(long.as_bytes(), "w.tsv:1: a class with more than 64 bytes");
    }
}
