//! One HTTP/1.1 connection that is kept alive: as little work as possible, because it shares the processors with what it measures.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::outcome::Outcome;

/// The longest answer that is read, in bytes.
const ANSWER_MAX: usize = 16 * 1024 * 1024;

/// A connection to the server.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
    host: SocketAddr,
}

impl Connection {
    /// Connects.
    pub async fn open(address: SocketAddr) -> Outcome<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(64 * 1024), host: address })
    }

    /// The whole of a request with that body, ready to be sent as often as needed.
    pub fn request(host: SocketAddr, token: Option<&str>, body: &[u8]) -> Vec<u8> {
        let authorization = token.map(|token| format!("authorization: Bearer {token}\r\n")).unwrap_or_default();
        let head = format!(
            "POST /graphql HTTP/1.1\r\nhost: {host}\r\ncontent-type: application/json\r\n\
             accept: application/graphql-response+json\r\n{authorization}content-length: {}\r\n\r\n",
            body.len()
        );
        [head.as_bytes(), body].concat()
    }

    /// Sends a body and answers the answer's body.
    pub async fn ask(&mut self, token: Option<&str>, body: &[u8]) -> Outcome<&[u8]> {
        let request = Self::request(self.host, token, body);
        self.send(&request).await
    }

    /// Sends a request made by [`Connection::request`] and answers the body; anything but 200 is an error.
    pub async fn send(&mut self, request: &[u8]) -> Outcome<&[u8]> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        let head = loop {
            self.read_some().await?;
            if let Some(end) = find(&self.buffer, b"\r\n\r\n") {
                break end + 4;
            }
        };
        let text = std::str::from_utf8(self.buffer.get(..head).unwrap_or_default())?.to_ascii_lowercase();
        let length = text.lines().find_map(|line| line.strip_prefix("content-length:"));
        let length: usize = length.ok_or("an answer without a length")?.trim().parse()?;
        while self.buffer.len() < head + length {
            self.read_some().await?;
        }
        let body = self.buffer.get(head..head + length).unwrap_or_default();
        if text.starts_with("http/1.1 200 ") {
            Ok(body)
        } else {
            Err(format!("{}{}", text, String::from_utf8_lossy(body)).into())
        }
    }

    async fn read_some(&mut self) -> Outcome<()> {
        if self.stream.read_buf(&mut self.buffer).await? == 0 {
            return Err("the server closed the connection".into());
        }
        if self.buffer.len() > ANSWER_MAX { Err("an answer without an end".into()) } else { Ok(()) }
    }
}

/// Where `needle` begins in `hay`.
pub fn find(hay: &[u8], needle: &[u8]) -> Option<usize> {
    hay.windows(needle.len()).position(|window| window == needle)
}
