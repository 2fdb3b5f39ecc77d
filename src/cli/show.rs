//! `dateline show`.

use std::io::{self, Write};

use crate::article::Article;
use crate::error::{Error, Kind};
use crate::query;
use crate::render::{Layout, article_json, page};
use crate::search::{Request, Searcher};
use crate::text::printable;

use super::args::{Args, Plain, Show};
use super::{Outcome, home_to_search, say, terminal, today};

pub(super) fn run(args: &Args, show: &Show) -> anyhow::Result<Outcome> {
    let query = show.query.as_deref().map(query::parse).transpose()?;
    let searcher = Searcher::open(&home_to_search(args)?)?;
    let article = find(&searcher, &show.id)?;
    if show.format == Plain::Json {
        writeln!(io::stdout(), "{}", article_json(&article))?;
        return Ok(Outcome::Done);
    }
    let marks = match &query {
        Some(query) => {
            let request = Request { today: today(), ..Request::new(query.clone()) };
            searcher.marks(&request, &article)?.unwrap_or_else(|| {
                say("note: the article does not match the query");
                Vec::new()
            })
        }
        None => Vec::new(),
    };
    let mut out = Vec::new();
    let layout = terminal::layout(args.color);
    let names = show.mentions.map_or(layout.names, Into::into);
    page(&article, &marks, Layout { names, ..layout }, &mut out)?;
    terminal::print_page(&out)?;
    Ok(Outcome::Done)
}

/// Returns the article with an id, or the error that it is not there.
pub(super) fn find(searcher: &Searcher, id: &str) -> crate::error::Result<Article> {
    searcher.article(id)?.ok_or_else(|| {
        Error::new(Kind::Usage, format!("there is no article with the id '{}'", printable(id)))
            .with_hint("ids are printed below each hit of 'dateline search'")
    })
}
