//! How a command fails: a code that the page acts on, words for support, and whether trying again can help.

mod refused;

use serde::Serialize;
use till::{
    BadPicture, CheckoutError, MoneyError, Needed, Problem, StaffError, StoreError, Thing, TillError,
    VaultError,
};
use ts_rs::TS;

use self::refused::{field, item, quantity, rate, returned, tender};
use crate::support::SupportError;

/// Every way a command can fail. `ui/lib/errors.js` has words for each, and the type check holds it to that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ErrorCode {
    Locked,
    NotAllowed,
    WrongPin,
    PinDelayed,
    PinRules,
    NameNeeded,
    NameTooLong,
    LastManager,
    WrongPassword,
    WrongSecretKey,
    WrongPosId,
    WrongMerchantId,
    AccountLocked,
    SessionElsewhere,
    ClockWrong,
    GatewayRefused,
    GatewayUnreachable,
    GatewayAddress,
    GatewayUnreadable,
    RateLimited,
    NoTerminals,
    KeyringMissing,
    KeyringLocked,
    StoreBusy,
    StoreFull,
    StoreFailed,
    StoreNewer,
    SecondTill,
    AmountEmpty,
    AmountMalformed,
    AmountTooLarge,
    TicketEmpty,
    TicketFrozen,
    TicketBegun,
    TicketTooLong,
    Quantity,
    QuantityEmpty,
    QuantityMalformed,
    QuantityWhole,
    RateEmpty,
    RateMalformed,
    RateTooMuch,
    NothingToPark,
    TicketInTheWay,
    UnknownTicket,
    NoLastSale,
    UnknownTaxClass,
    TaxClassTwice,
    TaxClassInUse,
    TooManyTaxClasses,
    UnknownItem,
    UnknownLine,
    UnknownPayment,
    UnknownStaff,
    UnknownTerminal,
    NoTerminalChosen,
    TerminalHeld,
    TerminalWorking,
    BindingRefused,
    PrebindRefused,
    PrebindChanged,
    ChannelNeeded,
    NotSafeToCharge,
    SameAmountOpen,
    DigitsDiffer,
    ManagerNeeded,
    NothingToConfirm,
    NotVoidable,
    AlreadyVoided,
    VoidInDoubt,
    OpenPayments,
    NotTraining,
    NotSetUp,
    TextTooLong,
    PosIdNeeded,
    PasswordNeeded,
    MerchantIdNeeded,
    SecretKeyNeeded,
    AccountBusy,
    AccountChanging,
    OtherAccount,
    SetUpAlready,
    TestAmount,
    CallbackAddress,
    CallbackPath,
    CallbackInTraining,
    FileFailed,
    NoteInvalid,
    ProductInvalid,
    PromoInvalid,
    PromoNeedsCard,
    LabelInvalid,
    MetadataInvalid,
    SlipsInvalid,
    CashNotAllowed,
    CashNeedsCard,
    CashRules,
    LockAfter,
    NothingDue,
    DueChanged,
    MoreThanDue,
    CashNotEnough,
    NoCoin,
    TicketReturned,
    NotCurrent,
    NotPartlyPaid,
    PartlyPaid,
    ProofInvalid,
    ProofKnown,
    LegNotVoidable,
    ReturnNothing,
    ReturnTooMuch,
    ReturnMoreThanPaid,
    ReturnNotPaid,
    ReturnOnlyWhole,
    ReturnNotTheWhole,
    ReturnChanged,
    ReturnedAlready,
    NotPrintable,
    Printing,
    NoPrinter,
    NoReceipt,
    ReceiptTooSoon,
    ReceiptNotPrinted,
    ReceiptPerhapsPrinted,
    DrawerShut,
    PrinterAddress,
    CodeTaken,
    BarcodeTaken,
    SoldOut,
    BarcodeInvalid,
    TooManyBarcodes,
    PictureTooLarge,
    PictureInvalid,
    ImportMistakes,
    ImportChanged,
    TableTooLarge,
    TableTooManyRows,
    TableNotText,
    TableEmpty,
    TableNoHeadings,
    TableHeadingTwice,
    ScreenGone,
    NothingWaits,
    Internal,
}

