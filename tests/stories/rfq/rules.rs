//! Rules of requests and quotes, each broken once.
