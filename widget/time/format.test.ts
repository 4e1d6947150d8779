import { expect } from 'chai';
import { createFormat } from './format.ts';

// Formatters part what belongs together with spaces that do not break; a reader sees a space.
const plain = (text: string) => text.replace(/\s/g, ' ').replaceAll('\u2009', ' ');

describe('what is written', () => {
  const british = createFormat('en-GB', undefined);

  it('names a day whatever zone the browser is in', () => {
    expect(british.day('2026-11-23')).to.equal('Monday 23 November');
    expect(british.month('2026-11')).to.equal('November 2026');
    expect(british.monthName('2026-12')).to.equal('December');
    expect(british.weekday('2026-11-01', 'short')).to.equal('Sun');
  });

  it('tells the time in the zone that is asked for', () => {
    expect(british.time('2026-11-19T13:45:00.000Z', 'Europe/Berlin')).to.equal('14:45');
    expect(
      plain(createFormat('en-US', undefined).time('2026-11-19T13:45:00.000Z', 'America/New_York')),
    ).to.equal('8:45 AM');
  });

  it('uses the clock that the page asks for', () => {
    expect(createFormat('en-US', 'h23').time('2026-11-19T23:05:00.000Z', 'UTC')).to.equal('23:05');
    expect(createFormat('en-US', 'h23').time('2026-11-19T00:05:00.000Z', 'UTC')).to.equal('00:05');
    expect(plain(createFormat('de', 'h12').time('2026-11-19T13:45:00.000Z', 'UTC'))).to.match(
      /^0?1:45 PM$/,
    );
  });

  it('writes a slot as one span', () => {
    const span = plain(
      british.span('2026-11-19T13:45:00.000Z', '2026-11-19T14:45:00.000Z', 'Europe/Berlin'),
    );
    expect(span).to.match(/^Thu,? 19 Nov,? 14:45 ?– ?15:45$/);
  });

  it('writes the hour of a date as it writes the hour of a time', () => {
    const nine = '2026-11-19T09:00:00.000Z';
    expect(british.moment(nine, 'UTC')).to.contain(british.time(nine, 'UTC'));
    const american = createFormat('en-US', undefined);
    expect(american.moment(nine, 'UTC')).to.contain(american.time(nine, 'UTC'));
  });

  it('writes offsets with their sign and their odd minutes', () => {
    expect(british.offset(60)).to.equal('+1');
    expect(british.offset(0)).to.equal('+0');
    expect(british.offset(330)).to.equal('+5:30');
    expect(british.offset(-210)).to.equal('-3:30');
    expect(british.offset(-30)).to.equal('-0:30');
  });

  it('counts money in each currency’s own minor unit', () => {
    expect(british.money({ amount: 4900, currency: 'eur' })).to.equal('€49');
    expect(british.money({ amount: 4950, currency: 'eur' })).to.equal('€49.50');
    expect(british.money({ amount: 4900, currency: 'jpy' })).to.equal('JP¥4,900');
    expect(plain(british.money({ amount: 4900, currency: 'kwd' }))).to.equal('KWD 4.900');
    // Here Stripe and Intl count differently.
    expect(plain(british.money({ amount: 490_000, currency: 'isk' }))).to.equal('ISK 4,900');
    expect(plain(british.money({ amount: 4900, currency: 'mga' }))).to.equal('MGA 4,900');
  });

  it('says minutes, or hours when they are whole', () => {
    expect(plain(british.minutes(60))).to.match(/^60 mins?$/);
    expect(plain(british.minutes(90))).to.match(/^90 mins?$/);
    expect(plain(british.minutes(240))).to.match(/^4 hrs?$/);
  });
});
