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

#[test]
fn both_sides_of_a_proximity_are_marked_and_nothing_else() {
    let paper = World::of(["The troops went to Ukraine; Ukrainians saw no troops."]);
    paper.check(
        "troops W/3 ukraine",
        ["The **troops** went to **Ukraine**; Ukrainians saw no troops."],
    );
    paper.check(
        "troops PRE/3 ukraine",
        ["The **troops** went to **Ukraine**; Ukrainians saw no troops."],
    );
    paper.check(
        "(troops OR boats) W/S ukrain*",
        ["The **troops** went to **Ukraine**; **Ukrainians** saw no **troops**."],
    );
    paper.check(
        "\"ukraine troops\"~3",
        ["The **troops** went to **Ukraine**; Ukrainians saw no troops."],
    );
    paper.check(
        "troops W/3 (went W/2 ukraine)",
        ["The **troops** **went** to **Ukraine**; Ukrainians saw no troops."],
    );
}

#[test]
fn of_not_near_only_the_lonely_places_are_marked() {
    let paper =
        World::of(["Apple pie and apple juice; one apple was rotten, say the juice makers."]);
    paper.check(
        "apple NOT W/1 (juice OR pie)",
        ["Apple pie and apple juice; one **apple** was rotten, say the juice makers."],
    );
    paper.check(
        "apple NOT W/1 juice",
        ["**Apple** pie and apple juice; one **apple** was rotten, say the juice makers."],
    );
    paper.finds("apple NOT W/20 juice", []);
}

#[test]
fn wildcards_and_similar_spellings_mark_the_printed_form() {
    let paper = World::of(["Laundered by Zelenskiy, Zelensky’s WOMAN and two Women: a Watergate."]);
    paper.check(
        "launder*",
        ["**Laundered** by Zelenskiy, Zelensky’s WOMAN and two Women: a Watergate."],
    );
    paper.check(
        "wom?n *gate",
        ["Laundered by Zelenskiy, Zelensky’s **WOMAN** and two **Women**: a **Watergate**."],
    );
    paper.check(
        "zelensky~1",
        ["Laundered by **Zelenskiy**, **Zelensky**’s WOMAN and two Women: a Watergate."],
    );
    paper.check(
        "\"two wom?n\"",
        ["Laundered by Zelenskiy, Zelensky’s WOMAN and **two Women**: a Watergate."],
    );
}

#[test]
fn words_that_must_stand_so_often_are_marked_everywhere() {
    let paper = World::of(["NATO met\n\nNato said that NATO’s men were Nato men.", "NATO, NATO."]);
    paper.check(
        "atleast3(nato)",
        ["**NATO** met", "**Nato** said that **NATO**’s men were **Nato** men."],
    );
}

#[test]
fn only_words_printed_as_asked_are_marked() {
    let paper = World::of(["Apple sells an apple; APPLE’s who asks the WHO, talking talks."]);
    paper.check(
        "caps(apple)",
        ["**Apple** sells an apple; **APPLE**’s who asks the WHO, talking talks."],
    );
    paper.check(
        "allcaps(who OR apple)",
        ["Apple sells an apple; **APPLE**’s who asks the **WHO**, talking talks."],
    );
    paper.check(
        "exact(talks)",
        ["Apple sells an apple; APPLE’s who asks the WHO, talking **talks**."],
    );
}

#[test]
fn a_search_in_a_part_of_the_article_marks_that_part_only() {
    let paper = World::of(["Ferry stops\n\nThe ferry is old, the ferry is.\nNo ferry today."]);
    paper.check("headline:ferry", ["**Ferry** stops"]);
    paper.check("lead:ferry", ["The **ferry** is old, the **ferry** is."]);
    paper.check("first/2(ferry)", ["The **ferry** is old, the ferry is."]);
    paper.check(
        "lead:old ferry",
        ["**Ferry** stops", "The **ferry** is **old**, the **ferry** is."],
    );
}

#[test]
fn words_that_stand_far_apart_are_shown_in_two_passages() {
    let filler = "Nobody minded the weather of that long and quiet day. ".repeat(12);
    let paper = World::of([&format!("It began with a strike. {filler}It ended with a ferry.")]);
    let answer = paper.json(&[], "ferry AND strike");
    let snippets = answer["hits"][0]["snippets"].as_array().unwrap();
    let words: Vec<Vec<String>> =
        snippets.iter().map(|it| marked(it["text"].as_str().unwrap(), &it["highlights"])).collect();
    assert_eq!(words, [["strike"], ["ferry"]]);
    assert_eq!(snippets[0]["cut_start"], false);
    assert_eq!(snippets[1]["text"], "It ended with a ferry.");
}

