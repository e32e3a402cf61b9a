//! The contract between shell and page, kept from drifting: `ui/types/ipc.d.ts` is made from the commands' signatures
//! and the views, and the capability names exactly the commands on the list.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use quote::ToTokens;
use syn::{FnArg, GenericArgument, Item, ItemFn, Pat, PathArguments, ReturnType, Type};
use ts_rs::{Config, TS};

use crate::commands::names;
use crate::{error, view};

const HEADER: &str = "// Made from src-tauri/src by `cargo xtask types`. Do not edit; `cargo xtask test` fails where the two differ.\n";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_types_of_the_page_are_the_shells() {
    let path = root().join("ui/types/ipc.d.ts");
    let made = declarations();
    if std::env::var_os("KAUNTER_WRITE_TYPES").is_some() {
        fs::write(&path, made).unwrap();
        return;
    }
    let there = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        there == made,
        "{} differs from the shell; run `cargo xtask types`",
        path.display()
    );
}

#[test]
fn the_counter_may_call_every_command_on_the_list_but_what_is_for_another_window() {
    let mut allowed = permissions("counter", "counter");
    for (file, windows) in OTHERS {
        allowed.extend(permissions(file, windows));
    }
    let of_the_window = [
        "core:event:allow-listen",
        "core:event:allow-unlisten",
        "core:webview:allow-set-webview-zoom",
    ]
    .map(str::to_owned);
    let mut listed: Vec<String> = names::ALL
        .iter()
        .map(|name| format!("allow-{}", name.replace('_', "-")))
        .chain(of_the_window)
        .collect();
    allowed.sort_unstable();
    listed.sort_unstable();
    assert_eq!(allowed, listed);
}

#[test]
fn a_customer_can_call_nothing_but_their_own_view() {
    assert_eq!(permissions("customer", "customer"), ["allow-customer-view"]);
}

/// The capabilities of the other windows, each with the windows that it is for.
const OTHERS: [(&str, &str); 2] = [("customer", "customer"), ("terminal", "terminal-*")];

/// What the capability of that name permits; it is for these windows and no other.
fn permissions(name: &str, windows: &str) -> Vec<String> {
    let path = root().join(format!("src-tauri/capabilities/{name}.json"));
    let capability: serde_json::Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    assert_eq!(capability["windows"], serde_json::json!([windows]));
    let permissions = capability["permissions"].as_array().unwrap();
    permissions
        .iter()
        .map(|permission| permission.as_str().unwrap().to_owned())
        .collect()
}

