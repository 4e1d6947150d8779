import { describe, expect, test } from 'vitest';
import { createSharedQuestions } from './shared-question.ts';

const set = () => {
  const sent: PromiseWithResolvers<number>[] = [];
  const { ask } = createSharedQuestions<number>();
  const question = (signal?: AbortSignal) =>
    ask(
      'slot',
      () => {
        const answer = Promise.withResolvers<number>();
        sent.push(answer);
        return answer.promise;
      },
      signal,
    );
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  return { sent, question, turn };
};

describe('a question that many have at once', () => {
  test('is asked twice at most: once for the first, once for all who came later', async () => {
    const { sent, question, turn } = set();
    const first = question();
    const crowd = Array.from({ length: 200 }, () => question());
    expect(sent).toHaveLength(1);
    sent[0]?.resolve(1);
    expect(await first).toBe(1);
    await turn();
    expect(sent).toHaveLength(2);
    sent[1]?.resolve(2);
    expect(new Set(await Promise.all(crowd))).toEqual(new Set([2]));
  });

  test('is never answered with what was asked before it', async () => {
    const { sent, question, turn } = set();
    const first = question();
    const later = question();
    sent[0]?.reject(new Error('down'));
    await expect(first).rejects.toThrow('down');
    await turn();
    sent[1]?.resolve(2);
    expect(await later).toBe(2);
  });

  test('lets whoever has no time left go, and answers the others', async () => {
    const { sent, question } = set();
    const hurried = new AbortController();
    const impatient = question(hurried.signal);
    hurried.abort(new Error('too late'));
    await expect(impatient).rejects.toThrow('too late');
    const other = question();
    sent[0]?.resolve(1);
    await new Promise((resolve) => setImmediate(resolve));
    sent[1]?.resolve(2);
    expect(await other).toBe(2);
  });
});
