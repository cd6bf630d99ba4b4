use serde_json::json;

use crate::diagnostic::Units;
use crate::lang::Lang;
use crate::program::{Error, Loader, Program};
use crate::users::Users;
use crate::value::Clock;
use crate::workflow::{Incoming, State};

#[test]
fn errors_that_main_returns_say_what_is_wrong() {
    fn state() -> Result<(), Error> {
        State::read("{")?;
        Ok(())
    }
    fn users() -> Result<(), Error> {
        Users::read(&json!([{"nom": "Anna"}]))?;
        Ok(())
    }
    fn event() -> Result<(), Error> {
        Incoming::read(&json!({"id": "e1"}))?;
        Ok(())
    }
    fn clock() -> Result<(), Error> {
        Clock::at("yesterday", "UTC")?;
        Ok(())
    }
    for failed in [state(), users(), event(), clock()] {
        let error = failed.unwrap_err();
        assert_eq!(format!("{error:?}"), error.message(Lang::En));
        assert_ne!(error.message(Lang::Fr), error.message(Lang::En));
    }
    let text = "module M\n  Pays : texte\nscore S sur M\n  +1 si Payz EST VIDE\n";
    let shown = format!("{:?}", Program::parse(text).unwrap_err());
    assert!(shown.contains("champ inconnu `Payz`") && shown.contains(":4:9"), "{shown}");
}

#[test]
fn places_are_counted_as_the_strings_of_the_host() {
    let text = "# é 🎉\nmodule M\n  Pays : texte\nscore S sur M\n  +1 si Payz EST VIDE\n";
    let found = Loader::default().source("m.jalon", text).check();
    for (units, before) in [(Units::Bytes, 4), (Units::Characters, 0), (Units::Utf16, 1)] {
        // Before the place stand `é`, of two bytes, and a sign of four, or of two in UTF-16.
        let form = found.form(Lang::En, units);
        let start = text.chars().take_while(|c| *c != 'z').count() - 3 + before;
        assert_eq!(form[0]["start"], json!(start), "{units:?}");
        assert_eq!(form[0]["end"], json!(start + 4));
        assert_eq!(form[0]["fixes"][0]["edits"][0]["start"], json!(start));
        assert_eq!((&form[0]["line"], &form[0]["column"]), (&json!(5), &json!(9)));
        assert_eq!(form[0]["text"], "m.jalon:5:9: error[E0203]: unknown field `Payz`");
    }
    let own = serde_json::to_value(&found).unwrap();
    assert_eq!(own, found.form(Lang::Fr, Units::Bytes));
}

#[test]
fn a_value_that_cannot_be_used_says_so_as_data() {
    let program = Program::parse("module M\n  N : nombre\nscore S sur M\n  +1 si N > 3\n").unwrap();
    let score = program.score(None).unwrap();
    let result = score.evaluate(&json!({"N": "cher"}), &Clock::default()).unwrap();
    let form = serde_json::to_value(&result.errors[0]).unwrap();
    assert_eq!(form["message"]["fr"], "`M.N` : `cher` n'est pas un nombre");
    assert_eq!(form["message"]["en"], "`M.N`: `cher` is not a number");
    assert_eq!(form["problem"]["kind"], "wrong_type");
}
