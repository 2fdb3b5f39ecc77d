//! A run, measured query by query.

use std::collections::{HashMap, HashSet};

use crate::error::{Error, Kind, Result};

use super::{Judged, Judgments, Measure, Ranked, Ranking, Run, Scores, Topic};

/// How good a run is.
#[derive(Clone, Debug)]
pub struct Evaluation {
    /// The judged queries with a relevant article: those of the topics in their order, then what is
    /// judged beyond them, in the order of the judgments.
    pub queries: Vec<QueryScores>,
    /// The mean over all of them.
    pub mean: Scores,
    /// What topics, judgments and the run do not share.
    pub gaps: Gaps,
}

/// How good the ranking of a query is.
#[derive(Clone, Debug)]
pub struct QueryScores {
    /// The id of the query.
    pub id: String,
    /// Its words; nothing where no topics were given.
    pub text: Option<String>,
    /// How many articles are relevant.
    pub n_relevant: usize,
    /// How many articles were found.
    pub n_found: usize,
    /// How many of them are relevant.
    pub n_relevant_found: usize,
    /// The measures.
    pub scores: Scores,
}

/// What topics, judgments and a run do not share, as ids of queries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gaps {
    /// Queries that were asked and that nobody judged: they are not measured.
    pub unjudged: Vec<String>,
    /// Judged queries that were not asked: they count 0.
    pub unasked: Vec<String>,
    /// Judged queries for which nothing was found: they count 0.
    pub unanswered: Vec<String>,
    /// Judged queries without a relevant article: they are left out.
    pub without_relevant: Vec<String>,
}

impl Evaluation {
    /// Measures a run; the topics that were asked, where they are known, give order and words.
    ///
    /// Two runs over the same judgments and topics are measured over the same queries in the same
    /// order.
    ///
    /// # Errors
    ///
    /// [`Kind::Usage`] where no query of the run, or of the topics, has a relevant article: the
    /// files are not of one test.
    pub fn of(run: &Run, judgments: &Judgments, topics: &[Topic]) -> Result<Self> {
        let rankings = run.rankings.iter();
        let found: HashMap<&str, &[Ranked]> =
            rankings.map(|it| (it.query.as_str(), it.articles.as_slice())).collect();
        let mut gaps = Gaps::default();
        let mut queries = Vec::new();
        for Wanted { id, text, judged, is_asked } in wanted(run, judgments, topics) {
            let found = found.get(id).copied().unwrap_or_default();
            match judged.map(Judged::n_relevant) {
                None => gaps.unjudged.push(id.to_owned()),
                Some(0) => gaps.without_relevant.push(id.to_owned()),
                Some(_) if !is_asked => gaps.unasked.push(id.to_owned()),
                Some(_) if found.is_empty() => gaps.unanswered.push(id.to_owned()),
                Some(_) => {}
            }
            let judged = judged.filter(|it| it.n_relevant() > 0);
            queries.extend(judged.map(|judged| QueryScores::of(judged, text, found)));
        }
        if queries.len() == gaps.unasked.len() + gaps.unanswered.len() {
            let message = "the judgments have no relevant article for any query that was answered";
            return Err(Error::new(Kind::Usage, message)
                .with_hint("compare the ids of the queries: are the files of one test?"));
        }
        let mean = Scores::mean(queries.iter().map(|it| &it.scores));
        Ok(Self { queries, mean, gaps })
    }

    /// Returns the measure that tells most: the reciprocal rank where nearly every query looks for
    /// one article, else the average precision.
    pub fn chief_measure(&self) -> Measure {
        let n_relevant: usize = self.queries.iter().map(|it| it.n_relevant).sum();
        match n_relevant * 2 > self.queries.len() * 3 {
            true => Measure::AveragePrecision,
            false => Measure::ReciprocalRank10,
        }
    }
}

impl QueryScores {
    fn of(judged: &Judged, text: Option<&str>, found: &[Ranked]) -> Self {
        let is_relevant = |it: &&Ranked| judged.grades.get(&it.id).is_some_and(|grade| *grade > 0);
        Self {
            id: judged.id.clone(),
            text: text.map(str::to_owned),
            n_relevant: judged.n_relevant(),
            n_found: found.len(),
            n_relevant_found: found.iter().filter(is_relevant).count(),
            scores: Scores::of(found, &judged.grades),
        }
    }
}

/// A query that was asked or judged.
struct Wanted<'a> {
    id: &'a str,
    text: Option<&'a str>,
    judged: Option<&'a Judged>,
    is_asked: bool,
}

/// Returns the queries of the topics, and then what is judged beyond them. Where there are no
/// topics, whatever is judged is taken to have been asked.
fn wanted<'a>(run: &'a Run, judgments: &'a Judgments, topics: &'a [Topic]) -> Vec<Wanted<'a>> {
    let judged: HashMap<&str, &Judged> =
        judgments.queries.iter().map(|it| (it.id.as_str(), it)).collect();
    let known: HashSet<&str> = topics.iter().map(|it| it.id.as_str()).collect();
    let of_topic = |topic: &'a Topic| {
        let (id, text) = (topic.id.as_str(), Some(topic.text.as_str()));
        Wanted { id, text, judged: judged.get(id).copied(), is_asked: true }
    };
    let of_judged = |judged: &'a Judged| {
        let (id, is_asked) = (judged.id.as_str(), topics.is_empty());
        Wanted { id, text: None, judged: Some(judged), is_asked }
    };
    let of_run = |ranking: &'a Ranking| Wanted {
        id: &ranking.query,
        text: None,
        judged: None,
        is_asked: true,
    };
    let is_beyond = |id: &str| !known.contains(id);
    let beyond = judgments.queries.iter().filter(|it| is_beyond(&it.id)).map(of_judged);
    let is_stray = |id: &str| topics.is_empty() && !judged.contains_key(id);
    let strays = run.rankings.iter().filter(|it| is_stray(&it.query)).map(of_run);
    topics.iter().map(of_topic).chain(beyond).chain(strays).collect()
}

/// How many ids a note names.
const IDS_NAMED: usize = 3;

impl Gaps {
    /// Tells what is missing where, a line for each kind.
    pub fn notes(&self) -> Vec<String> {
        let notes = [
            (&self.unjudged, "without judgments, not measured"),
            (&self.unasked, "judged but not asked, counted as 0"),
            (&self.unanswered, "judged but without results, counted as 0"),
            (&self.without_relevant, "judged but without a relevant article, left out"),
        ];
        let notes = notes.into_iter().filter(|(ids, _)| !ids.is_empty());
        notes.map(|(ids, what)| note(ids, what)).collect()
    }
}

fn note(ids: &[String], what: &str) -> String {
    let noun = if ids.len() == 1 { "query" } else { "queries" };
    let named = ids[..ids.len().min(IDS_NAMED)].join(", ");
    let more = if ids.len() > IDS_NAMED { ", …" } else { "" };
    format!("{} {noun} {what}: {named}{more}", ids.len())
}
