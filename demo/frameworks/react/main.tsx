import type { Booking } from 'booking-calendar';
import { BookingCalendar } from 'booking-calendar/react';
import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';

declare const BOOKING_SERVER: string;

function App() {
  const [booking, setBooking] = useState<Booking>();
  return (
    <>
      <h1>Book a call</h1>
      <BookingCalendar
        server={BOOKING_SERVER}
        sessionType="intro-call"
        prefill={{ name: 'Ada Lovelace' }}
        onBookingConfirmed={(event) => setBooking(event.booking)}
      />
      {booking && (
        <p id="booked">
          {booking.name} has booked {booking.title} for {booking.startTime}
        </p>
      )}
    </>
  );
}

const root = document.getElementById('app');
if (root)
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
