//! Sealed bidding.
