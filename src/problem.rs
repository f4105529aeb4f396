//! What is wrong with an input, a list or a change: one shape for readers, checks and mismatches.

use serde::Serialize;
use std::borrow::Cow;
use std::fmt;

/// The language of headings and messages. Field titles and cell texts are those of the lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Chinese (中文).
    Zh,
    /// English.
    #[default]
    En,
}

impl Lang {
    /// Picks the text in this language.
    #[must_use]
    pub fn pick<T>(self, zh: T, en: T) -> T {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

/// How much a problem matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing needs to be done.
    Note,
    /// The input was read, but a person should look.
    Warning,
    /// The input cannot be trusted as it is.
    Error,
}

impl Severity {
    /// The word for it.
    #[must_use]
    pub fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Note => lang.pick("提示", "note"),
            Self::Warning => lang.pick("警告", "warning"),
            Self::Error => lang.pick("错误", "error"),
        }
    }
}

/// A sentence in both languages: what is wrong, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Message {
    /// In Chinese.
    pub zh: String,
    /// In English; lower case, without a full stop.
    pub en: String,
}

impl Message {
    /// Both sentences.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }
    /// Two changes that cannot be composed.
    pub(crate) fn apart() -> Self {
        Self::new("两次变更不相衔接", "the second change does not begin where the first ends")
    }
    /// Two things where one has room.
    pub(crate) fn no_room() -> Self {
        Self::new(
            "此处不能两者并存，或缺少新编码",
            "there is no room for both here, or the new id is missing",
        )
    }
    /// A key that another entry has.
    pub(crate) fn key_taken() -> Self {
        Self::new("所定编码已为他项所用；请改定", "another item has the id that this gives; decide otherwise")
    }
    /// The sentence in one language.
    #[must_use]
    pub fn text(&self, lang: Lang) -> &str {
        lang.pick(&self.zh, &self.en)
    }
}

/// Where in an input a problem stands. Every part that is known is set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct Place {
    /// The file's name as the caller gave it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The sheet of a workbook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Line of a text file, or row of a sheet, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// Column, from 1: the cell's number in a table, the character's in JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u64>,
    /// The item's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// The field's title or name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// JSON pointer into the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        if let Some(file) = &self.file {
            parts.push(file.clone());
        }
        match (&self.path, self.line) {
            (Some(path), _) if !path.is_empty() => parts.push(path.clone()),
            (_, Some(line)) => {
                parts.push(line.to_string());
                parts.extend(self.column.map(|c| c.to_string()));
            }
            _ => {}
        }
        f.write_str(&parts.join(":"))
    }
}

/// One thing that is wrong. As JSON it is what it says here; what is not known is left out.
///
/// ```
/// use qingdan::{LicensingItem, table::csv};
/// let reading = csv::read::<LicensingItem>("事项名称,备注\n甲,乙,丙\n".as_bytes(), &csv::Options::default())?;
/// let told = serde_json::to_value(&reading.problems)?;
/// assert_eq!(told[0]["rule"], "table/surplus-cell");
/// assert_eq!((&told[0]["severity"], &told[0]["place"]["line"]), (&"error".into(), &2.into()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct Problem {
    /// The rule's id, as `table/surplus-cell`.
    pub rule: Cow<'static, str>,
    /// How much it matters.
    pub severity: Severity,
    /// Where.
    pub place: Place,
    /// What is wrong, and what to do.
    pub message: Message,
    /// What was expected, where that can be said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// What was found, where that can be said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found: Option<String>,
}

impl Problem {
    /// A problem of severity error, without a place.
    pub fn error(rule: &'static str, message: Message) -> Self {
        Self::new(rule, Severity::Error, message)
    }
    /// A problem of severity warning, without a place.
    pub fn warning(rule: &'static str, message: Message) -> Self {
        Self::new(rule, Severity::Warning, message)
    }
    /// A problem of severity note, without a place.
    pub fn note(rule: &'static str, message: Message) -> Self {
        Self::new(rule, Severity::Note, message)
    }
    fn new(rule: &'static str, severity: Severity, message: Message) -> Self {
        Self { rule: rule.into(), severity, place: Place::default(), message, expected: None, found: None }
    }
    /// The same problem at a line (and column).
    #[must_use]
    pub fn at_line(mut self, line: u64, column: Option<u64>) -> Self {
        self.place.line = Some(line);
        self.place.column = column;
        self
    }
    /// The same problem at a JSON pointer.
    #[must_use]
    pub fn at_path(mut self, path: impl Into<String>) -> Self {
        self.place.path = Some(path.into());
        self
    }
    /// The same problem in an item.
    #[must_use]
    pub fn in_item(mut self, item: impl Into<String>) -> Self {
        self.place.item = Some(item.into());
        self
    }
    /// The same problem in a field.
    #[must_use]
    pub fn in_field(mut self, field: impl Into<String>) -> Self {
        self.place.field = Some(field.into());
        self
    }
    /// The same problem in a file.
    #[must_use]
    pub fn in_file(mut self, file: impl Into<String>) -> Self {
        self.place.file = Some(file.into());
        self
    }
    /// The same problem with what was expected.
    #[must_use]
    pub fn expecting(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self
    }
    /// The same problem with what was found.
    #[must_use]
    pub fn finding(mut self, found: impl Into<String>) -> Self {
        self.found = Some(found.into());
        self
    }
    /// Whether its severity is error.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
    /// One line for a person: `FILE:12:3: error: what, and what to do`.
    #[must_use]
    pub fn line(&self, lang: Lang) -> String {
        let place = self.place.to_string();
        let place = if place.is_empty() { place } else { format!("{place}: ") };
        format!("{place}{}: {}", self.severity.label(lang), one_line(self.message.text(lang)))
    }
}

/// A text without line ends, cut where it is long: a diagnostic is one line.
#[must_use]
pub(crate) fn one_line(text: &str) -> Cow<'_, str> {
    if text.contains(['\n', '\r']) {
        Cow::Owned(text.split(['\n', '\r']).filter(|l| !l.is_empty()).collect::<Vec<_>>().join("⏎"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The beginning of a text for a message: at most `limit` characters.
#[must_use]
pub(crate) fn shortened(text: &str, limit: usize) -> String {
    let mut out: String = text.chars().take(limit).collect();
    if text.chars().nth(limit).is_some() {
        out.push('…');
    }
    one_line(&out).into_owned()
}
