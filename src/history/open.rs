//! One edition of a history file without the others: by the heads of lines, from the end of the file.

#[cfg(feature = "zstd")]
use super::compressed::{Groups, OpenGroup};
use super::file::{HEAD_OF_LINE, is_compressed, record_of};
use super::record::State;
use super::{Head, Knowledge, Record, made};
use crate::kind::AnyCatalogue;
use crate::problem::{Message, Problem};
use crate::term::Date;
use serde::Deserialize;
use std::io::{self, Read, Seek, SeekFrom};

/// Why a history file has no answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NotOpened {
    /// The source failed.
    #[error("the history cannot be read")]
    Io(#[from] io::Error),
    /// The file is not one, or a record in it does not hold.
    #[error("{}", .0.line(crate::problem::Lang::En))]
    Broken(Box<Problem>),
    /// The history has no answer.
    #[error(transparent)]
    History(#[from] super::HistoryError),
}

#[inline]
pub(super) fn broken(start: u64, zh: &str, en: &str) -> NotOpened {
    let message =
        Message::new(format!("第{start}字节处的记录：{zh}"), format!("the record at byte {start}: {en}"));
    NotOpened::Broken(Box::new(Problem::error("history/broken", message)))
}

/// A history file of which heads are known, and editions are read when they are asked for.
///
/// Opening reads the beginning of each line, from the last to the first; of the compressed form the indexes, from the first to the
/// last. An edition is read from its checkpoint and the changes since: at most two editions' bytes, or of the compressed form the
/// frames that hold these. Digests of what is read are checked; [`verify`](super::verify) checks all.
///
/// ```
/// use qingdan::history::{History, HistoryFile};
/// use qingdan::{AnyCatalogue, Catalogue, LicensingItem, SharedList};
/// let edition = |label: &str| -> AnyCatalogue {
///     let items = SharedList::of([LicensingItem::new("1", format!("{label}年的许可"))]).unwrap();
///     let mut list = Catalogue::new(Default::default(), items);
///     list.header.edition = label.into();
///     list.into()
/// };
/// let mut history = History::start(edition("2022"))?;
/// history.append(edition("2023"), &[])?;
/// let mut bytes = Vec::new();
/// history.write(&mut bytes)?;
/// let mut file = HistoryFile::open(std::io::Cursor::new(bytes))?;
/// assert_eq!(file.labels(), ["2022", "2023"]);
/// assert_eq!(file.edition("2022")?, history.edition("2022")?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct HistoryFile<R> {
    source: R,
    /// In the order of the file.
    heads: Vec<Placed>,
    whole: u64,
    lines: Lines,
}

/// A head, where its line begins and where it ends in the plain file.
pub(super) type Placed = (Head, u64, u64);

/// So much of a line is read to find its head; more where that is longer.
const PIECE: usize = 4096;

