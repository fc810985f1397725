//! The transport over a real socket, around a probe application whose fields do what transports have to live with.

#![recursion_limit = "256"]

mod browser;
mod demand;
mod events;
mod health;
mod malformed;
mod market;
mod persisted;
mod probe;
mod socket;
mod socket_life;
mod status;
mod stopping;
