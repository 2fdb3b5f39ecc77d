//! Every form of a query, and every way to have the answer.
//!
//! Most tests make a paper of a few lines, ask it, and say which lines come back with what marked:
//! `paper.check("talk", ["Fishing **talks** began."])`.

mod answers;
mod diagnosis;
mod errors;
mod expanding;
mod explain;
mod filters;
mod formats;
mod golden;
mod kwic;
mod languages;
mod marks;
mod operators;
mod order;
mod ranking;
mod spelling;
mod words;
