//! Reading constants and record texts: numbers, dates, times, ticks.
