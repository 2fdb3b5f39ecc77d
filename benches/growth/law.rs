//! Power laws: how often a tenfold archive multiplies what is measured.

/// What is measured goes with the number of articles to the power of an exponent.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Law {
    /// 1 where ten times the articles take ten times as much, 0 where their number does not matter.
    pub(crate) exponent: f64,
    /// The largest factor between what was measured and what the law says.
    pub(crate) off: f64,
}

impl Law {
    /// Fits a law to pairs of a number of articles and a measure: a line by least squares, both
    /// logarithmic. Nothing where there are not two sizes, or something took nothing.
    pub(crate) fn of(points: &[(f64, f64)]) -> Option<Self> {
        if points.len() < 2 || points.iter().any(|it| it.0 <= 0.0 || it.1 <= 0.0) {
            return None;
        }
        let points: Vec<(f64, f64)> = points.iter().map(|it| (it.0.ln(), it.1.ln())).collect();
        let mean =
            |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / points.len() as f64;
        let (x_mean, y_mean) = (mean(|it| it.0), mean(|it| it.1));
        let over = |it: &(f64, f64)| (it.0 - x_mean) * (it.1 - y_mean);
        let under = |it: &(f64, f64)| (it.0 - x_mean).powi(2);
        let exponent = points.iter().map(over).sum::<f64>() / points.iter().map(under).sum::<f64>();
        let off = |it: &(f64, f64)| (it.1 - y_mean - exponent * (it.0 - x_mean)).abs();
        let off = points.iter().map(off).fold(0.0, f64::max).exp();
        exponent.is_finite().then_some(Self { exponent, off })
    }

    /// Fits a law to the sizes within a factor of ten of the largest: what is a fixed cost among
    /// small ones is less among these, so that it tells more of larger ones.
    pub(crate) fn of_last_tenfold(points: &[(f64, f64)]) -> Option<Self> {
        let largest = points.last()?.0;
        let late: Vec<(f64, f64)> =
            points.iter().copied().filter(|it| it.0 * 10.0 >= largest).collect();
        Self::of(&late)
    }
}

/// Fits laws that are known: a bench that misread them would mislead quietly.
pub(crate) fn check() {
    let points = |law: fn(f64) -> f64| [1e3, 1e4, 1e5].map(|n| (n, law(n)));
    for (law, exponent) in [
        ((|n| 3.0 * n) as fn(f64) -> f64, 1.0),
        (|n| n.sqrt(), 0.5),
        (|_| 7.0, 0.0),
        (|n| 5.0 / n, -1.0),
    ] {
        let found = Law::of(&points(law)).expect("a law");
        assert!((found.exponent - exponent).abs() < 1e-9 && found.off < 1.0 + 1e-9, "{found:?}");
    }
    let bent = points(|n| if n < 1e4 { 1e4 } else { n });
    assert!(Law::of(&bent).expect("a law").off > 1.2, "a bend is no law");
    let late = Law::of_last_tenfold(&bent).expect("a law");
    assert!((late.exponent - 1.0).abs() < 1e-9, "{late:?}");
    assert!(Law::of(&bent[..1]).is_none(), "one size has no law");
}
