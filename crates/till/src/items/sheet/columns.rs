//! The columns of a table of items, and what people call them in the till's three languages.

use crate::items::words::sort_words;

/// A language that a table is written in. Tables in any of them are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableLanguage {
    /// English.
    English,
    /// Bahasa Malaysia.
    Malay,
    /// Simplified Chinese.
    Chinese,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Column {
    /// The item's code (SKU).
    Code,
    /// What the cashier reads.
    Name,
    /// The price of one unit.
    Price,
    /// The heading.
    Category,
    /// Its barcodes, with `|` between them.
    Barcodes,
    /// The tax class, by name or by rate.
    TaxClass,
    /// What the price is for.
    Unit,
    /// Whether nothing of it is left.
    SoldOut,
}

impl Column {
    /// All, in the order in which they are written.
    pub const ALL: [Self; 8] = [
        Self::Code,
        Self::Name,
        Self::Price,
        Self::Category,
        Self::Barcodes,
        Self::TaxClass,
        Self::Unit,
        Self::SoldOut,
    ];

    /// The heading that is written over it.
    #[must_use]
    pub const fn heading(self, language: TableLanguage) -> &'static str {
        use TableLanguage::{Chinese, English, Malay};
        match (self, language) {
            (Self::Code, English) => "Code",
            (Self::Code, Malay) => "Kod",
            (Self::Code, Chinese) => "编号",
            (Self::Name, English) => "Name",
            (Self::Name, Malay) => "Nama",
            (Self::Name, Chinese) => "名称",
            (Self::Price, English) => "Price",
            (Self::Price, Malay) => "Harga",
            (Self::Price, Chinese) => "价格",
            (Self::Category, English) => "Category",
            (Self::Category, Malay) => "Kategori",
            (Self::Category, Chinese) => "类别",
            (Self::Barcodes, English) => "Barcodes",
            (Self::Barcodes, Malay) => "Kod bar",
            (Self::Barcodes, Chinese) => "条码",
            (Self::TaxClass, English) => "Tax class",
            (Self::TaxClass, Malay) => "Kelas cukai",
            (Self::TaxClass, Chinese) => "税类",
            (Self::Unit, English | Malay) => "Unit",
            (Self::Unit, Chinese) => "单位",
            (Self::SoldOut, English) => "Sold out",
            (Self::SoldOut, Malay) => "Habis",
            (Self::SoldOut, Chinese) => "售罄",
        }
    }

    /// What a heading stands for, however it is spelled; none for one that is not known.
    pub(super) fn called(heading: &str) -> Option<Self> {
        let name: String = sort_words(heading).chars().filter(|c| *c != ' ').collect();
        let known: &[(Self, &[&str])] = &[
            (
                Self::Code,
                &[
                    "code",
                    "sku",
                    "itemcode",
                    "productcode",
                    "itemno",
                    "itemnumber",
                    "plu",
                    "kod",
                    "koditem",
                    "kodproduk",
                    "kodbarang",
                    "编号",
                    "编码",
                    "货号",
                    "商品编号",
                    "商品编码",
                ],
            ),
            (
                Self::Name,
                &[
                    "name",
                    "item",
                    "itemname",
                    "product",
                    "productname",
                    "description",
                    "nama",
                    "namaitem",
                    "namaproduk",
                    "namabarang",
                    "barang",
                    "produk",
                    "名称",
                    "品名",
                    "商品",
                    "商品名",
                    "商品名称",
                ],
            ),
            (
                Self::Price,
                &[
                    "price",
                    "unitprice",
                    "sellingprice",
                    "retailprice",
                    "pricerm",
                    "pricemyr",
                    "harga",
                    "hargaseunit",
                    "hargajualan",
                    "hargarm",
                    "价格",
                    "单价",
                    "售价",
                    "零售价",
                ],
            ),
            (
                Self::Category,
                &[
                    "category",
                    "group",
                    "department",
                    "kategori",
                    "kumpulan",
                    "jabatan",
                    "类别",
                    "分类",
                    "品类",
                    "类型",
                ],
            ),
            (
                Self::Barcodes,
                &[
                    "barcodes",
                    "barcode",
                    "ean",
                    "ean13",
                    "upc",
                    "gtin",
                    "kodbar",
                    "barkod",
                    "条码",
                    "条形码",
                    "商品条码",
                ],
            ),
            (
                Self::TaxClass,
                &[
                    "taxclass",
                    "tax",
                    "taxrate",
                    "sst",
                    "kelascukai",
                    "cukai",
                    "kadarcukai",
                    "税类",
                    "税率",
                    "税种",
                    "税",
                ],
            ),
            (
                Self::Unit,
                &["unit", "uom", "soldby", "dijualmengikut", "单位", "计价单位"],
            ),
            (
                Self::SoldOut,
                &[
                    "soldout",
                    "outofstock",
                    "habis",
                    "habisdijual",
                    "售罄",
                    "缺货",
                    "已售完",
                ],
            ),
        ];
        known
            .iter()
            .find(|(_, names)| names.contains(&name.as_str()))
            .map(|(column, _)| *column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_over_a_column_is_understood_again_in_every_language() {
        for language in [
            TableLanguage::English,
            TableLanguage::Malay,
            TableLanguage::Chinese,
        ] {
            for column in Column::ALL {
                assert_eq!(
                    Column::called(column.heading(language)),
                    Some(column),
                    "{column:?} {language:?}"
                );
            }
        }
        assert_eq!(Column::called(" PRICE (RM) "), Some(Column::Price));
        assert_eq!(Column::called("Bar-code"), Some(Column::Barcodes));
        assert_eq!(Column::called("Supplier"), None);
        assert_eq!(Column::called(""), None);
    }
}
