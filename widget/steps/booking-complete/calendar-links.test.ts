import { expect } from 'chai';
import { googleCalendarUrl, outlookCalendarUrl } from './calendar-links.ts';

const entry = {
  title: 'Pricing & more, with Ines + Tom',
  startTime: '2026-11-19T13:45:00.000Z',
  endTime: '2026-11-19T14:45:00.000Z',
  details: 'Join: https://meet.google.com/abc?x=1&y=2',
  location: 'Lausitzer Straße 12',
};

describe('a link into a calendar', () => {
  it('of Google has everything filled in', () => {
    const url = new URL(googleCalendarUrl(entry));
    expect(url.origin + url.pathname).to.equal('https://calendar.google.com/calendar/render');
    expect(Object.fromEntries(url.searchParams)).to.deep.equal({
      action: 'TEMPLATE',
      text: entry.title,
      dates: '20261119T134500Z/20261119T144500Z',
      details: entry.details,
      location: entry.location,
    });
  });

  it('of Outlook has everything filled in, and no plus signs for spaces', () => {
    const text = outlookCalendarUrl(entry);
    const url = new URL(text);
    expect(url.origin + url.pathname).to.equal(
      'https://outlook.live.com/calendar/0/deeplink/compose',
    );
    expect(Object.fromEntries(url.searchParams)).to.deep.equal({
      path: '/calendar/action/compose',
      rru: 'addevent',
      subject: entry.title,
      startdt: entry.startTime,
      enddt: entry.endTime,
      body: entry.details,
      location: entry.location,
    });
    expect(text).not.to.include('+');
  });

  it('leaves out what is not known', () => {
    const text = googleCalendarUrl({ ...entry, details: '', location: '' });
    expect(text).not.to.match(/details|location/);
  });

  it('stays an address whatever strangers wrote', () => {
    const title = `"><script>\ud800&dates=1#${'x'.repeat(5000)}`;
    for (const url of [googleCalendarUrl, outlookCalendarUrl]) {
      const made = new URL(url({ ...entry, title }));
      expect(made.hash).to.equal('');
      expect(made.href).not.to.match(/[<>"]/);
      expect(made.href.length).to.be.below(6000);
      expect(made.searchParams.getAll('dates').length).to.be.below(2);
    }
  });
});