impl<R: Read + Seek> HistoryFile<R> {
    /// Opens a history file, in either form. A torn last line, or group, is left out.
    ///
    /// # Errors
    /// The source failed, or is no history.
    #[inline]
    pub fn open(mut source: R) -> Result<Self, NotOpened> {
        let (heads, whole, lines) = Lines::open(&mut source)?;
        Ok(Self { source, heads, whole, lines })
    }
    /// The heads of all records, in the order of the file.
    pub fn heads(&self) -> impl DoubleEndedIterator<Item = &Head> + ExactSizeIterator {
        self.heads.iter().map(|(head, ..)| head)
    }
    /// The labels of the editions.
    #[must_use]
    pub fn labels(&self) -> Vec<&str> {
        self.heads().filter(|head| head.corrects.is_none()).map(Head::label).collect()
    }
    /// How many bytes are whole records: where to cut before appending.
    #[must_use]
    pub fn whole(&self) -> u64 {
        self.whole
    }
    /// Whether the file is the compressed form, so that what is appended must be, too.
    #[must_use]
    pub fn is_compressed(&self) -> bool {
        !matches!(self.lines, Lines::Plain)
    }
    /// The edition of this label, as it was in force.
    ///
    /// # Errors
    /// No edition has the label, the source failed, or a record that is read does not hold.
    #[inline]
    pub fn edition(&mut self, label: &str) -> Result<AnyCatalogue, NotOpened> {
        self.edition_as(label, Knowledge::InForce)
    }
    /// The edition of this label, with the corrections that are known: their records are read, too.
    ///
    /// # Errors
    /// No edition has the label, the source failed, or a record that is read does not hold.
    ///
    /// ```
    /// use qingdan::history::{Correction, Grounds, History, HistoryFile, Knowledge};
    /// use qingdan::{Catalogue, LicensingItem, SharedList};
    /// let list = |name: &str| {
    ///     let mut list = Catalogue::new(Default::default(), SharedList::of([LicensingItem::new("1", name)]).unwrap());
    ///     list.header.edition = "2022".into();
    ///     list
    /// };
    /// let mut history = History::start(list("取水许").into())?;
    /// history.correct(list("取水许可").into(), Correction::new("2022", "漏字"), &Grounds::default())?;
    /// let mut bytes = Vec::new();
    /// history.write(&mut bytes)?;
    /// let mut file = HistoryFile::open(std::io::Cursor::new(bytes))?;
    /// for knowledge in [Knowledge::InForce, Knowledge::Now] {
    ///     assert_eq!(file.edition_as("2022", knowledge)?, history.edition_as("2022", knowledge)?);
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[inline]
    pub fn edition_as(&mut self, label: &str, knowledge: Knowledge) -> Result<AnyCatalogue, NotOpened> {
        let is_it = |head: &Head| head.corrects.is_none() && head.label() == label;
        let Some(at) = self.heads.iter().position(|(head, ..)| is_it(head)) else {
            let known = self.labels().into_iter().map(str::to_owned).collect();
            return Err(super::HistoryError::UnknownLabel { label: label.to_owned(), known }.into());
        };
        edition(&mut self.source, &self.lines, &self.heads, at, knowledge)
    }
    /// The label of the edition of a day ([`History::as_of`](super::History::as_of) says which).
    ///
    /// # Errors
    /// The day is before the first edition, or an edition says no day.
    pub fn label_of_day(&self, day: Date) -> Result<&str, NotOpened> {
        let headers = self.heads().filter(|head| head.corrects.is_none()).map(|head| &head.header);
        let position = super::day::edition_of(headers, day)?;
        Ok(self.labels().get(position).copied().unwrap_or_default())
    }
}

pub(super) trait Source: Read + Seek {}
impl<R: Read + Seek> Source for R {}

/// How lines stand in a file.
#[derive(Debug)]
enum Lines {
    Plain,
    #[cfg(feature = "zstd")]
    Compressed(Groups),
}

impl Lines {
    #[inline]
    fn open(source: &mut dyn Source) -> Result<(Vec<Placed>, u64, Self), NotOpened> {
        source.seek(SeekFrom::Start(0))?;
        let mut first = Vec::new();
        (&mut *source).take(1).read_to_end(&mut first)?;
        if first.first().is_some_and(|first| is_compressed(*first)) {
            #[cfg(feature = "zstd")]
            let compressed =
                Groups::open(source).map(|(groups, heads, whole)| (heads, whole, Self::Compressed(groups)));
            #[cfg(not(feature = "zstd"))]
            let compressed = Err(NotOpened::Broken(Box::new(super::file::not_built())));
            return compressed;
        }
        let (heads, whole) = heads(source)?;
        Ok((heads, whole, Self::Plain))
    }
}

/// Lines of a file, read in their order.
struct Reader<'a> {
    source: &'a mut dyn Source,
    lines: &'a Lines,
    #[cfg(feature = "zstd")]
    open: Option<OpenGroup>,
}

impl Reader<'_> {
    /// The record of this head, held against it.
    #[inline]
    fn record(&mut self, (head, start, end): &Placed) -> Result<Record, NotOpened> {
        let bytes = match self.lines {
            Lines::Plain => {
                let mut bytes = read_at(self.source, *start, (end - start) as usize)?;
                bytes.pop_if(|last| *last == b'\n');
                bytes
            }
            #[cfg(feature = "zstd")]
            Lines::Compressed(groups) => groups.line(self.source, &mut self.open, (*start, *end))?,
        };
        let record =
            record_of(&bytes).map_err(|(_, message)| broken(*start, &message.zh, &message.en))?.record;
        if record.head != *head {
            return Err(broken(*start, "与索引所载不符", "it is not the one that its index names"));
        }
        Ok(record)
    }
    /// The list of a record, from the one that it changes.
    #[inline]
    fn made(&mut self, before: &AnyCatalogue, placed: &Placed) -> Result<AnyCatalogue, NotOpened> {
        let record = self.record(placed)?;
        made(before, &record).map_err(|mismatches| {
            let text = |lang| mismatches.all().first().map(|first| first.line(lang)).unwrap_or_default();
            broken(placed.1, &text(crate::problem::Lang::Zh), &text(crate::problem::Lang::En))
        })
    }
}

