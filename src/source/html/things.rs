//! The things of schema.org that an article is about, mentions, or shows.

use serde_json::{Map, Value};

use super::json_ld::{name, names, types_of};
use crate::article::MentionKind;
use crate::source::normal::Record;

/// How many things under a key are looked at.
const THINGS_MAX: usize = 512;

/// Types of schema.org that are organisations and do not say so by their ends.
const ORGANISATIONS: &[&str] = &[
    "Airline",
    "CollegeOrUniversity",
    "Consortium",
    "Corporation",
    "DanceGroup",
    "ElementarySchool",
    "GovernmentOffice",
    "HighSchool",
    "Hospital",
    "LibrarySystem",
    "LocalBusiness",
    "MiddleSchool",
    "MusicGroup",
    "NGO",
    "OnlineBusiness",
    "OnlineStore",
    "PerformingGroup",
    "PoliticalParty",
    "School",
    "SportsClub",
    "SportsTeam",
    "TheaterGroup",
    "WorkersUnion",
];

/// Types of schema.org that are places.
const PLACES: &[&str] = &[
    "AdministrativeArea",
    "Airport",
    "BodyOfWater",
    "Bridge",
    "City",
    "CivicStructure",
    "Continent",
    "Country",
    "LakeBodyOfWater",
    "Landform",
    "LandmarksOrHistoricalBuildings",
    "Mountain",
    "Museum",
    "OceanBodyOfWater",
    "Park",
    "Place",
    "RiverBodyOfWater",
    "SchoolDistrict",
    "SeaBodyOfWater",
    "StadiumOrArena",
    "State",
    "TouristAttraction",
    "TouristDestination",
    "TrainStation",
    "Volcano",
];

/// Fills in what an article is about, and whom and what it names. A person, an organisation or a
/// place that it is about is no subject.
pub(super) fn fill(article: &Map<String, Value>, record: &mut Record<'_>) {
    for thing in things(article, "about") {
        match kind_of(thing) {
            Some(kind) => add(kind, "JSON-LD about", thing, record),
            None => {
                for name in names(Some(thing)) {
                    record.subject("JSON-LD about", "", &name);
                }
            }
        }
    }
    for thing in things(article, "mentions") {
        if let Some(kind) = kind_of(thing) {
            add(kind, "JSON-LD mentions", thing, record);
        }
    }
    for thing in things(article, "contentLocation") {
        add(MentionKind::Place, "JSON-LD contentLocation", thing, record);
    }
}

/// Returns the things under a key: those of an array, or the one that stands alone.
fn things<'a>(article: &'a Map<String, Value>, key: &str) -> &'a [Value] {
    let things = match article.get(key) {
        Some(Value::Array(things)) => things,
        Some(thing) => std::slice::from_ref(thing),
        None => &[],
    };
    &things[..things.len().min(THINGS_MAX)]
}

/// Returns what a thing is, where its types say it.
fn kind_of(thing: &Value) -> Option<MentionKind> {
    let types = types_of(thing.as_object()?);
    let is = |list: &[&str]| types.iter().any(|it| list.contains(&it.as_str()));
    let is_organisation = || types.iter().any(|it| it.ends_with("Organization"));
    if is(&["Person"]) {
        Some(MentionKind::Person)
    } else if is_organisation() || is(ORGANISATIONS) {
        Some(MentionKind::Organisation)
    } else {
        is(PLACES).then_some(MentionKind::Place)
    }
}

/// Adds a thing by its name; its code is the address of the thing elsewhere, at Wikidata first.
fn add(kind: MentionKind, from: &'static str, thing: &Value, record: &mut Record<'_>) {
    // Where there is no name, what stands for one may be a link.
    if let Some(name) = name(thing).filter(|it| !it.contains("://") && !it.starts_with('#')) {
        record.named(kind, from, name, code(thing));
    }
}

fn code(thing: &Value) -> String {
    let same = thing.get("sameAs");
    let all = match same {
        Some(Value::Array(all)) => all.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    let own = thing.get("@id").and_then(Value::as_str).filter(|it| it.starts_with("http"));
    let addresses = || all.iter().filter_map(Value::as_str);
    let known = addresses().find(|it| it.contains("wikidata.org/"));
    known.or_else(|| addresses().next()).or(own).unwrap_or_default().to_owned()
}
