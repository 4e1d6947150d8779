import { expect } from 'chai';
import type { SessionType } from '../../flow/state.ts';
import { expectAccessible } from '../../test/accessible.ts';
import { LaterBackend } from '../test/later-backend.ts';
import { Visitor } from '../test/visit.ts';

const at = (locations: SessionType['locations']): LaterBackend => {
  const backend = new LaterBackend({ locations });
  return backend;
};
const MANY: SessionType['locations'] = [
  { kind: 'physical', location: 'Lausitzer Straße 12', additionalInfo: 'Third floor' },
  { kind: 'outbound_call', location: null, additionalInfo: null },
  { kind: 'ask_invitee', location: null, additionalInfo: null },
  { kind: 'zoom_conference', location: null, additionalInfo: null },
];
const book = async (visitor: Visitor) => {
  await visitor.fill('Name', 'Ada');
  await visitor.fill('E-mail', 'ada@example.com');
  await visitor.press('Continue');
  await visitor.heading('Check and book');
  await visitor.press('Book');
  await visitor.heading('You’re booked');
  return visitor.backend.confirmRequest.location;
};

describe('the place', () => {
  it('is asked for only when there is a choice', async () => {
    const visitor = await new Visitor().toDetails();
    expect(visitor.text).not.to.include('Where shall we meet?');
    expect(await book(visitor)).to.equal(undefined);
  });

  it('must be chosen, and is sent as it is configured', async () => {
    const visitor = await new Visitor(at(MANY)).toDetails();
    await visitor.press('Continue');
    expect(visitor.text).to.include('Please choose where to meet.');
    await expectAccessible(visitor.element);
    await visitor.choose('Lausitzer Straße 12');
    expect(visitor.text).not.to.include('Please choose where to meet.');
    expect(await book(visitor)).to.deep.equal({
      kind: 'physical',
      location: 'Lausitzer Straße 12',
    });
  });

  it('needs the number for a call, and keeps it when another place is looked at', async () => {
    const visitor = await new Visitor(at(MANY)).toDetails();
    await visitor.choose('Phone call');
    await visitor.fill('Phone number', '12');
    await visitor.leave('Phone number');
    expect(visitor.problem('Phone number')).to.equal(
      'Please give a phone number, with the country code.',
    );
    await visitor.fill('Phone number', '+49 30 1234567');
    await visitor.choose('Zoom');
    await visitor.choose('Phone call');
    expect(visitor.field('Phone number').value).to.equal('+49 30 1234567');
    expect(await book(visitor)).to.deep.equal({
      kind: 'outbound_call',
      location: '+49 30 1234567',
    });
  });

  it('asks for the only missing thing when there is nothing to choose', async () => {
    const visitor = await new Visitor(
      at([{ kind: 'ask_invitee', location: null, additionalInfo: null }]),
    ).toDetails();
    expect(visitor.root.querySelector('[type="radio"]')).to.equal(null);
    await visitor.press('Continue');
    expect(visitor.problem('Place')).to.equal('Please say where to meet.');
    await visitor.fill('Place', 'Café Ada');
    expect(await book(visitor)).to.deep.equal({ kind: 'ask_invitee', location: 'Café Ada' });
  });

  it('is not carried over from what another session offered', async () => {
    const visitor = await new Visitor(at(MANY), {
      prefill: { location: { kind: 'webex_conference' } },
    }).toDetails();
    await visitor.press('Continue');
    expect(visitor.text).to.include('Please choose where to meet.');
  });
});
