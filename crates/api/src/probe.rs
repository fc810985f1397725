//! Asks a running service whether it is ready: what a container's health check runs, without a client program in the image.

use std::{
    io::{self, Read, Write},
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream},
    time::Duration,
};

/// The longest that connecting, writing or reading may take, each.
const TIMEOUT: Duration = Duration::from_secs(2);
/// More than any status line has.
const STATUS_LINE_MAX_BYTES: u64 = 256;

/// Why the service does not count as ready.
#[derive(Debug, thiserror::Error)]
pub enum NotReady {
    /// Nobody answers.
    #[error("no answer from {0}")]
    Silent(SocketAddr, #[source] io::Error),
    /// It answers something else than 200.
    #[error("{0} answers `{1}`")]
    Answer(SocketAddr, String),
}

/// Asks `GET /health/ready` of the service on this machine that listens on `listen`.
///
/// # Errors
///
/// Unless the answer is 200.
pub fn ready(listen: SocketAddr) -> Result<(), NotReady> {
    let address = reachable(listen);
    let status = status_line(address).map_err(|error| NotReady::Silent(address, error))?;
    match status.split(' ').nth(1) {
        Some("200") => Ok(()),
        _ => Err(NotReady::Answer(address, status)),
    }
}

/// "All addresses" is where to listen, not where to connect.
fn reachable(listen: SocketAddr) -> SocketAddr {
    let ip = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip => ip,
    };
    SocketAddr::new(ip, listen.port())
}

fn status_line(address: SocketAddr) -> io::Result<String> {
    let mut stream = TcpStream::connect_timeout(&address, TIMEOUT)?;
    stream.set_read_timeout(Some(TIMEOUT))?;
    stream.set_write_timeout(Some(TIMEOUT))?;
    // One write, so that the request leaves in one packet.
    let request = format!("GET /health/ready HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes())?;
    let mut head = Vec::new();
    stream.take(STATUS_LINE_MAX_BYTES).read_to_end(&mut head)?;
    Ok(String::from_utf8_lossy(&head).lines().next().unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use std::{net::TcpListener, thread};

    use super::*;

    /// A server on all addresses that answers one request.
    fn answering(answer: &'static str) -> SocketAddr {
        let listener = TcpListener::bind("0.0.0.0:0").unwrap();
        let address = listener.local_addr().unwrap();
        thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = [0; 1024];
            let count = stream.read(&mut request).unwrap();
            assert!(request[..count].starts_with(b"GET /health/ready HTTP/1.1\r\n"));
            stream.write_all(answer.as_bytes()).unwrap();
        });
        address
    }

    #[test]
    fn ready_is_200_and_nothing_else() {
        ready(answering("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")).unwrap();
        let busy = ready(answering("HTTP/1.1 503 Service Unavailable\r\n\r\n")).unwrap_err();
        assert!(matches!(busy, NotReady::Answer(_, status) if status.contains("503")));
        assert!(matches!(ready(answering("")).unwrap_err(), NotReady::Answer(_, _)));
    }

    #[test]
    fn nobody_there_is_not_ready() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        drop(listener);
        assert!(matches!(ready(address).unwrap_err(), NotReady::Silent(_, _)));
    }
}
