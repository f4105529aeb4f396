use qingdan::Record;

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(atom, text)]
struct Basis {
    title: String,
}

fn main() {}
