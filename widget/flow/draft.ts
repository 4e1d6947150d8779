/**
 * The Idempotency-Key of one intention: this visitor (draft), this session type, this start, this e-mail address. However
 * often it is sent, from whichever tab, it is one booking. The e-mail address is hashed because a key is short and ASCII.
 */
export const idempotencyKey = (
  draftId: string,
  sessionTypeId: string,
  startTime: string,
  email: string,
): string => `${draftId}-${hash(JSON.stringify([sessionTypeId, startTime, email.toLowerCase()]))}`;

/** 53 bits (cyrb53): `crypto.subtle` does not exist on plain http, and only keys of one draft can collide. */
const hash = (text: string): string => {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(36);
};

export const createDraftId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
