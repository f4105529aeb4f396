//! A list through its years: an immutable line of editions, what became of each item, and the documents behind it.
//!
//! A [`History`] begins with one edition and grows by appending: editions, and corrections of past ones, which add and never
//! rewrite. It answers for any of its editions, any day, any item of any time.
//!
//! ```
//! use qingdan::history::{Document, Grounds, History};
//! use qingdan::lineage::{Lineage, Link, Reason};
//! use qingdan::{AnyCatalogue, Catalogue, LicensingItem, SharedList};
//!
//! let edition = |label: &str, day: &str, items: &[(&str, &str)]| -> AnyCatalogue {
//!     let items = items.iter().map(|(id, name)| LicensingItem::new(*id, *name));
//!     let mut list = Catalogue::new(Default::default(), SharedList::of(items).unwrap());
//!     list.header.edition = label.into();
//!     list.header.effective = day.parse().ok();
//!     list.into()
//! };
//! let mut history = History::start(edition("2022", "2022-01-01", &[("A1", "林木采伐许可"), ("A2", "取水许可")]))?;
//! // A1 gets another code, by a decision.
//! let mut link = Link::new("A1", "B1", Reason::Decided);
//! link.document = "某政发〔2023〕2号".into();
//! let lineage = Lineage { links: vec![link], ..Lineage::default() };
//! let grounds = Grounds::documents([Document::new("某政发〔2023〕2号")]);
//! let next = edition("2023", "2023-06-01", &[("B1", "林木采伐许可证核发"), ("A2", "取水许可")]);
//! history.append_as(next, &lineage, &grounds)?;
//!
//! assert_eq!(history.as_of("2023-05-31".parse()?)?.list.header().edition, "2022");
//! assert_eq!(history.today("A1")?.things[0].now[0].id, "B1");
//! let name = &history.blame("B1")?.fields[0];
//! assert_eq!((name.edition.as_str(), name.documents[0].number.as_str()), ("2023", "某政发〔2023〕2号"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The file
//!
//! `.jsonl`: one record a line, each ended by a line feed, appended and never changed. A line is the canonical JSON
//! (RFC 8785) of one object, so that git shows what came and any language can read and check it:
//!
//! - `digest`: SHA-256, in lower-case hexadecimal, of the canonical JSON of the same object without `digest`, as UTF-8,
//!   without the line feed.
//! - `head`: `format` (`qingdan/history/1`), `kind` of the list, `number` of the record from 0, `header` of the edition with
//!   label and parents, `items` (how many), `content` (digest of the edition's content), `parent` (digest of the record before),
//!   `previous` (the byte at which its line begins), `checkpoint` (the byte at which the line begins that holds the last whole
//!   list up to here, this line or one before), `followed` (the edition of the upper list), and for a correction `corrects`.
//! - `record`: `items`, the whole list (a checkpoint), or `delta`, what changed since the edition before, which is absent where
//!   nothing did; `documents`; `lineage`, what ids do not say.
//! - `start`: the byte at which this line begins: it stands at the end of the line, so that a reader finds the last line
//!   from the end of the file.
//!
//! `parent` and `previous` are absent in the first record. The *content* digest is SHA-256 of the digests (32 bytes each) of the
//! header without `edition` and `parents`, and of each item in order; the digest of either is SHA-256 of its canonical JSON.
//! Canonical JSON has no white space, its keys in the order of their UTF-16 code units, texts escaped as little as JSON allows
//! (`\"`, `\\`, `\b`, `\t`, `\n`, `\f`, `\r`, other control characters as `\u00` with two small hexadecimal digits), and numbers
//! that are whole. `tests/verify_history.py` computes all of this in Python and nothing else.
//!
//! A list is written whole where the deltas since the last whole one are together larger than the list: the file is at most one
//! edition and twice the deltas (documents and lineage aside), and any edition opens from at most two editions' bytes beside the
//! heads of lines ([`HistoryFile`]).
//!
//! A line that has no line feed is torn: reading ([`History::read`]) says so, and how long what is whole is. Cut the file there,
//! then append. [`verify`] names the first record that does not hold.
//!
//! # The compressed form
//!
//! `.jsonl.zst`, with the feature `zstd`: the same lines as frames of Zstandard (RFC 8878). What any decoder makes of the file
//! (`zstd -dc`) is the plain file byte for byte, so that digests and offsets hold as they are, and are those of the plain file.
//! [`History::read`], [`verify`] and [`HistoryFile`] tell the two forms apart by the first byte.
//!
//! The file is a row of groups. A group holds whole lines, of which at most the first is a checkpoint, and is two frames, the
//! first of which decoders skip. Numbers are little-endian, digests SHA-256:
//!
//! | byte | length | what |
//! | --- | --- | --- |
//! | 0 | 4 | `51 2a 4d 18`: a skippable frame |
//! | 4 | 4 | the length of the rest of it: 88 and the index |
//! | 8 | 8 | `qdhist/1` |
//! | 16 | 8 | the length of the frame of lines |
//! | 24 | 8 | the length of the index |
//! | 32 | 32 | the digest of the frame of lines |
//! | 64 | 32 | the digest of bytes 0 to 63 and the index |
//! | 96 | | the index: a frame of JSON lines, for each line of the group `{"head":…,"length":…}`, its head and its length with the line feed |
//! | | | the frame of lines |
//!
//! So an edition is found by the indexes, which say how far it is to the next one, and read from its checkpoint's frame and those
//! behind it, which are one frame where the history was written at once. A group that was not written to its end is torn as a
//! line is: cut the file where it begins, then append. Zstandard's seekable format has its table at the end of the file, where
//! each append would have to overwrite it, and knows no heads.

