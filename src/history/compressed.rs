//! A history's file in compressed form: groups of lines, each a frame of zstd with an index of it in front ([`super`] says what
//! stands where).

use super::file::{self, Taking};
use super::open::{NotOpened, Placed, Source, broken};
use super::{HISTORY_FORMAT, Head, History, Record};
use crate::digest::{canonical, of_bytes};
use crate::problem::{Message, Problem};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::io::{self, BufRead, BufReader, Cursor, Read, SeekFrom, Write};
use zstd::stream::{read::Decoder, write::Encoder};

/// How hard zstd tries: 19 takes more than twice the time for a fourteenth less, 12 a fifth of it for a seventh more.
const LEVEL: i32 = 17;
/// What is repeated within so many bytes (as a power of two) is found, and every decoder takes so large a window unasked.
const WINDOW: u32 = 27;

/// How a skippable frame begins that is an index.
const SKIPPABLE: [u8; 4] = 0x184d_2a51_u32.to_le_bytes();
/// What is in it.
const TAG: [u8; 8] = *b"qdhist/1";
/// What stands before the compressed part of an index.
const FIXED: usize = 96;
/// So much of that is not told in the length of a skippable frame.
const NOT_COUNTED: u64 = 8;

/// One line, in an index.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Indexed<H> {
    head: H,
    length: u64,
}

// ------------------------------------------------------------------------------------------------
// Writing

impl History {
    /// Writes all of it in compressed form, a frame for each checkpoint and the changes up to the next one. `zstd -dc` makes of it
    /// what [`write`](Self::write) writes, byte for byte; [`read`](Self::read) and [`HistoryFile`](super::HistoryFile) take it as it
    /// is.
    ///
    /// # Errors
    /// The writer failed.
    ///
    /// ```
    /// use qingdan::history::{History, HistoryFile, verify};
    /// use qingdan::{Catalogue, LicensingItem};
    /// let mut list = Catalogue::<LicensingItem>::default();
    /// list.header.edition = "2022".into();
    /// let mut history = History::start(list.clone().into())?;
    /// let mut file = Vec::new();
    /// history.write_compressed(&mut file)?;
    /// // Appending adds to the end.
    /// list.header.edition = "2023".into();
    /// history.append(list.into(), &[])?;
    /// history.write_compressed_since(1, &mut file)?;
    /// assert_eq!(History::read(&file[..])?.history, Some(history));
    /// assert_eq!(verify(&file[..])?.problems, []);
    /// assert_eq!(HistoryFile::open(std::io::Cursor::new(file))?.labels(), ["2022", "2023"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn write_compressed(&self, to: impl Write) -> io::Result<()> {
        self.write_compressed_since(0, to)
    }
    /// Writes the records from this number on in compressed form: what is appended to a compressed file that holds those before.
    ///
    /// What is appended cannot refer to what stands in the frames before, so that a file to which editions were appended one by
    /// one is larger than one that is written at once ([`write_compressed`](Self::write_compressed)).
    ///
    /// # Errors
    /// The writer failed.
    pub fn write_compressed_since(&self, number: u64, mut to: impl Write) -> io::Result<()> {
        let first = self.records.partition_point(|record| record.head.number < number);
        let mut rest = &self.records[first..];
        while !rest.is_empty() {
            // A whole list begins a group: what is before it is of no use to who opens it.
            let changes = rest.iter().skip(1).take_while(|record| !record.is_checkpoint()).count();
            let (group, later) = rest.split_at(1 + changes);
            to.write_all(&group_of(group)?)?;
            rest = later;
        }
        to.flush()
    }
}

#[inline]
fn encoder(length: u64) -> io::Result<Encoder<'static, Vec<u8>>> {
    let mut encoder = Encoder::new(Vec::new(), LEVEL)?;
    encoder.long_distance_matching(true)?;
    encoder.window_log(WINDOW)?;
    encoder.include_checksum(true)?;
    encoder.set_pledged_src_size(Some(length))?;
    Ok(encoder)
}

#[inline]
fn group_of(records: &[Record]) -> io::Result<Vec<u8>> {
    let mut frame = encoder(records.iter().map(Record::bytes).sum())?;
    let mut index = String::new();
    for record in records {
        frame.write_all(&file::line(record))?;
        index.push_str(&canonical(&Indexed { head: &record.head, length: record.length }));
        index.push('\n');
    }
    let frame = frame.finish()?;
    let mut indexing = encoder(index.len() as u64)?;
    indexing.write_all(index.as_bytes())?;
    let index = indexing.finish()?;

    let mut out = Vec::with_capacity(FIXED + index.len() + frame.len());
    out.extend(SKIPPABLE);
    let length = FIXED as u64 - NOT_COUNTED + index.len() as u64;
    let length = u32::try_from(length).map_err(|_| io::Error::other("an index of more than 4 GB"))?;
    out.extend(length.to_le_bytes());
    out.extend(TAG);
    out.extend((frame.len() as u64).to_le_bytes());
    out.extend((index.len() as u64).to_le_bytes());
    out.extend(of_bytes(&frame));
    let sum = of_bytes(&[&out[..], &index[..]].concat());
    out.extend(sum);
    out.extend(index);
    out.extend(frame);
    Ok(out)
}

