//! A member of staff, as the rest of the program sees one.

use std::fmt;
use std::str::FromStr;

use crate::payment::UnknownName;

/// The longest name on a tile, in characters.
pub const NAME_LIMIT: usize = 40;

/// What a member of staff may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Everything: also voids, items, staff, settings.
    Manager,
    /// Sells, and looks at the history.
    Cashier,
}

impl Role {
    /// The role's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Manager => "manager",
            Self::Cashier => "cashier",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Role {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, UnknownName> {
        match text {
            "manager" => Ok(Self::Manager),
            "cashier" => Ok(Self::Cashier),
            other => Err(UnknownName(other.to_owned())),
        }
    }
}

/// Somebody who works here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Their row.
    pub id: i64,
    /// The name on the tile.
    pub name: String,
    /// What they may do.
    pub role: Role,
}
