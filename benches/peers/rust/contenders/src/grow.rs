pub fn contenders(_: usize) -> Vec<race::worker::Contender> { Vec::new() }