/// The heads of all whole lines with where these begin and end, and where the last one ends.
#[inline]
fn heads(source: &mut dyn Source) -> Result<(Vec<Placed>, u64), NotOpened> {
    let mut end = source.seek(SeekFrom::End(0))?;
    end = end_of_last_line(source, end)?;
    let whole = end;
    if whole == 0 {
        return Err(broken(0, "没有完整的记录", "no record is whole"));
    }
    // The last line says where it begins, at its end.
    let tail_from = whole.saturating_sub(64);
    let tail = read_at(source, tail_from, (whole - tail_from) as usize)?;
    let tail = String::from_utf8_lossy(&tail);
    let start = tail.rsplit_once("\"start\":").map(|(_, rest)| rest.trim_end_matches(['}', '\n']));
    let mut start: u64 = start
        .and_then(|start| start.parse().ok())
        .filter(|start| *start < whole)
        .ok_or_else(|| broken(tail_from, "不是历史文件的结尾", "this is not how a history file ends"))?;
    let mut heads = Vec::new();
    loop {
        let head = head_at(source, start, end)?;
        let previous = head.previous;
        heads.push((head, start, end));
        match previous {
            Some(before) if before < start => (start, end) = (before, start),
            Some(_) => {
                return Err(broken(
                    start,
                    "前一条记录不在其前",
                    "the record before does not stand before it",
                ));
            }
            None if start == 0 => break,
            None => return Err(broken(start, "没有前一条记录", "it names no record before")),
        }
    }
    heads.reverse();
    Ok((heads, whole))
}

/// Where the last whole line ends: what is behind the last line feed is torn.
#[inline]
fn end_of_last_line(source: &mut dyn Source, mut end: u64) -> Result<u64, NotOpened> {
    while end > 0 {
        let from = end.saturating_sub(1 << 16);
        // A file that is whole ends with a line feed: one byte says so.
        let from = if end == source.seek(SeekFrom::End(0))? { end - 1 } else { from };
        let bytes = read_at(source, from, (end - from) as usize)?;
        if let Some(at) = memchr::memrchr(b'\n', &bytes) {
            return Ok(from + at as u64 + 1);
        }
        end = from;
    }
    Ok(0)
}

#[inline]
fn read_at(source: &mut dyn Source, from: u64, length: usize) -> io::Result<Vec<u8>> {
    source.seek(SeekFrom::Start(from))?;
    let mut bytes = vec![0; length];
    source.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// The head of the line that begins and ends here.
#[inline]
fn head_at(source: &mut dyn Source, start: u64, end: u64) -> Result<Head, NotOpened> {
    let length = (end - start) as usize;
    let mut size = PIECE.min(length);
    loop {
        let bytes = read_at(source, start, size)?;
        let head = bytes.get(HEAD_OF_LINE..).and_then(|rest| rest.strip_prefix(b"\"head\":"));
        let Some(head) = head else {
            return Err(broken(start, "不是历史记录", "this is no record of a history"));
        };
        let mut values = serde_json::Deserializer::from_slice(head);
        match Head::deserialize(&mut values) {
            Ok(head) if head.format == super::HISTORY_FORMAT => return Ok(head),
            Ok(_) => return Err(broken(start, "格式未知", "it is of another format")),
            Err(error) if error.is_eof() && size < length => size = (size * 4).min(length),
            Err(error) => return Err(broken(start, &error.to_string(), &error.to_string())),
        }
    }
}

/// The edition at this position among the records: from its checkpoint and the changes since, and the corrections that count.
#[inline]
fn edition(
    source: &mut dyn Source,
    lines: &Lines,
    heads: &[Placed],
    at: usize,
    knowledge: Knowledge,
) -> Result<AnyCatalogue, NotOpened> {
    let mut reader = Reader {
        source,
        lines,
        #[cfg(feature = "zstd")]
        open: None,
    };
    let checkpoint = heads[at].0.checkpoint;
    let first =
        heads.iter().position(|(_, start, _)| *start == checkpoint).filter(|first| *first <= at).ok_or_else(
            || broken(heads[at].1, "检查点不在其前", "its checkpoint does not stand before it"),
        )?;
    let State::Whole(list) = reader.record(&heads[first])?.state else {
        return Err(broken(checkpoint, "检查点不是完整清单", "its checkpoint holds no whole list"));
    };
    let mut list = *list;
    for placed in heads[first + 1..=at].iter().filter(|(head, ..)| head.corrects.is_none()) {
        list = reader.made(&list, placed)?;
    }
    let label = heads[at].0.label();
    for placed in &heads[at + 1..] {
        let Some(correction) = placed.0.corrects.as_ref().filter(|it| it.edition == label) else { continue };
        // One rests on the one before it.
        if !knowledge.counts(correction) {
            break;
        }
        list = reader.made(&list, placed)?;
    }
    Ok(list)
}
