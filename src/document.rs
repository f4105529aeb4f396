//! The catalogue document: JSON, read through a window entry by entry.

use crate::catalogue::{Catalogue, Header};
use crate::change_set::ChangeSet;
use crate::json::{Recovering, Tree};
use crate::kind::UnknownKind;
use crate::problem::{Message, Problem, shortened};
use crate::record::Item;
use crate::text_atom::Pooling;
use crate::value::Value;
use serde::de::{DeserializeOwned, IgnoredAny};
use std::collections::HashSet;
use std::io::{self, Read, Write};

mod merged;

pub use merged::MERGED_FORMAT;

/// The format's name and version.
pub const FORMAT: &str = "qingdan/catalogue/1";

/// What a reader gives: a value, and everything that was wrong with the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading<T> {
    /// What could be read.
    pub value: T,
    /// Everything that was wrong, in the order of the input.
    pub problems: Vec<Problem>,
}

/// An input has errors: refused as a whole.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the input has {} error(s), first: {}", .0.iter().filter(|p| p.is_error()).count(), .0.iter().find(|p| p.is_error()).map(|p| p.line(crate::problem::Lang::En)).unwrap_or_default())]
pub struct Refused(pub Vec<Problem>);

impl<T> Reading<T> {
    /// The value, unless there is an error among the problems.
    ///
    /// # Errors
    /// There is one: all problems.
    pub fn ok(self) -> Result<T, Refused> {
        if self.has_errors() { Err(Refused(self.problems)) } else { Ok(self.value) }
    }
    /// Whether there is an error among the problems.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.problems.iter().any(Problem::is_error)
    }
}

/// What is done with two entries of one id.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Duplicates {
    /// An error that names both; the first is kept.
    #[default]
    Refuse,
    /// Both are kept, told apart by their occurrence.
    Keep,
}

/// How a document is read.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Options {
    /// Two entries of one id.
    pub duplicates: Duplicates,
}

impl Options {
    /// The same options with another way to treat doubled ids.
    #[must_use]
    pub fn duplicates(self, duplicates: Duplicates) -> Self {
        Self { duplicates }
    }
}

/// The last occurrence that was given to each id that repeats.
#[derive(Debug, Default)]
pub(crate) struct Occurrences {
    last: std::collections::HashMap<String, u32>,
}

/// Puts an item into a list; where its id is taken, tells it apart, or gives it back with its id and the
/// position of the item that has it.
pub(crate) fn admit<T: Item>(
    list: &mut Catalogue<T>,
    item: T,
    duplicates: Duplicates,
    occurrences: &mut Occurrences,
) -> Result<(), (String, usize, T)> {
    let Err((item, there)) = list.items.try_push(item) else { return Ok(()) };
    let mut item = std::sync::Arc::unwrap_or_clone(item);
    let last = occurrences.last.entry(item.id().to_owned()).or_insert(1);
    loop {
        *last += 1;
        if duplicates == Duplicates::Refuse || !item.set_occurrence(*last) {
            return Err((item.id().to_owned(), there, item));
        }
        match list.items.try_push(item) {
            Ok(()) => return Ok(()),
            Err((back, _)) => item = std::sync::Arc::unwrap_or_clone(back),
        }
    }
}

/// Writes the document: the header, then one item a line. Equal catalogues are equal bytes.
///
/// # Errors
/// The writer failed.
pub fn write<T: Item>(catalogue: &Catalogue<T>, mut to: impl Write) -> io::Result<()> {
    // Each item through one buffer: the writer is asked once an item.
    let mut line = Vec::new();
    write!(line, "{{\"format\":\"{FORMAT}\",\"kind\":\"{}\",", T::KIND)?;
    if !catalogue.header.is_absent() {
        line.extend(b"\"header\":");
        crate::json::append(&mut line, &catalogue.header)?;
        line.push(b',');
    }
    line.extend(b"\"items\":[");
    for (i, item) in catalogue.items.iter().enumerate() {
        line.extend(if i == 0 { &b"\n"[..] } else { b",\n" });
        crate::json::append(&mut line, item)?;
        if line.len() > WINDOW / 4 {
            to.write_all(&line)?;
            line.clear();
        }
    }
    line.extend(if catalogue.items.is_empty() { &b"]}\n"[..] } else { b"\n]}\n" });
    to.write_all(&line)
}

