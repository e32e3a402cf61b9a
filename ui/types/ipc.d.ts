// The contract between shell and page. The real file (ui/types/ipc.d.ts) is generated from src-tauri/src/view.rs and will look like this.
export type ErrorCode =
  | "locked" | "not_allowed" | "wrong_pin" | "pin_delayed" | "pin_rules" | "pin_taken" | "name_needed" | "name_too_long" | "last_manager"
  | "wrong_password" | "wrong_secret_key" | "wrong_pos_id" | "wrong_merchant_id" | "account_locked" | "session_elsewhere" | "clock_wrong" | "gateway_refused"
  | "gateway_unreachable" | "gateway_address" | "gateway_unreadable" | "rate_limited" | "no_terminals" | "keyring_missing" | "keyring_locked"
  | "store_busy" | "store_full" | "store_failed" | "store_newer" | "second_till"
  | "amount_empty" | "amount_malformed" | "amount_too_large" | "price_malformed" | "ticket_empty" | "ticket_frozen" | "ticket_too_long"
  | "quantity" | "unknown_item" | "unknown_line" | "unknown_payment" | "unknown_staff" | "unknown_terminal" | "no_terminal_chosen" | "terminal_held" | "terminal_off"
  | "channel_needed" | "not_safe_to_charge" | "not_voidable" | "already_voided" | "void_in_doubt" | "open_payments" | "not_training" | "text_too_long" | "internal";
export type CommandError = { code: ErrorCode; message: string; retryable: boolean; waitSeconds: number | null };

export type Mode = "setup" | "training" | "live";
export type Role = "manager" | "cashier";
export type StaffTile = { id: number; name: string; role: Role };
export type TrainingPin = { name: string; pin: string };
export type AppView = { mode: Mode; version: string; session: StaffTile | null /* null = locked */; staff: StaffTile[]; storeName: string; currency: string; theme: "system" | "light" | "dark"; lockAfterMinutes: number; trainingPins: TrainingPin[] /* only in training */; terminal: TerminalView | null /* the chosen one */; unresolved: number; problem: CommandError | null /* e.g. keyring_missing at start */ };

export type Gateway = "production" | "fiuu-sandbox" | "other";
export type LiveForm = { gateway: Gateway; address: string /* for other */; posId: string; password: string; merchantId: string; secretKey: string; currency: string; terminalId: string /* "" until chosen */ };
export type CheckStep = { step: "sign_in" | "terminals" | "channels" | "signature"; result: "ok" | "failed" | "skipped" | "unknown"; error: CommandError | null; detail: string };
export type CheckReport = { steps: CheckStep[]; terminals: TerminalView[]; channels: ChannelView[]; ready: boolean };
export type SetupForm = { live: LiveForm; terminalName: string; storeName: string; header: string[]; managerName: string; managerPin: string };

export type TerminalView = { id: string; name: string /* merchant's own, "" if none */; kind: "vt" | "terminal"; light: "on" | "off" | "unknown"; chosen: boolean; held: boolean; script: string /* training: name of the script the virtual terminal plays next, "" live */ };
export type TerminalsView = { terminals: TerminalView[]; checkedAt: string | null; problem: CommandError | null };
export type ScriptView = { name: string; label: string };
export type ChannelView = { name: string; label: string; active: boolean };

export type ItemView = { id: number; name: string; price: string /* "6.50" */; category: string };
export type LineView = { id: number; name: string /* "" = open amount */; quantity: number; price: string; total: string; selected: boolean };
export type TicketView = { number: number; lines: LineView[]; total: string; currency: string; frozen: boolean };

