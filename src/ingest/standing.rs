//! Records that stand as they did: their articles stay without being looked at.

use super::plan::Planned;
use super::run::{Came, OpenFile, Run};
use crate::article::Unchanged;
use crate::error::Result;
use crate::index::Draft;

impl Run<'_> {
    /// Leaves the article of a record as it is, unless another record or a withdrawal has a say in
    /// it: then it is taken from the index as if it had been read.
    pub(super) fn leave(
        &mut self,
        idx: usize,
        unchanged: Unchanged,
        files: &[Planned],
        draft: &mut Draft,
        open: &mut OpenFile,
    ) -> Result<()> {
        let Unchanged { known, origin } = &unchanged;
        let facts = &mut open.facts;
        let Some(id) = draft.id_before(known.id_hash).map(str::to_owned) else {
            open.is_astray = true;
            self.doubt(&format!(
                "{origin}: its article is not in the index, and will be read again"
            ));
            return Ok(());
        };
        if self.namesakes.is_given(&id) || draft.is_contested(&id) {
            let article = draft.article_before(&id, origin.clone())?;
            let Some(article) = article else {
                open.is_astray = true;
                return Ok(());
            };
            return self.take(idx, Came { article, record: Some(*known) }, files, draft, facts);
        }
        self.namesakes.give(&id, idx, origin.record, None)?;
        facts.articles += 1;
        facts.undated += u64::from(known.undated);
        facts.paragraphs += u64::from(known.paragraphs);
        let articles = &mut self.report.articles;
        articles.read += 1;
        articles.kept += 1;
        articles.undated += u64::from(known.undated);
        draft.keep(unchanged)
    }
}