/// What a failed command gives the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CommandError {
    pub(crate) code: ErrorCode,
    pub(crate) message: String,
    pub(crate) retryable: bool,
    /// How long to wait before trying again, where that is known.
    pub(crate) wait_seconds: Option<u32>,
    /// The gateway's own code, where it refused with one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub(crate) gateway_code: Option<u32>,
    /// What the words name: another item, or what was typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub(crate) detail: Option<String>,
}

impl CommandError {
    pub(crate) fn new(code: ErrorCode, message: impl ToString) -> Self {
        Self {
            code,
            message: message.to_string(),
            retryable: false,
            wait_seconds: None,
            gateway_code: None,
            detail: None,
        }
    }

    fn about(self, detail: &str) -> Self {
        Self {
            detail: Some(detail.to_owned()),
            ..self
        }
    }

    fn retryable(self) -> Self {
        Self {
            retryable: true,
            ..self
        }
    }
}

impl From<TillError> for CommandError {
    fn from(error: TillError) -> Self {
        let say = |code| Self::new(code, &error);
        match &error {
            TillError::Staff(inner) => staff(inner),
            TillError::Store(inner) => store(inner),
            TillError::Vault(inner) => vault(inner),
            TillError::Checkout(inner) => checkout(inner),
            TillError::Money(inner) => money(*inner),
            TillError::Quantity(inner) => quantity(*inner),
            TillError::Rate(inner) => rate(*inner),
            TillError::Call(inner) => call(inner),
            TillError::Entropy(_) | TillError::Client(_) | TillError::Page(_) | TillError::Unprintable(_) => {
                say(ErrorCode::Internal)
            }
            TillError::NoPrinter => say(ErrorCode::NoPrinter),
            TillError::NoReceipt => say(ErrorCode::NoReceipt),
            TillError::ReceiptTooSoon => say(ErrorCode::ReceiptTooSoon),
            TillError::Printer(_) => say(ErrorCode::PrinterAddress),
            TillError::Picture(BadPicture::TooLarge) => say(ErrorCode::PictureTooLarge),
            TillError::Picture(BadPicture::NotAPicture) => say(ErrorCode::PictureInvalid),
            TillError::File(_) => say(ErrorCode::FileFailed).retryable(),
            TillError::NotSetUp => say(ErrorCode::NotSetUp),
            TillError::Needed(what) => say(match what {
                Needed::PosId => ErrorCode::PosIdNeeded,
                Needed::Password => ErrorCode::PasswordNeeded,
                Needed::MerchantId => ErrorCode::MerchantIdNeeded,
                Needed::SecretKey => ErrorCode::SecretKeyNeeded,
            }),
            TillError::AccountBusy(_) => say(ErrorCode::AccountBusy),
            TillError::OtherAccount => say(ErrorCode::OtherAccount),
            TillError::SetUpAlready => say(ErrorCode::SetUpAlready),
            TillError::TestAmount => say(ErrorCode::TestAmount),
            TillError::TicketEmpty => say(ErrorCode::TicketEmpty),
            TillError::NoTerminalChosen => say(ErrorCode::NoTerminalChosen),
            TillError::NotSafeToCharge => say(ErrorCode::NotSafeToCharge),
            TillError::OpenPayments => say(ErrorCode::OpenPayments),
            TillError::SameAmountOpen(_) => say(ErrorCode::SameAmountOpen),
            TillError::DigitsDiffer => say(ErrorCode::DigitsDiffer),
            TillError::ManagerNeeded => say(ErrorCode::ManagerNeeded),
            TillError::NameNeeded => say(ErrorCode::NameNeeded),
            TillError::TextTooLong(_) => say(ErrorCode::TextTooLong),
            TillError::TerminalWorking(_) => say(ErrorCode::TerminalWorking).retryable(),
            TillError::PrebindRefused => say(ErrorCode::PrebindRefused),
            TillError::PrebindChanged => say(ErrorCode::PrebindChanged),
            TillError::GatewayAddress(_) => say(ErrorCode::GatewayAddress),
            TillError::CallbackAddress => say(ErrorCode::CallbackAddress),
            TillError::CallbackPath => say(ErrorCode::CallbackPath),
            TillError::CallbackInTraining => say(ErrorCode::CallbackInTraining),
            TillError::PartlyPaid => say(ErrorCode::PartlyPaid),
            TillError::Proof(_) => say(ErrorCode::ProofInvalid),
            TillError::Field(inner) => field(inner),
            TillError::Item(inner) => item(inner),
            TillError::Cash(_) => say(ErrorCode::CashNotAllowed),
            TillError::CashRules => say(ErrorCode::CashRules),
            TillError::LockAfter(_) => say(ErrorCode::LockAfter),
        }
    }
}

