//! Runs: what a search engine found for each query of a test.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fmt::Write;

use crate::error::Result;
use crate::text::{lines, no_lines};

use super::{LINES_MAX, QUERIES_MAX};

/// What was found for each query, in the order of the queries.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Run {
    /// What was found, for one query each.
    pub rankings: Vec<Ranking>,
}

/// What was found for a query, the best first.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranking {
    /// The id of the query.
    pub query: String,
    /// The articles, none twice.
    pub articles: Vec<Ranked>,
}

/// An article that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    /// Its id, without white space.
    pub id: String,
    /// Its score.
    pub score: f64,
}

/// What a line of a run is.
const SHAPE: &str = "a line has six fields, such as 'q1 Q0 wire-7 1 12.5 tag': topic, Q0, article, rank, score, tag";

impl Ranking {
    /// Makes a ranking of what a search found, the best first.
    ///
    /// Every article gets a score below that of the one before it, as little as a single-precision
    /// number can be where they were equal: a program that orders a run by its scores finds the
    /// order of the search, however it breaks ties. White space in an id, for which a line has no
    /// place, becomes `%20`.
    pub fn of_search(query: &str, found: impl IntoIterator<Item = (String, f32)>) -> Self {
        let mut last = f32::INFINITY;
        let articles = found.into_iter().map(|(id, score)| {
            let score = if score < last { score } else { last.next_down() };
            last = score;
            Ranked { id: without_space(&id).into_owned(), score: f64::from(score) }
        });
        Self { query: query.to_owned(), articles: articles.collect() }
    }
}

fn without_space(id: &str) -> Cow<'_, str> {
    if !id.contains(char::is_whitespace) {
        return Cow::Borrowed(id);
    }
    Cow::Owned(id.replace(char::is_whitespace, "%20"))
}

impl Run {
    /// Reads a run in the format of TREC. `file` is what errors call it.
    ///
    /// The order is that of the scores, the greatest first; equals are ordered by the bytes of
    /// their ids, the last first. The ranks say nothing. So does trec_eval read it.
    ///
    /// # Errors
    ///
    /// [`Kind::Usage`](crate::error::Kind::Usage) at the first line that is none of a run or finds
    /// an article again, and where there is no line at all.
    pub fn read(bytes: &[u8], file: &str) -> Result<Self> {
        let mut known: HashMap<&str, usize> = HashMap::new();
        let mut seen: HashSet<(usize, &str)> = HashSet::new();
        let mut rankings: Vec<Ranking> = Vec::new();
        for line in lines(bytes, file, LINES_MAX) {
            let line = line?;
            let [query, _, id, _, typed, _] = line.fields(SHAPE)?;
            let Some(score) = typed.parse().ok().filter(|score: &f64| score.is_finite()) else {
                return Err(line.fault(&format!("the score '{typed}' is no number"), SHAPE));
            };
            let idx = *known.entry(query).or_insert(rankings.len());
            if idx == rankings.len() {
                if idx == QUERIES_MAX {
                    return Err(line.too_many(QUERIES_MAX));
                }
                rankings.push(Ranking { query: query.to_owned(), articles: Vec::new() });
            }
            if !seen.insert((idx, id)) {
                let reason = format!("'{id}' is found for '{query}' in a line before already");
                return Err(line.fault(&reason, "a run finds an article once a query"));
            }
            rankings[idx].articles.push(Ranked { id: id.to_owned(), score });
        }
        if rankings.is_empty() {
            return Err(no_lines(file, "result", SHAPE));
        }
        for ranking in &mut rankings {
            let order = |a: &Ranked, b: &Ranked| {
                b.score.total_cmp(&a.score).then_with(|| b.id.as_bytes().cmp(a.id.as_bytes()))
            };
            ranking.articles.sort_unstable_by(order);
        }
        Ok(Self { rankings })
    }

    /// Returns the run in the format of TREC, under a name for what made it.
    pub fn to_trec(&self, tag: &str) -> String {
        let mut lines = String::new();
        for Ranking { query, articles } in &self.rankings {
            for (rank, Ranked { id, score }) in (1..).zip(articles) {
                // As a single-precision number a score is as short as it can be to be told from
                // the next. A string takes whatever is written to it.
                let _ = writeln!(lines, "{query} Q0 {id} {rank} {} {tag}", *score as f32);
            }
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refuses(bytes: &[u8], message: &str) {
        assert_eq!(Run::read(bytes, "r.txt").unwrap_err().message, message);
    }

    fn ids(ranking: &Ranking) -> Vec<&str> {
        ranking.articles.iter().map(|it| it.id.as_str()).collect()
    }

    #[test]
    fn scores_order_and_the_last_id_leads_among_equals() {
        let lines = b"q Q0 a 1 2.0 t\nq Q0 b 2 3e0 t\nq Q0 c 3 2 t\np Q0 a 9 -1 t\n";
        let run = Run::read(lines, "r.txt").unwrap();
        assert_eq!(run.rankings[0].query, "q");
        assert_eq!(ids(&run.rankings[0]), ["b", "c", "a"]);
        assert_eq!(ids(&run.rankings[1]), ["a"]);
    }

    #[test]
    fn what_is_written_is_read_in_the_same_order_and_no_two_scores_are_equal() {
        let scores = [7.5, 7.5, 7.5, 7.499_999_5, 7.4, 0.0, 0.0, 0.0];
        let found = scores.iter().enumerate().map(|(idx, score)| (format!("a {idx}"), *score));
        let run = Run { rankings: vec![Ranking::of_search("q", found)] };
        let read = Run::read(run.to_trec("t").as_bytes(), "r.txt").unwrap();
        assert_eq!(ids(&read.rankings[0]), ids(&run.rankings[0]));
        assert_eq!(read.rankings[0].articles[0].id, "a%200");
        let scores: Vec<f32> = read.rankings[0].articles.iter().map(|it| it.score as f32).collect();
        assert!(scores.windows(2).all(|pair| pair[0] > pair[1]), "{scores:?}");
    }

    #[test]
    fn what_is_no_line_of_a_run_is_told_with_its_line() {
        refuses(b"q Q0 a 1 2.0\n", "r.txt:1: 5 fields instead of 6");
        refuses(b"q Q0 a 1 NaN t\n", "r.txt:1: the score 'NaN' is no number");
        refuses(b"q Q0 a 1 inf t\n", "r.txt:1: the score 'inf' is no number");
        refuses(b"q Q0 a 1 high t\n", "r.txt:1: the score 'high' is no number");
        let twice = b"q Q0 a 1 2.0 t\np Q0 a 1 2.0 t\nq Q0 a 2 1.0 t\n";
        refuses(twice, "r.txt:3: 'a' is found for 'q' in a line before already");
        refuses(b"\n", "r.txt: no result in it");
    }
}
