//! Dates in the names of files and folders.

use crate::text::Moment;

/// The years that a name may mean; the first newspaper was printed in 1605.
const YEARS: std::ops::RangeInclusive<i16> = 1605..=2100;

/// Finds the date that a path tells.
///
/// Understood are, anywhere in a name, `2024-03-14`, `2024_03_14`, `2024.03.14` and `20240314`;
/// as folders `2024/03/14`, `2024/03`, `2024-03` and `2024`, where the last may also be the name
/// of the file (`2024.jsonl`, `2024/03.jsonl`); and where a name begins with them the day after
/// its month (`2024/03/14-slug.txt`) and the year (`2024-review.txt`). The most precise counts,
/// of several the last.
///
/// Figures within a longer run of figures, or of hexadecimal figures (`94ac584e2d0b5b00`,
/// `19870226123`), are no date. A name that begins with a number that could be a year is taken
/// for that year: `1984-reviewed.txt` is dated 1984. When the file was written is not asked: a
/// copy of an archive would be dated by its copying.
pub(in crate::source) fn find(path: &str) -> Option<Moment> {
    let names: Vec<&str> = path.split('/').collect();
    let mut best: Option<Moment> = None;
    for (idx, name) in names.iter().enumerate() {
        let rest = &names[idx + 1..];
        for found in [of_folders(name, rest), within(name)].into_iter().flatten() {
            if best.is_none_or(|it| it.precision <= found.precision) {
                best = Some(found);
            }
        }
    }
    best
}

/// Reads a year, month or day that begins with a name and goes on in the names below it.
fn of_folders(name: &str, rest: &[&str]) -> Option<Moment> {
    let (year, after) = leading(name, 4)?;
    let year = i16::try_from(year).ok().filter(|it| YEARS.contains(it))?;
    let part = |number: u32| i8::try_from(number).unwrap_or(0);
    let month_in_name = after
        .strip_prefix(['-', '_', '.'])
        .and_then(|it| leading(it, 2))
        .filter(|(_, after)| is_end(after))
        .map(|(month, _)| (month, rest));
    let month_below = || {
        let (below, rest) = rest.split_first().filter(|_| after.is_empty())?;
        let (month, after) = leading(below, 2)?;
        (is_end(after)).then_some((month, rest))
    };
    let Some((month, rest)) = month_in_name.or_else(month_below) else {
        return Moment::year(year);
    };
    let day = rest.first().and_then(|it| leading(it, 2));
    day.and_then(|(day, _)| Moment::day(year, part(month), part(day)))
        .or_else(|| Moment::month(year, part(month)))
        .or_else(|| Moment::year(year))
}

/// Reads the number of exactly so many figures that a name begins with, and what follows it.
fn leading(name: &str, n_figures: usize) -> Option<(u32, &str)> {
    let number = name.get(..n_figures).filter(|it| is_figures(it))?;
    let after = &name[n_figures..];
    let ends = !after.starts_with(|c: char| c.is_alphanumeric());
    ends.then(|| number.parse().ok().map(|it| (it, after)))?
}

/// Tells whether nothing of a name is left but its extension.
fn is_end(after: &str) -> bool {
    after.is_empty()
        || after.strip_prefix('.').is_some_and(|it| {
            it.starts_with(|c: char| c.is_ascii_alphabetic())
                && it.chars().all(|c| c.is_ascii_alphanumeric() || c == '.')
        })
}

/// Finds the last whole day within a name.
fn within(name: &str) -> Option<Moment> {
    let starts = name.char_indices().map(|(at, _)| at);
    starts.rev().find_map(|at| day_at(name, at))
}

