import { expect } from 'chai';
import { bookingStatuses } from '../../../server/contract/booking.ts';
import { englishLaterSteps } from '../../i18n/en-later-steps.ts';
import { aBooking } from '../test/later-backend.ts';
import { outcomeOf } from './outcome.ts';

describe('the outcome', () => {
  it('has words for every status', () => {
    for (const status of bookingStatuses) {
      const { title, help } = outcomeOf(aBooking({ status }));
      for (const key of [title, ...help]) expect(englishLaterSteps, status).to.have.property(key);
    }
  });

  it('of a confirmed booking is booked, moved, or about to be canceled', () => {
    expect(outcomeOf(aBooking()).title).to.equal('bookedTitle');
    expect(outcomeOf(aBooking(), true).title).to.equal('movedTitle');
    expect(outcomeOf(aBooking({ cancelRequested: true }), true)).to.include({
      is: 'waiting',
      title: 'cancelingTitle',
    });
  });

  it('says who canceled, as far as that is known', () => {
    const help = (canceledBy: 'host' | 'invitee' | null, hostName: string | null = 'Ines') =>
      outcomeOf(aBooking({ status: 'canceled', canceledBy, hostName })).help;
    expect(help('invitee')).to.deep.equal(['canceledByInvitee']);
    expect(help('host')).to.deep.equal(['canceledByHost']);
    expect(help('host', null)).to.deep.equal(['canceledByHostAlone']);
    expect(help(null)).to.deep.equal([]);
  });

  it('tells a lost slot from a booking that Calendly did not want', () => {
    const help = (rejection: 'slot_taken' | 'refused' | null) =>
      outcomeOf(aBooking({ status: 'rejected', rejection })).help;
    expect(help('slot_taken')).to.deep.equal(['notBookedTaken']);
    expect(help('refused')).to.deep.equal(['notBookedByCalendly']);
  });
});
