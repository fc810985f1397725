//! Awards and comparisons against a reference that reckons in fractions, with its own table of units.

mod award;
mod comparison;
mod market;
mod ratio;
mod settling;
