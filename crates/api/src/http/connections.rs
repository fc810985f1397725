//! Connections that stay open: how many there are, and how many of them come from one network.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

use prometheus_client::metrics::gauge::Gauge;

use super::{metrics::Counted, settings::SocketSettings};
use crate::app::network;

/// The sockets and event streams that are open, by network.
#[derive(Debug, Default)]
pub(super) struct Connections(Arc<Mutex<HashMap<IpAddr, usize>>>);

/// Why a connection is not kept open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Full {
    /// There are as many as the process keeps.
    All,
    /// There are as many as one network may have.
    Network,
}

/// A place among them, for as long as this lives.
#[derive(Debug)]
pub(super) struct Place {
    networks: Arc<Mutex<HashMap<IpAddr, usize>>>,
    network: Option<IpAddr>,
    _counted: Counted,
}

impl Connections {
    /// A place for a connection from `remote`. One whose address is not known counts for the process alone.
    pub(super) fn open(&self, all: &Gauge, settings: &SocketSettings, remote: Option<IpAddr>) -> Result<Place, Full> {
        let counted = Counted::within(all, settings.connections_max).ok_or(Full::All)?;
        let network = remote.map(network);
        if let Some(network) = network {
            let mut networks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let open = networks.get(&network).copied().unwrap_or_default();
            if open >= settings.connections_per_address {
                return Err(Full::Network);
            }
            networks.insert(network, open.saturating_add(1));
        }
        Ok(Place { networks: Arc::clone(&self.0), network, _counted: counted })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let Some(network) = self.network else { return };
        let mut networks = self.networks.lock().unwrap_or_else(PoisonError::into_inner);
        match networks.get_mut(&network) {
            Some(open) if *open > 1 => *open -= 1,
            _ => {
                networks.remove(&network);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use prometheus_client::metrics::gauge::Gauge;

    use super::{Connections, Full};
    use crate::http::settings::SocketSettings;

    #[test]
    fn places_are_counted_by_network_and_given_back() {
        let (connections, all) = (Connections::default(), Gauge::default());
        let settings = SocketSettings { connections_max: 3, connections_per_address: 2, ..SocketSettings::default() };
        let open = |address: &str| connections.open(&all, &settings, Some(address.parse().unwrap()));
        let one = open("2001:db8::1").unwrap();
        let _two = open("2001:db8::2").unwrap();
        assert_eq!(open("2001:db8::3").unwrap_err(), Full::Network);
        assert_eq!(all.get(), 2, "what was refused takes no place");
        let other = open("192.0.2.1").unwrap();
        assert_eq!(open("192.0.2.2").unwrap_err(), Full::All);
        drop((one, other));
        assert_eq!(connections.0.lock().unwrap().len(), 1, "a network without connections is forgotten");
        let _again = open("2001:db8::3").unwrap();
        assert_eq!(open("2001:db8::4").unwrap_err(), Full::Network);
    }
}
