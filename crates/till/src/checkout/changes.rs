//! What a checkout tells those who watch.

use crate::payment::Payment;

/// A payment changed.
#[derive(Debug, Clone)]
pub struct Change {
    /// The payment as it should be shown now.
    pub payment: Payment,
    /// Whether that is on the disk. If not, the till keeps trying and says so.
    pub saved: bool,
    /// Whether this change is the one by which the customer has paid, or by which the void has gone through, also by a manager's
    /// decision. What is told of a payment that counted before is not.
    pub approved: bool,
}
