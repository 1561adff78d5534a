/** Descriptions as small as the relay lets pass, and ways to spoil them. */
export const GOOD_SDP = [
  'v=0',
  'o=- 1 2 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'a=fingerprint:sha-256 AA:BB',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111',
  'a=rtpmap:111 opus/48000/2',
  'm=video 9 UDP/TLS/RTP/SAVPF 96',
  'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
  '',
].join('\r\n')

export const BAD_SDPS: Readonly<Record<string, string>> = {
  'no fingerprint': GOOD_SDP.replace(/a=fingerprint.*\r\n/, ''),
  'sha-1': GOOD_SDP.replace('sha-256', 'sha-1'),
  SDES: `${GOOD_SDP}a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x\r\n`,
  'two videos': `${GOOD_SDP}m=video 9 UDP/TLS/RTP/SAVPF 96\r\n`,
  'no audio': GOOD_SDP.replace(/m=audio.*\r\na=rtpmap.*\r\n/, ''),
  'no Opus': GOOD_SDP.replace(/a=rtpmap.*\r\n/, ''),
  'another medium': `${GOOD_SDP}m=text 9 UDP/TLS/RTP/SAVPF 98\r\n`,
  'no media': 'v=0\r\na=fingerprint:sha-256 AA\r\n',
}
