/** What strangers put into names, titles, notes and places. */
export const hostileTexts = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  `' onmouseover='alert(1)`,
  '</title></style><script>alert(1)</script>',
  '<!-- & &amp; &lt;b&gt; -->',
  'Ada\r\nBcc: everybody@example.com\r\n\r\nBuy this',
  'Ada\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:Second',
  'a\\b;c,d:e"f^g\\n',
  'half \ud83d of an emoji \ude00',
  '\u202egnp.exe \u2066hidden',
  'line\u2028separator\u2029paragraph\u0085next\u000bvertical\u0000nul',
  '🧑‍🚀'.repeat(60),
  'ä'.repeat(300),
  '=?utf-8?B?QmNjOiB4QGV4YW1wbGUuY29t?=',
  '${7*7} {{7*7}} %0d%0aBcc: x@example.com',
];
