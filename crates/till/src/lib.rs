//! The point of sale without a window: money, tickets, payments, the store, the vault, staff and receipts.
//!
//! The promise that everything here serves: at any moment, whatever has failed, the till knows or says that it does
//! not know whether the customer was charged, and it never charges twice by itself.

mod checkout;
mod counter;
mod entropy;
mod inquiry;
mod items;
mod labels;
mod money;
mod options;
#[doc(hidden)]
pub mod outside;
mod pace;
mod payment;
mod picture;
mod prebind;
pub mod print;
mod qr;
mod receipt;
mod reference;
mod roll_out;
mod setup;
mod staff;
mod store;
mod tax;
mod tender;
mod ticket;
mod till;
mod timeline;
mod vault;
mod verify;

pub use checkout::{Change, Charge, Checkout, CheckoutError, CheckoutParts, HandDecision, NoSlip, Reprint};
pub use counter::CounterSettings;
pub use entropy::{Entropy, NoEntropy, SystemEntropy};
pub use inquiry::InquiryTimes;
pub use items::sheet::{
    Column as TableColumn, FILE_LIMIT as TABLE_FILE_LIMIT, Fate, FileProblem, Letters, Mistake as RowMistake,
    MistakeWords, PlannedRow, Problem as RowProblem, ROW_LIMIT as TABLE_ROW_LIMIT, TableLanguage,
};
pub use items::{
    BARCODE_LIMIT, BARCODES_LIMIT, BadBarcode, Barcode, CATEGORY_LIMIT, CODE_LIMIT, Category, Item,
    ItemFacts, ItemForm, ItemPage, ItemProblem, ItemQuery, PictureChange, SCAN_LIMIT, Scan,
};
pub use labels::{channel_label, paid_with};
pub use money::{
    Amount, Currency, MoneyError, Quantity, QuantityError, Rate, RateError, Rounding, Unit, UnknownCurrency,
    UnknownUnit,
};
pub use options::{CashOutRules, CashRefused, PaymentOptions, PaymentOptionsForm};
pub use payment::{
    Candidate, Decision, Explanation, Extras, IllegalTransition, Kind, LastResult, Payment, PaymentEvent,
    PaymentState, SafeReason, Safety, Said, Salient, Source, UnknownName, next, safe_to_charge_again,
};
pub use picture::{BadPicture, PHOTO_BYTES, PICTURE_BYTES, PICTURE_SIDE};
pub use prebind::{
    PREBIND_LIMIT, PrebindHint, PrebindLine, PrebindProblem, TERMINAL_ID_LIMIT, check_prebind,
};
pub use qr::QrSquares;
pub use receipt::{
    Block, ReceiptBody, ReceiptParts, Row, Span, Speech, WIDTH as RECEIPT_WIDTH, Weight, plain_text, receipt,
    rows,
};
pub use reference::{NotAReference, Reference};
pub use roll_out::{FILE_LIMIT as PROVISION_FILE_LIMIT, Mistake, ProvisionFile, RollOutError, RolledOut};
pub use setup::{CheckReport, CheckStep, Finding as CheckFinding, Problem, Told as CheckTold};
pub use staff::{Member, NAME_LIMIT as STAFF_NAME_LIMIT, Pin, PinRules, Role, Roster, StaffError};
pub use store::{
    AccountPeriod, CallbackSettings, ConnectionSettings, Days, DisplayPlace, DisplaySettings, DrawerCash,
    EntryKind, HistoryFilter, HistoryPage, JournalEntry, JournalFault, JournalKey, KnownChannel,
    KnownChannels, Language, Learned, Means, NewEntry, NewPayment, NewPrint, NewReturn, NewTender, Outcome,
    PaidWith, PrintJob, PrintState, PrintWhat, ReceiptOf, Screen, SecretOf, Seen, SetupDraft, SetupStep,
    StaffRow, Store, StoreError, StoreSettings, TerminalLast, TerminalRow, Theme, Thing, Typed, Undone,
};
pub use tax::{LineTax, SST_NUMBER_LIMIT, TAX_CLASS_LIMIT, TAX_NAME_LIMIT, TaxClass, TaxRules, TaxSettings};
pub use tender::{
    Direction, Leg, LineReturn, NotAProof, RefundWay, RefusedOrMoney, ReturnOffer, ReturnRecord,
    ReturnRefused, Returnable, ReturnableLine, ReturnedLine, Standing, Tender, TenderKind, TenderRefused,
};
pub use ticket::{
    Discount, LINE_LIMIT, Line, LineSum, NAME_LIMIT, NOTE_LIMIT, NewLine, PARK_NAME_LIMIT, Parked, Sums,
    TaxSum, Ticket, TicketStatus,
};
pub use till::{
    AccountForm, Again, AtCounter, Binding, BindingCode, CallbackProblem, CallbackReport, CallbackState,
    CashOffer, DiscountPreview, HandOver, HistoryDays, HistoryQuery, ImportDone, ImportPreview, ItemScan,
    LastSeen, LastTransaction, Manager, Needed, NotOffered, PaymentDetail, PrintOutcome, Provision,
    ReturnAsked, ReturnSheet, Returned, SaleAround, Served, StaffEntry, TakenBack, Taking, TenderDetail,
    Terminals, TestSale, Till, TillError, TillParts, VaultOpener, Wallet, Wallets, Whose,
};
pub use timeline::{Grade, Happening, Moment, timeline};
pub use vault::{KeyringVault, MemoryVault, Redactor, SecretName, Vault, VaultError, VaultTokens};
pub use verify::{JournalReport, verify};