mod cited;
#[cfg(feature = "zstd")]
mod compressed;
mod day;
mod error;
mod file;
mod life;
mod links;
mod log;
mod open;
mod record;
mod steps;

pub use cited::CitedItem;
pub use day::{OfDay, in_force_from};
pub use error::HistoryError;
pub use file::{Loaded, Verified, verify};
pub use life::{Blame, Blamed, End, Form, Gone, Life, Standing, Thing, Today, Transition};
pub(crate) use links::Stored;
pub use log::{LOG_COLUMNS, LogRow};
pub use open::{HistoryFile, NotOpened};
pub use record::{Correction, Document, Followed, Grounds, Head, Record};

use crate::catalogue::Edition;
use crate::kind::{AnyCatalogue, AnyCatalogueDelta, AnyChangeSet, DifferentKinds, Kind};
use crate::lineage::Lineage;
use crate::matching::{self, Decided, Decision};
use crate::mismatch::Mismatches;
use crate::pairs::Pairs;
use crate::problem::Problem;
use crate::term::Date;
use crate::value;
use crate::watch::Watch;
use record::State;
use std::sync::OnceLock;
use steps::Step;

/// The format of a history's lines.
pub const HISTORY_FORMAT: &str = "qingdan/history/1";

/// What is known of an edition: errors may have been found in it since.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Knowledge {
    /// As it was in force: without any correction.
    #[default]
    InForce,
    /// As we know it now: with all corrections.
    Now,
    /// As we knew it on this day: with the corrections recorded up to then (a correction without a day counts).
    On(Date),
}

impl Knowledge {
    /// Whether this correction counts.
    #[inline]
    fn counts(self, correction: &Correction) -> bool {
        match self {
            Self::InForce => false,
            Self::Now => true,
            Self::On(day) => correction.recorded.is_none_or(|recorded| recorded <= day),
        }
    }
}