export type Method = "bankCard" | "qrCustScan" | "qrMerchScan";
export type PaymentState = "prepared" | "sent" | "approved" | "declined" | "not_charged" | "pending" | "unknown" | "voided" | "void_in_doubt" | "charged_by_hand" | "not_charged_by_hand";
export type Action = "new_sale" | "charge_again" | "check_status" | "set_aside" | "void" | "other_method";
export type TimelineKind = "prepared" | "sent" | "answered" | "approved" | "declined" | "declined_after_check" | "not_charged" | "pending" | "answer_lost" | "asked" | "evidence" | "no_evidence" | "asking_again" | "void_started" | "voided" | "not_voided" | "not_saved" | "restarted" | "conflict";
export type TimelineEntry = { at: string /* ISO UTC */; kind: TimelineKind; detail: string /* e.g. a code's meaning, seconds until next question, staff name */ };
export type Explanation = { code: string; meaning: string; next: string };
export type SafeReason = "declined" | "not_charged" | "voided" | "decided_not_charged" | "in_flight" | "approved" | "pending" | "unknown" | "void_in_doubt" | "decided_charged" | "being_checked" | "conflict";
export type PaymentView = { reference: string; ticket: number; receipt: string | null; kind: "sale" | "cashOut" | "void"; original: string | null /* reference of the voided sale */; state: PaymentState; saved: boolean /* false: the answer could not be committed yet */; amount: string; currency: string; method: Method; paidWith: string /* "Mastercard •••• 7364", "Touch ’n Go", "Card" */; terminalId: string; terminalName: string; at: string; sentAt: string | null; deadlineAt: string | null; explanation: Explanation | null; approvalCode: string | null; entryMode: string | null; safeToChargeAgain: boolean; safeReason: SafeReason; conflict: boolean; timeline: TimelineEntry[]; actions: Action[] };
export type HistoryRow = { reference: string; at: string; receipt: string | null; paidWith: string; method: Method; terminalName: string; amount: string; currency: string; kind: "sale" | "cashOut" | "void"; state: PaymentState };
export type HistoryFilter = { text: string; days: "today" | "yesterday" | "week" | "all"; paidWith: "any" | "card" | "wallet"; cursor: string | null };
export type HistoryPage = { rows: HistoryRow[]; next: string | null };
export type PaymentDetail = { payment: PaymentView; receipt: string[] /* lines, monospaced, 38 wide; [] if none yet */; voids: PaymentView[] };
export type StaffForm = { id: number | null; name: string; role: Role; pin: string | null };
export type ItemForm = { id: number | null; name: string; price: string; category: string };
export type SettingsView = { storeName: string; header: string[]; currency: string; theme: "system" | "light" | "dark"; lockAfterMinutes: number; mode: Mode; gateway: string; posId: string; merchantId: string; dataFolder: string; version: string };
export type SettingsForm = { storeName: string; header: string[]; lockAfterMinutes: number };

/** Every command: its arguments (one object) and its result. Errors are CommandError. */
export interface Commands {
  app_state: { args: {}; result: AppView };
  choose_training: { args: {}; result: AppView };            // from Set-up
  leave_training: { args: {}; result: AppView };             // manager; back to Set-up
  check_live: { args: { form: LiveForm }; result: CheckReport };
  go_live: { args: { form: SetupForm }; result: AppView };
  unlock: { args: { staffId: number; pin: string }; result: AppView };
  lock: { args: {}; result: AppView };
  activity: { args: {}; result: null };                      // call at most every 10 s while keys/pointer move; keeps the idle lock away
  reset_manager_pin: { args: { staffId: number; password: string; newPin: string }; result: AppView }; // forgotten PIN: the POS account's password
  set_theme: { args: { theme: "system" | "light" | "dark" }; result: AppView };
  ticket: { args: {}; result: TicketView };
  add_amount: { args: { entry: string /* digits fill from the cents: "1250" → 12.50; "12.5" is understood */ }; result: TicketView };
  add_item: { args: { itemId: number }; result: TicketView };
  set_quantity: { args: { lineId: number; quantity: number }; result: TicketView };
  remove_line: { args: { lineId: number }; result: TicketView };
  clear_ticket: { args: {}; result: TicketView };
  items: { args: {}; result: ItemView[] };
  channels: { args: {}; result: ChannelView[] };             // wallets for qrCustScan
  pay: { args: { method: Method; channel: string | null; entry: string /* typed but not yet added; "" = none */ }; result: PaymentView }; // returns as soon as the payment is committed as sent
  charge_again: { args: { reference: string; method: Method | null /* null: same as before */; channel: string | null }; result: PaymentView };
  new_sale: { args: {}; result: TicketView };                // after a final payment
  set_aside: { args: {}; result: TicketView };               // serve the next customer while this one is unknown/pending
  open_payment: { args: {}; result: PaymentView | null };    // what Pay should show after a reload: the current ticket's newest payment
  payment: { args: { reference: string }; result: PaymentView };
  check_status: { args: { reference: string }; result: PaymentView };
  history: { args: { filter: HistoryFilter }; result: HistoryPage };
  payment_detail: { args: { reference: string }; result: PaymentDetail };
  void_payment: { args: { reference: string; managerId: number; pin: string }; result: PaymentView }; // the void's own view; follow it by its reference
  terminals: { args: {}; result: TerminalsView };            // as last known
  refresh_terminals: { args: {}; result: TerminalsView };
  name_terminal: { args: { id: string; name: string }; result: TerminalsView };
  choose_terminal: { args: { id: string }; result: TerminalsView };
  scripts: { args: {}; result: ScriptView[] };               // training only
  set_script: { args: { terminalId: string; name: string }; result: TerminalsView };
  save_item: { args: { form: ItemForm }; result: ItemView[] };
  remove_item: { args: { id: number }; result: ItemView[] };
  staff: { args: {}; result: StaffTile[] };
  save_staff: { args: { form: StaffForm }; result: StaffTile[] };
  remove_staff: { args: { id: number }; result: StaffTile[] };
  settings: { args: {}; result: SettingsView };
  save_settings: { args: { form: SettingsForm }; result: SettingsView };
}
/** Pushed from Rust by tauri events of these names (payload as given). */
export interface Events { payment: PaymentView; app: AppView; terminals: TerminalsView; }
