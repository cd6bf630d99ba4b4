//! Numbers for people, as each language writes them.

use std::time::Duration;

use jalon::lang::Lang;
use rust_decimal::Decimal;

/// A whole number in groups of three: `45 211`, `45,211`.
pub fn count(n: u64, lang: Lang) -> String {
    grouped(&n.to_string(), lang)
}

/// A count with its noun: `1 ligne`, `45 211 lignes`.
pub fn counted(n: u64, one: &str, many: &str, lang: Lang) -> String {
    let single = if lang == Lang::Fr { n < 2 } else { n == 1 };
    format!("{} {}", count(n, lang), if single { one } else { many })
}

/// The rows of a file.
pub fn rows(n: u64, lang: Lang) -> String {
    let (one, many) = lang.pick(("ligne", "lignes"), ("row", "rows"));
    counted(n, one, many, lang)
}

/// A number with at most `places` decimals, zeros left out: `1 234,5`, `1,234.5`.
pub fn decimal(n: Decimal, places: u32, lang: Lang) -> String {
    let text = n.round_dp(places).normalize().to_string();
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    match digits.split_once('.') {
        Some((whole, fraction)) => {
            format!("{sign}{}{}{fraction}", grouped(whole, lang), lang.pick(',', '.'))
        }
        None => format!("{sign}{}", grouped(digits, lang)),
    }
}

/// A share, in percent: `11,7 %`, `11.7%`; never 0 for what is there, nor 100 for what is not.
pub fn percent(part: u64, whole: u64, lang: Lang) -> String {
    let share = if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
    let thousandths = (share * 1000.0).round() as u64;
    let shown = match thousandths {
        0 if part > 0 => "<0.1".to_owned(),
        1000 if part < whole => ">99.9".to_owned(),
        n => format!("{}.{}", n / 10, n % 10),
    };
    lang.pick(format!("{} %", shown.replace('.', ",")), format!("{shown}%"))
}

/// A time: `0,84 s`, `1 min 05 s`.
pub fn time(elapsed: Duration, lang: Lang) -> String {
    let seconds = elapsed.as_secs();
    if seconds >= 60 {
        return format!("{} min {:02} s", seconds / 60, seconds % 60);
    }
    let text = format!("{:.2} s", elapsed.as_secs_f64());
    lang.pick(text.replace('.', ","), text)
}

fn grouped(digits: &str, lang: Lang) -> String {
    let separator = lang.pick('\u{a0}', ',');
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_writes_numbers_its_way() {
        assert_eq!(count(45_211, Lang::Fr), "45\u{a0}211");
        assert_eq!(count(1_045_211, Lang::En), "1,045,211");
        assert_eq!(count(211, Lang::En), "211");
        assert_eq!(decimal(Decimal::new(-12_345_678, 4), 2, Lang::En), "-1,234.57");
        assert_eq!(decimal(Decimal::new(25, 1), 2, Lang::Fr), "2,5");
        assert_eq!(percent(5_289, 45_211, Lang::En), "11.7%");
        assert_eq!(percent(1, 45_211, Lang::Fr), "<0,1 %");
        assert_eq!(percent(45_210, 45_211, Lang::En), ">99.9%");
        assert_eq!(time(Duration::from_millis(840), Lang::Fr), "0,84 s");
        assert_eq!(time(Duration::from_secs(65), Lang::En), "1 min 05 s");
    }
}
