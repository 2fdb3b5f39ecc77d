//! `dateline similar` and `dateline first`.

use crate::query::{Query, Reading};
use crate::search::{Request, Searcher, Spelling};
use crate::text::printable;

use super::args::{Args, First, Similar};
use super::search::{print, read_query, talk};
use super::show::find;
use super::{Outcome, home_to_search, say, terminal, today};

pub(super) fn run(args: &Args, asked: &Similar) -> anyhow::Result<Outcome> {
    let renderer = asked.format.renderer(terminal::layout(args.color));
    let searcher = Searcher::open(&home_to_search(args)?)?;
    let article = find(&searcher, &asked.id)?;
    let request = Request { limit: asked.limit, today: today(), ..Request::new(Query::Everything) };
    let found = searcher.similar(&article, &request)?;
    print(&*renderer, &found.answer)?;
    if found.answer.hits.is_empty() {
        say(&format!("no article is like '{}'", printable(&article.id)));
        return Ok(Outcome::NoHits);
    }
    say(&printable(&format!("asked for {}", found.terms.join(", "))));
    Ok(Outcome::Done)
}

pub(super) fn run_first(args: &Args, asked: &First) -> anyhow::Result<Outcome> {
    let renderer = asked.format.renderer(terminal::layout(args.color));
    let Reading { query, remarks } = read_query(&asked.query, asked.dialect)?;
    let searcher = Searcher::open(&home_to_search(args)?)?;
    let request = Request {
        remarks,
        limit: asked.limit,
        today: today(),
        spelling: Spelling::AsTyped,
        ..Request::new(query)
    };
    let answer = searcher.first(&request)?;
    print(&*renderer, &answer)?;
    talk(&answer, asked.format.into(), args);
    Ok(if answer.hits.is_empty() { Outcome::NoHits } else { Outcome::Done })
}
