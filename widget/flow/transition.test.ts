import { expect } from 'chai';
import { sessionType, slot, someSlots } from '../test/fixtures.ts';
import { bookingOf } from '../test/stub-backend.ts';
import type { Failure } from '../api/failure.ts';
import type { Message } from './message.ts';
import { startSelectTime } from './open-times.ts';
import { showBooking } from './show-booking.ts';
import type { Details, State } from './state.ts';
import { transition } from './transition.ts';

const details: Details = {
  name: 'Ada Okafor',
  email: 'ada@example.com',
  answers: {},
  guests: [],
  notes: 'Hello',
};
const booking = bookingOf(
  {
    sessionTypeId: 'workshop',
    timeSlot: slot('2026-11-19T13:45'),
    clientDetails: { name: details.name, email: details.email, timezone: 'Europe/Berlin' },
  },
  'b1',
);
const handle = { id: 'b1', token: 'token-b1' };

const after = (state: State, ...messages: Message[]) =>
  messages.reduce((before, message) => transition(before.state, message), {
    state,
    effects: [],
  } as ReturnType<typeof transition>);

const atDetails = after(
  startSelectTime('workshop', 'Europe/Berlin').state,
  {
    type: 'first-times-arrived',
    answer: {
      sessionType: sessionType(),
      slots: [...someSlots],
      stale: false,
      from: '2026-11-10T09:30:00.000Z',
      to: '2026-12-11T09:30:00.000Z',
    },
    today: '2026-11-10',
    wanted: null,
  },
  { type: 'choose-slot', slot: slot('2026-11-19T13:45') },
  { type: 'continue' },
  { type: 'draft-read', details, draftId: 'draft' },
).state;
const atConfirm = after(atDetails, { type: 'submit-details' }).state;
const working = after(atConfirm, { type: 'book' }).state;

const refused = (code: (Failure & { is: 'refused' })['code'], more: object = {}): Message => ({
  type: 'confirm-failed',
  failure: { is: 'refused', code, sentence: 'No.', fields: {}, slots: [], ...more },
});

