//! The page to look through the pictures.

use std::fmt::Write;

use kaunter_tests::{DISPLAY_SIZES, Outcome, SIZES};

use crate::album::{Album, THEMES, file};

const HEAD: &str = "<!doctype html>
<html lang=\"en\">
<head>
<meta charset=\"utf-8\">
<title>Kaunter, screen by screen</title>
<style>
  :root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
  body { margin: 2rem; }
  nav { columns: 14rem; }
  section { margin-block: 2.5rem; }
  .row { display: flex; gap: 1rem; overflow-x: auto; padding-block: .5rem; }
  figure { margin: 0; flex: none; }
  img { display: block; block-size: 15rem; border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: .4rem; }
  figcaption { font-size: .8rem; opacity: .75; }
</style>
</head>
<body>
<h1>Kaunter, screen by screen</h1>
";

/// Writes `index.html` beside the pictures.
pub(crate) fn write(album: &Album) -> Outcome {
    let mut page = HEAD.to_owned();
    writeln!(page, "<nav><ul>")?;
    for scene in album.scenes() {
        writeln!(page, "<li><a href=\"#{scene}\">{scene}</a></li>")?;
    }
    writeln!(page, "</ul></nav>")?;
    for scene in album.scenes() {
        writeln!(page, "<section id=\"{scene}\"><h2>{scene}</h2>")?;
        for &language in album.languages() {
            writeln!(page, "<div class=\"row\">")?;
            for theme in THEMES {
                for size in sizes_of(scene) {
                    let picture = file(scene, language, theme, size);
                    if !album.folder().join(&picture).is_file() {
                        continue;
                    }
                    let (width, height) = size;
                    writeln!(
                        page,
                        "<figure><a href=\"{picture}\"><img src=\"{picture}\" loading=\"lazy\" alt=\"{scene}\"></a><figcaption>{} · {theme} · {width}×{height}</figcaption></figure>",
                        language.name()
                    )?;
                }
            }
            writeln!(page, "</div>")?;
        }
        writeln!(page, "</section>")?;
    }
    page.push_str("</body>\n</html>\n");
    Ok(std::fs::write(album.folder().join("index.html"), page)?)
}

fn sizes_of(scene: &str) -> Vec<(u32, u32)> {
    if scene.starts_with("display") || scene.starts_with("terminal-window") {
        DISPLAY_SIZES.to_vec()
    } else {
        SIZES.to_vec()
    }
}
