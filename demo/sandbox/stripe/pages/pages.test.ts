import { describe, expect, test } from 'vitest';
import { exampleShop, type ExampleShop } from '../shop.example.ts';

interface Page {
  status: number;
  location: string | null;
  text: string;
  headers: Headers;
}

/** A browser without scripts: it follows addresses and sends forms. */
async function visit(shop: ExampleShop, url: string, form?: Record<string, string>): Promise<Page> {
  const response = await shop.sandbox.fetch(new URL(url, 'https://checkout.stripe.com').href, {
    ...(form && { method: 'POST', body: new URLSearchParams(form).toString() }),
  });
  return {
    status: response.status,
    location: response.headers.get('Location'),
    text: await response.text(),
    headers: response.headers,
  };
}

const card = (number = '4242 4242 4242 4242'): Record<string, string> => ({
  method: 'card',
  number,
  expiry: '12 / 34',
  cvc: '123',
});

const pageOf = async (shop: ExampleShop): Promise<{ id: string; url: string }> => {
  const { id, url } = await shop.open();
  return { id, url: url ?? '' };
};

describe('the Checkout page', () => {
  test('shows what it is, what it costs, for whom, and the way back', async () => {
    const shop = exampleShop();
    const page = await visit(shop, (await pageOf(shop)).url);
    expect(page.status).toBe(200);
    for (const shown of [
      'Talk &amp; walk',
      '€49.00',
      'ada@example.org',
      'https://portfolio.example/back',
    ])
      expect(page.text).toContain(shown);
    expect(page.text).toMatch(/<button class="primary"[^>]*>\s*Book\s*<\/button>/);
    expect(page.text).toContain('4000 0025 0000 3155');
  });

  test('can be framed by nobody', async () => {
    const shop = exampleShop();
    const { headers } = await visit(shop, (await pageOf(shop)).url);
    expect(headers.get('X-Frame-Options')).toBe('DENY');
    expect(headers.get('Content-Security-Policy')).toContain("frame-ancestors 'none'");
  });

  test('asks for an e-mail where the shop gave none', async () => {
    const shop = exampleShop();
    const { customer_email: _, cancel_url: __, ...wish } = shop.wish();
    const { id, url } = await shop.stripe.checkout.sessions.create(wish);
    const page = await visit(shop, url ?? '');
    expect(page.text).toContain('name="email"');
    expect(page.text).not.toContain('← Back');
    expect((await visit(shop, url ?? '', card())).status).toBe(422);
    await visit(shop, url ?? '', { ...card(), email: 'bob@example.org' });
    const paid = await shop.stripe.checkout.sessions.retrieve(id);
    expect(paid.customer_details?.email).toBe('bob@example.org');
  });

  test('takes a card and sends the buyer back to the shop with the session’s id', async () => {
    const shop = exampleShop();
    const { id, url } = await pageOf(shop);
    const page = await visit(shop, url, card());
    expect([page.status, page.location]).toEqual([
      303,
      `https://book.example.com/return?session=${id}`,
    ]);
    expect(shop.sandbox.state.paymentIntents).toMatchObject([{ status: 'requires_capture' }]);
  });

  test.each([
    [{ number: '' }, 'Your card number is incomplete.'],
    [{ number: '4242 4242 4242 4241' }, 'Your card number is invalid.'],
    [{ expiry: '13 / 34' }, 'Your card&#39;s expiration date is incomplete.'],
    [{ expiry: '10/26' }, 'Your card&#39;s expiration year is in the past.'],
    [{ cvc: '1' }, 'Your card&#39;s security code is incomplete.'],
  ])('says what is wrong with %j beside the field', async (changes, problem) => {
    const shop = exampleShop();
    const page = await visit(shop, (await pageOf(shop)).url, { ...card(), ...changes });
    expect(page.status).toBe(422);
    expect(page.text).toContain(problem);
    expect(page.text).toContain('aria-invalid="true"');
    expect(shop.sandbox.state.paymentIntents).toEqual([]);
  });

  test('stays with the reason when the card is declined, and takes another one', async () => {
    const shop = exampleShop();
    const { url } = await pageOf(shop);
    const declined = await visit(shop, url, card('4000000000009995'));
    expect(declined.status).toBe(402);
    expect(declined.text).toContain('Your card has insufficient funds.');
    expect(declined.text).toContain('role="alert"');
    expect((await visit(shop, url, card())).status).toBe(303);
  });

  test('declines a real card, for this is test mode', async () => {
    const shop = exampleShop();
    const page = await visit(shop, (await pageOf(shop)).url, card('4111111111111111'));
    expect(page.status).toBe(402);
    expect(page.text).toContain('non test card');
  });

  test('is not cancelled by leaving it', async () => {
    const shop = exampleShop();
    const { id, url } = await pageOf(shop);
    shop.sandbox.cancelOnPage(id);
    expect((await shop.stripe.checkout.sessions.retrieve(id)).status).toBe('open');
    expect((await visit(shop, url, card())).status).toBe(303);
  });

  test('takes a bank debit where money may come later', async () => {
    const shop = exampleShop();
    const { allowed_payment_method_types: _, ...wish } = shop.wish({ payment_intent_data: {} });
    const { url } = await shop.stripe.checkout.sessions.create(wish);
    expect((await visit(shop, url ?? '', { method: 'debit', iban: 'DE00' })).status).toBe(422);
    const page = await visit(shop, url ?? '', {
      method: 'debit',
      iban: 'DE89 3704 0044 0532 0130 00',
    });
    expect(page.status).toBe(303);
    expect(shop.sandbox.state.paymentIntents).toMatchObject([{ status: 'processing' }]);
  });
});

