//! Files of items (CSV), and what a scanner types. A file is a table or it is not, each of its rows is good or has to be mended,
//! and the items that it holds, written and read again, are the same items: nothing is lost, and no cell becomes a formula.

use till::outside::{read_items, scan_keys, write_items};

/// Holds a file, and the same bytes as a scan, to the rule.
pub fn check(input: &[u8]) {
    let typed = String::from_utf8_lossy(input);
    for key in scan_keys(&typed) {
        assert!(!key.is_empty() && !key.chars().any(char::is_control), "{key:?}");
    }
    let Some((items, _)) = read_items(input) else {
        return;
    };
    let written = write_items(&items);
    let again = read_items(&written);
    if items.is_empty() {
        assert_eq!(again, None, "a table without rows");
    } else {
        assert_eq!(again, Some((items, 0)), "{}", written.escape_ascii());
    }
    let text = String::from_utf8_lossy(&written);
    for line in text.lines().skip(1) {
        assert!(!line.starts_with(['=', '+', '-', '@']), "{line}");
    }
}

/// Tables with every column, in several letters, with what spreadsheets make of them.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    let text = "Code,Name,Price,Category,Barcodes,Unit,Sold out\nT1,Teh tarik,2.80,Drinks,9556001234561|036000291452,each,no\n";
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    vec![
        text.as_bytes().to_vec(),
        [b"\xff\xfe", utf16.as_slice()].concat(),
        b"\xef\xbb\xbfsep=;\nNama;Harga;Kod bar\n\"Nasi \"\"lemak\"\"\";6,50;9.55E+12\n".to_vec(),
        b"name\tprice\n'=1+1\tRM 1,250.00\n\"a\nb\"\t1\n".to_vec(),
        b"name,price\nCaf\xe9,3\n".to_vec(),
        b"\xc3\xfb\xb3\xc6,\xbc\xdb\xb8\xf1\n\xbf\xa7\xb7\xc8,2.20\n".to_vec(),
        b"]C10109556001234561\x1d10AB".to_vec(),
        b"04252614".to_vec(),
        b"PK\x03\x04".to_vec(),
    ]
}
