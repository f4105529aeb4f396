//! JSON that is read on after an error, so that all problems of a document are found.

use crate::keyed::{Index, Map};
use crate::problem::{Message, Problem};
use crate::record::Entry;
use crate::text_atom::Text;
use crate::value::{Held, Value};
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::HashSet;
use std::fmt;
use std::io::{self, Write};

/// Where the library's JSON goes through: a buffer, and what is behind it. There is one such type, so that each type
/// of values is written by one serializer, which is compiled once.
struct Sink<'a> {
    buffer: Vec<u8>,
    to: Option<&'a mut dyn Write>,
}

impl Sink<'_> {
    const FULL: usize = 64 * 1024;

    fn empty(&mut self) -> io::Result<()> {
        if let Some(to) = &mut self.to {
            to.write_all(&self.buffer)?;
            self.buffer.clear();
        }
        Ok(())
    }
}

impl Write for Sink<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes)?;
        Ok(bytes.len())
    }
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= Self::FULL { self.empty() } else { Ok(()) }
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

type Writing<'a> = &'a dyn Fn(&mut serde_json::Serializer<&mut Sink<'_>>) -> serde_json::Result<()>;

impl Sink<'_> {
    fn take(&mut self, write: Writing<'_>) -> io::Result<()> {
        write(&mut serde_json::Serializer::new(self))?;
        self.empty()
    }
}

/// Writes a value's JSON.
pub(crate) fn write(to: &mut dyn Write, value: &(impl Serialize + ?Sized)) -> io::Result<()> {
    Sink { buffer: Vec::new(), to: Some(to) }.take(&|serializer| value.serialize(serializer))
}

/// Writes a value's JSON behind what the buffer holds.
pub(crate) fn append(to: &mut Vec<u8>, value: &(impl Serialize + ?Sized)) -> io::Result<()> {
    append_with(to, &|serializer| value.serialize(serializer))
}

fn append_with(to: &mut Vec<u8>, write: Writing<'_>) -> io::Result<()> {
    let mut sink = Sink { buffer: std::mem::take(to), to: None };
    let written = sink.take(write);
    *to = sink.buffer;
    written
}

/// A value's JSON.
pub(crate) fn text(value: &(impl Serialize + ?Sized)) -> String {
    text_with(&|serializer| value.serialize(serializer))
}

fn text_with(write: Writing<'_>) -> String {
    let mut text = Vec::new();
    match append_with(&mut text, write) {
        Ok(()) => String::from_utf8(text).unwrap_or_default(),
        Err(_) => String::new(),
    }
}

/// A JSON value as it stands in the input: keys in order, repeated ones too.
#[doc(hidden)]
#[derive(Clone, Debug, PartialEq)]
pub enum Tree {
    Leaf(serde_json::Value),
    List(Vec<Tree>),
    Object(Vec<(String, Tree)>),
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;
        macro_rules! leaf {
            ($($visit:ident: $ty:ty),*) => {$(
                fn $visit<E>(self, value: $ty) -> Result<Tree, E> {
                    Ok(Tree::Leaf(value.into()))
                }
            )*};
        }
        impl<'de> Visitor<'de> for Read {
            type Value = Tree;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("JSON")
            }
            leaf!(visit_bool: bool, visit_i64: i64, visit_u64: u64, visit_f64: f64, visit_str: &str);
            fn visit_unit<E>(self) -> Result<Tree, E> {
                Ok(Tree::Leaf(serde_json::Value::Null))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Tree, A::Error> {
                let mut list = Vec::new();
                while let Some(tree) = seq.next_element()? {
                    list.push(tree);
                }
                Ok(Tree::List(list))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tree, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Tree::Object(members))
            }
        }
        deserializer.deserialize_any(Read)
    }
}

