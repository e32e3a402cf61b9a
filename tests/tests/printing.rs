//! Receipts on paper: what the printer prints is what the page says, and nothing is printed twice unasked.

#[path = "printing/drawer.rs"]
mod drawer;
#[path = "printing/receipts.rs"]
mod receipts;
#[path = "printing/refused.rs"]
mod refused;
#[path = "printing/shop.rs"]
mod shop;

use kaunter_tests::{Failure, Manner, Mark, Outcome, Printer};
use shop::{Shop, open, sign_in};
use std::time::Duration;
use till::print::{Bitmap, CodePage, Paper, PrintTrouble, PrintWhen, Printed, ReceiptLanguages, draw_row};
use till::{Language, Reference, Row};

/// The most rows of dots that the printer is given in one picture.
const STRIP: u16 = 24;

/// What a row must come out of the printer as.
fn on_paper(row: &Row, paper: Paper) -> Vec<Mark> {
    let as_text = match row {
        Row::Text { weight, spans } => {
            let text = row.plain(paper.columns());
            let (bold, large) = match weight {
                till::Weight::Plain => (false, false),
                till::Weight::Bold => (true, false),
                till::Weight::Large => (true, true),
            };
            let text = if large {
                format!("{}{}", " ".repeat(spans[0].column), text.trim())
            } else {
                text
            };
            CodePage::Cp437
                .encode(&text)
                .map(|_| Mark::Text { text, bold, large })
        }
        Row::Rule | Row::Blank => Some(Mark::Text {
            text: row.plain(paper.columns()),
            bold: false,
            large: false,
        }),
        Row::Logo | Row::Qr(_) => None,
    };
    match as_text {
        Some(text) => vec![text],
        None => in_strips(&draw_row(row, paper, None).bitmap),
    }
}

fn in_strips(picture: &Bitmap) -> Vec<Mark> {
    let strip = usize::from(picture.stride()) * usize::from(STRIP);
    let strips = picture.bytes().chunks(strip).filter_map(|dots| {
        let tall = u16::try_from(dots.len() / usize::from(picture.stride())).ok()?;
        Bitmap::from_bytes(picture.width(), tall, dots)
    });
    strips.map(Mark::Picture).collect()
}

/// The pictures that follow each other on a sheet, each put together again.
fn pictures(sheet: &[Mark]) -> Vec<Bitmap> {
    let mut whole: Vec<(u16, Vec<u8>)> = Vec::new();
    let mut goes_on = false;
    for mark in sheet {
        if let Mark::Picture(strip) = mark {
            match whole.last_mut() {
                Some((_, dots)) if goes_on => dots.extend(strip.bytes()),
                Some(_) | None => whole.push((strip.width(), strip.bytes().to_vec())),
            }
        }
        goes_on = matches!(mark, Mark::Picture(_));
    }
    let bitmap = |(width, dots): (u16, Vec<u8>)| {
        let tall = u16::try_from(dots.len() / usize::from(width.div_ceil(8))).ok()?;
        Bitmap::from_bytes(width, tall, &dots)
    };
    whole.into_iter().filter_map(bitmap).collect()
}

/// The texts of a page without their blanks: how wide a gap between letters is a blank is the reader's guess.
fn page_lines(page: &[u8]) -> Outcome<Vec<String>> {
    let text = pdf_extract::extract_text_from_mem(page).map_err(|error| Failure::new(error.to_string()))?;
    Ok(text
        .lines()
        .map(unspaced)
        .filter(|line| !line.is_empty())
        .collect())
}

fn unspaced(line: &str) -> String {
    line.split_whitespace().collect()
}