// ------------------------------------------------------------------------------------------------
// The window

const WINDOW: usize = 1 << 20;

/// A part of the input in memory, moved on value by value. It grows to the largest value.
struct Window<R> {
    source: R,
    buffer: Vec<u8>,
    /// The buffer again, as far as it is UTF-8: texts are checked once a window, not one by one.
    text: String,
    start: usize,
    end: usize,
    ended: bool,
    /// Line ends, and bytes behind the last of them, in front of `counted`, which is not behind `start`.
    lines: u64,
    column: u64,
    counted: usize,
}

/// Why reading stops.
enum Stop {
    Io(io::Error),
    Problem(Box<Problem>),
}
impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl<R: Read> Window<R> {
    fn new(source: R) -> Self {
        Self {
            source,
            buffer: Vec::new(),
            text: String::new(),
            start: 0,
            end: 0,
            ended: false,
            lines: 0,
            column: 0,
            counted: 0,
        }
    }
    fn rest(&self) -> &[u8] {
        &self.buffer[self.start..self.end]
    }
    /// Reads more; answers whether there was any.
    fn more(&mut self) -> io::Result<bool> {
        if self.ended {
            return Ok(false);
        }
        (self.lines, self.column) = self.place();
        if self.start > 0 {
            self.buffer.copy_within(self.start..self.end, 0);
            if self.text.is_char_boundary(self.start) {
                self.text.drain(..self.start);
            } else {
                // It ended in front of there.
                self.text.clear();
            }
            self.end -= self.start;
            self.start = 0;
        }
        self.counted = self.start;
        if self.buffer.is_empty() {
            // Zeros from the system: nothing is written here.
            self.buffer = vec![0; WINDOW];
        } else if self.end == self.buffer.len() {
            let size = (self.buffer.len() * 2).max(WINDOW);
            self.buffer.resize(size, 0);
        }
        let before = self.end;
        while self.end < self.buffer.len() {
            match self.source.read(&mut self.buffer[self.end..]) {
                Ok(0) => {
                    self.ended = true;
                    break;
                }
                Ok(n) => self.end += n,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        let new = &self.buffer[self.text.len()..self.end];
        let valid = match simdutf8::compat::from_utf8(new) {
            Ok(text) => text,
            Err(error) => simdutf8::basic::from_utf8(&new[..error.valid_up_to()]).unwrap_or_default(),
        };
        self.text.push_str(valid);
        Ok(self.end > before)
    }
    fn advance(&mut self, bytes: usize) {
        self.start += bytes;
    }
    /// Line ends in front of `start`, and bytes behind the last of them.
    fn place(&self) -> (u64, u64) {
        let passed = &self.buffer[self.counted..self.start];
        match memchr::memchr_iter(b'\n', passed).count() as u64 {
            0 => (self.lines, self.column + passed.len() as u64),
            lines => (self.lines + lines, passed.iter().rev().take_while(|b| **b != b'\n').count() as u64),
        }
    }
    /// The next byte that is no white space, without taking it.
    fn peek(&mut self) -> io::Result<Option<u8>> {
        loop {
            let blank = self.rest().iter().take_while(|b| matches!(b, b' ' | b'\t' | b'\n' | b'\r')).count();
            self.advance(blank);
            match self.rest().first().copied() {
                Some(byte) => return Ok(Some(byte)),
                None if self.more()? => {}
                None => return Ok(None),
            }
        }
    }
    /// Takes the next byte if it is this one.
    fn take(&mut self, wanted: u8) -> io::Result<bool> {
        let found = self.peek()? == Some(wanted);
        if found {
            self.advance(1);
        }
        Ok(found)
    }
    fn expect(&mut self, wanted: u8) -> Result<(), Stop> {
        if self.take(wanted)? {
            return Ok(());
        }
        let found = self.rest().first().copied();
        let wanted = char::from(wanted);
        Err(match found {
            None => self.cut_off(),
            Some(byte) => self.problem(
                "json/syntax",
                Message::new(
                    format!("此处应为“{wanted}”，却是“{}”", char::from(byte)),
                    format!("`{wanted}` should stand here, not `{}`", char::from(byte).escape_default()),
                ),
            ),
        })
    }
    fn cut_off(&self) -> Stop {
        self.problem(
            "json/cut-off",
            Message::new(
                "文件到此中断，不完整；请重新导出或复制",
                "the document ends here, in the middle; export or copy it again",
            ),
        )
    }
    fn problem(&self, rule: &'static str, message: Message) -> Stop {
        let (lines, column) = self.place();
        Stop::Problem(Box::new(Problem::error(rule, message).at_line(lines + 1, Some(column + 1))))
    }
    /// Reads the next value, without taking it: the value and its length, or why it is none.
    fn parse<T: DeserializeOwned>(&mut self) -> Result<Result<(T, usize), serde_json::Error>, Stop> {
        loop {
            let mut values = serde_json::Deserializer::from_slice(self.rest()).into_iter::<T>();
            match values.next() {
                Some(Ok(value)) => {
                    let length = values.byte_offset();
                    return Ok(Ok((value, length)));
                }
                Some(Err(error)) if !error.is_eof() => return Ok(Err(error)),
                Some(Err(_)) | None => {
                    if !self.more()? {
                        return Err(self.cut_off());
                    }
                }
            }
        }
    }
    /// Reads and takes the next value, if it can be read at once.
    fn at_once<T: DeserializeOwned>(&mut self) -> Result<Result<T, Option<serde_json::Error>>, Stop> {
        loop {
            let Some(text) = self.text.get(self.start..).filter(|text| !text.is_empty()) else {
                return Ok(Err(None));
            };
            let mut values = serde_json::Deserializer::from_str(text).into_iter::<T>();
            match values.next() {
                Some(Ok(value)) => {
                    let length = values.byte_offset();
                    self.advance(length);
                    return Ok(Ok(value));
                }
                Some(Err(error)) if !error.is_eof() => return Ok(Err(Some(error))),
                // A character that the window cuts is no error yet.
                Some(Err(_)) | None if self.text.len() + 3 < self.end => return Ok(Err(None)),
                Some(Err(_)) | None => {
                    if !self.more()? {
                        return if self.text.len() < self.end { Ok(Err(None)) } else { Err(self.cut_off()) };
                    }
                }
            }
        }
    }
    /// Reads and takes the next value.
    fn value<T: DeserializeOwned>(&mut self) -> Result<T, Stop> {
        match self.parse()? {
            Ok((value, length)) => {
                self.advance(length);
                Ok(value)
            }
            Err(error) => Err(self.syntax(&error)),
        }
    }
    fn syntax(&self, error: &serde_json::Error) -> Stop {
        let (line, column) = (error.line() as u64, error.column() as u64);
        let (lines, before) = self.place();
        let column = if line <= 1 { before + column } else { column };
        let message = in_words(error);
        Stop::Problem(Box::new(
            Problem::error("json/syntax", message).at_line(lines + line.max(1), Some(column.max(1))),
        ))
    }
    /// Takes the next value's bytes, whatever they mean.
    fn skip(&mut self) -> Result<(usize, usize), Stop> {
        match self.parse::<IgnoredAny>()? {
            Ok((_, length)) => Ok((self.start, self.start + length)),
            Err(error) => Err(self.syntax(&error)),
        }
    }
    /// The beginning: a mark, and what is no JSON at all.
    fn begin(&mut self) -> Result<(), Stop> {
        self.more()?;
        let rest = self.rest();
        if rest.starts_with(b"\xEF\xBB\xBF") {
            self.start += 3;
            self.counted = self.start;
        }
        let rest = self.rest();
        let utf16 = rest.starts_with(b"\xFF\xFE")
            || rest.starts_with(b"\xFE\xFF")
            || rest.iter().take(4).any(|b| *b == 0);
        if utf16 {
            return Err(self.problem(
                "json/encoding",
                Message::new("文字是 UTF-16；请另存为 UTF-8", "the text is UTF-16; save it as UTF-8"),
            ));
        }
        if self.peek()?.is_none() {
            return Err(self.problem("json/empty", Message::new("文件是空的", "the file is empty")));
        }
        Ok(())
    }
    /// Goes through the members of the document; `member` takes the value of each.
    fn members(&mut self, mut member: impl FnMut(&mut Self, &str) -> Result<bool, Stop>) -> Result<(), Stop> {
        self.expect(b'{')?;
        if self.take(b'}')? {
            return Ok(());
        }
        loop {
            self.peek()?;
            let name: String = self.value()?;
            self.expect(b':')?;
            self.peek()?;
            if !member(self, &name)? {
                return Ok(());
            }
            if !self.take(b',')? {
                return self.expect(b'}');
            }
        }
    }
}

/// What is wrong with JSON, without the place, which is counted within one value.
fn in_words(error: &serde_json::Error) -> Message {
    let text = error.to_string();
    let text = text.split(" at line ").next().unwrap_or_default();
    if text.contains("recursion limit") {
        Message::new("嵌套过深，不是清单文件", "nested too deep to be a catalogue")
    } else if text.contains("unicode") {
        Message::new("不是 UTF-8 文字；请另存为 UTF-8", "the text is not UTF-8; save it as UTF-8")
    } else {
        Message::new(format!("JSON 有误：{text}"), format!("no JSON: {text}"))
    }
}

// ------------------------------------------------------------------------------------------------
// Reading

/// The kind of a document, or why it has none. Stops at the kind; the entries before it are skipped.
///
/// # Errors
/// The reader failed.
pub(crate) fn kind_of(source: impl Read) -> io::Result<Result<String, Vec<Problem>>> {
    let mut window = Window::new(source);
    let mut kind = None;
    let result = window.begin().and_then(|()| {
        window.members(|window, name| {
            if name == "kind" {
                kind = Some(window.value::<String>()?);
                return Ok(false);
            }
            if name == "items" && window.peek()? == Some(b'[') {
                // Entry by entry: the window stays small.
                entries(window, |window, _| {
                    let (_, end) = window.skip()?;
                    window.advance(end - window.start);
                    Ok(())
                })?;
                return Ok(true);
            }
            let (_, end) = window.skip()?;
            window.advance(end - window.start);
            Ok(true)
        })
    });
    match result {
        Err(Stop::Io(error)) => Err(error),
        Err(Stop::Problem(problem)) => Ok(Err(vec![*problem])),
        Ok(()) => Ok(kind.ok_or_else(|| vec![missing("kind")])),
    }
}

pub(crate) fn unknown_kind(unknown: &UnknownKind) -> Problem {
    let word = &unknown.word;
    Problem::error("json/kind", Message::new(format!("未知的清单种类“{word}”"), unknown.to_string()))
        .at_path("/kind")
}

fn missing(name: &str) -> Problem {
    Problem::error(
        "json/missing",
        Message::new(
            format!("缺少“{name}”，不是清单文件"),
            format!("`{name}` is missing: this is no catalogue document"),
        ),
    )
}

/// Goes through the elements of a list.
fn entries<R: Read>(
    window: &mut Window<R>,
    mut entry: impl FnMut(&mut Window<R>, usize) -> Result<(), Stop>,
) -> Result<(), Stop> {
    window.expect(b'[')?;
    if window.take(b']')? {
        return Ok(());
    }
    for i in 0.. {
        window.peek()?;
        entry(window, i)?;
        if !window.take(b',')? {
            break;
        }
    }
    window.expect(b']')
}

/// Reads a catalogue document of a known kind.
///
/// The input goes through a window that holds one entry at a time; texts that repeat are kept once.
/// An entry that cannot be read is read again field by field, so that all its problems are found.
///
/// # Errors
/// The reader failed. Whatever is wrong with the document stands in the reading's problems.
///
/// ```
/// use qingdan::{LicensingItem, document};
/// let text = r#"{"format":"qingdan/catalogue/1","kind":"licensing","items":[{"id":"1","name":"甲","备注列":"…"}]}"#;
/// let list = document::read::<LicensingItem>(text.as_bytes(), &document::Options::default())?.ok()?;
/// assert_eq!(list.items.get("1").unwrap().extra.get("备注列").unwrap(), "…");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn read<T: Item>(mut source: impl Read, options: &Options) -> io::Result<Reading<Catalogue<T>>> {
    let _pooling = Pooling::start();
    let mut items =
        ItemsOf::<T> { list: Catalogue::default(), item: None, occurrences: Occurrences::default() };
    let problems = read_items(&mut source, T::KIND, options, &mut items)?;
    Ok(Reading { value: items.list, problems })
}

/// The list that is being read, without the type of its items: what reads the document around them is
/// compiled once, not once a kind.
trait Items {
    fn header(&mut self) -> &mut Header;
    /// Reads and takes the next item, if it can be read at once.
    fn at_once(
        &mut self,
        window: &mut Window<&mut dyn Read>,
    ) -> Result<Result<(), Option<serde_json::Error>>, Stop>;
    /// Reads an item field by field; answers whether there is one.
    fn recover(&mut self, tree: &Tree, cx: &mut Recovering<'_>) -> bool;
    /// Puts the item that was read into the list, or answers its id and where that is taken.
    fn admit(&mut self, duplicates: Duplicates) -> Result<(), (String, usize)>;
}

struct ItemsOf<T: Item> {
    list: Catalogue<T>,
    item: Option<T>,
    occurrences: Occurrences,
}

impl<T: Item> Items for ItemsOf<T> {
    fn header(&mut self) -> &mut Header {
        &mut self.list.header
    }
    fn at_once(
        &mut self,
        window: &mut Window<&mut dyn Read>,
    ) -> Result<Result<(), Option<serde_json::Error>>, Stop> {
        Ok(window.at_once()?.map(|item| self.item = Some(item)))
    }
    fn recover(&mut self, tree: &Tree, cx: &mut Recovering<'_>) -> bool {
        self.item = T::recover(tree, cx);
        self.item.is_some()
    }
    fn admit(&mut self, duplicates: Duplicates) -> Result<(), (String, usize)> {
        let Some(item) = self.item.take() else { return Ok(()) };
        admit(&mut self.list, item, duplicates, &mut self.occurrences).map_err(|(id, there, _)| (id, there))
    }
}

fn read_items(
    source: &mut dyn Read,
    kind: &'static str,
    options: &Options,
    items: &mut dyn Items,
) -> io::Result<Vec<Problem>> {
    let mut window = Window::new(source);
    let mut document = Document { items, kind, problems: Vec::new(), seen: HashSet::new(), merged: false };
    let result = window.begin().and_then(|()| {
        window.members(|window, name| document.member(window, name, options).map(|()| true))?;
        if window.peek()?.is_some() {
            return Err(window.problem(
                "json/syntax",
                Message::new("清单之后还有内容", "something follows the document; take it out"),
            ));
        }
        Ok(())
    });
    match result {
        Err(Stop::Io(error)) => return Err(error),
        Err(Stop::Problem(problem)) => document.problems.push(*problem),
        Ok(()) => {
            let needed =
                ["format", "kind", "items"].iter().filter(|n| !document.seen.iter().any(|s| s == *n));
            document.problems.extend(needed.map(|name| missing(name)));
        }
    }
    Ok(document.problems)
}

struct Document<'a> {
    items: &'a mut dyn Items,
    kind: &'static str,
    problems: Vec<Problem>,
    seen: HashSet<String>,
    /// Whether it is a merged list with clashes, as its format says in front.
    merged: bool,
}

impl Document<'_> {
    fn member(
        &mut self,
        window: &mut Window<&mut dyn Read>,
        name: &str,
        options: &Options,
    ) -> Result<(), Stop> {
        let path = format!("/{}", name.replace('~', "~0").replace('/', "~1"));
        if !self.seen.insert(name.to_owned()) {
            self.problems.push(
                Problem::error(
                    "json/repeated-key",
                    Message::new(format!("“{name}”出现两次"), format!("`{name}` stands twice; keep one")),
                )
                .at_path(path.clone()),
            );
            let (_, end) = window.skip()?;
            window.advance(end - window.start);
            return Ok(());
        }
        match name {
            "format" | "kind" => {
                let wanted = if name == "format" { FORMAT } else { self.kind };
                let found = self.tree(window, &path)?;
                let found = match found {
                    Some(tree) => {
                        tree.plain().as_str().map_or_else(|| tree.plain().to_string(), str::to_owned)
                    }
                    None => String::new(),
                };
                if name == "format" && found == MERGED_FORMAT {
                    let message = Message::new(
                        "此为带冲突的合并清单；冲突之处按原值读取，请用 list_merge --resolutions 定下冲突",
                        "this is a merged list with clashes left to decide; where they are it has the base's values: decide \
                         them with list_merge --resolutions",
                    );
                    self.problems.push(Problem::warning("json/clashes-left", message).at_path(path));
                    self.merged = true;
                    return Ok(());
                }
                if found != wanted {
                    let found = shortened(&found, 60);
                    let problem = Problem::error(
                        if name == "format" { "json/format" } else { "json/kind" },
                        Message::new(
                            format!("应为“{wanted}”，却是“{found}”"),
                            format!("should be `{wanted}`, is `{found}`"),
                        ),
                    );
                    // Nothing that follows would mean what it says.
                    return Err(Stop::Problem(Box::new(
                        problem.at_path(path).expecting(wanted).finding(found),
                    )));
                }
            }
            "header" => {
                if let Some(tree) = self.tree(window, &path)? {
                    let mut cx = Recovering::new(path, &mut self.problems);
                    if let Some(header) = Header::recover(&tree, &mut cx) {
                        *self.items.header() = header;
                    }
                }
            }
            "items" if window.peek()? == Some(b'[') => {
                entries(window, |window, i| self.entry(window, i, options))?;
            }
            "items" => {
                self.problems.push(
                    Problem::error("json/wrong-type", Message::new("应为数组", "should be a list"))
                        .at_path(path),
                );
                let (_, end) = window.skip()?;
                window.advance(end - window.start);
            }
            "conflicts" | "summary" | "resolved" | "notes" if self.merged => {
                let (_, end) = window.skip()?;
                window.advance(end - window.start);
            }
            _ => {
                self.problems.push(
                    Problem::error(
                        "json/unknown-key",
                        Message::new(
                            format!("清单文件没有“{name}”这一项"),
                            format!("a catalogue document has no `{name}`; take it out or correct its name"),
                        ),
                    )
                    .at_path(path),
                );
                let (_, end) = window.skip()?;
                window.advance(end - window.start);
            }
        }
        Ok(())
    }
    /// Takes the next value as a tree; `None` where it is nested too deep, which is said.
    fn tree(&mut self, window: &mut Window<&mut dyn Read>, path: &str) -> Result<Option<Tree>, Stop> {
        let (start, end) = window.skip()?;
        let tree = serde_json::from_slice::<Tree>(&window.buffer[start..end]);
        window.advance(end - start);
        match tree {
            Ok(tree) => Ok(Some(tree)),
            Err(error) => {
                let message = in_words(&error);
                self.problems.push(Problem::error("json/syntax", message).at_path(path));
                Ok(None)
            }
        }
    }
    fn entry(&mut self, window: &mut Window<&mut dyn Read>, i: usize, options: &Options) -> Result<(), Stop> {
        if let Err(error) = self.items.at_once(window)? {
            // Again, field by field.
            let path = format!("/items/{i}");
            let known = self.problems.len();
            let Some(tree) = self.tree(window, &path)? else { return Ok(()) };
            let some = self.items.recover(&tree, &mut Recovering::new(path.clone(), &mut self.problems));
            if let (true, Some(error)) = (self.problems.len() == known, error) {
                let text = error.to_string();
                let text = text.split(" at line ").next().unwrap_or_default().to_owned();
                let message =
                    Message::new(format!("不能读作一个事项：{text}"), format!("cannot be read: {text}"));
                self.problems.push(Problem::error("json/wrong-value", message).at_path(path));
            }
            if !some {
                return Ok(());
            }
        }
        if let Err((id, there)) = self.items.admit(options.duplicates) {
            self.problems.push(
                Problem::error(
                    "json/duplicate-id",
                    Message::new(
                        format!("编码“{id}”重复：第{}个和第{}个事项；--duplicates keep 可保留两者", there + 1, i + 1),
                        format!("the id `{id}` stands twice: /items/{there} and /items/{i}; --duplicates keep keeps both"),
                    ),
                )
                .at_path(format!("/items/{i}/id"))
                .in_item(id),
            );
        }
        Ok(())
    }
}

