use qingdan::Atom;

#[derive(Clone, Debug, PartialEq, Eq, Hash, Atom)]
struct Yuan(u32);

fn main() {}