impl Tree {
    pub(crate) fn plain(&self) -> serde_json::Value {
        match self {
            Self::Leaf(value) => value.clone(),
            Self::List(list) => list.iter().map(Self::plain).collect(),
            Self::Object(members) => {
                crate::sorting::object(&mut members.iter().map(|(k, v)| (k.clone(), v.plain()))).into()
            }
        }
    }
    fn kind(&self) -> (&'static str, &'static str) {
        match self {
            Self::Leaf(serde_json::Value::Null) => {
                ("null（没有的不写）", "null (what is absent is left out)")
            }
            Self::Leaf(serde_json::Value::Bool(_)) => ("布尔值", "a boolean"),
            Self::Leaf(serde_json::Value::Number(_)) => ("数字", "a number"),
            Self::Leaf(_) => ("文字", "a text"),
            Self::List(_) => ("数组", "a list"),
            Self::Object(_) => ("对象", "an object"),
        }
    }
}

/// A value of a type that is read from JSON alone, out of a text.
pub(crate) fn in_cell<T: Value>(text: &str, cell: &mut crate::value::Cell<'_>) -> Option<T> {
    let mut problems = Vec::new();
    let value = match serde_json::from_str::<Tree>(text) {
        Ok(tree) => T::recover(&tree, &mut Recovering::new("", &mut problems)),
        Err(error) => {
            crate::__private::no_json(text, &error, cell);
            None
        }
    };
    for problem in problems {
        cell.say("json/wrong-type", problem.severity, problem.message);
    }
    value
}

/// The members of an object, by the fields of a record.
#[doc(hidden)]
#[derive(Debug)]
pub struct Members<'a> {
    pub fields: Vec<Option<&'a Tree>>,
    pub unknown: Vec<(&'a str, &'a str)>,
}

/// What gathers problems while a document is read on after an error.
#[doc(hidden)]
#[derive(Debug)]
pub struct Recovering<'a> {
    path: String,
    problems: &'a mut Vec<Problem>,
}

