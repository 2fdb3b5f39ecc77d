//! `dateline explain`.

use std::io;

use crate::query::{self, Reading};
use crate::render;
use crate::search::{Request, Searcher, Spelling};

use super::args::{Args, Explain};
use super::show::find;
use super::{Outcome, home_to_search, terminal, today};

pub(super) fn run(args: &Args, explain: &Explain) -> anyhow::Result<Outcome> {
    let Reading { query, remarks } = query::read(&explain.query, explain.dialect.into())?;
    let searcher = Searcher::open(&home_to_search(args)?)?;
    let article = explain.id.as_deref().map(|id| find(&searcher, id)).transpose()?;
    let request = Request {
        remarks,
        today: today(),
        spelling: if explain.no_correct { Spelling::AsTyped } else { Spelling::Corrected },
        ..Request::new(query)
    };
    let explanation = searcher.explain(&request, article.as_ref())?;
    let layout = terminal::layout(args.color);
    render::explanation(&explanation, article.as_ref(), layout, &mut io::stdout().lock())?;
    Ok(Outcome::Done)
}
