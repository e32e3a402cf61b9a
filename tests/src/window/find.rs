//! Finding controls by role and accessible name, and using them.

use super::Window;
use crate::{Failure, Outcome};
use fantoccini::elements::Element;
use fantoccini::error::{CmdError, ErrorStatus};
use fantoccini::wd::WebDriverCompatibleCommand;
use http::Method;
use serde_json::{Value, json};
use url::{ParseError, Url};

/// How a control's accessible name is compared. A plain string is the whole name.
#[derive(Clone, Copy, Debug)]
pub enum Name<'a> {
    /// The whole name.
    Is(&'a str),
    /// A part of it, for rows whose name is all that they show.
    Holds(&'a str),
}

/// A name that has `part` in it.
#[must_use]
pub fn holding(part: &str) -> Name<'_> {
    Name::Holds(part)
}

impl<'a> From<&'a str> for Name<'a> {
    fn from(whole: &'a str) -> Self {
        Name::Is(whole)
    }
}

impl<'a> From<&'a String> for Name<'a> {
    fn from(whole: &'a String) -> Self {
        Name::Is(whole)
    }
}

impl Name<'_> {
    fn fits(self, label: &str) -> bool {
        match self {
            Name::Is(whole) => label == whole,
            Name::Holds(part) => label.contains(part),
        }
    }
}

/// One control of the window.
#[derive(Clone, Debug)]
pub struct Control {
    element: Element,
}

impl Control {
    /// The driver's element.
    pub(super) fn element(&self) -> Element {
        self.element.clone()
    }

    /// Clicks or touches it.
    ///
    /// # Errors
    /// When it is covered, out of reach, or gone.
    pub async fn click(&self) -> Outcome {
        Ok(self.element.click().await?)
    }

    /// Puts `text` in its place of what it held, as typed.
    ///
    /// # Errors
    /// When it takes no text or is gone.
    pub async fn fill(&self, text: &str) -> Outcome {
        self.scroll_into_view().await?;
        self.element.clear().await?;
        Ok(self.element.send_keys(text).await?)
    }

