//! A history as lines: written, read, held against its digests.

use super::links::Stored;
use super::record::State;
use super::{Document, HISTORY_FORMAT, Head, History, Record, made};
use crate::digest::{Running, canonical, canonical_json, of_digests, of_text};
use crate::document::{FORMAT, Options};
use crate::kind::{AnyCatalogue, AnyCatalogueDelta};
use crate::lineage::Lineage;
use crate::problem::{Message, Problem, shortened};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::io::{self, BufRead, BufReader, Cursor, Read, Write};
use std::sync::OnceLock;

/// Between the beginning of a line and the rest of its members: `{"digest":"…",`.
pub(super) const HEAD_OF_LINE: usize = 77;
/// What a line has beside the canonical JSON of its record without a digest.
pub(super) const DIGEST_AND_NEWLINE: u64 = HEAD_OF_LINE as u64;

/// The digest and the length of the JSON of each item of a list.
#[derive(Clone, Debug, Default)]
pub(super) struct Sums(Vec<([u8; 32], u32)>);

impl Sums {
    #[inline]
    pub(super) fn of(list: &AnyCatalogue) -> Self {
        let mut sums = vec![([0; 32], 0); list.len()];
        Self::fill(&mut sums, list, &|_| true);
        Self(sums)
    }
    #[inline]
    fn fill(sums: &mut [([u8; 32], u32)], list: &AnyCatalogue, wanted: &dyn Fn(usize) -> bool) {
        list.each_item_json(wanted, &mut |at, json| {
            let text = canonical_json(json);
            if let Some(sum) = sums.get_mut(at) {
                *sum = (of_text(&text), text.len() as u32);
            }
        });
    }
    /// Those of the next edition: of items that are as they were they are known.
    #[inline]
    pub(super) fn next(&self, before: &AnyCatalogue, after: &AnyCatalogue) -> Self {
        let equal = before.equal_items(after);
        let known = |at: &Option<usize>| at.and_then(|at| self.0.get(at)).copied();
        let mut sums: Vec<_> = equal.iter().map(|at| known(at).unwrap_or_default()).collect();
        Self::fill(&mut sums, after, &|at| equal.get(at).is_none_or(|at| known(at).is_none()));
        Self(sums)
    }
    #[inline]
    pub(super) fn digest(&self, list: &AnyCatalogue) -> String {
        of_digests(list.header(), self.0.iter().map(|(digest, _)| *digest))
    }
    /// The length of the whole list.
    #[inline]
    pub(super) fn bytes(&self) -> u64 {
        2 + self.0.iter().map(|(_, length)| u64::from(*length) + 1).sum::<u64>()
    }
}

/// The canonical JSON of a record without its digest, piece by piece.
#[inline]
pub(super) fn rest_of_line(record: &Record, take: &mut dyn FnMut(&[u8])) {
    take(b"{\"head\":");
    take(canonical(&record.head).as_bytes());
    take(b",\"record\":{");
    let mut open = false;
    let mut member = |take: &mut dyn FnMut(&[u8]), name: &str| {
        if std::mem::replace(&mut open, true) {
            take(b",");
        }
        take(format!("\"{name}\":").as_bytes());
    };
    if let State::Change(Some(delta)) = &record.state {
        member(take, "delta");
        take(canonical(delta).as_bytes());
    }
    if !record.documents.is_empty() {
        member(take, "documents");
        take(canonical(&record.documents).as_bytes());
    }
    if let State::Whole(list) = &record.state {
        member(take, "items");
        take(b"[");
        list.each_item_json(&|_| true, &mut |at, json| {
            if at > 0 {
                take(b",");
            }
            take(canonical_json(json).as_bytes());
        });
        take(b"]");
    }
    let lineage = Stored::of(&record.lineage);
    if !lineage.is_empty() {
        member(take, "lineage");
        take(canonical(&lineage).as_bytes());
    }
    take(format!("}},\"start\":{}}}", record.start).as_bytes());
}

/// A record's line, its newline included.
#[inline]
pub(super) fn line(record: &Record) -> Vec<u8> {
    let mut line = format!("{{\"digest\":\"{}\",", record.digest).into_bytes();
    let mut first = true;
    rest_of_line(record, &mut |piece| {
        // The bracket is there already.
        let piece = if std::mem::take(&mut first) { &piece[1..] } else { piece };
        line.extend_from_slice(piece);
    });
    line.push(b'\n');
    line
}

