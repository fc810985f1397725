//! Tests of requests, awards and comparisons.