describe('the flow', () => {
  it('goes from the time over the details to the confirmation', () => {
    expect(atDetails.step).to.equal('ENTER_DETAILS');
    expect(atConfirm).to.include({ step: 'CONFIRM_BOOKING' });
  });

  it('goes back without losing anything', () => {
    const typed = after(atDetails, { type: 'edit-details', details: { notes: 'Typed' } });
    expect(typed.effects.map(({ type }) => type)).to.deep.equal(['save-details']);
    const back = after(typed.state, { type: 'go-back' }).state;
    expect(back).to.include({ step: 'SELECT_TIME', day: '2026-11-19' });
    const again = after(
      back,
      { type: 'continue' },
      { type: 'draft-read', details, draftId: 'another' },
    ).state;
    expect(again.details?.notes).to.equal('Typed');
    expect(again.draftId).to.equal('draft');
  });

  it('asks once, however often the button is pressed', () => {
    const first = transition(atConfirm, { type: 'book' });
    expect(first.effects.map(({ type }) => type)).to.deep.equal(['confirm-booking']);
    expect(transition(first.state, { type: 'book' }).effects).to.deep.equal([]);
  });

  it('stays while a request is on its way', () => {
    const ways: Message[] = [
      { type: 'go-back' },
      { type: 'change-details' },
      { type: 'change-time' },
    ];
    for (const message of ways) expect(transition(working, message).state).to.equal(working);
  });

  it('tries again with the same key after an answer that never came', () => {
    const keyOf = (state: State) => {
      const [effect] = transition(state, { type: 'book' }).effects;
      return effect?.type === 'confirm-booking' ? effect.attempt.key : undefined;
    };
    const failed = after(working, { type: 'confirm-failed', failure: { is: 'unreachable' } }).state;
    expect(failed).to.deep.include({
      attempt: { is: 'failed', reason: 'unreachable', sentence: '' },
    });
    expect(keyOf(failed)).to.equal(keyOf(atConfirm));
    const edited = after(
      failed,
      { type: 'change-details' },
      { type: 'edit-details', details: { notes: 'Other' } },
      { type: 'submit-details' },
    ).state;
    expect(keyOf(edited)).to.equal(keyOf(atConfirm));
  });

  it('ends where Calendly has the booking, and says so once', () => {
    const done = transition(working, { type: 'confirm-answered', handle, booking });
    expect(done.state).to.include({ step: 'BOOKING_COMPLETE' });
    expect(done.effects.filter(({ type }) => type === 'booking-confirmed')).to.have.length(1);
    const again = transition(done.state, { type: 'booking-arrived', handle, booking });
    expect(again.effects.filter(({ type }) => type === 'booking-confirmed')).to.deep.equal([]);
  });

  it('waits while the booking is not settled, and says nothing before it is true', () => {
    for (const status of ['scheduling', 'awaiting_invitee'] as const) {
      const waiting = transition(working, {
        type: 'confirm-answered',
        handle,
        booking: { ...booking, status },
      });
      expect(waiting.state.step, status).to.equal('CONFIRM_BOOKING');
      expect(waiting.effects.map(({ type }) => type)).to.include('watch-booking');
      expect(waiting.effects.map(({ type }) => type)).not.to.include('booking-confirmed');
      const settled = transition(waiting.state, { type: 'booking-arrived', handle, booking });
      expect(settled.state.step).to.equal('BOOKING_COMPLETE');
      expect(settled.effects.map(({ type }) => type)).to.include('booking-confirmed');
    }
  });

  it('returns to the times when the slot is gone, with fresh ones and the details kept', () => {
    const free = slot('2026-11-19T19:00');
    const { state, effects } = transition(working, refused('slot_taken', { slots: [free] }));
    if (state.step !== 'SELECT_TIME') throw new Error(state.step);
    expect(state.lostSlot?.startTime).to.equal('2026-11-19T13:45:00.000Z');
    expect(state).to.include({ day: '2026-11-19', slot: null });
    const starts = state.times.slots.map(({ startTime }) => startTime);
    expect(starts).to.include(free.startTime);
    expect(starts).not.to.include('2026-11-19T13:45:00.000Z');
    expect(starts).to.deep.equal(starts.toSorted());
    expect(state.details).to.deep.include(details);
    expect(effects.map(({ type }) => type)).to.include('report-failure');
  });

  it('returns to the fields that the server refuses', () => {
    const fields = { 'clientDetails.email': 'Please check this e-mail address.' };
    const { state } = transition(working, refused('invalid_request', { fields }));
    expect(state).to.deep.include({ step: 'ENTER_DETAILS', fields });
  });

  it('stays with a sentence and a way on after any other refusal', () => {
    for (const code of [
      'too_many_requests',
      'scheduling_unavailable',
      'scheduling_refused',
      'internal_error',
      'sign_in_required',
      'idempotency_key_reused',
    ] as const) {
      const { state } = transition(working, refused(code));
      expect(state, code).to.deep.include({
        step: 'CONFIRM_BOOKING',
        attempt: { is: 'failed', reason: code, sentence: 'No.' },
      });
    }
  });

  it('does not care for news of another booking', () => {
    const done = transition(working, { type: 'confirm-answered', handle, booking }).state;
    const other = { id: 'b0', token: 'x' };
    const news: Message = {
      type: 'booking-arrived',
      handle: other,
      booking: { ...booking, id: 'b0', status: 'canceled' },
    };
    expect(transition(done, news).state).to.equal(done);
  });

  it('opens the payment page once, and never by itself after that', () => {
    const held = {
      ...booking,
      status: 'awaiting_payment',
      paymentStatus: 'open',
      checkoutUrl: 'https://checkout.example/1',
      holdExpiresAt: '2026-11-10T09:55:00.000Z',
    } as const;
    const opened = (effects: readonly { type: string }[]) =>
      effects.filter(({ type }) => type === 'open-checkout').length;
    const leaving = transition(working, { type: 'confirm-answered', handle, booking: held });
    expect(leaving.state.step).to.equal('PROCESS_PAYMENT');
    expect(opened(leaving.effects)).to.equal(1);
    const news = { ...held, location: null };
    const told = transition(leaving.state, { type: 'booking-arrived', handle, booking: news });
    expect(opened(told.effects)).to.equal(0);
    const back = transition(told.state, { type: 'come-back' });
    const url = 'https://checkout.example/2';
    const renewed = { ...held, checkoutUrl: url };
    const later = transition(back.state, { type: 'booking-arrived', handle, booking: renewed });
    expect(opened([...back.effects, ...later.effects])).to.equal(0);
  });

  it('guesses nothing about money: what an answer leaves open is asked for', () => {
    const { state, effects } = transition(working, {
      type: 'confirm-answered',
      handle,
      booking: null,
    });
    expect(state).to.deep.include({ step: 'BOOKING_COMPLETE', record: { is: 'loading' } });
    expect(effects).to.deep.equal([{ type: 'load-booking', handle }]);
    const told = transition(state, { type: 'booking-arrived', handle, booking });
    expect(told.effects.map(({ type }) => type)).to.include('booking-confirmed');
  });

  it('takes another key after an end that the same one would only tell of again', () => {
    const refusedWithDraft = { ...refused('payments_unavailable'), draftId: 'other' } as Message;
    expect(transition(working, refusedWithDraft).state.draftId).to.equal('other');
    expect(transition(working, refused('scheduling_unavailable')).state.draftId).to.equal('draft');
  });

  it('understands every message in every step without a throw', () => {
    const done = transition(working, { type: 'confirm-answered', handle, booking }).state;
    const states = [
      startSelectTime(null, 'UTC').state,
      startSelectTime('workshop', 'UTC').state,
      atDetails,
      atConfirm,
      working,
      done,
      transition(working, {
        type: 'confirm-answered',
        handle,
        booking: { ...booking, status: 'scheduling' },
      }).state,
      ...(['awaiting_payment', 'scheduling', 'rejected', 'expired', 'canceled'] as const).map(
        (status) =>
          showBooking(working, handle, { ...booking, status, paymentStatus: 'released' }).state,
      ),
      { ...startSelectTime('workshop', 'UTC').state, step: 'PROCESS_PAYMENT', slot: null } as State,
    ];
    const range = { from: '2026-12-11T09:30:00.000Z', to: '2026-12-31T23:00:00.000Z' };
    const failure: Failure = { is: 'unreachable' };
    const answer = { sessionType: sessionType(), slots: [], stale: true, ...range };
    const messages: Message[] = [
      { type: 'choose-session-type', sessionTypeId: null },
      { type: 'session-types-arrived', sessionTypes: [] },
      { type: 'first-times-arrived', answer, today: '2026-11-10', wanted: null },
      { type: 'first-times-failed', failure },
      { type: 'choose-day', day: '2026-11-19' },
      { type: 'choose-slot', slot: null },
      { type: 'look-around' },
      { type: 'refresh' },
      { type: 'times-arrived', answer, range },
      { type: 'times-failed', failure, range },
      { type: 'show-month', month: '2026-12' },
      { type: 'change-zone', zone: 'Asia/Tokyo' },
      { type: 'retry' },
      { type: 'continue' },
      { type: 'draft-read', details, draftId: 'd' },
      { type: 'go-back' },
      { type: 'edit-details', details: { name: 'Eva' } },
      { type: 'submit-details' },
      { type: 'change-details' },
      { type: 'change-time' },
      { type: 'book' },
      { type: 'confirm-answered', handle, booking },
      { type: 'confirm-failed', failure },
      { type: 'booking-arrived', handle, booking },
      { type: 'booking-failed', failure },
      { type: 'ask-to-cancel' },
      { type: 'keep-booking' },
      { type: 'cancel-booking', reason: '' },
      { type: 'change-answered', handle, booking },
      { type: 'change-failed', failure },
      { type: 'reschedule-booking' },
      { type: 'start-over' },
      { type: 'leave' },
      { type: 'still-here', handle },
      { type: 'come-back' },
      { type: 'second-passed', handle, msLeft: 0 },
      { type: 'give-back', next: 'times' },
      { type: 'settling-took-long', handle },
      { type: 'free-times-arrived', handle, answer },
      { type: 'free-times-arrived', handle, answer: null },
    ];
    for (const state of states) {
      for (const message of messages) {
        expect(transition(state, message).state.step, `${state.step} ${message.type}`).to.be.a(
          'string',
        );
      }
    }
  });
});
