//! A catalogue of any kind is a value like any other: compared, changed and merged as its kind is.

use super::{AnyCatalogue, AnyCatalogueClash, AnyCatalogueDelta, Kind};
use crate::catalogue::Catalogue;
use crate::document::Options;
use crate::json::{Recovering, Tree};
use crate::pairs::Pairs;
use crate::problem::{Lang, Message};
use crate::record::Entry;
use crate::schema::Part;
use crate::value::{
    Atom, Cell, Choice, Clash, ClashKind, Merging, Outcome, Patching, Path, Ruling, Settling, Shown, Side,
    Value, VisitDelta,
};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::io::Cursor;

/// A list of one kind became a list of another: both whole.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Replaced {
    /// The list before.
    pub before: AnyCatalogue,
    /// The list after.
    pub after: AnyCatalogue,
}

/// Three lists of which not all are of one kind: all of them whole.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Disputed {
    /// The common ancestor's list, which the merged value keeps.
    pub base: AnyCatalogue,
    /// Our list.
    pub ours: AnyCatalogue,
    /// Their list.
    pub theirs: AnyCatalogue,
}

fn replaced(before: &AnyCatalogue, after: &AnyCatalogue) -> AnyCatalogueDelta {
    AnyCatalogueDelta::Replaced(Box::new(Replaced { before: before.clone(), after: after.clone() }))
}

impl Value for AnyCatalogue {
    type Delta = AnyCatalogueDelta;
    type Clash = AnyCatalogueClash;