impl From<Problem> for CommandError {
    fn from(problem: Problem) -> Self {
        match &problem {
            Problem::Call(error) => call(error),
            Problem::NoTerminals => Self::new(ErrorCode::NoTerminals, "the account has no terminal"),
            Problem::WrongSecretKey => Self::new(
                ErrorCode::WrongSecretKey,
                "the gateway computes another signature",
            ),
            Problem::WrongMerchantId => Self::new(
                ErrorCode::WrongMerchantId,
                "the merchant ID is not this account's",
            ),
            Problem::ClockWrong => Self::new(ErrorCode::ClockWrong, "the clocks differ too much"),
        }
    }
}

fn staff(error: &StaffError) -> CommandError {
    let code = match error {
        StaffError::Locked => ErrorCode::Locked,
        StaffError::NotAllowed => ErrorCode::NotAllowed,
        StaffError::WrongPin => ErrorCode::WrongPin,
        StaffError::Delayed(seconds) => {
            let wait_seconds = u32::try_from(*seconds).ok();
            return CommandError {
                wait_seconds,
                ..CommandError::new(ErrorCode::PinDelayed, error)
            };
        }
        StaffError::Rules(_) => ErrorCode::PinRules,
        StaffError::NameNeeded => ErrorCode::NameNeeded,
        StaffError::NameTooLong => ErrorCode::NameTooLong,
        StaffError::LastManager => ErrorCode::LastManager,
        StaffError::WrongPassword => ErrorCode::WrongPassword,
        StaffError::Entropy(_) => ErrorCode::Internal,
        StaffError::Store(inner) => return store(inner),
    };
    CommandError::new(code, error)
}

fn store(error: &StoreError) -> CommandError {
    let say = |code| CommandError::new(code, error);
    match error {
        StoreError::Busy => say(ErrorCode::StoreBusy).retryable(),
        StoreError::Full => say(ErrorCode::StoreFull).retryable(),
        StoreError::Newer => say(ErrorCode::StoreNewer),
        StoreError::SecondTill(_) => say(ErrorCode::SecondTill).retryable(),
        StoreError::TerminalHeld(_) => say(ErrorCode::TerminalHeld),
        StoreError::TicketTaken(_) | StoreError::Frozen => say(ErrorCode::TicketFrozen),
        StoreError::Begun => say(ErrorCode::TicketBegun),
        StoreError::VoidTaken(_) => say(ErrorCode::VoidInDoubt),
        StoreError::CodeTaken { by, .. } => say(ErrorCode::CodeTaken).about(by),
        StoreError::BarcodeTaken { by, .. } => say(ErrorCode::BarcodeTaken).about(by),
        StoreError::SoldOut(name) => say(ErrorCode::SoldOut).about(name),
        StoreError::TooManyLines => say(ErrorCode::TicketTooLong),
        StoreError::Quantity(inner) => quantity(*inner),
        StoreError::QuantityNeeded => say(ErrorCode::QuantityEmpty),
        StoreError::NothingToPark => say(ErrorCode::NothingToPark),
        StoreError::TicketInTheWay => say(ErrorCode::TicketInTheWay),
        StoreError::NoLastSale => say(ErrorCode::NoLastSale),
        StoreError::TaxClassTwice => say(ErrorCode::TaxClassTwice),
        StoreError::TooManyTaxClasses => say(ErrorCode::TooManyTaxClasses),
        StoreError::TaxClassInUse => say(ErrorCode::TaxClassInUse),
        StoreError::Money(inner) => money(*inner),
        StoreError::Tender(refused) => say(tender(refused)),
        StoreError::Return(refused) => say(returned(refused)),
        StoreError::Missing(thing) => say(match thing {
            Thing::Payment => ErrorCode::UnknownPayment,
            Thing::Item => ErrorCode::UnknownItem,
            Thing::Line => ErrorCode::UnknownLine,
            Thing::Staff => ErrorCode::UnknownStaff,
            Thing::Terminal => ErrorCode::UnknownTerminal,
            Thing::Candidate => ErrorCode::NothingToConfirm,
            Thing::TaxClass => ErrorCode::UnknownTaxClass,
            Thing::Ticket => ErrorCode::UnknownTicket,
            Thing::Row => ErrorCode::Internal,
        }),
        StoreError::Unreadable(_) | StoreError::Failed(_) => say(ErrorCode::StoreFailed).retryable(),
        StoreError::TransactionKnown(_) | StoreError::Illegal(_) | StoreError::NotSealed => {
            say(ErrorCode::Internal)
        }
    }
}

