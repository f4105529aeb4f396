//! A merged list with its clashes as a document: stored, read again, decided later.

use super::{FORMAT, Options, Reading};
use crate::kind::{AnyCatalogue, AnyCatalogueClash};
use crate::merge::{MergeSummary, MergedCatalogue, Resolved, Respelling};
use crate::problem::{Message, Problem};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::io::{self, Cursor, Write};

/// The format of a merged list that keeps its clashes: the catalogue document, and beside its items `conflicts` as a merge
/// leaves them, the counts, what was decided and the spellings given up.
pub const MERGED_FORMAT: &str = "qingdan/merged/1";

/// The document in its parts.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    format: String,
    kind: String,
    #[serde(default)]
    header: Option<Box<RawValue>>,
    items: Box<RawValue>,
    #[serde(default)]
    conflicts: Option<Box<RawValue>>,
    #[serde(default)]
    summary: MergeSummary,
    #[serde(default)]
    resolved: Vec<Resolved>,
    #[serde(default)]
    notes: Vec<Respelling>,
}

impl MergedCatalogue {
    /// Writes the merged list with what is left to decide ([`MERGED_FORMAT`]). Equal merges are equal bytes. Where nothing is
    /// left, [`finish`](Self::finish) gives the list, which is written as any other.
    ///
    /// # Errors
    /// The writer failed.
    pub fn write_json(&self, mut to: impl Write) -> io::Result<()> {
        self.write_to(&mut to)
    }
    #[inline]
    fn write_to(&self, to: &mut dyn Write) -> io::Result<()> {
        let mut list = Vec::new();
        self.list().write_json(&mut list)?;
        // The catalogue document under another format, with more members behind its items.
        let head = format!("{{\"format\":\"{FORMAT}\",");
        let rest = list.strip_prefix(head.as_bytes()).unwrap_or_default();
        let rest = rest.trim_ascii_end().strip_suffix(b"}").unwrap_or_default();
        write!(to, "{{\"format\":\"{MERGED_FORMAT}\",")?;
        to.write_all(rest)?;
        write!(to, ",\n\"conflicts\":")?;
        match self.clash() {
            Some(clash) => crate::json::write(to, clash)?,
            None => to.write_all(b"{}")?,
        }
        write!(to, ",\n\"summary\":")?;
        crate::json::write(to, &self.summary())?;
        write!(to, ",\n\"resolved\":")?;
        crate::json::write(to, self.resolved())?;
        write!(to, ",\n\"notes\":")?;
        crate::json::write(to, self.notes())?;
        to.write_all(b"}\n")
    }
    /// Whether a document begins as one that [`write_json`](Self::write_json) wrote.
    #[must_use]
    pub fn is_stored(beginning: &[u8]) -> bool {
        let head = format!("{{\"format\":\"{MERGED_FORMAT}\"");
        let blank = |byte: &&u8| byte.is_ascii_whitespace();
        let beginning = beginning.strip_prefix("\u{feff}".as_bytes()).unwrap_or(beginning);
        beginning.iter().filter(|byte| !blank(byte)).zip(head.as_bytes()).filter(|(a, b)| a == b).count()
            == head.len()
    }
    /// Reads a merged list with what is left to decide.
    ///
    /// Linear in the text.
    ///
    /// ```
    /// use qingdan::merge::{Identity, MergedCatalogue};
    /// use qingdan::{AnyCatalogue, Catalogue, LicensingItem, SharedList};
    /// let list = |name: &str| -> AnyCatalogue {
    ///     Catalogue::new(Default::default(), SharedList::of([LicensingItem::new("1", name)]).unwrap()).into()
    /// };
    /// let merged = MergedCatalogue::of(&list("甲"), &list("乙"), &list("丙"), &Identity::default());
    /// let mut bytes = Vec::new();
    /// merged.write_json(&mut bytes)?;
    /// let read = MergedCatalogue::read_json(std::str::from_utf8(&bytes)?);
    /// assert_eq!(read.value, Some(merged));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    #[inline]
    pub fn read_json(json: &str) -> Reading<Option<Self>> {
        let json = json.strip_prefix('\u{feff}').unwrap_or(json);
        let none = |problem| Reading { value: None, problems: vec![problem] };
        let stored: Stored = match serde_json::from_str(json) {
            Ok(stored) => stored,
            Err(error) => {
                let place = (error.line() as u64, error.column() as u64);
                return none(no_merge(&error).at_line(place.0.max(1), Some(place.1.max(1))));
            }
        };
        if stored.format != MERGED_FORMAT {
            let found = crate::problem::shortened(&stored.format, 60);
            let message = Message::new(
                format!("应为“{MERGED_FORMAT}”，却是“{found}”"),
                format!("should be `{MERGED_FORMAT}`, is `{found}`"),
            );
            return none(Problem::error("json/format", message).at_path("/format"));
        }
        let header = stored.header.map(|header| format!("\"header\":{},", header.get())).unwrap_or_default();
        let kind = serde_json::Value::from(stored.kind);
        let text =
            format!("{{\"format\":\"{}\",\"kind\":{kind},{header}\"items\":{}}}", FORMAT, stored.items.get());
        let Ok(Reading { value, mut problems }) =
            AnyCatalogue::read_json(Cursor::new(text.into_bytes()), &Options::default())
        else {
            return Reading { value: None, problems: Vec::new() };
        };
        // Lines are those of a text that nobody sees.
        for problem in problems.iter_mut().filter(|problem| problem.place.path.is_some()) {
            (problem.place.line, problem.place.column) = (None, None);
        }
        let Some(list) = value else { return Reading { value: None, problems } };
        let clash = match stored.conflicts.filter(|clash| clash.get() != "{}") {
            None => None,
            Some(clash) => match serde_json::from_str::<AnyCatalogueClash>(clash.get()) {
                Ok(clash) if clash.kind().is_none_or(|kind| kind == list.kind()) => Some(clash),
                Ok(_) => {
                    let message = Message::new(
                        "冲突与清单不是同一种类",
                        "the clashes are of another kind than the list",
                    );
                    problems.push(Problem::error("json/kind", message).at_path("/conflicts"));
                    None
                }
                Err(error) => {
                    problems.push(no_merge(&error).at_path("/conflicts"));
                    None
                }
            },
        };
        let merged = Self::with(list, clash, stored.resolved, stored.notes, stored.summary);
        Reading { value: Some(merged), problems }
    }
}

fn no_merge(error: &serde_json::Error) -> Problem {
    let text = error.to_string();
    let text = text.split(" at line ").next().unwrap_or_default();
    let message =
        Message::new(format!("不是带冲突的合并清单：{text}"), format!("no merged list with clashes: {text}"));
    Problem::error("json/syntax", message)
}
