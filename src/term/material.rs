//! What an applicant hands in (申请材料).

use crate::text::normal;
use crate::{Record, Text};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// A document that an applicant hands in. A table's cell holds names alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "material", text, key_with = canonical, joint = "\n")]
#[non_exhaustive]
pub struct Material {
    /// Name as printed in the guide (材料名称).
    pub name: Text,
    /// How many originals (原件份数).
    pub originals: Option<u32>,
    /// How many copies (复印件份数).
    pub copies: Option<u32>,
    /// Paper, electronic or both (材料形式).
    pub form: Text,
    /// Whether it is always needed (是否必备材料).
    pub required: Option<bool>,
    /// Who issues it (出具机构, 来源渠道).
    pub source: Text,
    /// Whether it may be handed in later (容缺受理).
    pub deferrable: Option<bool>,
    /// Whether a commitment may stand for it (告知承诺).
    pub commitment: Option<bool>,
    /// Whether the office has it already (数据共享).
    pub shared: Option<bool>,
    /// Type of the electronic certificate that stands for it (电子证照类型).
    pub certificate_type: Text,
    /// What else is said of it.
    pub note: Text,
}

impl Material {
    /// A material of this name.
    pub fn new(name: impl Into<Text>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }
}

fn canonical(material: &Material) -> Cow<'_, str> {
    normal(&material.name)
}

impl fmt::Display for Material {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}
impl FromStr for Material {
    type Err = crate::problem::Message;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self::new(text))
    }
}
