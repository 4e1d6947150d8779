import { expect } from 'chai';
import { isPlace, isTimeZone, offsetMinutes, placeOfZone, visitorTimeZone } from './zone.ts';

describe('a time zone', () => {
  it('is one when Intl knows it', () => {
    for (const zone of ['Europe/Berlin', 'UTC', 'America/Argentina/Buenos_Aires', 'US/Pacific']) {
      expect(isTimeZone(zone), zone).to.equal(true);
    }
    for (const zone of [
      '',
      'Mars/Olympus',
      '+01:00',
      'Berlin',
      '../etc/passwd',
      'Europe/Berlin ',
    ]) {
      expect(isTimeZone(zone), zone).to.equal(false);
    }
  });

  it('is the visitor’s own by default', () => {
    expect(isTimeZone(visitorTimeZone())).to.equal(true);
    expect(visitorTimeZone()).to.equal(Intl.DateTimeFormat().resolvedOptions().timeZone);
  });

  it('has the offset of the moment, not of today', () => {
    expect(offsetMinutes('Europe/Berlin', '2026-11-19T12:00:00.000Z')).to.equal(60);
    expect(offsetMinutes('Europe/Berlin', '2026-07-19T12:00:00.000Z')).to.equal(120);
    expect(offsetMinutes('America/New_York', '2026-11-01T05:30:00.000Z')).to.equal(-240);
    expect(offsetMinutes('America/New_York', '2026-11-01T06:30:00.000Z')).to.equal(-300);
    expect(offsetMinutes('Asia/Kathmandu', '2026-11-19T12:00:00.000Z')).to.equal(345);
    expect(offsetMinutes('Australia/Lord_Howe', '2026-11-19T12:00:00.000Z')).to.equal(660);
    expect(offsetMinutes('Australia/Lord_Howe', '2026-07-19T12:00:00.000Z')).to.equal(630);
  });

  it('is known by its place', () => {
    expect(placeOfZone('America/Argentina/Buenos_Aires')).to.equal('Buenos Aires');
    expect(isPlace('Europe/Berlin')).to.equal(true);
    expect(isPlace('UTC')).to.equal(false);
    expect(isPlace('Etc/GMT+5')).to.equal(false);
  });
});
