//! Fields, dates and numbers.

use serde_json::json;

use crate::world::World;

fn wire() -> World {
    World::of_records([
        json!({
            "id": "k-1", "headline": "Shells hit Kyiv", "body": "KYIV, Ukraine (AP) — Two died.",
            "date": "2024-03-14T10:00:00Z", "byline": "By Ann Hale", "source": "The Wire",
            "section": "World News", "language": "en", "url": "https://wire.example/a/kyiv",
        }),
        json!({
            "id": "k-2", "headline": "Mill closes", "body": "No word of Kyiv here. Ann Lee weeps.",
            "date": "2024-06-30", "byline": "Tom Ruiz and Ann Lee", "source": "The Courier",
            "section": "Business", "language": "de",
        }),
        json!({"id": "K-1", "headline": "Ruiz wins", "body": "Hale lost.", "date": "2025"}),
        json!({"id": "Kyiv: 4", "body": "Nobody knows when."}),
    ])
}

#[test]
fn a_headline_is_searched_apart() {
    let wire = wire();
    wire.finds("headline:kyiv", ["k-1"]);
    wire.finds("hd:(mill kyiv)", []);
    wire.finds("title:\"mill closes\"", ["k-2"]);
    wire.finds("headline:clos*", ["k-2"]);
    wire.check("headline:kyiv", ["Shells hit **Kyiv**"]);
}

#[test]
fn bylines_are_names_without_stems_and_without_by() {
    let wire = wire();
    wire.finds("byline:hale", ["k-1"]);
    wire.finds("by:\"ann lee\"", ["k-2"]);
    wire.finds("byline:(ann AND tom)", ["k-2"]);
    wire.finds("byline:ann", ["k-2", "k-1"]);
    wire.finds("byline:hales", []);
    wire.finds("byline:by", []);
    wire.finds("byline:ha*", ["k-1"]);
}

#[test]
fn datelines_sources_and_sections_are_fields() {
    let wire = wire();
    wire.finds("dateline:kyiv", ["k-1"]);
    wire.finds("source:courier", ["k-2"]);
    wire.finds("source:(wire OR courier)", ["k-2", "k-1"]);
    wire.finds("section:\"world news\"", ["k-1"]);
    wire.finds("se:news", ["k-1"]);
    wire.finds("lang:de", ["k-2"]);
    wire.finds("url:wire.example", ["k-1"]);
    wire.finds("file:jsonl", ["K-1", "k-2", "k-1", "Kyiv: 4"]);
    wire.finds("file:wire.jsonl", ["K-1", "k-2", "k-1", "Kyiv: 4"]);
}

#[test]
fn an_id_is_exact() {
    let wire = wire();
    wire.finds("id:k-1", ["k-1"]);
    wire.finds("id:K-1", ["K-1"]);
    wire.finds("id:\"Kyiv: 4\"", ["Kyiv: 4"]);
    wire.finds("id:k*", ["k-2", "k-1"]);
    wire.finds("id:k", []);
    wire.finds("NOT id:k*", ["K-1", "Kyiv: 4"]);
}

#[test]
fn fields_mark_nothing_in_the_text() {
    wire().check("byline:ann", []);
    wire().check("byline:hale died", ["KYIV, Ukraine (AP) — Two **died**."]);
}

#[test]
fn a_date_stands_for_its_whole_period() {
    let wire = wire();
    wire.finds("date:2024", ["k-2", "k-1"]);
    wire.finds("date:2024-03", ["k-1"]);
    wire.finds("date:2024-03-14", ["k-1"]);
    wire.finds("date:2024-03-15", []);
    wire.finds("date:\"14 March 2024\"", ["k-1"]);
    wire.finds("date=2025", ["K-1"]);
}

#[test]
fn dates_are_compared() {
    let wire = wire();
    wire.finds("date:2024-03..2024-06", ["k-2", "k-1"]);
    wire.finds("date:2024-03-15..", ["K-1", "k-2"]);
    wire.finds("date:..2024-03", ["k-1"]);
    wire.finds("date>2024", ["K-1"]);
    wire.finds("date>=2024-06-30", ["K-1", "k-2"]);
    wire.finds("date<2024-06-30", ["k-1"]);
    wire.finds("date<=2024-06-30", ["k-2", "k-1"]);
    wire.finds("NOT date:2024", ["K-1", "Kyiv: 4"]);
}

#[test]
fn articles_without_a_date_match_no_date_and_are_counted() {
    let wire = wire();
    let note = "note: 1 article has no date and matches no date";
    wire.search("date:1400..2200").expect(0).says(note);
    wire.finds("date:1400..2200 knows", []);
    wire.search("kyiv").expect(0).keeps_quiet_about("no date");
}

#[test]
fn the_words_of_the_body_are_counted() {
    let wire = wire();
    wire.finds("words>7", ["k-2"]);
    wire.finds("words:3..4", ["Kyiv: 4"]);
    wire.finds("words:2", ["K-1"]);
    wire.finds("words<=2", ["K-1"]);
    wire.finds("words<0", []);
    wire.finds("wc>=5 -words:8", ["k-1"]);
}

#[test]
fn neither_the_headline_nor_furniture_counts_as_words() {
    let paper = World::of(["A long headline of six words\n\nOne two three.\nADVERTISEMENT"]);
    assert_eq!(paper.count("words:3"), 1);
}

#[test]
fn filters_and_words_go_together() {
    let wire = wire();
    wire.finds("kyiv date:2024-06", ["k-2"]);
    wire.finds("kyiv (date:2024-06 OR byline:hale)", ["k-1", "k-2"]);
    wire.finds("date:2024 -headline:mill", ["k-1"]);
    wire.finds("* words>0 date>2024-06", ["K-1"]);
}
