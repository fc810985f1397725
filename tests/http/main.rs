//! The transport over a real socket, around a probe application whose fields do what transports have to live with.

mod browser;
mod demand;
mod events;
mod health;
mod malformed;
mod persisted;
mod probe;
mod socket;
mod socket_life;
mod status;
mod stopping;