// ------------------------------------------------------------------------------------------------
// Reading

/// What stands where a group could begin.
enum Begun {
    /// The end of the file.
    Nothing,
    /// The end of the file, too early.
    Torn,
    Index(Index),
}

struct Index {
    lines: Vec<Indexed<Head>>,
    /// How many bytes it has.
    length: u64,
    /// How many bytes the frame behind it has, and their digest.
    frame: u64,
    digest: [u8; 32],
}

impl Index {
    #[inline]
    fn read(source: &mut dyn Read) -> io::Result<Result<Begun, Message>> {
        let fixed = taken(source, FIXED as u64)?;
        if fixed.is_empty() {
            return Ok(Ok(Begun::Nothing));
        }
        let known = fixed.len().min(SKIPPABLE.len());
        if fixed[..known] != SKIPPABLE[..known] {
            return Ok(Err(Message::new(
                "不是带索引的压缩历史（可能由 zstd 直接压缩）：请先用 zstd -d 解压，再写为 .jsonl.zst",
                "no compressed history with its index (zstd itself may have made it): decompress it (zstd -d), and write that as .jsonl.zst",
            )));
        }
        let Ok(fixed) = <[u8; FIXED]>::try_from(fixed) else { return Ok(Ok(Begun::Torn)) };
        let number = |at: usize| u64::from_le_bytes(std::array::from_fn(|byte| fixed[at + byte]));
        let digest = |at: usize| -> [u8; 32] { std::array::from_fn(|byte| fixed[at + byte]) };
        let counted = u64::from(u32::from_le_bytes(std::array::from_fn(|byte| fixed[4 + byte])));
        let (frame, length) = (number(16), number(24));
        if fixed[8..16] != TAG {
            let message = Message::new("格式未知", "it is of another format");
            return Ok(Err(message));
        }
        let altered = || Ok(Err(Message::new("索引被改动过", "its index was altered")));
        if length.checked_add(FIXED as u64 - NOT_COUNTED) != Some(counted) {
            return altered();
        }
        let packed = taken(source, length)?;
        if (packed.len() as u64) < length {
            return Ok(Ok(Begun::Torn));
        }
        // From here on its lengths are what was written.
        if of_bytes(&[&fixed[..FIXED - 32], &packed[..]].concat()) != digest(FIXED - 32) {
            return altered();
        }
        let mut lines = Vec::new();
        for line in BufReader::new(Decoder::with_buffer(Cursor::new(packed))?).lines() {
            match line.map_err(|_| ()).and_then(|line| serde_json::from_str(&line).map_err(|_| ())) {
                Ok(line) => lines.push(line),
                Err(()) => return altered(),
            }
        }
        let index = Self { lines, length: FIXED as u64 + length, frame, digest: digest(32) };
        Ok(Ok(Begun::Index(index)))
    }
}