fn vault(error: &VaultError) -> CommandError {
    match error {
        VaultError::Missing(_) => CommandError::new(ErrorCode::KeyringMissing, error).retryable(),
        VaultError::Locked(_) | VaultError::Failed(_) => {
            CommandError::new(ErrorCode::KeyringLocked, error).retryable()
        }
    }
}

fn checkout(error: &CheckoutError) -> CommandError {
    let code = match error {
        CheckoutError::Store(inner) => return store(inner),
        CheckoutError::Money(inner) => return money(*inner),
        CheckoutError::Entropy(_) => ErrorCode::Internal,
        CheckoutError::ChannelNeeded => ErrorCode::ChannelNeeded,
        CheckoutError::CashNeedsCard => ErrorCode::CashNeedsCard,
        CheckoutError::Field(inner) => return field(inner),
        CheckoutError::NotPrintable(_) => ErrorCode::NotPrintable,
        CheckoutError::Printing => ErrorCode::Printing,
        CheckoutError::NotVoidable(_) => ErrorCode::NotVoidable,
        CheckoutError::AlreadyVoided => ErrorCode::AlreadyVoided,
        CheckoutError::VoidInDoubt => ErrorCode::VoidInDoubt,
        CheckoutError::AccountChanging => ErrorCode::AccountChanging,
    };
    CommandError::new(code, error)
}

fn money(error: MoneyError) -> CommandError {
    let code = match error {
        MoneyError::Empty | MoneyError::NotPositive => ErrorCode::AmountEmpty,
        MoneyError::Malformed(_) => ErrorCode::AmountMalformed,
        MoneyError::TooLarge => ErrorCode::AmountTooLarge,
        MoneyError::Mixed(..) => ErrorCode::Internal,
    };
    CommandError::new(code, error)
}

/// What the gateway said, by the codes of the protocol's table.
fn call(error: &cloudecr::CallError) -> CommandError {
    use cloudecr::CallError;
    let say = |code| CommandError {
        gateway_code: error.code(),
        ..CommandError::new(code, error)
    };
    match error {
        CallError::Unreachable { .. } | CallError::TimedOut => say(ErrorCode::GatewayUnreachable).retryable(),
        CallError::Unreadable { .. } | CallError::TooLarge | CallError::UnusablePicture { .. } => {
            say(ErrorCode::GatewayUnreadable)
        }
        CallError::RateLimited { wait } => CommandError {
            wait_seconds: u32::try_from(wait.as_secs().saturating_add(1)).ok(),
            ..say(ErrorCode::RateLimited).retryable()
        },
        CallError::Rejected { code, .. } => match code {
            Some(40021 | 40420) => say(ErrorCode::WrongPosId),
            Some(40022) => say(ErrorCode::WrongMerchantId),
            Some(40125) => say(ErrorCode::WrongPassword),
            Some(40314) => say(ErrorCode::SessionElsewhere).retryable(),
            Some(42930) => say(ErrorCode::AccountLocked),
            Some(40026 | 40320) => say(ErrorCode::WrongSecretKey),
            Some(40027) => say(ErrorCode::ClockWrong),
            Some(_) => say(ErrorCode::GatewayRefused),
            None => say(ErrorCode::GatewayRefused).retryable(),
        },
    }
}

impl From<SupportError> for CommandError {
    fn from(error: SupportError) -> Self {
        match error {
            SupportError::Till(error) => error.into(),
            SupportError::File(error) => error.into(),
        }
    }
}

impl From<std::io::Error> for CommandError {
    fn from(error: std::io::Error) -> Self {
        Self::new(ErrorCode::FileFailed, error).retryable()
    }
}

impl From<tauri::Error> for CommandError {
    fn from(error: tauri::Error) -> Self {
        Self::new(ErrorCode::Internal, error)
    }
}
