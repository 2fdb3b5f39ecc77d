//! `dateline backup`.

use crate::error::Named;
use crate::render::counted;

use super::args::{Args, Backup};
use super::progress::megabytes;
use super::settings::home;
use super::{Outcome, say};

pub(super) fn run(args: &Args, backup: &Backup) -> anyhow::Result<Outcome> {
    let done = home(args).back_up(&backup.dir, backup.keep)?;
    say(&format!(
        "backed up generation {}, {}, to {}: {} copied, {} were there",
        done.generation,
        counted(done.articles, "article"),
        Named(&backup.dir),
        megabytes(done.copied_bytes),
        megabytes(done.present_bytes),
    ));
    for number in &done.removed {
        say(&format!("removed generation {number} from the backup"));
    }
    Ok(Outcome::Done)
}
