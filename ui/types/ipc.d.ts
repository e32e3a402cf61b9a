// Made from src-tauri/src by `cargo xtask types`. Do not edit; `cargo xtask test` fails where the two differ.
export type ErrorCode = "locked" | "not_allowed" | "wrong_pin" | "pin_delayed" | "pin_rules" | "name_needed" | "name_too_long" | "last_manager" | "wrong_password" | "wrong_secret_key" | "wrong_pos_id" | "wrong_merchant_id" | "account_locked" | "session_elsewhere" | "clock_wrong" | "gateway_refused" | "gateway_unreachable" | "gateway_address" | "gateway_unreadable" | "rate_limited" | "no_terminals" | "keyring_missing" | "keyring_locked" | "store_busy" | "store_full" | "store_failed" | "store_newer" | "second_till" | "amount_empty" | "amount_malformed" | "amount_too_large" | "ticket_empty" | "ticket_frozen" | "ticket_too_long" | "quantity" | "unknown_item" | "unknown_line" | "unknown_payment" | "unknown_staff" | "unknown_terminal" | "no_terminal_chosen" | "terminal_held" | "terminal_working" | "binding_refused" | "prebind_refused" | "prebind_changed" | "channel_needed" | "not_safe_to_charge" | "same_amount_open" | "digits_differ" | "manager_needed" | "nothing_to_confirm" | "not_voidable" | "already_voided" | "void_in_doubt" | "open_payments" | "not_training" | "not_set_up" | "text_too_long" | "pos_id_needed" | "password_needed" | "merchant_id_needed" | "secret_key_needed" | "account_busy" | "account_changing" | "other_account" | "set_up_already" | "test_amount" | "callback_address" | "callback_path" | "callback_in_training" | "file_failed" | "note_invalid" | "product_invalid" | "promo_invalid" | "promo_needs_card" | "label_invalid" | "metadata_invalid" | "slips_invalid" | "cash_not_allowed" | "cash_needs_card" | "cash_rules" | "not_printable" | "printing" | "internal";
export type CommandError = { code: ErrorCode, message: string, retryable: boolean, 
/**
 * How long to wait before trying again, where that is known.
 */
waitSeconds: number | null, 
/**
 * The gateway's own code, where it refused with one.
 */
gatewayCode?: number, };
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
export type ItemView = { id: number, name: string, price: string, category: string, };
export type ItemForm = { id: number | null, name: string, price: string, category: string, };
export type LineView = { id: number, name: string, quantity: number, price: string, total: string, };
export type TicketExtras = { note: string, productIndex: string, promoSale: string, };
export type TicketView = { number: number, lines: Array<LineView>, extras: TicketExtras, total: string, currency: string, frozen: boolean, };
export type SettingsView = { storeName: string, header: Array<string>, currency: string, theme: Theme, lockAfterMinutes: number, mode: Mode, dataFolder: string, version: string, };
export type SettingsForm = { storeName: string, header: Array<string>, lockAfterMinutes: number, };
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
export type ChannelView = { name: string, label: string, active: boolean, };
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
export type Action = "new_sale" | "charge_again" | "check_status" | "set_aside" | "void" | "other_method" | "confirm" | "decide" | "settle_conflict" | "reprint";
export type TimelineKind = "prepared" | "sent" | "approved" | "declined" | "not_charged" | "pending" | "answer_lost" | "refused" | "no_evidence" | "evidence" | "called_back" | "restarted" | "voided" | "decided" | "conflict" | "reprinted" | "not_reprinted" | "reprint_unknown";
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
reason: string | null, candidate: CandidateView | null, timeline: Array<TimelineEntry>, actions: Array<Action>, };
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
export type Days = "today" | "yesterday" | "week" | "all";
export type PaidWith = "any" | "card" | "wallet";
export type HistoryFilter = { text: string, days: Days, paidWith: PaidWith, 
/**
 * Where the last page ended.
 */
cursor: string | null, };
export type HistoryPage = { rows: Array<HistoryRow>, next: string | null, };
export type PaymentDetail = { payment: PaymentView, 
/**
 * Lines of plain text; none before there is a receipt.
 */
receipt: Array<string>, voids: Array<PaymentView>, };
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
  add_item: { args: { itemId: number }; result: TicketView };
  set_quantity: { args: { lineId: number; quantity: number }; result: TicketView };
  remove_line: { args: { lineId: number }; result: TicketView };
  clear_ticket: { args: {  }; result: TicketView };
  items: { args: {  }; result: Array<ItemView> };
  pay: { args: { method: Method; channel: string | null; entry: string; sure: boolean }; result: PaymentView };
  charge_again: { args: { reference: string; method: Method | null; channel: string | null }; result: PaymentView };
  new_sale: { args: {  }; result: TicketView };
  set_aside: { args: {  }; result: TicketView };
  open_payment: { args: {  }; result: PaymentView | null };
  sale_options: { args: {  }; result: SaleOptions };
  set_ticket_extras: { args: { form: TicketExtras }; result: TicketView };
  check_cash: { args: { cash: string }; result: string };
  pay_with_cash: { args: { cash: string; entry: string; sure: boolean }; result: PaymentView };
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
  wallets: { args: {  }; result: WalletsView };
  refresh_wallets: { args: {  }; result: WalletsView };
  save_item: { args: { form: ItemForm }; result: Array<ItemView> };
  remove_item: { args: { id: number }; result: Array<ItemView> };
  staff: { args: {  }; result: Array<StaffTile> };
  save_staff: { args: { form: StaffForm }; result: Array<StaffTile> };
  remove_staff: { args: { id: number }; result: Array<StaffTile> };
  settings: { args: {  }; result: SettingsView };
  save_settings: { args: { form: SettingsForm }; result: SettingsView };
  verify_journal: { args: {  }; result: JournalView };
  callback_settings: { args: {  }; result: CallbackView };
  save_callback: { args: { form: CallbackForm }; result: CallbackView };
  log_page: { args: { form: LogQuery }; result: LogPage };
  log_detail: { args: {  }; result: LogDetail };
  set_log_detail: { args: { detailed: boolean }; result: LogDetail };
  save_for_support: { args: {  }; result: SavedFile };
}
/** What the shell tells without being asked. */
export interface Events { payment: PaymentView; app: AppView; terminals: TerminalsView; wallets: WalletsView; check: CheckStep }