impl<'a> Recovering<'a> {
    pub(crate) fn new(path: impl Into<String>, problems: &'a mut Vec<Problem>) -> Self {
        Self { path: path.into(), problems }
    }
    /// Goes into a part; answers what [`leave`](Self::leave) takes.
    pub fn enter(&mut self, step: &str) -> usize {
        let length = self.path.len();
        self.path.push('/');
        self.path += &step.replace('~', "~0").replace('/', "~1");
        length
    }
    /// Goes out of a part.
    pub fn leave(&mut self, length: usize) {
        self.path.truncate(length);
    }
    fn say_at(&mut self, step: &str, rule: &'static str, message: Message) {
        let length = self.enter(step);
        self.say(rule, message);
        self.leave(length);
    }
    /// Problems that another reader found in this part: their paths go on from here.
    pub(crate) fn pass_on(&mut self, problems: Vec<Problem>) {
        for mut problem in problems {
            let inside = problem.place.path.take().unwrap_or_default();
            (problem.place.line, problem.place.column) = (None, None);
            self.problems.push(problem.at_path(format!("{}{inside}", self.path)));
        }
    }
    pub(crate) fn say(&mut self, rule: &'static str, message: Message) {
        self.problems.push(Problem::error(rule, message).at_path(self.path.clone()));
    }
    fn wrong_type(&mut self, json: &Tree, zh: &str, en: &str) {
        let (is_zh, is_en) = json.kind();
        self.say(
            "json/wrong-type",
            Message::new(format!("应为{zh}，却是{is_zh}"), format!("should be {en}, is {is_en}")),
        );
    }
    /// A field that is always there is missing.
    pub fn missing(&mut self, field: &str) {
        self.say(
            "json/missing",
            Message::new(format!("缺少“{field}”"), format!("`{field}` is missing; give it a value")),
        );
    }
    /// Reads an atom.
    pub fn atom<T: Value>(&mut self, json: &Tree) -> Option<T> {
        match Held::<T>::deserialize(json.plain()) {
            Ok(value) => Some(value.0),
            Err(error) => {
                self.wrong_value(json, &error);
                None
            }
        }
    }
    fn wrong_value(&mut self, json: &Tree, error: &serde_json::Error) {
        let found = crate::problem::shortened(&json.plain().to_string(), 60);
        self.say(
            "json/wrong-value",
            Message::new(format!("不能读作此项的值：{error}"), format!("cannot be read: {error}")),
        );
        if let Some(problem) = self.problems.last_mut() {
            problem.found = Some(found);
        }
    }
    /// Reads the members of a record's object.
    pub fn record<'t>(&mut self, json: &'t Tree, fields: &[&str], has_extra: bool) -> Option<Members<'t>> {
        let Tree::Object(members) = json else {
            self.wrong_type(json, "对象", "an object");
            return None;
        };
        let mut out = Members { fields: vec![None; fields.len()], unknown: Vec::new() };
        for (name, tree) in members {
            if let Some(i) = fields.iter().position(|field| field == name) {
                if out.fields[i].replace(tree).is_some() {
                    self.repeated(name);
                }
            } else if let (true, Tree::Leaf(serde_json::Value::String(text))) = (has_extra, tree) {
                out.unknown.push((name, text));
            } else {
                let message = if has_extra {
                    Message::new(
                        format!("“{name}”不是已知字段，其值又不是文字，不能作为其他列保存"),
                        format!(
                            "`{name}` is no field, and its value is no text that could be kept as an extra column"
                        ),
                    )
                } else {
                    Message::new(
                        format!("“{name}”不是已知字段"),
                        format!("`{name}` is no field here; take it out or correct its name"),
                    )
                };
                self.say_at(name, "json/unknown-key", message);
            }
        }
        Some(out)
    }
    fn repeated(&mut self, name: &str) {
        self.say_at(
            name,
            "json/repeated-key",
            Message::new(format!("“{name}”出现两次"), format!("`{name}` stands twice; keep one")),
        );
    }
    /// A code stands twice in a set.
    pub(crate) fn repeated_code(&mut self, code: &str) {
        self.say(
            "json/repeated-entry",
            Message::new(format!("“{code}”重复"), format!("`{code}` stands twice in the set; keep one")),
        );
    }
    /// Puts an unknown key's text among the extra columns.
    pub fn extra(&mut self, extra: &mut Map<Text>, name: &str, text: &str) {
        if extra.get(name).is_some() {
            self.repeated(name);
        } else {
            extra.set(name, Text::from(text));
        }
    }
    /// Reads the entries of a list; of equal keys the first is kept.
    pub fn entries<T: Entry>(&mut self, json: &Tree) -> Option<Vec<T>> {
        let entries: Vec<T> = self.elements(json)?;
        let mut index = Index::with_capacity(entries.len());
        let mut kept: Vec<T> = Vec::with_capacity(entries.len());
        for (i, entry) in entries.into_iter().enumerate() {
            kept.push(entry);
            let position = kept.len() - 1;
            let key = kept[position].key().into_owned();
            if index.insert(&key, position, &|j| kept[j].key()).is_some() {
                kept.pop();
                let message = Message::new(
                    format!("“{key}”重复"),
                    format!("`{key}` stands twice in the list; keep one"),
                );
                self.say_at(&i.to_string(), "json/repeated-entry", message);
            }
        }
        Some(kept)
    }
    /// Reads the elements of a list.
    pub fn elements<T: Value>(&mut self, json: &Tree) -> Option<Vec<T>> {
        let Tree::List(list) = json else {
            self.wrong_type(json, "数组", "a list");
            return None;
        };
        let mut elements = Vec::with_capacity(list.len());
        for (i, tree) in list.iter().enumerate() {
            let length = self.enter(&i.to_string());
            if let Some(element) = T::recover(tree, self) {
                elements.push(element);
            }
            self.leave(length);
        }
        Some(elements)
    }
    /// Reads the members of a map.
    pub fn members<T: Value>(&mut self, json: &Tree) -> Option<Vec<(String, T)>> {
        let Tree::Object(members) = json else {
            self.wrong_type(json, "对象", "an object");
            return None;
        };
        let mut out: Vec<(String, T)> = Vec::new();
        let mut seen = HashSet::new();
        for (name, tree) in members {
            let repeated = !seen.insert(name);
            if repeated {
                self.repeated(name);
            }
            let length = self.enter(name);
            let value = T::recover(tree, self);
            self.leave(length);
            if let (Some(value), false) = (value, repeated) {
                out.push((name.clone(), value));
            }
        }
        Some(out)
    }
}
