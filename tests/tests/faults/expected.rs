//! What is tried, and how it should end.

use cloudecr::PaymentMethod;
use cloudecr_simulator::InquiryReference;

/// What a fault is tried with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    Card,
    CustomerScans,
    MerchantScans,
    CashOut,
    Void,
}

impl Way {
    pub(crate) const ALL: [Self; 5] = [
        Self::Card,
        Self::CustomerScans,
        Self::MerchantScans,
        Self::CashOut,
        Self::Void,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Card => "card sale",
            Self::CustomerScans => "QR, customer scans",
            Self::MerchantScans => "QR, terminal scans",
            Self::CashOut => "cash-out",
            Self::Void => "void",
        }
    }

    /// How the customer pays; a void is one of a card sale.
    pub(crate) fn method(self) -> PaymentMethod {
        match self {
            Self::Card | Self::CashOut | Self::Void => PaymentMethod::BankCard,
            Self::CustomerScans => PaymentMethod::QrCustScan,
            Self::MerchantScans => PaymentMethod::QrMerchScan,
        }
    }

    pub(crate) fn is_wallet(self) -> bool {
        self.method() != PaymentMethod::BankCard
    }

    /// What the book says of the money.
    pub(crate) fn book(self, moved: bool) -> &'static str {
        match (self, moved) {
            (Self::Void, true) => "voided",
            (Self::Void, false) => "not voided",
            (_, true) => "charged",
            (_, false) => "not charged",
        }
    }
}

/// How a payment ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    Approved,
    Declined,
    NotCharged,
    Pending,
    Unknown,
    /// Refused before there was a payment.
    NotStarted,
    /// Proven by absence, which for a wallet is no proof.
    Absent,
    /// Found by asking about a wallet; the terminal's last transaction is another one, so a card stays unknown.
    WalletsOnly,
}

impl Class {
    /// The state's name in which such a payment ends.
    pub(crate) fn state(self, way: Way) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Declined => "declined",
            Self::NotCharged => "not_charged",
            Self::Pending => "pending",
            Self::Unknown => "unknown",
            Self::NotStarted => "not started",
            Self::Absent if way.is_wallet() => "unknown",
            Self::Absent => "not_charged",
            Self::WalletsOnly if way.is_wallet() => "approved",
            Self::WalletsOnly => "unknown",
        }
    }
}

/// How a fault's payments should end, by both ways in which a gateway may answer getLast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Expected {
    class: [Class; 2],
    conflict: [bool; 2],
    /// A void raises none.
    for_charges: bool,
}

impl Expected {
    /// The same either way.
    pub(crate) const fn always(class: Class) -> Self {
        Self::either(class, class)
    }

    /// With the original's reference in the answer, or with the inquiry's own.
    pub(crate) const fn either(original: Class, inquiry: Class) -> Self {
        Self {
            class: [original, inquiry],
            conflict: [false; 2],
            for_charges: false,
        }
    }

    /// A manager is called.
    pub(crate) const fn in_conflict(self) -> Self {
        Self {
            conflict: [true; 2],
            ..self
        }
    }

    /// A manager is called where the answers show whose transaction and what sort it is.
    /// A void that is taken back leaves nothing that would show it.
    pub(crate) const fn in_conflict_by_original(self) -> Self {
        Self {
            conflict: [true, false],
            for_charges: true,
            ..self
        }
    }

    fn conflict(self, way: Way, side: usize) -> bool {
        self.conflict[side] && !(self.for_charges && way == Way::Void)
    }

    /// Whether a payment that ended so is as it should be.
    pub(crate) fn is(self, way: Way, reference: InquiryReference, state: &str, conflict: bool) -> bool {
        let side = side(reference);
        self.class[side].state(way) == state && self.conflict(way, side) == conflict
    }

    /// For the table.
    pub(crate) fn describe(self, way: Way) -> String {
        let [original, inquiry] = [0, 1].map(|side| {
            let conflict = if self.conflict(way, side) {
                ", conflict"
            } else {
                ""
            };
            format!("{}{conflict}", self.class[side].state(way))
        });
        if original == inquiry {
            original
        } else {
            format!("{original} / {inquiry}")
        }
    }
}

/// Which column a behaviour of getLast has.
pub(crate) fn side(reference: InquiryReference) -> usize {
    match reference {
        InquiryReference::Original => 0,
        InquiryReference::Inquiry => 1,
    }
}
