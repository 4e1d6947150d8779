/** The language that mails are written in; a translation replaces this folder's words and the sentences of the messages. */
export const locale = 'en-GB';
export const language = 'en';
