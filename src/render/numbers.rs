//! Numbers for people.

/// Prints a number with its noun: `1 article`, `21,577 articles`, `2 queries`.
pub fn counted(n: u64, noun: &str) -> String {
    let n = grouped(n);
    match (n.as_str(), noun.strip_suffix("ry")) {
        ("1", _) => format!("{n} {noun}"),
        (_, Some(stem)) => format!("{n} {stem}ries"),
        (_, None) => format!("{n} {noun}s"),
    }
}

/// Prints a number with separators of thousands.
pub fn grouped(n: u64) -> String {
    let figures = n.to_string();
    let mut grouped = String::new();
    for (idx, figure) in figures.chars().enumerate() {
        if idx > 0 && (figures.len() - idx).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(figure);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_and_nouns_follow() {
        for (n, text) in [(0, "0 articles"), (1, "1 article"), (1_234_567, "1,234,567 articles")] {
            assert_eq!(counted(n, "article"), text);
        }
        assert_eq!([counted(1, "query"), counted(2, "query")], ["1 query", "2 queries"]);
    }
}
