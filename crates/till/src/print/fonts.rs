//! The fonts that receipts are drawn with: two that are a part of the program, and the computer's own for everything else.

#![expect(clippy::float_arithmetic, reason = "dots and ems; no money")]

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};

use cosmic_text::fontdb::{self, Database, Source};
use cosmic_text::{
    Attrs, Buffer, Color, Family, FontSystem, Hinting, LayoutGlyph, Metrics, Shaping, SwashCache, Weight,
    Wrap,
};

/// The family of the letters that are a part of the program.
const FAMILY: &str = "DejaVu Sans Mono";
const BUNDLED: [&[u8]; 3] = [
    include_bytes!("../../fonts/DejaVuSansMono.ttf"),
    include_bytes!("../../fonts/DejaVuSansMono-Bold.ttf"),
    include_bytes!("../../fonts/NotoSansTamil-Regular.ttf"),
];

/// A process has one: its fonts are the computer's, and reading what there is takes a moment, which the first receipt pays.
static FONTS: LazyLock<Mutex<Fonts>> = LazyLock::new(|| Mutex::new(Fonts::load()));

/// Letters that were shaped: which glyphs of which fonts, and where.
pub(super) struct Shaped {
    pub(super) glyphs: Vec<LayoutGlyph>,
    pub(super) width: f32,
}

impl Shaped {
    /// Whether a letter has no font and is drawn as a box.
    pub(super) fn lacks_letters(&self) -> bool {
        self.glyphs.iter().any(|glyph| glyph.glyph_id == 0)
    }
}

/// The fonts, and what was drawn with them so far.
pub(super) struct Fonts {
    system: FontSystem,
    cache: SwashCache,
    /// For the page, by the number and the weight that a glyph names.
    pages: HashMap<(fontdb::ID, u16), Option<krilla::text::Font>>,
}

impl Fonts {
    fn load() -> Self {
        let mut database = Database::new();
        // Ours first, so that they are found before a font of the same name that the computer has.
        for font in BUNDLED {
            database.load_font_source(Source::Binary(Arc::new(font)));
        }
        database.load_system_fonts();
        database.set_monospace_family(FAMILY);
        // Which of the shapes that China, Japan and Korea share is drawn: those of simplified Chinese, as on the screen.
        let system = FontSystem::new_with_locale_and_db("zh-CN".to_owned(), database);
        Self {
            system,
            cache: SwashCache::new(),
            pages: HashMap::new(),
        }
    }

    /// Sole use of them.
    pub(super) fn here() -> MutexGuard<'static, Self> {
        FONTS.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Shapes one line of text, in letters of `size` dots that are made smaller where they would be wider than `room`.
    pub(super) fn shape(&mut self, text: &str, size: f32, bold: bool, room: f32) -> Shaped {
        let shaped = self.shape_at(text, size, bold);
        if shaped.width <= room + 0.5 {
            return shaped;
        }
        self.shape_at(text, size * room / shaped.width, bold)
    }

    fn shape_at(&mut self, text: &str, size: f32, bold: bool) -> Shaped {
        let weight = if bold { Weight::BOLD } else { Weight::NORMAL };
        let attributes = Attrs::new().family(Family::Name(FAMILY)).weight(weight);
        let mut buffer = Buffer::new_empty(Metrics::new(size.max(1.0), size.max(1.0)));
        buffer.set_wrap(Wrap::None);
        buffer.set_hinting(Hinting::Disabled);
        buffer.set_size(None, None);
        buffer.set_text(text, &attributes, Shaping::Advanced, None);
        buffer.shape_until_scroll(&mut self.system, false);
        let mut shaped = Shaped {
            glyphs: Vec::new(),
            width: 0.0,
        };
        for run in buffer.layout_runs() {
            shaped.glyphs.extend(run.glyphs.iter().cloned());
            shaped.width = shaped.width.max(run.line_w);
        }
        shaped
    }

    /// Draws glyphs: `dot` hears of each dot that is more black than white.
    pub(super) fn draw(&mut self, shaped: &Shaped, x: f32, baseline: f32, mut dot: impl FnMut(i32, i32)) {
        for glyph in &shaped.glyphs {
            let placed = glyph.physical((x, baseline), 1.0);
            self.cache.with_pixels(
                &mut self.system,
                placed.cache_key,
                Color::rgb(0, 0, 0),
                |dx, dy, color| {
                    if color.a() >= 112 {
                        dot(placed.x.saturating_add(dx), placed.y.saturating_add(dy));
                    }
                },
            );
        }
    }

    /// The font of a glyph, for the page.
    pub(super) fn page_font(&mut self, glyph: &LayoutGlyph) -> Option<krilla::text::Font> {
        let key = (glyph.font_id, glyph.font_weight.0);
        if let Some(known) = self.pages.get(&key) {
            return known.clone();
        }
        // Loads it, if it is not loaded yet: its file is mapped then, and not copied.
        self.system.get_font(glyph.font_id, glyph.font_weight)?;
        let face = self.system.db().face(glyph.font_id)?;
        let data = match &face.source {
            Source::Binary(data) | Source::SharedFile(_, data) => Some(Arc::clone(data)),
            Source::File(_) => None,
        };
        let weight = (krilla::text::Tag::new(b"wght"), f32::from(glyph.font_weight.0));
        let font = data.and_then(|data| krilla::text::Font::new_variable(data.into(), face.index, &[weight]));
        self.pages.insert(key, font.clone());
        font
    }
}
