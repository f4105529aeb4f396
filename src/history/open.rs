//! One edition of a history file without the others: by the heads of lines, from the end of the file.

use super::file::{HEAD_OF_LINE, record_of};
use super::{Head, Record, made};
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

fn broken(start: u64, zh: &str, en: &str) -> NotOpened {
    let message =
        Message::new(format!("第{start}字节处的记录：{zh}"), format!("the record at byte {start}: {en}"));
    NotOpened::Broken(Box::new(Problem::error("history/broken", message)))
}

/// A history file of which heads are known, and editions are read when they are asked for.
///
/// Opening reads the beginning of each line, from the last to the first. An edition is read from its checkpoint and the changes
/// since: at most two editions' bytes. Digests of the lines that are read are checked; [`verify`](super::verify) checks all.
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
}

/// A head, where its line begins and where it ends.
type Placed = (Head, u64, u64);

/// So much of a line is read to find its head; more where that is longer.
const PIECE: usize = 4096;

impl<R: Read + Seek> HistoryFile<R> {
    /// Opens a history file. A torn last line is left out.
    ///
    /// # Errors
    /// The source failed, or is no history.
    pub fn open(mut source: R) -> Result<Self, NotOpened> {
        let (heads, whole) = heads(&mut source)?;
        Ok(Self { source, heads, whole })
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
    /// The edition of this label, as it was in force.
    ///
    /// # Errors
    /// No edition has the label, the source failed, or a record that is read does not hold.
    pub fn edition(&mut self, label: &str) -> Result<AnyCatalogue, NotOpened> {
        let is_it = |head: &Head| head.corrects.is_none() && head.label() == label;
        let Some(at) = self.heads.iter().position(|(head, ..)| is_it(head)) else {
            let known = self.labels().into_iter().map(str::to_owned).collect();
            return Err(super::HistoryError::UnknownLabel { label: label.to_owned(), known }.into());
        };
        edition(&mut self.source, &self.heads, at)
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

trait Source: Read + Seek {}
impl<R: Read + Seek> Source for R {}

/// The heads of all whole lines with where these begin and end, and where the last one ends.
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

fn read_at(source: &mut dyn Source, from: u64, length: usize) -> io::Result<Vec<u8>> {
    source.seek(SeekFrom::Start(from))?;
    let mut bytes = vec![0; length];
    source.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// The head of the line that begins and ends here.
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

/// The edition at this position among the records: from its checkpoint and the changes since.
fn edition(source: &mut dyn Source, heads: &[Placed], at: usize) -> Result<AnyCatalogue, NotOpened> {
    let checkpoint = heads[at].0.checkpoint;
    let first =
        heads.iter().position(|(_, start, _)| *start == checkpoint).filter(|first| *first <= at).ok_or_else(
            || broken(heads[at].1, "检查点不在其前", "its checkpoint does not stand before it"),
        )?;
    let mut list: Option<AnyCatalogue> = None;
    for (head, start, end) in &heads[first..=at] {
        if head.corrects.is_some() {
            continue;
        }
        let bytes = read_at(source, *start, (end - start) as usize)?;
        let record: Record = record_of(bytes.strip_suffix(b"\n").unwrap_or(&bytes))
            .map_err(|(_, message)| broken(*start, &message.zh, &message.en))?
            .record;
        list = Some(match (&list, record.is_checkpoint()) {
            (None, false) => {
                return Err(broken(*start, "检查点不是完整清单", "its checkpoint holds no whole list"));
            }
            (Some(before), false) => made(before, &record).map_err(|mismatches| {
                let text = |lang| mismatches.all().first().map(|first| first.line(lang)).unwrap_or_default();
                broken(*start, &text(crate::problem::Lang::Zh), &text(crate::problem::Lang::En))
            })?,
            (_, true) => match record.state {
                super::record::State::Whole(list) => *list,
                super::record::State::Change(_) => continue,
            },
        });
    }
    list.ok_or_else(|| broken(checkpoint, "没有完整清单", "there is no whole list"))
}
