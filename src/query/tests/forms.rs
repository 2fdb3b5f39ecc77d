//! The forms beyond words and Boolean operators: how each is read and printed.

use super::{check, check_print};

#[test]
fn proximity_is_read_in_any_case_and_by_other_names() {
    check("troops W/5 ukraine", "Near[troops W/5 ukraine]");
    check("a w/05 b", "Near[a W/5 b]");
    check("a NEAR/5 b", "Near[a W/5 b]");
    check("putin PRE/3 zelensky", "Near[putin PRE/3 zelensky]");
    check("a w/s b", "Near[a W/S b]");
    check("a W/p b", "Near[a W/P b]");
    check("a pre/S b", "Near[a PRE/S b]");
    check("a NOT W/10 b", "Near[a NOT W/10 b]");
    check("a not\tpre/10 b", "Near[a NOT PRE/10 b]");
    check("\"a b\"W/5(c)", "Near[\"a b\" W/5 c]");
}

#[test]
fn proximity_binds_tightest_and_from_left_to_right() {
    check("a b W/5 c d", "Loose[a, Near[b W/5 c], d]");
    check("NOT a W/5 b", "Not(Near[a W/5 b])");
    check("-a W/5 b", "Not(Near[a W/5 b])");
    check("a OR b W/5 c AND d", "Or[a, And[Near[b W/5 c], d]]");
    check("a W/5 b PRE/2 c", "Near[Near[a W/5 b] PRE/2 c]");
    check("a W/5 (b PRE/2 c)", "Near[a W/5 Near[b PRE/2 c]]");
    check("a W/5 b NOT W/2 c", "Near[Near[a W/5 b] NOT W/2 c]");
    check("a W/5 b NOT c", "And[Near[a W/5 b], Not(c)]");
}

#[test]
fn anything_with_places_in_the_text_may_stand_near_something() {
    check("(a OR b) W/5 \"c d\"", "Near[Or[a, b] W/5 \"c d\"]");
    check("(a AND b) W/5 (c d)", "Near[And[a, b] W/5 Loose[c, d]]");
    check("ukrain* W/5 wom?n", "Near[Wildcard(ukrain*) W/5 Wildcard(wom?n)]");
    check("\"a b\"~4 W/5 kyiv~1", "Near[Window4(\"a b\") W/5 Fuzzy1(kyiv)]");
    check("atleast2(a) W/5 exact(b)", "Near[AtLeast2(a) W/5 Exact(b)]");
    check("(a b) NOT W/5 (c OR d)", "Near[Loose[a, b] NOT W/5 Or[c, d]]");
    check("headline:(a W/5 b)", "Headline(Near[a W/5 b])");
    check("first/9(a W/5 b)", "First9(Near[a W/5 b])");
}

#[test]
fn proximity_prints_with_the_parentheses_it_needs() {
    check_print("(a near/5 b) w/3 c", "a W/5 b W/3 c");
    check_print("a w/5 (b w/3 c)", "a W/5 (b W/3 c)");
    check_print("(a or b) not pre/s (\"c\")", "(a OR b) NOT PRE/S \"c\"");
    check_print("not (a w/5 b)", "NOT a W/5 b");
    check_print("(a w/5 b) c", "a W/5 b c");
}

#[test]
fn signs_in_a_word_stand_for_letters() {
    check("launder* wom?n *gate", "Loose[Wildcard(launder*), Wildcard(wom?n), Wildcard(*gate)]");
    check("w*n* ?at a**", "Loose[Wildcard(w*n*), Wildcard(?at), Wildcard(a**)]");
    check("won?", "Wildcard(won?)");
    check("https://a.org/?b=* x", "Loose[https://a.org/?b=*, x]");
    check("\"secur* guarant?es of * kind\"", "\"secur* guarant?es of * kind\"");
}

#[test]
fn a_question_mark_at_the_end_of_words_is_one() {
    check("who won?", "Loose[who, won]");
    check("-sport who won? ", "Loose[Not(sport), who, won]");
    check("a OR who won?", "Or[a, Loose[who, won]]");
    check("who won? OR a", "Or[Loose[who, Wildcard(won?)], a]");
    check("(who won?)", "Loose[who, Wildcard(won?)]");
    check("who w?n?", "Loose[who, Wildcard(w?n?)]");
    check("who and?", "Loose[who, Wildcard(and?)]");
    check("who w/5?", "Loose[who, Wildcard(w/5?)]");
    check("a AND won?", "And[a, Wildcard(won?)]");
    check_print("who won?", "who won");
    check_print("who (won?)", "who (won?)");
    check_print("a OR who (won?)", "a OR who (won?)");
    check_print("who won? OR a", "who won? OR a");
    check_print("-(who won?)", "NOT (who won?)");
}

#[test]
fn similar_spellings_allow_one_or_two_slips() {
    check(
        "zelenskiy~1 kyiw~ zelenskiy~2",
        "Loose[Fuzzy1(zelenskiy), Fuzzy1(kyiw), Fuzzy2(zelenskiy)]",
    );
    check("headline:kyiw~", "Headline(Fuzzy1(kyiw))");
    check_print("kyiw~", "kyiw~1");
}