/// Reads a change set: the whole JSON of a comparison, or its `changes`.
///
/// # Errors
/// It is no such document, of another kind, or contradicts itself.
pub(crate) fn read_change_set<T: Item>(json: &str) -> Result<ChangeSet<T>, Problem> {
    if changes_are_inside(json, T::KIND)? {
        return match serde_json::from_str::<Whole<T>>(json) {
            Ok(whole) => Ok(whole.0),
            Err(error) => Err(no_change_set("json/change-set", &error)),
        };
    }
    serde_json::from_str(json).map_err(|error| no_change_set("json/change-set", &error))
}

/// The `changes` of the JSON of a comparison, whose other members are read elsewhere.
struct Whole<T: Item>(ChangeSet<T>);

impl<'de, T: Item> serde::Deserialize<'de> for Whole<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read<T>(std::marker::PhantomData<T>);
        impl<'de, T: Item> serde::de::Visitor<'de> for Read<T> {
            type Value = Whole<T>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("the JSON of a comparison")
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Whole<T>, A::Error> {
                let mut changes = None;
                while let Some(name) = map.next_key::<std::borrow::Cow<'de, str>>()? {
                    if name != "changes" {
                        map.next_value::<IgnoredAny>()?;
                    } else if changes.replace(map.next_value()?).is_some() {
                        return Err(serde::de::Error::duplicate_field("changes"));
                    }
                }
                changes.map(Whole).ok_or_else(|| serde::de::Error::missing_field("changes"))
            }
        }
        deserializer.deserialize_map(Read(std::marker::PhantomData))
    }
}

