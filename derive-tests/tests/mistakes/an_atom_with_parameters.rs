use qingdan::Atom;

#[derive(Clone, Debug, PartialEq, Eq, Hash, Atom)]
#[atom(names = "wrapped", empti)]
struct Wrapped<T>(T);

fn main() {}
