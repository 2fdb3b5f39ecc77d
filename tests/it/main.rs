//! What `dateline` promises, checked from outside: through the program, and through the library.
//!
//! | module | what it holds the house to |
//! |---|---|
//! | [`world`] | the language of these tests: an archive, the program, what it printed |
//! | [`evaluating`] | what `eval` measures, writes, compares and refuses |
//! | [`latency`] | what `bench` asks, measures, compares and refuses |
//! | [`inspecting`] | what `inspect` tells of a file |
//! | [`layers`] | the rooms of `src`, the arrows between them, and what is nowhere in them |
//! | [`naming`] | learning to recognise names, and how well they are recognised |
//! | [`reading`] | archives as bad as they come |
//! | [`dirt`] | every kind of dirt in one archive, and what becomes of each file |
//! | [`scheduling`] | what schedulers are given, read and run as they do |
//! | [`searching`] | every form of a query, what is marked, in what order, in which format |
//! | [`fuzz`] | any text as a query, any bytes as a file: read or refused, and soon |
//! | [`annotating`] | names, places and topics: recognised, searched, marked, counted |
//! | [`agreement`] | index, matcher and a plain scan answer alike |
//! | [`runs`] | generations, interruptions, locks, formats |
//! | [`nightly`] | what a run reads again, what stays, what it tells |
//! | [`copies`] | copies of one story: found, folded, listed, compared |
//! | [`succession`] | corrections and withdrawals: of the records with one id, the latest |
//! | [`faults`] | runs that are killed, full disks, archives that change while they are read |
//! | [`trust`] | verifying, backups, rollbacks, and damage on the disk |
//! | [`configuring`] | options, environment, `dateline.toml`, and which counts more |
//! | [`corners`] | what went wrong once |
//! | [`corpus`] | counts on Reuters-21578, where it is at hand |
//! | [`formats`] | real samples of every format, where they are at hand |
//! | [`pages`] | how well real pages of news are read, where they are at hand |
//! | [`readme`] | the console blocks of the README |

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod agreement;
mod annotating;
mod configuring;
mod copies;
mod corners;
mod corpus;
mod dirt;
mod evaluating;
mod faults;
mod formats;
mod fuzz;
mod golden;
mod inspecting;
mod latency;
mod layers;
mod naming;
mod nightly;
mod packed;
mod pages;
mod reading;
mod readme;
mod runs;
mod scheduling;
mod searching;
mod succession;
mod trust;
mod world;
