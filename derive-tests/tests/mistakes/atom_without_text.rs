use qingdan::Record;

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(atom)]
struct Basis {
    title: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(normal_with = Self::title, joint = "、")]
struct Stage {
    title: String,
}

fn main() {}
