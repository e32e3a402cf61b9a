//! Binding a terminal: the key, its QR code as squares or as a picture, and the list of IDs with what is to be said of each.

use std::fmt::Write;

use serde::Serialize;
use till::{BindingCode, PREBIND_LIMIT, QrSquares};
use ts_rs::TS;

use super::wallets::png;

/// Where the QR code comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CodeKind {
    /// Drawn here, with the key that is shown.
    Drawn,
    /// The gateway's image, which holds another key than the one that is shown.
    Another,
    /// The gateway's image, which could not be read here.
    Unread,
    /// There is none.
    None,
}

/// A QR code to draw: so many squares a side, and the dark ones as one SVG path in these units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub(crate) struct SquaresView {
    pub(crate) side: u32,
    pub(crate) path: String,
}

/// What somebody at a terminal needs to bind it. Not `Debug`: it holds the key.
#[derive(Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BindingView {
    pub(crate) key: String,
    pub(crate) expires_at: String,
    pub(crate) code: CodeKind,
    /// Of a code that is drawn here.
    pub(crate) squares: Option<SquaresView>,
    /// Of the gateway's image, as a `data:` address.
    pub(crate) picture: Option<String>,
}

/// Why an ID cannot stand on the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PrebindProblem {
    Characters,
    TooLong,
    Duplicate,
    TooMany,
}

/// What is worth a second look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PrebindHint {
    /// Another ID of the list differs only in capital and small letters.
    DiffersInCase,
    /// It is bound already.
    Bound,
}

/// One ID of the list.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct PrebindLineView {
    pub(crate) id: String,
    pub(crate) problem: Option<PrebindProblem>,
    pub(crate) hint: Option<PrebindHint>,
    /// The other ID, for the hint.
    pub(crate) other: Option<String>,
}

/// The list, looked through.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PrebindView {
    pub(crate) lines: Vec<PrebindLineView>,
    /// The most that it takes.
    pub(crate) limit: u32,
    pub(crate) can_be_saved: bool,
}

impl From<till::Binding> for BindingView {
    fn from(binding: till::Binding) -> Self {
        let (code, squares, picture) = match binding.code {
            BindingCode::Drawn(squares) => (CodeKind::Drawn, Some(SquaresView::from(&squares)), None),
            BindingCode::Another(image) => (CodeKind::Another, None, Some(png(&image))),
            BindingCode::Unread(image) => (CodeKind::Unread, None, Some(png(&image))),
            BindingCode::None => (CodeKind::None, None, None),
        };
        Self {
            key: binding.key,
            expires_at: binding.expires_at.to_string(),
            code,
            squares,
            picture,
        }
    }
}

impl From<&QrSquares> for SquaresView {
    fn from(squares: &QrSquares) -> Self {
        let mut path = String::new();
        for (y, row) in squares.rows().enumerate() {
            let mut x = 0;
            for run in row.chunk_by(|one, next| one == next) {
                if run.first() == Some(&true) {
                    // Writing to a string does not fail.
                    let _ = write!(path, "M{x} {y}h{}v1h-{0}z", run.len());
                }
                x += run.len();
            }
        }
        Self {
            side: u32::try_from(squares.side()).unwrap_or_default(),
            path,
        }
    }
}

impl From<Vec<till::PrebindLine>> for PrebindView {
    fn from(lines: Vec<till::PrebindLine>) -> Self {
        Self {
            can_be_saved: lines.iter().all(|line| line.problem.is_none()),
            lines: lines.into_iter().map(PrebindLineView::from).collect(),
            limit: u32::try_from(PREBIND_LIMIT).unwrap_or_default(),
        }
    }
}

impl From<till::PrebindLine> for PrebindLineView {
    fn from(line: till::PrebindLine) -> Self {
        let (hint, other) = match line.hint {
            Some(till::PrebindHint::DiffersInCase(other)) => (Some(PrebindHint::DiffersInCase), Some(other)),
            Some(till::PrebindHint::Bound) => (Some(PrebindHint::Bound), None),
            None => (None, None),
        };
        Self {
            id: line.id,
            problem: line.problem.map(|problem| match problem {
                till::PrebindProblem::Characters => PrebindProblem::Characters,
                till::PrebindProblem::TooLong => PrebindProblem::TooLong,
                till::PrebindProblem::Duplicate => PrebindProblem::Duplicate,
                till::PrebindProblem::TooMany => PrebindProblem::TooMany,
            }),
            hint,
            other,
        }
    }
}
