//! Judgments: which articles answer which query.

use std::collections::HashMap;

use crate::error::Result;
use crate::text::{lines, no_lines};

use super::{LINES_MAX, QUERIES_MAX};

/// The judgments of a test, query by query in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judgments {
    /// The queries that have a judgment.
    pub queries: Vec<Judged>,
}

/// The judgments of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The id of the query.
    pub id: String,
    /// The grade of each article that was judged: above 0 it is relevant, the more the better.
    /// Articles that nobody judged are taken for irrelevant.
    pub grades: HashMap<String, i32>,
}

/// What a line of judgments is.
const SHAPE: &str =
    "a judgment is a line such as 'q1 0 wire-7 1': topic, iteration, article, grade";

impl Judgments {
    /// Reads judgments in the format of TREC: topic, iteration, article and grade in a line, white
    /// space between them. The iteration says nothing. `file` is what errors call it.
    ///
    /// # Errors
    ///
    /// [`Kind::Usage`](crate::error::Kind::Usage) at the first line that is no judgment or judges
    /// an article again, and where there is no judgment at all.
    pub fn read(bytes: &[u8], file: &str) -> Result<Self> {
        let mut known: HashMap<&str, usize> = HashMap::new();
        let mut queries: Vec<Judged> = Vec::new();
        for line in lines(bytes, file, LINES_MAX) {
            let line = line?;
            let [id, _, article, typed] = line.fields(SHAPE)?;
            let Ok(grade) = typed.parse() else {
                return Err(line.fault(&format!("the grade '{typed}' is no integer"), SHAPE));
            };
            let idx = *known.entry(id).or_insert(queries.len());
            if idx == queries.len() {
                if idx == QUERIES_MAX {
                    return Err(line.too_many(QUERIES_MAX));
                }
                queries.push(Judged { id: id.to_owned(), grades: HashMap::new() });
            }
            if queries[idx].grades.insert(article.to_owned(), grade).is_some() {
                let reason = format!("'{article}' is judged for '{id}' in a line before already");
                return Err(line.fault(&reason, "leave one of the two judgments out"));
            }
        }
        if queries.is_empty() {
            return Err(no_lines(file, "judgment", SHAPE));
        }
        Ok(Self { queries })
    }
}

impl Judged {
    /// Counts the relevant articles.
    pub fn n_relevant(&self) -> usize {
        self.grades.values().filter(|grade| **grade > 0).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refuses(bytes: &[u8], message: &str) {
        assert_eq!(Judgments::read(bytes, "q.txt").unwrap_err().message, message);
    }

    #[test]
    fn queries_come_in_the_order_of_the_file() {
        let found = Judgments::read(b"b 0 x 2\na 0 x 0\nb\t1\ty\t-1\r\n", "q.txt").unwrap();
        let found: Vec<(&str, usize, usize)> =
            found.queries.iter().map(|it| (&*it.id, it.grades.len(), it.n_relevant())).collect();
        assert_eq!(found, [("b", 2, 1), ("a", 1, 0)]);
    }

    #[test]
    fn what_is_no_judgment_is_told_with_its_line() {
        refuses(b"q1 0 a 1\nq1 0 b\n", "q.txt:2: 3 fields instead of 4");
        refuses(b"q1 0 a 1 x\n", "q.txt:1: 5 fields instead of 4");
        refuses(b"q1 0 a yes\n", "q.txt:1: the grade 'yes' is no integer");
        refuses(b"q1 0 a 0.5\n", "q.txt:1: the grade '0.5' is no integer");
        refuses(
            b"q1 0 a 1\nq1 0 a 1\n",
            "q.txt:2: 'a' is judged for 'q1' in a line before already",
        );
        refuses(b"", "q.txt: no judgment in it");
    }
}
