use std::collections::BTreeMap;

use super::*;

fn gazetteer() -> &'static Gazetteer {
    Gazetteer::bundled().unwrap()
}

/// Reads names with `^` before those that stand behind a comma.
fn named<'a>(names: &[&'a str]) -> Vec<Named<'a>> {
    let gap = |name: &str| if name.starts_with('^') { Gap::Comma } else { Gap::Other };
    names.iter().map(|it| Named { name: it.trim_start_matches('^'), gap: gap(it) }).collect()
}

fn resolved(names: &[&str], setting: &Setting<'_>) -> Vec<String> {
    let found = gazetteer().resolve(&named(names), setting);
    found.iter().map(|it| it.map_or("-".to_owned(), |it| gazetteer().path(it))).collect()
}

/// Checks what the names of an article mean; each is followed by the end of its path.
#[track_caller]
fn check(article: &[(&str, &str)]) {
    check_in(article, &Setting::default());
}

#[track_caller]
fn check_in(article: &[(&str, &str)], setting: &Setting<'_>) {
    let names: Vec<&str> = article.iter().map(|it| it.0).collect();
    for ((name, wanted), found) in article.iter().zip(resolved(&names, setting)) {
        assert_eq!(found, *wanted, "{name} among {names:?}");
    }
}

#[track_caller]
fn asks(words: &str, choices: &[&str]) {
    let found = match gazetteer().ask(words) {
        Answer::One(one) => vec![one],
        Answer::Several(several) => several,
        Answer::Unknown => Vec::new(),
    };
    let found: Vec<String> = found.iter().map(|it| gazetteer().asked_as(*it)).collect();
    assert_eq!(found, choices, "{words}");
}

#[test]
fn a_famous_place_is_meant_without_any_help() {
    for (name, path) in [
        ("Paris", "france/ile-de-france/paris"),
        ("London", "united-kingdom/england/london"),
        ("Moscow", "russia/moscow-city/moscow"),
        ("Kharkiv", "ukraine/kharkiv-oblast/kharkiv"),
        ("Washington", "united-states/district-of-columbia/washington"),
        ("New York", "united-states/new-york/new-york"),
        ("Georgia", "georgia"),
        ("Jordan", "jordan"),
        ("Luxembourg", "luxembourg"),
        ("Singapore", "singapore"),
        ("Mexico", "mexico"),
        ("Victoria", "australia/victoria"),
        ("Athens", "greece/attica/athens"),
        ("Rome", "italy/lazio/rome"),
        ("Tripoli", "libya/tripoli/tripoli"),
        ("Cairo", "egypt/cairo/cairo"),
        ("Europe", "europe"),
        ("Crimea", "ukraine/crimea"),
        ("England", "united-kingdom/england"),
    ] {
        check(&[(name, path)]);
    }
}

#[test]
fn a_place_is_known_by_its_other_names() {
    for (name, path) in [
        ("Kiev", "ukraine/kyiv-city/kyiv"),
        ("Burma", "myanmar"),
        ("U.S.", "united-states"),
        ("US", "united-states"),
        ("USA", "united-states"),
        ("America", "united-states"),
        ("United States of America", "united-states"),
        ("UK", "united-kingdom"),
        ("Britain", "united-kingdom"),
        ("Holland", "netherlands"),
        ("the Netherlands", "netherlands"),
        ("Bombay", "india/maharashtra/mumbai"),
        ("Peking", "china/beijing/beijing"),
        ("Saigon", "vietnam/ho-chi-minh-city-hcmc/ho-chi-minh-city"),
        ("Leningrad", "russia/saint-petersburg-city/saint-petersburg"),
        ("St. Petersburg", "russia/saint-petersburg-city/saint-petersburg"),
        ("Côte d’Ivoire", "ivory-coast"),
        ("UAE", "united-arab-emirates"),
        ("DRC", "democratic-republic-of-the-congo"),
        ("Zaire", "democratic-republic-of-the-congo"),
        ("Swaziland", "eswatini"),
        ("TEHRAN", "iran/tehran/tehran"),
        ("Soviet Union", "soviet-union"),
        ("USSR", "soviet-union"),
        ("West Germany", "germany/west-germany"),
    ] {
        check(&[(name, path)]);
    }
}

