//! In which order the queries of a workload are asked.

use crate::random::SplitMix64;

use super::Workload;

/// Returns the queries of a round by their indexes: each once, in an order by chance, the classes
/// spread evenly.
///
/// Whatever disturbs the machine for a while then falls on all classes alike, and no class warms up
/// what it alone needs. The same seed and round give the same order.
pub fn order(workload: &Workload, seed: u64, round: u64) -> Vec<usize> {
    let mut random = SplitMix64::new(seed.wrapping_add(round.wrapping_mul(0x5851_F42D_4C95_7F2D)));
    let mut placed = Vec::with_capacity(workload.queries.len());
    for mut queries in workload.by_class() {
        random.shuffle(&mut queries);
        let n_queries = queries.len().max(1) as u64;
        // Each class begins somewhere else, or all would ask their first query in a row.
        let offset = random.bits() >> 32;
        for (nth, query) in (0..).zip(queries) {
            let place = ((nth << 32) + offset) / n_queries;
            placed.push((place, query));
        }
    }
    placed.sort_unstable();
    placed.into_iter().map(|(_, query)| query).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workload() -> Workload {
        let lines: String =
            (0..30).map(|idx| format!("{}\tq{idx}\n", ["a", "b", "c"][idx % 3])).collect();
        Workload::read(lines.as_bytes(), "w").unwrap()
    }

    #[test]
    fn each_query_is_asked_once_and_the_seed_says_when() {
        let (first, again) = (order(&workload(), 1, 0), order(&workload(), 1, 0));
        assert_eq!(first, again);
        assert_ne!(first, order(&workload(), 1, 1));
        assert_ne!(first, order(&workload(), 2, 0));
        let mut sorted = first;
        sorted.sort_unstable();
        assert_eq!(sorted, (0..30).collect::<Vec<_>>());
    }

    #[test]
    fn the_classes_take_turns() {
        let workload = workload();
        for round in 0..20 {
            let classes: Vec<usize> =
                order(&workload, 1, round).iter().map(|it| workload.queries[*it].class).collect();
            assert!(classes.windows(3).all(|it| it[0] != it[1] || it[1] != it[2]), "{classes:?}");
            for third in classes.chunks(10) {
                let n_first = third.iter().filter(|it| **it == 0).count();
                assert!((2..=5).contains(&n_first), "{classes:?}");
            }
        }
    }
}
