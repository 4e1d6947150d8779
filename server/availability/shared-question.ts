export interface SharedQuestions<T> {
  /** `ask`, or what the next question with the same key is answered; rejects as soon as `signal` aborts. */
  ask(key: string, ask: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}

/**
 * A crowd that asks the same thing at once is one question, and nobody is given an answer older than their own question:
 * whoever comes while one is under way waits for the next, which leaves when that one is back.
 */
export function createSharedQuestions<T>(): SharedQuestions<T> {
  const underWay = new Map<string, Promise<T>>();
  const next = new Map<string, Promise<T>>();

  function send(key: string, ask: () => Promise<T>): Promise<T> {
    const question = ask().finally(() => underWay.delete(key));
    underWay.set(key, question);
    return question;
  }

  function join(key: string, ask: () => Promise<T>): Promise<T> {
    const before = underWay.get(key);
    if (!before) return send(key, ask);
    const waiting = next.get(key);
    if (waiting) return waiting;
    const question = before
      .catch(() => undefined)
      .then(() => {
        next.delete(key);
        return send(key, ask);
      });
    next.set(key, question);
    return question;
  }

  return {
    ask(key, ask, signal) {
      const answer = join(key, ask);
      if (!signal) return answer;
      return new Promise((resolve, reject) => {
        const leave = (): void => reject(signal.reason);
        if (signal.aborted) leave();
        signal.addEventListener('abort', leave, { once: true });
        answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
      });
    },
  };
}
