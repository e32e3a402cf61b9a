//! Figures as they are printed: what Kaunter took, what it is held against, and the ratio. Whole numbers all through.

use std::fmt;

/// One line of the table.
pub(crate) struct Row {
    name: &'static str,
    took: u64,
    beside: Option<u64>,
    /// In hundredths.
    limit: Option<u64>,
    /// In the row's own unit.
    ceiling: Option<u64>,
}

impl Row {
    pub(crate) fn new(name: &'static str, took: u64) -> Self {
        Self {
            name,
            took,
            beside: None,
            limit: None,
            ceiling: None,
        }
    }

    /// What it is held against.
    pub(crate) fn beside(self, reference: u64) -> Self {
        Self {
            beside: Some(reference),
            ..self
        }
    }

    /// The target: no more than so many hundredths of the reference.
    pub(crate) fn at_most(self, hundredths: u64) -> Self {
        Self {
            limit: Some(hundredths),
            ..self
        }
    }

    /// The target: no more than this, in the row's unit.
    pub(crate) fn below(self, ceiling: u64) -> Self {
        Self {
            ceiling: Some(ceiling),
            ..self
        }
    }

    fn ratio(&self) -> Option<u64> {
        self.took.saturating_mul(100).checked_div(self.beside?)
    }

    /// Whether it keeps its target, where it has one.
    pub(crate) fn is_good(&self) -> bool {
        let within = match (self.limit, self.ratio()) {
            (Some(limit), Some(ratio)) => ratio <= limit,
            (Some(_), None) => false,
            (None, _) => true,
        };
        within && self.ceiling.is_none_or(|ceiling| self.took <= ceiling)
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hundredths = |of: u64| format!("{}.{:02}", of / 100, of % 100);
        let beside = self.beside.map_or(String::new(), |value| value.to_string());
        let ratio = self.ratio().map_or(String::new(), hundredths);
        write!(f, "{:<48}{:>10}{beside:>10}{ratio:>8}", self.name, self.took)?;
        if let Some(limit) = self.limit {
            write!(f, "  ≤ {}", hundredths(limit))?;
        }
        if let Some(ceiling) = self.ceiling {
            write!(f, "  ≤ {ceiling}")?;
        }
        if self.is_good() {
            Ok(())
        } else {
            write!(f, "  MISSED")
        }
    }
}

/// The middle one; 0 of none.
pub(crate) fn median(all: &[u64]) -> u64 {
    percentile(all, 50)
}

/// The smallest that so many in a hundred do not exceed; 0 of none.
pub(crate) fn percentile(all: &[u64], percent: usize) -> u64 {
    let mut sorted = all.to_vec();
    sorted.sort_unstable();
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied().unwrap_or_default()
}