#[test]
fn what_stands_behind_a_comma_says_where() {
    check(&[("Paris", "united-states/texas/paris"), ("^Texas", "united-states/texas")]);
    check(&[("Paris, Texas", "united-states/texas/paris")]);
    check(&[
        ("Springfield", "united-states/illinois/springfield"),
        ("^Ill.", "united-states/illinois"),
    ]);
    check(&[("Portland", "united-states/maine/portland"), ("^Maine", "united-states/maine")]);
    check(&[
        ("Birmingham", "united-states/alabama/birmingham"),
        ("^Ala.", "united-states/alabama"),
    ]);
    check(&[("London", "canada/ontario/london"), ("^Ontario", "canada/ontario")]);
    check(&[
        ("Cambridge", "united-states/massachusetts/cambridge"),
        ("^Mass.", "united-states/massachusetts"),
    ]);
    check(&[("Atlanta", "united-states/georgia/atlanta"), ("^Georgia", "united-states/georgia")]);
    check(&[("Tbilisi", "georgia/tbilisi/tbilisi"), ("^Georgia", "georgia")]);
    check(&[("Jupiter", "united-states/florida/jupiter"), ("^Florida", "united-states/florida")]);
    check(&[("Tripoli", "lebanon/north-lebanon/tripoli"), ("^Lebanon", "lebanon")]);
    check(&[("Salem", "united-states/oregon/salem"), ("^Ore.", "united-states/oregon")]);
}

#[test]
fn one_name_means_one_place_in_an_article() {
    check(&[
        ("Paris", "united-states/texas/paris"),
        ("^Texas", "united-states/texas"),
        ("Paris", "united-states/texas/paris"),
    ]);
}

#[test]
fn the_countries_and_states_of_an_article_speak_for_their_towns() {
    check(&[
        ("Georgia", "united-states/georgia"),
        ("Florida", "united-states/florida"),
        ("U.S.", "united-states"),
        ("Alabama", "united-states/alabama"),
    ]);
    check(&[("Georgia", "georgia"), ("Russia", "russia"), ("Armenia", "armenia")]);
    check(&[
        ("Valencia", "venezuela/carabobo/valencia"),
        ("Venezuela", "venezuela"),
        ("Caracas", "venezuela/distrito-federal/caracas"),
    ]);
    check(&[
        ("Valencia", "spain/valencia/valencia"),
        ("Spain", "spain"),
        ("Madrid", "spain/madrid/madrid"),
    ]);
    check(&[
        ("Hyderabad", "pakistan/sindh/hyderabad"),
        ("Karachi", "pakistan/sindh/karachi"),
        ("Pakistan", "pakistan"),
    ]);
    check(&[("Hyderabad", "india/telangana/hyderabad"), ("India", "india")]);
    check(&[
        ("Hamilton", "new-zealand/waikato-region/hamilton"),
        ("Auckland", "new-zealand/auckland/auckland"),
        ("New Zealand", "new-zealand"),
    ]);
    check(&[
        ("Birmingham", "united-states/alabama/birmingham"),
        ("Alabama", "united-states/alabama"),
        ("US", "united-states"),
    ]);
    check(&[
        ("Delaware", "united-states/delaware"),
        ("^Ohio", "united-states/ohio"),
        ("^Utah", "united-states/utah"),
    ]);
    check(&[("Luxembourg", "luxembourg"), ("^Belgium", "belgium")]);
}

#[test]
fn the_dateline_and_the_peoples_speak_too() {
    let dateline = Setting { dateline: Some("ISLAMABAD, Pakistan"), peoples: &[] };
    check_in(&[("Hyderabad", "pakistan/sindh/hyderabad")], &dateline);
    let canadians = gazetteer().people("Canadian").unwrap();
    let peoples = Setting { dateline: Some("TORONTO"), peoples: &[canadians; 6] };
    check_in(&[("Cambridge", "canada/ontario/cambridge")], &peoples);
    let text = "South Korean and Ukrainian troops met Costa Ricans; the Ukrainians left.";
    let mut found = Vec::new();
    gazetteer().peoples_in(text, &mut |it| found.push(gazetteer().path(it)));
    assert_eq!(found, ["south-korea", "ukraine", "costa-rica", "ukraine"]);
}