    /// Scrolls as a person would who sees half of it. Where a part of the page scrolls by itself, WebKit's driver does not.
    async fn scroll_into_view(&self) -> Outcome {
        let control = vec![serde_json::to_value(&self.element)?];
        let client = self.element.clone().client();
        let scroll = "if (arguments[0].isConnected) arguments[0].scrollIntoView({ block: 'center' });";
        match client.execute(scroll, control).await {
            Ok(_) => Ok(()),
            Err(error) if not_yet(&error) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// The text that it shows, with ordinary blanks.
    ///
    /// # Errors
    /// When it is gone.
    pub async fn text(&self) -> Outcome<String> {
        Ok(plain(&self.element.text().await?))
    }

    /// Whether a check box or a radio button is set.
    ///
    /// # Errors
    /// When it is gone.
    pub async fn is_checked(&self) -> Outcome<bool> {
        Ok(self.element.is_selected().await?)
    }

    /// What a field holds.
    ///
    /// # Errors
    /// When it is gone.
    pub async fn value(&self) -> Outcome<String> {
        Ok(self.element.prop("value").await?.unwrap_or_default())
    }
}

impl Window {
    /// The visible control with this role and name, if there is one now. Behind an open dialog there is none.
    ///
    /// # Errors
    /// When the window is gone.
    pub async fn find<'a>(&self, role: &str, name: impl Into<Name<'a>>) -> Outcome<Option<Control>> {
        let name = name.into();
        for element in self.candidates(role).await? {
            match self.computed(&element).await {
                Ok((found, label)) if means(&found, role) => {
                    if name.fits(&label) {
                        return Ok(Some(Control { element }));
                    }
                    match self.without_value(&element, &label).await {
                        Ok(bare) if name.fits(&bare) => return Ok(Some(Control { element })),
                        Ok(_) => {}
                        Err(error) if gone(&error) => {}
                        Err(error) => return Err(error.into()),
                    }
                }
                Ok(_) => {}
                // The page may have taken it away since the question before.
                Err(error) if gone(&error) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(None)
    }

    /// The control that takes a file and has this name. WebKit gives such controls roles that differ from version to
    /// version, so the name alone is compared.
    pub(super) async fn find_file_control(&self, name: &str) -> Outcome<Option<Element>> {
        for element in self.candidates("file").await? {
            match self.computed(&element).await {
                Ok((_, label)) if label == name => return Ok(Some(element)),
                Ok(_) => {}
                Err(error) if gone(&error) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(None)
    }

    /// Waits for the control with this role and name.
    ///
    /// # Errors
    /// When it does not come up in time; the failure says what the window shows instead.
    pub async fn wait_for<'a>(&self, role: &str, name: impl Into<Name<'a>>) -> Outcome<Control> {
        let name = name.into();
        self.until(&format!("the {role} {name:?}"), async || {
            self.find(role, name).await
        })
        .await
    }

    /// Waits until no control with this role and name is there.
    ///
    /// # Errors
    /// When it stays.
    pub async fn wait_gone<'a>(&self, role: &str, name: impl Into<Name<'a>>) -> Outcome {
        let name = name.into();
        let what = format!("the {role} {name:?} to go");
        self.until(&what, async || {
            Ok(self.find(role, name).await?.is_none().then_some(()))
        })
        .await
    }

    /// Waits for a control and clicks it. What moves away under the click is found and clicked anew.
    ///
    /// # Errors
    /// When it does not come up, or cannot be clicked, in time.
    pub async fn click<'a>(&self, role: &str, name: impl Into<Name<'a>>) -> Outcome {
        let name = name.into();
        self.until(&format!("a click on the {role} {name:?}"), async || {
            let Some(control) = self.find(role, name).await? else {
                return Ok(None);
            };
            match control.element.click().await {
                Ok(()) => Ok(Some(())),
                Err(error) if not_yet(&error) => {
                    control.scroll_into_view().await?;
                    Ok(None)
                }
                Err(error) => Err(error.into()),
            }
        })
        .await
    }

    /// Waits for a field and fills it.
    ///
    /// # Errors
    /// When it does not come up in time or takes no text.
    pub async fn fill<'a>(&self, name: impl Into<Name<'a>>, text: &str) -> Outcome {
        self.typed.store(true, std::sync::atomic::Ordering::Relaxed);
        self.wait_for("textbox", name).await?.fill(text).await
    }

    /// Waits for a list box and for an option of it, and chooses that by its words.
    ///
    /// # Errors
    /// When the list box or the option does not come up in time.
    pub async fn choose<'a>(&self, name: impl Into<Name<'a>>, option: &str) -> Outcome {
        let name = name.into();
        self.until(&format!("the option {option:?} of {name:?}"), async || {
            let Some(control) = self.find("combobox", name).await? else {
                return Ok(None);
            };
            match control.element.select_by_label(option).await {
                Ok(()) => Ok(Some(())),
                Err(error) if not_yet(&error) => Ok(None),
                Err(error) => Err(error.into()),
            }
        })
        .await
    }

    /// The names of all that has this role now, for a failure's words and for counting.
    ///
    /// # Errors
    /// When the window is gone.
    pub async fn names(&self, role: &str) -> Outcome<Vec<String>> {
        let mut names = Vec::new();
        for element in self.candidates(role).await? {
            if let Ok((found, label)) = self.computed(&element).await
                && means(&found, role)
            {
                names.push(label);
            }
        }
        Ok(names)
    }

    /// The role and name of what has the keyboard's focus.
    ///
    /// # Errors
    /// When the window is gone.
    pub async fn focused(&self) -> Outcome<(String, String)> {
        self.until("what has the focus", async || {
            let element = self.client.active_element().await?;
            match self.computed(&element).await {
                Ok(found) => Ok(Some(found)),
                Err(error) if gone(&error) => Ok(None),
                Err(error) => Err(error.into()),
            }
        })
        .await
    }

    /// Everything visible that may have the role, in one question; the role itself is then asked of the browser.
    async fn candidates(&self, role: &str) -> Outcome<Vec<Element>> {
        const VISIBLE: &str = "
            const [selector, anywhere] = arguments;
            const dialog = [...document.querySelectorAll('dialog:modal')].at(-1);
            return [...document.querySelectorAll(selector)].filter((element) =>
                element.checkVisibility({ visibilityProperty: true }) && (anywhere || !dialog || dialog.contains(element)));";
        // What is announced is heard whatever dialog is open.
        let anywhere = matches!(role, "status" | "alert");
        let found = match self
            .client
            .execute(VISIBLE, vec![json!(selector(role)), json!(anywhere)])
            .await
        {
            Ok(found) => found,
            // Something on the way to here was painted anew; the next look finds what stands there now.
            Err(error) if gone(&error) => return Ok(Vec::new()),
            Err(error) => return Err(error.into()),
        };
        let Value::Array(found) = found else {
            return Err(Failure::new("the window gave no list of elements"));
        };
        let ids = found
            .iter()
            .filter_map(|element| element.as_object()?.values().next()?.as_str());
        Ok(ids
            .map(|id| Element::from_element_id(self.client.clone(), id.to_owned().into()))
            .collect())
    }

