//! Links the binding to the Node process that loads it.

fn main() {
    napi_build::setup();
}