#[test]
fn what_is_near_each_other_is_shown_in_one_passage() {
    let filler = "and then nothing happened ".repeat(20);
    let sides = format!("the drones {} reached kharkiv", "flew on ".repeat(25));
    let around = "It was a quiet day in the whole of the land, said the governor, and in the city ";
    for text in [
        // In the middle of a sentence that is too long to show.
        format!("At first {filler}{sides} {filler}at last."),
        // In two sentences that are too long to show together.
        format!("{around}{around}the drones flew. Then kharkiv {filler}at last."),
        // After sentences that fill a passage with one of them.
        format!("Drones were seen. {around}they are many. {sides}."),
    ] {
        let paper = World::of([&text]);
        for query in ["drones W/60 kharkiv", "drones W/P kharkiv", "drones kharkiv"] {
            let answer = paper.json(&[], query);
            let snippet = &answer["hits"][0]["snippets"][0];
            let shown = snippet["text"].as_str().unwrap();
            assert_eq!(marked(shown, &snippet["highlights"]), ["drones", "kharkiv"], "{shown}");
            assert!(shown.chars().count() <= Measure::default().chars_max, "{shown}");
        }
    }
}

/// Returns the words that a query marks in an article of one paragraph, and checks that both
/// offsets of each say where it stands.
#[track_caller]
fn marks_in(text: &str, query: &str) -> Vec<String> {
    let paper = World::of([text]);
    let answer = paper.json(&["--match", "all"], query);
    let hit = &answer["hits"][0];
    let shown = paper.run(&["show", "--format", "json", "a.txt"]).expect(0);
    let article: Value = serde_json::from_str(&shown.out).unwrap();
    let mut words = Vec::new();
    for snippet in hit["snippets"].as_array().unwrap() {
        let paragraph = &article["paragraphs"][snippet["paragraph"].as_u64().unwrap() as usize];
        let paragraph = paragraph["text"].as_str().unwrap();
        let highlights = &snippet["highlights"];
        let here = marked(snippet["text"].as_str().unwrap(), highlights);
        assert_eq!(marked_from(paragraph, highlights, "paragraph_"), here, "{text}");
        words.extend(here);
    }
    words
}

#[test]
fn no_highlight_ends_between_a_letter_and_its_mark() {
    for (text, query, words) in [
        ("Cafe\u{301}s, le cafe\u{301} noir.", "cafe", ["Cafe\u{301}s", "cafe\u{301}"].as_slice()),
        // Hebrew with its points, Arabic with its vowels.
        ("אמר שָׁלוֹם לכולם.", "שלום", &["שָׁלוֹם"]),
        ("قال مُحَمَّدٌ ذلك.", "محمد", &["مُحَمَّدٌ"]),
        ("قال محمد ذلك، محمد.", "محم*", &["محمد", "محمد"]),
        ("हिन्दी की किताब।", "हिन्दी", &["हिन्दी"]),
        ("東京都の知事。", "知事", &["知事"]),
        ("か\u{3099}っこう", "が", &["か\u{3099}"]),
        ("The a\u{30a}ngstro\u{308}m.", "ångström~1", &["a\u{30a}ngstro\u{308}m"]),
    ] {
        assert_eq!(marks_in(text, query), words, "{query}");
    }
}

#[test]
fn offsets_count_characters_in_every_script_and_place() {
    let filler = "Über nichts — 𝔘 — wird 東京 hier berichtet. ".repeat(12);
    let text = format!("{filler}Then e\u{301} the “férry” sank near Київ. {filler}");
    assert_eq!(marks_in(&text, "ferry W/3 київ"), ["férry", "Київ"]);
    assert_eq!(marks_in(&text, "\"ferry sank\""), ["férry” sank"]);
    let long = format!("Then {} férry {} Київ.", "שלום ".repeat(80), "東京 ".repeat(60));
    assert_eq!(marks_in(&long, "ferry W/S київ"), ["férry", "Київ"]);
}

/// Returns the characters of a text that are marked.
fn marked(text: &str, highlights: &Value) -> Vec<String> {
    marked_from(text, highlights, "")
}

/// Returns the characters of a text that are marked by offsets whose names begin so.
fn marked_from(text: &str, highlights: &Value, prefix: &str) -> Vec<String> {
    let place = |mark: &Value, key: &str| mark[format!("{prefix}{key}")].as_u64().unwrap() as usize;
    let chars: Vec<char> = text.chars().collect();
    let marks = highlights.as_array().unwrap().iter();
    marks.map(|mark| chars[place(mark, "start")..place(mark, "end")].iter().collect()).collect()
}