/// So many bytes, or those that there are.
#[inline]
fn taken(source: &mut dyn Read, length: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take(length).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The lines of a frame, one after the other.
struct Lines(BufReader<Decoder<'static, Cursor<Vec<u8>>>>);

impl Lines {
    #[inline]
    fn of(frame: Vec<u8>) -> io::Result<Self> {
        Ok(Self(BufReader::with_capacity(1 << 16, Decoder::with_buffer(Cursor::new(frame))?)))
    }
    /// The next line, without its line feed, if it has this length with it.
    #[inline]
    fn next(&mut self, length: u64) -> Option<Vec<u8>> {
        let mut line = Vec::new();
        (&mut self.0).take(length).read_until(b'\n', &mut line).ok()?;
        let is_whole = line.len() as u64 == length && line.pop() == Some(b'\n');
        is_whole.then_some(line)
    }
    #[inline]
    fn skip(&mut self, length: u64) -> Option<()> {
        let skipped = io::copy(&mut (&mut self.0).take(length), &mut io::sink()).ok()?;
        (skipped == length).then_some(())
    }
    #[inline]
    fn is_at_end(&mut self) -> bool {
        self.0.fill_buf().is_ok_and(<[u8]>::is_empty)
    }
}

const ALTERED: (&str, &str) = ("压缩的数据被改动过", "its frame was altered");
const OTHER_LINES: (&str, &str) = ("所含记录与索引不符", "the records in it are not those of its index");

/// Reads all groups; answers how many bytes those have that are whole.
#[inline]
pub(super) fn load(source: &mut dyn Read, taking: &mut Taking) -> io::Result<u64> {
    let mut whole = 0;
    loop {
        let torn = |taking: &mut Taking| {
            let message = Message::new(
                format!("最后一组记录没有写完；之前的{whole}字节完整，追加前请截到此处"),
                format!(
                    "the last group of records was not written to its end; the {whole} bytes before it are whole, cut the file there before appending"
                ),
            );
            taking.problems.push(Problem::warning("history/torn", message));
        };
        let bad = |taking: &mut Taking, (zh, en): (&str, &str)| {
            let message = Message::new(
                format!("第{whole}字节起的一组：{zh}"),
                format!("the group at byte {whole}: {en}"),
            );
            taking.problems.push(Problem::error("history/compressed", message));
        };
        let index = match Index::read(source)? {
            Ok(Begun::Nothing) => break,
            Ok(Begun::Torn) => {
                torn(taking);
                break;
            }
            Ok(Begun::Index(index)) => index,
            Err(message) => {
                bad(taking, (&message.zh, &message.en));
                break;
            }
        };
        let frame = taken(source, index.frame)?;
        if (frame.len() as u64) < index.frame {
            torn(taking);
            break;
        }
        if of_bytes(&frame) != index.digest {
            bad(taking, ALTERED);
            break;
        }
        let mut lines = Lines::of(frame)?;
        for indexed in &index.lines {
            let Some(line) = lines.next(indexed.length) else {
                bad(taking, OTHER_LINES);
                return Ok(whole);
            };
            if !taking.line(&line) {
                return Ok(whole);
            }
            if taking.last_head() != Some(&indexed.head) {
                bad(taking, OTHER_LINES);
                return Ok(whole);
            }
        }
        if !lines.is_at_end() {
            bad(taking, OTHER_LINES);
            break;
        }
        whole += index.length + index.frame;
    }
    Ok(whole)
}

/// Where the groups of a file stand, and which lines are in them.
#[derive(Debug)]
pub(super) struct Groups(Vec<Group>);

#[derive(Debug)]
struct Group {
    /// Where its frame begins in the file, how long that is, and its digest.
    at: u64,
    frame: u64,
    digest: [u8; 32],
    /// Where its lines begin in the plain file, and where they end.
    start: u64,
    end: u64,
}

/// A group that is being read.
pub(super) struct OpenGroup {
    number: usize,
    /// Where the next line begins in the plain file.
    at: u64,
    lines: Lines,
}

impl fmt::Debug for OpenGroup {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenGroup")
            .field("number", &self.number)
            .field("at", &self.at)
            .finish_non_exhaustive()
    }
}

impl Groups {
    /// The heads of all whole lines with where these begin and end in the plain file, and where the last whole group ends.
    #[inline]
    pub(super) fn open(source: &mut dyn Source) -> Result<(Self, Vec<Placed>, u64), NotOpened> {
        let length = source.seek(SeekFrom::End(0))?;
        let mut heads: Vec<Placed> = Vec::new();
        let mut groups = Vec::new();
        let (mut whole, mut plain) = (0_u64, 0_u64);
        loop {
            source.seek(SeekFrom::Start(whole))?;
            let index = match Index::read(source)? {
                Ok(Begun::Index(index)) => index,
                Ok(Begun::Nothing | Begun::Torn) => break,
                Err(message) => return Err(broken(whole, &message.zh, &message.en)),
            };
            let at = whole + index.length;
            let Some(end) = at.checked_add(index.frame).filter(|end| *end <= length) else { break };
            let start = plain;
            for line in index.lines {
                let follows = line.head.previous == heads.last().map(|(_, start, _)| *start);
                let next = plain.checked_add(line.length).filter(|next| *next > plain);
                let (Some(next), true, true) = (next, follows, line.head.format == HISTORY_FORMAT) else {
                    return Err(broken(whole, OTHER_LINES.0, OTHER_LINES.1));
                };
                heads.push((line.head, plain, next));
                plain = next;
            }
            groups.push(Group { at, frame: index.frame, digest: index.digest, start, end: plain });
            whole = end;
        }
        Ok((Self(groups), heads, whole))
    }
    /// The line that begins and ends here in the plain file, without its line feed. Lines are asked for in their order, so that
    /// each frame is decompressed once.
    #[inline]
    pub(super) fn line(
        &self,
        source: &mut dyn Source,
        open: &mut Option<OpenGroup>,
        (start, end): (u64, u64),
    ) -> Result<Vec<u8>, NotOpened> {
        let number = self.0.partition_point(|group| group.end <= start);
        let missing = || broken(start, OTHER_LINES.0, OTHER_LINES.1);
        let group = self.0.get(number).ok_or_else(missing)?;
        let opened = open.take().filter(|open| open.number == number && open.at <= start);
        let opened = if let Some(opened) = opened {
            opened
        } else {
            source.seek(SeekFrom::Start(group.at))?;
            let frame = taken(source, group.frame)?;
            if of_bytes(&frame) != group.digest {
                return Err(broken(start, ALTERED.0, ALTERED.1));
            }
            OpenGroup { number, at: group.start, lines: Lines::of(frame)? }
        };
        let opened = open.insert(opened);
        opened.lines.skip(start - opened.at).ok_or_else(missing)?;
        let line = opened.lines.next(end - start).ok_or_else(missing)?;
        opened.at = end;
        Ok(line)
    }
}
