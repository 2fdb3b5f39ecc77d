//! `facets`, and `search --facet`.

use serde_json::Value;

use super::paper;
use crate::world::World;

fn facets(world: &World, query: &str, by: &str) -> Value {
    let said = world.run(&["facets", query, "--by", by, "--format", "json"]);
    serde_json::from_str(&said.out).unwrap_or_else(|cause| panic!("{cause}: {said:?}"))
}

/// Returns the values of a facet with their counts.
fn values(facets: &Value, facet: &str) -> Vec<(String, u64)> {
    let values = facets[facet].as_array().unwrap().iter();
    values
        .map(|it| (it["value"].as_str().unwrap().to_owned(), it["count"].as_u64().unwrap()))
        .collect()
}

fn counted(values: &[(&str, u64)]) -> Vec<(String, u64)> {
    values.iter().map(|it| (it.0.to_owned(), it.1)).collect()
}

#[test]
fn the_spellings_of_a_name_are_one_value() {
    let found = facets(&paper(), "*", "person");
    let values = values(&found, "person");
    assert_eq!(
        values,
        counted(&[("Volodymyr Zelensky", 2), ("Denzel London", 1), ("Friedrich Merz", 1)])
    );
    assert_eq!(found["person"][0]["variants"][0], "Volodymyr Zelenskyy");
}

#[test]
fn an_article_counts_once_for_each_country() {
    let found = facets(&paper(), "*", "country,place");
    let countries = values(&found, "country");
    assert_eq!(countries, counted(&[("Ukraine", 2), ("Germany", 1), ("United States", 1)]));
    let places = values(&found, "place");
    assert!(
        places.contains(&("Seattle".to_owned(), 1)) && places.contains(&("Kyiv".to_owned(), 1))
    );
    assert_eq!(values(&facets(&paper(), "berlin", "country"), "country").len(), 2);
}

#[test]
fn dates_sections_and_sources_are_counted() {
    let record = |id: &str, date: &str, section: &str, source: &str| {
        serde_json::json!({
            "id": id, "headline": id, "date": date, "section": section, "source": source,
            "body": "Ferries."
        })
    };
    let wire = World::of_records([
        record("a", "2023-05-01", "Sport", "Wire"),
        record("b", "2023-07-01", "", "Wire"),
        record("c", "2024-05-01", "Sport", "Courier"),
    ]);
    let found = facets(&wire, "ferries", "year,month,day,section,source,topic,language");
    assert_eq!(values(&found, "year"), counted(&[("2023", 2), ("2024", 1)]));
    assert_eq!(values(&found, "month").len(), 3);
    assert_eq!(values(&found, "day")[0].0, "2023-05-01");
    assert_eq!(values(&found, "section"), counted(&[("Sport", 2)]));
    assert_eq!(values(&found, "source"), counted(&[("Wire", 2), ("Courier", 1)]));
    assert_eq!(values(&found, "topic"), counted(&[("sport", 2)]));
    assert_eq!(found["topic"][0]["key"], "15000000");
    let said = wire.run(&["facets", "ferries", "--by", "section"]).expect(0);
    assert!(said.out.starts_with("section (1 article without)\n  Sport "), "{said:?}");
}

#[test]
fn facets_stand_beside_the_hits_that_they_count() {
    let paper = paper();
    let answer = paper.json(&["--facet", "place", "-n", "1"], "person:zelensky");
    assert_eq!(answer["hits"].as_array().unwrap().len(), 1);
    assert_eq!(answer["summary"]["facets"]["place"].as_array().unwrap().len(), 3);
    let said = paper.run(&["search", "person:zelensky", "--facet", "country"]).expect(0);
    assert!(said.out.contains("\ncountry\n  Ukraine"), "{said:?}");
}

#[test]
fn an_unknown_facet_is_refused_and_no_hits_are_no_hits() {
    let paper = paper();
    let said = paper.run(&["facets", "*", "--by", "weather"]).expect(2);
    assert!(said.err.contains("the facets are person, org, place, country"), "{said:?}");
    paper.run(&["facets", "zebra"]).expect(1);
}
