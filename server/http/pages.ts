import { Hono } from 'hono';

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="robots" content="noindex">
    <meta name="referrer" content="no-referrer">
    <title>Your booking</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="../booking-page.css">
    <script type="module" src="../booking-page.js"></script>
  </head>
  <body>
    <main>
      <h1>Your booking</h1>
      <booking-calendar></booking-calendar>
      <noscript>This page needs JavaScript to show your booking.</noscript>
    </main>
  </body>
</html>
`;

// The token rides in the fragment: it reaches this script and no server.
const script = `import './booking-calendar.js';

const open = () => {
  const id = decodeURIComponent(location.pathname.split('/').at(-1));
  document.querySelector('booking-calendar').booking = { id, token: location.hash.slice(1) };
};
open();
addEventListener('hashchange', open);
`;

const styles = `:root { color-scheme: light dark; }
body { margin: 0; background: light-dark(#f6f5f1, #0f110f); font-family: system-ui, sans-serif; }
main { box-sizing: border-box; max-width: 1024px; margin: 0 auto; padding: clamp(16px, 4vw, 48px) clamp(0px, 3vw, 32px); }
h1 { margin: 0 0 16px; padding-inline: 16px; color: light-dark(#5d605c, #a8aaa3); font: 500 15px/24px system-ui, sans-serif; }
`;

const headers = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** The booking's own page: status, cancel, reschedule and calendar file, all in the widget itself. */
export function createPages() {
  return new Hono()
    .get('/bookings/:id', (c) => c.html(page, 200, { ...headers, 'cache-control': 'no-store' }))
    .get('/booking-page.js', (c) =>
      c.body(script, 200, {
        ...headers,
        'content-type': 'text/javascript; charset=utf-8',
        'cache-control': 'no-cache',
      }),
    )
    .get('/booking-page.css', (c) =>
      c.body(styles, 200, {
        ...headers,
        'content-type': 'text/css; charset=utf-8',
        'cache-control': 'no-cache',
      }),
    );
}