/// A list through its years ([the module](self) says more).
///
/// Cloning is cheap beside the records: items are shared.
#[derive(Clone, Debug)]
pub struct History {
    kind: Kind,
    records: Vec<Record>,
    /// The positions of editions among the records.
    editions: Vec<usize>,
    /// The last edition.
    last: AnyCatalogue,
    /// The digest and length of each of its items' JSON.
    sums: OnceLock<file::Sums>,
    /// Bytes of deltas since the last checkpoint.
    since_checkpoint: u64,
    /// What was done in each step; found when first asked for.
    steps: OnceLock<Vec<Step>>,
}

impl PartialEq for History {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.records == other.records
    }
}

impl History {
    /// A history that begins with this edition.
    ///
    /// Linear; types every item.
    ///
    /// # Errors
    /// The edition has no label.
    ///
    /// ```
    /// use qingdan::history::{History, HistoryError};
    /// use qingdan::{AnyCatalogue, Catalogue, LicensingItem};
    /// let unlabelled = AnyCatalogue::from(Catalogue::<LicensingItem>::default());
    /// assert_eq!(History::start(unlabelled).unwrap_err(), HistoryError::NoLabel);
    /// ```
    #[inline]
    pub fn start(edition: AnyCatalogue) -> Result<Self, HistoryError> {
        Self::start_as(edition, &Grounds::default())
    }
    /// The same with what the edition rests on.
    ///
    /// # Errors
    /// The edition has no label.
    #[inline]
    pub fn start_as(edition: AnyCatalogue, grounds: &Grounds) -> Result<Self, HistoryError> {
        if edition.header().edition.trim().is_empty() {
            return Err(HistoryError::NoLabel);
        }
        let sums = file::Sums::of(&edition);
        let record = Record {
            head: Head {
                format: HISTORY_FORMAT.to_owned(),
                kind: edition.kind().as_str().to_owned(),
                number: 0,
                corrects: None,
                header: edition.header().clone(),
                items: edition.len(),
                content: sums.digest(&edition),
                parent: String::new(),
                previous: None,
                checkpoint: 0,
                followed: grounds.followed.clone(),
            },
            digest: String::new(),
            start: 0,
            lineage: Lineage::default(),
            documents: grounds.documents.clone(),
            state: State::Whole(Box::new(edition.clone())),
            length: 0,
        };
        Ok(Self {
            kind: edition.kind(),
            records: vec![record.sealed(0)],
            editions: vec![0],
            last: edition,
            sums: OnceLock::from(sums),
            since_checkpoint: 0,
            steps: OnceLock::new(),
        })
    }
    /// Appends an edition. Which item became which is said by ids, by decisions, and where neither does by
    /// [`matching`]; the documents that decisions name stand behind the changes. Of decisions for several
    /// editions those count that lead to this one ([`Decision::leads_to`]). Answers what is odd about the decisions.
    ///
    /// # Errors
    /// The label is missing or taken, the list is of another kind, or the decisions contradict themselves.
    ///
    /// ```
    /// use qingdan::codes::Verdict;
    /// use qingdan::history::History;
    /// use qingdan::matching::Decision;
    /// use qingdan::{AnyCatalogue, Catalogue, LicensingItem, SharedList};
    /// let edition = |label: &str, id: &str| -> AnyCatalogue {
    ///     let items = SharedList::of([LicensingItem::new(id, "甲许可")]).unwrap();
    ///     let mut list = Catalogue::new(Default::default(), items);
    ///     list.header.edition = label.into();
    ///     list.into()
    /// };
    /// let mut history = History::start(edition("2022", "A"))?;
    /// history.append(edition("2023", "B"), &[Decision::new("A", "B", Verdict::Same)])?;
    /// assert_eq!(history.labels(), ["2022", "2023"]);
    /// # Ok::<(), qingdan::history::HistoryError>(())
    /// ```
    #[inline]
    pub fn append(
        &mut self,
        edition: AnyCatalogue,
        decisions: &[Decision],
    ) -> Result<Vec<Problem>, HistoryError> {
        self.append_matched(edition, decisions, matching::Options::default(), &Grounds::default())
    }
    /// The same, matched as these options say (what they have decided already is replaced), and resting on more than the
    /// documents of decisions.
    ///
    /// # Errors
    /// The label is missing or taken, the list is of another kind, or the decisions contradict themselves.
    #[inline]
    pub fn append_matched(
        &mut self,
        edition: AnyCatalogue,
        decisions: &[Decision],
        options: matching::Options,
        grounds: &Grounds,
    ) -> Result<Vec<Problem>, HistoryError> {
        self.append_watched(edition, decisions, options, grounds, &mut Watch::none())
    }
    /// [`append_matched`](Self::append_matched), which tells how far it is.
    ///
    /// # Errors
    /// As there, or it was stopped: nothing is appended then.
    #[inline]
    pub fn append_watched(
        &mut self,
        edition: AnyCatalogue,
        decisions: &[Decision],
        mut options: matching::Options,
        grounds: &Grounds,
        watch: &mut Watch<'_>,
    ) -> Result<Vec<Problem>, HistoryError> {
        self.check(&edition)?;
        let label = &edition.header().edition;
        let rows: Vec<Decision> = decisions.iter().filter(|row| row.leads_to(label)).cloned().collect();
        let (decided, problems) = Decided::of(&rows, &self.last.items(), &edition.items());
        if problems.iter().any(Problem::is_error) {
            return Err(HistoryError::Decisions(problems));
        }
        options.decided = decided;
        let lineage = self.last.lineage_to_watched(&edition, &options, watch)?;
        let used = |row: &&Decision| {
            let ids = |ids: Vec<&str>, list: &AnyCatalogue| ids.iter().all(|id| list.has(id));
            ids(row.from_ids(), &self.last) && ids(row.to_ids(), &edition)
        };
        let mut all = grounds.clone();
        for document in Grounds::of_decisions(rows.iter().filter(used)).documents {
            if all.documents.iter().all(|known| known.number != document.number) {
                all.documents.push(document);
            }
        }
        self.append_as(edition, &lineage, &all)?;
        Ok(problems)
    }
    /// Appends an edition, told what became of the items of the one before, and what it rests on.
    ///
    /// Linear; the JSON of items that changed is made.
    ///
    /// # Errors
    /// The label is missing or taken, or the list is of another kind.
    #[inline]
    pub fn append_as(
        &mut self,
        edition: AnyCatalogue,
        lineage: &Lineage,
        grounds: &Grounds,
    ) -> Result<(), HistoryError> {
        self.check(&edition)?;
        let lineage = links::kept(lineage, &grounds.documents);
        let delta = value::diff_as(&self.last, &edition, &lineage.pairs());
        let sums = self.sums.get_or_init(|| file::Sums::of(&self.last)).next(&self.last, &edition);
        let change = delta.as_ref().map_or(0, |delta| crate::digest::canonical(delta).len() as u64);
        let is_whole = self.since_checkpoint + change > sums.bytes();
        let state = if is_whole { State::Whole(Box::new(edition.clone())) } else { State::Change(delta) };
        let mut record = self.record(&edition, sums.digest(&edition), grounds, state);
        record.lineage = lineage;
        if !is_whole {
            record.head.checkpoint = self.records.last().map_or(0, |last| last.head.checkpoint);
        }
        let start = record.start;
        self.take(record.sealed(start), edition, change);
        self.sums = OnceLock::from(sums);
        Ok(())
    }
    /// Records that a past edition was wrong: `corrected` is the list as it should have been. The edition stays as it was in
    /// force; [`edition_as`](Self::edition_as) reads it either way. Editions that took the error over are corrected one by one.
    ///
    /// # Errors
    /// No edition has the label, the list is of another kind, or nothing is different.
    ///
    /// ```
    /// use qingdan::history::{Correction, Grounds, History, Knowledge};
    /// use qingdan::{Catalogue, LicensingItem, SharedList};
    /// let list = |name: &str| {
    ///     let mut list = Catalogue::new(Default::default(), SharedList::of([LicensingItem::new("1", name)]).unwrap());
    ///     list.header.edition = "2022".into();
    ///     list
    /// };
    /// let mut history = History::start(list("取水许").into())?;
    /// let correction = Correction::new("2022", "印刷错误").recorded("2023-03-01".parse().unwrap());
    /// history.correct(list("取水许可").into(), correction, &Grounds::default())?;
    /// let name = |knowledge| -> Result<String, qingdan::history::HistoryError> {
    ///     Ok(history.edition_as("2022", knowledge)?.item("1").map(|item| item.name().to_owned()).unwrap_or_default())
    /// };
    /// assert_eq!(name(Knowledge::InForce)?, "取水许");
    /// assert_eq!(name(Knowledge::Now)?, "取水许可");
    /// assert_eq!(name(Knowledge::On("2023-02-28".parse().unwrap()))?, "取水许");
    /// # Ok::<(), qingdan::history::HistoryError>(())
    /// ```
    #[inline]
    pub fn correct(
        &mut self,
        corrected: AnyCatalogue,
        correction: Correction,
        grounds: &Grounds,
    ) -> Result<(), HistoryError> {
        if corrected.kind() != self.kind {
            return Err(DifferentKinds { left: self.kind, right: corrected.kind() }.into());
        }
        let known = self.edition_as(&correction.edition, Knowledge::Now)?;
        let of = self.record_of(&correction.edition)?;
        let checkpoint = self.records[of].head.checkpoint;
        let mut corrected = corrected;
        // The label is the edition's, whatever the list says.
        corrected.header_mut().edition.clone_from(&correction.edition);
        corrected.header_mut().parents.clone_from(&known.header().parents);
        let Some(delta) = value::diff_as(&known, &corrected, &Pairs::none()) else {
            return Err(HistoryError::NothingCorrected { label: correction.edition });
        };
        let state = State::Change(Some(delta));
        let mut record = self.record(&corrected, corrected.digest(), grounds, state);
        record.head.corrects = Some(correction);
        record.head.checkpoint = checkpoint;
        let start = record.start;
        self.records.push(record.sealed(start));
        Ok(())
    }
    /// The next record, of a list that begins a checkpoint and corrects nothing; it is not sealed yet.
    #[inline]
    fn record(&self, list: &AnyCatalogue, content: String, grounds: &Grounds, state: State) -> Record {
        let (start, parent, previous, number) = self.next();
        Record {
            head: Head {
                format: HISTORY_FORMAT.to_owned(),
                kind: self.kind.as_str().to_owned(),
                number,
                corrects: None,
                header: list.header().clone(),
                items: list.len(),
                content,
                parent,
                previous: Some(previous),
                checkpoint: start,
                followed: grounds.followed.clone(),
            },
            digest: String::new(),
            start,
            lineage: Lineage::default(),
            documents: grounds.documents.clone(),
            state,
            length: 0,
        }
    }

