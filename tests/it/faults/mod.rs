//! What goes wrong at night: runs that are killed, disks that are full, archives that change while
//! they are read. Whatever happens, the index answers as it did before the run or as after it, and
//! the next run makes good.
//!
//! | module | what it does |
//! |---|---|
//! | [`archive`] | an archive on disk, and the plain model of what an index of it must answer |
//! | [`operations`] | what happens to an archive in a day |
//! | [`invariants`] | what holds of an index at any moment |
//! | [`days`] | ordinary days, with nothing going wrong |
//! | [`night`] | an archive, its index, and whoever kills the runs |
//! | [`kills`] | runs that are killed at any moment; `DATELINE_KILLS=200` kills more of them |
//! | [`crowd`] | several runs at once, which are killed together |
//! | [`kill_points`] | runs that are killed at each of their steps |
//! | [`half_read`] | files that a run had read half of when it died |
//! | [`half_written`] | commits that were half written when the run was killed |
//! | [`full_disk`] | disks without space |
//! | [`moving`] | archives that change while they are read |
//! | [`unreadable`] | places that may not be read or written |
//! | [`surroundings`] | archives, clocks, locks and indexes that are not as they were |
//! | [`program`] | the program as all of these run it |
//! | [`child`] | the library in a process of its own, which may be told to die |
//! | [`random`] | chance that can be had again |

mod archive;
mod child;
mod crowd;
mod days;
mod full_disk;
mod half_read;
mod half_written;
mod invariants;
mod kill_points;
mod kills;
mod moving;
mod night;
mod operations;
mod program;
mod random;
mod surroundings;
mod unreadable;