// ------------------------------------------------------------------------------------------------
// Reading

/// A line as it stands.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    digest: String,
    head: Head,
    record: Body,
    start: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    #[serde(default)]
    delta: Option<Box<RawValue>>,
    #[serde(default)]
    documents: Vec<Document>,
    #[serde(default)]
    items: Option<Box<RawValue>>,
    #[serde(default)]
    lineage: Stored,
}

/// A record that was read, and how long the JSON of its delta is.
pub(super) struct Taken {
    pub(super) record: Record,
    change: u64,
}

/// Reads a line without its newline; its digest is compared.
#[inline]
pub(super) fn record_of(bytes: &[u8]) -> Result<Taken, (&'static str, Message)> {
    let syntax = |error: &dyn std::fmt::Display| {
        let text = error.to_string();
        let text = shortened(text.split(" at line ").next().unwrap_or_default(), 120);
        (
            "history/syntax",
            Message::new(format!("不是历史记录：{text}"), format!("no record of a history: {text}")),
        )
    };
    let text = std::str::from_utf8(bytes).map_err(|error| syntax(&error))?;
    if text.ends_with('\r') {
        let message = Message::new(
            "行尾被改成了 CRLF；请关闭换行转换（git：*.jsonl -text）后重新取得文件",
            "its line end was made CRLF; switch such conversions off (git: *.jsonl -text) and fetch the file again",
        );
        return Err(("history/line-ends", message));
    }
    let digest = text
        .strip_prefix("{\"digest\":\"")
        .filter(|rest| rest.is_char_boundary(64) && rest.get(64..66) == Some("\","))
        .and_then(|rest| rest.get(..64));
    let found = digest.map(|_| {
        let mut running = Running::default();
        running.take(b"{");
        running.take(&bytes[HEAD_OF_LINE..]);
        running.finish()
    });
    let line: Line = serde_json::from_str(text).map_err(|error| syntax(&error))?;
    if line.head.format != HISTORY_FORMAT {
        let found = shortened(&line.head.format, 60);
        let message = Message::new(
            format!("应为“{HISTORY_FORMAT}”，却是“{found}”"),
            format!("should be `{HISTORY_FORMAT}`, is `{found}`"),
        );
        return Err(("history/format", message));
    }
    if found.as_deref() != Some(line.digest.as_str()) {
        let message =
            Message::new("摘要不符：此行被改动过", "the digest is not that of the line: it was altered");
        return Err(("history/digest", message));
    }
    let kind = line
        .head
        .kind()
        .ok_or_else(|| syntax(&format!("`{}` is no kind", shortened(&line.head.kind, 40))))?;
    let mut change = 0;
    let state = match (&line.record.items, &line.record.delta) {
        (Some(_), Some(_)) => return Err(syntax(&"`items` and `delta` stand in one record")),
        (Some(items), None) => {
            let header = canonical(&line.head.header);
            let text = format!(
                "{{\"format\":\"{FORMAT}\",\"kind\":\"{kind}\",\"header\":{header},\"items\":{}}}",
                items.get()
            );
            let reading = AnyCatalogue::read_json(Cursor::new(text.into_bytes()), &Options::default())
                .map_err(|error| syntax(&error))?;
            if let Some(problem) = reading.problems.iter().find(|problem| problem.is_error()) {
                return Err(("history/items", problem.message.clone()));
            }
            State::Whole(Box::new(reading.value.ok_or_else(|| syntax(&"no list"))?))
        }
        (None, Some(delta)) => {
            change = delta.get().len() as u64;
            let delta: AnyCatalogueDelta =
                serde_json::from_str(delta.get()).map_err(|error| syntax(&error))?;
            State::Change(Some(delta))
        }
        (None, None) => State::Change(None),
    };
    let lineage: Lineage =
        line.record.lineage.lineage().ok_or_else(|| syntax(&"a lineage of another version"))?;
    let record = Record {
        head: line.head,
        digest: line.digest,
        start: line.start,
        lineage,
        documents: line.record.documents,
        state,
        length: bytes.len() as u64 + 1,
    };
    Ok(Taken { record, change })
}

/// How closely a record is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Looking {
    /// Digest and chain.
    Reading,
    /// The canonical form and the content, too.
    Verifying,
}