fn no_change_set(rule: &'static str, error: &serde_json::Error) -> Problem {
    let text = error.to_string();
    let (line, column) = (error.line() as u64, error.column() as u64);
    let text = text.split(" at line ").next().unwrap_or_default().to_owned();
    Problem::error(rule, Message::new(format!("不是变更集：{text}"), format!("no change set: {text}")))
        .at_line(line, Some(column))
}

/// Whether this is the whole JSON of a comparison of lists of this kind, not a change set alone.
fn changes_are_inside(json: &str, kind: &str) -> Result<bool, Problem> {
    #[derive(serde::Deserialize)]
    struct Head {
        format: Option<String>,
        kind: Option<String>,
        changes: Option<IgnoredAny>,
    }
    let head: Head = serde_json::from_str(json).map_err(|error| no_change_set("json/syntax", &error))?;
    if head.changes.is_some() || head.format.is_some() {
        if head.format.as_deref() != Some(crate::report::DIFF_FORMAT) {
            let found = head.format.unwrap_or_default();
            let wanted = crate::report::DIFF_FORMAT;
            return Err(Problem::error(
                "json/format",
                Message::new(
                    format!("应为“{wanted}”，却是“{found}”"),
                    format!("should be `{wanted}`, is `{found}`"),
                ),
            )
            .at_path("/format"));
        }
        if head.kind.as_deref() != Some(kind) {
            let found = head.kind.unwrap_or_default();
            return Err(Problem::error(
                "json/kind",
                Message::new(
                    format!("变更集的种类是“{found}”，清单是“{kind}”"),
                    format!("the change set is of kind `{found}`, the list of kind `{kind}`"),
                ),
            )
            .at_path("/kind"));
        }
        return Ok(true);
    }
    Ok(false)
}