    // Its parts

    /// The kind of its lists.
    #[must_use]
    #[inline]
    pub fn kind(&self) -> Kind {
        self.kind
    }
    /// All records, editions and corrections, in the order of the file.
    #[must_use]
    #[inline]
    pub fn records(&self) -> &[Record] {
        &self.records
    }
    /// The records of editions, in order.
    #[inline]
    pub fn editions(&self) -> impl ExactSizeIterator<Item = &Record> {
        self.editions.iter().map(|at| &self.records[*at])
    }
    /// The labels of the editions, in order.
    #[must_use]
    #[inline]
    pub fn labels(&self) -> Vec<&str> {
        self.editions().map(|record| record.head.label()).collect()
    }
    /// The last edition, as it is in force.
    #[must_use]
    #[inline]
    pub fn last(&self) -> &AnyCatalogue {
        &self.last
    }

    // Its editions

    /// The edition of this label, as it was in force. Reads at most two editions' worth of changes.
    ///
    /// # Errors
    /// No edition has the label.
    #[inline]
    pub fn edition(&self, label: &str) -> Result<AnyCatalogue, HistoryError> {
        self.edition_as(label, Knowledge::InForce)
    }
    /// The edition of this label, with the corrections that are known.
    ///
    /// # Errors
    /// No edition has the label.
    #[inline]
    pub fn edition_as(&self, label: &str, knowledge: Knowledge) -> Result<AnyCatalogue, HistoryError> {
        let position = self.position(label)?;
        self.at_as(position, knowledge)
    }
    /// What changed from one edition to another, all steps between as one change set; back in time where `to` is older.
    ///
    /// # Errors
    /// No edition has one of the labels.
    ///
    /// ```
    /// use qingdan::history::History;
    /// use qingdan::{AnyCatalogue, Catalogue, LicensingItem, SharedList};
    /// let edition = |label: &str, name: &str| -> AnyCatalogue {
    ///     let mut list = Catalogue::new(Default::default(), SharedList::of([LicensingItem::new("1", name)]).unwrap());
    ///     list.header.edition = label.into();
    ///     list.into()
    /// };
    /// let mut history = History::start(edition("2022", "甲"))?;
    /// history.append(edition("2023", "乙"), &[])?;
    /// history.append(edition("2024", "丙"), &[])?;
    /// let change = history.between("2022", "2024")?;
    /// assert_eq!(change.apply(&history.edition("2022")?)?, history.edition("2024")?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[inline]
    pub fn between(&self, from: &str, to: &str) -> Result<AnyChangeSet, HistoryError> {
        let (a, b) = (self.position(from)?, self.position(to)?);
        let mut delta: Option<AnyCatalogueDelta> = None;
        for position in a.min(b) + 1..=a.max(b) {
            let next = self.delta_at(position)?;
            delta = value::then::<AnyCatalogue>(delta.as_ref(), next.as_ref())
                .map_err(|mismatches| self.misfit(position, mismatches))?;
        }
        if b < a {
            delta = value::inverse::<AnyCatalogue>(delta.as_ref());
        }
        let ends = [a, b].map(|position| {
            let head = &self.records[self.editions[position]].head;
            let mut edition = Edition::of(&head.header);
            edition.digest.clone_from(&head.content);
            edition
        });
        let kinds = DifferentKinds { left: self.kind, right: self.kind };
        AnyChangeSet::around(self.kind, ends, delta).ok_or(HistoryError::OtherKind(kinds))
    }
    /// Who became whom from one edition to another: the lineages of the steps between, joined, and turned round where `to` is
    /// older. An item that keeps its id all the way stands in no link; one that took part in a split and a merger may stand in
    /// several.
    ///
    /// # Errors
    /// No edition has one of the labels.
    #[inline]
    pub fn lineage_between(&self, from: &str, to: &str) -> Result<Lineage, HistoryError> {
        let (a, b) = (self.position(from)?, self.position(to)?);
        let mut lineage = life::joined(self, a.min(b), a.max(b))?;
        if b < a {
            for link in &mut lineage.links {
                std::mem::swap(&mut link.from, &mut link.to);
            }
        }
        Ok(lineage)
    }