    /// A field's name when its label lies around it: WebKit then counts what the field holds as a part of the name.
    async fn without_value(&self, element: &Element, label: &str) -> Result<String, CmdError> {
        const HELD: &str =
            "const [field] = arguments; return field.selectedOptions?.[0]?.text ?? field.value ?? '';";
        let held = self
            .client
            .execute(HELD, vec![serde_json::to_value(element)?])
            .await?;
        let held = plain(held.as_str().unwrap_or_default());
        // What a password field holds is counted in as well, as dots.
        let dots = "•".repeat(held.chars().count());
        let shown = if label.contains(&held) { &held } else { &dots };
        Ok(plain(&label.replacen(shown, "", 1)).trim().to_owned())
    }

    async fn computed(&self, element: &Element) -> Result<(String, String), CmdError> {
        let ask = |what| Computed {
            element: element.element_id().to_string(),
            what,
        };
        let role = self.client.issue_cmd(ask("computedrole")).await?;
        let label = self.client.issue_cmd(ask("computedlabel")).await?;
        Ok((
            role.as_str().unwrap_or_default().to_owned(),
            plain(label.as_str().unwrap_or_default()),
        ))
    }
}

/// Ordinary single blanks in place of every kind and number of them.
pub(super) fn plain(text: &str) -> String {
    text.lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Whether what the browser calls a role is the one asked for. WebKit calls a closed list box a button.
fn means(found: &str, wanted: &str) -> bool {
    // ARIA 1.3 calls an img an image as well, and WebKit does.
    found == wanted || (wanted == "combobox" && found == "button") || (wanted == "img" && found == "image")
}

/// Whether the page took the element away since it was found. WebKit says so in more than one way.
fn gone(error: &CmdError) -> bool {
    let words = matches!(error, CmdError::Standard(known) if ["was not found", "Stale element"].iter().any(|said| known.message.contains(said)));
    // Asked for the role of an element that is just being taken out, WebKit fails without a word.
    let wordless = matches!(error, CmdError::Standard(known) if known.error == ErrorStatus::UnknownError && known.message.is_empty());
    words || wordless || error.is_stale_element_reference() || error.is_no_such_element()
}

/// Whether the control may be ready for a click in a moment.
fn not_yet(error: &CmdError) -> bool {
    let covered =
        matches!(error, CmdError::Standard(known) if known.error == ErrorStatus::ElementClickIntercepted);
    covered || gone(error) || error.is_element_not_interactable()
}

/// The elements that can have a role, so that not the whole page has to be asked.
fn selector(role: &str) -> String {
    let native = match role {
        "button" => "button, input[type=button], input[type=submit], summary",
        "link" => "a[href]",
        "file" => "input[type=file]",
        "textbox" => "input, textarea",
        "searchbox" => "input[type=search]",
        "spinbutton" => "input[type=number]",
        "checkbox" => "input[type=checkbox]",
        "radio" => "input[type=radio]",
        "combobox" => "select, input[list]",
        "option" => "option",
        "heading" => "h1, h2, h3, h4, h5, h6",
        "dialog" | "alertdialog" => "dialog",
        "status" => "output",
        "navigation" => "nav",
        "main" => "main",
        "banner" => "header",
        "complementary" => "aside",
        "region" => "section",
        "form" => "form",
        "list" => "ul, ol",
        "listitem" => "li",
        "table" => "table",
        "row" => "tr",
        "cell" => "td",
        "group" => "fieldset, details",
        "image" | "img" => "img, svg",
        _ => "",
    };
    let explicit = format!("[role~=\"{role}\"]");
    if native.is_empty() {
        explicit
    } else {
        format!("{native}, {explicit}")
    }
}

/// The two questions of WebDriver that the client library does not have.
#[derive(Debug)]
struct Computed {
    element: String,
    what: &'static str,
}

impl WebDriverCompatibleCommand for Computed {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!(
            "session/{}/element/{}/{}",
            session.unwrap_or_default(),
            self.element,
            self.what
        ))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::GET, None)
    }
}