    fn is_absent(&self) -> bool {
        false
    }
    fn absent() -> Option<Self> {
        None
    }
    #[inline]
    fn alike(&self, other: &Self) -> bool {
        same_kind!(self, other, |a, b, T, Delta| a.alike(b), false)
    }
    #[inline]
    fn diff_as(&self, after: &Self, pairs: &Pairs) -> Option<AnyCatalogueDelta> {
        same_kind!(self, after, |a, b, T, Delta| a.diff_as(b, pairs).map(Delta), Some(replaced(self, after)))
    }
    #[inline]
    fn patch(&self, delta: &AnyCatalogueDelta, cx: &mut Patching) -> Self {
        with_delta!(self, delta, |list, of, Make| Make(list.patch(of, cx)), {
            match delta {
                AnyCatalogueDelta::Replaced(change) if change.before == *self => change.after.clone(),
                _ => {
                    let message = Message::new(
                        "清单与变更所依据的清单不同",
                        "the list is not the one that the change was made from",
                    );
                    cx.mismatch(None, Some(self.kind().as_str().to_owned()), message);
                    self.clone()
                }
            }
        })
    }
    #[inline]
    fn inverse(delta: &AnyCatalogueDelta) -> AnyCatalogueDelta {
        each_delta!(delta, |of, T, Make| Make(T::inverse(of)), |change| replaced(
            &change.after,
            &change.before
        ))
    }
    #[inline]
    fn then(
        first: &AnyCatalogueDelta,
        second: &AnyCatalogueDelta,
        cx: &mut Patching,
    ) -> Option<AnyCatalogueDelta> {
        both_deltas!(first, second, |a, b, T, Make| T::then(a, b, cx).map(Make), {
            match (first, second) {
                // What was replaced is known whole, so the other change can be made on it.
                (AnyCatalogueDelta::Replaced(change), next) => {
                    Self::tidy(replaced(&change.before, &change.after.patch(next, cx)))
                }
                (change, AnyCatalogueDelta::Replaced(next)) => {
                    Self::tidy(replaced(&next.before.patch(&Self::inverse(change), cx), &next.after))
                }
                _ => {
                    cx.mismatch(None, None, Message::apart());
                    Some(first.clone())
                }
            }
        })
    }
    #[inline]
    fn tidy(delta: AnyCatalogueDelta) -> Option<AnyCatalogueDelta> {
        each_delta!(delta, |of, T, Make| T::tidy(of).map(Make), |change| {
            // Of one kind again: told as such.
            change.before.diff_as(&change.after, &Pairs::none())
        })
    }
    #[inline]
    fn merge_in(
        base: &Self,
        ours: Side<'_, Self>,
        theirs: Side<'_, Self>,
        cx: &mut Merging,
    ) -> Outcome<Self> {
        let (o, t) = (ours.value, theirs.value);
        same_kind!(
            base,
            o,
            t,
            |base, a, b, T, Make, MakeClash| {
                let ours = Side { value: a, pairs: ours.pairs };
                let theirs = Side { value: b, pairs: theirs.pairs };
                let Outcome { value, clash } = T::merge_in(base, ours, theirs, cx);
                Outcome { value: Make(value), clash: clash.map(MakeClash) }
            },
            if o == t || t == base {
                Outcome { value: o.clone(), clash: None }
            } else if o == base {
                Outcome { value: t.clone(), clash: None }
            } else {
                let disputed = Disputed { base: base.clone(), ours: o.clone(), theirs: t.clone() };
                Outcome { value: base.clone(), clash: Some(AnyCatalogueClash::Replaced(Box::new(disputed))) }
            }
        )
    }
    #[inline]
    fn settle(&self, clash: &AnyCatalogueClash, cx: &mut Settling<'_>) -> Outcome<Self> {
        with_clash!(
            self,
            clash,
            |list, of, Make, MakeClash| {
                let Outcome { value, clash } = list.settle(of, cx);
                Outcome { value: Make(value), clash: clash.map(MakeClash) }
            },
            {
                let AnyCatalogueClash::Replaced(all) = clash else {
                    // Of another kind than the list: nothing that could be decided.
                    return Outcome { value: self.clone(), clash: Some(clash.clone()) };
                };
                let mut ruling = Ruling::Open;
                Self::visit_clash(clash, &mut cx.path, &mut |path, clash| {
                    ruling = cx.judge.rule(path, clash);
                });
                let value = match ruling {
                    Ruling::Side(Choice::Base) => &all.base,
                    Ruling::Side(Choice::Ours) => &all.ours,
                    Ruling::Side(Choice::Theirs) => &all.theirs,
                    ruling => return self.settle_whole(clash, &ruling, cx),
                };
                Outcome { value: value.clone(), clash: None }
            }
        )
    }
    #[inline]
    fn visit(&self, path: &mut Path, visitor: &mut dyn FnMut(&Path, &dyn Atom)) {
        each!(Self(self), list => list.visit(path, visitor));
    }
    #[inline]
    fn visit_delta(delta: &AnyCatalogueDelta, path: &mut Path, visitor: &mut dyn VisitDelta) {
        each_delta!(delta, |of, T, Make| T::visit_delta(of, path, visitor), |change| {
            visitor.entry(path, Some(&change.before), None);
            visitor.entry(path, None, Some(&change.after));
        });
    }
    #[inline]
    fn visit_clash(clash: &AnyCatalogueClash, path: &mut Path, visitor: &mut dyn FnMut(&Path, Clash<'_>)) {
        each_clash!(clash, |of, T| T::visit_clash(of, path, visitor), |all| {
            let show = |list| Some(list as &dyn Shown);
            visitor(
                path,
                Clash::new(ClashKind::EditEdit, show(&all.base), show(&all.ours), show(&all.theirs)),
            );
        });
    }
    #[inline]
    fn recover(json: &Tree, cx: &mut Recovering<'_>) -> Option<Self> {
        let text = json.plain().to_string();
        let reading = Self::read_json(Cursor::new(text.into_bytes()), &Options::default()).ok()?;
        cx.pass_on(reading.problems);
        reading.value
    }
    fn type_name() -> Cow<'static, str> {
        "any-catalogue".into()
    }
    /// A table's cell holds no list: its title.
    #[inline]
    fn to_cell(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.header().title)
    }
    fn from_cell(_: &str, cx: &mut Cell<'_>) -> Option<Self> {
        let message = Message::new("单元格里没有清单", "a cell holds no list");
        cx.say("table/cell-misread", crate::problem::Severity::Error, message);
        None
    }
}

/// Told apart by its kind, and by which list of the kind it is ([`Header::series`](crate::Header::series)).
impl Entry for AnyCatalogue {
    fn key(&self) -> Cow<'_, str> {
        let (kind, series) = (self.kind().as_str(), &self.header().series);
        if series.is_empty() { Cow::Borrowed(kind) } else { Cow::Owned(format!("{kind}.{series}")) }
    }
}

