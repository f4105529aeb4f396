use qingdan::{List, Record};

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "basis")]
struct Basis {
    title: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
struct Fee {
    basis: List<Basis>,
}

fn main() {}
