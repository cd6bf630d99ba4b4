//! What people see when a criterion is wrong.

use super::errors;
use crate::lang::Lang;
use insta::assert_snapshot;

#[test]
fn everything_wrong_is_said_at_once() {
    assert_snapshot!(errors("Pays France ET Montant > ET (Ville EST Nice", Lang::Fr));
}
