//! The languages of the page, each as its switch calls it.

/// A language of the page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    /// English.
    En,
    /// Bahasa Malaysia.
    Ms,
    /// Simplified Chinese.
    Zh,
}

impl Language {
    pub(crate) const ALL: [Self; 3] = [Self::En, Self::Ms, Self::Zh];

    /// What the files are called after.
    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ms => "ms",
            Self::Zh => "zh",
        }
    }

    /// What the switch calls it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Ms => "Bahasa Malaysia",
            Self::Zh => "简体中文",
        }
    }
}
