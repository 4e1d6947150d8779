import { expect } from 'chai';
import * as fc from 'fast-check';
import { readReturn, withoutReturn } from './return-address.ts';

/** As the backend sends a visitor back: nothing of the page's own address is touched. */
const sendBack = (page: string, id: string, token: string): string => {
  const url = new URL(page);
  url.search += `${url.search === '' ? '' : '&'}booking-calendar=${id}`;
  if (url.hash === '') url.hash = `booking-calendar=${token}`;
  return url.href;
};

describe('the address that a payment returns to', () => {
  const pages = [
    'https://site.example/',
    'https://site.example/book?a=1&b=%20x+y&c',
    'https://site.example/book?q=%E4%F6&q=ä&=&&',
    'https://site.example/#/book/workshop?step=2',
    'https://site.example/#!/book',
    'https://site.example/book?x#section-2',
    'https://site.example/?booking-calendars=1&my-booking-calendar=2',
    'http://localhost:8080/a%2Fb;c=d?redirect=https://x.example/?booking-calendar%3D1',
  ];
  for (const page of pages) {
    it(`is left as it was, byte for byte: ${page}`, () => {
      const { href } = new URL(page);
      const back = sendBack(href, 'b1', 'tok/en+%20');
      expect(readReturn(back)?.id).to.equal('b1');
      expect(withoutReturn(back)).to.equal(href);
    });
  }

  it('is left as it was, whatever it is', () => {
    const piece = fc.string({
      unit: fc.constantFrom('a', '=', '&', '?', '/', '%', '+', '.', 'ä', ':', '!'),
      maxLength: 12,
    });
    fc.assert(
      fc.property(piece, piece, (query, fragment) => {
        const { href } = new URL(
          `https://site.example/x${query && `?${query}`}${fragment && `#${fragment}`}`,
        );
        expect(withoutReturn(sendBack(href, 'b1', 'token'))).to.equal(href);
        expect(withoutReturn(href)).to.equal(href);
      }),
    );
  });

  it('tells the token only where the page has no fragment of its own', () => {
    expect(readReturn(sendBack('https://site.example/', 'b1', 'abc'))).to.deep.equal({
      id: 'b1',
      token: 'abc',
    });
    expect(readReturn(sendBack('https://site.example/#/book', 'b1', 'abc'))).to.deep.equal({
      id: 'b1',
      token: null,
    });
    expect(readReturn('https://site.example/?a&booking-calendar=b1')?.token).to.equal(null);
  });

  it('tells nothing that is not there', () => {
    for (const href of [
      'https://site.example/',
      'https://site.example/?booking-calendar=',
      'https://site.example/?booking-calendar',
      'https://site.example/#booking-calendar=abc',
      'https://site.example/?a=booking-calendar=b1',
      'https://site.example/?booking-calendar=%E0%A4%A',
    ]) {
      expect(readReturn(href), href).to.equal(null);
    }
  });
});
