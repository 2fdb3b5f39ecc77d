//! Every form of a query, and every way to have the answer.
//!
//! Most tests make a paper of a few lines, ask it, and say which lines come back with what marked:
//! `paper.check("talk", ["Fishing **talks** began."])`.

mod filters;
mod operators;
mod words;
