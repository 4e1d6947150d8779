import type { SendOutcome } from './notification.ts';

/** As much of nodemailer's error as tells what to do; the server's words may name the person and are left out. */
interface Failure {
  code?: unknown;
  command?: unknown;
  response?: unknown;
  responseCode?: unknown;
  message?: unknown;
}

// About who we are and not about this mail: a password that was changed must not cost any mail.
const aboutUs = new Set([530, 534, 535, 538]);
const local = new Set(['EENVELOPE', 'EMESSAGE', 'EFILEACCESS', 'EURLACCESS', 'EMAXRECIPIENTS']);

export function readFailure(error: unknown): SendOutcome {
  const failure: Failure = typeof error === 'object' && error !== null ? error : {};
  const code = typeof failure.code === 'string' ? failure.code : 'UNKNOWN';
  const reply = typeof failure.responseCode === 'number' ? failure.responseCode : null;
  // 5xx before the envelope (a greeting of 554, a login of 535) shuts out every mail alike.
  const aboutThisMail =
    local.has(code) && (reply === null || (reply >= 500 && !aboutUs.has(reply)));
  return { outcome: aboutThisMail ? 'refused' : 'retry', detail: describe(code, reply, failure) };
}

/** "EENVELOPE 550 5.1.1 at RCPT TO", "ESOCKET ECONNREFUSED at CONN" */
function describe(
  code: string,
  reply: number | null,
  { command, response, message }: Failure,
): string {
  const enhanced =
    typeof response === 'string'
      ? /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1]
      : null;
  const systemError = typeof message === 'string' ? /\bE[A-Z_]{3,20}\b/.exec(message)?.[0] : null;
  return [
    code,
    reply,
    enhanced,
    systemError === code ? null : systemError,
    typeof command === 'string' ? `at ${command.split(' ', 2).join(' ')}` : null,
  ]
    .filter((part) => part !== null && part !== undefined)
    .join(' ');
}