/// The catalogue document.
impl Serialize for AnyCatalogue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::Error as _;
        let mut bytes = Vec::new();
        self.write_json(&mut bytes).map_err(S::Error::custom)?;
        let text = String::from_utf8(bytes).map_err(S::Error::custom)?;
        RawValue::from_string(text.trim_end().to_owned()).map_err(S::Error::custom)?.serialize(serializer)
    }
}
impl<'de> Deserialize<'de> for AnyCatalogue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Box::<RawValue>::deserialize(deserializer)?;
        let reading = Self::read_json(Cursor::new(text.get().as_bytes()), &Options::default())
            .map_err(D::Error::custom)?;
        if let Some(problem) = reading.problems.iter().find(|problem| problem.is_error()) {
            return Err(D::Error::custom(problem.line(Lang::En)));
        }
        reading.value.ok_or_else(|| D::Error::custom("not a catalogue"))
    }
}
impl JsonSchema for AnyCatalogue {
    fn schema_name() -> Cow<'static, str> {
        "any-catalogue".into()
    }
    #[inline]
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let kinds: Vec<Schema> =
            Kind::ALL.iter().map(|&kind| crate::schema::define_catalogue(kind, generator)).collect();
        json_schema!({ "description": "A catalogue of any kind.", "oneOf": kinds })
    }
}

// Schemas are compiled by programs that ask for them; what schemars derives would be compiled here.

/// The schema of lists side by side.
#[inline]
fn lists_schema(description: &str, names: &[&str], generator: &mut SchemaGenerator) -> Schema {
    let list = crate::parts::reference::<AnyCatalogue>(generator).to_value();
    let lists = crate::sorting::object(&mut names.iter().map(|name| ((*name).to_owned(), list.clone())));
    json_schema!({ "description": description, "type": "object", "properties": lists, "required": names })
}
/// The schema of a part of a list of any kind, under the kind's name; or of `lists`, which are not of one kind.
#[inline]
fn of_any_kind(description: &str, part: Part, lists: Schema, generator: &mut SchemaGenerator) -> Schema {
    let tagged = |name: &str, schema: Schema| {
        let properties = crate::sorting::object(&mut std::iter::once((name.to_owned(), schema.to_value())));
        json_schema!({
            "type": "object",
            "properties": properties,
            "required": [name],
            "additionalProperties": false,
        })
    };
    let mut kinds: Vec<Schema> =
        Kind::ALL.iter().map(|&kind| tagged(kind.as_str(), kind.define(part, generator))).collect();
    kinds.push(tagged("replaced", lists));
    json_schema!({ "description": description, "oneOf": kinds })
}
impl JsonSchema for Replaced {
    #[inline]
    fn schema_name() -> Cow<'static, str> {
        "catalogue-replaced".into()
    }
    #[inline]
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        lists_schema("A list of one kind became a list of another.", &["before", "after"], generator)
    }
}
impl JsonSchema for Disputed {
    #[inline]
    fn schema_name() -> Cow<'static, str> {
        "catalogue-disputed".into()
    }
    #[inline]
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        lists_schema("Three lists that are not all of one kind.", &["base", "ours", "theirs"], generator)
    }
}
impl JsonSchema for AnyCatalogueDelta {
    #[inline]
    fn schema_name() -> Cow<'static, str> {
        "any-catalogue-delta".into()
    }
    #[inline]
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let replaced = crate::parts::reference::<Replaced>(generator);
        of_any_kind("What changed between two catalogues of any kind.", Part::Delta, replaced, generator)
    }
}
impl JsonSchema for AnyCatalogueClash {
    #[inline]
    fn schema_name() -> Cow<'static, str> {
        "any-catalogue-clash".into()
    }
    #[inline]
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let disputed = crate::parts::reference::<Disputed>(generator);
        of_any_kind("What is undecided about a catalogue of any kind.", Part::Clashes, disputed, generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Schemas name what serde writes.
    #[test]
    fn deltas_stand_under_the_name_of_their_kind() {
        for &kind in Kind::ALL {
            let empty = format!(r#"{{"format":"{}","kind":"{kind}","items":[]}}"#, crate::document::FORMAT);
            let list: AnyCatalogue = serde_json::from_str(&empty).unwrap();
            let mut after = list.clone();
            after.header_mut().title = "甲".into();
            let delta = list.diff_as(&after, &Pairs::none()).unwrap();
            let json = serde_json::to_value(&delta).unwrap();
            assert_eq!(json.as_object().unwrap().keys().collect::<Vec<_>>(), [kind.as_str()]);
        }
    }
}