fn squeezed(line: &str) -> String {
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_paper_says_what_the_page_says_in_every_language_and_on_both_widths() -> Outcome {
    let shop = Shop::open().await?;
    let payment = shop.sell().await?;
    let of = shop.of(&payment)?;
    let printer = Printer::start(Manner::Well)?;
    let mut copy = 0;
    for language in [Language::English, Language::Malay, Language::Chinese] {
        for paper in [Paper::Mm58, Paper::Mm80] {
            let what = format!("{language:?} on {paper:?}");
            shop.set(&printer, |settings| {
                settings.paper = paper;
                settings.languages = ReceiptLanguages {
                    first: Some(language),
                    second: None,
                };
            })?;
            let outcome = shop.till.print_receipt(&of)?;
            copy += 1;
            assert_eq!((outcome.printed, outcome.copy), (Printed::Yes, copy), "{what}");

            let sheets = printer.sheets();
            let sheet = sheets.last().ok_or_else(|| Failure::new("no paper"))?;
            let rows = shop.till.receipt_rows(&of, copy)?;
            let mut expected: Vec<Mark> = rows.iter().flat_map(|row| on_paper(row, paper)).collect();
            let blank = Mark::Text {
                text: String::new(),
                bold: false,
                large: false,
            };
            expected.extend(vec![blank; 4]);
            expected.push(Mark::Cut);
            for (at, (printed, expected)) in sheet.iter().zip(&expected).enumerate() {
                assert_eq!(printed, expected, "{what}, row {at}");
            }
            assert_eq!(sheet.len(), expected.len(), "{what}");

            let path = shop.till.save_receipt_page(&of, shop.folder.path())?;
            let page = page_lines(&std::fs::read(&path)?)?;
            let said: Vec<String> = shop
                .till
                .receipt_rows(&of, 1)?
                .iter()
                .filter(|row| !matches!(row, Row::Rule))
                .map(|row| unspaced(&row.plain(paper.columns())))
                .filter(|line| !line.is_empty())
                .collect();
            assert_eq!(page, said, "{what}");
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_has_the_sale_on_it_and_a_code_of_its_reference() -> Outcome {
    let shop = Shop::open().await?;
    let payment = shop.sell().await?;
    let printer = Printer::start(Manner::Well)?;
    shop.set(&printer, |_| ())?;
    shop.till.print_receipt(&shop.of(&payment)?)?;
    let sheets = printer.sheets();
    let has = |text: &str| {
        sheets[0]
            .iter()
            .any(|mark| matches!(mark, Mark::Text { text: line, .. } if squeezed(line).contains(text)))
    };
    for text in [
        "Kedai Kopi",
        "Receipt 0001",
        "Teh tarik 2.80",
        "Café crème 8.50",
        "TOTAL RM 26.50",
        "TRAINING - NO MONEY MOVED",
        "Terima kasih, come again",
    ] {
        assert!(has(text), "{text}: {:?}", sheets[0]);
    }
    let codes: Vec<String> = pictures(&sheets[0])
        .iter()
        .filter_map(|picture| till::outside::read_qr(&picture.png().ok()?))
        .map(|code| String::from_utf8_lossy(&code).into_owned())
        .collect();
    assert_eq!(codes, [payment.reference.to_string()]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_printer_unplugged_in_mid_print_may_have_printed_and_nothing_is_sent_again() -> Outcome {
    let shop = Shop::open().await?;
    let payment = shop.sell().await?;
    let of = shop.of(&payment)?;
    let printer = Printer::start(Manner::Unplugged { after: 400 })?;
    shop.set(&printer, |settings| settings.when = PrintWhen::Always)?;

    let outcome = shop
        .till
        .print_by_itself(&of)?
        .ok_or_else(|| Failure::new("nothing was printed"))?;
    assert_eq!(outcome.printed, Printed::Perhaps(PrintTrouble::Broken));
    assert_eq!(printer.sheets_after(1)?.len(), 1);

    // Neither the program nor a restart of it prints it again.
    printer.behave(Manner::Well);
    assert_eq!(shop.till.print_by_itself(&of)?, None);
    let Shop {
        till, vault, folder, ..
    } = shop;
    drop(till);
    let till = open(&folder, &vault)?;
    assert_eq!(till.print_by_itself(&of)?, None);
    assert_eq!(printer.sheets().len(), 1);

    // Somebody does, and it is marked.
    sign_in(&till)?;
    let again = till.print_receipt(&of)?;
    assert_eq!((again.printed, again.copy), (Printed::Yes, 2));
    let sheets = printer.sheets();
    assert_eq!(sheets.len(), 2);
    assert!(says(&sheets[1], "DUPLICATE 2"), "{:?}", sheets[1]);
    assert!(!says(&sheets[0], "DUPLICATE"), "{:?}", sheets[0]);
    Ok(())
}

fn says(sheet: &[Mark], words: &str) -> bool {
    sheet
        .iter()
        .any(|mark| matches!(mark, Mark::Text { text, .. } if text.contains(words)))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_printer_that_is_off_has_printed_nothing_and_trying_again_prints_the_first_copy() -> Outcome {
    let shop = Shop::open().await?;
    let payment = shop.sell().await?;
    let of = shop.of(&payment)?;
    let printer = Printer::start(Manner::Well)?;
    let address = printer.address();
    shop.set(&printer, |_| ())?;
    drop(printer);
    for _ in 0..2 {
        let off = shop.till.print_receipt(&of)?;
        assert_eq!(
            (off.printed, off.copy),
            (Printed::No(PrintTrouble::NotReached), 1)
        );
    }
    let printer = Printer::start_at(&address, Manner::Well)?;
    let on = shop.till.print_receipt(&of)?;
    assert_eq!((on.printed, on.copy), (Printed::Yes, 1));
    let sheets = printer.sheets();
    assert_eq!(sheets.len(), 1);
    assert!(!says(&sheets[0], "DUPLICATE"), "{:?}", sheets[0]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_printer_that_says_what_is_wrong_is_sent_nothing() -> Outcome {
    let shop = Shop::open().await?;
    let payment = shop.sell().await?;
    let of = shop.of(&payment)?;
    let printer = Printer::start(Manner::NoPaper)?;
    shop.set(&printer, |_| ())?;
    for (manner, trouble) in [
        (Manner::NoPaper, PrintTrouble::NoPaper),
        (Manner::CoverOpen, PrintTrouble::CoverOpen),
    ] {
        printer.behave(manner);
        assert_eq!(shop.till.print_receipt(&of)?.printed, Printed::No(trouble));
    }
    printer.behave(Manner::Well);
    assert_eq!(shop.till.print_receipt(&of)?.copy, 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn paper_that_ends_in_the_middle_is_said_and_the_next_print_is_a_duplicate() -> Outcome {
    let shop = Shop::open().await?;
    let payment = shop.sell().await?;
    let of = shop.of(&payment)?;
    let printer = Printer::start(Manner::RunsOut { after: 6 })?;
    shop.set(&printer, |_| ())?;
    assert_eq!(
        shop.till.print_receipt(&of)?.printed,
        Printed::Perhaps(PrintTrouble::NoPaper)
    );
    printer.behave(Manner::Well);
    assert_eq!(shop.till.print_receipt(&of)?.copy, 2);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_printer_that_never_answers_was_sent_the_receipt_and_no_more_is_claimed() -> Outcome {
    let shop = Shop::open().await?;
    let payment = shop.sell().await?;
    let printer = Printer::start(Manner::Silent)?;
    shop.set(&printer, |_| ())?;
    assert_eq!(
        shop.till.print_receipt(&shop.of(&payment)?)?.printed,
        Printed::Sent
    );
    assert!(says(&printer.sheets_after(1)?[0], "Receipt 0001"));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn two_languages_stand_side_by_side_on_one_receipt() -> Outcome {
    let shop = Shop::open().await?;
    let payment = shop.sell().await?;
    let printer = Printer::start(Manner::Well)?;
    shop.set(&printer, |settings| {
        settings.languages = ReceiptLanguages {
            first: Some(Language::English),
            second: Some(Language::Malay),
        };
    })?;
    shop.till.print_receipt(&shop.of(&payment)?)?;
    assert!(
        says(&printer.sheets()[0], "TOTAL / JUMLAH"),
        "{:?}",
        printer.sheets()[0]
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_till_left_half_printed_may_have_been_printed() -> Outcome {
    let shop = Shop::open().await?;
    let payment = shop.sell().await?;
    let of = shop.of(&payment)?;
    let store = shop.till.store();
    let print = till::NewPrint {
        what: till::PrintWhat::Receipt,
        of: &of,
        printer: "here",
        by_itself: true,
        staff: None,
        at: jiff::Timestamp::now(),
    };
    let job = store
        .prepare_print(&print)?
        .ok_or_else(|| Failure::new("it was printed before"))?;
    store.print_went(job.id, till::PrintState::Sent, jiff::Timestamp::now())?;
    let Shop {
        till, vault, folder, ..
    } = shop;
    drop(till);
    let till = open(&folder, &vault)?;
    sign_in(&till)?;
    let left = till
        .last_print(&of)?
        .ok_or_else(|| Failure::new("it is forgotten"))?;
    assert_eq!(
        left.state,
        till::PrintState::Ended(Printed::Perhaps(PrintTrouble::Stopped))
    );
    assert_eq!(till.store().verify_journal()?.map(|_| ()), Ok(()));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_has_just_been_paid_is_printed_by_itself() -> Outcome {
    let shop = Shop::open().await?;
    let checkout = shop.till.checkout()?;
    let mut changes = checkout.changes();
    let payment = shop.sell().await?;
    let mut approved = Vec::new();
    // It is told a moment after it is saved.
    while approved.is_empty() {
        let change = tokio::time::timeout(Duration::from_secs(30), changes.recv()).await??;
        approved.extend(change.approved.then_some(change.payment.reference));
    }
    while let Ok(change) = changes.try_recv() {
        approved.extend(change.approved.then_some(change.payment.reference));
    }
    assert_eq!(approved, std::slice::from_ref(&payment.reference));
    // Another slip of it is told, too, and it was paid long ago.
    checkout.reprint(&payment.reference, None).await?;
    let mut told: Vec<(Reference, bool)> = Vec::new();
    while let Ok(change) = changes.try_recv() {
        told.push((change.payment.reference, change.approved));
    }
    assert_eq!(told, [(payment.reference.clone(), false)]);

    // Nor is anything printed by itself that somebody has printed before.
    let printer = Printer::start(Manner::Well)?;
    shop.set(&printer, |settings| settings.when = PrintWhen::Always)?;
    let of = shop.of(&payment)?;
    shop.till.print_receipt(&of)?;
    assert_eq!(shop.till.print_by_itself(&of)?, None);
    assert_eq!(printer.sheets().len(), 1);
    Ok(())
}