    // What the parts of it share

    #[inline]
    fn check(&self, edition: &AnyCatalogue) -> Result<(), HistoryError> {
        if edition.kind() != self.kind {
            return Err(DifferentKinds { left: self.kind, right: edition.kind() }.into());
        }
        let label = &edition.header().edition;
        if label.trim().is_empty() {
            return Err(HistoryError::NoLabel);
        }
        if self.position(label).is_ok() {
            return Err(HistoryError::LabelTaken { label: label.clone() });
        }
        Ok(())
    }
    /// Where the next record begins, and what it says of the one before: digest, place, its own number.
    #[inline]
    fn next(&self) -> (u64, String, u64, u64) {
        match self.records.last() {
            Some(last) => (last.start + last.length, last.digest.clone(), last.start, last.head.number + 1),
            None => (0, String::new(), 0, 0),
        }
    }
    /// Takes an edition's record in.
    #[inline]
    fn take(&mut self, record: Record, edition: AnyCatalogue, change: u64) {
        self.since_checkpoint = if record.is_checkpoint() { 0 } else { self.since_checkpoint + change };
        self.editions.push(self.records.len());
        self.records.push(record);
        self.last = edition;
        self.sums = OnceLock::new();
        self.steps = OnceLock::new();
    }
    /// The position among the editions of the one with this label.
    #[inline]
    fn position(&self, label: &str) -> Result<usize, HistoryError> {
        self.editions().position(|record| record.head.label() == label).ok_or_else(|| {
            HistoryError::UnknownLabel {
                label: label.to_owned(),
                known: self.labels().into_iter().map(str::to_owned).collect(),
            }
        })
    }
    #[inline]
    fn record_of(&self, label: &str) -> Result<usize, HistoryError> {
        self.position(label).map(|position| self.editions[position])
    }
    #[inline]
    fn head(&self, position: usize) -> &Head {
        &self.records[self.editions[position]].head
    }
    #[inline]
    fn misfit(&self, position: usize, mismatches: Mismatches) -> HistoryError {
        HistoryError::Misfit { label: self.head(position).label().to_owned(), mismatches }
    }
    /// The edition at this position, as it was in force.
    #[inline]
    fn at(&self, position: usize) -> Result<AnyCatalogue, HistoryError> {
        if position + 1 == self.editions.len() {
            return Ok(self.last.clone());
        }
        let is_whole = |at: &usize| self.records[self.editions[*at]].is_checkpoint();
        let from = (0..=position).rev().find(is_whole).unwrap_or_default();
        let mut list = match &self.records[self.editions[from]].state {
            State::Whole(list) => AnyCatalogue::clone(list),
            State::Change(_) => self.last.clone(),
        };
        for at in from + 1..=position {
            list = self.after(&list, at)?;
        }
        Ok(list)
    }
    /// The edition at this position, from the one before it.
    #[inline]
    fn after(&self, before: &AnyCatalogue, position: usize) -> Result<AnyCatalogue, HistoryError> {
        let record = &self.records[self.editions[position]];
        made(before, record).map_err(|mismatches| self.misfit(position, mismatches))
    }
    #[inline]
    fn at_as(&self, position: usize, knowledge: Knowledge) -> Result<AnyCatalogue, HistoryError> {
        let mut list = self.at(position)?;
        let label = list.header().edition.clone();
        for record in &self.records {
            let Some(correction) = &record.head.corrects else { continue };
            if correction.edition != label {
                continue;
            }
            // One rests on the one before it.
            if !knowledge.counts(correction) {
                break;
            }
            list = made(&list, record).map_err(|mismatches| self.misfit(position, mismatches))?;
        }
        Ok(list)
    }
    /// What changed up to the edition at this position since the one before.
    #[inline]
    fn delta_at(&self, position: usize) -> Result<Option<AnyCatalogueDelta>, HistoryError> {
        let record = &self.records[self.editions[position]];
        match &record.state {
            State::Change(delta) => Ok(delta.clone()),
            State::Whole(list) => Ok(value::diff_as(&self.at(position - 1)?, list, &record.lineage.pairs())),
        }
    }
}

/// The list of a record, from the one that it changes.
#[inline]
fn made(before: &AnyCatalogue, record: &Record) -> Result<AnyCatalogue, Mismatches> {
    match &record.state {
        State::Whole(list) => Ok(AnyCatalogue::clone(list)),
        State::Change(delta) => {
            let mut list = value::patched(before, delta.as_ref())?;
            let header = list.header_mut();
            header.edition.clone_from(&record.head.header.edition);
            header.parents.clone_from(&record.head.header.parents);
            Ok(list)
        }
    }
}