/// The whole file: the views' types, the commands, the events.
fn declarations() -> String {
    let config = Config::new().with_large_int("number");
    let mut text = HEADER.to_owned();
    macro_rules! declare {
        ($($view:ty),* $(,)?) => { $(text.push_str(&format!("export {}\n", <$view as TS>::decl(&config)));)* };
    }
    declare!(
        error::ErrorCode,
        error::CommandError,
        view::Mode,
        view::Role,
        view::Theme,
        view::Language,
        view::TrainingPin,
        view::AppView,
        view::shop::StaffTile,
        view::shop::StaffForm,
        view::ticket::Unit,
        view::ticket::DiscountView,
        view::ticket::LineView,
        view::ticket::TaxView,
        view::options::TicketExtras,
        view::ticket::TicketView,
        view::ticket::DiscountPreview,
        view::ticket::QuantityPreview,
        view::ticket::ParkedView,
        view::ticket::AgainView,
        view::tax::TaxClassView,
        view::tax::TaxSettingsView,
        view::tax::TaxForm,
        view::items::ItemView,
        view::items::ItemForm,
        view::items::ItemQuery,
        view::items::ItemPage,
        view::items::CategoryView,
        view::items::ItemPicture,
        view::items::TaxChoice,
        view::items::ScanOutcome,
        view::items::ScanView,
        view::import::RowFate,
        view::import::ImportRow,
        view::import::RowProblem,
        view::import::ImportMistake,
        view::import::ImportCounts,
        view::import::ImportView,
        view::import::ProblemWords,
        view::import::ImportWords,
        view::counter::CounterView,
        view::shop::SettingsView,
        view::shop::SettingsForm,
        view::support::CallbackStanding,
        view::support::CallbackProblem,
        view::support::CallbackRefusal,
        view::support::CallbackView,
        view::support::CallbackForm,
        view::support::LogQuery,
        view::support::LogLine,
        view::support::LogPage,
        view::support::LogDetail,
        view::support::SavedFile,
        view::printing::PrinterKind,
        view::printing::PrinterPage,
        view::printing::PaperWidth,
        view::printing::PrintTime,
        view::printing::PrintForm,
        view::printing::PrintSettingsView,
        view::printing::UsbPrinterView,
        view::printing::PlacesView,
        view::printing::PreviewView,
        view::printing::PrintedState,
        view::printing::PrinterTrouble,
        view::printing::PrintView,
        view::printing::PrintNews,
        view::options::CashOutView,
        view::options::SaleOptions,
        view::options::OptionsView,
        view::options::OptionsForm,
        view::options::ReprintResult,
        view::options::ReprintView,
        view::terminals::TerminalKind,
        view::terminals::Light,
        view::terminals::TerminalView,
        view::terminals::TerminalsView,
        view::terminals::ScriptView,
        view::binding::CodeKind,
        view::binding::SquaresView,
        view::binding::BindingView,
        view::binding::PrebindProblem,
        view::binding::PrebindHint,
        view::binding::PrebindLineView,
        view::binding::PrebindView,
        view::wallets::NotOffered,
        view::wallets::WalletView,
        view::wallets::WalletsView,
        view::payments::Method,
        view::payments::PaymentKind,
        view::payments::PaymentState,
        view::actions::Action,
        view::payments::TimelineKind,
        view::payments::Grade,
        view::said::Source,
        view::said::Said,
        view::payments::TimelineEntry,
        view::said::Explanation,
        view::payments::SafeReason,
        view::payments::CandidateView,
        view::payments::JournalView,
        view::payments::PaymentView,
        view::last::LastResult,
        view::last::Whose,
        view::last::LastTransactionView,
        view::last::LastSeenView,
        view::payments::HistoryRow,
        view::tenders::Rounding,
        view::tenders::RoundingView,
        view::tenders::TenderKind,
        view::tenders::TenderView,
        view::tenders::EntryView,
        view::tenders::Progress,
        view::tenders::StandingView,
        view::tenders::CashOfferView,
        view::tenders::TakingForm,
        view::tenders::TakenView,
        view::tenders::TakenBackView,
        view::tenders::HandOverView,
        view::returns::RefundWay,
        view::returns::ReturnProgress,
        view::returns::ReturnLineForm,
        view::returns::ReturnableView,
        view::returns::ReturnSheetView,
        view::returns::ReturnForm,
        view::returns::ReturnedLineView,
        view::returns::ReturnView,
        view::returns::ReturnedView,
        view::returns::SaleView,
        view::returns::TenderDetail,
        view::filter::Days,
        view::filter::PaidWith,
        view::filter::HistoryFilter,
        view::payments::HistoryPage,
        view::payments::PaymentDetail,
        view::setup::Gateway,
        view::setup::RealMoney,
        view::setup::AccountForm,
        view::setup::AccountFacts,
        view::setup::WizardStep,
        view::setup::SetupView,
        view::setup::StoreForm,
        view::setup::AccountView,
        view::setup::TestSaleView,
        view::setup::Step,
        view::setup::StepResult,
        view::setup::CheckStep,
        view::setup::CheckReport,
        view::customer::CustomerStage,
        view::customer::CustomerLine,
        view::customer::CustomerTax,
        view::customer::CustomerView,
        view::customer::DisplayPlace,
        view::customer::DisplayStanding,
        view::customer::ScreenView,
        view::customer::DisplayView,
        view::customer::DisplayForm,
        view::virtual_terminal::TerminalShows,
        view::virtual_terminal::TerminalTask,
        view::virtual_terminal::TerminalVerdict,
        view::virtual_terminal::SlipView,
        view::virtual_terminal::VirtualTerminalView,
        view::virtual_terminal::TerminalAct,
    );
    text.push_str("/** Every command: its arguments and its result. Errors are CommandError. */\n");
    text.push_str("export interface Commands {\n");
    let signatures = signatures();
    for name in names::ALL {
        let signature = signatures
            .get(*name)
            .unwrap_or_else(|| panic!("{name} is listed and not written"));
        text.push_str(&format!("  {name}: {signature};\n"));
    }
    text.push_str(
        "}\n/** What is told on the channel of a command that takes one. */\nexport interface Channels {\n",
    );
    for (name, told) in channels() {
        text.push_str(&format!("  {name}: {told};\n"));
    }
    text.push_str("}\n/** What the shell tells without being asked. */\n");
    text.push_str(
        "export interface Events { payment: PaymentView; app: AppView; terminals: TerminalsView; wallets: WalletsView; check: CheckStep; display: DisplayView; print: PrintNews }\n",
    );
    text
}