#[test]
fn the_words_around_a_name_are_no_part_of_it() {
    check(&[("eastern Ukraine", "ukraine"), ("Kherson region", "ukraine/kherson-oblast")]);
    check(&[("Washington state", "united-states/washington")]);
    check(&[("New York state", "united-states/new-york")]);
    check(&[("Helmand province", "afghanistan/helmand")]);
    check(&[("Kuwait City", "kuwait/al-asimah/kuwait-city")]);
}

#[test]
fn what_is_no_place_of_the_gazetteer_means_none() {
    for name in ["", "?", "Jupiter", "the West", "White House", "islands", "Xyzzyville", "Penna."] {
        check(&[(name, "-")]);
    }
    check(&[(&"x".repeat(5000), "-")]);
}

#[test]
fn a_searcher_is_asked_which_place_is_meant_or_understood() {
    asks("georgia", &["georgia/country", "georgia/us"]);
    asks("georgia/us", &["georgia/us"]);
    asks("georgia/country", &["georgia/country"]);
    asks("us/georgia", &["georgia/us"]);
    asks("washington", &["washington/state", "washington/dc"]);
    asks("washington/dc", &["washington/dc"]);
    asks("Washington, D.C.", &["washington/dc"]);
    asks("paris", &["paris"]);
    asks("paris/texas", &["paris/texas"]);
    asks("Paris, Texas", &["paris/texas"]);
    asks("united-states/texas/paris", &["paris/texas"]);
    asks("kiev", &["kyiv"]);
    asks("korea", &["south-korea", "north-korea"]);
    asks("congo", &["democratic-republic-of-the-congo", "republic-of-the-congo"]);
    asks("birmingham", &["birmingham/england", "birmingham/alabama"]);
    asks("new york", &["new-york"]);
    asks("luxembourg", &["luxembourg"]);
    asks("jordan", &["jordan"]);
    for unknown in ["", "/", "georgia/", "xyzzyville", "paris/xyzzyville", "Ukrainian"] {
        asks(unknown, &[]);
    }
}

#[test]
fn the_choices_that_are_offered_can_be_taken() {
    for words in ["georgia", "washington", "springfield", "cordoba", "san jose", "victoria"] {
        let Answer::Several(choices) = gazetteer().ask(words) else { continue };
        for choice in choices {
            assert_eq!(gazetteer().ask(&gazetteer().asked_as(choice)), Answer::One(choice));
        }
    }
}

#[test]
fn a_place_lies_in_all_that_contains_it() {
    let Answer::One(kharkiv) = gazetteer().ask("kharkiv") else { panic!() };
    let around: Vec<String> =
        gazetteer().ancestors(kharkiv).map(|it| gazetteer().path(it)).collect();
    assert_eq!(around, ["ukraine/kharkiv-oblast", "ukraine", "europe"]);
    assert_eq!(gazetteer().label(kharkiv), "Kharkiv, Kharkiv Oblast, Ukraine");
    let country = gazetteer().country(kharkiv).unwrap();
    assert_eq!(gazetteer().place(country).unwrap().name, "Ukraine");
}

#[test]
fn every_path_names_one_place_and_leads_back_to_it() {
    let all = (0..gazetteer().len() as u32).map(PlaceId);
    let mut paths = BTreeMap::new();
    for id in all {
        assert!(paths.insert(gazetteer().path(id), id).is_none(), "{}", gazetteer().path(id));
    }
    assert!(paths.len() > 70_000);
    let deep = paths.iter().filter(|(path, _)| path.contains('/'));
    for (path, id) in deep.step_by(97) {
        assert_eq!(gazetteer().ask(path), Answer::One(*id), "{path}");
    }
}

