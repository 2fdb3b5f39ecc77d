//! `dateline explain`.

use std::io::{self, Write};

use crate::query;
use crate::search::{ClauseReport, Searcher};
use crate::text::printable;

use super::args::{Args, Explain};
use super::index::counted;
use super::show::find;
use super::{Outcome, home_to_search, today};

pub(super) fn run(args: &Args, explain: &Explain) -> anyhow::Result<Outcome> {
    let query = query::parse(&explain.query)?;
    let searcher = Searcher::open(&home_to_search(args)?)?;
    let article = explain.id.as_deref().map(|id| find(&searcher, id)).transpose()?;
    let explanation = searcher.explain(&query, article.as_ref(), today())?;
    let mut out = format!("read as   {}\n", printable(&explanation.query));
    if !explanation.left_out.is_empty() {
        out.push_str(&format!("left out  {}\n", explanation.left_out.join(", ")));
    }
    if let Some(article) = &article {
        out.push_str(&format!(
            "article   {} · {}\n",
            printable(&article.id),
            printable(article.title())
        ));
    }
    out.push('\n');
    explanation.clauses.iter().for_each(|report| out.push_str(&line(report)));
    io::stdout().write_all(out.as_bytes())?;
    Ok(Outcome::Done)
}

fn line(report: &ClauseReport) -> String {
    let holds = match report.holds {
        Some(true) => "yes  ",
        Some(false) => "no   ",
        None => "",
    };
    let n = counted(report.n_articles, "article");
    format!(
        "{n:>16}  {holds}{:indent$}{}\n",
        "",
        printable(&report.text),
        indent = report.depth * 2
    )
}
