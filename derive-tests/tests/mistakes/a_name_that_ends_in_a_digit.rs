use qingdan::{Atom, Record};

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
struct Fee2 {
    id: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "fee-3")]
struct Fee {
    id: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, Atom)]
struct Yuan4(u32);

fn main() {}