/// What was read of a history.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Loaded {
    /// The history, as far as it holds; `None` where not even its first record does.
    pub history: Option<History>,
    /// What is wrong: an error where a record does not hold, which ends reading; a warning where the last line is torn.
    pub problems: Vec<Problem>,
    /// How many bytes are whole records: where to cut before appending.
    pub whole: u64,
    /// Whether the source is the compressed form, so that what is appended must be, too.
    pub is_compressed: bool,
}

/// What became of verifying a history.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Verified {
    /// How many records hold.
    pub records: u64,
    /// How many bytes they are.
    pub whole: u64,
    /// The first record that does not hold, by line; a torn last line counts. Empty: all is well.
    pub problems: Vec<Problem>,
}

/// Holds a history against its digests: each line is its canonical form byte for byte, its digest is right, it names the record
/// before and its own place, and the list that it leads to has the content that it says. Stops at the first record that does
/// not hold, which is named.
///
/// Linear in the file, and in the lists it holds; one list is in memory beside the records.
///
/// # Errors
/// The reader failed.
///
/// ```
/// use qingdan::history::{History, verify};
/// use qingdan::{Catalogue, LicensingItem};
/// let mut list = Catalogue::<LicensingItem>::default();
/// list.header.edition = "2022".into();
/// let mut file = Vec::new();
/// History::start(list.into())?.write(&mut file)?;
/// assert!(verify(&file[..])?.problems.is_empty());
/// file[100] ^= 1;
/// assert_eq!(verify(&file[..])?.problems.len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn verify(mut source: impl Read) -> io::Result<Verified> {
    let Loaded { history, problems, whole, .. } = load(&mut source, Looking::Verifying)?;
    let records = history.map_or(0, |history| history.records.len() as u64);
    Ok(Verified { records, whole, problems })
}

impl History {
    /// Reads a history, in either form. Digests of lines and the chain of records are checked; [`verify`] checks more.
    ///
    /// Linear in the file.
    ///
    /// # Errors
    /// The reader failed.
    ///
    /// ```
    /// use qingdan::history::History;
    /// use qingdan::{Catalogue, LicensingItem};
    /// let mut list = Catalogue::<LicensingItem>::default();
    /// list.header.edition = "2022".into();
    /// let history = History::start(list.into())?;
    /// let mut file = Vec::new();
    /// history.write(&mut file)?;
    /// file.extend(b"{\"digest\":\"torn");
    /// let loaded = History::read(&file[..])?;
    /// assert_eq!(loaded.history, Some(history));
    /// assert_eq!((&*loaded.problems[0].rule, loaded.whole), ("history/torn", file.len() as u64 - 15));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn read(mut source: impl Read) -> io::Result<Loaded> {
        load(&mut source, Looking::Reading)
    }
    /// Writes all of it, a line a record. The same history is the same bytes.
    ///
    /// # Errors
    /// The writer failed.
    pub fn write(&self, to: impl Write) -> io::Result<()> {
        self.write_since(0, to)
    }
    /// Writes the records from this number on: what is appended to a file that holds those before.
    ///
    /// # Errors
    /// The writer failed.
    pub fn write_since(&self, number: u64, mut to: impl Write) -> io::Result<()> {
        for record in self.records.iter().filter(|record| record.head.number >= number) {
            to.write_all(&line(record))?;
        }
        to.flush()
    }
    /// How many bytes its file has.
    #[must_use]
    #[inline]
    pub fn bytes(&self) -> u64 {
        self.records.iter().map(|record| record.length).sum()
    }
}

/// Whether a file that begins with this byte is in compressed form: an index begins so, or a frame of zstd without one. A line
/// begins with a brace.
#[inline]
pub(super) fn is_compressed(first: u8) -> bool {
    matches!(first, 0x51 | 0x28)
}

/// What a build without the feature says of the compressed form.
#[cfg(not(feature = "zstd"))]
#[inline]
pub(super) fn not_built() -> Problem {
    let message = Message::new(
        "压缩的历史：此程序编译时没有启用 zstd 特性；请先用 zstd -d 解压，或以 --features zstd 编译",
        "a compressed history: this program was built without its feature `zstd`; decompress it first (zstd -d), \
         or build it with --features zstd",
    );
    Problem::error("history/compressed", message)
}

