//! What a check found.

/// How many findings of a check are told; the others are counted.
pub const FINDINGS_TOLD_MAX: usize = 20;

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// How many things were looked at: files, articles.
    pub n_checked: u64,
    /// How many of them are not as they should be.
    pub n_damaged: u64,
    /// What is wrong with the first of these, in a line each.
    pub told: Vec<String>,
    /// What could not be looked at, or has a reason that is no damage, in a line each.
    pub notes: Vec<String>,
}

impl Findings {
    /// Notes that something is not as it should be; `told` says what in a line.
    pub fn damage(&mut self, told: impl FnOnce() -> String) {
        self.n_damaged += 1;
        if self.told.len() < FINDINGS_TOLD_MAX {
            self.told.push(told());
        }
    }

    /// Notes something that is no damage, in a line.
    pub fn note(&mut self, note: impl FnOnce() -> String) {
        if self.notes.len() < FINDINGS_TOLD_MAX {
            self.notes.push(note());
        }
    }

    /// Adds what another check found damaged of the same things.
    pub fn add_damages(&mut self, other: Self) {
        self.n_damaged += other.n_damaged;
        let n_free = FINDINGS_TOLD_MAX.saturating_sub(self.told.len());
        self.told.extend(other.told.into_iter().take(n_free));
    }

    /// Tells whether everything that was looked at is as it should be.
    pub fn is_sound(&self) -> bool {
        self.n_damaged == 0
    }
}
