//! Who wrote it.

/// What the part of a byline begins or ends with that names an agency or an office, not a person.
const OFFICES: &[&str] = &[
    "afp",
    "agence france-presse",
    "agencies",
    "agency",
    "ap",
    "associated press",
    "bloomberg",
    "bureau",
    "chief",
    "columnist",
    "contributor",
    "correspondent",
    "desk",
    "dpa",
    "editor",
    "journalist",
    "news",
    "newsroom",
    "pa",
    "reporter",
    "reuters",
    "staff",
    "team",
    "upi",
    "writer",
];

/// Makes a byline of the names that were found: `Ann Hale, Tom Ruiz and Kit Marlow`.
///
/// The word "By" is taken off, and what says for whom a person works: `By ANN HALE, Associated
/// Press Writer` and `Ann Hale | AP` are `ANN HALE` and `Ann Hale`. A byline that names nobody else
/// keeps its agency.
pub(super) fn of_names(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|it| person(it).to_owned()).collect();
    super::joined(&names)
}

/// Returns a byline without the word before it and the office behind it.
fn person(name: &str) -> &str {
    let name = without_by(name);
    let mut rest = name;
    while let Some((at, sign)) = last_sign(rest) {
        let (before, tail) = (rest[..at].trim(), rest[at + sign..].trim().trim_end_matches(')'));
        if before.is_empty() || !is_office(tail) {
            break;
        }
        rest = before;
    }
    rest
}

/// Returns the last sign that may part a person from an office, and its length.
fn last_sign(text: &str) -> Option<(usize, usize)> {
    let signs = [", ", " | ", " - ", " – ", " — ", " (", "/"];
    signs.iter().filter_map(|sign| text.rfind(sign).map(|at| (at, sign.len()))).max()
}

fn is_office(tail: &str) -> bool {
    let tail = tail.to_lowercase();
    let ends = |office: &&str| {
        let ended = |rest: Option<&str>, edge: fn(&str) -> bool| rest.is_some_and(edge);
        ended(tail.strip_suffix(*office), |rest| rest.is_empty() || rest.ends_with(' '))
            || ended(tail.strip_prefix(*office), |rest| rest.starts_with(' '))
    };
    OFFICES.iter().any(ends)
}

/// Takes the word "By" from a byline that was copied as printed.
fn without_by(byline: &str) -> &str {
    match byline.get(..3) {
        Some(by) if by.eq_ignore_ascii_case("by ") || by.eq_ignore_ascii_case("by:") => {
            byline[3..].trim_start()
        }
        _ => byline,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_office_is_parted_from_the_person() {
        for (printed, want) in [
            ("By Ann Hale", "Ann Hale"),
            ("by: Ann Hale and Tom Ruiz", "Ann Hale and Tom Ruiz"),
            ("By ANN HALE, Associated Press Writer", "ANN HALE"),
            ("Ann Hale, Courier Staff Writer", "Ann Hale"),
            ("Ann Hale | AP", "Ann Hale"),
            ("Ann Hale (Reuters)", "Ann Hale"),
            ("Ann Hale in Port Elsmere, Tom Ruiz", "Ann Hale in Port Elsmere, Tom Ruiz"),
            ("Reuters", "Reuters"),
            ("Courier Staff", "Courier Staff"),
            ("Ann Hale-Newsome", "Ann Hale-Newsome"),
            ("By", "By"),
            ("", ""),
        ] {
            assert_eq!(person(printed), want, "{printed}");
        }
    }
}