#[test]
fn peoples_lead_to_their_countries_and_are_no_places() {
    for (people, path) in [
        ("Ukrainian", "ukraine"),
        ("Ukrainians", "ukraine"),
        ("Americans", "united-states"),
        ("British", "united-kingdom"),
        ("French", "france"),
        ("Dutch", "netherlands"),
        ("Texan", "united-states/texas"),
        ("South Koreans", "south-korea"),
        ("Soviet", "soviet-union"),
    ] {
        assert_eq!(
            gazetteer().people(people).map(|it| gazetteer().path(it)).as_deref(),
            Some(path)
        );
        assert_eq!(gazetteer().candidates(people).count(), 0, "{people}");
    }
    assert!(gazetteer().people("Klingon").is_none());
}

/// Returns how many names of a set were resolved, and how many of them in the right country.
fn measured(set: &str) -> (usize, usize) {
    let mut articles: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
    let gold = include_str!("../../../benches/places.tsv");
    for line in gold.lines().filter(|it| it.starts_with(set)) {
        let fields: Vec<&str> = line.split('\t').collect();
        articles.entry(fields[1]).or_default().push((fields[2], fields[3]));
    }
    let (mut n_resolved, mut n_right) = (0, 0);
    for article in articles.values() {
        let names: Vec<&str> = article.iter().map(|it| it.0).collect();
        let found = gazetteer().resolve(&named(&names), &Setting::default());
        for (place, (_, country)) in found.into_iter().zip(article) {
            let Some(place) = place else { continue };
            let found = gazetteer().country(place).and_then(|it| gazetteer().place(it));
            n_resolved += 1;
            n_right += usize::from(found.map_or("-", |it| it.name) == *country);
        }
    }
    println!("{set}: {n_right} of {n_resolved} in the right country");
    (n_resolved, n_right)
}

#[test]
fn the_country_is_right_for_more_than_nine_names_in_ten() {
    for (set, n_least) in [("gum", 150), ("wikinews", 2000)] {
        let (n_resolved, n_right) = measured(set);
        assert!(n_resolved > n_least && n_right * 100 >= n_resolved * 96, "{set}");
    }
}

#[test]
fn a_damaged_or_foreign_file_is_refused_with_a_hint() {
    let refused = |bytes: Vec<u8>| {
        let error = Gazetteer::open(bytes).unwrap_err();
        assert!(error.hint.is_some());
        error.message
    };
    assert!(refused(b"GIF89a".to_vec()).contains("not a file of places"));
    assert!(refused(BUNDLED[..100].to_vec()).contains("cut short"));
    let mut changed = BUNDLED.to_vec();
    changed[1_000_000] ^= 1;
    assert!(refused(changed).contains("changed"));
    let mut newer = BUNDLED.to_vec();
    newer[8] = 9;
    assert!(refused(newer).contains("format 9"));
}

#[test]
fn ten_thousand_names_are_resolved_in_one_pass() {
    let names = vec!["Springfield"; NAMES_MAX + 5];
    let found = gazetteer().resolve(&named(&names), &Setting::default());
    assert_eq!(found.len(), names.len());
    assert!(found[0].is_some() && found[NAMES_MAX].is_none());
}

/// The committed file comes from the lists in ../shared and this code.
#[test]
fn the_bundled_file_is_what_the_lists_make() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpora/vocab");
    let read = |name: &str| std::fs::read(format!("{folder}/{name}"));
    let (Ok(packed), Ok(cities), Ok(countries)) =
        (read("places5000.tsv.gz"), read("cities15000.tsv"), read("countries.tsv"))
    else {
        println!("skipped: the collections in ../shared are not here");
        return;
    };
    let mut places = String::new();
    let mut unpacked = flate2::read::MultiGzDecoder::new(packed.as_slice());
    std::io::Read::read_to_string(&mut unpacked, &mut places).unwrap();
    let [cities, countries] = [cities, countries].map(|it| String::from_utf8(it).unwrap());
    let made = compile(&Sources { places: &places, cities: &cities, countries: &countries });
    assert!(made.unwrap() == BUNDLED, "run 'dateline train --places' again");
}
