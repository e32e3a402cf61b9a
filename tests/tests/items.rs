//! Items through the till: who may do what, and that an import does what was shown or nothing.

use cloudecr::{SystemClock, TimeLimits};
use kaunter_tests::{Failure, Outcome};
use secrecy::SecretString;
use std::sync::Arc;
use tempfile::TempDir;
use till::{
    ConnectionSettings, InquiryTimes, Item, ItemForm, ItemProblem, ItemQuery, MemoryVault, MistakeWords,
    PictureChange, Pin, Provision, Role, RowProblem, Scan, StaffEntry, StaffError, StoreSettings,
    SystemEntropy, TableLanguage, Till, TillError, TillParts, Unit,
};

const PIN: &str = "739164";

/// A till whose manager is signed in. Nothing here asks the gateway, and there is none.
fn open() -> Outcome<(TempDir, Till)> {
    let folder = tempfile::tempdir()?;
    let till = Till::open(TillParts {
        folder: folder.path().to_owned(),
        vault: Box::new(|_| Arc::new(MemoryVault::default())),
        clock: Arc::new(SystemClock),
        entropy: Arc::new(SystemEntropy),
        zone: jiff::tz::TimeZone::UTC,
        training: false,
        times: InquiryTimes::default(),
        limits: TimeLimits::default(),
        print_limits: till::print::PrintLimits::default(),
        system_language: till::Language::English,
    })?;
    let secret = |text: &str| SecretString::from(text.to_owned());
    let entry = |name: &str, role| -> Outcome<StaffEntry> {
        Ok(StaffEntry {
            name: name.to_owned(),
            role,
            pin: Pin::new(PIN.to_owned())?,
        })
    };
    till.provision(&Provision {
        connection: ConnectionSettings {
            gateway: "http://127.0.0.1:9".to_owned(),
            pos_id: "POS".to_owned(),
            merchant_id: "MERCHANT".to_owned(),
        },
        password: secret("password"),
        secret_key: secret("key"),
        store: StoreSettings {
            name: "Kedai".to_owned(),
            header: Vec::new(),
            currency: "MYR".to_owned(),
            lock_after_minutes: 0,
        },
        staff: vec![entry("Farid", Role::Manager)?, entry("Aina", Role::Cashier)?],
        terminals: Vec::new(),
        terminal: None,
    })?;
    sign_in(&till, Role::Manager)?;
    Ok((folder, till))
}

fn sign_in(till: &Till, role: Role) -> Outcome {
    let staff = till.roster().everybody()?;
    let member = staff
        .into_iter()
        .find(|member| member.role == role)
        .ok_or_else(|| Failure::new("nobody has that role"))?;
    till.roster().unlock(member.id, &Pin::new(PIN.to_owned())?)?;
    Ok(())
}

fn form(name: &str, price: &str, barcodes: &[&str]) -> ItemForm {
    ItemForm {
        id: None,
        name: name.to_owned(),
        price: price.to_owned(),
        category: String::new(),
        code: String::new(),
        barcodes: barcodes.iter().map(|&code| code.to_owned()).collect(),
        tax_class: None,
        unit: Unit::Each,
        sold_out: false,
        picture: PictureChange::Keep,
    }
}

fn all(till: &Till) -> Outcome<Vec<Item>> {
    let query = ItemQuery {
        limit: 100,
        ..ItemQuery::default()
    };
    Ok(till.find_items(&query)?.items)
}

#[test]
fn an_import_does_what_was_shown_or_nothing() -> Outcome {
    let (_folder, till) = open()?;
    let file = "name,price\nTeh,2.80\nKopi,2.20\n".as_bytes();
    let shown = till.preview_import(file)?;
    assert_eq!((shown.counts.new, shown.bad), (2, 0));
    assert_eq!(all(&till)?, [], "looking changed something");
    // Somebody adds one of them by hand meanwhile: the row would change it now, which nobody has seen.
    till.save_item(&form("Kopi", "9.00", &[]))?;
    assert!(matches!(
        till.import_items(file, &shown.digest),
        Err(TillError::Item(ItemProblem::ImportChanged))
    ));
    assert_eq!(all(&till)?.len(), 1);
    let shown = till.preview_import(file)?;
    let other = "name,price\nTeh,2.80\nKopi,0.10\n".as_bytes();
    assert!(matches!(
        till.import_items(other, &shown.digest),
        Err(TillError::Item(ItemProblem::ImportChanged))
    ));
    let done = till.import_items(file, &shown.digest)?;
    assert_eq!((done.new, done.changed, done.same), (1, 1, 0));
    let prices: Vec<String> = all(&till)?
        .iter()
        .map(|item| item.facts.price.to_string())
        .collect();
    assert_eq!(prices, ["2.20", "2.80"]);
    Ok(())
}