describe('3-D Secure', () => {
  const toBank = async (shop: ExampleShop): Promise<{ id: string; url: string; bank: string }> => {
    const { id, url } = await pageOf(shop);
    const page = await visit(shop, url, card('4000002500003155'));
    expect(page.status).toBe(303);
    return { id, url, bank: page.location ?? '' };
  };

  test('asks on a page of the bank’s and goes on when approved', async () => {
    const shop = exampleShop();
    const { id, bank } = await toBank(shop);
    expect((await visit(shop, bank)).text).toContain('Is this payment yours?');
    expect(shop.sandbox.state.paymentIntents).toMatchObject([{ status: 'requires_action' }]);
    const page = await visit(shop, bank, { answer: 'approve' });
    expect(page.location).toBe(`https://book.example.com/return?session=${id}`);
    expect(shop.sandbox.state.charges).toMatchObject([
      { payment_method_details: { card: { three_d_secure: { result: 'authenticated' } } } },
    ]);
  });

  test('returns to the form when it fails', async () => {
    const shop = exampleShop();
    const { url, bank } = await toBank(shop);
    const page = await visit(shop, bank, { answer: 'fail' });
    expect([page.status, page.text.includes('unable to authenticate')]).toEqual([402, true]);
    // The form stands on the bank's address and is sent to its own.
    const action = /<form method="post" action="([^"]+)"/.exec(page.text)?.[1] ?? '';
    expect(url.endsWith(action)).toBe(true);
    expect((await visit(shop, action, card())).status).toBe(303);
  });

  test('left open, can be taken up again', async () => {
    const shop = exampleShop();
    const { url, bank } = await toBank(shop);
    expect((await visit(shop, url)).status).toBe(200);
    expect((await visit(shop, bank)).status).toBe(200);
    expect((await visit(shop, url, card())).status).toBe(303);
    expect((await visit(shop, bank)).text).toContain('already been paid');
    expect(shop.sandbox.state.charges).toHaveLength(1);
  });

  test('comes to nothing when the session has expired meanwhile', async () => {
    const shop = exampleShop();
    const { id, bank } = await toBank(shop);
    await shop.stripe.checkout.sessions.expire(id);
    expect((await visit(shop, bank, { answer: 'approve' })).text).toContain('all done here');
    expect(shop.sandbox.state.charges).toEqual([]);
  });
});

describe('a Checkout page that is over', () => {
  test('says that it has expired', async () => {
    const shop = exampleShop();
    const { id, url } = await pageOf(shop);
    await shop.stripe.checkout.sessions.expire(id);
    const page = await visit(shop, url);
    expect([page.status, page.text.includes('This page has expired')]).toEqual([410, true]);
  });

  test('says that it was paid, with the way on', async () => {
    const shop = exampleShop();
    const { id, url } = await pageOf(shop);
    shop.sandbox.pay(id);
    const page = await visit(shop, url);
    expect(page.text).toContain('This has already been paid');
    expect(page.text).toContain(`https://book.example.com/return?session=${id}`);
  });

  test('tells whoever presses Pay on an old page what Stripe tells them', async () => {
    const shop = exampleShop();
    const { id, url } = await pageOf(shop);
    await shop.stripe.checkout.sessions.expire(id);
    expect((await visit(shop, url, card())).text).toContain('You’re all done here');
    expect(shop.sandbox.state.paymentIntents).toEqual([]);
  });

  test('was never there', async () => {
    expect((await visit(exampleShop(), '/c/pay/cs_test_x')).status).toBe(404);
  });
});

describe('the way back to the shop', () => {
  const stuck = (): Promise<Response> => new Promise(() => undefined);

  test('waits until the shop has taken the event', async () => {
    const shop = exampleShop();
    await visit(shop, (await pageOf(shop)).url, card());
    expect(shop.types()).toContain('checkout.session.completed');
  });

  test('waits ten seconds for a shop that does not answer', async () => {
    const shop = exampleShop();
    shop.receiver.answer = stuck;
    let page: Page | undefined;
    void visit(shop, (await pageOf(shop)).url, card()).then((reached) => (page = reached));
    await shop.clock.advance(9_999);
    expect(page).toBeUndefined();
    await shop.clock.advance(1);
    expect(page?.status).toBe(303);
  });

  test('does not wait when the redirect is to come before the webhook', async () => {
    const shop = exampleShop();
    shop.sandbox.trouble.redirectBeforeWebhook = true;
    const page = await visit(shop, (await pageOf(shop)).url, card());
    expect(page.status).toBe(303);
    expect(shop.received).toEqual([]);
    await shop.clock.advance(2_000);
    expect(shop.types()).toContain('checkout.session.completed');
  });
});
