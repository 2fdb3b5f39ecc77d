//! `dateline train --places`.

use std::path::Path;

use crate::annotate::places::{Gazetteer, Sources, compile};
use crate::error::Named;

use super::super::{Outcome, files, say};
use super::text;

/// Makes a gazetteer from the lists in a folder.
pub(super) fn make(folder: &Path, out: &Path) -> anyhow::Result<Outcome> {
    let packed = folder.join("places5000.tsv.gz");
    let plain = folder.join("places5000.tsv");
    let (places, _) = text(if packed.exists() { &packed } else { &plain })?;
    let (cities, _) = text(&folder.join("cities15000.tsv"))?;
    let (countries, _) = text(&folder.join("countries.tsv"))?;
    let bytes = compile(&Sources { places: &places, cities: &cities, countries: &countries })?;
    files::write(out, &bytes)?;
    let n_bytes = bytes.len();
    let n_places = Gazetteer::open(bytes)?.len();
    say(&format!("{} has {n_places} places in {n_bytes} bytes", Named(out)));
    Ok(Outcome::Done)
}
