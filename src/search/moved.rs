//! The field `file:` for articles whose file was moved.
//!
//! The index holds the words of the path at which an article was indexed. Where its file has another
//! name now, the question is put to that name instead, in memory.

use crate::article::{Article, Origin};
use crate::matcher::Matcher;
use crate::query::{Clause, Field, Pattern, Place};

/// Tells whether a clause asks for words of paths.
pub(super) fn asks_for_files(clause: &Clause) -> bool {
    match clause {
        Clause::Pattern(pattern) => is_about_files(pattern),
        Clause::All(clauses) | Clause::Any(clauses) => clauses.iter().any(asks_for_files),
        Clause::Not(clause) | Clause::Weighted(clause, _) => asks_for_files(clause),
        _ => false,
    }
}

fn is_about_files(pattern: &Pattern) -> bool {
    let mut is_about = false;
    pattern.each_words(&mut |words| is_about |= words.place == Place::Field(Field::File));
    is_about
}

/// Returns a clause that asks, of each article that was `moved`, for its present path.
pub(super) fn resettled(clause: &Clause, moved: &[(String, Origin)]) -> Clause {
    let each = |clauses: &[Clause]| clauses.iter().map(|it| resettled(it, moved)).collect();
    match clause {
        Clause::Pattern(pattern) if is_about_files(pattern) => {
            let mut matcher = Matcher::new(clause);
            let mut is_found = |origin: &Origin| {
                let article = Article { origin: origin.clone(), ..Article::default() };
                matcher.find(&article).is_some()
            };
            let found = moved.iter().filter(|(_, origin)| is_found(origin));
            let found = Clause::Any(found.map(|(id, _)| Clause::id(id)).collect());
            let all = Clause::Any(moved.iter().map(|(id, _)| Clause::id(id)).collect());
            let others = Clause::All(vec![clause.clone(), Clause::Not(Box::new(all))]);
            Clause::Any(vec![others, found])
        }
        Clause::All(clauses) => Clause::All(each(clauses)),
        Clause::Any(clauses) => Clause::Any(each(clauses)),
        Clause::Not(clause) => Clause::Not(Box::new(resettled(clause, moved))),
        Clause::Weighted(clause, weight) => {
            Clause::Weighted(Box::new(resettled(clause, moved)), *weight)
        }
        _ => clause.clone(),
    }
}