/// A history that is being read, line by line.
pub(super) struct Taking {
    history: Option<History>,
    pub(super) problems: Vec<Problem>,
    looking: Looking,
    /// How many lines were read, and how many bytes they have.
    lines: u64,
    bytes: u64,
}

impl Taking {
    /// Takes a line without its line feed; says whether it holds.
    #[inline]
    pub(super) fn line(&mut self, bytes: &[u8]) -> bool {
        let number = self.lines;
        if let Err((rule, message)) = admit(&mut self.history, bytes, number, self.bytes, self.looking) {
            let label = label_of(bytes).map(|label| shortened(&label, 40));
            let named = |zh: bool| match &label {
                Some(label) if zh => format!("第{number}条记录（{label}）"),
                Some(label) => format!("record {number} ({label}): "),
                None if zh => format!("第{number}条记录"),
                None => format!("record {number}: "),
            };
            let message = Message::new(
                format!("{}{}", named(true), message.zh),
                format!("{}{}", named(false), message.en),
            );
            self.problems.push(Problem::error(rule, message).at_line(number + 1, None));
            return false;
        }
        self.lines += 1;
        self.bytes += bytes.len() as u64 + 1;
        true
    }
    /// The head of the line that was taken last.
    #[cfg(feature = "zstd")]
    #[inline]
    pub(super) fn last_head(&self) -> Option<&Head> {
        self.history.as_ref()?.records.last().map(|record| &record.head)
    }
}

#[inline]
fn load(source: &mut dyn Read, looking: Looking) -> io::Result<Loaded> {
    let mut source = BufReader::with_capacity(1 << 16, source);
    let mut taking = Taking { history: None, problems: Vec::new(), looking, lines: 0, bytes: 0 };
    let is_compressed = source.fill_buf()?.first().is_some_and(|first| is_compressed(*first));
    let whole = if is_compressed {
        #[cfg(feature = "zstd")]
        let whole = super::compressed::load(&mut source, &mut taking)?;
        #[cfg(not(feature = "zstd"))]
        let whole = {
            taking.problems.push(not_built());
            0
        };
        whole
    } else {
        lines(&mut source, &mut taking)?
    };
    let Taking { history, mut problems, .. } = taking;
    if history.is_none() && problems.is_empty() {
        let message = Message::new("文件是空的，没有历史记录", "the file is empty: no history");
        problems.push(Problem::error("history/empty", message));
    }
    Ok(Loaded { history, problems, whole, is_compressed })
}

/// Reads lines as they stand; answers how many bytes those have that are whole.
#[inline]
fn lines(source: &mut dyn BufRead, taking: &mut Taking) -> io::Result<u64> {
    let mut bytes = Vec::new();
    loop {
        bytes.clear();
        if source.read_until(b'\n', &mut bytes)? == 0 {
            break;
        }
        if bytes.pop_if(|last| *last == b'\n').is_none() {
            let whole = taking.bytes;
            let message = Message::new(
                format!("最后一行没有换行，写入时中断；之前的{whole}字节完整，追加前请截到此处"),
                format!(
                    "the last line has no line feed: writing it was cut off; the {whole} bytes before it are whole, cut the file there before appending"
                ),
            );
            let problem = Problem::warning("history/torn", message);
            taking.problems.push(problem.at_line(taking.lines + 1, None));
            break;
        }
        if !taking.line(&bytes) {
            break;
        }
    }
    Ok(taking.bytes)
}

/// The label of an edition that does not hold, where that can be told.
#[inline]
fn label_of(bytes: &[u8]) -> Option<String> {
    let json: serde_json::Value = serde_json::from_slice(bytes).ok()?;
    Some(json.get("head")?.get("header")?.get("edition")?.as_str()?.to_owned())
}