#[test]
fn windows_and_slop_hold_the_words_of_a_phrase() {
    check("\"a b\"~4", "Window4(\"a b\")");
    check("(\"a b\")~4 c", "Loose[Window4(\"a b\"), c]");
    check("headline:“a b”~4", "Headline(Window4(\"a b\"))");
    check("slop/2(\"a b\") SLOP/0 (“a b”)", "Loose[Slop2(\"a b\"), Slop0(\"a b\")]");
    check_print("«a b»~04", "\"a b\"~4");
}

#[test]
fn functions_take_what_stands_in_parentheses() {
    check("atleast3(nato)", "AtLeast3(nato)");
    check("AtLeast3 (a OR b)", "AtLeast3(Or[a, b])");
    check("atleast2(a W/5 b)", "AtLeast2(Near[a W/5 b])");
    check("first/50(a AND NOT b)", "First50(And[a, Not(b)])");
    check(
        "exact(talks) Caps(Apple) ALLCAPS(WHO)",
        "Loose[Exact(talks), Caps(Apple), AllCaps(WHO)]",
    );
    check("first/50(atleast2(exact(a)))", "First50(AtLeast2(Exact(a)))");
    check("exact(atleast2(a) b)", "Exact(Loose[AtLeast2(a), b])");
    check("exact (a)", "Loose[exact, a]");
    check("headline:exact(a)b", "Loose[Headline(Exact(a)), b]");
    check("headline:slop/2(\"a b\")", "Headline(Slop2(\"a b\"))");
    check("lead:caps(Apple)", "Lead(Caps(Apple))");
    check("byline:(exact(a) b)", "Byline(Loose[Exact(a), b])");
}

#[test]
fn weights_follow_what_they_weigh() {
    check("ceasefire^2", "Weighted(ceasefire, 2)");
    check("a b^0.50 c", "Loose[a, Weighted(b, 0.5), c]");
    check("\"a b\"^3 (a OR b)^2", "Loose[Weighted(\"a b\", 3), Weighted(Or[a, b], 2)]");
    check("\"a b\"~4^2", "Weighted(Window4(\"a b\"), 2)");
    check("kyiw~1^2 ukrain*^2", "Loose[Weighted(Fuzzy1(kyiw), 2), Weighted(Wildcard(ukrain*), 2)]");
    check("(a W/5 b)^2", "Weighted(Near[a W/5 b], 2)");
    check("atleast3(nato)^2", "Weighted(AtLeast3(nato), 2)");
    check("(-a)^2", "Weighted(Not(a), 2)");
    check("*^2", "Weighted(Everything, 2)");
    check("((a)^2)^3", "Weighted(Weighted(a, 2), 3)");
    check("(date:2025)^0", "Weighted(Date(Equal 2025), 0)");
}

#[test]
fn a_weight_within_a_field_stays_there() {
    check("headline:a^2", "Headline(Weighted(a, 2))");
    check("headline:(a b)^2", "Headline(Weighted(Loose[a, b], 2))");
    check("headline:exact(a)^2", "Headline(Weighted(Exact(a), 2))");
    check("headline:(exact(a)^2)", "Headline(Weighted(Exact(a), 2))");
    check("(headline:a)^2", "Weighted(Headline(a), 2)");
    check_print("headline:((Analysis:)^2)", "headline:(Analysis:)^2");
}

#[test]
fn a_weight_of_one_leaves_no_trace() {
    check("a^1 (b c)^1.0", "Loose[a, b, c]");
    check("(a^1) W/5 b", "Near[a W/5 b]");
}

#[test]
fn what_is_recognised_has_fields_of_its_own() {
    check("person:putin pe:putin", "Loose[Person(putin), Person(putin)]");
    check("org:nato co=nato", "Loose[Org(nato), Org(nato)]");
    check("place:ukraine re:ukraine", "Loose[Place(ukraine), Place(ukraine)]");
    check("topic:\"armed conflict\" ns:a", "Loose[Topic(\"armed conflict\"), Topic(a)]");
    check("lead:ceasefire lp:a", "Loose[Lead(ceasefire), Lead(a)]");
}

#[test]
fn nothing_is_a_sign_in_ids_addresses_and_files() {
    check("id:(a:1 OR b:2)", "Id(Or[a:1, b:2])");
    check("id:(a^2 b~1 c? d*)", "Id(Loose[a^2, b~1, c?, Wildcard(d*)])");
    check("id:a^2", "Id(a^2)");
    check("id:and", "Id(and)");
    check("id:w/5", "Id(w/5)");
    check("file:first/50", "File(first/50)");
    check("id:\"a\"^2", "Id(Weighted(\"a\", 2))");
    check("id:((a)^2)", "Id(Weighted(a, 2))");
    check_print("id:((a)^2)", "id:(a)^2");
    check_print("id:(a^2)", "id:a^2");
}
