import { expect } from 'chai';
import { until } from '../test/mount.ts';
import { aBooking, LaterBackend } from '../steps/test/later-backend.ts';
import { Visitor } from '../steps/test/visit.ts';

const settling = { status: 'scheduling' } as const;

const open = (backend = new LaterBackend()): Visitor => {
  backend.change(settling);
  return new Visitor(backend, { booking: { id: 'b1', token: 'token' } });
};

describe('news of a booking', () => {
  it('comes by stream, with the token, and without any question', async () => {
    const backend = new LaterBackend();
    const streams = backend.startStreaming();
    const visitor = open(backend);
    await visitor.heading('Booking your time');
    await until(() => streams.length > 0);
    expect(backend.streamRequests[0]?.headers.get('authorization')).to.equal('Bearer token');
    const asked = backend.sent('/b1').length;
    streams[0]?.write(': still here\n\n');
    visitor.time.pass(30_000);
    streams[0]?.send(backend.change({ status: 'confirmed' }));
    await visitor.heading('You’re booked');
    expect(backend.sent('/b1')).to.have.length(asked);
    // Nothing more is to come.
    await until(() => streams[0]?.isCanceled);
    expect(streams).to.have.length(1);
  });

  it('is understood however the stream is cut into pieces', async () => {
    const backend = new LaterBackend();
    const streams = backend.startStreaming();
    const visitor = open(backend);
    await visitor.heading('Booking your time');
    await until(() => streams.length > 0);
    const news = `:x\r\nid: 1\r\nevent: booking\r\ndata: ${JSON.stringify(
      aBooking({ name: 'Zoë' }),
    ).replace('{', '{\r\ndata:')}\r\n\r\n`;
    for (const piece of ['event: other\ndata: {}\n\n', 'event: booking\ndata: {"id":7}\n\n']) {
      streams[0]?.write(piece);
    }
    for (const piece of news.match(/[^]{1,7}/g) ?? []) streams[0]?.write(piece);
    await visitor.heading('You’re booked');
  });

  const withoutStream: [string, (backend: LaterBackend) => void][] = [
    ['an old server', () => undefined],
    [
      'a proxy that knows no streams',
      (backend) => {
        backend.stream = () => new Response('<html>', { status: 502 });
      },
    ],
    [
      'a proxy that holds the stream back',
      (backend) => {
        backend.stream = () => new Promise<Response>(() => undefined);
      },
    ],
    [
      'a network that breaks',
      (backend) => {
        backend.stream = () => Promise.reject(new TypeError('no network'));
      },
    ],
  ];
  for (const [what, prepare] of withoutStream) {
    it(`comes by asking where there is no stream: ${what}`, async () => {
      const backend = new LaterBackend();
      prepare(backend);
      const visitor = open(backend);
      await visitor.heading('Booking your time');
      backend.change({ status: 'confirmed' });
      await visitor.wait(() => visitor.text.includes('You’re booked'));
      expect(backend.streamRequests).to.have.length(1);
    });
  }

  it('goes on when the stream breaks, by asking and by another stream', async () => {
    const backend = new LaterBackend();
    const streams = backend.startStreaming();
    const visitor = open(backend);
    await visitor.heading('Booking your time');
    await until(() => streams.length === 1);
    streams[0]?.break();
    await visitor.wait(() => streams.length === 2);
    streams[1]?.end();
    await visitor.wait(() => streams.length === 3);
    // The third says nothing at all for longer than a stream does.
    backend.change({ status: 'confirmed' });
    await visitor.wait(() => visitor.text.includes('You’re booked'));
    expect(backend.sent('/b1').length).to.be.greaterThan(1);
  });

  it('is not undone by an older answer that comes after it', async () => {
    const backend = new LaterBackend();
    const streams = backend.startStreaming();
    const visitor = open(backend);
    await visitor.heading('Booking your time');
    await until(() => streams.length > 0);
    const held: (() => void)[] = [];
    const old = backend.current();
    backend.read = () => new Promise((resolve) => held.push(() => resolve(old)));
    document.dispatchEvent(new Event('visibilitychange'));
    await until(() => held.length === 1);
    streams[0]?.send(
      backend.change({ status: 'awaiting_invitee', continueUrl: 'https://x.example' }),
    );
    await visitor.heading('One last step on Calendly');
    backend.read = () => backend.current();
    const asked = backend.sent('/b1').length;
    for (const answer of held) answer();
    await until(() => backend.sent('/b1').length > asked);
    await visitor.drawn();
    await visitor.heading('One last step on Calendly');
  });

  it('stops while the page is put away, so that it can come back as it was', async () => {
    const backend = new LaterBackend();
    const streams = backend.startStreaming();
    const visitor = open(backend);
    await visitor.heading('Booking your time');
    await until(() => streams.length === 1);
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    await until(() => streams[0]?.isCanceled);
    document.dispatchEvent(new Event('visibilitychange'));
    await until(() => streams.length === 2);
    streams[1]?.send(backend.change({ status: 'confirmed' }));
    await visitor.heading('You’re booked');
  });
});