/// Takes a line into a history, or says why it does not hold.
#[inline]
fn admit(
    history: &mut Option<History>,
    bytes: &[u8],
    number: u64,
    start: u64,
    looking: Looking,
) -> Result<(), (&'static str, Message)> {
    let Taken { record, change } = record_of(bytes)?;
    if looking == Looking::Verifying {
        let canonical = line(&record);
        if canonical.strip_suffix(b"\n") != Some(bytes) {
            let same = canonical.iter().zip(bytes).take_while(|(a, b)| a == b).count();
            let message = Message::new(
                format!("不是规范形式（RFC 8785），自第{}字节起不同", same + 1),
                format!("it is not its canonical form (RFC 8785), from byte {} on", same + 1),
            );
            return Err(("history/not-canonical", message));
        }
    }
    let chain = |zh: &str, en: &str| Err(("history/chain", Message::new(zh, en)));
    let head = &record.head;
    if head.number != number {
        return chain("记录序号不连续", "its number does not follow the record before");
    }
    if record.start != start {
        return chain(
            "记录位置不符：文件中有增删",
            "it does not stand where it says: something was put in or taken out",
        );
    }
    let before = history.as_ref().and_then(|history| history.records.last());
    if head.previous != before.map(|record| record.start)
        || head.parent != before.map_or("", |record| &record.digest)
    {
        return chain("所指的前一条记录不符", "the record before is not the one that it names");
    }
    let checkpoint = match (record.is_checkpoint(), &head.corrects, history.as_ref()) {
        (true, ..) => start,
        (false, Some(correction), Some(history)) => {
            history.record_of(&correction.edition).map_or(u64::MAX, |at| history.records[at].head.checkpoint)
        }
        (false, _, Some(history)) => history.editions().last().map_or(0, |record| record.head.checkpoint),
        (false, ..) => return chain("第一条记录须是完整清单", "the first record must hold a whole list"),
    };
    if head.checkpoint != checkpoint {
        return chain(
            "检查点位置不符",
            "its checkpoint is elsewhere, or the edition that it corrects is none",
        );
    }
    let label = head.label().to_owned();
    if label.trim().is_empty() {
        return Err(("history/label", Message::new("没有版次标签", "it has no label")));
    }
    let misfit = |mismatches: &crate::Mismatches| {
        let first = mismatches.all().first();
        let text = |lang| first.map(|mismatch| mismatch.line(lang)).unwrap_or_default();
        let message = Message::new(
            format!("变更与之前的版次不符：{}", text(crate::problem::Lang::Zh)),
            format!("its change does not fit the edition before: {}", text(crate::problem::Lang::En)),
        );
        ("history/misfit", message)
    };
    let list = match (&record.state, history.as_ref()) {
        (State::Whole(list), _) => AnyCatalogue::clone(list),
        (State::Change(_), None) => {
            return chain("第一条记录须是完整清单", "the first record must hold a whole list");
        }
        (State::Change(_), Some(history)) => {
            let list = match &head.corrects {
                None => made(&history.last, &record),
                Some(correction) => {
                    let known =
                        history.edition_as(&correction.edition, super::Knowledge::Now).map_err(|error| {
                            ("history/label", Message::new(error.to_string(), error.to_string()))
                        })?;
                    made(&known, &record)
                }
            };
            list.map_err(|mismatches| misfit(&mismatches))?
        }
    };
    let content = |zh: &str, en: &str| Err(("history/content", Message::new(zh, en)));
    if list.header() != &head.header || list.len() != head.items {
        return content(
            "清单表头或项数与记录所载不符",
            "header or number of items are not what the record says",
        );
    }
    let mut sums = OnceLock::new();
    if looking == Looking::Verifying {
        // Items that are as they were have the digests that they had.
        let own = match history.as_ref().filter(|_| record.is_edition()) {
            Some(history) => history.sums.get_or_init(|| Sums::of(&history.last)).next(&history.last, &list),
            None => Sums::of(&list),
        };
        sums = OnceLock::from(own);
    }
    if sums.get().is_some_and(|sums| sums.digest(&list) != head.content) {
        return content(
            "清单内容与记录所载摘要不符",
            "the list's content has another digest than the record says",
        );
    }
    match history {
        None => {
            *history = Some(History {
                kind: list.kind(),
                last: list,
                records: vec![record],
                editions: vec![0],
                sums,
                since_checkpoint: 0,
                steps: OnceLock::new(),
            });
        }
        Some(history) => {
            if list.kind() != history.kind {
                return chain("清单种类不同", "it is a list of another kind");
            }
            if record.is_edition() {
                if history.position(&label).is_ok() {
                    return Err(("history/label", Message::new("版次标签重复", "its label is taken")));
                }
                history.take(record, list, change);
                history.sums = sums;
            } else {
                history.records.push(record);
            }
        }
    }
    Ok(())
}
