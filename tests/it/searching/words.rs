//! Words and phrases.

use crate::world::World;

#[test]
fn a_word_is_found_in_all_its_forms() {
    let paper = World::of(["Fishing talks began.", "They talked.", "The talk is over.", "Tall."]);
    paper.check(
        "talking",
        ["Fishing **talks** began.", "The **talk** is over.", "They **talked**."],
    );
}

#[test]
fn case_and_accents_make_no_difference() {
    let paper = World::of(["The Café in Zürich closed.", "A cafe, a CAFÉ."]);
    paper.check("CAFE", ["A **cafe**, a **CAFÉ**.", "The **Café** in Zürich closed."]);
    paper.check("zürich", ["The Café in **Zürich** closed."]);
    paper.check("zurich", ["The Café in **Zürich** closed."]);
}

#[test]
fn accents_written_as_marks_of_their_own_are_the_same() {
    let paper = World::of(["The Cafe\u{301} closed."]);
    paper.check("café", ["The **Cafe\u{301}** closed."]);
    paper.check("cafe\u{301}", ["The **Cafe\u{301}** closed."]);
}

#[test]
fn a_possessive_is_its_word() {
    let paper = World::of(["Putin's plan failed.", "Putin’s plan failed.", "Putin failed."]);
    assert_eq!(paper.count("putin"), 3);
    assert_eq!(paper.count("putin's"), 3);
    assert_eq!(paper.count("putin’s plan"), 2);
    paper
        .check("\"putin's plan failed\"", ["**Putin's plan failed**.", "**Putin’s plan failed**."]);
}

#[test]
fn contractions_and_irish_names_are_one_word() {
    let paper = World::of(["O'Brien won't sail.", "O’Brien wins."]);
    assert_eq!(paper.count("obrien"), 2);
    assert_eq!(paper.count("o'brien"), 2);
    paper.check("won't", ["O'Brien **won't** sail."]);
}

#[test]
fn acronyms_are_found_with_stops_and_without() {
    let paper = World::of(["The U.S. agreed.", "The US agreed.", "Tell us."]);
    paper.check("U.S. agreed", ["The **U.S.** **agreed**.", "The **US** **agreed**."]);
    paper.check("US agreed", ["The **U.S.** **agreed**.", "The **US** **agreed**."]);
    assert_eq!(paper.count("\"the U.S. agreed\""), 2);
}

#[test]
fn a_compound_is_found_whole_and_by_part() {
    let paper = World::of(["A long-term plan.", "A longterm plan.", "A long plan for the term."]);
    paper.check("long-term", ["A **long-term** plan.", "A **longterm** plan."]);
    paper.check("longterm", ["A **long-term** plan.", "A **longterm** plan."]);
    paper.check("\"long term\"", ["A **long-term** plan."]);
    assert_eq!(paper.count("term"), 2);
    assert_eq!(paper.count("\"term plan\""), 1);
}

#[test]
fn a_compound_may_be_written_apart() {
    let paper = World::of(["A long term is over."]);
    paper.check("long-term", ["A **long term** is over."]);
}

#[test]
fn numbers_are_found_with_separators_and_without() {
    let paper = World::of(["It cost 1,500 pounds.", "It cost 1500 pounds.", "It cost 2.3 pounds."]);
    assert_eq!(paper.count("1500"), 2);
    assert_eq!(paper.count("1,500"), 2);
    paper.check("2.3", ["It cost **2.3** pounds."]);
    assert_eq!(paper.count("3"), 0);
    paper.check("$2.3", ["It cost **2.3** pounds."]);
}

#[test]
fn a_phrase_is_its_words_in_a_row() {
    let paper = World::of([
        "They spoke of security guarantees.",
        "They spoke of guarantees for security.",
        "Security needs guarantees.",
    ]);
    paper.check("\"security guarantees\"", ["They spoke of **security guarantees**."]);
    paper.check("“security guarantee”", ["They spoke of **security guarantees**."]);
    paper.check("«guarantees for security»", ["They spoke of **guarantees for security**."]);
    assert_eq!(paper.count("security guarantees"), 3);
}

#[test]
fn a_phrase_keeps_its_stop_words_and_crosses_punctuation() {
    let paper = World::of(["The end of the war, the minister said.", "The end, a war."]);
    paper.check("\"end of the war\"", ["The **end of the war**, the minister said."]);
    paper.check("\"war the minister\"", ["The end of the **war, the minister** said."]);
    assert_eq!(paper.count("\"end war\""), 0);
}

#[test]
fn a_phrase_stays_within_a_paragraph() {
    let paper = World::of(["No security.\nGuarantees were refused.", "Security guarantees."]);
    paper.finds("\"security guarantees\"", ["b"]);
    assert_eq!(paper.count("security guarantees"), 2);
}

#[test]
fn a_phrase_does_not_reach_from_the_headline_into_the_body() {
    let paper =
        World::of(["No security\n\nGuarantees were refused.", "Security guarantees\n\nNo."]);
    paper.check("\"security guarantees\"", ["**Security guarantees**"]);
}

#[test]
fn a_phrase_reaches_over_furniture_no_more_than_over_a_paragraph() {
    let paper = World::of(["No security.\nADVERTISEMENT\nGuarantees were refused."]);
    assert_eq!(paper.count("\"security guarantees\""), 0);
    assert_eq!(paper.count("security guarantees"), 1);
}

#[test]
fn a_phrase_may_overlap_itself() {
    let paper = World::of(["Boom boom boom.", "Boom boom."]);
    paper.check("\"boom boom boom\"", ["**Boom boom boom**."]);
    paper.check("\"boom boom\"", ["**Boom boom boom**.", "**Boom boom**."]);
}

#[test]
fn a_wildcard_finds_all_that_begins_so() {
    let paper = World::of(["Money laundering.", "The launderette.", "Laundry.", "A launch."]);
    paper.check("launder*", ["Money **laundering**.", "The **launderette**."]);
    paper.check(
        "LAUN*",
        ["A **launch**.", "**Laundry**.", "Money **laundering**.", "The **launderette**."],
    );
    assert_eq!(paper.count("laundering* NOT money"), 0);
    assert_eq!(paper.count("zzz*"), 0);
}

#[test]
fn a_wildcard_is_about_the_printed_word_not_its_stem() {
    let paper = World::of(["He ran.", "They were running.", "Runs."]);
    paper.check("runn*", ["They were **running**."]);
}

#[test]
fn words_of_other_scripts_are_found() {
    let paper = World::of(["В Москве прошли переговоры.", "東京都知事選挙が行われた。"]);
    paper.check("москве", ["В **Москве** прошли переговоры."]);
    assert_eq!(paper.count("京"), 1);
}

#[test]
fn the_star_alone_finds_every_article() {
    let paper = World::of(["One.", "Two.", "Headline\n\nThree."]);
    paper.finds("*", ["a", "b", "c"]);
    paper.finds("* -two", ["a", "c"]);
    assert_eq!(paper.count("*"), 3);
}

#[test]
fn a_word_is_found_in_headlines_and_bodies() {
    let paper = World::of(["Ferry stops\n\nNobody sails.", "Boats\n\nThe ferry sails."]);
    paper.check("ferry", ["**Ferry** stops", "The **ferry** sails."]);
}
