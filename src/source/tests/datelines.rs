//! What is a dateline, and what only looks like one.

use super::super::normal::dateline::{find, of_field};

fn check(text: &str, place: &str, agency: &str, printed: &str) {
    let paragraph = format!("{text}The bridge was closed on Monday.");
    let found = find(&paragraph).unwrap_or_default();
    assert_eq!(
        (found.place.as_str(), found.agency.as_str(), found.span.of(&paragraph)),
        (place, agency, printed),
        "{text}"
    );
}

#[test]
fn the_datelines_of_wires_and_papers_are_found() {
    for (text, place, agency) in [
        ("Washington: ", "Washington", ""),
        ("Port Elsmere: ", "Port Elsmere", ""),
        ("Rio de Janeiro: ", "Rio de Janeiro", ""),
        ("KYIV, Ukraine (AP) — ", "KYIV, Ukraine", "AP"),
        ("WASHINGTON, March 3 - ", "WASHINGTON", ""),
        ("SALVADOR, Feb 26 - ", "SALVADOR", ""),
        ("SANTA CLARA, Calif., March 11 - ", "SANTA CLARA, Calif.", ""),
        ("FAIR LAWN, N.J., March 2 - ", "FAIR LAWN, N.J.", ""),
        ("KYIV (Reuters) - ", "KYIV", "Reuters"),
        ("Kyiv (Reuters) - ", "Kyiv", "Reuters"),
        ("Kyiv, 4 March (Interfax) - ", "Kyiv", "Interfax"),
        ("PORT ELSMERE, April 3 (Courier) — ", "PORT ELSMERE", "Courier"),
        ("PORT ELSMERE, Nov. 28 (Courier) — ", "PORT ELSMERE", "Courier"),
        ("ALDER BAY - ", "ALDER BAY", ""),
        ("COLDWATER — ", "COLDWATER", ""),
        ("LONDON/PARIS, Aug 4 (AFP) - ", "LONDON/PARIS", "AFP"),
        ("St. John's, Nfld. -- ", "St. John's, Nfld.", ""),
        ("St. John’s, Nfld.—", "St. John’s, Nfld.", ""),
        ("NEW YORK, March 3, 2024 /PRNewswire/ -- ", "NEW YORK", "PRNewswire"),
        ("CHICAGO, April - ", "CHICAGO", ""),
        ("FORT WORTH, Texas, - ", "FORT WORTH, Texas", ""),
        ("EVANDALE, Ohio, April, 13 - ", "EVANDALE, Ohio", ""),
        ("WASHINGTON, March 12, Reuter - ", "WASHINGTON", "Reuter"),
        ("NEW YORK (AP) _ ", "NEW YORK", "AP"),
        ("PORT-AU-PRINCE, Haiti (AP) - ", "PORT-AU-PRINCE, Haiti", "AP"),
        ("Paris, Monday, 4 August 2024 – ", "Paris", ""),
        ("ISTANBUL and ANKARA (Reuters) -- ", "ISTANBUL and ANKARA", "Reuters"),
        ("ABOARD AIR FORCE ONE (AP) — ", "ABOARD AIR FORCE ONE", "AP"),
        ("U.N., New York (AP) — ", "U.N., New York", "AP"),
        ("NEWPORT NEWS, Va., March 2 - ", "NEWPORT NEWS, Va.", ""),
        ("MILWAUKEE, Wis., March 2- ", "MILWAUKEE, Wis.", ""),
        ("OAKLAND , N.J., March 2 - ", "OAKLAND , N.J.", ""),
        ("ÎLE-DE-FRANCE — ", "ÎLE-DE-FRANCE", ""),
        ("Київ: ", "Київ", ""),
        ("МОСКВА, 3 March (Interfax) - ", "МОСКВА", "Interfax"),
    ] {
        let printed = if place.is_empty() { "" } else { text.trim_end() };
        check(text, place, agency, printed);
    }
}

#[test]
fn sentences_are_no_datelines() {
    for text in [
        "“We will rebuild: ",
        "Correction: ",
        "Note: ",
        "Update: ",
        "Breaking News: ",
        "Editor’s Note: ",
        "He said: ",
        "To the Editor: ",
        "The mayor had one word for it: ",
        "At 10:30 the Mayor of Alder Bay And Port Elsmere Came Home: ",
        "Alder Bay Rovers - ",
        "NATO - ",
        "EXCLUSIVE - ",
        "UPDATE 1 - ",
        "A - ",
        "- ",
        ": ",
        "(AP) — ",
        "March 3 - ",
        "MARCH 3 - ",
        "of: ",
        "Well, Minister — ",
        "Kyiv–Moscow ",
        "x: ",
    ] {
        check(text, "", "", "");
    }
    for text in [
        "ALDER BAY - ",
        "Washington:",
        "Washington: ",
        "IBM - the maker of machines - said so.",
        "THE ALLIES - NASSAU WAS A SHOCK TO ALL OF THEM.",
        "BERLIN: THE WALL IS STILL THERE.",
        "Washington:US President",
        "",
    ] {
        assert_eq!(find(text), None, "{text}");
    }
    assert!(find("WASHINGTON, March 3 - the bridge was closed.").is_some());
    assert!(find("BERLIN, AUG. 13 (UPI) - THE WALL IS STILL THERE.").is_some());
}

#[test]
fn a_field_needs_no_proof() {
    let place = |text: &str| of_field(text).map(|it| (it.place, it.agency));
    let want = |place: &str, agency: &str| Some((place.to_owned(), agency.to_owned()));
    assert_eq!(place("Kyiv"), want("Kyiv", ""));
    assert_eq!(place("KYIV, Ukraine (AP) —"), want("KYIV, Ukraine", "AP"));
    assert_eq!(place("paris, March 3 -"), want("paris", ""));
    assert_eq!(place(" — "), None);
}