#[test]
fn a_file_with_a_row_to_mend_changes_nothing() -> Outcome {
    let (_folder, till) = open()?;
    let file = "name,price\nTeh,2.80\nKopi,free\n".as_bytes();
    let shown = till.preview_import(file)?;
    assert_eq!((shown.counts.new, shown.bad), (1, 1));
    assert!(matches!(
        till.import_items(file, &shown.digest),
        Err(TillError::Item(ItemProblem::Mistakes(1)))
    ));
    assert_eq!(all(&till)?, []);
    Ok(())
}

#[test]
fn a_file_that_is_saved_for_mending_imports_all_of_it_once_mended() -> Outcome {
    let (_folder, till) = open()?;
    let file = "code,name,price\nT1,Teh,2.80\nK1,Kopi,free\nT1,Milo,3.00\nA1,Air,1.00\n".as_bytes();
    assert_eq!(till.preview_import(file)?.bad, 2);
    let words = MistakeWords {
        line: "Line".to_owned(),
        problem: "What is wrong, and what to do".to_owned(),
        sentences: RowProblem::ALL
            .map(|problem| (problem, "“{value}”, {other}".to_owned()))
            .to_vec(),
    };
    let saved = String::from_utf8(till.import_mistakes(file, &words)?)?;
    // As it is, it says the same.
    assert_eq!(till.preview_import(saved.as_bytes())?.bad, 2);
    let mended = saved.replace(",free", ",2.20").replace("T1,Milo", "M1,Milo");
    let shown = till.preview_import(mended.as_bytes())?;
    assert_eq!((shown.bad, shown.unknown.len()), (0, 2), "{mended}");
    let done = till.import_items(mended.as_bytes(), &shown.digest)?;
    assert_eq!(done.new, 4);
    let names: Vec<String> = all(&till)?.into_iter().map(|item| item.facts.name).collect();
    assert_eq!(names, ["Air", "Kopi", "Milo", "Teh"]);
    Ok(())
}

#[test]
fn what_is_exported_is_on_the_shelf_already_when_it_is_imported() -> Outcome {
    let (_folder, till) = open()?;
    till.save_item(&form("=Teh, \"o\"", "2.80", &["036000291452", "AB-12"]))?;
    let mut taxed = form("白咖啡", "4.50", &[]);
    taxed.tax_class = Some(2);
    taxed.unit = Unit::Kilogram;
    till.save_item(&taxed)?;
    for language in [
        TableLanguage::English,
        TableLanguage::Malay,
        TableLanguage::Chinese,
    ] {
        let shown = till.preview_import(&till.export_items(language)?)?;
        assert_eq!((shown.counts.same, shown.bad), (2, 0), "{:?}", shown.mistakes);
    }
    Ok(())
}

#[test]
fn a_cashier_sells_and_says_what_is_sold_out_and_changes_nothing_else() -> Outcome {
    let (_folder, till) = open()?;
    let item = till.save_item(&form("Teh", "2.80", &["036000291452"]))?;
    sign_in(&till, Role::Cashier)?;
    let refused = |outcome: Result<(), TillError>| {
        assert!(matches!(outcome, Err(TillError::Staff(StaffError::NotAllowed))));
    };
    refused(till.save_item(&form("Kopi", "1.00", &[])).map(drop));
    refused(till.remove_item(item.id));
    refused(till.preview_import(b"name,price\na,1\n").map(drop));
    refused(till.import_items(b"name,price\na,1\n", "").map(drop));
    refused(till.export_items(TableLanguage::English).map(drop));
    refused(till.read_item_picture(b"").map(drop));

    assert!(matches!(till.scan("0036000291452")?.scan, Scan::Added(_)));
    assert!(till.set_sold_out(item.id, true)?.facts.sold_out);
    let scan = till.scan("036000291452\r\n")?;
    assert!(matches!(scan.scan, Scan::SoldOut(_)));
    assert_eq!((scan.code.as_str(), scan.ticket.lines.len()), ("036000291452", 1));
    assert!(till.add_item(item.id, None).is_err());
    assert_eq!(till.scan("\u{1b}[31m<script>")?.scan, Scan::NotFound);

    till.roster().lock();
    let locked = |outcome: Result<(), TillError>| {
        assert!(matches!(outcome, Err(TillError::Staff(StaffError::Locked))));
    };
    locked(till.scan("036000291452").map(drop));
    locked(till.find_items(&ItemQuery::default()).map(drop));
    locked(till.set_sold_out(item.id, false).map(drop));
    Ok(())
}
