//! What is marked: exactly what matched.

use dateline::snippet::Measure;
use serde_json::Value;

use crate::world::World;

#[test]
fn the_words_of_a_phrase_are_marked_only_where_they_stand_as_the_phrase() {
    let paper = World::of([
        "Security is dear, so they want security guarantees and guarantees of security.",
    ]);
    paper.check(
        "\"security guarantees\"",
        ["Security is dear, so they want **security guarantees** and guarantees of security."],
    );
}

#[test]
fn what_must_not_be_there_is_never_marked() {
    let paper = World::of(["A mill and a clinic.\nNo bridge."]);
    paper.check("mill OR NOT bridge", ["A **mill** and a clinic."]);
    paper.check("mill -(bridge ferry)", ["A **mill** and a clinic."]);
    paper.check("clinic NOT NOT bridge", ["A mill and a **clinic**."]);
}

#[test]
fn an_alternative_that_does_not_hold_is_not_marked() {
    let paper = World::of(["A ferry and a mill."]);
    paper.check("ferry OR (mill AND bridge)", ["A **ferry** and a mill."]);
    paper.check("ferry OR mill", ["A **ferry** and a **mill**."]);
    paper.check("mill OR \"mill ferry\"", ["A ferry and a **mill**."]);
}

#[test]
fn headline_searches_mark_the_headline_only() {
    let paper = World::of(["Ferry stops\n\nThe ferry is old."]);
    paper.check("headline:ferry", ["**Ferry** stops"]);
    paper.check("ferry", ["**Ferry** stops", "The **ferry** is old."]);
}

#[test]
fn marks_end_with_the_word_not_with_its_punctuation() {
    let paper = World::of(["“Ferry’s” late (ferry), the ferry's crew; U.S.-led ferry—gone."]);
    paper.check(
        "ferry US",
        ["“**Ferry**’s” late (**ferry**), the **ferry**'s crew; **U.S.**-led **ferry**—gone."],
    );
}

#[test]
fn a_compound_is_marked_whole_or_by_the_part_that_matched() {
    let paper = World::of(["A long-term plan."]);
    paper.check("term", ["A long-**term** plan."]);
    paper.check("longterm", ["A **long-term** plan."]);
    paper.check("long*", ["A **long-term** plan."]);
}

#[test]
fn neighbours_are_marked_one_by_one_and_overlaps_as_one() {
    let paper = World::of(["Boom boom boom."]);
    paper.check("boom", ["**Boom** **boom** **boom**."]);
    paper.check("\"boom boom\"", ["**Boom boom boom**."]);
}

#[test]
fn marks_taken_away_leave_the_paragraph_as_printed() {
    let printed = "«Ferry»  —  the  ferry;\tU.S., 1,500 ferry-goers… 👩‍👩‍👧ferry";
    let paper = World::of([printed]);
    let answer = paper.json(&[], "ferry 1500 us");
    assert_eq!(answer["hits"][0]["snippets"][0]["text"], printed);
    let page = paper.run(&["show", "a.txt", "-q", "ferry"]).expect(0).out;
    let plain = paper.run(&["show", "a.txt"]).expect(0).out;
    assert_eq!(page.replace("**", ""), plain);
}

#[test]
fn offsets_in_json_count_characters() {
    let text = "Ä 👩‍👩‍👧 Cafe\u{301}s: ferry, Ferries, cafe\u{301} — 𝔘 ferry.";
    let paper = World::of([&format!("Zürich ferry\n\n{text}")]);
    let answer = paper.json(&[], "ferry OR café");
    let hit = &answer["hits"][0];
    let headline = hit["headline"].as_str().unwrap();
    assert_eq!(marked(headline, &hit["headline_highlights"]), ["ferry"]);
    let snippet = &hit["snippets"][0];
    assert_eq!(
        marked(snippet["text"].as_str().unwrap(), &snippet["highlights"]),
        ["Cafe\u{301}s", "ferry", "Ferries", "cafe\u{301}", "ferry"],
    );
}

#[test]
fn a_passage_says_where_in_its_paragraph_it_stands() {
    let filler = "Über nichts wird hier ausführlich berichtet. ".repeat(20);
    let paper = World::of([&format!("ADVERTISEMENT\n{filler}Then the férry sank. {filler}")]);
    let answer = paper.json(&[], "ferry");
    let snippet = &answer["hits"][0]["snippets"][0];
    let (text, offset) = (snippet["text"].as_str().unwrap(), snippet["offset"].as_u64().unwrap());
    assert_eq!(snippet["paragraph"], 1);
    let paragraph = format!("{filler}Then the férry sank. {filler}");
    let rest: String = paragraph.chars().skip(offset as usize).collect();
    assert!(rest.starts_with(text), "{text}");
    assert_eq!(marked(text, &snippet["highlights"]), ["férry"]);
    assert!(text.chars().count() <= Measure::default().chars_max);
}

#[test]
fn a_passage_of_a_sentence_without_end_is_cut_between_words() {
    let filler = "and then nothing happened ".repeat(30);
    let paper = World::of([&format!("At first {filler}until the ferry sank {filler}at last.")]);
    let answer = paper.json(&[], "ferry");
    let snippet = &answer["hits"][0]["snippets"][0];
    assert_eq!((&snippet["cut_start"], &snippet["cut_end"]), (&true.into(), &true.into()));
    let page = paper.search("ferry").expect(0).out;
    assert!(page.contains("…") && page.contains("**ferry**"), "{page}");
}

#[test]
fn furniture_is_shown_but_never_matched() {
    let paper =
        World::of(["Mill closes\n\nThe mill is shut.\nRead also: Ferry stops\nADVERTISEMENT"]);
    paper.run(&["count", "ferry"]).expect(1).prints(["0"]);
    paper.run(&["count", "advertisement"]).expect(1).prints(["0"]);
    paper.run(&["show", "a.txt", "-q", "mill"]).expect(0).prints([
        "**Mill** closes",
        "",
        "The **mill** is shut.",
        "",
        "Read also: Ferry stops",
        "",
        "ADVERTISEMENT",
        "",
        "a.txt (news/a.txt)",
    ]);
}

#[test]
fn show_says_when_the_article_does_not_match_the_query() {
    let paper = World::of(["The mill is shut.", "Ferry."]);
    let said = paper.run(&["show", "a.txt", "-q", "ferry"]).expect(0);
    said.says("note: the article does not match the query").prints([
        "The mill is shut.",
        "",
        "a.txt (news/a.txt)",
    ]);
}

/// Returns the characters of a text that are marked.
fn marked(text: &str, highlights: &Value) -> Vec<String> {
    let place = |mark: &Value, key: &str| mark[key].as_u64().unwrap() as usize;
    let chars: Vec<char> = text.chars().collect();
    let marks = highlights.as_array().unwrap().iter();
    marks.map(|mark| chars[place(mark, "start")..place(mark, "end")].iter().collect()).collect()
}