/// By name, the arguments and the result of every function marked as a command.
fn signatures() -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(root().join("src-tauri/src/commands")).unwrap() {
        for function in commands_in(&entry.unwrap().path()) {
            let arguments: Vec<String> = function.sig.inputs.iter().filter_map(argument).collect();
            let ReturnType::Type(_, result) = &function.sig.output else {
                panic!("a command gives a result")
            };
            let signature = format!(
                "{{ args: {{ {} }}; result: {} }}",
                arguments.join("; "),
                typescript(first_generic(result))
            );
            found.insert(function.sig.ident.to_string(), signature);
        }
    }
    found
}

/// By name, what every command with a channel tells on it.
fn channels() -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(root().join("src-tauri/src/commands")).unwrap() {
        for function in commands_in(&entry.unwrap().path()) {
            let told = function.sig.inputs.iter().find_map(|argument| match argument {
                FnArg::Typed(typed) if typescript(&typed.ty) == "Channel" => {
                    Some(typescript(first_generic(&typed.ty)))
                }
                FnArg::Typed(_) | FnArg::Receiver(_) => None,
            });
            found.extend(told.map(|told| (function.sig.ident.to_string(), told)));
        }
    }
    found
}

fn commands_in(path: &Path) -> Vec<ItemFn> {
    let file = syn::parse_file(&fs::read_to_string(path).unwrap()).unwrap();
    let marked = |function: &ItemFn| {
        function
            .attrs
            .iter()
            .any(|attribute| attribute.path().to_token_stream().to_string() == "tauri :: command")
    };
    file.items
        .into_iter()
        .filter_map(|item| match item {
            Item::Fn(function) if marked(&function) => Some(function),
            _ => None,
        })
        .collect()
}

/// `staff_id: i64` as `staffId: number`; what Tauri passes by itself is left out.
fn argument(argument: &FnArg) -> Option<String> {
    let FnArg::Typed(typed) = argument else {
        return None;
    };
    let Pat::Ident(name) = typed.pat.as_ref() else {
        return None;
    };
    let kind = typescript(&typed.ty);
    (!["State", "AppHandle", "WebviewWindow", "Channel"].contains(&kind.as_str()))
        .then(|| format!("{}: {kind}", camel(&name.ident.to_string())))
}

fn camel(name: &str) -> String {
    let mut parts = name.split('_');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |name, part| {
        let (head, tail) = part.split_at(1);
        name + &head.to_uppercase() + tail
    })
}

fn typescript(rust: &Type) -> String {
    match rust {
        Type::Tuple(tuple) if tuple.elems.is_empty() => "null".to_owned(),
        Type::Path(path) => {
            let last = path.path.segments.last().unwrap();
            match last.ident.to_string().as_str() {
                "i64" | "u32" => "number".to_owned(),
                "bool" => "boolean".to_owned(),
                "String" => "string".to_owned(),
                "Option" => format!("{} | null", typescript(first_generic(rust))),
                "Vec" => format!("Array<{}>", typescript(first_generic(rust))),
                name => name.to_owned(),
            }
        }
        other => panic!("no type of the page's for {}", other.to_token_stream()),
    }
}

/// `T` of `Result<T, _>`, `Option<T>` or `Vec<T>`.
fn first_generic(rust: &Type) -> &Type {
    let Type::Path(path) = rust else {
        panic!("a generic type was expected")
    };
    let PathArguments::AngleBracketed(arguments) = &path.path.segments.last().unwrap().arguments else {
        panic!("a generic type was expected")
    };
    match arguments.args.first() {
        Some(GenericArgument::Type(inner)) => inner,
        _ => panic!("a generic type was expected"),
    }
}