/// Reads a whole day that stands at a place of a name, in a run of its own.
fn day_at(name: &str, at: usize) -> Option<Moment> {
    let rest = &name[at..];
    let part = |from: usize, to: usize| rest.get(from..to).filter(|it| is_figures(it));
    let (month, day, len) = match rest.as_bytes().get(4)? {
        sign @ (b'-' | b'_' | b'.') if rest.as_bytes().get(7) == Some(sign) => {
            (part(5, 7)?, part(8, 10)?, 10)
        }
        _ => (part(4, 6)?, part(6, 8)?, 8),
    };
    let year = part(0, 4)?.parse().ok().filter(|it| YEARS.contains(it))?;
    let (before, after) = (&name[..at], &rest[len..]);
    stands_alone(before, &rest[..len], after)
        .then(|| Moment::day(year, month.parse().ok()?, day.parse().ok()?))?
}

/// Tells whether figures are no part of a longer number or hash.
///
/// Letters may touch them (`apw20240314`, `20240314T1015`) unless the whole run could be
/// hexadecimal.
fn stands_alone(before: &str, figures: &str, after: &str) -> bool {
    let is_run = |c: &char| c.is_ascii_alphanumeric();
    let left: Vec<char> = before.chars().rev().take_while(is_run).collect();
    let right: Vec<char> = after.chars().take_while(is_run).collect();
    let touches_figure = |run: &[char]| run.first().is_some_and(char::is_ascii_digit);
    let is_hex = |run: &[char]| !run.is_empty() && run.iter().all(char::is_ascii_hexdigit);
    let hex = match figures.len() {
        8 => is_hex(&[left.as_slice(), right.as_slice()].concat()),
        _ => is_hex(&left) || is_hex(&right),
    };
    !touches_figure(&left) && !touches_figure(&right) && !hex
}

/// Tells whether there are only figures in a text.
fn is_figures(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, date: &str) {
        let found = find(path).map_or("none".to_owned(), |it| it.to_string());
        assert_eq!(found, date, "{path}");
    }

    #[test]
    fn days_are_found_in_names_and_folders() {
        check("courier/2024/03/14-slug.txt", "2024-03-14");
        check("courier/2024/03/14/slug.txt", "2024-03-14");
        check("courier/2024-03/14-slug.txt", "2024-03-14");
        check("2024-03-14.txt", "2024-03-14");
        check("2024-03-14-bridge-to-close.txt", "2024-03-14");
        check("bridge_2024_03_14.txt", "2024-03-14");
        check("bridge.2024.03.14.txt", "2024-03-14");
        check("20240314.txt", "2024-03-14");
        check("apw20240314.0012.txt", "2024-03-14");
        check("20240314T101500Z.txt", "2024-03-14");
        check("wire/19870226/0001.txt", "1987-02-26");
    }

    #[test]
    fn months_and_years_are_found_where_they_stand_alone() {
        check("2024/03/bridge.txt", "2024-03");
        check("2024/03.jsonl", "2024-03");
        check("2024-03/bridge.txt", "2024-03");
        check("2024-03.jsonl", "2024-03");
        check("2024/bridge.txt", "2024");
        check("wire/2024.jsonl", "2024");
        check("2024-10-things-to-know.txt", "2024");
        check("2024/10-things-to-know.txt", "2024");
        check("2024/13/bridge.txt", "2024");
        check("2024/02/30-bridge.txt", "2024-02");
    }

    #[test]
    fn the_most_precise_date_counts_and_of_several_the_last() {
        check("2019/2024-03-14.txt", "2024-03-14");
        check("2024-03-14/2019-review.txt", "2024-03-14");
        check("2024-03-14/2024-03-15.txt", "2024-03-15");
        check("1999/2001/bridge.txt", "2001");
        check("2024-03-14-to-2024-03-16.txt", "2024-03-16");
    }

    #[test]
    fn other_numbers_are_no_dates() {
        for path in [
            "000_94ac584e2d0b5b00.txt",
            "19870226123",
            "20240314101500.txt",
            "a1b20240314c3d4.txt",
            "reuters21578/1.txt",
            "bridge-2024.txt",
            "1234567.txt",
            "99999999.txt",
            "20241314.txt",
            "2024x.txt",
            "0314.txt",
            "14-slug.txt",
            "1604/bridge.txt",
            "9f8e2024-03-14.txt",
            "",
            "é/ü.txt",
        ] {
            check(path, "none");
        }
    }
}
