// Made from src-tauri/src by `cargo xtask types`. Do not edit; `cargo xtask test` fails where the two differ.
export type ErrorCode = "locked" | "not_allowed" | "wrong_pin" | "pin_delayed" | "pin_rules" | "name_needed" | "name_too_long" | "last_manager" | "wrong_password" | "wrong_secret_key" | "wrong_pos_id" | "wrong_merchant_id" | "account_locked" | "session_elsewhere" | "clock_wrong" | "gateway_refused" | "gateway_unreachable" | "gateway_address" | "gateway_unreadable" | "rate_limited" | "no_terminals" | "keyring_missing" | "keyring_locked" | "store_busy" | "store_full" | "store_failed" | "store_newer" | "second_till" | "amount_empty" | "amount_malformed" | "amount_too_large" | "ticket_empty" | "ticket_frozen" | "ticket_begun" | "ticket_too_long" | "quantity" | "quantity_empty" | "quantity_malformed" | "quantity_whole" | "rate_empty" | "rate_malformed" | "rate_too_much" | "nothing_to_park" | "ticket_in_the_way" | "unknown_ticket" | "no_last_sale" | "unknown_tax_class" | "tax_class_twice" | "tax_class_in_use" | "too_many_tax_classes" | "unknown_item" | "unknown_line" | "unknown_payment" | "unknown_staff" | "unknown_terminal" | "no_terminal_chosen" | "terminal_held" | "terminal_working" | "binding_refused" | "prebind_refused" | "prebind_changed" | "channel_needed" | "not_safe_to_charge" | "same_amount_open" | "digits_differ" | "manager_needed" | "nothing_to_confirm" | "not_voidable" | "already_voided" | "void_in_doubt" | "open_payments" | "not_training" | "not_set_up" | "text_too_long" | "pos_id_needed" | "password_needed" | "merchant_id_needed" | "secret_key_needed" | "account_busy" | "account_changing" | "other_account" | "set_up_already" | "test_amount" | "callback_address" | "callback_path" | "callback_in_training" | "file_failed" | "note_invalid" | "product_invalid" | "promo_invalid" | "promo_needs_card" | "label_invalid" | "metadata_invalid" | "slips_invalid" | "cash_not_allowed" | "cash_needs_card" | "cash_rules" | "lock_after" | "nothing_due" | "due_changed" | "more_than_due" | "cash_not_enough" | "no_coin" | "ticket_returned" | "not_current" | "not_partly_paid" | "partly_paid" | "proof_invalid" | "proof_known" | "leg_not_voidable" | "return_nothing" | "return_too_much" | "return_more_than_paid" | "return_not_paid" | "return_only_whole" | "return_not_the_whole" | "return_changed" | "returned_already" | "not_printable" | "printing" | "no_printer" | "no_receipt" | "receipt_too_soon" | "receipt_not_printed" | "receipt_perhaps_printed" | "drawer_shut" | "printer_address" | "code_taken" | "barcode_taken" | "sold_out" | "barcode_invalid" | "too_many_barcodes" | "picture_too_large" | "picture_invalid" | "import_mistakes" | "import_changed" | "table_too_large" | "table_too_many_rows" | "table_not_text" | "table_empty" | "table_no_headings" | "table_heading_twice" | "screen_gone" | "nothing_waits" | "internal";
export type CommandError = { code: ErrorCode, message: string, retryable: boolean, 
/**
 * How long to wait before trying again, where that is known.
 */
waitSeconds: number | null, 
/**
 * The gateway's own code, where it refused with one.
 */
gatewayCode?: number, 
/**
 * What the words name: another item, or what was typed.
 */
detail?: string, };
export type Mode = "setup" | "training" | "live";
export type Role = "manager" | "cashier";
export type Theme = "system" | "light" | "dark";
export type Language = "system" | "en" | "ms" | "zh";
export type TrainingPin = { name: string, pin: string, };
export type AppView = { mode: Mode, version: string, 
/**
 * Nobody: locked.
 */
session: StaffTile | null, staff: Array<StaffTile>, storeName: string, currency: string, theme: Theme, language: Language, lockAfterMinutes: number, trainingPins: Array<TrainingPin>, 
/**
 * The chosen one.
 */
terminal: TerminalView | null, unresolved: number, 
/**
 * How far this computer's clock is from the gateway's, where that does harm: positive when it is slow.
 */
clockSkewSeconds: number | null, 
/**
 * Why the till could not be opened, such as a missing keyring.
 */
problem: CommandError | null, };
export type StaffTile = { id: number, name: string, role: Role, };
export type StaffForm = { id: number | null, name: string, role: Role, pin: string | null, };
export type Unit = "each" | "kilogram" | "metre" | "litre";
export type DiscountView = { percent: boolean, 
/**
 * `2.50`, or `10`.
 */
value: string, };
export type LineView = { id: number, name: string, quantity: string, unit: Unit, 
/**
 * The price of one.
 */
price: string, gross: string, discount: DiscountView | null, 
/**
 * What the discount takes off.
 */
off: string, total: string, note: string, };
export type TaxView = { name: string, 
/**
 * A percentage.
 */
rate: string, taxable: string, tax: string, };
export type TicketExtras = { note: string, productIndex: string, promoSale: string, };
export type TicketView = { number: number, lines: Array<LineView>, extras: TicketExtras, subtotal: string, discount: DiscountView | null, 
/**
 * What the ticket's discount takes off.
 */
off: string, taxes: Array<TaxView>, included: boolean, total: string, 
/**
 * The total, rounded where the shop rounds every total: what the customer pays.
 */
payable: string, currency: string, frozen: boolean, };
export type DiscountPreview = { before: string, off: string, after: string, 
/**
 * What the customer would pay for the whole ticket.
 */
total: string, };
export type QuantityPreview = { quantity: string, price: string, };
export type ParkedView = { id: number, name: string, 
/**
 * When it was parked, in ISO 8601.
 */
since: string, total: string, lines: number, };
export type AgainView = { ticket: TicketView, 
/**
 * What is not sold any more, by name.
 */
leftOut: Array<string>, };
export type TaxClassView = { id: number, name: string, rate: string, };
export type TaxSettingsView = { enabled: boolean, included: boolean, sstNumber: string, 
/**
 * The class of open amounts, and of items that have none of their own.
 */
defaultClass: number, classes: Array<TaxClassView>, };
export type TaxForm = { enabled: boolean, included: boolean, sstNumber: string, defaultClass: number, };
export type ItemView = { id: number, name: string, price: string, category: string, 
/**
 * Empty for none.
 */
code: string, barcodes: Array<string>, 
/**
 * None for the shop's usual one.
 */
taxClass: number | null, unit: Unit, soldOut: boolean, 
/**
 * Which picture it has; another number after each change, none without one.
 */
picture: number | null, };
export type ItemForm = { id: number | null, name: string, price: string, category: string, code: string, barcodes: Array<string>, taxClass: number | null, unit: Unit, soldOut: boolean, 
/**
 * A file in base 64; the empty text takes the picture away, none keeps it.
 */
picture: string | null, };
export type ItemQuery = { 
/**
 * Words, a code or a barcode; blank for all.
 */
text: string, 
/**
 * None for all.
 */
category: string | null, offset: number, limit: number, };
export type ItemPage = { items: Array<ItemView>, found: number, 
/**
 * There are more than were counted.
 */
tooMany: boolean, };
export type CategoryView = { name: string, items: number, };
export type ItemPicture = { id: number, 
/**
 * A `data:` address.
 */
url: string, };
export type TaxChoice = { id: number, name: string, 
/**
 * A percentage.
 */
rate: string, };
export type ScanOutcome = "added" | "sold_out" | "measured" | "not_found";
export type ScanView = { outcome: ScanOutcome, 
/**
 * What was looked for, as it can be shown.
 */
code: string, 
/**
 * The item's name; empty where there is none.
 */
name: string, item: ItemView | null, ticket: TicketView, };
export type RowFate = "new" | "changed" | "same";
export type ImportRow = { line: number, fate: RowFate, code: string, name: string, price: string, category: string, barcodes: Array<string>, };
export type RowProblem = "name_missing" | "name_too_long" | "price_missing" | "price_wrong" | "price_too_large" | "category_too_long" | "code_too_long" | "code_rounded" | "barcode_wrong" | "barcode_rounded" | "too_many_barcodes" | "tax_unknown" | "unit_unknown" | "sold_out_unknown" | "line_break" | "quote_open" | "letters_lost" | "too_many_cells" | "code_twice" | "barcode_twice" | "name_twice" | "item_twice" | "barcode_taken" | "several_fit";
export type ImportMistake = { line: number, 
/**
 * The heading of its column, as the file has it; empty for the row as a whole.
 */
heading: string, value: string, problem: RowProblem, 
/**
 * The line or the item that it collides with.
 */
other: string, };
export type ImportCounts = { new: number, changed: number, same: number, };
export type ImportView = { 
/**
 * Goes with the import, so that nothing else is done than was shown.
 */
digest: string, 
/**
 * The headings of columns that are not read.
 */
unknown: Array<string>, counts: ImportCounts, 
/**
 * How many rows have a mistake.
 */
bad: number, 
/**
 * The first rows.
 */
rows: Array<ImportRow>, 
/**
 * The first mistakes.
 */
mistakes: Array<ImportMistake>, 
/**
 * How many there are.
 */
allMistakes: number, };
export type ProblemWords = { problem: RowProblem, words: string, };
export type ImportWords = { line: string, problem: string, problems: Array<ProblemWords>, };
export type CounterView = { 
/**
 * What a key was changed for, and the key. What is not in it is as the system starts.
 */
keys: { [key in string]: string }, 
/**
 * In percent.
 */
volume: number, muted: boolean, };
export type SettingsView = { storeName: string, header: Array<string>, currency: string, theme: Theme, lockAfterMinutes: number, mode: Mode, dataFolder: string, version: string, };
export type SettingsForm = { storeName: string, header: Array<string>, 
/**
 * Minutes as typed; none where the till is never to lock itself.
 */
lockAfterMinutes: string | null, };
export type CallbackStanding = "off" | "starting" | "listening" | "failed";
export type CallbackProblem = "port_in_use" | "not_our_address" | "not_allowed" | "other";
export type CallbackRefusal = "path" | "method" | "content_type" | "too_large" | "unfinished" | "malformed" | "signature" | "other_pos" | "not_kept";
export type CallbackView = { on: boolean, address: string, path: string, standing: CallbackStanding, problem: CallbackProblem | null, 
/**
 * The system's words for it.
 */
detail: string, taken: number, refused: number, lastRefusal: CallbackRefusal | null, lastRefusedAt: string | null, };
export type CallbackForm = { on: boolean, address: string, path: string, };
export type LogQuery = { level: string, text: string, older: string | null, };
export type LogLine = { place: string, at: string, level: string, target: string, text: string, };
export type LogPage = { lines: Array<LogLine>, older: string | null, };
export type LogDetail = { until: string | null, };
export type SavedFile = { path: string, };
export type PrinterKind = "none" | "network" | "serial" | "usb" | "system";
export type PrinterPage = "cp437" | "cp850" | "cp852" | "cp858" | "cp1252" | "drawn";
export type PaperWidth = "58" | "80";
export type PrintTime = "off" | "ask" | "always";
export type PrintForm = { kind: PrinterKind, address: string, port: string, baud: number, device: string, name: string, page: PrinterPage, cut: boolean, drawer: boolean, paper: PaperWidth, when: PrintTime, 
/**
 * None for the till's.
 */
first: Language | null, 
/**
 * None for one language.
 */
second: Language | null, footer: Array<string>, code: boolean, };
export type PrintSettingsView = { form: PrintForm, baudRates: Array<number>, 
/**
 * For an `<img>`.
 */
logo: string | null, };
export type UsbPrinterView = { device: string, name: string, };
export type PlacesView = { serial: Array<string>, usb: Array<UsbPrinterView>, system: Array<string>, };
export type PreviewView = { 
/**
 * For an `<img>`.
 */
picture: string, width: number, height: number, lacksLetters: boolean, };
export type PrintedState = "printed" | "sent" | "not_printed" | "perhaps_printed";
export type PrinterTrouble = "not_reached" | "not_allowed" | "no_paper" | "cover_open" | "offline" | "broken" | "no_answer" | "refused" | "stopped";
export type PrintView = { state: PrintedState, trouble: PrinterTrouble | null, copy: number, };
export type PrintNews = { reference: string, print: PrintView | null, 
/**
 * For whoever is not looking at the sale any more.
 */
problem: CommandError | null, 
/**
 * Why the drawer may be shut.
 */
drawer: CommandError | null, };
export type CashOutView = { most: string, step: string, 
/**
 * Amounts to choose from; others within the limits can be typed.
 */
choices: Array<string>, };
export type SaleOptions = { 
/**
 * None where the merchant does not offer it.
 */
cashOut: CashOutView | null, asksProduct: boolean, asksPromo: boolean, 
/**
 * The product of a sale that has none of its own; empty for none.
 */
productIndex: string, 
/**
 * The highest product.
 */
lastProduct: number, };
export type OptionsView = { cashOut: boolean, cashMost: string, cashStep: string, printCount: number | null, referenceLabel: string, productIndex: string, lastProduct: number, metadata: string, asksProduct: boolean, asksPromo: boolean, };
export type OptionsForm = { cashOut: boolean, cashMost: string, cashStep: string, printCount: number | null, referenceLabel: string, productIndex: string, metadata: string, asksProduct: boolean, asksPromo: boolean, };
export type ReprintResult = "printed" | "no_printer" | "not_known" | "unreachable" | "refused" | "unknown";
export type ReprintView = { result: ReprintResult, 
/**
 * Of a refusal: its code, for support.
 */
code: string | null, };
export type TerminalKind = "vt" | "terminal";
export type Light = "on" | "off" | "unknown";
export type TerminalView = { id: string, 
/**
 * The merchant's own name; empty for none.
 */
name: string, kind: TerminalKind, light: Light, chosen: boolean, 
/**
 * A payment on it is open.
 */
held: boolean, 
/**
 * Another till may use it too.
 */
shared: boolean, 
/**
 * In training: what its customer does next; empty for nothing special, and when live.
 */
script: string, };
export type TerminalsView = { terminals: Array<TerminalView>, checkedAt: string | null, problem: CommandError | null, };
export type ScriptView = { name: string, label: string, };
export type CodeKind = "drawn" | "another" | "unread" | "none";
export type SquaresView = { side: number, path: string, };
export type BindingView = { key: string, expiresAt: string, code: CodeKind, 
/**
 * Of a code that is drawn here.
 */
squares: SquaresView | null, 
/**
 * Of the gateway's image, as a `data:` address.
 */
picture: string | null, };
export type PrebindProblem = "characters" | "too_long" | "duplicate" | "too_many";
export type PrebindHint = "differs_in_case" | "bound";
export type PrebindLineView = { id: string, problem: PrebindProblem | null, hint: PrebindHint | null, 
/**
 * The other ID, for the hint.
 */
other: string | null, };
export type PrebindView = { lines: Array<PrebindLineView>, 
/**
 * The most that it takes.
 */
limit: number, canBeSaved: boolean, };
export type NotOffered = "switched_off" | "other_currency";
export type WalletView = { 
/**
 * The gateway's spelling.
 */
name: string, label: string, 
/**
 * A `data:` address; none for a monogram.
 */
logo: string | null, 
/**
 * None: it can be chosen.
 */
notOffered: NotOffered | null, };
export type WalletsView = { wallets: Array<WalletView>, 
/**
 * None before the gateway was asked for the first time.
 */
listedAt: string | null, };
export type Method = "bankCard" | "qrCustScan" | "qrMerchScan";
export type PaymentKind = "sale" | "cashOut" | "void";
export type PaymentState = "prepared" | "sent" | "approved" | "declined" | "not_charged" | "pending" | "unknown" | "voided" | "void_in_doubt" | "charged_by_hand" | "not_charged_by_hand";
export type Action = "new_sale" | "take_rest" | "charge_again" | "check_status" | "set_aside" | "void" | "other_method" | "confirm" | "decide" | "settle_conflict" | "reprint";
export type TimelineKind = "prepared" | "sent" | "approved" | "declined" | "not_charged" | "pending" | "answer_lost" | "refused" | "no_evidence" | "evidence" | "called_back" | "restarted" | "voided" | "decided" | "conflict" | "reprinted" | "not_reprinted" | "reprint_unknown" | "taken" | "taken_back" | "handed_over" | "returned" | "receipt_printed" | "receipt_not_printed" | "receipt_unknown";
export type Grade = "conclusive" | "strong" | "weak" | "conflict";
export type Source = "gateway" | "card" | "wallet" | "till";
export type Said = { source: Source, code: string, 
/**
 * What the page's words leave open: another amount, another payment, the gateway's own text.
 */
detail: string | null, };
export type TimelineEntry = { at: string, kind: TimelineKind, 
/**
 * In the journal's words, for where the page has none for the code.
 */
detail: string, said: Said | null, 
/**
 * Of evidence: how much it proves.
 */
grade: Grade | null, };
export type Explanation = { said: Said, meaning: string, next: string, };
export type SafeReason = "declined" | "not_charged" | "voided" | "decided_not_charged" | "in_flight" | "approved" | "pending" | "unknown" | "being_checked" | "void_in_doubt" | "decided_charged" | "conflict";
export type CandidateView = { paidWith: string, amount: string, 
/**
 * The terminal's own time, without a zone.
 */
at: string, approvalCode: string | null, 
/**
 * The cashier has to give the last four digits of the transaction's number.
 */
needsDigits: boolean, 
/**
 * Somebody said that it is not this customer's.
 */
refused: boolean, };
export type JournalView = { whole: boolean, entries: number, 
/**
 * The beginning of the last entry's code.
 */
head: string, 
/**
 * The first entry that does not fit, in words.
 */
fault: string | null, };
export type PaymentView = { reference: string, ticket: number, receipt: string | null, kind: PaymentKind, 
/**
 * Of a void: what it undoes.
 */
original: string | null, state: PaymentState, 
/**
 * False while an answer could not be saved.
 */
saved: boolean, amount: string, 
/**
 * The cash beside it. Whether the gateway counts it into the amount is not documented: the two are never added.
 */
cash: string | null, extras: TicketExtras, currency: string, method: Method, paidWith: string, terminalId: string, terminalName: string, at: string, sentAt: string | null, 
/**
 * When the wait for the terminal ends.
 */
deadlineAt: string | null, explanation: Explanation | null, approvalCode: string | null, entryMode: string | null, safeToChargeAgain: boolean, safeReason: SafeReason, conflict: boolean, 
/**
 * Why a manager decided as they did.
 */
reason: string | null, candidate: CandidateView | null, timeline: Array<TimelineEntry>, 
/**
 * What the ticket's other legs settle, and what is still due, while it is not paid in full.
 */
paidSoFar: string | null, stillDue: string | null, actions: Array<Action>, };
export type LastResult = "approved" | "voided" | "declined" | "pending" | "unclear";
export type Whose = "ours" | "void_of_ours" | "another" | "unknown";
export type LastTransactionView = { kind: PaymentKind | null, result: LastResult, 
/**
 * None where the record has none that can be read.
 */
amount: string | null, currency: string, 
/**
 * Empty where the record does not say.
 */
paidWith: string, 
/**
 * The terminal's own time, without a zone.
 */
at: string | null, number: string | null, whose: Whose, 
/**
 * The payment of this till, as it now stands.
 */
payment: PaymentView | null, };
export type LastSeenView = { transaction: LastTransactionView | null, problem: Said | null, };
export type HistoryRow = { reference: string, at: string, receipt: string | null, paidWith: string, method: Method, terminalName: string, amount: string, 
/**
 * The cash beside it.
 */
cash: string | null, currency: string, kind: PaymentKind, state: PaymentState, };
export type Rounding = "off" | "cash" | "all";
export type RoundingView = { rounding: Rounding, 
/**
 * Whether the currency has the mechanism.
 */
known: boolean, };
export type TenderKind = "cash" | "manual_card" | "cash_back" | "portal";
export type TenderView = { reference: string, ticket: number, at: string, receipt: string | null, kind: TenderKind, 
/**
 * What it settles of the ticket.
 */
amount: string, 
/**
 * What moved: for cash, after rounding.
 */
moved: string, given: string | null, change: string | null, 
/**
 * The slip's number, or the portal's reference.
 */
proof: string | null, currency: string, 
/**
 * Handed back before the ticket was paid in full.
 */
undone: boolean, reason: string | null, };
export type EntryView = { "payment": HistoryRow } | { "tender": TenderView };
export type Progress = "open" | "partly" | "paid";
export type StandingView = { ticket: number, progress: Progress, currency: string, total: string, 
/**
 * The total, rounded where the shop rounds every total.
 */
payable: string, paid: string, due: string, 
/**
 * What would be handed over for it in cash.
 */
cashDue: string, 
/**
 * What was collected in the end, where rounding made it another amount than the total.
 */
rounded: string | null, receipt: string | null, 
/**
 * Those that count, and what is in the way.
 */
legs: Array<EntryView>, 
/**
 * A payment because of which nothing else may be taken.
 */
blocked: string | null, 
/**
 * Whether something of it was returned: nothing more is taken for it then.
 */
returned: boolean, 
/**
 * Whether it cannot be taken back, because a payment of it cannot be voided.
 */
stuck: boolean, 
/**
 * Whether it may be taken back without a manager.
 */
onlyCash: boolean, };
export type CashOfferView = { currency: string, 
/**
 * What is due on the ticket; given back when the cash is taken.
 */
due: string, settles: string, 
/**
 * What the customer hands over.
 */
moved: string, notes: Array<string>, 
/**
 * Whether a payment of the same amount is not settled: then somebody makes sure that this is another customer.
 */
sameAmountOpen: boolean, };
export type TakingForm = { 
/**
 * Typed and not on the ticket yet.
 */
entry: string, part: string | null, 
/**
 * What was due when somebody decided to take it.
 */
due: string, };
export type TakenView = { tender: TenderView, standing: StandingView, };
export type TakenBackView = { standing: StandingView, 
/**
 * The cash to hand over.
 */
cash: string, 
/**
 * Slips of cards taken by hand, to be voided on the terminal by hand.
 */
byHand: Array<TenderView>, 
/**
 * The first void.
 */
void: PaymentView | null, 
/**
 * Why it was not begun: its payment still stands.
 */
notVoided: CommandError | null, };
export type HandOverView = { 
/**
 * The ticket, or the return's own.
 */
ticket: number, receipt: string | null, currency: string, 
/**
 * Whether goods came back for it.
 */
isReturn: boolean, 
/**
 * The cash to hand over; none where there is none.
 */
cash: string | null, 
/**
 * Slips of cards taken by hand, to be voided on the terminal by hand.
 */
byHand: Array<TenderView>, };
export type RefundWay = "void" | "cash" | "portal";
export type ReturnProgress = "open" | "done" | "refused" | "found_out";
export type ReturnLineForm = { line: number, quantity: string, };
export type ReturnableView = { line: number, name: string, 
/**
 * The unit's sign behind a quantity; empty for pieces.
 */
unit: string, bought: string, 
/**
 * What is left to return; none where all came back.
 */
left: string | null, 
/**
 * What all of it cost, tax and discounts in.
 */
share: string, 
/**
 * What the chosen quantity gives back; none while none is chosen.
 */
gives: string | null, };
export type ReturnSheetView = { ticket: number, receipt: string | null, at: string, currency: string, 
/**
 * The newest return there is, to be given back with what is asked for.
 */
newest: number | null, lines: Array<ReturnableView>, 
/**
 * Whether all of it comes back or nothing.
 */
onlyWhole: boolean, 
/**
 * What the chosen lines give back; none while none is chosen.
 */
amount: string | null, 
/**
 * The same in cash.
 */
cash: string | null, 
/**
 * The ways it can go back, the best first.
 */
ways: Array<RefundWay>, };
export type ReturnForm = { ticket: number, lines: Array<ReturnLineForm>, 
/**
 * What it gives back, as it was shown.
 */
amount: string, 
/**
 * The newest return, as it was shown.
 */
newest: number | null, way: RefundWay, 
/**
 * The merchant portal's reference; empty for the other ways.
 */
portal: string, reason: string, };
export type ReturnedLineView = { name: string, quantity: string, unit: string, gives: string, };
export type ReturnView = { 
/**
 * The return's own.
 */
ticket: number, receipt: string | null, originalReceipt: string | null, original: number, at: string, currency: string, lines: Array<ReturnedLineView>, amount: string, 
/**
 * What moved: in cash, after rounding.
 */
moved: string, way: RefundWay, progress: ReturnProgress, 
/**
 * The history's entry of the refund; none before there is one.
 */
reference: string | null, reason: string, };
export type ReturnedView = { 
/**
 * Done, over the counter or in the portal.
 */
done: ReturnView | null, 
/**
 * Its void, on its way.
 */
void: PaymentView | null, };
export type SaleView = { standing: StandingView, returns: Array<ReturnView>, 
/**
 * Whether something of it can come back.
 */
canReturn: boolean, 
/**
 * Whether it waits aside to be paid, or to be paid in full.
 */
canResume: boolean, 
/**
 * Whether its receipt is not printed yet, because more may be taken for it.
 */
receiptWaits: boolean, };
export type TenderDetail = { tender: TenderView, staff: string, approvedBy: string, receipt: Array<string>, timeline: Array<TimelineEntry>, 
/**
 * The sale it is a leg of, or that a return took something of.
 */
sale: SaleView, 
/**
 * Of money given back: the return.
 */
returned: ReturnView | null, };
export type Days = "today" | "yesterday" | "week" | "all";
export type PaidWith = "any" | "card" | "wallet" | "cash" | "byhand" | "returns";
export type HistoryFilter = { text: string, days: Days, paidWith: PaidWith, 
/**
 * Where the last page ended.
 */
cursor: string | null, };
export type HistoryPage = { rows: Array<EntryView>, next: string | null, };
export type PaymentDetail = { payment: PaymentView, 
/**
 * Lines of plain text; none before there is a receipt.
 */
receipt: Array<string>, voids: Array<PaymentView>, 
/**
 * The sale it is a leg of, or that it gives back for; none where there is no ticket.
 */
sale: SaleView | null, };
export type Gateway = "production" | "fiuu-sandbox" | "other";
export type RealMoney = "yes" | "maybe" | "no";
export type AccountForm = { gateway: Gateway, address: string, posId: string, password: string, merchantId: string, secretKey: string, };
export type AccountFacts = { gateway: Gateway, 
/**
 * Of another gateway; else empty.
 */
address: string, posId: string, merchantId: string, 
/**
 * The keyring has this account's password.
 */
passwordKept: boolean, secretKeyKept: boolean, };
export type WizardStep = "account" | "terminal" | "store" | "manager";
export type SetupView = { 
/**
 * None: somebody chose to do something else first.
 */
step: WizardStep | null, account: AccountFacts, terminalId: string | null, terminalName: string, storeName: string, header: Array<string>, currency: string, 
/**
 * Those that can be sold in.
 */
currencies: Array<string>, managerName: string, };
export type StoreForm = { name: string, header: Array<string>, currency: string, };
export type AccountView = { facts: AccountFacts, 
/**
 * Payments that are not settled, oldest first.
 */
blockers: Array<HistoryRow>, };
export type TestSaleView = { 
/**
 * Those that can be charged, the smallest first.
 */
amounts: Array<string>, currency: string, realMoney: RealMoney, 
/**
 * What people call the terminal; none while none is chosen.
 */
terminal: string | null, sale: PaymentView | null, void: PaymentView | null, };
export type Step = "sign_in" | "terminals" | "channels" | "signature";
export type StepResult = "ok" | "failed" | "skipped" | "unknown";
export type CheckStep = { step: Step, result: StepResult, error: CommandError | null, 
/**
 * How many were found, or what the gateway said.
 */
detail: string, };
export type CheckReport = { steps: Array<CheckStep>, terminals: Array<TerminalView>, 
/**
 * Nothing stands in the way.
 */
passed: boolean, };
export type CustomerStage = "idle" | "ticket" | "tap" | "show_qr" | "scan_qr" | "approved" | "paid" | "declined" | "not_charged" | "checking" | "returned";
export type CustomerLine = { id: number, name: string, quantity: string, unit: Unit, 
/**
 * The price of one.
 */
price: string, 
/**
 * What is taken off, where anything is.
 */
off: string | null, total: string, };
export type CustomerTax = { name: string, 
/**
 * A percentage.
 */
rate: string, tax: string, };
export type CustomerView = { stage: CustomerStage, training: boolean, storeName: string, currency: string, theme: Theme, language: Language, lines: Array<CustomerLine>, 
/**
 * What is taken off the whole ticket, where anything is.
 */
off: string | null, taxes: Array<CustomerTax>, 
/**
 * Whether the prices have the taxes in them.
 */
included: boolean, total: string, 
/**
 * What is being paid, of a payment.
 */
amount: string | null, 
/**
 * Cash that is handed out beside it.
 */
cash: string | null, 
/**
 * What was paid of the total already, and what is still due, while it is paid in parts.
 */
paid: string | null, due: string | null, 
/**
 * What the customer gets back of the cash that they gave.
 */
change: string | null, 
/**
 * When it was begun that the stage is the verdict on: what tells it from another of the same words. None without a verdict.
 */
begun: string | null, 
/**
 * When that verdict came about.
 */
since: string | null, };
export type DisplayPlace = "off" | "screen" | "window";
export type DisplayStanding = "off" | "shown" | "closed" | "screen_gone" | "over_counter" | "failed";
export type ScreenView = { 
/**
 * From 1, from the left.
 */
number: number, name: string, width: number, height: number, 
/**
 * The counter's own window is on it.
 */
counter: boolean, 
/**
 * The display was put on it.
 */
chosen: boolean, };
export type DisplayView = { place: DisplayPlace, standing: DisplayStanding, screens: Array<ScreenView>, 
/**
 * Its own; without one it speaks the till's.
 */
language: Language | null, };
export type DisplayForm = { place: DisplayPlace, 
/**
 * The number of the screen, for a place on one.
 */
screen: number | null, language: Language | null, };
export type TerminalShows = "idle" | "asks" | "works" | "ended";
export type TerminalTask = "sale" | "cash_out" | "void";
export type TerminalVerdict = "approved" | "declined" | "pending" | "cancelled" | "no_answer" | "failed";
export type SlipView = { number: string, invoice: string, 
/**
 * The card or the wallet by its name.
 */
paidWith: string, 
/**
 * The masked number of a card.
 */
card: string | null, approvalCode: string | null, responseCode: string, 
/**
 * The terminal's own time, without a zone.
 */
at: string, };
export type VirtualTerminalView = { id: string, 
/**
 * The merchant's own name; empty for none.
 */
name: string, storeName: string, currency: string, theme: Theme, language: Language, plugged: boolean, shows: TerminalShows, task: TerminalTask | null, 
/**
 * Empty for a void of something that the terminal does not know.
 */
amount: string, cash: string | null, method: Method | null, 
/**
 * The wallet that was chosen on the till, by its name.
 */
wallet: string | null, 
/**
 * The code on its screen.
 */
qr: SquaresView | null, verdict: TerminalVerdict | null, slip: SlipView | null, };
export type TerminalAct = "tap" | "insert" | "pay_with_app" | "confirm" | "no_funds" | "wrong_pin" | "expired" | "over_limit" | "do_not_honour" | "cancel" | "lose_charged" | "lose_not_charged" | "answer_late" | "unplug" | "plug_in";
/** Every command: its arguments and its result. Errors are CommandError. */
export interface Commands {
  app_state: { args: {  }; result: AppView };
  choose_training: { args: {  }; result: AppView };
  leave_training: { args: {  }; result: AppView };
  resume_setup: { args: {  }; result: SetupView | null };
  open_setup: { args: {  }; result: SetupView };
  setup_account: { args: { form: AccountForm }; result: CheckReport };
  setup_terminals: { args: {  }; result: Array<TerminalView> };
  setup_terminal: { args: { id: string | null; name: string }; result: CheckStep };
  setup_store: { args: { form: StoreForm }; result: CheckStep };
  setup_manager: { args: { name: string; pin: string }; result: AppView };
  account: { args: {  }; result: AccountView };
  change_account: { args: { form: AccountForm }; result: CheckReport };
  sign_in_again: { args: {  }; result: null };
  test_sale: { args: {  }; result: TestSaleView };
  begin_test_sale: { args: { amount: string }; result: PaymentView };
  unlock: { args: { staffId: number; pin: string }; result: AppView };
  lock: { args: {  }; result: AppView };
  activity: { args: {  }; result: null };
  reset_manager_pin: { args: { staffId: number; password: string; newPin: string }; result: AppView };
  set_theme: { args: { theme: Theme }; result: AppView };
  set_language: { args: { language: Language }; result: AppView };
  ticket: { args: {  }; result: TicketView };
  add_amount: { args: { entry: string }; result: TicketView };
  total_with: { args: { entry: string }; result: string };
  add_item: { args: { itemId: number; quantity: string | null }; result: TicketView };
  set_quantity: { args: { lineId: number; quantity: string }; result: TicketView };
  step_quantity: { args: { lineId: number; up: boolean }; result: TicketView };
  remove_line: { args: { lineId: number }; result: TicketView };
  clear_ticket: { args: {  }; result: TicketView };
  pay: { args: { method: Method; channel: string | null; form: TakingForm; sure: boolean }; result: PaymentView };
  charge_again: { args: { reference: string; method: Method | null; channel: string | null }; result: PaymentView };
  new_sale: { args: {  }; result: TicketView };
  set_aside: { args: {  }; result: TicketView };
  open_payment: { args: {  }; result: PaymentView | null };
  preview_quantity: { args: { lineId: number; quantity: string }; result: QuantityPreview };
  preview_item: { args: { itemId: number; quantity: string }; result: QuantityPreview };
  set_discount: { args: { lineId: number | null; entry: string; percent: boolean }; result: TicketView };
  preview_discount: { args: { lineId: number | null; entry: string; percent: boolean }; result: DiscountPreview };
  note_line: { args: { lineId: number; note: string }; result: TicketView };
  park_ticket: { args: { name: string }; result: TicketView };
  parked_tickets: { args: {  }; result: Array<ParkedView> };
  recall_ticket: { args: { ticketId: number; instead: string | null }; result: TicketView };
  last_sale_again: { args: {  }; result: AgainView };
  tax_settings: { args: {  }; result: TaxSettingsView };
  save_tax_settings: { args: { form: TaxForm }; result: TaxSettingsView };
  save_tax_class: { args: { id: number | null; name: string; rate: string }; result: TaxSettingsView };
  remove_tax_class: { args: { id: number }; result: TaxSettingsView };
  standing: { args: {  }; result: StandingView };
  cash_offer: { args: { entry: string; part: string | null }; result: CashOfferView };
  cash_change: { args: { entry: string; part: string | null; given: string }; result: string };
  take_cash: { args: { form: TakingForm; given: string | null; sure: boolean }; result: TakenView };
  take_manual_card: { args: { form: TakingForm; number: string; sure: boolean; managerId: number; pin: string }; result: TakenView };
  share_of_due: { args: { entry: string; of: number }; result: string };
  check_part: { args: { entry: string; part: string }; result: string };
  take_back: { args: { ticket: number; managerId: number | null; pin: string | null }; result: TakenBackView };
  to_hand_over: { args: {  }; result: Array<HandOverView> };
  handed_over: { args: { ticket: number }; result: null };
  resume_ticket: { args: { ticket: number }; result: TicketView };
  rounding: { args: {  }; result: RoundingView };
  set_rounding: { args: { rounding: Rounding }; result: RoundingView };
  return_sheet: { args: { ticket: number; lines: Array<ReturnLineForm> }; result: ReturnSheetView };
  return_goods: { args: { form: ReturnForm; managerId: number; pin: string }; result: ReturnedView };
  tender_detail: { args: { reference: string }; result: TenderDetail };
  sale_options: { args: {  }; result: SaleOptions };
  set_ticket_extras: { args: { form: TicketExtras }; result: TicketView };
  check_cash: { args: { cash: string }; result: string };
  pay_with_cash: { args: { cash: string; form: TakingForm; sure: boolean }; result: PaymentView };
  payment_options: { args: {  }; result: OptionsView };
  save_payment_options: { args: { form: OptionsForm }; result: OptionsView };
  reprint: { args: { reference: string }; result: ReprintView };
  payment: { args: { reference: string }; result: PaymentView };
  check_status: { args: { reference: string }; result: PaymentView };
  history: { args: { filter: HistoryFilter }; result: HistoryPage };
  payment_detail: { args: { reference: string }; result: PaymentDetail };
  void_payment: { args: { reference: string; managerId: number; pin: string }; result: PaymentView };
  unresolved: { args: {  }; result: Array<PaymentView> };
  confirm_evidence: { args: { reference: string; isTheirs: boolean; digits: string; managerId: number | null; pin: string | null }; result: PaymentView };
  decide: { args: { reference: string; charged: boolean; reason: string; managerId: number; pin: string }; result: PaymentView };
  settle_conflict: { args: { reference: string; reason: string; managerId: number; pin: string }; result: PaymentView };
  terminals: { args: {  }; result: TerminalsView };
  refresh_terminals: { args: {  }; result: TerminalsView };
  name_terminal: { args: { id: string; name: string }; result: TerminalsView };
  choose_terminal: { args: { id: string }; result: TerminalsView };
  share_terminal: { args: { id: string; shared: boolean }; result: TerminalsView };
  scripts: { args: {  }; result: Array<ScriptView> };
  set_script: { args: { terminalId: string; name: string }; result: TerminalsView };
  last_transaction: { args: { id: string }; result: LastSeenView };
  binding: { args: {  }; result: BindingView };
  prebound: { args: {  }; result: Array<string> };
  check_prebound: { args: { ids: Array<string> }; result: PrebindView };
  save_prebound: { args: { ids: Array<string>; before: Array<string> }; result: Array<string> };
  let_terminal_bind: { args: { key: string | null }; result: string };
  find_items: { args: { query: ItemQuery }; result: ItemPage };
  item_categories: { args: {  }; result: Array<CategoryView> };
  item_pictures: { args: { ids: Array<number> }; result: Array<ItemPicture> };
  scan: { args: { code: string }; result: ScanView };
  set_sold_out: { args: { id: number; soldOut: boolean }; result: ItemView };
  item_tax_classes: { args: {  }; result: Array<TaxChoice> };
  read_item_picture: { args: { file: string }; result: string };
  save_item: { args: { form: ItemForm }; result: ItemView };
  remove_item: { args: { id: number }; result: null };
  preview_import: { args: { file: string }; result: ImportView };
  import_items: { args: { file: string; digest: string }; result: ImportCounts };
  save_import_mistakes: { args: { file: string; words: ImportWords }; result: SavedFile };
  export_items: { args: { language: Language }; result: SavedFile };
  wallets: { args: {  }; result: WalletsView };
  refresh_wallets: { args: {  }; result: WalletsView };
  staff: { args: {  }; result: Array<StaffTile> };
  save_staff: { args: { form: StaffForm }; result: Array<StaffTile> };
  remove_staff: { args: { id: number }; result: Array<StaffTile> };
  settings: { args: {  }; result: SettingsView };
  save_settings: { args: { form: SettingsForm }; result: SettingsView };
  verify_journal: { args: {  }; result: JournalView };
  counter_settings: { args: {  }; result: CounterView };
  save_counter_settings: { args: { form: CounterView }; result: CounterView };
  print_settings: { args: {  }; result: PrintSettingsView };
  save_print_settings: { args: { form: PrintForm }; result: PrintSettingsView };
  set_receipt_logo: { args: { picture: string | null }; result: PrintSettingsView };
  printers: { args: {  }; result: PlacesView };
  preview_receipt: { args: { form: PrintForm }; result: PreviewView };
  test_print: { args: { form: PrintForm }; result: PrintView };
  print_receipt: { args: { reference: string }; result: PrintView };
  last_print: { args: { reference: string }; result: PrintView | null };
  save_receipt_page: { args: { reference: string }; result: SavedFile };
  callback_settings: { args: {  }; result: CallbackView };
  save_callback: { args: { form: CallbackForm }; result: CallbackView };
  log_page: { args: { form: LogQuery }; result: LogPage };
  log_detail: { args: {  }; result: LogDetail };
  set_log_detail: { args: { detailed: boolean }; result: LogDetail };
  save_for_support: { args: {  }; result: SavedFile };
  customer_view: { args: {  }; result: null };
  display: { args: {  }; result: null };
  save_display: { args: { form: DisplayForm }; result: null };
  open_display: { args: {  }; result: null };
  open_terminal: { args: {  }; result: null };
  virtual_terminal: { args: {  }; result: null };
  at_terminal: { args: { act: TerminalAct }; result: null };
}
/** What is told on the channel of a command that takes one. */
export interface Channels {
  customer_view: CustomerView;
  virtual_terminal: VirtualTerminalView;
}
/** What the shell tells without being asked. */
export interface Events { payment: PaymentView; app: AppView; terminals: TerminalsView; wallets: WalletsView; check: CheckStep; display: DisplayView; print: PrintNews }
